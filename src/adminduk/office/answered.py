"""Whether what was answered to commands is what the journal tells, and nothing else."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final

import orjson
from attrs import evolve

from adminduk.journal import Change
from adminduk.office.receipt import read_receipt, write_receipt
from adminduk.ports import Executed, JournalEntry, Ref, Storage

__all__ = ["AnswerCheck"]

_PAGE: Final = 1000

Told = tuple[Any, ...]
"""Which command, by whom, made which version of which record, in which state."""


class AnswerCheck:
    """Compares the entries with the answers, each in whatever order, and keeps but one number.

    To that each entry is added and from it each answer taken, as a hash under a key that nobody
    knows: it is nothing again where both tell the same. Only where they do not, which it is that
    one lacks is looked for, with all of them in memory.
    """

    def __init__(self, storage: Storage, office: str) -> None:
        self._storage = storage
        self._office = office
        self._key = secrets.token_bytes(32)
        self._sum = 0

    def see(self, entry: JournalEntry, change: Change | None, state: Any) -> None:
        """Take an entry, what it says, if it can be read, and the state of its record then."""
        told = (change.command, change.by) if change else (None, None)
        self._sum += self._token((*told, entry.kind, entry.id, entry.version, state))

    def faults(self) -> Iterator[str]:
        """Read the answers; give what either of the two lacks."""
        last = ""
        for command in self._commands():
            if command.id <= last:  # a damaged index; reading on would never end
                yield "commands: cannot be read on"
                return
            last = command.id
            for one in _of_answer(command):
                self._sum -= self._token(one)
        if self._sum:
            yield from self._lacking()

    def _token(self, told: Told) -> int:
        text = "|".join(map(str, told))
        return int.from_bytes(blake2b(text.encode(), key=self._key, digest_size=32).digest())

    def _commands(self) -> Iterator[Executed]:
        after = ""
        while page := self._storage.commands(self._office, after=after, limit=_PAGE):
            yield from page
            after = page[-1].id

    def _lacking(self) -> Iterator[str]:
        answered = Counter(one for command in self._commands() for one in _of_answer(command))
        states: dict[Ref, Any] = {}
        after = 0
        while page := self._storage.journal(self._office, after=after, limit=_PAGE):
            for entry in page:
                told = _of_entry(entry, states)
                if answered[told]:
                    answered[told] -= 1
                else:
                    yield f"journal {entry.seq}: command {told[0]} was not answered so"
            if page[-1].seq <= after:  # as above
                break
            after = page[-1].seq
        for command in dict.fromkeys(one[0] for one in answered.elements()):
            yield f"command {command}: was answered what the journal does not tell"


def _of_entry(entry: JournalEntry, states: dict[Ref, Any]) -> Told:
    """Say what an entry tells; `states` has those of the records until it, and gets its own."""
    ref = entry.kind, entry.id
    try:
        told = orjson.loads(entry.body)
        said = told["command"], told["by"]
        states[ref] = told["set"].get("state", states.get(ref))
    except (ValueError, TypeError, KeyError, AttributeError):
        said = None, None
    return (*said, *ref, entry.version, states.get(ref))


def _of_answer(command: Executed) -> list[Told]:
    """Say what an answer tells; one that is not as it is written tells of no record.

    Each that is has a record: what a command is about gets a version by it in any case.
    """
    try:
        receipt = evolve(read_receipt(command.receipt), id=command.id, repeated=False)
        records = [(one.kind, one.id, one.version, one.state) for one in receipt.records]
        is_whole = bool(records) and write_receipt(receipt) == command.receipt
    except (ValueError, TypeError, KeyError, AttributeError):
        is_whole = False
    told = records if is_whole else [(None, None, None, None)]
    return [(command.id, command.actor, *one) for one in told]
