"""What a decision looks at, and what the shell must load for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from adminduk import commands as c
from adminduk.records import (
    Application,
    Bag,
    Copy,
    Notice,
    Original,
    Paper,
    Record,
    Schedule,
    Settings,
)
from adminduk.records.index import IN_FORCE
from adminduk.values import TrackingCode

__all__ = [
    "SETTINGS",
    "Ref",
    "World",
    "application_of",
    "needs",
    "paper_ref",
    "papers_of",
    "subject_of",
]

Ref = tuple[str, str]

_WHOLE_CASE = (
    c.HandOver,
    c.RecordHandover,
    c.Condemn,
    c.Found,
    c.DeclareLost,
    c.Void,
    c.Destroy,
    c.TurnOut,
    c.Print,
    c.Issue,
    c.Confirm,
    c.Revoke,
)
_WHOLE_BAG = (c.Unseal, c.Finish, c.WriteOff)
_CLOSABLE = (c.Submit, c.Attend, c.HandOver)
SETTINGS: Ref = (Settings.KIND, Settings.ID)


class World:
    """The records that were loaded; what was looked for and does not exist is known too."""

    def __init__(self) -> None:
        self._records: dict[Ref, Record | None] = {}
        self._groups: set[str] = set()

    def add(self, refs: Iterable[Ref], found: Iterable[Record]) -> None:
        """Take in what was found of what was looked for."""
        for ref in refs:
            self._records.setdefault(ref, None)
        for record in found:
            self._records[record.KIND, record.key] = record

    def add_group(self, group: str, members: Iterable[Record]) -> None:
        """Take in all records of a group, as they were stored; what is known already is newer."""
        self._groups.add(group)
        for one in members:
            self._records.setdefault((one.KIND, one.key), one)

    def knows(self, ref: Ref) -> bool:
        """Whether the record was looked for."""
        return ref in self._records

    def get(self, ref: Ref) -> Record | None:
        """Give a loaded record, or None where there is none."""
        return self._records[ref]

    def has_group(self, group: str) -> bool:
        """Whether the group was loaded."""
        return group in self._groups

    def in_bag(self, bag: str) -> list[Paper]:
        """Give the papers that are in a bag now, where its group was loaded."""
        assert self.has_group(bag), "what is in a bag is known once its group was loaded"
        records = self._records.values()
        return [one for one in records if isinstance(one, Copy | Original) and one.bag == bag]

    def notices(self) -> list[Notice]:
        """Give the notices that are in force, where they were loaded."""
        assert self.has_group(IN_FORCE), "what is closed is known once the notices were loaded"
        notices = [one for one in self._records.values() if isinstance(one, Notice)]
        return [one for one in notices if one.state == "in_force"]

    def put(self, record: Record) -> None:
        """Replace a record by what a decision made of it."""
        self._records[record.KIND, record.key] = record


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


def needs(command: c.Command, world: World) -> tuple[set[Ref], set[str]]:
    """Say which records and which bags' contents must still be loaded to decide the command."""
    subject = subject_of(command)
    refs = {subject, SETTINGS} | set(_named(command))
    groups: set[str] = {IN_FORCE} if isinstance(command, _CLOSABLE) else set()
    application = subject
    if subject[0] in {"copy", "original"}:
        application = application_of(subject[1])
        refs.add(application)
    if isinstance(command, _WHOLE_BAG):
        groups.add(subject[1])
    if world.knows(subject):
        record = world.get(subject)
        if isinstance(command, c.Seal) and isinstance(record, Bag):
            refs |= {paper_ref(item) for item in record.plan}
    whole_case = subject[0] == "application" or isinstance(command, _WHOLE_CASE)
    if whole_case and world.knows(application):
        refs |= set(papers_of(world.get(application)))
    return (
        {ref for ref in refs if not world.knows(ref)},
        {group for group in groups if not world.has_group(group)},
    )


def _named(command: c.Command) -> Iterable[Ref]:
    if isinstance(command, c.Plan):
        return [*map(paper_ref, command.items), (Schedule.KIND, command.to.full())]
    if isinstance(command, c.Count):
        return map(paper_ref, (*command.arrived, *command.damaged, *command.extra))
    return ()


def papers_of(record: Record | None) -> Iterable[Ref]:
    """Give the copies and originals of an application; nothing else has papers."""
    if isinstance(record, Application):
        code = record.key
        yield from (("copy", f"{code}/{number}") for number in range(1, record.copies + 1))
        yield from (("original", f"{code}/{item}") for item in record.originals)
