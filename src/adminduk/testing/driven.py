"""An office that is acted in at random: what was seen of it, and that it keeps its promises."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import ClassVar, Final
from uuid import UUID

import orjson
from attrs import evolve
from hypothesis.stateful import RuleBasedStateMachine

from adminduk import commands as c
from adminduk.envelope import OpenKeyring
from adminduk.errors import AdmindukError
from adminduk.office import Delivered, Office, Receipt
from adminduk.ports import Ref
from adminduk.records import Actor, Bag, Record
from adminduk.testing.cast import HEADS, OFFICE
from adminduk.testing.chance import Chance
from adminduk.testing.promises import ENDED, broken
from adminduk.testing.unreliable import Line, UnreliableCourier, UnreliableNotifier

__all__ = ["DrivenOffice"]

_AT_HAND: Final = frozenset({"planned", "sealed", "cancelled"})
"""States of a bag that has not left."""

OFFICE_KINDS: Final = frozenset(
    "blanks delegation erasure minutes notice reading schedule seal settings".split()
)
"""Kinds of record that are about no case: they come up seldom."""


class DrivenOffice(RuleBasedStateMachine):
    """A fresh office, and every answer it gives checked and remembered.

    Attributes:
        URL: The storage it runs on; each run opens a fresh one.
        fired: How often each command took effect, over all runs.
        refused: How often each refusal was given, over all runs.
    """

    URL: ClassVar = "memory:"
    fired: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2021, 7, 12, 1, 0, tzinfo=UTC)
        self.numbers = Random(0)
        self.line = Line()
        self.notifier = UnreliableNotifier(self.line)
        self.courier = UnreliableCourier(self.line)
        self.keyring = OpenKeyring(b"model")
        self.office = self.open()
        self.known: dict[Ref, str] = {}
        self.done: list[tuple[c.Command, Actor, Receipt]] = []
        self.messages: set[str] = set()
        self.seen = 0
        self.past = 0
        """How many messages were no longer so when they were to be sent."""
        self.give(c.ChangeSettings(collect_against_originals=True), HEADS[0])

    def open(self) -> Office:
        """Open the office on a fresh store."""
        return Office.open(
            self.URL,
            OFFICE,
            keyring=self.keyring,
            notifier=self.notifier,
            courier=self.courier,
            clock=self.clock,
            ids=lambda: UUID(int=self.numbers.getrandbits(128)),
        )

    def clock(self) -> datetime:
        """Give the time; a little passes with every look."""
        self.now += timedelta(milliseconds=7)
        return self.now

    def some_record(self, chance: Chance) -> Record | None:
        """Choose a record, each kind as often as the others; mostly one that has not ended."""
        about_office = chance.one_in(30)
        open_ = [
            ref
            for ref, state in self.known.items()
            if state not in ENDED and (ref[0] in OFFICE_KINDS) is about_office
        ]
        refs = open_ if open_ and not chance.one_in(10) else list(self.known)
        kinds = sorted({kind for kind, _ in refs})
        if not kinds:
            return None
        kind = chance.random.choice(kinds)
        return self.office.record(*chance.random.choice([ref for ref in refs if ref[0] == kind]))

    def give(self, command: c.Command, by: Actor) -> Receipt | None:
        """Give a command; it takes effect as a whole, or is refused and nothing happens."""
        command = evolve(command, id=UUID(int=self.numbers.getrandbits(128)))
        try:
            receipt = self.office.do(command, by=by)
        except AdmindukError as error:
            self.was_refused(error)
            return None
        for entry in self.office.journal(after=self.seen):
            lent = bool(entry.through)
            assert lent is (entry.post not in map(str, by.posts)), "another's post is lent"
        self.took_effect(command, receipt)
        self.done.append((command, by, receipt))
        return receipt

    def was_refused(self, error: AdmindukError) -> None:
        """Check that a refusal says why, and that nothing happened."""
        self.refused[error.code] += 1
        assert error.message("id"), "a refusal says why"
        assert error.message("en"), "in both languages"
        assert self.nothing_new(), "a refused command left something"

    def took_effect(self, command: c.Command, receipt: Receipt) -> None:
        """Remember what a command did."""
        self.fired[command.NAME] += 1
        self.nothing_new()
        self.learn(receipt)
        if isinstance(command, c.Depart) and not command.own_van:
            self.courier.carried.pop(command.bag, None)  # it is fetched; what comes back is not

    def learn(self, receipt: Receipt) -> None:
        """Learn which records there are."""
        for one in receipt.records:
            self.known[one.kind, one.id] = one.state

    def note_messages(self) -> None:
        """Note every message to a person that was committed: none of them may get lost."""
        self.messages |= {key for key, bag in self.waiting() if bag is None}

    def waiting(self) -> list[tuple[str, str | None]]:
        """Give the key of each message that waits, and the bag where it is about one."""
        waiting = self.office.storage.messages(OFFICE, parked=False, limit=100_000)
        return [(one.key, orjson.loads(one.body).get("bag")) for one in waiting]

    def nothing_new(self) -> bool:
        """Whether nothing was written since this was last asked."""
        fresh = self.office.storage.journal(OFFICE, after=self.seen, limit=100_000)
        self.seen = fresh[-1].seq if fresh else self.seen
        return not fresh

    # --- what must hold ---------------------------------------------------------------------

    def teardown(self) -> None:
        """Check every promise, then deliver what is left and close."""
        faults = broken(self.office, self.keyring)
        assert not faults, faults
        report = self.office.verify()
        assert report.clean, report.faults
        self.deliver_the_rest()
        lost = self.messages - self.notifier.received
        assert len(lost) <= self.past, f"messages got lost: {sorted(lost)}"
        self.courier_knows()
        self.line.released.set()
        self.office.close()

    def deliver_the_rest(self) -> None:
        """Deliver until nothing is due, on a line that is well again."""
        self.note_messages()
        self.line.mood = "well"
        for _ in range(30):
            self.now += timedelta(days=1)
            while (done := self.office.deliver(limit=500)) != Delivered():
                self.past += done.past

    def courier_knows(self) -> None:
        """Check that the courier knows of each bag what it is, or is still to be told.

        A bag that has left is no longer the courier's to be told of, unless by the own van.
        """
        to_be_told = {bag for _, bag in self.waiting()}
        for kind, name in self.known:
            bag = self.office.record(kind, name) if kind == Bag.KIND else None
            if not isinstance(bag, Bag) or name in to_be_told:
                continue
            if bag.state in _AT_HAND or bag.own_van:
                carried = self.courier.carried.get(name)
                told = bag.state == "sealed" and not bag.own_van
                assert (carried is not None) is told, f"{name} is astray"
                assert carried is None or carried.count == bag.count, f"{name} is another"
