"""Everything that an office holds, read through the storage port page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from adminduk.errors import StorageFailure
from adminduk.office.moving.lines import SECTIONS, End, Start, Thing, Told
from adminduk.office.opening import MOVING
from adminduk.ports import Message, Row, Storage

__all__ = ["held", "told"]

_PAGE: Final = 500
_One = TypeVar("_One")


def held(storage: Storage, office: str, profile: bytes) -> Iterator[Start | Thing | End]:
    """Give an office as it comes in a file, from its first to its last line."""
    yield Start(office, profile)
    counts = [0] * len(SECTIONS)
    for one in _things(storage, office):
        counts[SECTIONS.index(type(one))] += 1
        yield one
    yield End(tuple(counts))


def _things(storage: Storage, office: str) -> Iterator[Thing]:
    yield from _pages(
        lambda after: storage.journal(office, after=after, limit=_PAGE), 0, lambda one: one.seq
    )
    yield from _pages(
        lambda after: storage.keys(office, after=after, limit=_PAGE), "", lambda one: one.owner
    )
    claims = _pages(
        lambda after: storage.claims(office, after=after, limit=_PAGE), "", lambda one: one.key
    )
    yield from (one for one in claims if one.key != MOVING)
    yield from _pages(
        lambda after: storage.commands(office, after=after, limit=_PAGE), "", lambda one: one.id
    )
    yield from told(storage, office)
    yield from _rows(storage, office)


def _rows(storage: Storage, office: str) -> Iterator[Row]:
    after: str | None = None
    while True:
        rows, after = storage.find(office, after=after, limit=_PAGE)
        yield from rows
        if after is None:
            return


def told(storage: Storage, office: str) -> Iterator[Told]:
    """Give the messages that were not delivered: those that are parked, then those that wait."""

    def read(parked: bool) -> Iterator[Message]:
        return _pages(
            lambda after: storage.messages(office, parked=parked, after=after, limit=_PAGE),
            ("", ""),
            lambda one: (one.due, one.key),
        )

    yield from (Told(parked, one) for parked in (True, False) for one in read(parked))


def _pages(
    read: Callable[[Any], Sequence[_One]], after: Any, place: Callable[[_One], Any]
) -> Iterator[_One]:
    while page := read(after):
        yield from page
        last = place(page[-1])
        if last <= after:  # a damaged index; reading on would never end
            why = "its pages cannot be read on; restore the last good copy"
            raise StorageFailure(url="", why=why, reason="corrupt")
        after = last
