"""Deciding one command, without any storage, against a state machine making one move.

Measured: `adminduk.decide.decide` of a `Collect` on a prepared world: who may, whether it can
happen now, and what it changes.

Floor: python-statemachine sends the same event to an instance of the library's own chart class, on
a model for which every guard holds. Instances are made outside the timing, one for each event, in
the state that the card is in. It knows of no actors, areas or records, so it does less than we do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from statemachine import StateMachine

from adminduk import Office, commands
from adminduk.decide import Moment, World, decide, needs
from adminduk.lifecycle import table_of
from adminduk.lifecycle.table import chart_of
from adminduk.records import Copy
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave
from benchmarks.town import SITI, code_of, district_road, office_on, sqlite

__all__ = ["measure"]

NAME: Final = "deciding"
LIMIT: Final = 0.33

_ROUNDS: Final = 300
_EACH: Final = 20
_EVENT: Final = "collect"


class _Willing:
    """A model for which every guard of copies holds."""

    def __init__(self, state: str) -> None:
        self.state = state
        for arrow in table_of("copy"):
            for guard in arrow.guards:
                setattr(self, guard, True)


def measure(run: Run) -> Row:
    """Decide and move, many times in turns."""
    with _office(run.place()) as office:
        ours = _decision(office)
        steps = _steps(ours, run.rounds(_ROUNDS) + 5)
        return per_operation(NAME, LIMIT, interleave(steps, warm=5), f"of {_EACH} each; no storage")


def _office(folder: Path) -> Office:
    office = office_on(sqlite(folder / "district.db"))
    for command, by in district_road(0):
        office.do(command, by=by)
    return office


def _decision(office: Office) -> Callable[[], object]:
    """Prepare the decision; it is the same each time, as deciding changes nothing."""
    item = f"{code_of(0)}/1"
    command = commands.Collect(item=item)
    world = _world(office, command)
    copy = office.record("copy", item)
    assert isinstance(copy, Copy)
    assert copy.state == "at_district", "the card is where it can be collected"
    moment = Moment(copy.begun, copy.begun)
    rules = office._rules  # noqa: SLF001 - what the office decides by has no door
    return partial(decide, command, SITI, world, moment, rules)


def _world(office: Office, command: commands.Command) -> World:
    """Load what the decision looks at."""
    world = World()
    while look := needs(command, SITI, world):
        world.add(look, [one.record for one in office._shelf.look(look).values()])  # noqa: SLF001 - as below
    return world


def _steps(ours: Callable[[], object], rounds: int) -> Iterator[Step]:
    chart = chart_of("copy")
    for _ in range(rounds):
        machines = [chart(_Willing("at_district")) for _ in range(_EACH)]
        yield Step(partial(_repeat, ours), partial(_move, machines), times=_EACH)
        assert all(one.model.state == "at_village" for one in machines)


def _repeat(ours: Callable[[], object]) -> None:
    for _ in range(_EACH):
        ours()


def _move(machines: list[StateMachine]) -> None:
    for one in machines:
        one.send(_EVENT)
