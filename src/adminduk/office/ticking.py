"""What time alone brings about: the system's own commands, the same however often it ticks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from adminduk import commands as c
from adminduk.decide import Look, Rules
from adminduk.office.forecast import waiting_copies
from adminduk.office.shelf import Shelf
from adminduk.ports import Row, Storage
from adminduk.records import Blanks, Copy, Pause, Settings
from adminduk.records.index import IN_STOCK, stamp
from adminduk.records.ledger import run_out
from adminduk.values import TrackingCode

__all__ = ["due_commands"]

_EXPIRE = ("application", ("draft", "returned"))
_TURN_HOME = _REMIND = ("copy", ("at_village", "at_district", "at_counter"))
_CLOSE = ("bag", ("counted",))
_LIFT = ("notice", ("in_force",))
_END = ("delegation", ("in_force",))
_ASK_AFTER = ("bag", ("sealed", "departed", "astray"))


def due_commands(
    shelf: Shelf, rules: Rules, now: datetime, settings: Settings
) -> Iterator[c.Command]:
    """Give the commands that are due, each with an id by what it does to what as it is."""
    storage, office = shelf.storage, shelf.office
    for row in _due(storage, office, now, *_EXPIRE):
        yield c.Expire(id=_id(shelf, "expire", row), application=TrackingCode.parse(row.id))
    for row in _due(storage, office, now, *_TURN_HOME):
        yield c.TurnHome(id=_id(shelf, "turn_home", row), item=row.id)
    yield from _reminders(shelf, now, settings)
    for row in _due(storage, office, now, *_CLOSE):
        if not row.queue:  # a bag with open differences waits for the registry
            yield c.Close(id=_id(shelf, "close", row), bag=row.id)
    for row in _due(storage, office, now, *_LIFT):
        yield c.Lift(id=_id(shelf, "lift", row), notice=row.id)
    for row in _due(storage, office, now, *_END):
        yield c.EndDelegation(id=_id(shelf, "end_delegation", row), delegation=row.id)
    for row in _due(storage, office, now, *_ASK_AFTER):
        asked = _told(row, "asked")
        if asked < settings.inquiries(datetime.fromisoformat(row.due), now):
            yield c.AskAfter(id=_id(shelf, "ask_after", row), bag=row.id)
    yield from _follow_blanks(shelf, rules)


def _follow_blanks(shelf: Shelf, rules: Rules) -> Iterator[c.Command]:
    """Give the commands by which promises stand still while blanks have run out."""
    ranges = [one.record for one in shelf.look(Look(groups=[IN_STOCK])).values()]
    kept = [one for one in ranges if isinstance(one, Blanks)]
    out = run_out(kept)
    for copy in waiting_copies(shelf, rules) if kept else ():
        paused = copy.promise is not None and copy.promise.pause is Pause.BLANKS
        if copy.promise is not None and paused != (copy.kind in out):
            yield c.FollowBlanks(id=_id(shelf, "follow_blanks", copy), copy=copy.id)


def _reminders(shelf: Shelf, now: datetime, settings: Settings) -> Iterator[c.Command]:
    """Give the reminders of copies that will go home before long."""
    horizon = now + timedelta(days=max(settings.remind_days, default=0))
    for row in _due(shelf.storage, shelf.office, horizon, *_REMIND):
        due, reminded = datetime.fromisoformat(row.due), _told(row, "reminded")
        if now < due and reminded < settings.reminders(due, now):
            yield c.Remind(id=_id(shelf, "remind", row), copy=row.id)


def _told(row: Row, name: str) -> int:
    """Say how many times people were told of a record."""
    times: int = orjson.loads(row.body)["fields"].get(name, 0)
    return times


def _id(shelf: Shelf, name: str, thing: Row | Copy) -> UUID:
    """Give the id of what is done with a thing as it is: done again later it is another command."""
    return shelf.own_id(name, thing.id, str(thing.version))


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
