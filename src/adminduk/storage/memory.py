"""A storage in memory: the model that every other storage is held to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from threading import RLock
from uuid import uuid4

from attrs import define, evolve, field

from adminduk.errors import NotFound
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Executed,
    JournalEntry,
    Lease,
    Message,
    Ref,
    Row,
    StaleVersions,
)
from adminduk.storage.position import position_after, read_position

__all__ = ["MemoryStorage"]


@define
class _Waiting:
    """An undelivered message and its lease."""

    message: Message
    attempts: int = 0
    token: str = ""
    lent_until: str = ""
    parked: bool = False


@define
class _Office:
    profile: bytes
    recorded: str = ""
    records: dict[Ref, Row] = field(factory=dict)
    journal: list[JournalEntry] = field(factory=list)
    claims: dict[str, Claim] = field(factory=dict)
    commands: dict[str, Executed] = field(factory=dict)
    messages: dict[str, _Waiting] = field(factory=dict)


class MemoryStorage:
    """Keeps offices as long as it lives; meant for tests and for trying things out."""

    def __init__(self) -> None:
        self._offices: dict[str, _Office] = {}
        self._lock = RLock()

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office, or give the profile of one that exists."""
        with self._lock:
            return self._offices.setdefault(office, _Office(profile)).profile

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile."""
        with self._lock:
            return {name: self._offices[name].profile for name in sorted(self._offices)}

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch or nothing."""
        with self._lock:
            here = self._offices.get(office)
            if here is None:
                raise NotFound(kind="office", id=office)
            _check(here, batch)
            claims = _claimed(here, batch)
            here.claims = claims
            here.recorded = batch.recorded
            here.records.update({write.row.ref: write.row for write in batch.writes})
            here.journal += [
                JournalEntry(one.kind, one.id, one.version, one.hash, one.body, seq=seq)
                for seq, one in enumerate(batch.entries, start=len(here.journal) + 1)
            ]
            here.commands.update({one.id: one for one in batch.commands})
            here.messages.update({one.key: _Waiting(one) for one in batch.messages})
            return len(here.journal)

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect."""
        with self._lock:
            known = self._here(office).commands
            return {one: known[one] for one in ids if one in known}

    def load(self, office: str, refs: Iterable[Ref]) -> Mapping[Ref, Row]:
        """Give those of the records that exist."""
        with self._lock:
            records = self._here(office).records
            return {ref: records[ref] for ref in refs if ref in records}

    def find(
        self,
        office: str,
        *,
        kind: str | None = None,
        state: str | None = None,
        queue: str | None = None,
        region: str | None = None,
        group: str | None = None,
        key: str | None = None,
        due_until: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> tuple[Sequence[Row], str | None]:
        """Give a page of records."""
        start = None if after is None else read_position(after)
        with self._lock:
            rows = sorted(self._here(office).records.values(), key=lambda r: (r.due, r.kind, r.id))
        matching = (
            row
            for row in rows
            if (kind is None or row.kind == kind)
            and (state is None or row.state == state)
            and (queue is None or _below(row.queue, queue))
            and (region is None or _below(row.region, region))
            and (group is None or row.group == group)
            and (key is None or key in row.keys)
            and (due_until is None or row.due <= due_until)
            and (start is None or (row.due, row.kind, row.id) > start)
        )
        page = list(islice(matching, limit + 1))
        more = len(page) > limit
        return page[:limit], position_after(page[limit - 1]) if more else None

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries in order."""
        with self._lock:
            entries = self._here(office).journal[after:]
        return list(islice((e for e in entries if of is None or (e.kind, e.id) == of), limit))

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held."""
        with self._lock:
            held = self._here(office).claims
            return [held[key] for key in sorted(held) if key > after][:limit]

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages."""
        with self._lock:
            due = sorted(
                (
                    one
                    for one in self._here(office).messages.values()
                    if one.message.due <= now and one.lent_until <= now and not one.parked
                ),
                key=lambda one: (one.message.due, one.message.key),
            )[:limit]
            for one in due:
                one.attempts, one.token, one.lent_until = one.attempts + 1, uuid4().hex, until
            return [Lease(one.message, one.token, one.attempts) for one in due]

    def settle(self, office: str, key: str, token: str, *, again: str | None, parked: bool) -> bool:
        """End a lease."""
        with self._lock:
            messages = self._here(office).messages
            one = messages.get(key)
            if one is None or one.token != token or not token:
                return False
            if again is None:
                del messages[key]
                return True
            one.message = evolve(one.message, due=again)
            one.token, one.lent_until, one.parked = "", "", parked
            return True

    def messages(self, office: str, *, parked: bool, limit: int = 100) -> Sequence[Message]:
        """Give undelivered messages."""
        with self._lock:
            found = [one for one in self._here(office).messages.values() if one.parked is parked]
        found.sort(key=lambda one: (one.message.due, one.message.key))
        return [one.message for one in found[:limit]]

    def close(self) -> None:
        """Nothing is held."""

    def _here(self, office: str) -> _Office:
        return self._offices.get(office) or _Office(b"")


def _below(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(wanted + ".")


def _check(here: _Office, batch: Batch) -> None:
    for one in batch.commands:
        if one.id in here.commands:
            raise CommandKnown(here.commands[one.id])
    if batch.recorded < here.recorded:
        raise ClockBehind(here.recorded)
    read = [(write.row.ref, write.read_at) for write in batch.writes] + list(batch.unchanged)
    stale = [ref for ref, version in read if _version(here, ref) != version]
    if stale:
        raise StaleVersions(stale)


def _version(here: _Office, ref: Ref) -> int:
    row = here.records.get(ref)
    return 0 if row is None else row.version


def _claimed(here: _Office, batch: Batch) -> dict[str, Claim]:
    claims = dict(here.claims)
    for claim in batch.release:
        if claims.get(claim.key) == claim:
            del claims[claim.key]
    for claim in batch.take:
        holder = claims.setdefault(claim.key, claim)
        if holder != claim:
            raise ClaimTaken(holder)
    return claims
