"""Whose data was laid open: what the notice of a breach must say, as the office can know it.

UU 27/2022 ps 46; how it happened and what is done about it nobody can read from the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import attrs
from attrs import field, frozen

from adminduk.catalogue import Citation
from adminduk.decide import Look
from adminduk.language import N_, translate
from adminduk.office.shelf import Shelf
from adminduk.privacy import Kind, PrivacyClass, load
from adminduk.records import Application, Case, Erasure, Person, Reading
from adminduk.values import RegionCode

__all__ = ["Affected", "Breach", "breach_of"]

_CHILD: Final = "child"
_TITLE: Final = N_("Notice of a failure to protect personal data")
_FORGOTTEN: Final = N_("Cases whose people were erased since, so that nobody can be told: {count}.")
_ENCRYPTED: Final = N_(
    "It is encrypted, with a key for each case: [say whether the master key was taken too]."
)
_NOTICE_LINES: Final = (
    N_("When: {since} to {until}; found out {found}."),
    N_("To be told by: {by}."),
    N_("Protected data: {protected}"),
    N_("Specific data: {specific}"),
    N_("General data: {general}"),
)
_TO_FILL_IN: Final = (
    N_("How it was revealed: [say how]."),
    N_("What is done to handle it and to recover: [say what]."),
    N_("Whom to ask: [name, address and telephone of the office]."),
)


@frozen
class Affected:
    """Somebody whose data was there.

    Attributes:
        who: A number of theirs in what is told: who is there several times has it each time.
        name: Masked; None: it is not known, as the next two.
        nik: Masked.
        phone: Masked.
        code: The tracking code of a case of theirs.
        region: Its village.
        party: What they are in it.
        is_child: Whether all of it is specific, being a child's.
        since: Since when their data was there.
        fields: Which of it.
        contact: Name and phone in full, where they were asked for: to tell them.
    """

    who: int
    name: str | None
    nik: str | None
    phone: str | None
    code: str
    region: str
    party: str
    is_child: bool
    since: datetime
    fields: tuple[str, ...]
    contact: Mapping[str, str | None] | None = field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data; masked, but for the contact if that was asked for."""
        return {
            "name": self.name,
            "nik": self.nik,
            "phone": self.phone,
            "code": self.code,
            "region": self.region,
            "party": self.party,
            "child": self.is_child,
            "since": self.since.isoformat(),
            "fields": list(self.fields),
            **(self.contact or {}),
        }


@frozen
class Breach:
    """What can be said of a breach.

    Attributes:
        since: When it began.
        until: When it ended.
        found: When it was found out; by three days later it is told.
        cases: How many cases were there.
        erased: How many of them were erased before; of those nobody is affected.
        forgotten: How many were erased since: their people were, and nobody can tell them any more.
        affected: Whose data was there; who is in several cases comes once for each.
        readers: Who read such cases in that time, in which post, and how many of them.
        kinds: How often each kind of data was there, by its id.
        encrypted: Whether what is personal was encrypted, each case under a key of its own.
    """

    since: datetime
    until: datetime
    found: datetime
    cases: int
    erased: int
    forgotten: int
    affected: tuple[Affected, ...]
    readers: Mapping[tuple[str, str], int]
    kinds: Mapping[str, int]
    encrypted: bool

    @property
    def by(self) -> datetime:
        """Until when it must have been told: 3 x 24 hours."""
        return self.found + timedelta(hours=load().notice_hours)

    @property
    def people(self) -> int:
        """How many people; whom nothing tells apart is counted each time."""
        return len({one.who for one in self.affected})

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "found": self.found.isoformat(),
            "by": self.by.isoformat(),
            "cases": self.cases,
            "erased": self.erased,
            "forgotten": self.forgotten,
            "people": self.people,
            "children": len({one.who for one in self.affected if one.is_child}),
            "encrypted": self.encrypted,
            "kinds": {id_: _told(load().kinds[id_], count) for id_, count in self.kinds.items()},
            "readers": [
                {"by": by, "post": post, "cases": count}
                for (by, post), count in self.readers.items()
            ],
            "affected": [one.as_dict() for one in self.affected],
            "notice": {language: self.notice(language) for language in ("id", "en")},
        }

    def masked(self) -> Breach:
        """Give the same without anybody's contact, as it may be shown."""
        affected = tuple(attrs.evolve(one, contact=None) for one in self.affected)
        return attrs.evolve(self, affected=affected)

    def notice(self, language: str) -> list[str]:
        """Write what is told to the people concerned and to the agency, a line a sentence.

        What stands in square brackets only the office knows.
        """
        table = load()
        duties = (table.duties["notice"], table.duties["content"])
        asked = [f"{one.says.in_language(language)} ({_cited(one.law)})" for one in duties]
        facts = {"count": self.forgotten, "people": self.people, **self._times()}
        facts["cases"] = len({one.code for one in self.affected})
        for data_class in PrivacyClass:
            names = [table.kinds[id_] for id_ in self.kinds]
            said = [one.name.in_language(language) for one in names if one.data_class is data_class]
            facts[data_class.value] = "; ".join(said) or "–"
        lines = [
            N_("People concerned: {people}, in {cases} cases."),
            *([_FORGOTTEN] if self.forgotten else []),
            *_NOTICE_LINES,
            _ENCRYPTED if self.encrypted else N_("It is not encrypted."),
            *_TO_FILL_IN,
        ]
        title = translate(_TITLE, language)
        return [title, *asked, *(translate(one, language).format(**facts) for one in lines)]

    def _times(self) -> dict[str, object]:
        names = ("since", "until", "found", "by")
        return {name: f"{getattr(self, name):%Y-%m-%d %H:%M%z}" for name in names}


def _cited(law: Citation) -> str:
    instrument = load().instruments[law.instrument]
    return f"{instrument.title} ps {law.article}"


def _told(kind: Kind, count: int) -> dict[str, Any]:
    return {
        "name": {"id": kind.name.id, "en": kind.name.en},
        "class": kind.data_class.value,
        "count": count,
        "law": [str(one) for one in kind.law],
    }


def _who(person: Person, code: str) -> tuple[object, ...]:
    if person.nik is not None:
        return (person.nik,)
    return (person.name, person.birth_date, person.birth_order, code)


def breach_of(
    shelf: Shelf,
    since: datetime,
    until: datetime,
    found: datetime,
    *,
    region: RegionCode | None,
    codes: frozenset[str] | None,
    readings: Callable[[str], Iterable[Reading]],
    encrypted: bool,
    contacts: bool,
) -> Breach:
    """Find whose data was in the store at some time in between.

    Args:
        shelf: Where it is.
        since: When it began.
        until: When it ended.
        found: When it was found out.
        region: Only cases of this region, or below it.
        codes: Only these cases.
        readings: Gives who read a case.
        encrypted: Whether what is personal is encrypted.
        contacts: Whether names and phones are asked for in full.
    """
    readers = Counter[tuple[str, str]]()
    affected, kinds = list[Affected](), Counter[str]()
    numbers: dict[tuple[object, ...], int] = {}
    cases = erased = forgotten = 0
    wanted = {} if region is None else {"region": region.full()}
    for one in shelf.records(kind=Application.KIND, **wanted):
        assert isinstance(one, Application)
        if one.begun > until or (codes is not None and one.key not in codes):
            continue
        cases += 1
        if one.personal is None:
            is_past = _erased_by(shelf, one, since)
            erased, forgotten = erased + is_past, forgotten + (not is_past)
            continue
        kinds.update(_kinds(one, one.personal))
        for party, person in _people(one.personal):
            who = numbers.setdefault(_who(person, one.key), len(numbers) + 1)
            affected.append(_affected(one, party, person, who, contacts=contacts))
        readers.update(
            {
                (each.by, str(each.post))
                for each in readings(one.key)
                if since <= each.begun <= until
            }
        )
    ordered = {id_: kinds[id_] for id_ in load().kinds if kinds[id_]}
    return Breach(
        since=since,
        until=until,
        found=found,
        cases=cases,
        erased=erased,
        forgotten=forgotten,
        affected=tuple(affected),
        readers=dict(sorted(readers.items())),
        kinds=ordered,
        encrypted=encrypted,
    )


def _erased_by(shelf: Shelf, application: Application, moment: datetime) -> bool:
    """Whether the people of a case were erased by a moment."""
    ref = (Erasure.KIND, application.key)
    found = shelf.look(Look([ref])).get(ref)
    return found is not None and found.record.begun <= moment


def _people(case: Case) -> Iterator[tuple[str, Person]]:
    """Give the people of a case; who applies for themself is told of once."""
    told: set[Person] = set()
    for party, person in (("applicant", case.applicant), *case.people.items()):
        same = attrs.evolve(person, phone=None)
        if same not in told:
            told.add(same)
            yield party, person


def _affected(
    application: Application, party: str, person: Person, who: int, *, contacts: bool
) -> Affected:
    names = {"name": person.name, "phone": person.phone}
    full = {name: None if one is None else one.full() for name, one in names.items()}
    return Affected(
        who=who,
        name=None if person.name is None else person.name.masked(),
        nik=None if person.nik is None else person.nik.masked(),
        phone=None if person.phone is None else person.phone.masked(),
        code=application.key,
        region=application.region.full(),
        party=party,
        is_child=_is_child(party, person, application.begun),
        since=application.begun,
        fields=tuple(_fields(person)),
        contact=full if contacts else None,
    )


def _fields(person: Person) -> Iterator[str]:
    for one in attrs.fields(Person):
        if getattr(person, one.name) is not None:
            yield one.name


def _is_child(party: str, person: Person, on: datetime) -> bool:
    if party == _CHILD:
        return True
    born = person.birth_date
    if born is None:
        return False
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years < load().child_under


def _kinds(application: Application, case: Case) -> Iterator[str]:
    """Give the kinds of data that a case holds, each as often as it is there."""
    table = load()
    for party, person in (("applicant", case.applicant), *case.people.items()):
        yield from (table.kind_of("Person", name).id for name in _fields(person))
        if _is_child(party, person, application.begun):
            yield _CHILD
    yield from (table.kind_of("fact", name).id for name in case.facts if table.named("fact", name))
    yield from ("scan" for one in application.evidence for _ in one.shown.scans)
    yield from ("words" for _ in case.faults)
    yield from ("search" for _ in application.keys)
