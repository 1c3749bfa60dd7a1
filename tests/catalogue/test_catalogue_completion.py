"""How the facts can be that nobody has told: held against trying every case there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from catalogue_facts import catalogue_of, catalogues, some_known
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.catalogue import Catalogue, Condition, Fact, FactValue, Text
from adminduk.catalogue.completion import conflict, possible
from adminduk.catalogue.law import Id

CASES = settings(max_examples=100, deadline=None)


def cases(catalogue: Catalogue, known: dict[str, FactValue]) -> list[dict[str, FactValue]]:
    """Give every way in which all facts can be, by trying all of them."""
    names = list(catalogue.facts)
    every = product(*(catalogue.facts[name].domain for name in names))
    return [
        case
        for values in every
        for case in [dict(zip(names, values, strict=True))]
        if not any(one.never.holds(case) for one in catalogue.constraints)
        and all(case[name] == value for name, value in known.items())
    ]


def tied_by(never: Iterable[Mapping[str, bool]]) -> Catalogue:
    """Give a catalogue of two yes/no facts that are never together as in these tables."""
    ask = Text("Apa?", "What?")
    facts = {name: Fact(id=Id(name), kind="yes_no", ask=ask) for name in "ab"}
    tables = tuple({name: frozenset([value]) for name, value in one.items()} for one in never)
    return catalogue_of(facts, [Condition(tables)])


class TestPossible:
    """An answer is possible if some completion of all facts satisfies every constraint."""

    @CASES
    @given(st.data())
    def test_as_by_trying_all(self, data: st.DataObject):
        """Of the facts asked, exactly the answers are given that some case has, each once."""
        catalogue = data.draw(catalogues())
        known = data.draw(some_known(catalogue.facts))
        asked = data.draw(st.lists(st.sampled_from(sorted(catalogue.facts)), unique=True))
        every = cases(catalogue, known)
        if not every:  # what is known cannot be: nothing is promised
            return
        wanted = {*asked, *known}
        expected = {frozenset((name, case[name]) for name in wanted) for case in every}
        found = [frozenset(answer.items()) for answer in possible(catalogue, asked, known)]
        assert len(found) == len(set(found))
        assert set(found) == expected

    def test_where_all_ways_on_are_barred(self):
        """An answer is impossible too if it breaks no constraint but leaves no way to go on."""
        catalogue = tied_by(({"a": True, "b": True}, {"a": True, "b": False}))
        assert [dict(one) for one in possible(catalogue, ["a"], {})] == [{"a": False}]
        assert conflict(catalogue, {"a": True}) == ("a",)

    @given(st.data())
    def test_nothing_is_changed(self, data: st.DataObject):
        """What is known stays as it was, however the answers are used."""
        catalogue = data.draw(catalogues())
        known = data.draw(some_known(catalogue.facts))
        before = dict(known)
        for answer in possible(catalogue, sorted(catalogue.facts), known):
            assert answer is not known
        assert known == before


class TestConflict:
    """Facts that cannot be so together are named, and none of them needlessly."""

    @CASES
    @given(st.data())
    def test_as_by_trying_all(self, data: st.DataObject):
        """There is a conflict if no case has all these facts; without any one named there is."""
        catalogue = data.draw(catalogues())
        known = data.draw(some_known(catalogue.facts))
        if not cases(catalogue, {}):
            return
        named = conflict(catalogue, known)
        assert bool(named) is not bool(cases(catalogue, known))
        told = {name: known[name] for name in named}
        assert not named or not cases(catalogue, told)
        for name in named:
            assert cases(catalogue, {one: value for one, value in told.items() if one != name})


class TestTied:
    """Facts that constraints tie, also over others, may decide each other."""

    @given(catalogues())
    def test_by_walking(self, catalogue: Catalogue):
        """From a fact all are reached, constraint by constraint, that are tied to it."""
        for name, group in catalogue.tied.items():
            reached = {name}
            for _ in catalogue.constraints:
                for constraint in catalogue.constraints:
                    if reached & constraint.never.facts:
                        reached |= constraint.never.facts
            assert group == reached

    @given(catalogues())
    def test_constraints_of_a_fact(self, catalogue: Catalogue):
        """The constraints of a fact are those that name it, and no other."""
        for name, found in catalogue.constraints_of.items():
            assert list(found) == [one for one in catalogue.constraints if name in one.never.facts]
