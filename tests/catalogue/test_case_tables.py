"""Cases as the sources tell them: facts in, papers out; each is read from a file of `cases/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen
from cattrs import Converter

from adminduk.catalogue import Condition, Service, load
from adminduk.checklist import Checklist, checklist, settle_facts

FOLDER = Path(__file__).parent / "cases"
FEWEST = 160
CATALOGUE = load()


@frozen(kw_only=True)
class Case:
    """A case, and what must be brought for it.

    Attributes:
        title: Who asks for what, in a few words.
        source: Where it is said what must be brought: the letter or article, and a public page.
        services: What is applied for.
        on: The day whose rules hold.
        facts: What is known of the case.
        needed: The papers that must be brought, and no others.
        channel: The door.
        warnings: The warnings that are given.
        objections: Why it is not for this case.
        attend: For what the person comes.
        after: What must be done first.
        taken: The originals that are taken in; left out where the source does not say.
    """

    title: str
    source: str
    services: list[str]
    on: date
    needed: list[str]
    facts: dict[str, Any] = field(factory=dict)
    channel: str = "village"
    warnings: list[str] = field(factory=list)
    objections: list[str] = field(factory=list)
    attend: list[str] = field(factory=list)
    after: list[str] = field(factory=list)
    taken: list[str] | None = None

    @property
    def known(self) -> dict[str, Any]:
        """The facts as conditions tell them apart."""
        return settle_facts(CATALOGUE, self.facts, {}, self.on)

    def checklist(self) -> Checklist:
        """Work out what must be brought."""
        return checklist(CATALOGUE, self.services, self.known, self.on, self.channel)

    def rules(self) -> list[Service]:
        """Give the rules it goes by."""
        return [CATALOGUE.service(one, self.on) for one in self.services]


def cases() -> Iterator[tuple[str, Case]]:
    """Read every case, with its file and place."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda value, _: value)
    for file in sorted(FOLDER.glob("*.toml")):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
        for place, table in enumerate(tables):
            yield f"{file.stem}-{place}", converter.structure(table, Case)


CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_what_must_be_brought(name: str):
    """The papers of the source, and no others; nothing is open."""
    case = CASES[name]
    todo = case.checklist()
    assert sorted(one.id for one in todo.needed) == sorted(case.needed), case.title
    assert [one.id for one in todo.questions] == []
    assert sorted(one.id for one in todo.warnings) == sorted(case.warnings)
    assert sorted(one.id for one in todo.objections) == sorted(case.objections)
    assert sorted(one.id for one in todo.attend) == sorted(case.attend)
    assert sorted(one.service for one in todo.after) == sorted(case.after)
    taken = [one.id for one in todo.needed if one.surrender is not None]
    assert case.taken is None or sorted(taken) == sorted(case.taken)


@pytest.mark.parametrize("name", CASES)
def test_a_case_says_where_it_is_from(name: str):
    """An instrument by its number, or a public page."""
    source = CASES[name].source
    assert any(mark in source for mark in ("UU ", "Perpres ", "Permendagri ", "SE ", "Surat "))


def test_there_are_many():
    """Of every service at least two."""
    assert len(CASES) >= FEWEST
    asked = [name for case in CASES.values() for name in case.services]
    assert {name for name in CATALOGUE.periods if asked.count(name) < 2} == set()


def conditions(service: Service, on: date) -> Iterator[tuple[str, Condition]]:
    """Give every condition of a service, with what it is about."""
    for item in service.items_on(on):
        yield item.id, item.when
        for one in item.substitutes:
            yield f"{one.id} for {item.id}", one.when
    for notice in (*service.objections, *service.warnings, *service.attend):
        yield notice.id, notice.when
    for first in service.after:
        yield first.service, first.when


def test_every_condition_is_seen_both_ways():
    """A rule that no case tells apart is not tested."""
    seen: dict[tuple[str, str, str], set[bool | None]] = {}
    for case in CASES.values():
        for service in case.rules():
            for about, condition in conditions(service, case.on):
                verdicts = seen.setdefault((service.id, about, repr(condition)), set())
                verdicts.add(condition.holds(case.known) if condition.tables else None)
    one_way = [key[:2] for key, verdicts in seen.items() if verdicts in ({True}, {False})]
    assert one_way == []
