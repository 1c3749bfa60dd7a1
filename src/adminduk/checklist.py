"""What a case must bring, and why: exact also where not everything is known.

An item is undecided only if two completions of the unknown facts, both possible, give different
outcomes; nothing is ever silently left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache, reduce
from typing import Any, Final, TypeVar

from attrs import frozen

from adminduk.catalogue import (
    CHANNELS,
    Catalogue,
    Certainty,
    Citation,
    Condition,
    Fact,
    FactValue,
    Item,
    Notice,
    Service,
    Substitute,
    Surrender,
    Text,
    Way,
)
from adminduk.catalogue.completion import conflict, possible
from adminduk.catalogue.law import Id
from adminduk.catalogue.showing import strictest
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["Checklist", "ChecklistItem", "Status", "checklist", "settle_facts"]

V = TypeVar("V")
Facts = Mapping[str, FactValue]

_MADE_TOGETHER: Final = Text(
    "Dibuat dalam permohonan yang sama.", "It is made in the same application."
)

_RELATION: Final = "applicant_relation"
"""The fact that says who applies."""


class Status(StrEnum):
    """Whether an item must be brought."""

    NEEDED = "needed"
    UNDECIDED = "undecided"
    NOT_NEEDED = "not_needed"


@frozen(kw_only=True)
class ChecklistItem:
    """A paper on a checklist; several services that ask for it share it.

    Attributes:
        id: Which paper.
        name: What it is called.
        status: Whether it must be brought.
        reason: Why.
        ways: How it may be shown on this channel; any of them will do.
        surrender: The office takes the original in.
        services: Which services ask for it.
        in_place_of: The paper that it substitutes; empty if it is asked for itself.
        content: How sure we are that it is required so.
        cite: Where that stands.
        questions: Facts on which it still depends.
    """

    id: str
    name: Text
    status: Status
    reason: Text
    ways: frozenset[Way]
    services: tuple[str, ...]
    content: Certainty
    cite: tuple[Citation, ...]
    surrender: Surrender | None = None
    in_place_of: str = ""
    questions: frozenset[str] = frozenset()

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        taken = self.surrender
        return {
            "id": self.id,
            "name": self.name.in_language(language),
            "status": self.status.value,
            "reason": self.reason.in_language(language),
            "ways": sorted(self.ways),
            "surrender": None if taken is None else {"due": taken.due, "fate": taken.fate},
            "services": list(self.services),
            "in_place_of": self.in_place_of or None,
            "content": self.content.value,
            "cite": [
                {
                    "instrument": one.instrument,
                    "article": one.article or None,
                    "certainty": one.certainty.value,
                }
                for one in self.cite
            ],
            "questions": sorted(self.questions),
        }


@frozen(kw_only=True)
class Checklist:
    """What must be brought for services by the rules of a day.

    Attributes:
        on: The day.
        channel: The door.
        items: Every paper of the services, needed or not.
        objections: Why what is asked for is not for this case.
        warnings: What should be said.
        questions: Facts that still decide something, in the order of the catalogue.
    """

    on: date
    channel: str
    items: tuple[ChecklistItem, ...]
    objections: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    questions: tuple[Fact, ...]

    @property
    def needed(self) -> tuple[ChecklistItem, ...]:
        """The papers that must be brought."""
        return tuple(one for one in self.items if one.status is Status.NEEDED)

    @property
    def final(self) -> bool:
        """Whether nothing is open and nothing speaks against it."""
        return not self.questions and not self.objections

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "on": self.on.isoformat(),
            "channel": self.channel,
            "final": self.final,
            "items": [one.as_dict(language) for one in self.items],
            "objections": [one.text.in_language(language) for one in self.objections],
            "warnings": [one.text.in_language(language) for one in self.warnings],
            "questions": [
                {
                    "fact": one.id,
                    "ask": one.ask.in_language(language),
                    "values": "number" if one.kind == "number" else list(one.domain),
                }
                for one in self.questions
            ],
        }


def settle_facts(
    catalogue: Catalogue, given: Mapping[str, object], people: Mapping[str, Any], on: date
) -> dict[str, FactValue]:
    """Check the facts that were given, and add those that follow from the people.

    Args:
        catalogue: The rules.
        given: What was said.
        people: The people of the case, by party.
        on: The day on which their ages are counted.

    Raises:
        InvalidInput: A fact or its value is unknown, or the facts contradict each other.
    """
    known: dict[str, FactValue] = {}
    faults = []
    for name, value in given.items():
        fact = catalogue.facts.get(name)
        canonical = None if fact is None else fact.canonical(value)
        if canonical is None:
            faults.append(_odd_fact(catalogue, name))
        else:
            known[name] = canonical
    if faults:
        raise InvalidInput(tuple(faults))
    odd = [
        name
        for name, value in _derived(catalogue, people, on)
        if known.setdefault(name, value) != value
    ]
    odd += conflict(catalogue, known)
    if odd:
        text = N_("The facts contradict each other, or what is said of the people.")
        raise InvalidInput(tuple(Fault(f"facts.{one}", "facts_contradict", text) for one in odd))
    return known


def _odd_fact(catalogue: Catalogue, name: str) -> Fault:
    fact = catalogue.facts.get(name)
    if fact is None:
        text = N_("No rule asks for that.")
        return Fault(f"facts.{name[:80]}", "unknown_fact", text, ", ".join(catalogue.facts))
    accepted = N_("a whole number from 0")
    if fact.kind != "number":
        accepted = ", ".join(str(value).lower() for value in fact.domain)
    return Fault(f"facts.{name}", "unknown_value", N_("That is no answer to it."), accepted)


def _derived(
    catalogue: Catalogue, people: Mapping[str, Any], on: date
) -> Iterator[tuple[str, FactValue]]:
    """Give the facts that follow from the people."""
    for fact in catalogue.facts.values():
        how = fact.derived
        told = None if how is None else getattr(people.get(how.party), how.field, None)
        if how is None or told is None:
            continue
        if how.measure == "present":
            yield fact.id, True
            continue
        if told > on:
            path = f"people.{how.party}.{how.field}"
            text = N_("That day has not come yet.")
            raise InvalidInput.at(path, "in_the_future", text, N_("a day that is past"))
        passed = (on - told).days if how.measure == "days" else _years(told, on)
        value = fact.canonical(passed)
        assert value is not None, "a number of days or years is a number"
        yield fact.id, value


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


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
        _Demand(service, item)
        for service in rules
        for item in service.items_on(on)
        if not set(item.provided_by) & set(services)
    ]
    papers = dict.fromkeys(paper for one in demands for paper in one.papers)
    items = [_of_paper(catalogue, paper, demands, facts, channel) for paper in papers]
    items += _made_together(rules, on, channel, papers)
    objections, open_objections = _notices(
        catalogue, [notice for one in rules for notice in _objections(catalogue, one)], facts
    )
    warnings, _ = _notices(catalogue, [notice for one in rules for notice in one.warnings], facts)
    open_facts = open_objections.union(*(one.questions for one in items))
    return Checklist(
        on=on,
        channel=channel,
        items=tuple(items),
        objections=objections,
        warnings=warnings,
        questions=tuple(fact for name, fact in catalogue.facts.items() if name in open_facts),
    )


@frozen(eq=False)
class _Demand:
    """An item that a service asks for, or one of its substitutes in its place."""

    service: Service
    item: Item

    @property
    def papers(self) -> tuple[str, ...]:
        return (self.item.id, *(one.id for one in self.item.substitutes))

    def chosen(self, facts: Facts) -> Item | Substitute | None:
        """Say which paper is to be brought where all its facts are known; None: none is."""
        if not self.item.when.holds(facts):
            return None
        return next((one for one in self.item.substitutes if one.when.holds(facts)), self.item)


@frozen
class _Asked:
    """How a paper is asked for in one completion: by whom, and so how it is shown."""

    sources: tuple[tuple[_Demand, Item | Substitute], ...]

    def outcome(self, channel: str) -> tuple[frozenset[Way], Surrender | None] | None:
        """Give what tells on who brings it: None if it need not be brought."""
        if not self.sources:
            return None
        papers = [paper for _, paper in self.sources]
        ways = reduce(strictest, (paper.show[channel] for paper in papers))
        return ways, _taken([paper.surrender for paper in papers if paper.surrender])


def _taken(surrenders: Sequence[Surrender]) -> Surrender | None:
    """Give the strictest: due before verification comes before due before handover."""
    return min(surrenders, key=lambda one: one.due != "verification", default=None)


def _of_paper(
    catalogue: Catalogue, paper: str, demands: Sequence[_Demand], facts: Facts, channel: str
) -> ChecklistItem:
    """Put together what all services ask of one paper."""
    concerned = [one for one in demands if paper in one.papers]
    conditions = [when for one in concerned for when in one.item.conditions]

    def asked(completion: Facts) -> _Asked:
        chosen = ((one, one.chosen(completion)) for one in concerned)
        return _Asked(tuple((one, it) for one, it in chosen if it is not None and it.id == paper))

    verdicts = _verdicts(catalogue, conditions, facts, asked)
    outcomes = {one.outcome(channel) for one in verdicts.values()}
    status = Status.NEEDED if None not in outcomes else Status.UNDECIDED
    if outcomes == {None}:
        status = Status.NOT_NEEDED
    sources = {demand: one for verdict in verdicts.values() for demand, one in verdict.sources}
    return _entry(
        paper,
        status,
        list(sources.items()) or [(one, _offered(one.item, paper)) for one in concerned],
        channel,
        _deciding(verdicts, lambda one: one.outcome(channel)),
    )


def _offered(item: Item, paper: str) -> Item | Substitute:
    offers: tuple[Item | Substitute, ...] = (item, *item.substitutes)
    return next(one for one in offers if one.id == paper)


def _entry(
    paper: str,
    status: Status,
    sources: Sequence[tuple[_Demand, Item | Substitute]],
    channel: str,
    questions: frozenset[str],
) -> ChecklistItem:
    outcome = _Asked(tuple(sources)).outcome(channel)
    assert outcome is not None, "a paper is on the list because something asks for it"
    first_demand, first = sources[0]
    return ChecklistItem(
        id=paper,
        name=first.name,
        status=status,
        reason=first.why,
        ways=outcome[0],
        surrender=outcome[1],
        services=tuple(dict.fromkeys(demand.service.id for demand, _ in sources)),
        in_place_of="" if first is first_demand.item else first_demand.item.id,
        content=first.content,
        cite=tuple(dict.fromkeys(cite for _, one in sources for cite in one.cite)),
        questions=questions,
    )


def _made_together(
    rules: Sequence[Service], on: date, channel: str, listed: Mapping[str, Any]
) -> Iterator[ChecklistItem]:
    """Give the papers that need not be brought because another service makes them."""
    services = {one.id for one in rules}
    seen = set(listed)
    for service in rules:
        for item in service.items_on(on):
            if set(item.provided_by) & services and item.id not in seen:
                seen.add(item.id)
                yield ChecklistItem(
                    id=item.id,
                    name=item.name,
                    status=Status.NOT_NEEDED,
                    reason=_MADE_TOGETHER,
                    ways=item.show[channel],
                    services=(service.id,),
                    content=item.content,
                    cite=item.cite,
                )


def _objections(catalogue: Catalogue, service: Service) -> Iterator[Notice]:
    """Give when a service is not for a case, also because of who applies."""
    yield from service.objections
    relation = catalogue.facts.get(_RELATION)
    if relation is None or not service.applicants:
        return
    others = frozenset(relation.domain) - frozenset(service.applicants)
    if others:
        may = [relation.values[Id(one)] for one in service.applicants]
        yield Notice(
            id=Id("applicant"),
            when=Condition(({_RELATION: others},)),
            text=Text(
                f"Yang dapat mengajukan: {', '.join(one.id for one in may)}.",
                f"Those who can apply: {', '.join(one.en for one in may)}.",
            ),
            content=service.content,
            cite=service.cite,
        )


def _notices(
    catalogue: Catalogue, notices: Sequence[Notice], facts: Facts
) -> tuple[tuple[Notice, ...], frozenset[str]]:
    """Give the notices that certainly hold, and the facts on which others depend."""
    certain, asked = [], frozenset[str]()
    for one in notices:
        verdicts = _verdicts(catalogue, [one.when], facts, one.when.holds)
        if all(verdicts.values()):
            certain.append(one)
        asked |= _deciding(verdicts, lambda verdict: verdict)
    return tuple(certain), asked


Completion = frozenset[tuple[str, FactValue]]


def _verdicts(
    catalogue: Catalogue,
    conditions: Sequence[Condition],
    facts: Facts,
    judge: Callable[[Facts], V],
) -> dict[Completion, V]:
    """Judge every possible completion of the facts that the conditions ask for.

    A completion is known by the facts it adds to those that are known.
    """
    asked = sorted(set[str]().union(*(one.facts for one in conditions)) - set(facts))
    return {
        frozenset((name, completion[name]) for name in asked): judge(completion)
        for completion in possible(catalogue, asked, facts)
    }


def _deciding(verdicts: Mapping[Completion, V], outcome: Callable[[V], object]) -> frozenset[str]:
    """Give the unknown facts of which a change alone gives another outcome.

    Where constraints tie facts so that none can change alone, all of them decide together.
    """
    outcomes = {completion: outcome(verdict) for completion, verdict in verdicts.items()}
    if len(set(outcomes.values())) <= 1:
        return frozenset()
    deciding = set()
    for one, its in outcomes.items():
        for other, others in outcomes.items():
            changed = {name for name, _ in one ^ other}
            if its != others and len(changed) == 1:
                deciding |= changed
    return frozenset(deciding or {name for one in outcomes for name, _ in one})
