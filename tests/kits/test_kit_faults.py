"""The kit finds every fault that was put into a storage, and none in a sound one."""

from __future__ import annotations

import pytest
from broken_storages import IN_FILES, IN_MEMORY

from adminduk.testing.conformance import FAILED, SKIPPED, conform
from adminduk.testing.kits import StorageKit

pytestmark = [
    pytest.mark.usefixtures("broken"),
    pytest.mark.no_cover,  # a storage with a fault in it says nothing of the sound ones
]

FOUND_BY = {
    "broken:LastProfile": "test_an_office_keeps_its_first_profile",
    "broken:NoOfficeIsEmpty": "test_one_office_is_read_without_the_others",
    "broken:OfficeByBeginning": "test_one_office_is_read_without_the_others",
    "broken:EmptyIsNoOffice": "test_one_office_is_read_without_the_others",
    "broken:OfficesByAge": "test_offices_are_ordered_by_id",
    "broken:NoSuchOffice": "test_an_office_that_does_not_exist_reads_as_empty",
    "broken:MakesOffice": "test_nothing_is_written_to_an_office_that_does_not_exist",
    "broken:NoVersionCheck": "test_every_stale_record_is_named_once",
    "broken:UnchangedNotChecked": "test_every_stale_record_is_named_once",
    "broken:UnchangedIsMade": "test_what_was_looked_at_stays_as_it_is",
    "broken:VersionLookedAtBefore": "test_one_of_sixteen_threads_writes_a_version",
    "broken:FirstStaleOnly": "test_every_stale_record_is_named_once",
    "broken:EntryForEveryWrite": "test_a_write_needs_no_entry_and_an_entry_no_write",
    "broken:TakesBeforeReleasing": "test_a_claim_changes_hands_in_one_commit",
    "broken:AnyoneReleases": "test_only_its_holder_gives_a_claim_back",
    "broken:HolderIsRefused": "test_a_claim_may_be_taken_again_by_its_holder",
    "broken:HolderById": "test_the_kind_of_the_holder_counts",
    "broken:ClaimsByAge": "test_claims_are_read_in_pages",
    "broken:ClaimLookedAtBefore": "test_one_of_sixteen_threads_takes_a_claim",
    "broken:MessageOutside": "test_a_refused_commit_leaves_nothing",
    "broken:LastMessageStands": "test_a_key_that_still_waits_is_not_added_again",
    "broken:LeaseWithoutEnd": "test_a_lease_that_ran_out_is_lent_again",
    "broken:LendsByKey": "test_what_is_due_is_lent_oldest_first",
    "broken:LeaseByOwnClock": "test_a_late_deliverer_settles_what_nobody_else_was_lent",
    "broken:DueAtOnce": "test_what_failed_is_lent_again_when_it_is_due_again",
    "broken:CountsWhatWasNotTried": "test_what_was_not_tried_is_no_attempt",
    "broken:ParkedIsGone": "test_what_is_parked_waits_for_a_person",
    "broken:UnparksAll": "test_what_is_parked_may_be_sent_again",
    "broken:TriedForEver": "test_what_is_parked_may_be_sent_again",
    "broken:DeafBetweenWaits": "test_a_bell_rings_for_all_that_was_committed_since_it_was_had",
    "broken:LooksAtTheEnd": "test_a_bell_wakes_who_waits",
    "broken:GoesOnRinging": "test_a_bell_is_quiet_where_nothing_is_committed",
    "broken:OneBell": "test_every_bell_rings",
    "broken:MessagesByKey": "test_undelivered_messages_are_listed_by_due_and_key",
    "broken:MessagesFromTheFirst": "test_undelivered_messages_are_read_in_pages",
    "broken:MessagesAfterDue": "test_undelivered_messages_are_read_in_pages",
    "broken:LeaseTwice": "test_a_message_is_lent_to_one_of_sixteen_threads",
    "broken:LeaseByAnyToken": "test_a_lease_that_ran_out_is_lent_again",
    "broken:JournalWithGaps": "test_the_sequence_goes_on_without_gaps",
    "broken:JournalByRecord": "test_the_journal_is_in_the_order_of_commits",
    "broken:SequenceDrawnBefore": "test_who_reads_on_from_the_last_entry_misses_none",
    "broken:FindIgnoringAfter": "test_pages_are_stable_while_others_write",
    "broken:FindByOffset": "test_pages_are_stable_while_others_write",
    "broken:FindByOneFilter": "test_filters_narrow_together",
    "broken:EmptyIsNoFilter": "test_an_empty_filter_finds_what_is_empty",
    "broken:FindById": "test_rows_come_by_due_then_kind_then_id",
    "broken:FindByLanguage": "test_texts_are_ordered_by_code_point",
    "broken:RegionByPrefix": "test_a_queue_or_region_is_found_by_its_start_up_to_a_dot",
    "broken:HeadOfAny": "test_the_head_is_that_of_the_last_commit",
    "broken:AmissAfterAChange": "test_nothing_is_amiss_in_what_was_committed",
    "broken:KeysOfOldVersions": "test_a_changed_record_is_found_where_it_is_now",
    "broken:LoadsWhatIsNot": "test_load_gives_those_that_exist",
    "broken:GroupsOfOldVersions": "test_a_group_is_loaded_with_it",
    "broken:BelowByPrefix": "test_what_is_below_an_id_is_loaded_with_it",
    "broken:CommandsLast": "test_faults_are_found_in_order",
    "broken:ExecutedWithOthers": "test_executed_gives_those_that_took_effect",
    "broken:CommandsByAge": "test_commands_are_read_in_pages",
    "broken:CommandsFromCommand": "test_commands_are_read_in_pages",
    "broken:CommandsNotChecked": "test_a_known_command_is_named_with_what_was_answered",
    "broken:RecordedNotChecked": "test_the_clock_never_goes_back",
    "broken:ClockOfRefused": "test_a_refused_commit_does_not_move_the_clock",
    "broken:LeavesHalf": "test_a_refused_commit_leaves_nothing",
    "broken:OfficesShareClaims": ("test_offices_share_no_record_claim_command_message_or_sequence"),
    "broken:BodyAsText": "test_everything_in_a_batch_can_be_read_afterwards",
    "broken:HalfIsRead": "test_nobody_reads_half_a_commit",
    "broken:ClosedForGood": "test_a_storage_can_be_used_after_it_was_closed",
    "broken:DeepByOffset": "test_deep_pages_of_records_stay_while_others_write",
    "broken:EndsAtAThousand": "test_deep_pages_of_journal_and_claims_stay_while_others_write",
    "broken:ClaimsFromClaim": "test_deep_pages_of_journal_and_claims_stay_while_others_write",
    "broken:CommitsInParts": "test_a_large_commit_is_written_whole",
    "broken:OfficesShareKeys": "test_a_key_comes_with_its_commit",
    "broken:LastKeyStands": "test_an_owner_has_one_key",
    "broken:KeysByAge": "test_keys_are_read_in_pages",
    "broken:ReplacesAnyKey": "test_a_key_is_replaced_as_it_was_read",
    "broken:DestroyedIsForgotten": "test_a_key_is_destroyed_for_good",
    "broken:DestroysWhatThereIs": "test_who_has_no_key_yet_never_has_one",
    "broken:EmptyKeyIsNone": "test_what_is_left_of_a_key_can_be_brought_in",
    "brokenfile:KeepsKeys": "test_a_key_that_was_destroyed_is_gone_for_all",
    "brokenfile:LooksBeforeInFile": "test_one_of_sixteen_writers_in_processes_wins",
    "brokenfile:ClaimLookedAtBeforeInFile": "test_one_of_sixteen_takers_in_processes_wins",
    "brokenfile:KnowsCommandsItSaw": "test_what_one_process_did_every_other_one_knows",
    "brokenfile:TwoTransactions": (
        "test_a_process_killed_while_it_commits_leaves_nothing_half_written"
    ),
    "brokenfile:AcknowledgesBefore": "test_an_office_that_ends_at_any_point_loses_nothing",
    "brokenfile:KeepsWhatItRead": "test_what_is_committed_is_seen_at_once_by_all",
    "brokenfile:ForgetsWhenReopened": "test_a_store_that_is_opened_again_holds_the_same",
    "brokenfile:LendsForGood": "test_an_office_that_ends_at_any_point_loses_nothing",
    "brokenfile:HearsItself": "test_a_bell_rings_for_what_another_process_commits",
    "brokenfile:LendsToEach": "test_a_message_is_lent_to_one_of_several_processes",
    "brokenfile:CollectsAll": "test_going_through_everything_takes_the_memory_of_some_pages",
    "brokenfile:CollectsAllCommands": (
        "test_going_through_everything_takes_the_memory_of_some_pages"
    ),
    "brokenfile:CollectsAllMessages": (
        "test_going_through_everything_takes_the_memory_of_some_pages"
    ),
    "brokenfile:KeepsAnswers": "test_a_process_that_goes_through_everything_does_not_grow",
}
"""Of each broken storage a check that finds its fault."""

ALSO = {
    "test_a_batch_names_a_thing_once": "broken:MessageOutside",
    "test_a_claim_that_is_held_is_refused_with_its_holder": "broken:LeavesHalf",
    "test_a_page_has_at_least_one_row": "broken:FindByOffset",
    "test_a_position_that_was_never_given_is_refused": "broken:FindIgnoringAfter",
    "test_pages_together_are_the_whole": "broken:FindIgnoringAfter",
    "test_the_journal_is_read_in_pages_and_by_record": "broken:JournalByRecord",
    "test_two_records_of_one_batch_cannot_share_a_claim": "broken:ClaimLookedAtBefore",
    "test_what_is_delivered_is_gone": "broken:LeaseByAnyToken",
}
"""Of each check that is not named there a broken storage whose fault it finds."""

HISTORIES = "test_any_history_gives_what_the_model_gives"
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


PAIRS = [*FOUND_BY.items(), *((storage, check) for check, storage in ALSO.items())]


WAITED_FOR = {
    "broken:DeafBetweenWaits",
    "broken:LooksAtTheEnd",
    "broken:OneBell",
    "brokenfile:CollectsAllCommands",
    "brokenfile:CollectsAllMessages",
    "brokenfile:HearsItself",
}
"""Storages whose fault shows only after some seconds: the full profile alone looks for it."""


@pytest.mark.parametrize(("storage", "check"), PAIRS)
def test_a_fault_is_found(storage: str, check: str, pytestconfig: pytest.Config):
    """By the check that is about it."""
    if storage in WAITED_FOR and pytestconfig.getoption("--profile") != "full":
        pytest.skip("takes some seconds")
    assert outcomes(storage, check) == {check: FAILED}


@pytest.mark.parametrize("storage", BY_HISTORIES)
def test_a_random_history_finds_a_fault(storage: str):
    """Without knowing what it looks for."""
    assert outcomes(storage, HISTORIES) == {HISTORIES: FAILED}


def test_every_broken_storage_is_tried():
    """None is kept that nobody runs."""
    every = {f"broken:{name}" for name in IN_MEMORY} | {f"brokenfile:{name}" for name in IN_FILES}
    assert set(FOUND_BY) == every - {"broken:sound", "brokenfile:sound"}


def test_every_check_finds_a_fault():
    """None is kept that nothing has been seen to fail."""
    checks = {name for name in dir(StorageKit) if name.startswith("test_")}
    assert {*FOUND_BY.values(), *ALSO, HISTORIES} == checks


def test_a_sound_storage_passes():
    """What it is declared to lack is skipped, and nothing fails."""
    findings = conform("broken:sound")
    assert [one for one in findings if one.outcome == FAILED] == []
    skipped = {one.why for one in findings if one.outcome == SKIPPED}
    assert skipped == {"several_processes, reopens", "durable, reopens", "reopens"}


SLOW = {
    "test_a_message_is_lent_to_one_of_several_processes",
    "test_a_process_killed_while_it_commits_leaves_nothing_half_written",
    "test_an_office_that_ends_at_any_point_loses_nothing",
    "test_one_of_sixteen_takers_in_processes_wins",
    "test_one_of_sixteen_writers_in_processes_wins",
}
"""Checks that the tests of SQLite make in any case, and that take long."""


@pytest.mark.parametrize(
    "name", sorted({FOUND_BY[one] for one in FOUND_BY if "file" in one} - SLOW)
)
def test_a_sound_file_passes(name: str):
    """The checks that find faults of files find none in a sound one."""
    assert outcomes("brokenfile:sound", name) == {name: "passed"}
