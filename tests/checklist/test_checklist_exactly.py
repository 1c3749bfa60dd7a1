"""A checklist is what trying every possible case gives, whatever the rules."""

from __future__ import annotations

import json

from checklist_laws import (
    DAY,
    Question,
    completions,
    notices_of,
    outcome_of,
    questions,
)
from hypothesis import given

from adminduk.checklist import Checklist, Status, checklist
from adminduk.checklist.working import _worked_out


def asked(question: Question) -> Checklist:
    """Ask for the checklist."""
    return checklist(question.rules, question.services, question.known, DAY, question.channel)


@given(questions())
def test_an_item_is_undecided_only_if_two_cases_differ(question: Question):
    """Needed if every case asks for it, not needed if none does, undecided otherwise."""
    cases = completions(question)
    for one in asked(question).items:
        needed = {outcome_of(question, one.id, case) is not None for case in cases}
        expected = {
            frozenset({True}): Status.NEEDED,
            frozenset({False}): Status.NOT_NEEDED,
            frozenset({True, False}): Status.UNDECIDED,
        }[frozenset(needed)]
        assert one.status is expected


@given(questions())
def test_nothing_that_may_be_asked_for_is_left_out(question: Question):
    """Every paper that some case asks for is on the list, each once."""
    items = [one.id for one in asked(question).items]
    assert len(items) == len(set(items))
    cases = completions(question)
    for paper in question.rules.papers:
        if any(outcome_of(question, paper, case) for case in cases):
            assert paper in items


@given(questions())
def test_a_needed_item_is_shown_as_every_service_asks(question: Question):
    """Where all cases agree, ways and surrender are exactly theirs."""
    cases = completions(question)
    for one in asked(question).items:
        outcomes = {outcome_of(question, one.id, case) for case in cases}
        if len(outcomes) == 1 and one.status is Status.NEEDED:
            due = one.surrender.due if one.surrender else None
            assert (one.ways, due) in outcomes


@given(questions())
def test_an_item_asks_only_if_something_about_it_is_open(question: Question):
    """It has questions just where two cases differ in whether or how it is shown."""
    cases = completions(question)
    for one in asked(question).items:
        outcomes = {outcome_of(question, one.id, case) for case in cases}
        assert bool(one.questions) == (len(outcomes) > 1)
        assert not one.questions & question.known.keys()


@given(questions())
def test_a_question_can_matter(question: Question):
    """Each question that an item asks has answers between which it differs, the rest alike.

    Where constraints tie facts so that none can be another alone, two cases differ in it.
    """
    cases = completions(question)
    for one in asked(question).items:
        for name in one.questions:
            rest = {}
            for case in cases:
                others = tuple(value for key, value in sorted(case.items()) if key != name)
                rest.setdefault(others, set()).add(outcome_of(question, one.id, case))
            alone = any(len(outcomes) > 1 for outcomes in rest.values())
            values = {case[name] for case in cases}
            assert alone or len(values) > 1


@given(questions())
def test_notices_are_said_where_they_certainly_hold(question: Question):
    """An objection or warning that only may hold is not said; an open objection is asked about."""
    todo = asked(question)
    cases = completions(question)
    for kind, said in (("objections", todo.objections), ("warnings", todo.warnings)):
        for one in notices_of(question, kind):
            holds = {bool(one.when.holds(case)) for case in cases}
            assert (one in said) == (holds == {True})
    may_object = [
        one
        for one in notices_of(question, "objections")
        if len({bool(one.when.holds(case)) for case in cases}) > 1
    ]
    if may_object:
        assert todo.questions


@given(questions())
def test_it_is_final_when_nothing_is_open(question: Question):
    """No open item, no open objection, and none that holds: then, and only then."""
    cases = completions(question)
    todo = asked(question)
    settled = all(
        len({outcome_of(question, one.id, case) for case in cases}) == 1 for one in todo.items
    ) and all(
        len({bool(one.when.holds(case)) for case in cases}) == 1
        for one in notices_of(question, "objections")
    )
    assert todo.final == (settled and not todo.objections)
    assert bool(todo.questions) == (not settled)


@given(questions())
def test_answering_its_questions_makes_it_final(question: Question):
    """Whatever the case is, the list ends as that of the case with everything known."""
    for case in completions(question)[:4]:
        known = dict(question.known)
        todo = asked(question)
        while todo.questions:
            fact = todo.questions[0].id
            assert fact not in known
            known[fact] = case[fact]
            todo = checklist(question.rules, question.services, known, DAY, question.channel)
        whole = checklist(question.rules, question.services, case, DAY, question.channel)
        assert {one.id for one in todo.needed} == {one.id for one in whole.needed}
        assert todo.objections == whole.objections


@given(questions())
def test_it_is_the_same_when_it_is_remembered(question: Question):
    """What is kept from the first time is what would be worked out anew."""
    first = asked(question)
    assert asked(question) is first
    _worked_out.cache_clear()
    again = asked(question)
    assert again is not first
    assert again == first


@given(questions())
def test_it_is_told_in_both_languages(question: Question):
    """As plain data that JSON can hold."""
    told = asked(question).as_dict("id")
    assert json.loads(json.dumps(told)) == told
    assert {one["status"] for one in told["items"]} <= {"needed", "undecided", "not_needed"}
