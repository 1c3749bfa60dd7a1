"""The kit finds every fault that was put into a store of scans, and none in a sound one."""

from __future__ import annotations

import pytest
from broken_scans import FAULTS
from trying import checks_of, failed

from adminduk.testing.kits import ScanKit

pytestmark = pytest.mark.usefixtures("broken")

BROKEN = "broken_scans.py"

FOUND_BY = {
    "Cuts": "test_a_file_is_kept_as_it_was_put",
    "Names": "test_a_file_is_kept_as_it_was_put",
    "AtOnce": "test_a_file_is_read_in_parts",
    "Twice": "test_the_same_file_is_kept_once",
    "Late": "test_what_is_not_there_is_not_found",
    "Anywhere": "test_what_names_no_file_is_not_found",
    "AnyCase": "test_only_the_whole_digest_names_a_file",
    "NoPages": "test_what_is_kept_is_listed_in_pages",
    "Keeps": "test_what_is_removed_is_gone",
    "Careless": "test_what_was_put_again_is_not_removed",
    "KnownAlready": "test_what_was_put_again_is_not_removed",
    "SameMark": "test_what_was_removed_and_put_again_is_not_removed",
    "LooksFirst": "test_what_is_put_while_it_is_removed_is_there",
    "NeverRenews": "test_what_was_renewed_is_not_removed",
    "RenewsLater": "test_what_is_renewed_while_it_is_removed_is_there",
    "Undated": "test_it_is_told_when_a_file_was_put_last",
    "OneThread": "test_several_threads_put_at_once",
    "OwnList": "test_a_store_that_is_opened_again_holds_the_same",
    "InPlace": "test_a_process_killed_while_it_puts_leaves_nothing_half_written",
    "Later": "test_a_process_killed_while_it_puts_leaves_nothing_half_written",
    "Trusts": "test_what_was_damaged_is_never_given_as_whole",
}
"""Of each broken store a check that finds its fault."""


@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_fault_is_found(fault: str):
    """By the check that is about it."""
    assert failed(ScanKit, BROKEN, fault, {FOUND_BY[fault]})


def test_every_broken_store_is_tried():
    """None is kept that nobody runs, and every check of the kit finds one."""
    assert set(FOUND_BY) == set(FAULTS) - {"Sound"}
    assert checks_of(ScanKit) == set(FOUND_BY.values())


def test_a_sound_store_passes():
    """Nothing is found where there is nothing."""
    assert failed(ScanKit, BROKEN, "Sound") == set()
