"""Which scans the records of an office name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import fields, has

from adminduk.decide import Look
from adminduk.office.execution import Shelf
from adminduk.ports import Storage
from adminduk.records import Scan

__all__ = ["scans_named"]

_AT_ONCE = 1000


def scans_named(shelf: Shelf) -> set[str]:
    """Give the digests of all scans that a record names.

    A record that changes while others are read may be passed over by the reading, so what changed
    meanwhile is read again, until nothing did.
    """
    seen = _last(shelf.storage, shelf.office)
    named = set(_digests(shelf.records()))
    while page := shelf.storage.journal(shelf.office, after=seen, limit=_AT_ONCE):
        changed = shelf.look(Look({(one.kind, one.id) for one in page})).values()
        named.update(_digests(one.record for one in changed))
        seen = page[-1].seq
    return named


def _last(storage: Storage, office: str) -> int:
    """Give the sequence of the last entry: it is doubled up to, and then closed in on."""
    low, step = 0, 1
    while storage.journal(office, after=low + step, limit=1):
        low, step = low + step, step * 2
    while step:
        if storage.journal(office, after=low + step, limit=1):
            low += step
        step //= 2
    return low


def _digests(things: Iterable[Any]) -> Iterator[str]:
    """Give the digests of the scans in things, however deep."""
    waiting = list(things) if isinstance(things, list | tuple) else None
    for thing in things if waiting is None else waiting:
        yield from _inside(thing)


def _inside(thing: Any) -> Iterator[str]:
    if isinstance(thing, Scan):
        yield thing.digest
    elif has(type(thing)):
        for one in fields(type(thing)):
            yield from _inside(getattr(thing, one.name))
    elif isinstance(thing, dict):
        yield from _digests(tuple(thing.values()))
    elif isinstance(thing, tuple | list | set | frozenset):
        yield from _digests(tuple(thing))
