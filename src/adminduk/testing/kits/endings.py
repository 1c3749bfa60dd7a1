"""Processes that end at a named point of their work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import ClassVar

import orjson

from adminduk.codec import Order
from adminduk.office import Delivered, Office
from adminduk.ports import Storage
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.ending import (
    DECIDING,
    DELIVERING,
    STATUS,
    Notes,
    office_on,
    small_day,
)
from adminduk.testing.kits.base import Kit, Open, needs
from adminduk.testing.rows import OFFICE

__all__ = ["EndingChecks"]

_TELLING = (
    "after-lease",
    "before-commit",
    "after-send",
    "after-commit",
    "after-load",
    "before-settle",
)
"""Points at which most could be lost."""
_MANY = 10_000
_SECONDS = 60


class EndingChecks(Kit):
    """Wherever a process ends, what it acknowledged is there, and the next one goes on."""

    every_point: ClassVar[bool] = False

    @needs("durable", "reopens")
    def test_an_office_that_ends_at_any_point_loses_nothing(
        self, storage_url: str, opened: Open
    ) -> None:
        """Nothing acknowledged or waiting is lost, nothing half done; another process goes on."""
        day = small_day()
        messages = _messages_of(day)
        sent: set[str] = set()
        first = 0
        for last, point in _endings(day, every_point=self.every_point):
            told = _ended(storage_url, first, last, point)
            assert {f"done {one}" for one in range(first, last)} <= told
            sent |= {one.removeprefix("sent ") for one in told if one.startswith("sent ")}
            storage = opened()
            known = _known(storage, day)
            assert known == list(range(last if _is_undone(point) else last + 1))
            waiting = _waiting(storage)
            committed = {key for number in known for key in messages[number]}
            assert waiting - _bags(storage) <= committed
            past = _past_after(day[: len(known)])
            assert committed | _bags(storage, state="sealed") <= waiting | sent | past
            assert _office_tomorrow(storage, sent).verify().faults == ()
            storage.close()
            first = last
        storage = opened()
        office = _office_tomorrow(storage, sent)
        for one in day[first:]:
            assert one.by is not None
            office.do(one.command, by=one.by)
        while office.deliver() != Delivered():
            pass
        every = {key for keys in messages for key in keys}
        assert every - _past_after(day) <= sent - _bags(storage) <= every
        assert _told(storage) == _told(_undisturbed(day))


def _endings(day: list[Order], *, every_point: bool) -> Iterable[tuple[int, str]]:
    """Give where processes end: at some points, or at every point of every command."""
    if every_point:
        return product(range(len(day)), (*DECIDING, *DELIVERING))
    spread = [(len(day) * place // len(_TELLING), point) for place, point in enumerate(_TELLING)]
    sealing = next(number for number, one in enumerate(day) if one.command.NAME == "seal")
    return sorted([*spread, (sealing, "before-book")])


def _is_undone(point: str) -> bool:
    """Whether a command does not take effect where a process ends at a point."""
    return point in DECIDING and point != "after-commit"


def _ended(url: str, first: int, last: int, point: str) -> set[str]:
    """Have a process work and end; give what it said."""
    child = [sys.executable, "-m", "adminduk.testing.ending", url, str(first), str(last), point]
    done = subprocess.run(  # noqa: S603 - our own module
        child,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=_SECONDS,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    told = set(done.stdout.splitlines())
    assert done.returncode == (0 if "undisturbed" in told else STATUS)
    return told


def _known(storage: Storage, day: list[Order]) -> list[int]:
    """Give the numbers of the commands that took effect."""
    ids = [str(one.command.id) for one in day]
    known = storage.executed(OFFICE, ids)
    return [number for number, id_ in enumerate(ids) if id_ in known]


def _office_tomorrow(storage: Storage, sent: set[str]) -> Office:
    """Open the office at a time at which no lease of a process that ended holds any more."""

    def tomorrow() -> datetime:
        return datetime.now(UTC) + timedelta(days=1)

    return office_on(
        storage, Notes(lambda told: sent.add(told.removeprefix("sent "))), clock=tomorrow
    )


def _undisturbed(day: list[Order]) -> Storage:
    """Do the day where nothing ends."""
    storage = MemoryStorage()
    office = office_on(storage, Notes(lambda _: None))
    for one in day:
        assert one.by is not None
        office.do(one.command, by=one.by)
    return storage


def _waiting(storage: Storage) -> set[str]:
    """Give what is still to be told: the keys of messages to people, and bags."""
    messages = storage.messages(OFFICE, parked=False, limit=_MANY)
    return {orjson.loads(one.body).get("bag", one.key) for one in messages}


def _bags(storage: Storage, **which: str) -> set[str]:
    """Give the bags there are."""
    return {row.id for row in storage.find(OFFICE, kind="bag", limit=_MANY, **which)[0]}


def _messages_of(day: list[Order]) -> list[list[str]]:
    """Give the keys of the messages to people that each command causes."""
    keys = sorted(_waiting(_undisturbed(day)))
    return [[key for key in keys if key.startswith(f"{one.command.id}/")] for one in day]


def _past_after(day: list[Order]) -> set[str]:
    """Give the keys of the messages that are no longer so after a part of the day.

    Nothing on the small day is undone: what was so no longer at any time is not so later.
    """
    storage = _undisturbed(day)
    sent: set[str] = set()
    every = _waiting(storage)
    while _office_tomorrow(storage, sent).deliver() != Delivered():
        pass
    return every - sent


def _told(storage: Storage) -> list[tuple[str, str, int]]:
    """Give what the journal tells, but for when."""
    return [(one.kind, one.id, one.version) for one in storage.journal(OFFICE, limit=_MANY)]
