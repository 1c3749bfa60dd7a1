"""Where a case stands with its list, and what should be said of it, before anybody decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from adminduk.catalogue import Catalogue, Party
from adminduk.checklist import Brought, Checklist, Progress, checklist, progress, settle_facts
from adminduk.errors import Fault
from adminduk.records import Application, Person
from adminduk.regions.nik import nik_warnings
from adminduk.values import RegionCode, first_recording_faults

__all__ = ["CaseProgress", "case_progress"]


@frozen(kw_only=True)
class CaseProgress:
    """Where a case stands with its list.

    Attributes:
        code: Its tracking code.
        todo: The list, by the rules that the case keeps; by those of today for a draft.
        progress: What of it is there.
        warnings: What is odd about its people; nothing of it is an error.
    """

    code: str
    todo: Checklist
    progress: Progress
    warnings: tuple[Fault, ...]

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "code": self.code,
            "complete": self.progress.complete,
            "items": {paper: stage.value for paper, stage in self.progress.stages.items()},
            "undecided": list(self.progress.undecided),
            "spare": list(self.progress.spare),
            "warnings": [
                *(
                    {"path": "", "code": one.id, "message": one.text.in_language(language)}
                    for one in self.todo.warnings
                ),
                *(one.as_dict(language) for one in self.warnings),
            ],
            "list": self.todo.as_dict(language),
        }


def case_progress(catalogue: Catalogue, application: Application, today: date) -> CaseProgress:
    """Say where a case stands.

    Raises:
        InvalidInput: What is said of it contradicts itself.
        NoRuleInForce: No rule is known for the day whose rules it keeps.
    """
    case, on = application.case, application.rules or today
    facts = settle_facts(catalogue, case.facts, case.people, on)
    channel = application.channel.value
    todo = checklist(catalogue, application.services, facts, on, channel)
    brought = {one.item: Brought(one.shown.way, one.shown.dated) for one in application.evidence}
    parties = [
        party
        for service in application.services
        for party in catalogue.service(service, on).parties
    ]
    return CaseProgress(
        code=application.key,
        todo=todo,
        progress=progress(todo, brought, today),
        warnings=tuple(_people_warnings(parties, case.people, application.region)),
    )


def _people_warnings(
    parties: list[Party], people: dict[str, Person], region: RegionCode
) -> Iterator[Fault]:
    """Give what is odd about the people of a case: a NIK that disagrees, a name unlike the rules.

    Names are held against the rules (Permendagri 73/2022) only where they are recorded for the
    first time.
    """
    first = {party.id for party in parties if party.first_recording}
    for party, person in people.items():
        if person.nik is not None:
            odd = nik_warnings(
                person.nik, birth_date=person.birth_date, sex=person.sex, region=region
            )
            yield from (one.under(f"people.{party}.nik") for one in odd)
        if party in first and person.name is not None:
            found = first_recording_faults(person.name)
            yield from (
                one.under(f"people.{party}.name") for one in (*found.faults, *found.warnings)
            )
