"""The modelled office notices every fault that was put into the engine."""

from __future__ import annotations

import pytest
from broken_engines import FAULTS

from adminduk.errors import AdmindukError
from adminduk.testing.model import OfficeModel

pytestmark = pytest.mark.no_cover  # an engine with a fault in it says nothing of the sound one

PARTS, MOST_DAYS = 40, 60

SELDOM = {
    "own_work_is_verified",
    "notices_close_nothing",
    "what_is_not_accepted_is_made",
    "an_ended_case_is_reopened",
    "what_was_handed_over_goes_on",
    "several_commands_one_by_one",
    "areas_are_not_compared",
    "holders_are_not_compared",
    "what_is_promised_is_not_due",
    "numbers_are_received_twice",
    "versions_are_not_compared",
    "a_post_is_lent_for_ever",
    "what_is_lent_is_lent_on",
}
"""Faults that show only after many days: they are looked for by the full profile alone."""


def drive(days: int) -> None:
    """Let the office work, each day in another way."""
    for seed in range(days):
        OfficeModel.drive(seed, PARTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(
    fault: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
):
    """By a promise that is broken, or by an answer that nobody should get."""
    if fault in SELDOM and pytestconfig.getoption("--profile") != "full":
        pytest.skip("takes many days")
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, AdmindukError)):
        drive(MOST_DAYS)


def test_a_sound_engine_keeps_its_promises():
    """None is noticed where there is none."""
    drive(3)
