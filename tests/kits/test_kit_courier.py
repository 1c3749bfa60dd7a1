"""The kit finds every fault that was put into a courier, and none in a sound one."""

from __future__ import annotations

from typing import ClassVar

import pytest
from broken_couriers import FAULTS
from trying import checks_of, failed

from adminduk.ports import Consignment
from adminduk.testing.kits import CourierKit
from adminduk.testing.kits.courier import _Tidy

BROKEN = "broken_couriers.py"

FOUND_BY = {
    "GivesUpAtOnce": "test_what_cannot_be_cancelled_is_an_error",
    "Hangs": "test_what_cannot_be_booked_is_an_error",
    "HasNoneWhenAway": "test_a_label_that_cannot_be_had_is_an_error",
    "LabelsAll": "test_a_bag_has_a_label_while_it_is_booked",
    "LabelsForGood": "test_a_bag_has_a_label_while_it_is_booked",
    "LabelsAreAPage": "test_a_bag_has_a_label_while_it_is_booked",
    "SwallowsBookings": "test_what_cannot_be_booked_is_an_error",
    "SwallowsCancellations": "test_what_cannot_be_cancelled_is_an_error",
    "Ends": "test_what_cannot_be_booked_is_an_error",
    "BooksTwice": "test_a_bag_that_is_booked_again_is_carried_once",
    "BooksOncePerInstance": "test_a_bag_that_is_booked_again_is_carried_once",
    "RefusesRepeats": "test_the_same_may_be_said_again",
    "RefusesChanges": "test_a_bag_may_be_packed_anew",
    "KeepsTheFirst": "test_a_bag_is_carried_as_it_was_described_last",
    "KnowsEachOnce": "test_a_bag_is_carried_as_it_was_described_last",
    "CancelsForGood": "test_a_cancelled_bag_that_is_booked_again_is_carried",
    "RefusesUnknown": "test_what_was_never_booked_may_be_cancelled",
    "CancelsItsOwn": "test_what_one_has_booked_another_cancels",
    "RemembersWhatItBooked": "test_what_one_has_booked_another_cancels",
    "GoesBack": "test_a_bag_that_is_cancelled_is_not_carried",
    "FoldsCase": "test_bags_of_like_names_are_not_one",
    "CutsNames": "test_bags_of_like_names_are_not_one",
    "CancelsAll": "test_a_bag_that_is_cancelled_is_not_carried",
    "CancelsNothing": "test_a_bag_that_is_cancelled_is_not_carried",
    "OutOnly": "test_a_bag_out_and_a_bag_home_are_taken",
    "NeedsDay": "test_a_bag_without_day_or_seal_is_taken",
    "PlainNames": "test_whatever_its_name_a_bag_is_taken",
    "ForgetsSeal": "test_a_bag_is_carried_as_it_was_described",
    "Mixes": "test_no_bag_is_mixed_or_lost_between_threads",
    "OneThread": "test_several_threads_book_at_once",
    "OneAtATime": "test_the_same_url_gives_a_courier_each_time",
}
"""Of each broken courier a check that finds its fault."""


@pytest.mark.no_cover  # a courier with a fault in it says nothing of the sound one
@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_fault_is_found(fault: str):
    """By the check that is about it."""
    assert FOUND_BY[fault] in failed(CourierKit, BROKEN, fault)


def test_every_broken_courier_is_tried():
    """None is kept that nobody runs, and every check of the kit finds one."""
    assert set(FOUND_BY) == set(FAULTS) - {"Sound"}
    assert checks_of(CourierKit) == set(FOUND_BY.values())


def test_what_was_booked_is_cancelled_in_the_end():
    """All that can be; of what cannot, somebody really comes to fetch it, and it is named."""

    class Stubborn(FAULTS["Sound"]):
        carried: ClassVar[dict[str, Consignment]] = {}

        def drop(self, bag: str) -> None:
            if bag == "K-1":
                raise ValueError("it is on its way")
            super().drop(bag)

    courier = _Tidy(Stubborn(away=False))
    for bag in ("K-0", "K-1", "K-2"):
        courier.book(Consignment(bag, "35.23", "35.23.08", day="", count=1, seal=""))
    with pytest.raises(AssertionError, match=r"\['K-1'\]"):
        courier.tidy_up()
    assert set(Stubborn.carried) == {"K-1"}


def test_a_sound_courier_passes():
    """Nothing is found where there is nothing."""
    assert failed(CourierKit, BROKEN, "Sound") == set()
