"""Invented laws, and what they ask for worked out by trying every case there can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import product
from random import Random
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from adminduk.catalogue import (
    CHANNELS,
    Catalogue,
    Certainty,
    Citation,
    Condition,
    Constraint,
    Fact,
    FactValue,
    Item,
    Notice,
    Paper,
    Service,
    Standard,
    Substitute,
    Surrender,
    Text,
    Way,
)

DAY = date(2021, 7, 12)
FIRST_DAY = date(2020, 7, 1)

TEXT = Text("teks", "text")
SURE: Any = {
    "content": Certainty.CONFIRMED,
    "cite": (Citation("law", Certainty.CONFIRMED, "1"),),  # type: ignore[arg-type] # an invented law
}
SCAN, SEEN, HANDED_IN = Way.SCAN, Way.SEEN, Way.HANDED_IN
PAPERS = {name: Paper(id=name, name=TEXT) for name in "pqrst"}  # type: ignore[arg-type] # ids that are right

Facts = Mapping[str, FactValue]


def ways(village: set[Way], counter: set[Way] | None = None) -> Any:
    """Say how a paper is shown in the village, and at the counter where that differs."""
    online = frozenset(village)
    return dict.fromkeys(CHANNELS, online) | {"counter": frozenset(counter or village)}


def item(paper: str, **fields: Any) -> Item:
    """Ask for a paper; it is scanned where nothing else is said."""
    usual: dict[str, Any] = {"paper": PAPERS[paper], "why": TEXT, "show": ways({SCAN}), **SURE}
    return Item(**usual | fields)


def substitute(paper: str, when: Condition, **fields: Any) -> Substitute:
    """Let a paper take the place of another one."""
    usual: dict[str, Any] = {"paper": PAPERS[paper], "why": TEXT, "show": ways({SCAN}), **SURE}
    return Substitute(**usual | fields, when=when)


def notice(name: str, when: Condition) -> Notice:
    """Object to something."""
    return Notice(id=name, when=when, text=TEXT, **SURE)  # type: ignore[arg-type] # an id that is right


def service(name: str, *items: Item, **fields: Any) -> Service:
    """Make a service."""
    usual: dict[str, Any] = {"since": FIRST_DAY, "standard": Standard(hours=24, **SURE), **SURE}
    return Service(id=name, name=TEXT, items=items, **usual | fields)  # type: ignore[arg-type] # as above


def catalogue_of(facts: Mapping[str, Fact], never: Sequence[Condition]) -> Catalogue:
    """Make a catalogue of facts, and what they cannot be together."""
    return Catalogue(
        instruments={},
        facts=facts,
        constraints=tuple(map(Constraint, never)),
        papers=PAPERS,
        showings={},
        products={},
        periods={},
    )


def law(*services: Service, base: Catalogue | None = None) -> Catalogue:
    """Make a catalogue of services, over the facts of another one."""
    periods: dict[str, tuple[Service, ...]] = {}
    for one in services:
        periods[one.id] = (*periods.get(one.id, ()), one)
    return evolve(base or catalogue_of({}, []), periods=periods)


# --- drawn at random --------------------------------------------------------------------------


@frozen
class Question:
    """A checklist that is asked for: by which rules, for what, what is known, at which door."""

    rules: Catalogue
    services: tuple[str, ...]
    known: dict[str, FactValue]
    channel: str


def questions() -> st.SearchStrategy[Question]:
    """Draw a number, and with it rules under which there is a case, and what is known of it.

    Rules drawn piece by piece would shrink better, and take fifty times as long.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: _question(Random(seed)))  # noqa: S311 - not a secret


def _question(chance: Random) -> Question:
    base = catalogue_of(_facts(chance), [_condition(chance) for _ in range(chance.randrange(3))])
    if next(every_case(base), None) is None:
        base = catalogue_of(base.facts, [])
    names = ["a-service", "b-service", "c-service"][: chance.randint(1, 3)]
    services = [_service(chance, name, names) for name in names]
    case = chance.choice(list(every_case(base)))
    told = chance.sample(sorted(case), chance.randrange(len(case) + 1))
    return Question(
        law(*services, base=base),
        tuple(chance.sample(names, chance.randint(1, len(names)))),
        {name: case[name] for name in told},
        chance.choice(CHANNELS),
    )


_DOMAINS: dict[str, tuple[FactValue, ...]] = {
    "lost": (True, False),
    "married": (True, False),
    "age": (0, 5, 17),
    "who": ("self", "family", "other"),
}


def _facts(chance: Random) -> dict[str, Fact]:
    names = list(_DOMAINS)
    chance.shuffle(names)
    return {name: fact(name, *_DOMAINS[name]) for name in names}


def fact(name: str, *domain: FactValue, **fields: Any) -> Fact:
    """Make a fact: yes or no, a number or a choice, by the values it can have."""
    kind: dict[str, Any] = {"kind": "yes_no"}
    if type(domain[0]) is int:
        kind = {"kind": "number", "cuts": domain[1:]}
    elif isinstance(domain[0], str):
        kind = {"kind": "choice", "values": dict.fromkeys(domain, TEXT)}
    return Fact(id=name, ask=TEXT, **kind | fields)  # type: ignore[arg-type] # an id that is right


def _condition(chance: Random) -> Condition:
    return Condition(tuple(_table(chance) for _ in range(chance.randint(1, 2))))


def _table(chance: Random) -> dict[str, frozenset[FactValue]]:
    return {
        name: frozenset(chance.sample(_DOMAINS[name], chance.randrange(1, len(_DOMAINS[name]))))
        for name in chance.sample(list(_DOMAINS), chance.randint(1, 2))
    }


def _service(chance: Random, name: str, names: list[str]) -> Service:
    papers = chance.sample(sorted(PAPERS), chance.randint(1, 3))
    others = [one for one in names if one != name]

    def some(*, often: bool) -> dict[str, Any]:
        when = Condition() if often and chance.random() < 0.3 else _condition(chance)
        due = chance.choice([None, None, "handover", "verification"])
        return {
            "when": when,
            "show": ways(_ways(chance), _ways(chance)),
            "surrender": due and Surrender(due, "kept"),
        }

    items = [
        item(
            paper,
            provided_by=tuple(one for one in others if chance.random() < 0.2),
            substitutes=tuple(
                substitute(one, **some(often=False))
                for one in chance.sample(
                    [one for one in PAPERS if one not in papers], chance.randrange(3)
                )
            ),
            **some(often=True),
        )
        for paper in papers
    ]
    notices = {
        kind: tuple(
            notice(f"{name}-{kind}", _condition(chance)) for _ in range(chance.randrange(2))
        )
        for kind in ("objections", "warnings")
    }
    return service(name, *items, **notices)


def _ways(chance: Random) -> set[Way]:
    return set(chance.sample(list(Way), chance.randint(1, 3)))


# --- by trying every case ---------------------------------------------------------------------

Outcome = tuple[frozenset[Way], str | None] | None
"""How a paper must be shown and before which step its original is due; None: not at all."""


def every_case(rules: Catalogue) -> Iterator[dict[str, FactValue]]:
    """Give every way in which all facts together can be."""
    names = sorted(rules.facts)
    for values in product(*(rules.facts[name].domain for name in names)):
        case = dict(zip(names, values, strict=True))
        if not any(one.never.holds(case) for one in rules.constraints):
            yield case


def completions(question: Question) -> list[dict[str, FactValue]]:
    """Give every way in which what is not known can be."""
    known = question.known.items()
    return [case for case in every_case(question.rules) if known <= case.items()]


def outcome_of(question: Question, paper: str, case: Facts) -> Outcome:
    """Say what is asked of a paper in a case of which everything is known."""
    asked: list[Item | Substitute] = []
    for name in question.services:
        for one in question.rules.periods[name][0].items:
            if set(one.provided_by) & set(question.services) or not one.when.holds(case):
                continue
            instead = [other for other in one.substitutes if other.when.holds(case)]
            asked += [it for it in [(instead or [one])[0]] if it.id == paper]
    if not asked:
        return None
    dues = {one.surrender.due for one in asked if one.surrender}
    due = "verification" if "verification" in dues else next(iter(dues), None)
    return reduce(_both, (one.show[question.channel] for one in asked)), due


def _both(one: frozenset[Way], other: frozenset[Way]) -> frozenset[Way]:
    """Give the ways named by either that do for both: what is handed in was seen, too."""

    def does(way: Way, demand: frozenset[Way]) -> bool:
        return way in demand or (way is HANDED_IN and SEEN in demand)

    common = frozenset(way for way in one | other if does(way, one) and does(way, other))
    strongest = HANDED_IN if HANDED_IN in one | other else SEEN
    return common or frozenset({strongest})


def notices_of(question: Question, kind: str) -> Sequence[Notice]:
    """Give the objections or the warnings of the services asked for."""
    return [
        one for name in question.services for one in getattr(question.rules.periods[name][0], kind)
    ]
