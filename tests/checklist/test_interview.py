"""An interview asks what can still matter, ends, and gives the list that all facts give at once."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from checklist_laws import (
    DAY,
    Question,
    catalogue_of,
    completions,
    fact,
    item,
    law,
    notice,
    questions,
    service,
)
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import Condition, FactValue, Party
from adminduk.checklist import Checklist, Interview, checklist
from adminduk.errors import InvalidInput

Facts = dict[str, FactValue]


def begun(question: Question) -> Interview:
    """Begin where what is known is known."""
    return Interview(
        catalogue=question.rules,
        services=question.services,
        on=DAY,
        channel=question.channel,
        facts=question.known,
    )


def listed(question: Question, facts: Facts) -> Checklist:
    """Ask for the list of a case of which this is known."""
    return checklist(question.rules, question.services, facts, DAY, question.channel)


def told(todo: Checklist) -> Any:
    """Give what a list tells people, or that it is not for them, and why."""
    if todo.objections:
        return [one.id for one in todo.objections]
    needed = {(one.id, one.ways, one.surrender) for one in todo.needed}
    return needed, {one.id for one in todo.attend}, {one.service for one in todo.after}


@given(questions(), st.randoms(use_true_random=False))
def test_the_list_is_that_of_all_facts_at_once(question: Question, chance: Random):
    """However few questions were asked; where it is not for the case, that is what all say."""
    case = chance.choice(completions(question))
    interview = begun(question)
    while interview.question is not None:
        interview = interview.answered(case[interview.question.id])
    everything = listed(question, case)
    if interview.todo.objections:
        assert {one.id for one in interview.todo.objections} <= {
            one.id for one in everything.objections
        }
    else:
        assert interview.todo.final
        assert told(interview.todo) == told(everything)


@given(questions(), st.randoms(use_true_random=False))
def test_a_question_is_asked_once_and_it_ends(question: Question, chance: Random):
    """Whether people know the answers or not."""
    interview, asked = begun(question), set(question.known)
    while (next_one := interview.question) is not None:
        assert next_one.id not in asked
        asked.add(next_one.id)
        if chance.random() < 0.3:
            interview = interview.unanswered()
        else:
            interview = interview.answered(chance.choice(interview.answers))


@given(questions())
def test_no_question_is_asked_whose_answer_cannot_matter(question: Question):
    """There are two cases that differ in the answer, and in what must be brought.

    Where facts are not tied to each other by what cannot be, they differ in the answer alone.
    """
    interview = begun(question)
    if (asked := interview.question) is None:
        return
    tied = question.rules.tied[asked.id]
    cases = completions(question)
    by_rest: dict[frozenset[tuple[str, FactValue]], list[Any]] = {}
    for case in cases:
        rest = frozenset((name, value) for name, value in case.items() if name not in tied)
        by_rest.setdefault(rest, []).append(told(listed(question, case)))
    assert any(one != others[0] for others in by_rest.values() for one in others)


@given(questions())
def test_nothing_is_asked_where_every_case_gives_one_list(question: Question):
    """Then there is nothing left to know."""
    lists = [told(listed(question, case)) for case in completions(question)]
    if all(one == lists[0] for one in lists):
        assert begun(question).question is None


@given(questions())
def test_the_answers_are_those_that_can_be(question: Question):
    """Just those that some case has in which all that is known holds."""
    interview = begun(question)
    if (asked := interview.question) is not None:
        possible = {case[asked.id] for case in completions(question)}
        assert set(interview.answers) == possible
    else:
        assert interview.answers == ()


LOST, MARRIED = fact("lost", True, False), fact("married", True, False)
TWO = catalogue_of({"lost": LOST, "married": MARRIED}, [])


def when(**facts: FactValue) -> Condition:
    """Ask for facts together."""
    return Condition(({name: frozenset({value}) for name, value in facts.items()},))


def interview_of(*services: Any, **facts: FactValue) -> Interview:
    """Begin an interview about services over two facts."""
    names = tuple(one.id for one in services)
    rules = law(*services, base=TWO)
    return Interview(catalogue=rules, services=names, on=DAY, channel="village", facts=facts)


def test_first_is_asked_whether_it_is_for_the_case_at_all():
    """Nobody looks for papers of something that is not theirs."""
    papers = [item("p", when=when(lost=True)), item("q", when=when(lost=True))]
    asked = interview_of(service("s", *papers, objections=(notice("no", when(married=True)),)))
    assert asked.question is MARRIED
    assert asked.answered(True).question is None
    assert asked.answered(False).question is LOST


def test_whom_it_is_about_is_asked_before_their_papers():
    """Nobody is asked for the marriage of parents whom nobody knows."""
    papers = [item("p", when=when(lost=True)), item("q", when=when(married=True))]
    papers.append(item("r", when=when(married=False)))
    people = (Party(id="mother", when=when(lost=False)),)  # type: ignore[arg-type] # an id that is right
    assert interview_of(service("s", *papers, parties=people)).question is LOST


def test_first_is_asked_on_what_most_turns():
    """Of facts that decide papers."""
    papers = [
        item("p", when=when(lost=True)),
        item("q", when=when(married=True)),
        item("r", when=when(married=False)),
    ]
    assert interview_of(service("s", *papers)).question is MARRIED


def test_an_answer_that_is_none_is_refused():
    """And the interview is as it was."""
    asked = interview_of(service("s", item("p", when=when(lost=True))))
    with pytest.raises(InvalidInput) as caught:
        asked.answered("perhaps")
    assert [one.code for one in caught.value.faults] == ["unknown_value"]
    assert asked.facts == {}


def test_what_is_not_known_stays_undecided():
    """It is not asked again."""
    left = interview_of(service("s", item("p", when=when(lost=True)))).unanswered()
    assert left.question is None
    assert [one.status for one in left.todo.items] == ["undecided"]
