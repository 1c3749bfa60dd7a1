"""Everything that can become of a small office is walked through; faults are found on the way."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from functools import cache
from pathlib import Path

import orjson
import pytest
from broken_engines import FAULTS as ENGINES
from broken_lifecycles import FAULTS as LIFECYCLES

from adminduk.codec import parse_json, read_order
from adminduk.commands import Misprint
from adminduk.decide import Decision
from adminduk.envelope import OpenKeyring
from adminduk.errors import NotFound
from adminduk.lifecycle import table_of
from adminduk.office import Office
from adminduk.records import Record
from adminduk.testing.cast import OFFICE
from adminduk.testing.proof import LARGE, SIZES, SMALL, Walk
from adminduk.testing.proof.__main__ import main
from adminduk.testing.proof.deciding import decided
from adminduk.testing.proof.essence import NOW, essence, key_of
from adminduk.testing.proof.sizes import Ref
from adminduk.testing.proof.summary import counts, lines, never, table, way
from adminduk.testing.proof.walk import State

TRAPS = {name for name in LIFECYCLES if name.startswith(("no_", "nothing_", "drafts_"))}
"""Faults by which something is stuck, most of which are looked for by the full profile alone."""
pytestmark = pytest.mark.no_cover  # counting lines takes longer than the walk


@cache
def walked(name: str) -> Walk:
    """Walk through a size, once for all tests."""
    walk = Walk(SIZES[name])
    walk.go()
    return walk


def told(walk: Walk) -> list[str]:
    """Give what is wrong and the way there, or nothing."""
    return [] if walk.fault is None else [walk.fault.text, *lines(way(walk))]


class TestEverythingThatCanBecome:
    """Of a small office: no rule is ever broken, and nothing is stuck."""

    @pytest.mark.parametrize("name", SMALL)
    def test_of_a_small_one(self, name: str):
        """With every change."""
        assert told(walked(name)) == []

    @pytest.mark.parametrize("name", LARGE)
    def test_of_a_larger_one(self, name: str, pytestconfig: pytest.Config):
        """It takes minutes."""
        if pytestconfig.getoption("--profile") != "full":
            pytest.skip("takes minutes")
        walk = Walk(SIZES[name])
        walk.go()
        assert told(walk) == []

    def test_is_not_little(self):
        """Every end of a case but that of one without documents, and most ways of a copy."""
        ends = {end for name in SMALL for end in counts(walked(name))["ends"]}
        assert ends >= {"completed", "lapsed", "rejected", "withdrawn", "expired"}
        gone = {arrow for name in SMALL for arrow in walked(name).taken}
        arrows = [arrow for kind in ("application", "copy", "bag") for arrow in table_of(kind)]
        lacking = [one for one in never(gone) if not one.startswith("original")]
        assert len(lacking) < len(arrows) // 3


class Plain(OpenKeyring):
    """Makes search keys as the walk does: they are what they are made of."""

    def blind(self, text: str) -> str:
        """Give the text itself."""
        return text


class TestWhatIsLeftOut:
    """Of a record decides nothing: a real office goes the same way with all of it."""

    @pytest.mark.parametrize("name", SMALL)
    def test_every_step_is_the_same(self, name: str, pytestconfig: pytest.Config):
        """On the way to some states, and whatever could be done there, also to no effect."""
        walk = walked(name)
        timeless = [
            at for at in range(1, len(walk.states)) if all(m.command for m in walk.path(at))
        ]
        many = 500 if pytestconfig.getoption("--profile") == "full" else 25
        for at in timeless[:: len(timeless) // many + 1]:
            office = Office.open("memory:", OFFICE, keyring=Plain(b""), clock=lambda: NOW)
            for state, move in walk.stages(at):
                _to_no_effect(walk, state, office)
                assert move.command is not None
                office.do(move.command, by=move.by)
            _to_no_effect(walk, walk.states[at], office)
            _same(walk, at, office)


def _same(walk: Walk, at: int, office: Office) -> None:
    """Compare a state with the office that went there: its records, and what can be done."""

    def real(ref: Ref) -> Record | None:
        try:
            return office.record(*ref)
        except NotFound:
            return None

    thought = {(one.KIND, one.key): one for one in walk.records(walk.states[at])}
    for ref in walk.size.refs:
        assert _kept(real(ref)) == _kept(thought.get(ref))
    for move in walk.moves_in(walk.states[at]):
        # Of a bag that was closed the walk uses the name again.
        if move.command is not None and (move.ref in thought or real(move.ref) is None):
            really = decided(walk.size, move, real, real)
            thinking = decided(walk.size, move, thought.get, thought.get)
            assert _effect(really) == _effect(thinking), (move.command, move.by)


def _to_no_effect(walk: Walk, state: State, office: Office) -> None:
    """Do all that is thought to change nothing; each blank is spoiled once, as is known nowhere."""
    for move in walk.idle(state):
        if not isinstance(move.command, Misprint):
            assert move.command is not None, "that time passes changes something"
            office.do(move.command, by=move.by)


def _kept(record: Record | None) -> Hashable:
    kept = None if record is None else essence(record)
    return None if kept is None else key_of(kept)


def _effect(decision: Decision | None) -> dict[Ref, Hashable] | None:
    """Give what a decision changes of what is not left out; None: it was refused."""
    if decision is None:
        return None
    return {
        (after.KIND, after.key): _kept(after)
        for before, after in decision.changes
        if _kept(before) != _kept(after)
    }


FOUND_IN = {
    "a_permission_too_wide": "road",
    "nobody_has_to_approve": "again",
    "who_gives_approves": "two-cases",
    "own_work_is_verified": "desk",
    "what_was_handed_over_goes_on": "road",
    "an_ended_case_is_reopened": "again",
    "a_condition_is_negated": "road",
    "a_copy_too_many": "again",
    "a_case_ends_before_its_copies": "again",
    "who_packs_still_answers": "road",
    "nobody_answers_for_what_arrived": "road",
    "what_is_missing_stays_in_its_bag": "road",
    "who_collects_does_not_answer": "road",
    "differences_are_forgotten": "road",
    "found_where_it_was": "road",
    "handed_over_and_kept": "road",
}
"""Faults of the engine that the random offices are held against, and the size that finds each."""
PLANTED = {**{name: (size, ENGINES[name]) for name, size in FOUND_IN.items()}, **LIFECYCLES}


class TestAFault:
    """That is put into the lifecycles, the table of authority, a guard or a handler."""

    @pytest.mark.parametrize("name", PLANTED)
    def test_is_found(
        self, name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
    ):
        """Each, by a walk through one size."""
        if name in TRAPS and pytestconfig.getoption("--profile") != "full":
            pytest.skip("the whole size is walked through before it is seen")
        size, put = PLANTED[name]
        put(monkeypatch)
        walk = Walk(SIZES[size])
        walk.go()
        assert walk.fault is not None

    def test_is_told_with_the_shortest_way_to_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ):
        """As lines that an office takes one after the other."""
        ENGINES["who_collects_does_not_answer"](monkeypatch)
        monkeypatch.setattr(sys, "argv", ["proof", "road"])
        assert main() == 1
        told = capsys.readouterr().out
        assert "district_operator@35.23.08 answers for 3222222222-N/1, which is at_village" in told
        orders = [
            read_order(parse_json(line)) for line in told.splitlines() if line.startswith("{")
        ]
        names = [order.command.NAME for order in orders]
        assert names == ["submit", "verify", "print", "report_missing", "found", "collect"]
        office = Office.open("memory:", OFFICE, clock=lambda: NOW)
        for order in orders:
            assert order.by is not None
            office.do(order.command, by=order.by)

    def test_is_told_to_programs(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ):
        """That something is stuck, with the way there."""
        LIFECYCLES["drafts_do_not_expire"][1](monkeypatch)
        monkeypatch.setattr(sys, "argv", ["proof", "two-cases", "--json"])
        assert main() == 1
        told = orjson.loads(capsys.readouterr().out)["sizes"]
        fault = told["two-cases"]["fault"]
        assert fault["text"] == "from here the office cannot bring everything to an end"
        assert [orjson.loads(line)["do"] for line in fault["way"]] == ["draft"]


def test_what_was_walked_through_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """With what of the lifecycles was never gone; nothing is wrong."""
    monkeypatch.setattr(sys, "argv", ["proof", "due"])
    assert main() == 0
    told = capsys.readouterr().out
    assert "ends completed" in told
    assert "nothing wrong" in told
    assert "  bag: depart sealed → departed" in told


@pytest.mark.parametrize("name", SMALL)
def test_the_page_says_what_a_walk_came_to(name: str):
    """As it is printed."""
    page = Path(__file__).parents[2] / "docs" / "proof.md"
    assert table(name, walked(name)) in page.read_text(encoding="utf-8")
