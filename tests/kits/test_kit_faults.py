"""The kit finds every fault that was put into a storage, and none in a sound one."""

from __future__ import annotations

import pytest
from broken_storages import IN_FILES, IN_MEMORY

from adminduk.testing.conformance import FAILED, SKIPPED, conform

pytestmark = pytest.mark.usefixtures("broken")

FOUND_BY = {
    "broken:NoVersionCheck": "test_every_stale_record_is_named_once",
    "broken:UnchangedNotChecked": "test_every_stale_record_is_named_once",
    "broken:VersionLookedAtBefore": "test_one_of_sixteen_threads_writes_a_version",
    "broken:FirstStaleOnly": "test_every_stale_record_is_named_once",
    "broken:TakesBeforeReleasing": "test_a_claim_changes_hands_in_one_commit",
    "broken:AnyoneReleases": "test_only_its_holder_gives_a_claim_back",
    "broken:ClaimLookedAtBefore": "test_one_of_sixteen_threads_takes_a_claim",
    "broken:MessageOutside": "test_a_refused_commit_leaves_nothing",
    "broken:LeaseWithoutEnd": "test_a_lease_that_ran_out_is_lent_again",
    "broken:LeaseTwice": "test_a_message_is_lent_to_one_of_sixteen_threads",
    "broken:LeaseByAnyToken": "test_a_lease_that_ran_out_is_lent_again",
    "broken:JournalWithGaps": "test_the_sequence_goes_on_without_gaps",
    "broken:JournalByRecord": "test_the_journal_is_in_the_order_of_commits",
    "broken:SequenceDrawnBefore": "test_who_reads_on_from_the_last_entry_misses_none",
    "broken:FindIgnoringAfter": "test_pages_are_stable_while_others_write",
    "broken:FindByOffset": "test_pages_are_stable_while_others_write",
    "broken:FindById": "test_rows_come_by_due_then_kind_then_id",
    "broken:FindByLanguage": "test_texts_are_ordered_by_code_point",
    "broken:RegionByPrefix": "test_a_queue_or_region_is_found_by_its_start_up_to_a_dot",
    "broken:KeysOfOldVersions": "test_a_changed_record_is_found_where_it_is_now",
    "broken:CommandsLast": "test_faults_are_found_in_order",
    "broken:CommandsNotChecked": "test_a_known_command_is_named_with_what_was_answered",
    "broken:RecordedNotChecked": "test_the_clock_never_goes_back",
    "broken:ClockOfRefused": "test_a_refused_commit_does_not_move_the_clock",
    "broken:LeavesHalf": "test_a_refused_commit_leaves_nothing",
    "broken:OfficesShareClaims": ("test_offices_share_no_record_claim_command_message_or_sequence"),
    "broken:BodyAsText": "test_everything_in_a_batch_can_be_read_afterwards",
    "broken:HalfIsRead": "test_nobody_reads_half_a_commit",
    "broken:DeepByOffset": "test_deep_pages_of_records_stay_while_others_write",
    "broken:EndsAtAThousand": "test_deep_pages_of_journal_and_claims_stay_while_others_write",
    "broken:ClaimsFromClaim": "test_deep_pages_of_journal_and_claims_stay_while_others_write",
    "broken:CommitsInParts": "test_a_large_commit_is_written_whole",
    "brokenfile:LooksBeforeInFile": "test_one_of_sixteen_writers_in_processes_wins",
    "brokenfile:TwoTransactions": (
        "test_a_process_killed_while_it_commits_leaves_nothing_half_written"
    ),
    "brokenfile:AcknowledgesBefore": "test_an_office_that_ends_at_any_point_loses_nothing",
    "brokenfile:KeepsWhatItRead": "test_what_is_committed_is_seen_at_once_by_all",
    "brokenfile:ForgetsWhenReopened": "test_a_store_that_is_opened_again_holds_the_same",
    "brokenfile:LendsForGood": "test_an_office_that_ends_at_any_point_loses_nothing",
    "brokenfile:LendsToEach": "test_a_message_is_lent_to_one_of_several_processes",
    "brokenfile:CollectsAll": "test_going_through_everything_takes_the_memory_of_some_pages",
    "brokenfile:KeepsAnswers": "test_a_process_that_goes_through_everything_does_not_grow",
}
"""Of each broken storage a check that finds its fault."""

BY_HISTORIES = (
    "broken:NoVersionCheck",
    "broken:FirstStaleOnly",
    "broken:MessageOutside",
    "broken:JournalWithGaps",
    "broken:FindById",
    "broken:RecordedNotChecked",
)
"""Broken storages that a random history finds as well."""


def url(storage: str) -> str:
    """Give the URL of a broken storage."""
    return storage if storage.startswith("broken:") else f"{storage}:{{tmp}}/x.db"


def outcomes(storage: str, *names: str) -> dict[str, str]:
    """Give how checks end."""
    return {one.name: one.outcome for one in conform(url(storage), names=names or None)}


@pytest.mark.parametrize("storage", FOUND_BY)
def test_a_fault_is_found(storage: str):
    """By the check that is about it."""
    assert outcomes(storage, FOUND_BY[storage]) == {FOUND_BY[storage]: FAILED}


@pytest.mark.parametrize("storage", BY_HISTORIES)
def test_a_random_history_finds_a_fault(storage: str):
    """Without knowing what it looks for."""
    name = "test_any_history_gives_what_the_model_gives"
    assert outcomes(storage, name) == {name: FAILED}


def test_every_broken_storage_is_tried():
    """None is kept that nobody runs."""
    every = {f"broken:{name}" for name in IN_MEMORY} | {f"brokenfile:{name}" for name in IN_FILES}
    assert set(FOUND_BY) == every - {"broken:sound", "brokenfile:sound"}


def test_a_sound_storage_passes():
    """What it is declared to lack is skipped, and nothing fails."""
    findings = conform("broken:sound")
    assert [one for one in findings if one.outcome == FAILED] == []
    skipped = {one.why for one in findings if one.outcome == SKIPPED}
    assert skipped == {"several_processes, reopens", "durable, reopens", "reopens"}


SLOW = {"test_an_office_that_ends_at_any_point_loses_nothing"}
"""Checks that the tests of SQLite make in any case, and that take long."""


@pytest.mark.parametrize(
    "name", sorted({FOUND_BY[one] for one in FOUND_BY if "file" in one} - SLOW)
)
def test_a_sound_file_passes(name: str):
    """The checks that find faults of files find none in a sound one."""
    assert outcomes("brokenfile:sound", name) == {name: "passed"}
