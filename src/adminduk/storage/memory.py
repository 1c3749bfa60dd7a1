"""A storage in memory: the model that every other storage is held to."""

from __future__ import annotations

import heapq
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from threading import Event, RLock
from uuid import uuid4
from weakref import WeakSet

from attrs import define, evolve, field, frozen

from adminduk.errors import NotFound
from adminduk.ports import (
    KEY,
    Batch,
    Bell,
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
    WrappedKey,
)
from adminduk.storage.position import page_of, position_of
from adminduk.storage.question import Question, check_batch, check_limit

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
    groups: dict[str, dict[Ref, None]] = field(factory=dict)
    parts: dict[Ref, dict[Ref, None]] = field(factory=dict)
    """The records that are below an id."""
    journal: list[JournalEntry] = field(factory=list)
    about: dict[Ref, list[JournalEntry]] = field(factory=dict)
    claims: dict[str, Claim | None] = field(factory=dict)
    commands: dict[str, Executed] = field(factory=dict)
    messages: dict[str, _Waiting] = field(factory=dict)
    keys: dict[str, bytes] = field(factory=dict)
    bells: WeakSet[Event] = field(factory=WeakSet)

    def put(self, row: Row) -> None:
        """Keep a record, in its group, and below every id that its own goes on from."""
        old = self.records.get(row.ref)
        if old is not None and old.group:
            del self.groups[old.group][row.ref]
        if row.group:
            self.groups.setdefault(row.group, {})[row.ref] = None
        *above, _ = accumulate(row.id.split("/"), "{}/{}".format)
        for one in above:
            self.parts.setdefault((row.kind, one), {})[row.ref] = None
        self.records[row.ref] = row


@frozen
class _Bell:
    rung: Event = field(factory=Event)

    def wait(self, seconds: float) -> bool:
        """Wait until it rings."""
        rung = self.rung.wait(seconds)
        if rung:
            self.rung.clear()
        return rung

    def close(self) -> None:
        """It is forgotten when nobody has it."""


class MemoryStorage:
    """Keeps offices as long as it lives; meant for tests and for trying things out."""

    def __init__(self) -> None:
        self._offices: dict[str, _Office] = {}
        self._lock = RLock()

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office, or give the profile of one that exists."""
        with self._lock:
            return self._offices.setdefault(office, _Office(profile)).profile

    def office(self, office: str) -> bytes | None:
        """Give the profile of an office."""
        with self._lock:
            here = self._offices.get(office)
            return None if here is None else here.profile

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile."""
        with self._lock:
            return {name: self._offices[name].profile for name in sorted(self._offices)}

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch or nothing."""
        check_batch(batch)
        with self._lock:
            here = self._offices.get(office)
            if here is None:
                raise NotFound(kind="office", id=office)
            _check(here, batch)
            here.claims.update(_claimed(here, batch))
            here.recorded = batch.recorded
            for write in batch.writes:
                here.put(write.row)
            here.commands.update({one.id: one for one in batch.commands})
            for seq, one in enumerate(batch.entries, start=len(here.journal) + 1):
                entry = JournalEntry(one.kind, one.id, one.version, one.hash, one.body, seq=seq)
                here.journal.append(entry)
                here.about.setdefault((one.kind, one.id), []).append(entry)
            here.keys.update({one.owner: one.wrapped for one in batch.keys})
            for message in batch.messages:
                here.messages.setdefault(message.key, _Waiting(message))
            if batch.messages:
                for rung in here.bells:
                    rung.set()
            return len(here.journal)

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect."""
        with self._lock:
            known = self._here(office).commands
            return {one: known[one] for one in ids if one in known}

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        """Give commands that took effect."""
        check_limit(limit)
        with self._lock:
            known = self._here(office).commands
            return [known[one] for one in heapq.nsmallest(limit, filter(after.__lt__, known))]

    def load(
        self,
        office: str,
        refs: Iterable[Ref],
        *,
        groups: Iterable[str] = (),
        below: Iterable[Ref] = (),
    ) -> Mapping[Ref, Row]:
        """Give records, all read at one moment."""
        refs, groups, below = list(refs), list(groups), list(below)
        with self._lock:
            here = self._here(office)
            members = (here.groups.get(one, {}) for one in groups)
            parts = (here.parts.get(one, {}) for one in below)
            found = chain(refs, *members, *parts)
            return {ref: here.records[ref] for ref in found if ref in here.records}

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
        question = Question.asked(
            kind=kind,
            state=state,
            queue=queue,
            region=region,
            group=group,
            key=key,
            due_until=due_until,
            after=after,
            limit=limit,
        )
        with self._lock:
            here = self._here(office)
            among: Iterable[Row] = here.records.values()
            if group:
                among = [here.records[one] for one in here.groups.get(group, ())]
            found = filter(question.matches, among)
            return page_of(heapq.nsmallest(limit + 1, found, key=position_of), limit)

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries in order."""
        check_limit(limit)
        with self._lock:
            here = self._here(office)
            if of is None:
                return here.journal[max(after, 0) :][:limit]
            return [entry for entry in here.about.get(of, ()) if entry.seq > after][:limit]

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held."""
        check_limit(limit)
        with self._lock:
            claims = self._here(office).claims.values()
            held = [claim for claim in claims if claim is not None and claim.key > after]
        return sorted(held, key=lambda claim: claim.key)[:limit]

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages."""
        check_limit(limit)
        with self._lock:
            due = [
                one
                for one in _in_order(self._here(office), parked=False)
                if one.message.due <= now and (not one.token or one.lent_until <= now)
            ][:limit]
            for one in due:
                one.attempts, one.token, one.lent_until = one.attempts + 1, uuid4().hex, until
            return [Lease(one.message, one.token, one.attempts) for one in due]

    def settle(
        self,
        office: str,
        key: str,
        token: str,
        *,
        again: str | None,
        parked: bool,
        tried: bool = True,
    ) -> bool:
        """End a lease."""
        with self._lock:
            messages = self._here(office).messages
            one = messages.get(key)
            if one is None or one.token != token or not token:
                return False
            if again is None and not parked:
                del messages[key]
                return True
            one.message = evolve(one.message, due=again or one.message.due)
            one.token, one.parked = "", parked
            one.attempts -= not tried
            return True

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        """Have a parked message due again."""
        with self._lock:
            here = self._here(office)
            one = here.messages.get(key)
            if one is None or not one.parked:
                return False
            one.message = evolve(one.message, due=due)
            one.parked, one.attempts = False, 0
            for rung in here.bells:
                rung.set()
            return True

    def messages(
        self, office: str, *, parked: bool, after: tuple[str, str] = ("", ""), limit: int = 100
    ) -> Sequence[Message]:
        """Give undelivered messages."""
        check_limit(limit)
        with self._lock:
            every = [one.message for one in _in_order(self._here(office), parked=parked)]
        return [one for one in every if (one.due, one.key) > after][:limit]

    def head(self, office: str) -> tuple[int, str]:
        """Give the sequence of the last entry and the time of the last commit."""
        with self._lock:
            if office not in self._offices:
                raise NotFound(kind="office", id=office)
            here = self._offices[office]
            return len(here.journal), here.recorded

    def amiss(self, office: str) -> Sequence[str]:  # noqa: ARG002 - it finds by the records
        """Have nothing to say."""
        return ()

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:
        """Give the wrapped keys of owners."""
        with self._lock:
            keys = self._here(office).keys
            return {one: keys[one] for one in owners if one in keys}

    def keys(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[WrappedKey]:
        """Give keys."""
        check_limit(limit)
        with self._lock:
            keys = self._here(office).keys
            some = heapq.nsmallest(limit, filter(after.__lt__, keys))
            return [WrappedKey(one, keys[one]) for one in some]

    def replace_keys(self, office: str, changes: Iterable[tuple[WrappedKey, bytes]]) -> int:
        """Replace keys that still are as they were read."""
        with self._lock:
            keys = self._here(office).keys
            still = {
                old.owner: new for old, new in changes if keys.get(old.owner) == old.wrapped != b""
            }
            keys.update(still)
            return len(still)

    def destroy_key(self, office: str, owner: str) -> bool:
        """Destroy the key of an owner."""
        with self._lock:
            if office not in self._offices:
                raise NotFound(kind="office", id=office)
            keys = self._offices[office].keys
            was = keys.get(owner, b"")
            keys[owner] = b""
            return bool(was)

    def bell(self, office: str) -> Bell:
        """Give a bell."""
        bell = _Bell()
        with self._lock:
            self._here(office).bells.add(bell.rung)
        return bell

    def close(self) -> None:
        """Nothing is held."""

    def _here(self, office: str) -> _Office:
        return self._offices.get(office) or _Office(b"")


def _in_order(here: _Office, *, parked: bool) -> list[_Waiting]:
    waiting = (one for one in here.messages.values() if one.parked is parked)
    return sorted(waiting, key=lambda one: (one.message.due, one.message.key))


def _check(here: _Office, batch: Batch) -> None:
    for one in batch.commands:
        if one.id in here.commands:
            raise CommandKnown(here.commands[one.id])
    if batch.recorded < here.recorded:
        raise ClockBehind(here.recorded)
    read = [(write.row.ref, write.read_at) for write in batch.writes] + list(batch.unchanged)
    stale = {ref: None for ref, version in read if _version(here, ref) != version}
    stale |= {(KEY, one.owner): None for one in batch.keys if one.owner in here.keys}
    if stale:
        raise StaleVersions(tuple(stale))


def _version(here: _Office, ref: Ref) -> int:
    row = here.records.get(ref)
    return 0 if row is None else row.version


def _claimed(here: _Office, batch: Batch) -> Mapping[str, Claim | None]:
    """Give the claims that the batch changes, with their holders after it."""
    changed: dict[str, Claim | None] = {}
    claims = ChainMap(changed, here.claims)
    for claim in batch.release:
        if claims.get(claim.key) == claim:
            claims[claim.key] = None
    for claim in batch.take:
        holder = claims.get(claim.key)
        if holder is not None and holder != claim:
            raise ClaimTaken(holder)
        claims[claim.key] = claim
    return changed
