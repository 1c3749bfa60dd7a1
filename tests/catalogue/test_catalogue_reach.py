"""Every service is for somebody, every paper is asked of somebody, every question can be put."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from adminduk.catalogue import load
from adminduk.checklist import Checklist, Interview

CATALOGUE = load()
ON = date(2025, 1, 2)
SERVICES = [one.id for one in CATALOGUE.services(ON)]
MOST = 600
"""Cases of a service that are looked at: enough that each value of each fact is among them."""


def begun(service: str) -> Interview:
    """Begin an interview of which nothing is known."""
    return Interview(catalogue=CATALOGUE, services=(service,), on=ON, channel="village", facts={})


def lists(service: str) -> Iterator[Checklist]:
    """Give the final list of every case that answers lead to."""
    waiting = [begun(service)]
    while waiting:
        interview = waiting.pop()
        if interview.question is None:
            yield interview.todo
        else:
            waiting += [interview.answered(value) for value in interview.answers]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_for_somebody_and_asks_everything_of_somebody(service: str):
    """Some case has no objection; each paper of the list is needed in some such case."""
    asked: set[str] = set()
    papers = {one.id for one in begun(service).todo.items}
    for todo in lists(service):
        if not todo.objections:
            asked |= {one.id for one in todo.needed}
    assert asked == papers


@pytest.mark.parametrize("service", SERVICES)
def test_whoever_is_not_turned_away_brings_something_or_nothing_is_asked(service: str):
    """No case is left with an empty list by accident: each service has a form or a paper."""
    for todo in islice(lists(service), MOST):
        assert todo.objections or todo.needed or service == "ikd"
