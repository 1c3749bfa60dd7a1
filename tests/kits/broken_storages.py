"""Storages that each break one promise, as a plugin: `broken:NAME`, `brokenfile:NAME:PATH`."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from mmap import mmap
from typing import Any, Final

from attrs import evolve

from adminduk.plugins import hookimpl
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    Executed,
    JournalEntry,
    Lease,
    Ref,
    Row,
    StaleVersions,
    Storage,
)
from adminduk.storage import memory
from adminduk.storage.memory import MemoryStorage
from adminduk.storage.position import page_of
from adminduk.storage.sqlite import SQLiteStorage

SCHEMES = {"adminduk_storage": ("broken", "brokenfile")}
LACKS = {"broken": ("several_processes", "durable", "reopens")}
_ALL: Final = 100_000
_MOMENT: Final = 0.002


@hookimpl
def adminduk_storage(url: str) -> Storage | None:
    """Give the broken storage of that name."""
    scheme, _, rest = url.partition(":")
    name, _, path = rest.partition(":")
    if scheme == "broken":
        return IN_MEMORY[name]()
    return IN_FILES[name](f"sqlite:///{path}") if scheme == "brokenfile" else None


def _stale(storage: Storage, office: str, batch: Batch) -> list[Ref]:
    read = [(one.row.ref, one.read_at) for one in batch.writes] + list(batch.unchanged)
    found = storage.load(office, [ref for ref, _ in read])
    return [ref for ref, at in read if (found[ref].version if ref in found else 0) != at]


def _as_it_is(storage: Storage, office: str, batch: Batch) -> Batch:
    """Give a batch that was read just now, whatever it was."""
    found = storage.load(office, [one.row.ref for one in batch.writes])
    writes = tuple(
        evolve(one, read_at=found[one.row.ref].version if one.row.ref in found else 0)
        for one in batch.writes
    )
    return evolve(batch, writes=writes, unchanged=())


def _held(storage: Storage, office: str, batch: Batch) -> list[Claim]:
    """Give the claims of others that a batch would take."""
    holders = {one.key: one for one in storage.claims(office, limit=_ALL)}
    return [
        holders[one.key] for one in batch.take if one.key in holders and holders[one.key] != one
    ]


class NoVersionCheck(MemoryStorage):
    """The last one who writes wins."""

    def commit(self, office: str, batch: Batch) -> int:
        return super().commit(office, _as_it_is(self, office, batch))


class UnchangedNotChecked(MemoryStorage):
    """Only what is written is compared."""

    def commit(self, office: str, batch: Batch) -> int:
        return super().commit(office, evolve(batch, unchanged=()))


class VersionLookedAtBefore(MemoryStorage):
    """Versions are compared, and then written in another step."""

    def commit(self, office: str, batch: Batch) -> int:
        if stale := _stale(self, office, batch):
            raise StaleVersions(stale)
        time.sleep(_MOMENT)
        with self._lock:
            return super().commit(office, _as_it_is(self, office, batch))


class FirstStaleOnly(MemoryStorage):
    """It stops at the first record that is stale."""

    def commit(self, office: str, batch: Batch) -> int:
        try:
            return super().commit(office, batch)
        except StaleVersions as stale:
            raise StaleVersions(stale.refs[:1]) from None


class TakesBeforeReleasing(MemoryStorage):
    """What is given back is still held while claims are taken."""

    def commit(self, office: str, batch: Batch) -> int:
        if _held(self, office, batch):
            batch = evolve(batch, release=())
        return super().commit(office, batch)


class AnyoneReleases(MemoryStorage):
    """A claim is given back by whoever says so."""

    def commit(self, office: str, batch: Batch) -> int:
        held = {one.key: one for one in self.claims(office, limit=_ALL)}
        release = tuple(held.get(one.key, one) for one in batch.release)
        return super().commit(office, evolve(batch, release=release))


class ClaimLookedAtBefore(MemoryStorage):
    """Claims are looked at, and then taken in another step."""

    def commit(self, office: str, batch: Batch) -> int:
        if held := _held(self, office, batch):
            raise ClaimTaken(held[0])
        time.sleep(_MOMENT)
        with self._lock:
            last = super().commit(office, evolve(batch, take=()))
            self._offices[office].claims.update({one.key: one for one in batch.take})
            return last


class MessageOutside(MemoryStorage):
    """Messages are put in a queue of their own before the commit."""

    def commit(self, office: str, batch: Batch) -> int:
        if office in self._offices:
            waiting = self._offices[office].messages
            for one in batch.messages:
                waiting.setdefault(one.key, memory._Waiting(one))
        return super().commit(office, batch)


class LeaseWithoutEnd(MemoryStorage):
    """What was lent to somebody who died is never lent again."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:  # noqa: ARG002 - that is the fault
        return super().lease(office, now=now, until="9999", limit=limit)


class LeaseTwice(MemoryStorage):
    """What is due is looked at, and then marked in another step."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        free = [
            one.message
            for one in self._here(office).messages.values()
            if one.message.due <= now and (not one.token or one.lent_until <= now)
        ]
        time.sleep(_MOMENT)
        with self._lock:
            for one in free[:limit]:
                self._here(office).messages[one.key].token = ""
            return super().lease(office, now=now, until=until, limit=limit)


class LeaseByAnyToken(MemoryStorage):
    """Who was lent it before may still settle it."""

    def settle(self, office: str, key: str, token: str, *, again: str | None, parked: bool) -> bool:
        waiting = self._here(office).messages.get(key)
        mine = waiting.token if waiting and token else token
        return super().settle(office, key, mine, again=again, parked=parked)


class JournalWithGaps(MemoryStorage):
    """A sequence goes on although the commit that drew from it was refused."""

    burnt = 0

    def commit(self, office: str, batch: Batch) -> int:
        with self._lock:
            here = self._offices.get(office)
            try:
                last = super().commit(office, batch)
            except Exception:
                self.burnt += len(batch.entries)
                raise
            first = last - len(batch.entries)
            here.journal[first:] = [
                evolve(one, seq=one.seq + self.burnt) for one in here.journal[first:]
            ]
            return last + self.burnt


class JournalByRecord(MemoryStorage):
    """The journal is read in the order of its records."""

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        found = super().journal(office, of=of, after=after, limit=limit)
        return sorted(found, key=lambda one: (one.kind, one.id, one.seq))


class SequenceDrawnBefore(MemoryStorage):
    """Numbers are drawn before the commit: a later one is seen before an earlier one."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = itertools.count(1)

    def commit(self, office: str, batch: Batch) -> int:
        numbers = [next(self.drawn) for _ in batch.entries]
        time.sleep(_MOMENT * (sum(numbers) % 3))
        with self._lock:
            last = super().commit(office, batch)
            journal = self._offices[office].journal
            for place, number in enumerate(numbers, start=last - len(numbers)):
                journal[place] = evolve(journal[place], seq=number)
        return numbers[-1] if numbers else last

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        found = super().journal(office, of=of, limit=_ALL)
        return sorted((one for one in found if one.seq > after), key=lambda one: one.seq)[:limit]


class FindIgnoringAfter(MemoryStorage):
    """Every page is the first."""

    def find(self, office: str, *, after: str | None = None, **asked: Any) -> Any:  # noqa: ARG002 - that is the fault
        return super().find(office, **asked)


class FindByOffset(MemoryStorage):
    """A page begins after so many rows."""

    def find(self, office: str, *, after: str | None = None, limit: int = 100, **asked: Any) -> Any:
        rows, _ = super().find(office, limit=_ALL, **asked)
        start = int(after or 0)
        more = str(start + limit) if len(rows) > start + limit else None
        return rows[start : start + limit], more


class FindById(MemoryStorage):
    """Rows come by id only."""

    def find(self, office: str, **asked: Any) -> Any:
        rows, after = super().find(office, **asked)
        return sorted(rows, key=lambda row: row.id), after


class FindByLanguage(MemoryStorage):
    """Rows come as a dictionary orders them, not by code point."""

    def find(self, office: str, **asked: Any) -> Any:
        rows, after = super().find(office, **asked)
        return sorted(rows, key=lambda row: (row.due, row.kind, row.id.lower())), after


class RegionByPrefix(MemoryStorage):
    """`35.2` finds what is of `35.23`."""

    def find(
        self, office: str, *, region: str | None = None, limit: int = 100, **asked: Any
    ) -> Any:
        rows, _ = super().find(office, limit=_ALL, **asked)
        return page_of([one for one in rows if one.region.startswith(region or "")], limit)


class KeysOfOldVersions(MemoryStorage):
    """A record is still found by the keys that it had."""

    def commit(self, office: str, batch: Batch) -> int:
        found = self.load(office, [one.row.ref for one in batch.writes])
        writes = tuple(
            evolve(one, row=evolve(one.row, keys=tuple(sorted({*one.row.keys, *old.keys}))))
            if (old := found.get(one.row.ref))
            else one
            for one in batch.writes
        )
        return super().commit(office, evolve(batch, writes=writes))


class CommandsLast(MemoryStorage):
    """Versions are checked before it is asked whether the command is known."""

    def commit(self, office: str, batch: Batch) -> int:
        if stale := _stale(self, office, batch):
            raise StaleVersions(stale)
        return super().commit(office, batch)


class CommandsNotChecked(MemoryStorage):
    """What is sent again is done again."""

    def commit(self, office: str, batch: Batch) -> int:
        known = self.executed(office, [one.id for one in batch.commands])
        fresh = tuple(one for one in batch.commands if one.id not in known)
        return super().commit(office, evolve(batch, commands=fresh))


class RecordedNotChecked(MemoryStorage):
    """Time may go back."""

    def commit(self, office: str, batch: Batch) -> int:
        if office in self._offices:
            self._offices[office].recorded = ""
        return super().commit(office, batch)


class ClockOfRefused(MemoryStorage):
    """What was refused moves the clock."""

    def commit(self, office: str, batch: Batch) -> int:
        try:
            return super().commit(office, batch)
        except StaleVersions:
            self._offices[office].recorded = batch.recorded
            raise


class LeavesHalf(MemoryStorage):
    """Records are written before the claims are looked at, and stay."""

    def commit(self, office: str, batch: Batch) -> int:
        try:
            return super().commit(office, batch)
        except ClaimTaken:
            super().commit(office, Batch(batch.recorded, writes=batch.writes))
            raise


class OfficesShareClaims(MemoryStorage):
    """Claims are held in the store, not in the office."""

    def commit(self, office: str, batch: Batch) -> int:
        for other in self.offices():
            if other != office and (held := _held(self, other, batch)):
                raise ClaimTaken(held[0])
        return super().commit(office, batch)


class BodyAsText(MemoryStorage):
    """Bodies are kept as text, and bytes that are none are lost."""

    def load(self, office: str, refs: Iterable[Ref], **more: Any) -> Mapping[Ref, Row]:
        return {ref: _as_text(row) for ref, row in super().load(office, refs, **more).items()}

    def find(self, office: str, **asked: Any) -> Any:
        rows, after = super().find(office, **asked)
        return [_as_text(row) for row in rows], after


def _as_text(row: Row) -> Row:
    return evolve(row, body=row.body.decode("utf-8", "replace").encode())


class HalfIsRead(MemoryStorage):
    """Each record is loaded at a moment of its own."""

    def load(self, office: str, refs: Iterable[Ref], **more: Any) -> Mapping[Ref, Row]:
        found: dict[Ref, Row] = {}
        for one in refs:
            found |= super().load(office, [one])
            time.sleep(0.0001)
        return found | super().load(office, [], **more)


class DeepByOffset(MemoryStorage):
    """From the thousandth row on a page begins after so many rows."""

    def find(self, office: str, *, after: str | None = None, limit: int = 100, **asked: Any) -> Any:
        count, _, place = (after or "0:").partition(":")
        start = int(count)
        if start < 1000:
            rows, more = super().find(office, after=place or None, limit=limit, **asked)
        else:
            rows, more = super().find(office, limit=start + limit, **asked)
            rows = rows[start:]
        return rows, more and f"{start + limit}:{more}"


class EndsAtAThousand(MemoryStorage):
    """The journal is read no further than its thousandth entry."""

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        found = super().journal(office, of=of, after=after, limit=limit)
        return [one for one in found if one.seq <= 1000]


class ClaimsFromClaim(MemoryStorage):
    """After a claim that was given back there is none."""

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        gone = after and not self._here(office).claims.get(after)
        return [] if gone else super().claims(office, after=after, limit=limit)


class CommitsInParts(MemoryStorage):
    """A large commit is several."""

    def commit(self, office: str, batch: Batch) -> int:
        for first in range(0, len(batch.writes), 1000):
            super().commit(office, Batch(batch.recorded, batch.writes[first : first + 1000]))
        return super().commit(office, evolve(batch, writes=()))


class LooksBeforeInFile(SQLiteStorage):
    """Versions are compared in one transaction and written in another."""

    def commit(self, office: str, batch: Batch) -> int:
        if stale := _stale(self, office, batch):
            raise StaleVersions(stale)
        time.sleep(_MOMENT)
        return super().commit(office, _as_it_is(self, office, batch))


class TwoTransactions(SQLiteStorage):
    """Records are written in one transaction, and all else in the next."""

    def commit(self, office: str, batch: Batch) -> int:
        super().commit(office, Batch(batch.recorded, writes=batch.writes))
        time.sleep(0.02)
        return super().commit(office, evolve(batch, writes=()))


class AcknowledgesBefore(SQLiteStorage):
    """A commit returns before it is written: the next call writes it."""

    waiting: tuple[str, Batch] | None = None

    def commit(self, office: str, batch: Batch) -> int:
        if self.waiting is not None:
            super().commit(*self.waiting)
        self.waiting = (office, batch)
        return 0


class KeepsWhatItRead(SQLiteStorage):
    """A record that was read once is not read again."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.kept: dict[Ref, Row] = {}

    def load(self, office: str, refs: Iterable[Ref], **more: Any) -> Mapping[Ref, Row]:
        found = super().load(office, refs, **more)
        self.kept = {**found, **self.kept}
        return {ref: self.kept[ref] for ref in found}

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        self.kept |= {one.row.ref: one.row for one in batch.writes}
        return last


class ForgetsWhenReopened(SQLiteStorage):
    """Commands are kept in the process."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.done: dict[str, Executed] = {}

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, evolve(batch, commands=()))
        self.done |= {one.id: one for one in batch.commands}
        return last

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:  # noqa: ARG002 - as of all
        return {one: self.done[one] for one in ids if one in self.done}


class LendsToEach(SQLiteStorage):
    """Leases are kept in the process."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.own = 0

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:  # noqa: ARG002 - that is the fault
        with self._database._lock:
            waiting = self.messages(office, parked=False, limit=_ALL)[self.own : self.own + limit]
            self.own += len(waiting)
        return [Lease(one, "token", 1) for one in waiting]


class LendsForGood(SQLiteStorage):
    """What is lent is no longer kept: a deliverer that ends takes it along."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        lent = super().lease(office, now=now, until=until, limit=limit)
        for one in lent:
            super().settle(office, one.message.key, one.token, again=None, parked=False)
        return lent

    def settle(self, office: str, key: str, token: str, *, again: str | None, parked: bool) -> bool:  # noqa: ARG002 - that is the fault
        return True


class CollectsAll(SQLiteStorage):
    """All claims are collected, and then a page is cut from them."""

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return super().claims(office, after=after, limit=_ALL)[:limit]


class KeepsAnswers(SQLiteStorage):
    """Its driver keeps what it answered, where Python does not see it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.kept: list[mmap] = []

    def find(self, office: str, **asked: Any) -> Any:
        rows, after = super().find(office, **asked)
        answer = b"".join(one.body for one in rows)
        self.kept.append(mmap(-1, len(answer) + 1))
        self.kept[-1].write(answer)
        return rows, after


IN_MEMORY: Final[dict[str, type[MemoryStorage]]] = {
    "sound": MemoryStorage,
    **{
        one.__name__: one
        for one in list(globals().values())
        if isinstance(one, type) and issubclass(one, MemoryStorage) and one is not MemoryStorage
    },
}
IN_FILES: Final[dict[str, type[SQLiteStorage]]] = {
    "sound": SQLiteStorage,
    **{
        one.__name__: one
        for one in list(globals().values())
        if isinstance(one, type) and issubclass(one, SQLiteStorage) and one is not SQLiteStorage
    },
}
