"""A month of an office, played by its people: nothing is forgotten, and everything adds up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson
import pytest

from adminduk.decide.docket import Docket
from adminduk.errors import AdmindukError
from adminduk.records import Bag
from adminduk.records import index as record_index
from adminduk.testing.month import Month, play
from adminduk.testing.month.__main__ import main
from adminduk.testing.month.rates import Rates
from adminduk.testing.month.reckoning import reckon
from adminduk.testing.month.summary import table

pytestmark = pytest.mark.no_cover  # it takes three times as long as the month itself

SMALL, SEED = 3, 4
OFTEN: Final = Rates(
    wrong_bag=0.2,
    left_behind=0.2,
    damaged=0.2,
    left_elsewhere=0.15,
    vanishes=0.1,
    mislaid=0.05,
)
"""Where little is applied for, enough must go wrong."""


@pytest.fixture
def is_full(pytestconfig: pytest.Config) -> bool:
    """Whether the long way is gone."""
    return bool(pytestconfig.getoption("--profile") == "full")


@lru_cache(maxsize=1)
def small_month() -> Month:
    """Give a month in which little is applied for."""
    return play(SMALL, SEED, rates=OFTEN)


class TestAMonth:
    """Everybody does what the office offers to them, and nothing else."""

    def test_adds_up(self):
        """Each paper, bag, blank, promise and message; no promise of the library is broken."""
        came = reckon(small_month())
        assert came.faults == []
        assert came.counts["promises"] > came.counts["promises kept"] > 0
        assert came.counts["sent out"] > 0
        assert "0 faults" in table(came)

    def test_much_goes_wrong_in_it(self):
        """Or it would tell little."""
        met = small_month().met
        mishaps = ("in the wrong bag", "fell beside the bag", "damaged", "bags that vanished")
        assert all(met[one] for one in (*mishaps, "lost", "found", "replaced", "never came"))
        assert met["days without blanks"] > 1

    def test_is_always_the_same(self, is_full: bool):
        """For the same seed; another seed gives another one."""
        if not is_full:
            pytest.skip("takes three months")
        first, again, other = (play(SMALL, seed, rates=OFTEN) for seed in (SEED, SEED, SEED + 1))
        assert first.met == again.met
        assert first.ground.voice.told == again.ground.voice.told
        assert first.met != other.met

    @pytest.mark.parametrize("seed", range(20))
    def test_of_many_kinds(self, seed: int, is_full: bool):
        """What is rare is met in one of them."""
        if not is_full:
            pytest.skip("takes twenty months")
        assert reckon(play(8, seed, rates=OFTEN)).faults == []

    def test_of_a_thousand_a_day(self, tmp_path: Path, is_full: bool):
        """As in Tuban, where 600 KTP and 400 KK are printed on a day."""
        if not is_full:
            pytest.skip("takes a quarter of an hour")
        month = play(1000, storage=f"sqlite:///{tmp_path / 'month.db'}")
        assert reckon(month, promises_too=False).faults == []


def test_as_a_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """It tells how far it is, and then what came of it."""
    monkeypatch.setattr(sys, "argv", ["month", "--documents", "1", "--json"])
    assert main() == 0
    printed = capsys.readouterr()
    told = orjson.loads(printed.out)
    assert told["faults"] == []
    assert told["counts"]["applications"] == 21, "July 2021 had as many working days"
    assert "2021-07-31" in printed.err


def collected_by_nobody(patch: pytest.MonkeyPatch) -> None:
    """What is collected stays with the district, as the record has it."""
    moved = Docket._moved

    def without(docket: Docket, record: Any, name: str, **changes: Any) -> Any:
        kept = {one: to for one, to in changes.items() if (name, one) != ("collect", "custodian")}
        return moved(docket, record, name, **kept)

    patch.setattr(Docket, "_moved", without)


def nobody_is_told(patch: pytest.MonkeyPatch) -> None:
    """A document is in the village, and nobody learns of it."""
    notify = Docket.notify

    def silent(docket: Docket, template: str, *about: Any, **facts: str) -> None:
        if template != "ready_village":
            notify(docket, template, *about, **facts)

    patch.setattr(Docket, "notify", silent)


def no_difference(patch: pytest.MonkeyPatch) -> None:
    """What is missing in a bag is noted nowhere."""
    patch.setattr(Bag, "with_difference", lambda bag, _: bag)


def in_no_inbox(patch: pytest.MonkeyPatch) -> None:
    """The courier is not told of bags that were left at the wrong place."""
    queue = record_index._QUEUES[Bag]
    patch.setitem(
        record_index._QUEUES, Bag, lambda bag: "" if bag.state == "astray" else queue(bag)
    )


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (collected_by_nobody, "answers|holds it|says that|refused|wrong"),
        (nobody_is_told, "nobody was told of collect"),
        (no_difference, "no difference tells of"),
        (in_no_inbox, "still to do|is in no inbox"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_fault_is_noticed(
    fault: Callable[[pytest.MonkeyPatch], None],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    is_full: bool,
):
    """The month names the paper or the bag, and what happened to it."""
    if not is_full:
        pytest.skip("takes a month each")
    fault(monkeypatch)
    try:
        found = "\n".join(reckon(play(SMALL, SEED, rates=OFTEN), promises_too=False).faults)
    except (AdmindukError, AssertionError) as error:
        found = str(error)
    assert any(one in found for one in told.split("|")), found
