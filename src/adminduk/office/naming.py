"""Which scans commands and records name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from attrs import fields, has

from adminduk.decide import Look
from adminduk.office.shelf import Shelf
from adminduk.ports import Ref, Storage
from adminduk.records import Application, Record, Scan

__all__ = ["scans_in", "scans_named"]

_AT_ONCE: Final = 1000


def scans_in(thing: Any, path: str = "") -> Iterator[tuple[str, Scan]]:
    """Give the scans in a thing, however deep, each with the path to it."""
    inside: Any = ()
    if isinstance(thing, Scan):
        yield path, thing
    elif isinstance(thing, dict):
        inside = thing.items()
    elif isinstance(thing, tuple | list):
        inside = enumerate(thing)
    elif has(type(thing)):
        inside = ((one.name, getattr(thing, one.name)) for one in fields(type(thing)))
    for name, one in inside:
        yield from scans_in(one, f"{path}.{name}")


def scans_named(shelf: Shelf, tell: Callable[[int], None]) -> Iterator[tuple[Ref, Scan]]:
    """Give all scans that a record names; some perhaps more than once.

    A record that changes while others are read may be passed over by the reading, so what changed
    meanwhile is read again, until nothing did. Of a person who was erased nothing is named.
    """
    seen = _last(shelf.storage, shelf.office)
    for count, record in enumerate(shelf.records(), 1):
        tell(count)
        yield from _named(record)
    while page := shelf.storage.journal(shelf.office, after=seen, limit=_AT_ONCE):
        for one in shelf.look(Look({(one.kind, one.id) for one in page})).values():
            yield from _named(one.record)
        seen = page[-1].seq


def _named(record: Record) -> Iterator[tuple[Ref, Scan]]:
    if isinstance(record, Application) and record.personal is None:
        return
    for _, scan in scans_in(record):
        yield (record.KIND, record.key), scan


def _last(storage: Storage, office: str) -> int:
    """Give the sequence of the last entry: it is doubled up to, and then closed in on."""
    low, step = 0, 1
    while storage.journal(office, after=low + step, limit=1):
        low, step = low + step, step * 2
    while step:
        if storage.journal(office, after=low + step, limit=1):
            low += step
        step //= 2
    return low + len(storage.journal(office, after=low, limit=1))
