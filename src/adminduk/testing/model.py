"""A whole office, driven at random: what it promises must hold whatever people do.

Many applications, operators, villages and bags; commands that are right, early, forbidden,
repeated or stale; a clock that runs; messages that get lost on the way. Run it on a storage of
your own:

    class OfficeOnMine(OfficeModel):
        URL = "mine://..."

    TestOfficeOnMine = OfficeOnMine.TestCase
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Final

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import rule

from adminduk import commands as c
from adminduk.errors import AdmindukError, CommandReused
from adminduk.lifecycle import table_of
from adminduk.ports import Ref
from adminduk.records import Actor, Application, Blanks, Record, Role
from adminduk.testing import beginnings, plausible
from adminduk.testing.cast import CAST, HEADS, OFFICE
from adminduk.testing.chance import Chance
from adminduk.testing.driven import DrivenOffice
from adminduk.testing.promises import WHO
from adminduk.testing.stories import BEGINNERS, PACKERS, SELDOM, STORIES, USUAL

__all__ = ["OfficeModel"]

_MOST_ACTS: Final = 15
_ANYWHERE: Final = frozenset({"found", "stray"})
"""What happens at posts that have nothing to do with a record."""
_INCIDENTS: Final = (
    *["somebody_applies"] * 2,
    *["the_courier_comes"] * 4,
    *["some_stories_go_on"] * 3,
    "somebody_tries_anything",
    "somebody_sends_again",
    "somebody_is_late",
    "somebody_does_several_things",
    "the_office_decides",
    "somebody_stands_in",
    "somebody_reads",
    *["the_store_is_cleared"] * 2,
    "blanks_come",
    "time_passes",
    "messages_go_out",
)


class OfficeModel(DrivenOffice):
    """Drives an office; every failure of a promise is a failed test.

    Attributes:
        URL: The storage it runs on; each run opens a fresh one.
        fired: How often each command took effect, over all runs.
        refused: How often each refusal was given, over all runs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bags = 0
        self.notices = 0
        self.delegations = 0
        self.minutes = 0
        self.blanks = 0
        self.here: Counter[tuple[str, str]] = Counter()

    @rule(
        seed=st.integers(0, 2**32 - 1),
        acts=st.integers(0, _MOST_ACTS),
        incident=st.sampled_from(_INCIDENTS),
    )
    def part_of_a_day(self, seed: int, acts: int, incident: str) -> None:
        """Some ordinary work, and something out of the ordinary."""
        chance = Chance(self.office, self.now.date(), Random(seed))
        self.people_go_on(chance, acts)
        if chance.one_in(2):
            self.messages_go_out(chance)
        getattr(self, incident)(chance)

    def somebody_applies(self, chance: Chance) -> None:
        """A family begins an application, or submits one at once and is mostly served.

        Some leave a paper that nobody asked for.
        """
        by = chance.random.choice([one for one in CAST if one.role in BEGINNERS])
        kind = c.Draft if chance.one_in(5) else c.Submit
        receipt = self.give(beginnings.new_case(chance, by, kind), by)
        if receipt is not None and not chance.one_in(4):
            case = receipt.records[0].id
            if chance.one_in(3):
                self.give(c.TakeIn(original=f"{case}/buku-nikah", unexpected=True), by)
            story = chance.random.choice(["attend verify", "verify attend verify choose_delivery"])
            self.bring_on(chance, ("application", case), story)
            for number in range(1, 4):
                self.bring_on(chance, ("copy", f"{case}/{number}"), "print issue")

    def the_courier_comes(self, chance: Chance) -> None:
        """Whoever has something to pack packs it, and mostly it arrives; rarely it is empty."""
        for by in [one for one in CAST if one.role in PACKERS]:
            self.bags += 1
            planned = beginnings.new_bag(chance, by, f"K-{self.bags}")
            receipt = self.give(planned, by) if planned.items or chance.one_in(10) else None
            if receipt is not None:
                self.bring_on(chance, ("bag", planned.bag), chance.random.choice(STORIES["bag"]))
                for item in planned.items:
                    if chance.one_in(2):
                        kind = "copy" if item.rpartition("/")[2].isdigit() else "original"
                        self.bring_on(chance, (kind, item), "collect hand_over hand_over")

    def the_office_decides(self, chance: Chance) -> None:
        """The head closes a door, opens it again, or sets a term; a schedule is set anew."""
        by = chance.random.choice(HEADS)
        self.notices += 1
        announced = self.give(beginnings.new_notice(chance, f"N-{self.notices}"), by)
        for command in (
            beginnings.new_settings(chance),
            beginnings.new_schedule(chance),
            beginnings.new_seal(chance),
            beginnings.new_adoption(chance),
        ):
            if chance.one_in(3):
                self.give(command, by)
        self.people_go_on(chance, _MOST_ACTS)
        if announced is not None and not chance.one_in(6):
            self.give(c.Lift(notice=announced.records[0].id), by)

    def somebody_stands_in(self, chance: Chance) -> None:
        """A post is lent to somebody, who does what is to be done there; the clock may be late."""
        self.delegations += 1
        head = chance.random.choice(HEADS)
        lent = beginnings.new_delegation(chance, f"D-{self.delegations}")
        given = self.give(lent, head)
        by = next(one for one in CAST if one.id == lent.to)
        for place in range(_MOST_ACTS):
            if place == _MOST_ACTS // 2:
                self.now += timedelta(days=chance.random.choice([0, 1, 30]))
            record = self.some_record(chance)
            names = self.office.allowed(by, record) if record is not None else []
            if record is not None and names:
                kind = c.BY_NAME[chance.random.choice(names)]
                self.give(plausible.command(chance, kind, record, by), by)
        if given is not None and chance.one_in(3):
            who = chance.random.choice([head, by])
            self.give(c.EndDelegation(delegation=lent.delegation), who)

    def somebody_reads(self, chance: Chance) -> None:
        """People read cases: who did is known to the auditor, and the case is as it was."""
        auditor = next(one for one in CAST if one.role is Role.AUDITOR)
        for _ in range(4):
            cases = sorted(key for kind, key in self.known if kind == Application.KIND)
            if not cases:
                return
            code = chance.random.choice(cases)
            before = self.office.record(Application.KIND, code)
            by = chance.random.choice(CAST)
            receipt = self.give(beginnings.new_reading(chance, code), by)
            assert self.office.record(Application.KIND, code) == before, "reading changed a case"
            if receipt is not None:
                last = self.office.readings(code, by=auditor)[-1]
                assert (last.id, last.by) == (receipt.records[0].id, by.id), "nobody knows of it"

    def the_store_is_cleared(self, chance: Chance) -> None:
        """What may be filed or made void is, and what is void is destroyed with minutes."""
        printers = [one for one in CAST if one.role is Role.PRINT_OPERATOR]
        for kind in ("copy", "original"):
            for row in self.office.storage.find(OFFICE, kind=kind, state="at_office", limit=10)[0]:
                self.bring_on(chance, row.ref, "void file")
        self.minutes += not chance.one_in(6)  # or a number that was given already
        by = chance.random.choice(printers)
        self.give(beginnings.new_minutes(chance, f"BA/{self.minutes}"), by)

    def blanks_come(self, chance: Chance) -> None:
        """Blanks are entered, and something becomes of those that are there."""
        printer = next(one for one in CAST if one.role is Role.PRINT_OPERATOR)
        self.blanks += 1
        self.give(beginnings.new_blanks(chance, self.blanks), printer)
        ranges = [ref for ref in self.known if ref[0] == Blanks.KIND]
        for _ in range(3 if ranges else 0):
            story = chance.random.choice(STORIES[Blanks.KIND])
            self.bring_on(chance, chance.random.choice(ranges), story)

    def some_stories_go_on(self, chance: Chance) -> None:
        """A few records have one of their usual fates."""
        for _ in range(4):
            record = self.some_record(chance)
            if record is not None:
                story = chance.random.choice(STORIES[record.KIND])
                self.bring_on(chance, (record.KIND, record.key), story)

    def bring_on(self, chance: Chance, ref: Ref, story: str) -> None:
        """Do one thing after the other with a record, if it is there; now and then not one."""
        for name in story.split() if ref in self.known else ():
            record = self.office.record(*ref)
            for by in chance.random.sample(CAST, len(CAST)):
                roles = {post.role for post in by.posts}
                near = name in _ANYWHERE or by.region.contains(record.region)
                fits = WHO[name] & roles and near
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
            elif by.role in BEGINNERS:
                self.give(evolve(beginnings.new_case(chance, by, kind), application=record.key), by)

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
        self.now += timedelta(days=chance.random.choice([0, 1, 7, 17, 31, 61]))
        for receipt in self.office.tick():
            self.learn(receipt)
            self.fired["tick"] += 1
        self.nothing_new()
        assert self.office.tick() == [], "the same tick acted twice"

    def messages_go_out(self, chance: Chance) -> None:
        """The outbox is delivered on a line in some mood."""
        self.note_messages()
        self.line.mood = chance.random.choice(["well", "fails", "hangs", "dies"])
        limit = 2 if self.line.mood == "hangs" else 20
        self.past += self.office.deliver(limit, patience=0.02).past
        self.courier_knows()

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

    def weight(self, record: Record, name: str) -> float:
        """Prefer what lets a story go on, and what has not been done much in this state."""
        usual = 8.0 if name in USUAL else 0.2 if name in SELDOM else 2.0
        return usual / (1 + self.here[f"{record.KIND} {record.state}", name])
