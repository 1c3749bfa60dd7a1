"""Storages that each break one promise, as a plugin: `broken:NAME`, `brokenfile:NAME:PATH`."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from mmap import mmap
from threading import Event
from typing import Any, Final

from attrs import evolve

from adminduk.errors import NotFound
from adminduk.plugins import hookimpl
from adminduk.ports import (
    Batch,
    Bell,
    Claim,
    ClaimTaken,
    Entry,
    Executed,
    JournalEntry,
    Lease,
    Message,
    Ref,
    Row,
    StaleVersions,
    Storage,
    WrappedKey,
)
from adminduk.storage import memory
from adminduk.storage.memory import MemoryStorage
from adminduk.storage.position import page_of
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.testing.rows import row

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


class LastProfile(MemoryStorage):
    """Making an office again gives it another profile."""

    def add_office(self, office: str, profile: bytes) -> bytes:
        super().add_office(office, profile)
        self._offices[office].profile = profile
        return profile


class NoOfficeIsEmpty(MemoryStorage):
    """An office that does not exist has an empty profile."""

    def office(self, office: str) -> bytes | None:
        return self._here(office).profile


class OfficeByBeginning(MemoryStorage):
    """The first office whose name begins so is given."""

    def office(self, office: str) -> bytes | None:
        return next((self.offices()[one] for one in self.offices() if one.startswith(office)), None)


class EmptyIsNoOffice(MemoryStorage):
    """An office with an empty profile is taken for none."""

    def office(self, office: str) -> bytes | None:
        return super().office(office) or None


class OfficesByAge(MemoryStorage):
    """Offices come in the order in which they were made."""

    def offices(self) -> Mapping[str, bytes]:
        return {name: one.profile for name, one in self._offices.items()}


class NoSuchOffice(MemoryStorage):
    """Reading of an office that does not exist is an error."""

    def find(self, office: str, **asked: Any) -> Any:
        if office not in self._offices:
            raise NotFound(kind="office", id=office)
        return super().find(office, **asked)


class MakesOffice(MemoryStorage):
    """A commit to an office that does not exist makes it."""

    def commit(self, office: str, batch: Batch) -> int:
        self.add_office(office, b"")
        return super().commit(office, batch)


class NoVersionCheck(MemoryStorage):
    """The last one who writes wins."""

    def commit(self, office: str, batch: Batch) -> int:
        return super().commit(office, _as_it_is(self, office, batch))


class UnchangedNotChecked(MemoryStorage):
    """Only what is written is compared."""

    def commit(self, office: str, batch: Batch) -> int:
        return super().commit(office, evolve(batch, unchanged=()))


class UnchangedIsMade(MemoryStorage):
    """A record that was looked for and not found is there afterwards."""

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        for (kind, id_), version in batch.unchanged:
            if not version:
                self._offices[office].put(row(id_, kind=kind))
        return last


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


class EntryForEveryWrite(MemoryStorage):
    """What is written is entered in the journal, whoever asked for that."""

    def commit(self, office: str, batch: Batch) -> int:
        entered = {(one.kind, one.id) for one in batch.entries}
        more = tuple(
            Entry(*one.row.ref, one.row.version, bytes(32), b"")
            for one in batch.writes
            if one.row.ref not in entered
        )
        return super().commit(office, evolve(batch, entries=batch.entries + more))


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


class HolderIsRefused(MemoryStorage):
    """What is held is taken by nobody, not even by its holder."""

    def commit(self, office: str, batch: Batch) -> int:
        held = {one.key: one for one in self.claims(office, limit=_ALL)}
        for one in batch.take:
            if one.key in held and held[one.key] not in batch.release:
                raise ClaimTaken(held[one.key])
        return super().commit(office, batch)


class HolderById(MemoryStorage):
    """A claim is held by an id, of whatever kind."""

    def commit(self, office: str, batch: Batch) -> int:
        held = {(one.key, one.id): one for one in self.claims(office, limit=_ALL)}
        take = tuple(held.get((one.key, one.id), one) for one in batch.take)
        return super().commit(office, evolve(batch, take=take))


class ClaimsByAge(MemoryStorage):
    """Claims come in the order in which they were taken."""

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        super().claims(office, limit=limit)
        every = self._here(office).claims.values()
        return [one for one in every if one is not None and one.key > after][:limit]


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


class LastMessageStands(MemoryStorage):
    """A key that still waits is given the message that was sent last."""

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        for one in batch.messages:
            self._offices[office].messages[one.key].message = one
        return last


class LeaseWithoutEnd(MemoryStorage):
    """What was lent to somebody who died is never lent again."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:  # noqa: ARG002 - that is the fault
        return super().lease(office, now=now, until="9999", limit=limit)


class LendsByKey(MemoryStorage):
    """What is due is lent in the order of its keys."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        with self._lock:
            due = super().lease(office, now=now, until=until, limit=_ALL if limit > 0 else limit)
            due = sorted(due, key=lambda one: one.message.key)
            for one in due[limit:]:
                waiting = self._here(office).messages[one.message.key]
                waiting.token, waiting.attempts = "", waiting.attempts - 1
            return due[:limit]


class LeaseByOwnClock(MemoryStorage):
    """Whether a lease has run out is asked of the clock of the database, while it is settled."""

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:
        waiting = self._here(office).messages.get(key)
        if waiting and waiting.lent_until < datetime.now(UTC).isoformat():
            return False
        return super().settle(office, key, token, **how)


class DueAtOnce(MemoryStorage):
    """What could not be delivered is lent again at once."""

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:
        at_once = how["again"] and self._here(office).messages[key].message.due
        return super().settle(office, key, token, **how | {"again": at_once})


class CountsWhatWasNotTried(MemoryStorage):
    """Each lease is an attempt, whether or not anything was tried under it."""

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:
        return super().settle(office, key, token, **how | {"tried": True})


class ParkedIsGone(MemoryStorage):
    """What is parked is not kept."""

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:
        kept = None if how["parked"] else how["again"]
        return super().settle(office, key, token, again=kept, parked=False)


class UnparksAll(MemoryStorage):
    """Whatever waits is due anew, parked or not."""

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        waiting = self._here(office).messages.get(key)
        if waiting:
            waiting.parked = True
        return super().unpark(office, key, due=due)


class TriedForEver(MemoryStorage):
    """What is sent again has been tried as often as before."""

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        waiting = self._here(office).messages.get(key)
        attempts = waiting.attempts if waiting else 0
        done = super().unpark(office, key, due=due)
        if waiting:
            waiting.attempts = attempts
        return done


class _BrokenBell:
    """A bell of a storage in memory, to be broken."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell

    def wait(self, seconds: float) -> bool:
        return self.bell.wait(seconds)

    def close(self) -> None:
        self.bell.close()


class DeafBetweenWaits(MemoryStorage):
    """A bell is heard only by who is waiting just then."""

    class _Bell(_BrokenBell):
        def wait(self, seconds: float) -> bool:
            self.bell.wait(0)
            return self.bell.wait(seconds)

    def bell(self, office: str) -> Bell:
        return self._Bell(super().bell(office))


class LooksAtTheEnd(MemoryStorage):
    """A wait always takes its time."""

    class _Bell(_BrokenBell):
        def wait(self, seconds: float) -> bool:
            time.sleep(seconds)
            return self.bell.wait(0)

    def bell(self, office: str) -> Bell:
        return self._Bell(super().bell(office))


class GoesOnRinging(MemoryStorage):
    """A bell that has rung once rings for good."""

    class _Bell(_BrokenBell):
        rung = False

        def wait(self, seconds: float) -> bool:
            self.rung = self.rung or self.bell.wait(seconds)
            return self.rung

    def bell(self, office: str) -> Bell:
        return self._Bell(super().bell(office))


class OneBell(MemoryStorage):
    """There is one bell for all, and the first who hears it has heard it for all."""

    def __init__(self) -> None:
        super().__init__()
        self.rung = Event()

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        self.rung.set()
        return last

    def bell(self, office: str) -> Bell:  # noqa: ARG002 - that is the fault
        return memory._Bell(self.rung)


class MessagesByKey(MemoryStorage):
    """Undelivered messages are listed in the order of their keys."""

    def messages(self, office: str, *, parked: bool, limit: int = 100, **asked: Any) -> Any:
        some = _ALL if limit > 0 else limit
        found = super().messages(office, parked=parked, limit=some, **asked)
        return sorted(found, key=lambda one: one.key)[:limit]


class MessagesFromTheFirst(MemoryStorage):
    """Every page of messages is the first."""

    def messages(self, office: str, *, parked: bool, limit: int = 100, **_: Any) -> Any:
        return super().messages(office, parked=parked, limit=limit)


class MessagesAfterDue(MemoryStorage):
    """The next page of messages begins with the next time that something is due."""

    def messages(
        self, office: str, *, parked: bool, after: tuple[str, str] = ("", ""), limit: int = 100
    ) -> Sequence[Message]:
        last = (after[0], "\U0010ffff") if after[0] else after
        return super().messages(office, parked=parked, after=last, limit=limit)


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

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:
        waiting = self._here(office).messages.get(key)
        mine = waiting.token if waiting and token else token
        return super().settle(office, key, mine, **how)


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


class FindByOneFilter(MemoryStorage):
    """Of several filters one is used."""

    def find(self, office: str, *, after: str | None = None, limit: int = 100, **asked: str) -> Any:
        one = dict(sorted(asked.items())[:1])
        return super().find(office, after=after, limit=limit, **one)


class EmptyIsNoFilter(MemoryStorage):
    """An empty filter is taken for none."""

    def find(self, office: str, *, after: str | None = None, limit: int = 100, **asked: str) -> Any:
        full = {name: value for name, value in asked.items() if value}
        return super().find(office, after=after, limit=limit, **full)


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


class HeadOfAny(MemoryStorage):
    """The head of an office that is not there is that of a new one."""

    def head(self, office: str) -> tuple[int, str]:
        return super().head(office) if office in self._offices else (0, "")


class AmissAfterAChange(MemoryStorage):
    """Records that have changed are said not to be found any more."""

    def amiss(self, office: str) -> Sequence[str]:
        return [one.id for one in self._here(office).records.values() if one.version > 1]


class LoadsWhatIsNot(MemoryStorage):
    """A record that is not there is loaded as a new one."""

    def load(self, office: str, refs: Iterable[Ref], **more: Any) -> Mapping[Ref, Row]:
        wanted = list(refs)
        new = {(kind, id_): row(id_, 0, kind=kind) for kind, id_ in wanted}
        return new | dict(super().load(office, wanted, **more))


class GroupsOfOldVersions(MemoryStorage):
    """A record is still loaded with the groups that it was in."""

    def __init__(self) -> None:
        super().__init__()
        self.members: dict[str, set[Ref]] = defaultdict(set)

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        for one in batch.writes:
            self.members[one.row.group].add(one.row.ref)
        return last

    def load(
        self, office: str, refs: Iterable[Ref], *, groups: Iterable[str] = (), **more: Any
    ) -> Mapping[Ref, Row]:
        wanted = [*refs, *(ref for one in groups if one for ref in self.members[one])]
        return super().load(office, wanted, **more)


class BelowByPrefix(MemoryStorage):
    """`A0` is loaded with what is below `A`."""

    def load(
        self, office: str, refs: Iterable[Ref], *, below: Iterable[Ref] = (), **more: Any
    ) -> Mapping[Ref, Row]:
        starts = list(below)
        rows, _ = super().find(office, limit=_ALL)
        found = [
            one.ref
            for one in rows
            for kind, start in starts
            if one.kind == kind and one.id.startswith(start) and one.id != start
        ]
        return super().load(office, [*refs, *found], **more)


class CommandsLast(MemoryStorage):
    """Versions are checked before it is asked whether the command is known."""

    def commit(self, office: str, batch: Batch) -> int:
        if stale := _stale(self, office, batch):
            raise StaleVersions(stale)
        return super().commit(office, batch)


class ExecutedWithOthers(MemoryStorage):
    """All that took effect is given, whatever was asked for."""

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:  # noqa: ARG002 - that is the fault
        return super().executed(office, list(self._here(office).commands))


class CommandsByAge(MemoryStorage):
    """Commands come in the order in which they took effect."""

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        super().commands(office, limit=limit)
        return [one for one in self._here(office).commands.values() if one.id > after][:limit]


class CommandsFromCommand(MemoryStorage):
    """After a command that is not there there is none."""

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        gone = after and after not in self._here(office).commands
        return [] if gone else super().commands(office, after=after, limit=limit)


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


class ClosedForGood(MemoryStorage):
    """Closing ends it."""

    def close(self) -> None:
        self._offices.clear()


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


class OfficesShareKeys(MemoryStorage):
    """Keys are kept in the store, not in the office."""

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:  # noqa: ARG002 - that is the fault
        every = {one: key for here in self._offices.values() for one, key in here.keys.items()}
        return {one: every[one] for one in owners if one in every}


class LastKeyStands(MemoryStorage):
    """An owner who has a key is given another one."""

    def commit(self, office: str, batch: Batch) -> int:
        if office in self._offices:
            for one in batch.keys:
                self._offices[office].keys.pop(one.owner, None)
        return super().commit(office, batch)


class KeysByAge(MemoryStorage):
    """Keys come in the order in which they were made."""

    def keys(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[WrappedKey]:
        every = self._here(office).keys.items()
        return [WrappedKey(*one) for one in every if one[0] > after][:limit]


class ReplacesAnyKey(MemoryStorage):
    """A key is replaced whatever it was."""

    def replace_keys(self, office: str, changes: Iterable[tuple[WrappedKey, bytes]]) -> int:
        keys = self._here(office).keys
        asked = [(WrappedKey(one.owner, keys.get(one.owner, b"")), new) for one, new in changes]
        return super().replace_keys(office, asked)


class DestroyedIsForgotten(MemoryStorage):
    """Nothing is left of a key that was destroyed, so that another can be made."""

    def destroy_key(self, office: str, owner: str) -> bool:
        was = super().destroy_key(office, owner)
        del self._offices[office].keys[owner]
        return was


class DestroysWhatThereIs(MemoryStorage):
    """Whoever has no key can be given one afterwards."""

    def destroy_key(self, office: str, owner: str) -> bool:
        if owner in self._here(office).keys:
            return super().destroy_key(office, owner)
        return False


class EmptyKeyIsNone(MemoryStorage):
    """What is left of a key is not brought in."""

    def commit(self, office: str, batch: Batch) -> int:
        return super().commit(
            office, evolve(batch, keys=tuple(one for one in batch.keys if one.wrapped))
        )


class LooksBeforeInFile(SQLiteStorage):
    """Versions are compared in one transaction and written in another."""

    def commit(self, office: str, batch: Batch) -> int:
        if stale := _stale(self, office, batch):
            raise StaleVersions(stale)
        time.sleep(_MOMENT)
        return super().commit(office, _as_it_is(self, office, batch))


class ClaimLookedAtBeforeInFile(SQLiteStorage):
    """Claims are looked at in one transaction, and taken in another from whoever has them."""

    def commit(self, office: str, batch: Batch) -> int:
        if held := _held(self, office, batch):
            raise ClaimTaken(held[0])
        time.sleep(_MOMENT)
        theirs = tuple(_held(self, office, batch))
        return super().commit(office, evolve(batch, release=batch.release + theirs))


class KnowsCommandsItSaw(SQLiteStorage):
    """Whether a command took effect is asked of the file once."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.seen: dict[str, Executed | None] = {}

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        asked = list(ids)
        found = super().executed(office, asked)
        for one in asked:
            self.seen.setdefault(one, found.get(one))
        return {one: known for one in asked if (known := self.seen[one])}


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


class KeepsKeys(SQLiteStorage):
    """A key that was read once is not read again."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.kept: dict[str, bytes] = {}

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:
        self.kept = {**super().keys_of(office, owners), **self.kept}
        return self.kept


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


class HearsItself(SQLiteStorage):
    """A bell is rung in the process."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.bells: list[Event] = []

    def commit(self, office: str, batch: Batch) -> int:
        last = super().commit(office, batch)
        for one in self.bells:
            one.set()
        return last

    def bell(self, office: str) -> Bell:  # noqa: ARG002 - it rings for every one
        self.bells.append(Event())
        return memory._Bell(self.bells[-1])


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

    def settle(self, office: str, key: str, token: str, **how: Any) -> bool:  # noqa: ARG002 - that is the fault
        return True


class CollectsAll(SQLiteStorage):
    """All claims are collected, and then a page is cut from them."""

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return super().claims(office, after=after, limit=_ALL)[:limit]


class CollectsAllCommands(SQLiteStorage):
    """All commands are collected, and then a page is cut from them."""

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        return super().commands(office, after=after, limit=_ALL)[:limit]


class CollectsAllMessages(SQLiteStorage):
    """All messages are collected, and then a page is cut from them."""

    def messages(self, office: str, *, parked: bool, limit: int = 100, **asked: Any) -> Any:
        return super().messages(office, parked=parked, limit=_ALL, **asked)[:limit]


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
