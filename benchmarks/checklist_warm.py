"""A checklist, asked for again, against one durable commit.

Measured: `office.checklist("akta-lahir", ...)` with facts that leave no question open; the
catalogue is loaded already. Each side does ten in a row before it is the other's turn, as after a
wait for the disk the first is slowed by a cold processor, not by what it does.

Floor: apsw commits one small row with synchronous=FULL. It is no equal work: it is what any program
pays that stores a single thing, so that a list at a tenth of it is not felt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import apsw

from adminduk import Office
from benchmarks.raw import Statement, open_raw, write
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave
from benchmarks.town import office_on, sqlite

__all__ = ["measure", "small_table"]

NAME: Final = "checklist-warm"
LIMIT: Final = 0.1

_ROUNDS: Final = 200
_EACH: Final = 10
_SERVICE: Final = "akta-lahir"
_ANSWERS: Final[dict[str, bool | int | str]] = {
    "applicant_relation": "self",
    "birth_letter": True,
    "days_since_birth": 10,
    "foundling": False,
    "nik_in_form": True,
    "parents_marriage": "recorded",
}
"""Answers to questions; any other is answered by its last choice."""


def measure(run: Run) -> Row:
    """Ask and commit in turns."""
    folder = run.place()
    raw = small_table(folder / "small.db")
    with office_on(sqlite(folder / "office.db")) as office:
        facts = _facts(office)
        ask = partial(office.checklist, _SERVICE, facts=facts)
        steps = (
            Step(partial(_repeat, ask), partial(_commit, raw, place), times=_EACH)
            for place in range(run.rounds(_ROUNDS) + 5)
        )
        times = interleave(steps, warm=5)
    raw.close()
    return per_operation(NAME, LIMIT, times, f"of {_EACH} each; {_SERVICE}, {len(facts)} facts")


def small_table(path: Path) -> apsw.Connection:
    """Make a file with one table for small rows."""
    raw = open_raw(path)
    raw.execute("create table small (id integer primary key, said text not null) strict")
    return raw


def _repeat(ask: Callable[[], object]) -> None:
    for _ in range(_EACH):
        ask()


def _commit(raw: apsw.Connection, place: int) -> None:
    for number in range(place * _EACH, (place + 1) * _EACH):
        write(raw, [Statement("insert into small values (?, ?)", [(number, "one small row")])])


def _facts(office: Office) -> dict[str, bool | int | str]:
    """Answer questions until none is left."""
    facts: dict[str, bool | int | str] = {}
    while questions := office.checklist(_SERVICE, facts=facts).questions:
        first = questions[0]
        facts[first.id] = _ANSWERS.get(first.id, first.domain[-1])
    return facts
