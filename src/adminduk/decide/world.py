"""What a decision looks at, and what the shell must load for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from attrs import frozen

from adminduk import commands as c
from adminduk.records import (
    Actor,
    Application,
    Bag,
    Blanks,
    Copy,
    Delegation,
    Notice,
    Original,
    Paper,
    Pause,
    Record,
    Schedule,
    Settings,
)
from adminduk.records.blanks import product_of
from adminduk.records.index import IN_FORCE, IN_STOCK, lent_to
from adminduk.values import Level, TrackingCode

__all__ = [
    "SETTINGS",
    "Look",
    "Ref",
    "World",
    "application_of",
    "district_of",
    "look_around",
    "needs",
    "paper_ref",
    "subject_of",
]

Ref = tuple[str, str]

_PAPERS = (Copy.KIND, Original.KIND)
_WHOLE_CASE = (
    c.HandOver,
    c.RecordHandover,
    c.Condemn,
    c.Found,
    c.DeclareLost,
    c.Void,
    c.TurnOut,
    c.File,
    c.Print,
    c.FollowBlanks,
    c.Issue,
    c.Confirm,
    c.Revoke,
)
_OF_WHAT_A_BAG_NAMES = (c.Seal, c.Arrive)
_WHOLE_BAG = (c.Unseal, c.Finish, c.WriteOff)
_PROMISING = (c.Submit, c.Attend, c.Answer, c.MoveRules, c.ChooseDelivery, c.Reopen)
"""Commands that may promise a day, and ask by which run of the courier."""
_CLOSABLE = (c.Submit, c.Attend, c.HandOver)
_ON_ALL_RANGES = (c.ReceiveBlanks, c.WithdrawBlanks)  # and CorrectBlanks, which is one
SETTINGS: Ref = (Settings.KIND, Settings.ID)


@frozen
class Look:
    """What is to be read at one moment.

    Attributes:
        refs: Records, which may exist or not.
        groups: And all members of these groups.
        cases: And all papers of the cases with these codes.
        products: And all ranges of blanks of these products, ever received.
    """

    refs: Collection[Ref] = ()
    groups: Collection[str] = ()
    cases: Collection[str] = ()
    products: Collection[str] = ()

    def __bool__(self) -> bool:
        return bool(self.refs or self.groups or self.cases or self.products)


class World:
    """The records that were loaded; what was looked for and does not exist is known too."""

    def __init__(self) -> None:
        self._records: dict[Ref, Record | None] = {}
        self._groups: set[str] = set()
        self._cases: set[str] = set()
        self._products: set[str] = set()
        self.ranges: set[Ref] = set()
        """The ranges of blanks among the records."""
        self._lent: dict[str, dict[str, Delegation]] = {}
        """By whom they were given to, and by their ids."""

    def add(self, look: Look, found: Iterable[Record]) -> None:
        """Take in what was found; what is known already holds, also that there is none."""
        for record in found:
            self._records.setdefault((record.KIND, record.key), record)
            self._note(record)
        for ref in look.refs:
            self._records.setdefault(ref, None)
        self._groups.update(look.groups)
        self._cases.update(look.cases)
        self._products.update(look.products)

    def _note(self, record: Record) -> None:
        if isinstance(record, Blanks):
            self.ranges.add((record.KIND, record.key))
        elif isinstance(record, Delegation):
            self._lent.setdefault(record.to, {})[record.id] = record

    def knows(self, ref: Ref) -> bool:
        """Whether the record was looked for, alone or with its case."""
        return ref in self._records or (
            ref[0] in _PAPERS and ref[1].partition("/")[0] in self._cases
        )

    def get(self, ref: Ref) -> Record | None:
        """Give a loaded record, or None where there is none."""
        found = self._records.get(ref)
        if found is None and not self.knows(ref):
            raise KeyError(ref)  # a decision looks at what was loaded for it
        return found

    def lacks(self, look: Look) -> Look:
        """Give what of a look is not known yet."""
        return Look(
            [ref for ref in look.refs if not self.knows(ref)],
            [one for one in look.groups if one not in self._groups],
            [one for one in look.cases if one not in self._cases],
            [one for one in look.products if one not in self._products],
        )

    def in_bag(self, bag: str) -> list[Paper]:
        """Give the papers that are in a bag now, where its group was loaded."""
        assert bag in self._groups, "what is in a bag is known once its group was loaded"
        records = self._records.values()
        return [one for one in records if isinstance(one, Copy | Original) and one.bag == bag]

    def notices(self) -> list[Notice]:
        """Give the notices that are in force, where they were loaded."""
        assert IN_FORCE in self._groups, "what is closed is known once the notices were loaded"
        notices = [one for one in self._records.values() if isinstance(one, Notice)]
        return [one for one in notices if one.state == "in_force"]

    def lent_to(self, actor: Actor) -> Collection[Delegation]:
        """Give the delegations to an actor; of whom none was looked for, nobody has lent a post."""
        lent = self._lent.get(actor.id)
        return lent.values() if lent else ()

    def put(self, record: Record) -> None:
        """Replace a record by what a decision made of it."""
        self._records[record.KIND, record.key] = record
        self._note(record)


@lru_cache(maxsize=20_000)  # as many as a bag may hold; a command asks several times for each
def paper_ref(item: str) -> Ref:
    """Say which record a paper's id names: a number is a copy, an item is an original."""
    code, _, rest = item.partition("/")
    key = f"{TrackingCode.parse(code).full()}/{rest}"
    return ("copy" if rest.isdigit() else "original"), key


def application_of(item: str) -> Ref:
    """Say which application a paper belongs to."""
    return "application", TrackingCode.parse(item.partition("/")[0]).full()


def subject_of(command: c.Command) -> Ref:
    """Say which record a command is about."""
    name = getattr(command, command.SUBJECT)
    kind = command.KINDS[0]
    if kind in {"copy", "original"}:
        return paper_ref(name)
    return kind, name if isinstance(name, str) else name.full()


def needs(command: c.Command, by: Actor, world: World) -> Look:
    """Say what must still be loaded to decide the command of an actor."""
    subject = subject_of(command)
    refs = [subject, SETTINGS, *_named(command)]
    groups = [lent_to(one.id) for one in (by, command.approved_by) if one is not None]
    if isinstance(command, _CLOSABLE):
        groups.append(IN_FORCE)
    if isinstance(command, c.FollowBlanks) or (
        isinstance(command, c.Print | c.Misprint) and command.blank
    ):
        groups.append(IN_STOCK)
    cases = []
    products = [product_of(subject[1])] if isinstance(command, _ON_ALL_RANGES) else []
    if subject[0] in _PAPERS:
        application = application_of(subject[1])
        refs += [application, *_resumed_by(command, world)]
        if isinstance(command, _WHOLE_CASE):
            cases.append(application[1])
    elif subject[0] == Application.KIND or isinstance(command, c.Erase):
        cases.append(subject[1])
        refs += _promised_by(command, world)
    elif isinstance(command, _WHOLE_BAG):
        groups.append(subject[1])
    elif isinstance(command, _OF_WHAT_A_BAG_NAMES) and world.knows(subject):  # a second look
        refs += _named_by(world.get(subject), command)
    return world.lacks(Look(refs, groups, cases, products))


def district_of(record: Application | Copy) -> str:
    """Give the code of the district to which the documents of an application go."""
    return record.region.ancestor(Level.DISTRICT).full()


def _promised_by(command: c.Command, world: World) -> Iterable[Ref]:
    """Name the schedule by which a day is promised, once it is known for which village."""
    if not isinstance(command, _PROMISING):
        return
    region = command.region if isinstance(command, c.Submit) else None
    subject = subject_of(command)
    stored = world.get(subject) if world.knows(subject) else None
    if isinstance(stored, Application):
        region = stored.region
    if region is not None and region.level is Level.VILLAGE:
        yield Schedule.KIND, region.ancestor(Level.DISTRICT).full()


def _resumed_by(command: c.Command, world: World) -> Iterable[Ref]:
    """Name the schedule by which a promise runs on that stood still for want of blanks."""
    if not isinstance(command, c.Print | c.FollowBlanks):
        return
    subject = subject_of(command)
    copy = world.get(subject) if world.knows(subject) else None
    if isinstance(copy, Copy) and copy.promise is not None and copy.promise.pause is Pause.BLANKS:
        yield Schedule.KIND, district_of(copy)


def _named_by(bag: Record | None, command: c.Command) -> Iterable[Ref]:
    """Name what a bag names that a command is about: what is planned, or was written off."""
    if not isinstance(bag, Bag):
        return ()
    if isinstance(command, c.Seal):
        return map(paper_ref, bag.plan)
    return _differing(bag) if bag.state == "written_off" else ()


def _differing(bag: Bag) -> list[Ref]:
    """Name the papers that did not arrive in a bag as they were sealed, and their cases."""
    items = [one.item for one in bag.differences]
    return [*map(paper_ref, items), *map(application_of, items)]


def look_around(record: Record, actor: Actor) -> Look:
    """Say what must be loaded to tell which commands an actor may give about a record."""
    case = application_of(record.key) if record.KIND in _PAPERS else (record.KIND, record.key)
    cases = [case[1]] if case[0] == Application.KIND else []
    differing = _differing(record) if isinstance(record, Bag) else []
    stock = [IN_STOCK] if record.KIND == Copy.KIND else []
    return Look([SETTINGS, case, *differing], [IN_FORCE, lent_to(actor.id), *stock], cases)


def _named(command: c.Command) -> Iterable[Ref]:
    if isinstance(command, c.Plan):
        return [*map(paper_ref, command.items), (Schedule.KIND, command.to.full())]
    if isinstance(command, c.Count):
        items = (*command.arrived, *command.damaged, *command.extra)
        return [*map(paper_ref, items), *map(application_of, items)]
    if isinstance(command, c.Destroy):
        return [
            *map(paper_ref, command.papers),
            *((Blanks.KIND, one.blanks) for one in command.blanks),
        ]
    if isinstance(command, c.Erase | c.Read):
        return [(Application.KIND, command.application.full())]
    if isinstance(command, c.Resolve):
        return paper_ref(command.item), application_of(command.item)
    return ()
