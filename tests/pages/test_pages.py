"""The words of the pages for people, where it is easy to say the wrong thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve, has
from tests.pages.context import Context
from tests.pages.service import lines, service_page
from tests.pages.snapshot import snapshot
from tests.pages.wording import condition, day

from adminduk.catalogue import (
    Catalogue,
    Certainty,
    Citation,
    Condition,
    Fact,
    FactValue,
    Service,
    Text,
    load,
)
from adminduk.catalogue.law import Id
from adminduk.catalogue.outline import parts

_FACTS = {
    "age": Fact(
        id=Id("age"), kind="number", ask=Text("Berapa umurnya?", "How old?"), cuts=(5, 12, 17)
    ),
    "lost": Fact(id=Id("lost"), kind="yes_no", ask=Text("Apakah hilang?", "Is it lost?")),
    "who": Fact(
        id=Id("who"),
        kind="choice",
        ask=Text("Siapa?", "Who?"),
        values={Id("self"): Text("sendiri", "oneself"), Id("other"): Text("lain", "another")},
    ),
}


@pytest.mark.parametrize(
    ("allowed", "id_", "en"),
    [
        ({0}, "**Kurang dari 5**", "**Less than 5**"),
        ({5, 12}, "**5 sampai 16**", "**5 to 16**"),
        ({17}, "**17 atau lebih**", "**17 or more**"),
        ({0, 17}, "**Kurang dari 5** atau **17 atau lebih**", "**Less than 5** or **17 or more**"),
    ],
)
def test_numbers_are_said_as_ranges(allowed: set[FactValue], id_: str, en: str) -> None:
    """Parts between cuts that follow each other are one range; its end is included."""
    one = Condition(({"age": frozenset(allowed)},))
    assert condition(one, _FACTS, "id") == f"*Berapa umurnya?* {id_}"
    assert condition(one, _FACTS, "en") == f"*How old?* {en}"


def test_every_question_has_its_answer_and_every_answer_is_told_apart() -> None:
    """All of a table must hold, any of several; answers that count are each in bold."""
    everybody = frozenset[FactValue]({"self", "other"})
    one = Condition(({"lost": frozenset({False}), "who": everybody}, {"age": frozenset({17})}))
    assert condition(one, _FACTS, "en") == (
        "*Is it lost?* **No**, and *Who?* **Oneself** or **another**; or *How old?* **17 or more**"
    )


def test_day_is_said_as_in_a_letter() -> None:
    """Not as programs write it."""
    assert day(date(2021, 9, 8), "id") == "8 September 2021"
    assert day(date(2022, 5, 1), "id") == "1 Mei 2022"


@pytest.mark.parametrize("name", sorted(load().periods))
def test_page_has_a_note_of_every_rule(name: str) -> None:
    """What a kind of rule asks for cannot be left out of the pages."""
    service = load().periods[name][-1]
    page = Context(load(), service, "id")
    list(lines(page))
    assert set(_cited(service)) - page.basis.notes.keys() == set()


def _cited(rule: Any) -> Iterator[tuple[Certainty, tuple[Citation, ...]]]:
    if hasattr(rule, "cite"):
        yield rule.content, rule.cite
    for _, part in parts(rule):
        if has(type(part)):
            yield from _cited(part)


def _sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {title: body for title, _, body in (one.partition("\n") for one in parts)}


def test_what_is_no_longer_asked_for_stands_apart() -> None:
    """Who reads the page brings what is asked for now."""
    service = load().periods["kk-hilang"][-1]
    ended = [evolve(one, until=date(2030, 1, 1)) for one in service.items if one.id == "f-1-02"]
    found = _sections(service_page(_with(evolve(service, items=tuple(ended))), service.id, "en"))
    assert "What is always brought" not in found
    assert "(until 1 January 2030)" in found["What is asked for until a certain day"]


def test_page_is_of_the_latest_rules() -> None:
    """And the snapshot has all of them."""
    service = load().periods["kk-hilang"][-1]
    before = evolve(service, since=date(2019, 1, 1), until=date(2020, 6, 30))
    both = evolve(load(), periods={service.id: (before, service)})
    assert service_page(both, service.id, "id") == service_page(load(), service.id, "id")
    assert "service kk-hilang 2019-01-01 until: 2020-06-30" in snapshot(both).splitlines()


def _with(service: Service) -> Catalogue:
    return evolve(load(), periods={"kk-hilang": (service,)})
