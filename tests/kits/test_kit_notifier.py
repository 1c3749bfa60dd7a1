"""The kit finds every fault that was put into a notifier, and none in a sound one."""

from __future__ import annotations

import pytest
from broken_notifiers import FAULTS
from trying import checks_of, failed

from adminduk.testing.kits import NotifierKit

BROKEN = "broken_notifiers.py"

FOUND_BY = {
    "Swallows": "test_what_cannot_be_sent_is_an_error",
    "GivesUp": "test_what_cannot_be_sent_is_an_error",
    "Insists": "test_who_is_never_reached_is_told_apart",
    "Names": "test_who_is_never_reached_is_told_apart",
    "Ends": "test_what_cannot_be_sent_is_an_error",
    "Tells": "test_an_error_holds_no_full_number",
    "Logs": "test_no_full_number_is_logged",
    "Cuts": "test_a_text_arrives_as_it_was_sent",
    "Plain": "test_a_text_arrives_as_it_was_sent",
    "Formats": "test_a_text_arrives_as_it_was_sent",
    "OneRecipient": "test_each_message_goes_to_its_recipient",
    "PhonesOnly": "test_a_message_to_a_phone_and_to_a_post_is_taken",
    "Mixes": "test_nothing_is_mixed_or_lost_between_threads",
    "Repeats": "test_a_repeat_under_one_key_is_shown_once",
    "RefusesRepeats": "test_a_repeat_is_taken_without_complaint",
    "SameText": "test_a_repeat_under_one_key_is_shown_once",
    "OneThread": "test_several_threads_send_at_once",
    "OneAtATime": "test_the_same_url_gives_a_notifier_each_time",
}
"""Of each broken notifier a check that finds its fault."""


@pytest.mark.no_cover  # a notifier with a fault in it says nothing of the sound ones
@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_fault_is_found(fault: str):
    """By the check that is about it."""
    assert FOUND_BY[fault] in failed(NotifierKit, BROKEN, fault)


def test_every_broken_notifier_is_tried():
    """None is kept that nobody runs, and every check of the kit finds one."""
    assert set(FOUND_BY) == set(FAULTS) - {"Sound"}
    assert checks_of(NotifierKit) == set(FOUND_BY.values())


def test_a_sound_notifier_passes():
    """Nothing is found where there is nothing."""
    assert failed(NotifierKit, BROKEN, "Sound") == set()


def test_a_check_is_not_replaced():
    """Nor by a second base."""
    with pytest.raises(TypeError, match=r"Other\.test_a_repeat_is_taken_without_complaint"):
        type("Other", (NotifierKit,), {"test_a_repeat_is_taken_without_complaint": None})
