"""What the office needs from outside: storage, scans, notifiers, couriers; protocols, plain rows.

A storage knows nothing of the domain: it keeps opaque, versioned bodies under
`(office, kind, id)` with index columns, a journal, unique claims, commands and messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from attrs import field, frozen

__all__ = [
    "KEY",
    "Backups",
    "Batch",
    "Bell",
    "Claim",
    "ClaimTaken",
    "ClockBehind",
    "CommandKnown",
    "Consignment",
    "Courier",
    "Entry",
    "Executed",
    "JournalEntry",
    "KeptScan",
    "Labels",
    "Lease",
    "Master",
    "Message",
    "Notifier",
    "Ref",
    "Row",
    "ScanStore",
    "StaleVersions",
    "Storage",
    "Tampered",
    "UnknownMaster",
    "WrappedKey",
    "Write",
    "can_be_written",
]

Ref = tuple[str, str]
"""The kind and id of a record."""


@frozen
class Row:
    """A record as it is stored.

    Attributes:
        kind: Kind of record, as `application`.
        id: Its id within office and kind.
        version: 1 for the first; grows with every entry about it.
        state: Index: its state.
        region: Index: the dotted region code it belongs to.
        queue: Index: the post whose turn it is; empty when it is nobody's.
        due: Index: sortable UTC time by which something should happen; never empty.
        group: Index: the bag or case it is part of; may be empty.
        keys: Index: blind search keys, without repeats, sorted.
        body: The record itself, opaque.
    """

    kind: str
    id: str
    version: int
    state: str
    region: str
    queue: str
    due: str
    group: str
    keys: tuple[str, ...]
    body: bytes = field(repr=False)

    @property
    def ref(self) -> Ref:
        """Kind and id."""
        return self.kind, self.id


@frozen
class Write:
    """A record to store, with the version it was read at (0: it must not exist yet)."""

    row: Row
    read_at: int


@frozen
class Entry:
    """A journal entry to append: the chain hash (32 bytes) over the body and what went before."""

    kind: str
    id: str
    version: int
    hash: bytes
    body: bytes = field(repr=False)


@frozen
class JournalEntry(Entry):
    """An entry as it is stored, with its place in the office's gapless sequence (from 1)."""

    seq: int = 0


@frozen
class Claim:
    """A key that only one record of the office may hold at a time."""

    key: str
    kind: str
    id: str


@frozen
class Executed:
    """A command that took effect: who sent it, the digest of its content, what was answered."""

    id: str
    actor: str
    digest: bytes
    receipt: bytes


@frozen
class Message:
    """A message to deliver after the commit; `key` lets the receiver drop a repeat."""

    key: str
    due: str
    body: bytes = field(repr=False)


@frozen
class Lease:
    """A message lent to one deliverer until a time; `token` proves the lease when settling."""

    message: Message
    token: str
    attempts: int


@frozen
class WrappedKey:
    """The key of an owner, wrapped; of one that was destroyed nothing is left but the owner.

    Attributes:
        owner: Whose key it is.
        wrapped: Opaque; empty: it was destroyed, and there is never another one of that owner.
    """

    owner: str
    wrapped: bytes


@frozen
class Batch:
    """Everything that one commit writes: all of it or nothing.

    Attributes:
        recorded: Sortable UTC time of recording; never before that of the last commit.
        writes: Records with the version each was read at.
        unchanged: Records that were only looked at; their versions must still be these.
        entries: Journal entries, in order.
        release: Claims given back; released before any is taken.
        take: Claims taken.
        commands: The commands that this commit carries out.
        messages: Messages to deliver afterwards.
        keys: Wrapped keys of owners that had none.
    """

    recorded: str
    writes: tuple[Write, ...] = ()
    unchanged: tuple[tuple[Ref, int], ...] = ()
    entries: tuple[Entry, ...] = ()
    release: tuple[Claim, ...] = ()
    take: tuple[Claim, ...] = ()
    commands: tuple[Executed, ...] = ()
    messages: tuple[Message, ...] = ()
    keys: tuple[WrappedKey, ...] = ()


KEY: Final = "key"
"""The kind by which a key is named among what is stale; its id is its owner."""


class StaleVersions(Exception):
    """Records changed since they were read; nothing was written. `args[0]`: their refs."""

    def __init__(self, refs: Sequence[Ref]) -> None:
        super().__init__(tuple(refs))
        self.refs = tuple(refs)


class ClaimTaken(Exception):
    """Another record holds the claim; nothing was written. `claim` is the holder's."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(claim)
        self.claim = claim


class CommandKnown(Exception):
    """A command of the batch took effect before; nothing was written."""

    def __init__(self, executed: Executed) -> None:
        super().__init__(executed)
        self.executed = executed


class ClockBehind(Exception):
    """The batch was recorded before the last commit; nothing was written."""

    def __init__(self, recorded: str) -> None:
        super().__init__(recorded)
        self.recorded = recorded


def can_be_written(text: str) -> bool:
    """Whether a text can be stored: one with half of a character cannot, and names nothing."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Bell(Protocol):
    """Rings when a commit, of whatever process, has added messages to an office.

    It belongs to one thread. Nothing depends on it: who looks now and then, too, comes to know what
    is due without a commit, as what is to be tried again.
    """

    def wait(self, seconds: float) -> bool:
        """Wait until it rings, at most so long; say whether there may be something new.

        It has rung for every commit that was over after the bell was had or the last wait gave
        True: who had it before looking misses none. It may give True, and early, without cause.
        """

    def close(self) -> None:
        """Let go of it."""


@runtime_checkable
class Storage(Protocol):
    """A durable store of offices. Safe to use from several threads and processes at once.

    It is asked only for what `can_be_written`.

    Every call but `commit`, `add_office`, `lease`, `settle`, `unpark`, `replace_keys` and
    `destroy_key` only reads.
    All failures of the medium are raised as `adminduk.errors.StorageFailure`.
    """

    def add_office(self, office: str, profile: bytes) -> bytes:
        """Make an office with its profile, or give the stored profile of one that exists."""

    def office(self, office: str) -> bytes | None:
        """Give the profile of an office, None if there is no such one; others are not looked at."""

    def offices(self) -> Mapping[str, bytes]:
        """Give every office and its profile, ordered by id."""

    def commit(self, office: str, batch: Batch) -> int:
        """Write all of the batch, durably, or nothing; give the sequence of its last entry.

        Checked in this order: commands not known, `recorded` not behind, versions, claims.

        Raises:
            CommandKnown: A command id of the batch took effect before.
            ClockBehind: `batch.recorded` is before that of the last commit.
            StaleVersions: A version differs, or there is, or was, a key of that owner; all such
                records, then keys, are named.
            ClaimTaken: A claim is held by another record.
            adminduk.errors.NotFound: There is no such office.
        """

    def executed(self, office: str, ids: Iterable[str]) -> Mapping[str, Executed]:
        """Give those of the commands that took effect, by id."""

    def commands(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Executed]:
        """Give commands that took effect, ordered by id, with an id greater than `after`."""

    def load(
        self,
        office: str,
        refs: Iterable[Ref],
        *,
        groups: Iterable[str] = (),
        below: Iterable[Ref] = (),
    ) -> Mapping[Ref, Row]:
        """Give records, all read at one moment, in no order.

        Args:
            office: Of which office.
            refs: Those of these that exist.
            groups: And all of these groups.
            below: And all of the same kind whose ids are below one of these: `A` has `A/1`.
        """

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
        """Give a page of records, and where the next page starts (None: there is none).

        Args:
            office: Of which office.
            kind: Of this kind.
            state: In this state.
            queue: In a queue whose name begins so.
            region: In this region or below it: `35.23` finds `35.23` and `35.23.08`.
            group: Of this group.
            key: With this search key.
            due_until: Due at this time or before.
            after: The position that the page before gave; pages are stable while others write.
            limit: The most rows to give, from 1.

        Rows come ordered by due, then kind, then id.
        """

    def journal(
        self, office: str, *, of: Ref | None = None, after: int = 0, limit: int = 1000
    ) -> Sequence[JournalEntry]:
        """Give entries (of one record) with a sequence greater than `after`, in order."""

    def claims(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """Give claims that are held, ordered by key, with a key greater than `after`."""

    def lease(self, office: str, *, now: str, until: str, limit: int) -> Sequence[Lease]:
        """Lend due messages, oldest first, until a time; a lease that ran out is lent again."""

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
        """End a lease: delivered (`again` None), due again at a time, or parked for a person.

        One under which nothing was `tried` is not counted among the attempts. Gives False, and
        changes nothing, if the lease is no longer held under that token.
        """

    def unpark(self, office: str, key: str, *, due: str) -> bool:
        """Have a parked message due at a time, as if it had never been tried.

        Gives False, and changes nothing, if no message of that key is parked.
        """

    def messages(
        self, office: str, *, parked: bool, after: tuple[str, str] = ("", ""), limit: int = 100
    ) -> Sequence[Message]:
        """Give undelivered messages that are parked, or that are not, ordered by due and key.

        Those come whose due and key are greater than `after`.
        """

    def keys_of(self, office: str, owners: Iterable[str]) -> Mapping[str, bytes]:
        """Give the wrapped keys of those of the owners that have, or had, one."""

    def keys(self, office: str, *, after: str = "", limit: int = 1000) -> Sequence[WrappedKey]:
        """Give keys, also what is left of those that were destroyed, ordered by owner.

        Those come whose owner is greater than `after`; no owner is the empty text.
        """

    def replace_keys(self, office: str, changes: Iterable[tuple[WrappedKey, bytes]]) -> int:
        """Replace keys that still are as they were read, durably, in one transaction.

        One that was replaced or destroyed meanwhile is left alone. Gives how many were replaced.
        """

    def destroy_key(self, office: str, owner: str) -> bool:
        """Destroy the key of an owner for good, durably; whoever has none yet never has one.

        Gives whether there was one. What was written of it is overwritten on return, as far as
        the storage says so in its documentation; called again, it sees to that again.

        Raises:
            adminduk.errors.NotFound: There is no such office.
        """

    def head(self, office: str) -> tuple[int, str]:
        """Give the sequence of the last entry and the time of the last commit; 0 and "": none yet.

        Raises:
            adminduk.errors.NotFound: There is no such office.
        """

    def amiss(self, office: str) -> Sequence[str]:
        """Say of some records that they are not found by their search keys, or by others.

        A line of each. A storage that finds by the records themselves has nothing to say.
        """

    def bell(self, office: str) -> Bell:
        """Give what rings from now on when the office has new messages."""

    def close(self) -> None:
        """Let go of everything held; the store stays usable by others."""


class UnknownMaster(Exception):
    """A key was wrapped under a master that is not there. `args[0]`: its id."""


class Tampered(Exception):
    """What is to be opened is not what was sealed, or not whose it is said to be."""


@runtime_checkable
class Master(Protocol):
    """Wraps keys under a master, which it never gives away. Safe to use from several threads.

    The master that holds now may follow on others, which still unwrap what they wrapped.
    """

    @property
    def current(self) -> str:
        """The id of the master that wraps now: ASCII, without spaces, at most 60 characters."""

    def wrap(self, key: bytes, context: bytes) -> tuple[str, bytes]:
        """Wrap a key of 32 bytes; give the id of the master that did it, and what it made.

        Args:
            key: What is wrapped.
            context: Whose it is: what was wrapped with one is not unwrapped with another.

        Raises:
            adminduk.errors.StorageFailure: The master cannot be reached.
        """

    def unwrap(self, master: str, wrapped: bytes, context: bytes) -> bytes:
        """Give the key that was wrapped under the master of that id.

        Raises:
            adminduk.errors.StorageFailure: The master cannot be reached.
            UnknownMaster: There is no such master here.
            Tampered: It is not what was wrapped, or not with that context.
        """


@frozen
class KeptScan:
    """A scan as its store lists it.

    Attributes:
        digest: SHA-256 of the file, 64 lower-case hexadecimal digits.
        size: Bytes.
        mark: Opaque; another one whenever the same file was put again, or renewed.
        at: When it was last put or renewed, by the clock of the store.
    """

    digest: str
    size: int
    mark: str
    at: datetime


@runtime_checkable
class ScanStore(Protocol):
    """A durable store of files, each known by its content. Safe in several threads and processes.

    A file is whole in it or not at all, and never changes. What names no file is never found.
    All failures of the medium are raised as `adminduk.errors.StorageFailure`.
    """

    def put(self, content: bytes) -> str:
        """Keep a file, durably on return; give its SHA-256. The same file is kept once."""

    def size(self, digest: str) -> int | None:
        """Give how many bytes a file has; None: it is not there."""

    def read(self, digest: str) -> Iterator[bytes]:
        """Give a file in parts of at most 1 MiB.

        Raises:
            adminduk.errors.NotFound: It is not there; raised at once.
            adminduk.errors.StorageFailure: It is not as it was put; raised before its last part.
        """

    def renew(self, digest: str) -> bool:
        """Have a file as if it were put again now; False: it is not there."""

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        """Give what is kept, ordered by digest, with a digest greater than `after`."""

    def remove(self, scan: KeptScan) -> bool:
        """Remove a file as it was listed.

        Gives False, and removes nothing, if it is not there, or was put again or renewed since it
        was listed.
        """

    def close(self) -> None:
        """Let go of everything held; the store stays usable by others."""


@runtime_checkable
class Notifier(Protocol):
    """Carries a message to a person; called outside any transaction, perhaps more than once."""

    def send(self, key: str, to: str, text: str) -> None:
        """Deliver `text` to `to` (a phone number, or a post); raise to have it tried again.

        It ends by itself within some 25 seconds: after 30 it counts as failed, whatever comes of
        it, and is tried again beside it.

        Raises:
            adminduk.errors.Undeliverable: It would be in vain: there is no such number. A person
                must look; it is not tried again.
        """


@frozen
class Consignment:
    """A sealed bag as a courier is told of it.

    Attributes:
        bag: Its id, as on its label: 1 to 40 letters, digits and . _ -
        sender: Dotted code of the region in which it is fetched.
        receiver: Dotted code of the region to which it goes.
        day: The day it is planned for, as `2021-07-14`; empty: with the next that goes.
        count: How many papers are in it.
        seal: Number of its seal; may be empty.
    """

    bag: str
    sender: str
    receiver: str
    day: str
    count: int
    seal: str


@runtime_checkable
class Courier(Protocol):
    """Has sealed bags carried; called outside any transaction, perhaps more than once.

    It is told what holds now, and told again when that changes; what it answers to a call, it
    answers to the same call made again. What it refuses for good it says by raising
    `adminduk.errors.Undeliverable`: a person must look; it is not tried again. Each call ends by
    itself within some 25 seconds, as that of a notifier.
    """

    def book(self, consignment: Consignment) -> None:
        """Have a bag carried as it is described, and not as before; raise to have it tried again.

        A bag that is booked already, just so, stays booked once.
        """

    def cancel(self, bag: str) -> None:
        """Have a bag not carried, booked or not; raise to have it tried again."""


@runtime_checkable
class Labels(Protocol):
    """What a courier may give besides: a label of its own for each bag that is booked."""

    def label(self, bag: str) -> bytes | None:
        """Give the label as PDF; None: no such bag is booked. Raises if it cannot be had now."""


class Backups(Protocol):
    """Copies the store of one URL into a file, and back; no storage needs to have it.

    A plugin gives it by its hook `adminduk_backups`, without opening the store, which may be
    damaged. A database that brings tools for it (as `pg_dump`) answers no such hook; its plugin
    names them in `BACKED_UP_BY`, and whoever asks for a backup is told them.

    Both calls show the copy to `check`, as a storage that cannot be written, before it has its
    place: what `check` raises leaves nothing behind. They tell `progress` how many percent are
    copied.
    """

    def back_up(
        self, file: Path, check: Callable[[Storage], None], progress: Callable[[int], None]
    ) -> None:
        """Write what the store holds at one moment into a new file, while others go on writing.

        Raises:
            adminduk.errors.Refused: There is something at the place of the file.
            adminduk.errors.StorageFailure: The store cannot be read, or the file not written.
        """

    def restore(
        self, file: Path, check: Callable[[Storage], None], progress: Callable[[int], None]
    ) -> None:
        """Make the store of a backup; there must be nothing at its place. Raises as `back_up`."""
