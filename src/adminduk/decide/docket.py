"""One command being decided: what it sees, and what it has changed so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, TypeVar

from attrs import field, frozen

from adminduk import commands as c
from adminduk.authority import may, standing_of
from adminduk.catalogue import Catalogue
from adminduk.decide.answering import what_follows
from adminduk.decide.guards import holds, refusal_of
from adminduk.decide.world import Ref, World, paper_ref, subject_of
from adminduk.errors import IdTaken, NotAllowedNow, NotFound, Refused
from adminduk.lifecycle import Arrow, table_of
from adminduk.records import (
    Actor,
    Application,
    Bag,
    Blanks,
    Copy,
    Original,
    Paper,
    Post,
    Record,
    Role,
    Settings,
)
from adminduk.records.changed import changed
from adminduk.regions.zones import zone_of
from adminduk.values import RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["Besides", "Decision", "Docket", "Moment", "Notification", "Rules"]

R = TypeVar("R", bound=Record)


@frozen
class Moment:
    """When something happened, and when it is recorded."""

    at: datetime
    recorded: datetime


@frozen
class Rules:
    """What a decision goes by besides the records.

    Attributes:
        catalogue: The law as data.
        office: The regency whose office decides.
        blind: Makes a search key of personal text that tells nothing of the text.
        calendar: The days on which the office works.
    """

    catalogue: Catalogue
    office: RegionCode
    blind: Callable[[str], str]
    calendar: WorkingDays = field(factory=WorkingDays)

    def local(self, moment: datetime) -> datetime:
        """Give a moment as the clock of the office shows it."""
        return moment.astimezone(zone_of(self.office))


@frozen
class Notification:
    """A message that the decision causes.

    Attributes:
        template: Which sentence.
        to: The post that is told; empty: whoever the case is of, where they are reached by then.
        facts: What the sentence is about; personal data in it is in the envelope.
        of: The record by which it is seen, before it is sent, whether it is still so.
    """

    template: str
    to: str
    facts: dict[str, str]
    of: Ref


@frozen
class Besides:
    """What there is to say of who gives a command, besides the post.

    Attributes:
        through: The delegation by which they act in it; empty: it is their own.
        approver: The id of who approved the command; empty where nobody had to.
        approved_through: The delegation by which they did; empty: in a post of their own.
    """

    through: str = ""
    approver: str = ""
    approved_through: str = ""


NOTHING_BESIDES: Final = Besides()


@frozen
class Decision:
    """What a command does.

    Attributes:
        changes: Each record before (None: it is new) and after.
        notifications: Messages it causes.
        carriage: Bags of which the courier must be told: to be carried now, or no more.
        post: The post in which the actor gave it.
        besides: By which delegation it is theirs, and who approved.
        notes: What else the answer says.
    """

    changes: tuple[tuple[Record | None, Record], ...]
    notifications: tuple[Notification, ...]
    carriage: tuple[str, ...]
    post: Post
    besides: Besides
    notes: dict[str, list[str]] = field(factory=dict)


class Docket:
    """Collects what one command changes; nothing leaves it unless the whole decision stands."""

    def __init__(
        self, command: c.Command, actor: Actor, world: World, moment: Moment, rules: Rules
    ) -> None:
        self.command = command
        self.actor = actor
        self.world = world
        self.moment = moment
        self.rules = rules
        self.post: Post = actor.posts[0]
        self.besides = NOTHING_BESIDES
        self.notes: dict[str, list[str]] = {}
        self.notifications: list[Notification] = []
        self.carriage: list[str] = []
        self._changed: dict[Ref, Record] = {}

    @cached_property
    def day(self) -> date:
        """The office's local day on which the thing happened."""
        return self.rules.local(self.moment.at).date()

    @cached_property
    def begun(self) -> datetime:
        """When what begins with this command begins, as the clock of the office shows it."""
        return self.rules.local(self.moment.at)

    @cached_property
    def settings(self) -> Settings:
        """What the office sets for itself; the usual terms where it has set nothing."""
        stored = self.world.get(("settings", Settings.ID))
        if isinstance(stored, Settings):
            return stored
        return Settings(region=self.rules.office, state="new", begun=self.begun)

    def in_days(self, days: int) -> datetime:
        """Give the moment so many days after this is recorded."""
        return self.moment.recorded + timedelta(days=days)

    def waits_for_its_time(self, record: Record) -> bool:
        """Whether the system, which acts on time alone, must still wait."""
        by_itself = self.post.role is Role.SYSTEM
        return by_itself and (record.due is None or record.due > self.moment.recorded)

    def find(self, ref: Ref) -> Record | None:
        """Give a record as it is now, or None."""
        return self._changed.get(ref) or self.world.get(ref)

    def _before(self, ref: Ref) -> Record | None:
        """Give a record as it was; one that nobody had to look for begins with this command."""
        return self.world.get(ref) if self.world.knows(ref) else None

    def application(self, key: str) -> Application:
        """Give an application."""
        return self._get(Application, key)

    def bag(self, key: str) -> Bag:
        """Give a bag."""
        return self._get(Bag, key)

    def blanks(self, key: str) -> Blanks:
        """Give a range of blanks."""
        return self._get(Blanks, key)

    def ranges(self, product: str) -> Iterator[Blanks]:
        """Give the ranges of a product's blanks that were loaded; none: there is no ledger."""
        for one in map(self.find, [*self.world.ranges]):
            assert isinstance(one, Blanks)
            if one.product == product and one.state == "in_ledger":
                yield one

    def paper(self, item: str) -> Paper:
        """Give a copy or an original by its id."""
        kind, key = paper_ref(item)
        return self._get(Copy, key) if kind == "copy" else self._get(Original, key)

    def copy(self, item: str) -> Copy:
        """Give a copy by its id."""
        return self._get(Copy, paper_ref(item)[1])

    def original(self, item: str) -> Original:
        """Give an original by its id."""
        return self._get(Original, paper_ref(item)[1])

    def _get(self, kind: type[R], key: str) -> R:
        record = self.find((kind.KIND, key))
        if record is None:
            raise NotFound(kind=kind.KIND, id=key)
        assert isinstance(record, kind)
        return record

    def last_copy(self, application: Application, product: str) -> Copy | None:
        """Give the newest copy of a product, if one was ordered."""
        line = application.line(product)
        if line is None or not line.numbers:
            return None
        return self._get(Copy, f"{application.key}/{line.numbers[-1]}")

    def originals(self, application: Application) -> Iterable[Original]:
        """Give the originals of a case."""
        return (self._get(Original, f"{application.key}/{item}") for item in application.originals)

    def add(self, record: R, event: str) -> R:
        """Begin the life of a record.

        Raises:
            IdTaken: There is one of that id.
        """
        ref = (record.KIND, record.key)
        if ref in self._changed or self._before(ref) is not None:
            raise IdTaken(kind=record.KIND, id=record.key)
        return self._moved(record, event)

    def move(self, record: R, event: str, **changes: Any) -> R:
        """Let an event happen to a record, if its lifecycle and the guards allow it.

        Raises:
            NotAllowedNow: The event cannot happen in this state.
            Refused: A guard does not hold; its reason is said.
        """
        return self._moved(record, event, **changes)

    def _moved(self, record: R, event: str, **changes: Any) -> R:
        arrows = self.arrows(record, event)
        for arrow in arrows:
            if all(holds(guard, self, record) for guard in arrow.guards):
                follows = what_follows(record, arrow.target, changes, self.begun)
                return self.put(changed(record, state=arrow.target, **changes, **follows))
        failed = next(g for g in arrows[-1].guards if not holds(g, self, record))
        raise refusal_of(failed, self, record)

    def arrows(self, record: Record, event: str) -> tuple[Arrow, ...]:
        """Give the ways on from the state that a record is in, guards aside.

        Raises:
            NotAllowedNow: There is none.
        """
        table = table_of(record.KIND)
        arrows = table.arrows(record.state, event)
        if not arrows:
            standing = standing_of(record)
            instead = [
                one.NAME
                for one in c.BY_NAME.values()
                if record.KIND in one.KINDS
                and table.arrows(record.state, one.NAME)
                and may(one, self.actor, standing)
            ]
            raise NotAllowedNow(
                command=self.command.NAME, id=record.key, state=record.state, instead=instead
            )
        return arrows

    def put(self, record: R) -> R:
        """Keep what became of a record."""
        self._changed[record.KIND, record.key] = record
        return record

    def refuse(self, code: str, text: str, **facts: Any) -> Refused:
        """Make the refusal of this command; the caller raises it."""
        return Refused(code, text, command=self.command.NAME, **facts)

    def notify(self, template: str, of: Application | Paper, **facts: str) -> None:
        """Tell the applicant of the case, or of one of its papers."""
        if isinstance(self.command, c.Adopt):
            return  # what is told now happened long ago
        code = of.id if isinstance(of, Application) else of.application
        said = {"code": code.full(), **facts}
        self.notifications.append(Notification(template, "", said, (of.KIND, of.key)))

    def tell(self, template: str, of: Record, *posts: Post, **facts: str) -> None:
        """Tell posts of a record, each once; personal data is in no such message."""
        for post in dict.fromkeys(posts):
            told = Notification(template, str(post), facts, (of.KIND, of.key))
            self.notifications.append(told)

    def touched(self) -> list[Record]:
        """Give what has changed so far."""
        return list(self._changed.values())

    def decision(self) -> Decision:
        """Close the docket: every changed record gets its next version.

        What the command is about does also where it is as it was before: that somebody decided
        so once more is journalled.
        """
        subject = subject_of(self.command)
        changes = tuple(
            (self._before(ref), changed(record, version=record.version + 1))
            for ref, record in self._changed.items()
            if ref == subject or record != self._before(ref)
        )
        told, carriage = tuple(self.notifications), tuple(self.carriage)
        return Decision(changes, told, carriage, self.post, self.besides, self.notes)
