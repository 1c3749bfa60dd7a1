"""Strategies for facts, conditions over them, and catalogues of nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from adminduk.catalogue import Catalogue, Condition, Constraint, Fact, FactValue, Text
from adminduk.catalogue.law import Id

__all__ = ["catalogue_of", "catalogues", "conditions", "facts", "some_known"]

_ASK = Text("Apa?", "What?")


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Fact]:
    """Give one to five facts of any kinds."""
    found = {}
    for name in "abcde"[: draw(st.integers(1, 5))]:
        kind = draw(st.sampled_from(["yes_no", "choice", "number"]))
        found[name] = Fact(
            id=Id(name),
            kind=kind,
            ask=_ASK,
            values=dict.fromkeys(map(Id, "xyz"[: draw(st.integers(2, 3))]), _ASK)
            if kind == "choice"
            else {},
            cuts=draw(st.sampled_from([(5,), (5, 17)])) if kind == "number" else (),
        )
    return found


@st.composite
def conditions(draw: st.DrawFn, known: Mapping[str, Fact]) -> Condition:
    """Give a condition over some of these facts, of no table or a few."""
    tables = []
    for _ in range(draw(st.integers(0, 3))):
        names = draw(st.sets(st.sampled_from(sorted(known)), min_size=1, max_size=3))
        tables.append({name: draw(_values(known[name].domain)) for name in sorted(names)})
    return Condition(tuple(tables))


def _values(domain: Sequence[FactValue]) -> st.SearchStrategy[frozenset[FactValue]]:
    return st.frozensets(st.sampled_from(domain), min_size=1, max_size=len(domain) - 1)


@st.composite
def some_known(draw: st.DrawFn, known: Mapping[str, Fact]) -> dict[str, FactValue]:
    """Give values to some of these facts."""
    names = draw(st.sets(st.sampled_from(sorted(known))))
    return {name: draw(st.sampled_from(known[name].domain)) for name in sorted(names)}


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Give a catalogue of facts, and constraints between them; there may be no case at all."""
    known = draw(facts())
    constraints = draw(st.lists(conditions(known).filter(lambda one: one.tables), max_size=4))
    return catalogue_of(known, constraints)


def catalogue_of(known: Mapping[str, Fact], never: Sequence[Condition]) -> Catalogue:
    """Give a catalogue of facts, and what they cannot be together."""
    return Catalogue(
        instruments={},
        facts=known,
        constraints=tuple(map(Constraint, never)),
        papers={},
        showings={},
        products={},
        periods={},
    )
