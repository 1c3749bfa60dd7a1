"""A case as somebody reads it: what their role needs of it, and no more."""

from __future__ import annotations

from typing import Any

from attrs import asdict, frozen

from adminduk.authority import NAMES_ONLY
from adminduk.decide import Look
from adminduk.office.shelf import Shelf
from adminduk.records import Application, Case, Copy, Original, Paper, Person, Reading
from adminduk.records.changed import changed

__all__ = ["CaseFile", "case_file"]


@frozen
class CaseFile:
    """A case and its papers, as the reader may see them.

    Attributes:
        reading: What was written down of the reading.
        application: The case; its personal part is None once its key was destroyed.
        papers: Its copies and originals.
    """

    reading: Reading
    application: Application
    papers: tuple[Paper, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data; numbers of people are masked."""
        case, personal = self.application, self.application.personal
        return {
            "code": case.key,
            "state": case.state,
            "region": case.region.full(),
            "services": list(case.services),
            "applicant": None if personal is None else _told(personal.applicant),
            "people": {
                party: _told(one) for party, one in (personal.people if personal else {}).items()
            },
            "facts": dict(personal.facts) if personal else {},
            "faults": dict(personal.faults) if personal else {},
            "evidence": {one.item: one.shown.way.value for one in case.evidence},
            "papers": {one.key: one.state for one in self.papers},
            "reading": self.reading.id,
        }


def _told(person: Person) -> dict[str, Any]:
    said = asdict(person, recurse=False)
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in said.items()
        if value is not None
    }


def case_file(shelf: Shelf, code: str, reading: str) -> CaseFile:
    """Give a case as who made a reading of it may see it."""
    ref, about = (Reading.KIND, reading), (Application.KIND, code)
    found = {key: one.record for key, one in shelf.look(Look([ref, about], cases=[code])).items()}
    noted, case = found[ref], found[about]
    assert isinstance(noted, Reading)
    assert isinstance(case, Application)
    papers = [one for one in found.values() if isinstance(one, Copy | Original)]
    if noted.post.role in NAMES_ONLY:
        case = changed(case, evidence=(), personal=_named(case.personal))
        papers = [changed(one, personal=None) for one in papers]
    return CaseFile(noted, case, tuple(sorted(papers, key=lambda one: one.key)))


def _named(personal: Case | None) -> Case | None:
    if personal is None:
        return None
    people = {party: Person(name=one.name) for party, one in personal.people.items()}
    return Case(applicant=Person(name=personal.applicant.name), people=people, facts={})
