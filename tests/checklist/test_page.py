"""The page to take home: whole, short, and in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from checklist_laws import DAY, PAPERS, TEXT, catalogue_of, fact, item, law, notice, service

from adminduk.catalogue import Condition, Service, Surrender, load
from adminduk.checklist import checklist, take_home

ON = date(2025, 1, 2)
CATALOGUE = load()
FITS: int = 2500
"""Letters that a message on a phone shows without effort."""

LOST = fact("lost", True, False)
WHEN_LOST = Condition(({"lost": frozenset({True})},))


def page(
    *papers: object, language: str = "en", known: dict[str, bool] | None = None, **more: object
):
    """Give the page of an invented service."""
    rules = law(service("s", *papers, **more), base=catalogue_of({"lost": LOST}, []))  # type: ignore[arg-type] # items
    todo = checklist(rules, ["s"], known or {}, DAY, "village")
    return take_home(todo, [TEXT], language).splitlines()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("one", CATALOGUE.services(ON), ids=lambda one: one.id)
def test_every_service_fits_a_message(one: Service, language: str):
    """Even if nothing is known of the case, so that everything that may be needed is named."""
    for channel in ("village", "counter", "online"):
        todo = checklist(CATALOGUE, [one.id], {}, ON, channel)
        text = take_home(todo, [one.name], language)
        assert len(text) <= FITS
        for paper in todo.items:
            assert paper.status == "not_needed" or paper.name.in_language(language) in text


def test_what_is_certain_and_what_is_open_are_told_apart():
    """In this order; what stays with the office is said."""
    kept = item("q", surrender=Surrender("handover", "kept"))
    lines = page(item("p"), kept, item("r", when=WHEN_LOST))
    assert lines[:5] == [
        "What to bring for: text",
        "1. text (the original, to be scanned)",
        "2. text (the original, to be scanned; the original stays with the office)",
        "Perhaps also, depending on what is not known yet:",
        "- text (the original, to be scanned)",
    ]


def test_what_is_given_back_is_not_said_to_stay():
    """A certificate that gets a note and goes home again."""
    lent = item("p", surrender=Surrender("verification", "returned"))
    assert page(lent)[1] == (
        "1. text (the original, to be scanned; the original is given back afterwards)"
    )


def test_of_a_form_it_is_said_what_is_written_on_it():
    """Who does not know that two witnesses are named comes twice."""
    form = evolve(item("p"), paper=evolve(PAPERS["p"], form="F-2.01"))
    assert page(form)[1] == "1. text, F-2.01 (the original, to be scanned). text"


def test_whoever_it_is_not_for_is_told_why_and_nothing_else():
    """Nobody brings papers for nothing."""
    lines = page(item("p"), known={"lost": True}, objections=(notice("no", WHEN_LOST),))
    assert lines == ["What to bring for: text", "This is not for your case:", "- text"]


def test_in_indonesian():
    """The same, in the other language."""
    assert page(item("p"), language="id")[0] == "Yang perlu dibawa untuk: teks"
