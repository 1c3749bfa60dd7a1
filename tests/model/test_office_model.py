"""A whole office, driven at random, keeps its promises; and everything that can happen did."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

import adminduk.decide
from adminduk.decide.docket import Docket
from adminduk.decide.guards import _REFUSALS
from adminduk.lifecycle import table_of
from adminduk.records import KINDS
from adminduk.testing.model import OfficeModel

FULL_RUNS, SMALL_RUNS, PARTS = 600, 30, 100

# A failure of a long story shrinks slowly; the story as it was is told in the failure.
OfficeModel.TestCase.settings = settings(
    parent=settings.get_profile("small"),
    stateful_step_count=40,
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
TestOffice = OfficeModel.TestCase

FROM_THE_SHELL = {
    "invalid_input",
    "not_found",
    "id_taken",
    "wrong_role",
    "wrong_area",
    "approval_needed",
    "not_allowed_now",
    "already_open",
    "blank_used",
    "conflict",
    "command_reused",
}


def refusals_of_the_core() -> set[str]:
    """Read from the source every code with which a handler or a guard refuses."""
    codes = {code for code, *_ in _REFUSALS.values()}
    for file in Path(adminduk.decide.__file__).parent.glob("*.py"):
        if file.name == "erasing.py":  # nobody is erased in an office that is not encrypted
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "refuse":
                codes.add(ast.literal_eval(call.args[0]))
    return codes


@pytest.mark.no_cover  # counting lines takes as long again as the days themselves
def test_everything_that_can_happen_happens(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """In many days every arrow of every lifecycle and every refusal fires, and promises hold.

    In the small profile there are too few days for the rarest: nine in ten must fire.
    """
    fired: Counter[tuple[str, str, str, str]] = Counter()
    original = Docket._moved

    def counting(docket: Docket, record: Any, event: str, **changes: Any) -> Any:
        moved = original(docket, record, event, **changes)
        fired[record.KIND, record.state, event, moved.state] += 1
        return moved

    monkeypatch.setattr(Docket, "_moved", counting)
    arrows = {(kind, one.source, one.event, one.target) for kind in KINDS for one in table_of(kind)}
    arrows = {one for one in arrows if one[0] != "erasure"}  # as above
    possible = arrows | refusals_of_the_core() | FROM_THE_SHELL
    full = pytestconfig.getoption("--profile") == "full"
    most = 0 if full else len(possible) // 10
    never = possible
    for seed in range(FULL_RUNS if full else SMALL_RUNS):
        OfficeModel.drive(seed, PARTS)
        never = possible - set(fired) - set(OfficeModel.refused)
        if len(never) <= most:
            break
    assert len(never) <= most, never
