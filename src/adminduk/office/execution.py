"""Carrying commands out: load, decide, commit once; the same command twice has one effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from attrs import field, frozen

from adminduk import commands as c
from adminduk.codec import dump, to_json
from adminduk.decide import (
    Decision,
    Moment,
    Notification,
    Rules,
    World,
    decide,
    needs,
    subject_of,
)
from adminduk.envelope import KeyDestroyed, body_of, store
from adminduk.errors import (
    AdmindukError,
    AlreadyOpen,
    BlankUsed,
    CommandReused,
    Conflict,
    InvalidInput,
    Refused,
    StorageFailure,
)
from adminduk.journal import GENESIS, Occasion, chain, changed_fields, write_change
from adminduk.language import N_
from adminduk.office.receipt import Receipt, Touched, read_receipt, write_receipt
from adminduk.office.shelf import Loaded, Shelf
from adminduk.ports import (
    Batch,
    Claim,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Entry,
    Executed,
    Message,
    Ref,
    Row,
    StaleVersions,
    WrappedKey,
    Write,
)
from adminduk.records import Actor, Record
from adminduk.records.changed import changed
from adminduk.records.index import claims_of, index_of, latest_of, stamp
from adminduk.values import TrackingCode

__all__ = ["Execution"]

_MOST_TRIES: Final = 100
_LATEST: Final = latest_of("")


@frozen
class _Sent:
    """A command with its id, its code where it begins a case, and the digest of what was sent."""

    command: c.Command
    by: Actor
    id: str
    digest: bytes


class _Attempt:
    """What is gathered for one commit."""

    def __init__(self, shelf: Shelf, now: datetime, floor: Sequence[datetime]) -> None:
        self.shelf = shelf
        self.keys = shelf.keyring.keys()
        self.recorded = max([now, *floor])
        self.due = now
        """When its messages are: at once, also where the clock was ahead before."""
        self.looks = 0
        self.world = World()
        self.loaded: dict[Ref, Loaded] = {}
        self.versions: dict[Ref, int] = {}
        """At which version each record was first seen; 0: it was looked for in vain."""
        self.now: dict[Ref, Loaded] = {}
        self.entries: list[Entry] = []
        self.executed: list[Executed] = []
        self.messages: list[tuple[str, Notification | str]] = []
        """By their keys: to people, and to the courier of a bag."""
        self.told: dict[tuple[str, str, bytes], list[Ref]] = {}
        """What is said to whom by these messages, and of which records."""

    def load_for(self, command: c.Command, by: Actor) -> None:
        """Load everything that a decision about the command of an actor looks at."""
        while look := needs(command, by, self.world):
            self.looks += 1
            found = self.shelf.look(look, self.keys)
            self.world.add(look, (one.record for one in found.values()))
            for ref, one in found.items():
                if self.versions.setdefault(ref, one.version) == one.version:
                    self.loaded.setdefault(ref, one)
            for ref in look.refs:
                self.versions.setdefault(ref, 0)

    def check_one_moment(self) -> None:
        """Check that everything was read as it is now, where it was read in several looks.

        Raises:
            StaleVersions: Something has changed since.
        """
        if self.looks < 2:  # noqa: PLR2004 - one look sees one moment
            return
        now = self.shelf.storage.load(self.shelf.office, self.versions)
        stale = [
            ref
            for ref, version in self.versions.items()
            if version != (now[ref].version if ref in now else 0)
        ]
        if stale:
            raise StaleVersions(stale)

    def take(self, sent: _Sent, decision: Decision, moment: Moment) -> Receipt:
        """Take a decision in: its records, entries and messages."""
        occasion = _occasion(sent, decision, moment)
        for _, after in decision.changes:
            self._take_record(occasion, after)
            self.world.put(after)
        new = [one for one in decision.notifications if self._is_new(one)]
        told: Iterable[tuple[int, Notification | str]] = enumerate((*new, *decision.carriage))
        self.messages += [(f"{sent.id}/{place}", one) for place, one in told]
        touched = [
            Touched(after.KIND, after.key, after.version, after.state)
            for _, after in decision.changes
        ]
        subject = subject_of(sent.command)
        touched.sort(key=lambda one: (one.kind, one.id) != subject)
        receipt = Receipt(sent.id, tuple(touched), notes=decision.notes)
        self.executed.append(Executed(sent.id, sent.by.id, sent.digest, write_receipt(receipt)))
        return receipt

    def _take_record(self, occasion: Occasion, after: Record) -> None:
        ref = (after.KIND, after.key)
        before = self.now.get(ref) or self.loaded.get(ref)
        fields = store(after, (before.record, before.fields) if before else None, self.keys)
        changes = changed_fields(before.fields if before else None, fields)
        body = write_change(occasion, ref, after.version, changes)
        head = chain(before.head if before else GENESIS, body)
        self.entries.append(Entry(*ref, after.version, head, body))
        self.now[ref] = Loaded(after, fields, after.version, head)

    def _is_new(self, told: Notification) -> bool:
        """Whether this commit does not tell somebody the same already, as of another document."""
        is_new = _said(told) not in self.told
        self.told.setdefault(_said(told), []).append(told.of)
        return is_new

    def _body(self, told: Notification | str) -> dict[str, Any] | None:
        """Give what is stored of a message; None where nobody is left to tell."""
        if isinstance(told, str):
            return {"bag": told}
        content = {
            "template": told.template,
            "to": told.to,
            "facts": told.facts,
            "of": self.told[_said(told)],
        }
        code = told.facts.get("code")
        if code is None:  # of no person
            return {"told": content}
        try:
            return {"owner": code, "sealed": self.keys.seal(code, to_json(content))}
        except KeyDestroyed:
            return None

    def batch(self) -> Batch:
        """Give everything to commit."""
        writes, take, release = [], [], []
        for ref, new in self.now.items():
            old = self.loaded.get(ref)
            writes.append(Write(_row(new), self.versions.get(ref, 0)))
            before = claims_of(old.record) if old else frozenset()
            after = claims_of(new.record)
            if before != after:
                take += [Claim(key, *ref) for key in sorted(after - before)]
                release += [Claim(key, *ref) for key in sorted(before - after)]
        messages = tuple(
            Message(key, stamp(self.due), to_json(body))
            for key, told in self.messages
            if (body := self._body(told)) is not None
        )
        return Batch(
            recorded=stamp(self.recorded),
            writes=tuple(writes),
            unchanged=tuple(one for one in self.versions.items() if one[0] not in self.now),
            entries=tuple(self.entries),
            release=tuple(release),
            take=tuple(take),
            commands=tuple(self.executed),
            messages=messages,
            keys=tuple(WrappedKey(*one) for one in self.keys.made.items()),
        )


def _said(told: Notification) -> tuple[str, str, bytes]:
    return told.template, told.to, to_json(told.facts)


def _occasion(sent: _Sent, decision: Decision, moment: Moment) -> Occasion:
    return Occasion(
        command=sent.id,
        do=sent.command.NAME,
        by=sent.by.id,
        post=str(decision.post),
        through=decision.besides.through,
        approved_by=decision.besides.approver,
        approved_through=decision.besides.approved_through,
        at=moment.at.isoformat(),
        recorded=moment.recorded.isoformat(),
    )


def _row(one: Loaded) -> Row:
    index = index_of(one.record)
    return Row(
        kind=one.record.KIND,
        id=one.record.key,
        version=one.version,
        state=index.state,
        region=index.region,
        queue=index.queue,
        due=index.due,
        group=index.group,
        keys=index.keys,
        body=body_of(one.fields, one.head),
    )


@frozen
class Execution:
    """Carries commands out for one office."""

    shelf: Shelf
    rules: Rules
    clock: Callable[[], datetime]
    ids: Callable[[], UUID]
    check: Callable[[Iterable[c.Command], Callable[[], None]], None]
    """Told of the commands before what was decided is committed; it may refuse.

    Before it asks anybody outside it calls what it is given besides: that raises where one of the
    commands was sent before, so that its answer needs nobody else.
    """
    _floor: list[datetime] = field(factory=list, init=False)
    """The latest time of recording that is known: nothing is recorded before it."""

    def run(self, orders: Sequence[tuple[c.Command, Actor]]) -> list[Receipt]:
        """Carry all of the commands out in one commit, or none.

        Whether one was sent before is asked only where it is refused, the commit knows it, or
        somebody outside would be asked: then its first answer holds, whatever became of the record
        since.

        Raises:
            AdmindukError: One of them is refused; nothing happened.
        """
        sent = [self._sent(command, by) for command, by in orders]
        refs: Sequence[Ref] = ()
        known: Mapping[str, Executed] = {}
        for _ in range(_MOST_TRIES):
            try:
                return self._try(sent, dict(known))
            except StaleVersions as stale:
                refs = stale.refs
                if any(_is_past(one.command, stale.refs) for one in sent):
                    break
            except ClockBehind as behind:
                self._floor[:] = [max([datetime.fromisoformat(behind.recorded), *self._floor])]
            except CommandKnown:
                known = self._executed(sent)
            except StorageFailure:
                raise
            except AdmindukError:
                before, known = known, self._executed(sent)
                if known == before:
                    raise
        raise Conflict(ids=[key for _, key in refs])

    def _sent(self, command: c.Command, by: Actor) -> _Sent:
        digest = self.shelf.keyring.blind(_content(command))
        if command.id is None:
            command = changed(command, id=self.ids())
        if isinstance(command, c.Draft | c.Adopt) and command.application is None:
            command = changed(command, application=TrackingCode.from_int(self.ids().int))
        if isinstance(command, c.Read) and not command.reading:
            command = changed(command, reading=str(command.id))
        return _Sent(command, by, str(command.id), digest.encode())

    def _executed(self, sent: Sequence[_Sent]) -> Mapping[str, Executed]:
        return self.shelf.storage.executed(self.shelf.office, [one.id for one in sent])

    def _check_new(self, sent: Sequence[_Sent]) -> None:
        for known in self._executed(sent).values():
            raise CommandKnown(known)

    def _try(self, sent: Sequence[_Sent], known: dict[str, Executed]) -> list[Receipt]:
        attempt = _Attempt(self.shelf, self.clock(), self._floor)
        fresh = [one for one in sent if one.id not in known]
        try:
            receipts = [self._receipt(one, known, attempt) for one in sent]
        except AdmindukError:
            attempt.check_one_moment()  # what was read in parts may be of no moment at all
            raise
        if attempt.executed:
            self.check([one.command for one in fresh], partial(self._check_new, fresh))
            try:
                self.shelf.storage.commit(self.shelf.office, attempt.batch())
            except ClaimTaken as taken:
                if taken.claim.key.startswith(_LATEST):  # two began a ledger at once
                    raise StaleVersions([(taken.claim.kind, taken.claim.id)]) from None
                raise _refused_claim(taken.claim) from None
            self._floor[:] = [max([attempt.recorded, *self._floor])]
        return receipts

    def _receipt(self, sent: _Sent, known: dict[str, Executed], attempt: _Attempt) -> Receipt:
        before = known.get(sent.id)
        if before is not None:
            return _repeated(sent, before)
        attempt.load_for(sent.command, sent.by)
        moment = Moment(sent.command.at or attempt.recorded, attempt.recorded)
        decision = decide(sent.command, sent.by, attempt.world, moment, self.rules)
        _check_version(sent.command, attempt.world)
        receipt = attempt.take(sent, decision, moment)
        known[sent.id] = attempt.executed[-1]
        return receipt


def _is_past(command: c.Command, stale: Sequence[Ref]) -> bool:
    """Whether the version that the sender saw is past, which no other try can mend."""
    return command.if_version is not None and subject_of(command) in stale


def _content(command: c.Command) -> str:
    """Give what a command says, as text.

    Raises:
        InvalidInput: It says what no text can hold.
    """
    try:
        content = dump(command)
        content.pop("id", None)
        return to_json([command.NAME, content]).decode()
    except TypeError:  # half of a character, or a number beyond 64 bits
        text = N_("The command holds text or a number that cannot be written.")
        accepted = N_("Unicode text, and whole numbers of at most 64 bits")
        raise InvalidInput.at("", "not_writable", text, accepted) from None


def _repeated(sent: _Sent, before: Executed) -> Receipt:
    if before.actor != sent.by.id or before.digest != sent.digest:
        raise CommandReused(id=sent.id)
    return read_receipt(before.receipt)


def _check_version(command: c.Command, world: World) -> None:
    if command.if_version is None:
        return
    record = world.get(subject_of(command))
    version = 0 if record is None else record.version
    if version != command.if_version:
        raise Conflict(ids=[subject_of(command)[1]], version=version, if_version=command.if_version)


def _refused_claim(claim: Claim) -> Refused:
    kind, _, rest = claim.key.partition(":")
    if kind == "blank":
        return BlankUsed(blank=rest.partition(":")[2], id=claim.id)
    if kind == "deliverable":
        return Refused(
            "copy_deliverable",
            N_("{id} can still be delivered; there is never a second deliverable copy."),
            id=claim.id,
        )
    return AlreadyOpen(application=claim.id)
