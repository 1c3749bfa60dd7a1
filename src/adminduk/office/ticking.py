"""What time alone brings about: the system's own commands, the same however often it ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from adminduk import commands as c
from adminduk.decide import Look, Rules
from adminduk.office.execution import Shelf
from adminduk.office.forecast import waiting_copies
from adminduk.ports import Row, Storage
from adminduk.records import Blanks, Pause
from adminduk.records.index import IN_STOCK, stamp
from adminduk.records.ledger import run_out
from adminduk.values import TrackingCode

__all__ = ["due_commands"]

_NAMESPACE: Final = UUID("5d4cd7de-6c39-4c0b-9c05-6b8b52a1a0c7")

_EXPIRE = ("application", ("draft", "returned"))
_TURN_HOME = (("copy", ("at_village", "at_district", "at_counter")),)
_CLOSE = ("bag", ("counted",))
_LIFT = ("notice", ("in_force",))


def due_commands(shelf: Shelf, rules: Rules, now: datetime) -> Iterator[c.Command]:
    """Give the commands that are due, each with an id of its kind, record and due day."""
    storage, office = shelf.storage, shelf.office
    for row in _due(storage, office, now, *_EXPIRE):
        yield c.Expire(id=_id("expire", row), application=TrackingCode.parse(row.id))
    for kind, states in _TURN_HOME:
        for row in _due(storage, office, now, kind, states):
            yield c.TurnHome(id=_id("turn_home", row), item=row.id)
    for row in _due(storage, office, now, *_CLOSE):
        if not row.queue:  # a bag with open differences waits for the registry
            yield c.Close(id=_id("close", row), bag=row.id)
    for row in _due(storage, office, now, *_LIFT):
        yield c.Lift(id=_id("lift", row), notice=row.id)
    yield from _follow_blanks(shelf, rules)


def _follow_blanks(shelf: Shelf, rules: Rules) -> Iterator[c.Command]:
    """Give the commands by which promises stand still while blanks have run out."""
    ranges = [one.record for one in shelf.look(Look(groups=[IN_STOCK])).values()]
    kept = [one for one in ranges if isinstance(one, Blanks)]
    out = run_out(kept)
    for copy in waiting_copies(shelf, rules) if kept else ():
        paused = copy.promise is not None and copy.promise.pause is Pause.BLANKS
        if copy.promise is not None and paused != (copy.kind in out):
            yield c.FollowBlanks(
                id=uuid5(_NAMESPACE, f"follow_blanks:{copy.id}:{copy.version}"), copy=copy.id
            )


def _id(name: str, row: Row) -> UUID:
    return uuid5(_NAMESPACE, f"{name}:{row.kind}:{row.id}:{row.due[:10]}")


def _due(
    storage: Storage, office: str, now: datetime, kind: str, states: tuple[str, ...]
) -> Iterator[Row]:
    for state in states:
        after: str | None = None
        while True:
            found, after = storage.find(
                office, kind=kind, state=state, due_until=stamp(now), after=after, limit=500
            )
            yield from found
            if after is None:
                break
