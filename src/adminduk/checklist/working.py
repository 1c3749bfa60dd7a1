"""Working a checklist out: what all services together ask of each paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypeVar

from adminduk.catalogue import (
    CHANNELS,
    Catalogue,
    Fact,
    FactValue,
    Item,
    Service,
    Substitute,
    Text,
)
from adminduk.checklist.answer import Checklist, ChecklistItem, Status
from adminduk.checklist.demand import Asked, Demand
from adminduk.checklist.notices import notices_that_hold, objections_of
from adminduk.checklist.verdicts import Facts, Weights, verdicts, weights
from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["checklist"]

N = TypeVar("N")

_MADE_TOGETHER: Final = Text(
    "Dibuat dalam permohonan yang sama.", "It is made in the same application."
)


def checklist(
    catalogue: Catalogue, services: Sequence[str], facts: Facts, on: date, channel: str
) -> Checklist:
    """Work out what must be brought.

    Args:
        catalogue: The rules.
        services: What is applied for, together.
        facts: What is known, as `settle_facts` gives it.
        on: The day whose rules hold.
        channel: The door: `village`, `district`, `counter` or `online`.

    Raises:
        UnknownService: There is no such service.
        NoRuleInForce: No rule is known for that day.
        InvalidInput: There is no such channel.
    """
    if channel not in CHANNELS:
        text = N_("That is none of the choices.")
        raise InvalidInput.at("channel", "choice", text, ", ".join(CHANNELS))
    return _worked_out(catalogue, tuple(services), frozenset(facts.items()), on, channel)


@lru_cache(maxsize=4096)
def _worked_out(
    catalogue: Catalogue,
    services: tuple[str, ...],
    known: frozenset[tuple[str, FactValue]],
    on: date,
    channel: str,
) -> Checklist:
    facts = dict(known)
    rules = [catalogue.service(one, on) for one in services]
    demands = [
        Demand(service, item)
        for service in rules
        for item in service.items_on(on)
        if not set(item.provided_by) & set(services)
    ]
    papers = dict.fromkeys(paper for one in demands for paper in one.papers)
    asked = [_of_paper(catalogue, paper, demands, facts, channel) for paper in papers]
    items = [entry for entry, _ in asked]
    items += _made_together(rules, on, channel, papers)
    objections, open_objections = notices_that_hold(
        catalogue, [notice for one in rules for notice in objections_of(catalogue, one)], facts
    )
    warnings, _ = notices_that_hold(
        catalogue, [notice for one in rules for notice in one.warnings], facts
    )
    attend, open_acts = notices_that_hold(
        catalogue, [act for one in rules for act in one.attend], facts
    )
    after, open_after = notices_that_hold(
        catalogue,
        [it for one in rules for it in one.after if it.service not in services],
        facts,
    )
    open_facts = [*open_acts, *open_after, *(one for _, one in asked)]
    return Checklist(
        on=on,
        channel=channel,
        items=tuple(items),
        objections=objections,
        warnings=_told_once(warnings, lambda one: one.text),
        attend=_told_once(attend, lambda one: one.id),
        after=_told_once(after, lambda one: one.service),
        deadlines=tuple(dict.fromkeys(one.deadline for one in rules if one.deadline)),
        hours=max(one.standard_hours for one in rules),
        questions=_in_order(catalogue, rules, open_objections, open_facts),
    )


def _told_once(said: Iterable[N], what: Callable[[N], object]) -> tuple[N, ...]:
    """Leave out what another service of the application says, too."""
    first: dict[object, N] = {}
    for one in said:
        first.setdefault(what(one), one)
    return tuple(first.values())


def _in_order(
    catalogue: Catalogue,
    rules: Sequence[Service],
    objections: Sequence[Weights],
    others: Sequence[Weights],
) -> tuple[Fact, ...]:
    """Give the facts that still decide something: whether at all, of whom, then the weightiest."""
    of_whom = set[str]().union(*(it.when.facts for one in rules for it in one.parties))
    total = {
        name: (
            sum(one.get(name, 0) for one in objections),
            name in of_whom,
            sum(one.get(name, 0) for one in others),
        )
        for name in catalogue.facts
    }
    names = (name for name, (whether, _, what) in total.items() if whether or what)
    return tuple(catalogue.facts[one] for one in sorted(names, key=total.__getitem__, reverse=True))


def _of_paper(
    catalogue: Catalogue, paper: str, demands: Sequence[Demand], facts: Facts, channel: str
) -> tuple[ChecklistItem, Weights]:
    """Put together what all services ask of one paper, and on what that still depends."""
    concerned = [one for one in demands if paper in one.papers]
    conditions = [when for one in concerned for when in one.item.conditions]

    def asked(completion: Facts) -> Asked:
        chosen = ((one, one.chosen(completion)) for one in concerned)
        return Asked(tuple((one, it) for one, it in chosen if it is not None and it.id == paper))

    judged = verdicts(catalogue, conditions, facts, asked)
    outcomes = {one.outcome(channel) for one in judged.values()}
    status = Status.NEEDED if None not in outcomes else Status.UNDECIDED
    if outcomes == {None}:
        status = Status.NOT_NEEDED
    sources = {demand: one for verdict in judged.values() for demand, one in verdict.sources}
    open_facts = weights(judged, lambda one: one.outcome(channel))
    entry = _entry(
        paper,
        status,
        list(sources.items()) or [(one, _offered(one.item, paper)) for one in concerned],
        channel,
        frozenset(open_facts),
    )
    return entry, open_facts


def _offered(item: Item, paper: str) -> Item | Substitute:
    offers: tuple[Item | Substitute, ...] = (item, *item.substitutes)
    return next(one for one in offers if one.id == paper)


def _entry(
    paper: str,
    status: Status,
    sources: Sequence[tuple[Demand, Item | Substitute]],
    channel: str,
    questions: frozenset[str],
) -> ChecklistItem:
    outcome = Asked(tuple(sources)).outcome(channel)
    assert outcome is not None, "a paper is on the list because something asks for it"
    first_demand, first = sources[0]
    return ChecklistItem(
        id=paper,
        name=first.name,
        form=first.paper.form,
        status=status,
        reason=first.why,
        ways=outcome[0],
        surrender=outcome[1],
        valid=min(
            (one.valid for _, one in sources if one.valid), key=lambda it: it.days, default=None
        ),
        services=tuple(dict.fromkeys(demand.service.id for demand, _ in sources)),
        in_place_of="" if first is first_demand.item else first_demand.item.id,
        content=first.content,
        cite=tuple(dict.fromkeys(cite for _, one in sources for cite in one.cite)),
        questions=questions,
    )


def _made_together(
    rules: Sequence[Service], on: date, channel: str, listed: Mapping[str, Any]
) -> Iterator[ChecklistItem]:
    """Give the papers that need not be brought because another service makes them: all others."""
    seen = set(listed)
    for service in rules:
        for item in service.items_on(on):
            if item.id not in seen:
                seen.add(item.id)
                yield ChecklistItem(
                    id=item.id,
                    name=item.name,
                    form=item.paper.form,
                    status=Status.NOT_NEEDED,
                    reason=_MADE_TOGETHER,
                    ways=item.show[channel],
                    services=(service.id,),
                    content=item.content,
                    cite=item.cite,
                )
