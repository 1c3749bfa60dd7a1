"""An office that holds very much: filled in large commits, gone through page by page.

`python -m adminduk.testing.large URL` goes through all of it, and says in JSON how many bytes of
memory the process had needed at most after the first pages of everything, and how many in the end.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from adminduk.plugins import open_storage
from adminduk.ports import Batch, Claim, Entry, Executed, JournalEntry, Message, Row, Storage
from adminduk.storage.position import position_of
from adminduk.testing.rows import OFFICE, batch, claim, time, write

__all__ = [
    "PAGE",
    "WALKS",
    "claims",
    "commands",
    "due",
    "fill",
    "filling",
    "heavy",
    "journal",
    "main",
    "messages",
    "name",
    "peak",
    "queue",
    "records",
]

PAGE: Final = 25
"""How many things are on a page."""

_COMMIT: Final = 5_000
_FIRST: Final = 20
"""After how many pages a process has what it needs for any page."""

_TOGETHER: Final = 12_000_000
"""How many bytes heavy bodies are together, however many: more than a process may grow by."""

_MINUTES: Final = 15 * 60
_STATUS: Final = Path("/proc/self/status")


def name(number: int) -> str:
    """Give the id of a record, and the key of its claim: they are in the order of the numbers."""
    return f"{number:08}"


def due(number: int, many: int) -> str:
    """Give when a record is due: later than those before it, or at the same time."""
    return time(number * _MINUTES // many)


def queue(number: int) -> str:
    """Give where a record waits: each third one at the same post."""
    return f"registry_operator@35.{number % 3}"


def heavy(many: int) -> bytes:
    """Give a body that takes much memory where each of many has it."""
    return b"x" * max(_TOGETHER // many, 1)


def fill(storage: Storage, many: int, body: bytes = b"{}") -> None:
    """Commit many records, each with an entry, a claim, a command and a message."""
    for first in range(0, many, _COMMIT):
        storage.commit(OFFICE, filling(range(first, min(first + _COMMIT, many)), many, body))


def filling(numbers: Sequence[int], many: int, body: bytes = b"{}") -> Batch:
    """Give a commit of some of many records."""
    names = [name(one) for one in numbers]
    return batch(
        *(
            write(
                name(one),
                due=due(one, many),
                state=f"s{one % 4}",
                queue=queue(one),
                body=body,
            )
            for one in numbers
        ),
        entries=tuple(Entry("application", one, 1, bytes(32), body) for one in names),
        take=tuple(claim(one, one) for one in names),
        commands=tuple(Executed(one, "siti", b"digest", body) for one in names),
        messages=tuple(Message(name(one), due(one, many), body) for one in numbers),
    )


def records(storage: Storage, **filters: str) -> Iterator[Sequence[Row]]:
    """Go through the records that a search finds, page by page."""
    last, after = ("", "", ""), None
    while True:
        rows, after = storage.find(OFFICE, after=after, limit=PAGE, **filters)
        yield rows
        if after is None:
            return
        assert len(rows) == PAGE, "a page before the last is not full"
        last, before = position_of(rows[-1]), last
        assert last > before, "a page comes again"


def journal(storage: Storage) -> Iterator[Sequence[JournalEntry]]:
    """Go through the journal."""
    after = 0
    while entries := storage.journal(OFFICE, after=after, limit=PAGE):
        yield entries
        after, before = entries[-1].seq, after
        assert after > before, "a page comes again"


def claims(storage: Storage) -> Iterator[Sequence[Claim]]:
    """Go through the claims."""
    after = ""
    while held := storage.claims(OFFICE, after=after, limit=PAGE):
        yield held
        after, before = held[-1].key, after
        assert after > before, "a page comes again"


def commands(storage: Storage) -> Iterator[Sequence[Executed]]:
    """Go through the commands."""
    after = ""
    while known := storage.commands(OFFICE, after=after, limit=PAGE):
        yield known
        after, before = known[-1].id, after
        assert after > before, "a page comes again"


def messages(storage: Storage) -> Iterator[Sequence[Message]]:
    """Go through the messages that wait."""
    after = ("", "")
    while waiting := storage.messages(OFFICE, parked=False, after=after, limit=PAGE):
        yield waiting
        after, before = (waiting[-1].due, waiting[-1].key), after
        assert after > before, "a page comes again"


_Walk = Callable[[Storage], Iterator[Sequence[Any]]]

WALKS: Final[dict[str, _Walk]] = {
    "records": records,
    "a queue": partial(records, queue=queue(0)),
    "journal": journal,
    "claims": claims,
    "commands": commands,
    "messages": messages,
}
"""Every way to go through many things."""


def peak() -> int | None:
    """Give the most memory that this process has needed, where its system tells that."""
    if not _STATUS.exists():
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else None


def main(url: str) -> None:
    """Go through everything, and tell the memory."""
    storage = open_storage(url)
    for walk in WALKS.values():
        for _ in islice(walk(storage), _FIRST):
            pass
    first = peak()
    pages = sum(1 for walk in WALKS.values() for _ in walk(storage))
    sys.stdout.write(json.dumps({"pages": pages, "first": first, "last": peak()}) + "\n")
    storage.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
