"""A case is as far as its papers are: there, missing, shown otherwise, or too old."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from checklist_laws import (
    DAY,
    HANDED_IN,
    SCAN,
    SEEN,
    Question,
    catalogue_of,
    fact,
    item,
    law,
    questions,
    service,
    ways,
)
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import Certainty, Citation, Condition, Validity, Way
from adminduk.checklist import Brought, Checklist, Stage, checklist, progress

LOST = fact("lost", True, False)
WHEN_LOST = Condition(({"lost": frozenset({True})},))
VALID = Validity(
    days=30,
    content=Certainty.REPORTED,
    cite=(Citation("law", Certainty.ASSUMED),),  # type: ignore[arg-type] # an invented law
)


def todo(**known: bool) -> Checklist:
    """Ask for a paper that is scanned, one that does not keep, and one of what is lost."""
    rules = law(
        service(
            "s",
            item("p", show=ways({SCAN}, {SEEN})),
            item("q", valid=VALID),
            item("r", when=WHEN_LOST),
        ),
        base=catalogue_of({"lost": LOST}, []),
    )
    return checklist(rules, ["s"], known, DAY, "village")


def test_what_is_not_brought_is_missing():
    """Of all that must be brought; what need not be is not missing."""
    found = progress(todo(lost=False), {}, DAY)
    assert found.stages == {"p": Stage.MISSING, "q": Stage.MISSING}
    assert not found.complete


def test_all_that_is_needed_completes_it():
    """What is brought besides is spare."""
    brought = dict.fromkeys("pqx", Brought(SCAN))
    found = progress(todo(lost=False), brought, DAY)
    assert found.at(Stage.ACCEPTED) == ("p", "q")
    assert found.spare == ("x",)
    assert found.complete


def test_the_way_must_be_one_of_the_door():
    """A paper shown at the desk is none where it must be scanned."""
    found = progress(todo(lost=False), {"p": Brought(SEEN), "q": Brought(SCAN)}, DAY)
    assert found.at(Stage.WRONG_WAY) == ("p",)
    assert not found.complete


@pytest.mark.parametrize(("age", "stage"), [(0, "accepted"), (30, "accepted"), (31, "expired")])
def test_a_paper_may_be_too_old(age: int, stage: str):
    """By the day on it; it is taken to the last day, that included."""
    brought = {"q": Brought(SCAN, DAY - timedelta(days=age)), "p": Brought(SCAN)}
    found = progress(todo(lost=False), brought, DAY)
    assert found.stages["q"] == stage
    assert found.complete is (stage == "accepted")


def test_a_paper_that_keeps_is_never_too_old():
    """Nor is one on which no day is known."""
    brought = {"p": Brought(SCAN, date(1990, 1, 1)), "q": Brought(SCAN)}
    assert progress(todo(lost=False), brought, DAY).complete


def test_it_is_not_complete_while_something_is_open():
    """Even if everything that is certainly needed is there."""
    found = progress(todo(), {"p": Brought(SCAN), "q": Brought(SCAN)}, DAY)
    assert found.undecided == ("r",)
    assert not found.complete


def test_of_two_services_the_shorter_time_holds():
    """A paper that both ask for must be young enough for both."""
    rules = law(
        service("s", item("q", valid=VALID)),
        service("t", item("q", valid=evolve(VALID, days=7))),
        service("u", item("q")),
    )
    (paper,) = checklist(rules, ["u", "s", "t"], {}, DAY, "village").needed
    assert paper.valid is not None
    assert paper.valid.days == 7


brought_papers = st.dictionaries(
    st.sampled_from("pqrst"), st.builds(Brought, st.sampled_from((SCAN, SEEN, HANDED_IN)))
)


@given(questions(), brought_papers)
def test_every_paper_stands_somewhere(question: Question, brought: dict[str, Brought]):
    """What is needed has a stage, what is open is named; the rest that was brought is spare."""
    asked = checklist(question.rules, question.services, question.known, DAY, question.channel)
    found = progress(asked, brought, DAY)
    assert list(found.stages) == [one.id for one in asked.needed]
    assert set(found.spare) == set(brought) - set(found.stages) - set(found.undecided)
    for one in asked.needed:
        there = one.id in brought and brought[one.id].way in one.ways
        assert (found.stages[one.id] is Stage.ACCEPTED) is there


@given(questions())
def test_showing_each_paper_in_a_way_that_is_taken_completes_a_final_list(question: Question):
    """Nobody has to come twice."""
    asked = checklist(question.rules, question.services, question.known, DAY, question.channel)
    brought = {one.id: Brought(min(one.ways, key=list(Way).index)) for one in asked.needed}
    open_items = any(one.status == "undecided" for one in asked.items)
    assert progress(asked, brought, DAY).complete is not open_items


def test_a_day_at_the_end_of_time():
    """Whatever stands on a paper, its age can be told."""
    brought = {"p": Brought(Way.SCAN), "q": Brought(Way.SCAN, date.max)}
    assert progress(todo(lost=False), brought, DAY).complete
    brought["q"] = Brought(Way.SCAN, date.min)
    assert progress(todo(lost=False), brought, date.max).at(Stage.EXPIRED) == ("q",)
