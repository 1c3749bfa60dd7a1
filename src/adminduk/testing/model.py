"""A whole office, driven at random: what it promises must hold whatever people do.

Many applications, operators, villages and bags; commands that are right, early, forbidden,
repeated or stale; a clock that runs; messages that get lost on the way. Run it on a storage of
your own:

    class OfficeOnMine(OfficeModel):
        URL = "mine://..."

    TestOfficeOnMine = OfficeOnMine.TestCase
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import ClassVar, Final
from uuid import UUID

from attrs import define, evolve, field
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from adminduk import commands as c
from adminduk.decide.settings import Settings
from adminduk.envelope import OpenKeyring
from adminduk.errors import AdmindukError, CommandReused
from adminduk.lifecycle import table_of
from adminduk.office import Office, Receipt
from adminduk.ports import Ref
from adminduk.records import Actor, Record, Role
from adminduk.testing import plausible
from adminduk.testing.cast import CAST, OFFICE
from adminduk.testing.plausible import Chance
from adminduk.testing.promises import ENDED, WHO, broken

__all__ = ["OfficeModel", "UnreliableNotifier"]

_BEGINNERS: Final = {
    Role.APPLICANT,
    Role.VILLAGE_OPERATOR,
    Role.DISTRICT_OPERATOR,
    Role.FRONT_DESK,
}
_PACKERS: Final = {Role.PRINT_OPERATOR, Role.DISTRICT_OPERATOR}
_USUAL: Final = frozenset(
    "verify print seal depart arrive count finish collect hand_over to_counter hand_in issue"
    " answer replace".split()
)
"""What brings a story on."""

_SELDOM: Final = frozenset(
    "withdraw reject cancel amend move_rules choose_delivery plan misprint correct attend"
    " waive condemn reopen give_up report_missing record_handover turn_home unseal".split()
)
"""What would end most stories early, or hold them up, if it came as often as the rest."""


_STORIES: Final = {
    "application": (
        "attend verify",
        "return amend attend move_rules answer verify",
        "return choose_delivery withdraw",
        "verify reopen reject",
        "verify reopen verify",
        "withdraw",
    ),
    "copy": (
        "print",
        "misprint print to_counter turn_home",
        "to_counter hand_over",
        "to_counter report_missing declare_lost",
        "collect hand_over",
        "collect turn_home turn_out hand_over",
        "turn_home turn_out hand_over",
        "collect condemn record_handover",
        "condemn record_handover",
        "report_missing declare_lost found",
        "report_missing found",
        "issue revoke",
        "issue confirm",
        "void destroy",
        "report_missing",
    ),
    "original": (
        "take_in hand_in",
        "take_in turn_home",
        "take_in condemn record_handover",
        "collect turn_home turn_out hand_over",
        "turn_home turn_out hand_over",
        "to_counter hand_over",
        "report_missing declare_lost found",
        "void destroy",
    ),
    "bag": (
        "seal depart arrive count finish",
        "seal depart arrive count finish",
        "seal unseal seal depart come_back depart arrive count count finish resolve close",
        "seal depart write_off resolve",
    ),
}
"""What often happens to a record, one thing after the other."""


_MOST_ACTS: Final = 15
_INCIDENTS: Final = (
    *["somebody_applies"] * 2,
    *["the_courier_comes"] * 4,
    *["some_stories_go_on"] * 3,
    "somebody_tries_anything",
    "somebody_sends_again",
    "somebody_is_late",
    "somebody_does_several_things",
    "time_passes",
    "messages_go_out",
)


class LostAfterSending(Exception):
    """The notifier died after it had sent the message."""


@define
class UnreliableNotifier:
    """Takes messages to nobody, and fails, hangs or dies after sending as it is told to."""

    mood: str = "well"
    received: set[str] = field(factory=set)
    released: threading.Event = field(factory=threading.Event)

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message, or not."""
        assert to, "a message is to somebody"
        assert text, "a message says something"
        if self.mood == "fails":
            raise ConnectionError
        if self.mood == "hangs":
            self.released.wait()
        self.received.add(key)
        if self.mood == "dies":
            raise LostAfterSending


class OfficeModel(RuleBasedStateMachine):
    """Drives an office; every failure of a promise is a failed test.

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
        self.notifier = UnreliableNotifier()
        self.keyring = OpenKeyring(b"model")
        self.office = self.open()
        self.known: dict[Ref, str] = {}
        self.done: list[tuple[c.Command, Actor, Receipt]] = []
        self.messages: set[str] = set()
        self.here: Counter[tuple[str, str]] = Counter()
        self.bags = 0
        self.seen = 0

    def open(self) -> Office:
        """Open the office on a fresh store."""
        return Office.open(
            self.URL,
            OFFICE,
            keyring=self.keyring,
            settings=Settings(collect_against_originals=True),
            notifier=self.notifier,
            clock=self.clock,
            ids=lambda: UUID(int=self.numbers.getrandbits(128)),
        )

    def clock(self) -> datetime:
        """Give the time; a little passes with every look."""
        self.now += timedelta(milliseconds=7)
        return self.now

    # --- what people do ---------------------------------------------------------------------

    @rule(
        seed=st.integers(0, 2**32 - 1),
        acts=st.integers(0, _MOST_ACTS),
        incident=st.sampled_from(_INCIDENTS),
    )
    def part_of_a_day(self, seed: int, acts: int, incident: str) -> None:
        """Some ordinary work, and something out of the ordinary."""
        chance = Chance(self.office, self.now.date(), Random(seed))
        self.people_go_on(chance, acts)
        getattr(self, incident)(chance)

    def somebody_applies(self, chance: Chance) -> None:
        """A family begins an application, or submits one at once and is mostly served."""
        by = chance.random.choice([one for one in CAST if one.role in _BEGINNERS])
        kind = c.Draft if chance.one_in(5) else c.Submit
        receipt = self.give(plausible.new_case(chance, by, kind), by)
        if receipt is not None and not chance.one_in(4):
            case = receipt.records[0].id
            story = chance.random.choice(["attend verify", "verify attend verify choose_delivery"])
            self.bring_on(chance, ("application", case), story)
            for number in range(1, 4):
                self.bring_on(chance, ("copy", f"{case}/{number}"), "print issue")

    def the_courier_comes(self, chance: Chance) -> None:
        """Whoever has something to pack packs it, and mostly it arrives; rarely it is empty."""
        for by in [one for one in CAST if one.role in _PACKERS]:
            self.bags += 1
            planned = plausible.new_bag(chance, by, f"K-{self.bags}")
            receipt = self.give(planned, by) if planned.items or chance.one_in(10) else None
            if receipt is not None:
                self.bring_on(chance, ("bag", planned.bag), chance.random.choice(_STORIES["bag"]))
                for item in planned.items:
                    if chance.one_in(2):
                        kind = "copy" if item.rpartition("/")[2].isdigit() else "original"
                        self.bring_on(chance, (kind, item), "collect hand_over hand_over")

    def some_stories_go_on(self, chance: Chance) -> None:
        """A few records have one of their usual fates."""
        for _ in range(4):
            record = self.some_record(chance)
            if record is not None:
                story = chance.random.choice(_STORIES[record.KIND])
                self.bring_on(chance, (record.KIND, record.key), story)

    def bring_on(self, chance: Chance, ref: Ref, story: str) -> None:
        """Do one thing after the other with a record, if it is there; now and then not one."""
        for name in story.split() if ref in self.known else ():
            record = self.office.record(*ref)
            for by in chance.random.sample(CAST, len(CAST)):
                roles = {post.role for post in by.posts}
                fits = WHO[name] & roles and by.region.contains(record.region)
                holder = getattr(record, "custodian", None) or by.posts[0]
                daring = holder in by.posts and chance.one_in(2)
                if fits and (daring or name in self.office.allowed(by, record)):
                    if not chance.one_in(8):
                        self.give(plausible.command(chance, c.BY_NAME[name], record, by), by)
                    break

    def people_go_on(self, chance: Chance, times: int) -> None:
        """People do, one after the other, things that the office says they may do now."""
        for _ in range(times):
            record = self.some_record(chance)
            if record is None:
                return
            who: dict[str, list[Actor]] = {}
            near = [one for one in CAST if one.region.contains(record.region)]
            for by in chance.random.sample(near, 2):
                for name in self.office.allowed(by, record):
                    who.setdefault(name, []).append(by)
            if who:
                self.one_goes_on(chance, record, who)

    def one_goes_on(self, chance: Chance, record: Record, who: dict[str, list[Actor]]) -> None:
        """Do one of the things that can be done with a record, or nothing if none is usual."""
        weights = [self.weight(record, one) for one in who]
        name = chance.random.choices([*who, ""], [*weights, 2.0])[0]
        if not name:
            return
        by = chance.random.choice(who[name])
        command = plausible.command(chance, c.BY_NAME[name], record, by)
        if self.give(command, by) is not None:
            self.here[f"{record.KIND} {record.state}", name] += 1

    def somebody_tries_anything(self, chance: Chance) -> None:
        """People try things with a record whatever its state; mostly in the right role."""
        for _ in range(8):
            record = self.some_record(chance)
            if record is None:
                return
            kinds = [one for one in c.BY_NAME.values() if record.KIND in one.KINDS]
            events = table_of(record.KIND).events_from(record.state)
            timely = [one for one in kinds if one.NAME in events]
            kind = chance.random.choice(timely if timely and not chance.one_in(5) else kinds)
            by = chance.random.choice(CAST)
            if not chance.one_in(4):
                by = chance.random.choice(self.who_might(chance, kind, record))
            if kind is not c.Draft:
                self.give(plausible.command(chance, kind, record, by), by)
            elif by.role in _BEGINNERS:
                self.give(evolve(plausible.new_case(chance, by, kind), application=record.id), by)

    def who_might(self, chance: Chance, kind: type[c.Command], record: Record) -> list[Actor]:
        """Give those in a right role nearby; sometimes only who already had to do with it."""
        near = [one for one in CAST if one.region.contains(record.region)]
        fitting = [one for one in near if WHO[kind.NAME] & {post.role for post in one.posts}]
        names = {getattr(record, name, "") for name in ("submitted_by", "reported_by")}
        own = [one for one in fitting if one.id in names]
        return fitting or list(CAST) if not own or chance.one_in(3) else own

    def somebody_sends_again(self, chance: Chance) -> None:
        """A command sent again has one effect and its first answer; with other content none."""
        if not self.done:
            return
        command, by, receipt = chance.random.choice(self.done)
        again = self.office.do(command, by=by)
        assert again.repeated
        assert again.records == receipt.records
        try:
            self.office.do(evolve(command, at=self.now - timedelta(days=999)), by=by)
        except CommandReused as error:
            self.refused[error.code] += 1
        else:
            raise AssertionError("other content went through under the same id")

    def somebody_is_late(self, chance: Chance) -> None:
        """A command on a version that is past is a conflict, if it is possible at all."""
        record = self.some_record(chance)
        if record is None or record.version < 2:  # noqa: PLR2004 - only then one is past
            return
        by = chance.random.choice(CAST)
        names = self.office.allowed(by, record)
        if not names:
            return
        command = plausible.command(chance, c.BY_NAME[chance.random.choice(names)], record, by)
        receipt = self.give(evolve(command, if_version=record.version - 1), by)
        assert receipt is None, "a command on a past version went through"

    def somebody_does_several_things(self, chance: Chance) -> None:
        """Several commands in one transaction: all of them or none."""
        by = chance.random.choice(CAST)
        commands = []
        for _ in range(3):
            record = self.some_record(chance)
            names = self.office.allowed(by, record) if record is not None else []
            if record is not None and names:
                kind = c.BY_NAME[chance.random.choice(names)]
                commands.append(plausible.command(chance, kind, record, by))
        try:
            receipts = self.office.do_all(commands, by=by)
        except AdmindukError as error:
            self.was_refused(error)
        else:
            for command, receipt in zip(commands, receipts, strict=True):
                self.took_effect(command, receipt)

    def time_passes(self, chance: Chance) -> None:
        """Days go by, and what time alone brings happens once."""
        self.now += timedelta(days=chance.random.choice([0, 1, 7, 31, 61]))
        for receipt in self.office.tick():
            self.learn(receipt)
            self.fired["tick"] += 1
        self.nothing_new()
        assert self.office.tick() == [], "the same tick acted twice"

    def messages_go_out(self, chance: Chance) -> None:
        """The outbox is delivered by a notifier in some mood."""
        self.note_messages()
        self.notifier.mood = chance.random.choice(["well", "fails", "hangs", "dies"])
        self.office.deliver(limit=2, patience=0.02)

    @classmethod
    def drive(cls, seed: int, parts: int) -> None:
        """Drive an office without Hypothesis: always the same for the same seed.

        Hypothesis shrinks a failure; this goes farther in the same time.

        Args:
            seed: Decides what happens.
            parts: How many parts of a day.
        """
        chance = Random(seed)
        model = cls()
        for _ in range(parts):
            model.part_of_a_day(
                seed=chance.getrandbits(32),
                acts=chance.randrange(_MOST_ACTS + 1),
                incident=chance.choice(_INCIDENTS),
            )
        model.teardown()

    # --- what must hold ---------------------------------------------------------------------

    def teardown(self) -> None:
        """Check every promise, then deliver what is left and close."""
        faults = broken(self.office, self.keyring)
        assert not faults, faults
        report = self.office.verify()
        assert report.clean, report.faults
        self.deliver_the_rest()
        lost = self.messages - self.notifier.received
        assert not lost, f"messages got lost: {sorted(lost)}"
        self.notifier.released.set()
        self.office.close()

    def deliver_the_rest(self) -> None:
        """Deliver until nothing is due, with a notifier that is well again."""
        self.note_messages()
        self.notifier.mood = "well"
        for _ in range(30):
            self.now += timedelta(days=1)
            while self.office.deliver(limit=500).sent:
                pass

    # --- how it is driven -------------------------------------------------------------------

    def some_record(self, chance: Chance) -> Record | None:
        """Choose a record, each kind as often as the others; mostly one that has not ended."""
        open_ = [ref for ref, state in self.known.items() if state not in ENDED]
        refs = open_ if open_ and not chance.one_in(10) else list(self.known)
        kinds = sorted({kind for kind, _ in refs})
        if not kinds:
            return None
        kind = chance.random.choice(kinds)
        return self.office.record(*chance.random.choice([ref for ref in refs if ref[0] == kind]))

    def weight(self, record: Record, name: str) -> float:
        """Prefer what lets a story go on, and what has not been done much in this state."""
        usual = 8.0 if name in _USUAL else 0.2 if name in _SELDOM else 2.0
        return usual / (1 + self.here[f"{record.KIND} {record.state}", name])

    def give(self, command: c.Command, by: Actor) -> Receipt | None:
        """Give a command; it takes effect as a whole, or is refused and nothing happens."""
        command = evolve(command, id=UUID(int=self.numbers.getrandbits(128)))
        try:
            receipt = self.office.do(command, by=by)
        except AdmindukError as error:
            self.was_refused(error)
            return None
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

    def learn(self, receipt: Receipt) -> None:
        """Learn which records there are."""
        for one in receipt.records:
            self.known[one.kind, one.id] = one.state

    def note_messages(self) -> None:
        """Note every message that was committed: none of them may get lost."""
        waiting = self.office.storage.messages(OFFICE, parked=False, limit=100_000)
        self.messages |= {one.key for one in waiting}

    def nothing_new(self) -> bool:
        """Whether nothing was written since this was last asked."""
        fresh = self.office.storage.journal(OFFICE, after=self.seen, limit=100_000)
        self.seen = fresh[-1].seq if fresh else self.seen
        return not fresh
