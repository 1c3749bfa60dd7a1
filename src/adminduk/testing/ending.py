"""An office at work that ends at a named point, for checks of what is left then.

`python -m adminduk.testing.ending URL FIRST LAST POINT` carries out the orders FIRST to LAST of a
small day, and says the number of each that was done; at POINT of the last one the process ends, as
if its plug was pulled. A point is before or after a call of the storage, the notifier or the
courier; those of delivery come after the last order is done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from adminduk.codec import Order
from adminduk.envelope import OpenKeyring
from adminduk.office import Office
from adminduk.plugins import open_storage
from adminduk.ports import Consignment, Storage
from adminduk.testing.day import orders
from adminduk.testing.rows import OFFICE
from adminduk.values import RegionCode

__all__ = ["DECIDING", "DELIVERING", "STATUS", "Notes", "main", "office_on", "small_day"]

_WHEN: Final = ("before", "after")
DECIDING: Final = tuple(f"{when}-{call}" for call in ("load", "commit") for when in _WHEN)
"""The points of a command."""
DELIVERING: Final = tuple(
    f"{when}-{call}" for call in ("lease", "send", "book", "settle") for when in _WHEN
)
"""The points of a delivery."""

STATUS: Final = 42
"""The exit status of a process that ended at its point."""


def small_day() -> list[Order]:
    """Give the orders of a day on which one family applies, the same each time."""
    return list(orders(applications=1, seed=3))


def office_on(storage: Storage, notes: Any, **options: Any) -> Office:
    """Open the office on a store, with a keyring that every process has."""
    storage.add_office(OFFICE, b"profile")
    return Office(
        storage,
        RegionCode.parse(OFFICE),
        keyring=OpenKeyring(bytes(32)),
        notifier=notes,
        courier=notes,
        **options,
    )


class Notes:
    """A notifier and courier that tells the key of each message, or the bag, once it has it."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell

    def book(self, consignment: Consignment) -> None:
        """Take a bag."""
        self._tell(consignment.bag)

    def cancel(self, bag: str) -> None:
        """Leave a bag; nobody opens one again on the small day."""
        raise AssertionError(bag)

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        assert to, "a message is to somebody"
        assert text, "a message says something"
        self._tell(key)


class _Ending:
    """What it stands for, but that the process ends before or after one of its calls."""

    def __init__(self, thing: Any, when: str, call: str) -> None:
        self._thing, self._when, self._call = thing, when, call

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._thing, name)
        return partial(self._ended, call) if name == self._call else call

    def _ended(self, call: Callable[..., object], *arguments: Any, **named: Any) -> None:
        if self._when == "after":
            call(*arguments, **named)
        os._exit(STATUS)


def main(url: str, first: str, last: str, point: str) -> None:
    """Work up to a point, and end there."""
    storage, notes = open_storage(url), Notes(lambda key: _say(f"sent {key}"))
    day = small_day()
    office = office_on(storage, notes)
    for number in range(int(first), int(last)):
        _do(office, day, number)
    when, _, call = point.partition("-")
    ending: Any = _Ending(storage, when, call)
    if point in DECIDING:
        office_on(ending, notes).do(day[int(last)].command, by=_by(day, int(last)))
    _do(office, day, int(last))
    office_on(ending, _Ending(notes, when, call)).deliver()
    _say("undisturbed")


def _do(office: Office, day: list[Order], number: int) -> None:
    office.do(day[number].command, by=_by(day, number))
    _say(f"done {number}")


def _by(day: list[Order], number: int) -> Any:
    return day[number].by


def _say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
