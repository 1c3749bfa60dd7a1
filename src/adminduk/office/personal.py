"""All that an office holds of one person, for that person; of others in it nothing in full."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
from attrs import frozen

from adminduk.codec import dump
from adminduk.journal import Change
from adminduk.office.shelf import Shelf
from adminduk.privacy import load
from adminduk.records import Application, Case, Collector, Copy, Paper, Person, Reading, Relation
from adminduk.records.index import number_key
from adminduk.values import NIK

__all__ = ["CaseOfPerson", "PersonalData", "codes_of"]


@frozen
class CaseOfPerson:
    """A case as it is told to one of its people.

    Attributes:
        application: The case.
        papers: Its copies and originals.
        history: What happened to them.
        readings: Who read it.
    """

    application: Application
    papers: tuple[Paper, ...]
    history: tuple[Change, ...]
    readings: tuple[Reading, ...]

    def as_dict(self, nik: NIK) -> dict[str, Any]:
        """Give it as plain data, in full of the person with that number."""
        one, case = self.application, self.application.case
        people = {"applicant": case.applicant, **case.people}
        own = {party: person for party, person in people.items() if person.nik == nik}
        told: dict[str, Any] = {
            "code": one.key,
            "services": list(one.services),
            "region": one.region.full(),
            "channel": one.channel.value,
            "state": one.state,
            "begun": one.begun.isoformat(),
            "roles": list(own),
            "you": {party: dump(person) for party, person in own.items()},
            "others": {
                party: _masked(person) for party, person in people.items() if party not in own
            },
            "shown": [
                {"item": each.item, "way": each.shown.way.value, "at": each.at.isoformat()}
                for each in one.evidence
            ],
            "papers": [_paper(paper, is_own="applicant" in own) for paper in self.papers],
            "history": [
                {"at": change.at.isoformat(), "do": change.do, "of": change.id, "by": change.post}
                for change in self.history
            ],
            "read": [
                {"at": each.begun.isoformat(), "by": str(each.post)} for each in self.readings
            ],
        }
        return told | (_said(case, one) if "applicant" in own else {})


def _said(case: Case, application: Application) -> dict[str, Any]:
    """Give what the applicant told, and was told, of the whole case."""
    return {
        "answers": dict(case.facts),
        "returned": dict(case.faults),
        "reason": case.reason,
        "scans": [
            {"item": one.item, "digest": scan.digest, "type": scan.type, "size": scan.size}
            for one in application.evidence
            for scan in one.shown.scans
        ],
    }


def _masked(person: Person) -> dict[str, str]:
    """Give what tells another person apart, and no more."""
    shown = {"name": person.name, "nik": person.nik}
    return {name: value.masked() for name, value in shown.items() if value is not None}


def _paper(paper: Paper, *, is_own: bool) -> dict[str, Any]:
    what = paper.product if isinstance(paper, Copy) else paper.item
    told: dict[str, Any] = {"id": paper.key, "what": what, "state": paper.state}
    if isinstance(paper, Copy):
        told |= {"blank": paper.blank, "link": paper.link if is_own else ""}
    return told | (
        {} if paper.personal is None else {"received_by": _receiver(paper.personal, is_own)}
    )


def _receiver(collector: Collector, is_own: bool) -> dict[str, str]:
    in_full = is_own and collector.relation is Relation.SELF
    name = collector.name.full() if in_full else collector.name.masked()
    return {"name": name, "relation": collector.relation.value}


@frozen
class PersonalData:
    """What an office holds of a person.

    Attributes:
        nik: Their number.
        office: The office.
        made: When this was made.
        cases: The cases in which they are.
    """

    nik: NIK
    office: str
    made: datetime
    cases: tuple[CaseOfPerson, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data, in full; with what each kind of it is for, and how long kept."""
        fields = [("Person", one.name) for one in attrs.fields(Person)]
        kinds = {load().kind_of(*one).id: load().kind_of(*one) for one in fields}
        return {
            "nik": self.nik.full(),
            "office": self.office,
            "made": self.made.isoformat(),
            "cases": [one.as_dict(self.nik) for one in self.cases],
            "about": [
                {
                    "name": {"id": one.name.id, "en": one.name.en},
                    "class": one.data_class.value,
                    "purpose": one.purpose,
                    "sees": one.sees,
                    "kept": one.kept,
                }
                for one in kinds.values()
            ],
        }


def codes_of(shelf: Shelf, nik: NIK) -> list[str]:
    """Find the cases of a person by the keyed index of their number; what is erased has none."""
    return [row.id for row in shelf.rows(key=shelf.keyring.blind(number_key(nik.full())))]
