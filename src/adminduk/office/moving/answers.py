"""Whether the commands that took effect are those of the journal, each with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Final, TypeVar

from attrs import frozen

from adminduk.journal import Change, read_change
from adminduk.office.receipt import read_receipt
from adminduk.ports import Executed, Storage

__all__ = ["unanswered"]

_PAGE: Final = 500

_About = tuple[str, str, int]


@frozen
class _Done:
    """A command, as the journal tells it: who sent it, and which records it changed."""

    id: str
    by: str
    records: frozenset[_About]


def unanswered(storage: Storage, office: str, commands: int, messages: Iterator[str]) -> list[str]:
    """Name the commands whose answer is not what the journal says; the journal was verified.

    Args:
        storage: Where.
        office: Of which office.
        commands: How many commands there are.
        messages: The keys of the messages that were not delivered.
    """
    faults: list[str] = []
    count = 0
    for some in _some(_done(storage, office)):
        count += len(some)
        known = storage.executed(office, [one.id for one in some])
        faults += [
            f"command {one.id}: is not answered as its journal says"
            for one in some
            if not _fits(one, known.get(one.id))
        ]
    if count != commands:
        faults.append(f"commands: {commands - count} are in no journal")
    for keys in _some(messages):
        named = {key: key.rpartition("/")[0] for key in keys}
        known = storage.executed(office, set(named.values()))
        faults += [f"message {key}: is of no command" for key in keys if named[key] not in known]
    return faults


def _done(storage: Storage, office: str) -> Iterator[_Done]:
    for id_, changes in groupby(_changes(storage, office), key=lambda one: one.command):
        every = list(changes)
        records = frozenset((one.kind, one.id, one.version) for one in every)
        senders = {one.by for one in every}
        yield _Done(id_, every[0].by if len(senders) == 1 else "", records)


def _changes(storage: Storage, office: str) -> Iterator[Change]:
    after = 0
    while page := storage.journal(office, after=after, limit=_PAGE):
        for entry in page:
            yield read_change(entry.seq, entry.body)
        after = page[-1].seq


def _fits(done: _Done, known: Executed | None) -> bool:
    if known is None or known.actor != done.by:
        return False
    try:
        receipt = read_receipt(known.receipt)
    except Exception:  # noqa: BLE001 - what is tampered with can be wrong in any way
        return False
    touched = {(one.kind, one.id, one.version) for one in receipt.records}
    return receipt.id == done.id and touched == done.records


_Any = TypeVar("_Any")


def _some(every: Iterator[_Any]) -> Iterator[list[_Any]]:
    while some := list(islice(every, _PAGE)):
        yield some
