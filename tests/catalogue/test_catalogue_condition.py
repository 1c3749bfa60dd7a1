"""Conditions over facts that are not all known, and what values of a fact stand for."""

from __future__ import annotations

from typing import Any

import pytest
from catalogue_facts import conditions, facts, some_known
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import Condition, Derivation, Fact, Text
from adminduk.catalogue.fact import Id
from adminduk.catalogue.party import PersonPath
from adminduk.errors import InvalidInput

ASK = Text("Apa?", "What?")
CHOICES = {"red": ASK, "blue": ASK}


def fact(kind: Any, **fields: Any) -> Fact:
    """Make a fact."""
    return Fact(id=Id("some"), kind=kind, ask=ASK, **fields)


def code_of(kind: Any, **fields: Any) -> str:
    """Give the code with which a fact is refused, or "" where it is not."""
    try:
        fact(kind, **fields)
    except InvalidInput as error:
        return error.faults[0].code
    return ""


class TestHolds:
    """A condition answers yes, no, or that it cannot tell yet."""

    def test_no_table(self):
        """A condition without a table always holds."""
        assert Condition().holds({}) is True

    @pytest.mark.parametrize(
        ("known", "answer"),
        [
            ({}, None),
            ({"a": True}, None),
            ({"a": True, "b": 0}, True),
            ({"a": True, "b": 5}, None),
            ({"a": False}, None),
            ({"a": False, "c": "x"}, True),
            ({"a": False, "c": "z"}, False),
            ({"b": 5, "c": "z"}, False),
            ({"c": "y"}, True),
        ],
    )
    def test_any_table_of_which_all_facts(self, known: dict[str, Any], answer: bool | None):
        """Within a table all facts must fit, and of the tables one is enough."""
        tables = (
            {"a": frozenset([True]), "b": frozenset([0])},
            {"c": frozenset(["x", "y"])},
        )
        assert Condition(tables).holds(known) is answer

    @given(st.data())
    def test_more_facts_never_change_an_answer(self, data: st.DataObject):
        """Three-valued logic is monotone: what is decided stays so whatever is learned."""
        known_facts = data.draw(facts())
        condition = data.draw(conditions(known_facts))
        later = data.draw(some_known(known_facts))
        first = data.draw(st.sets(st.sampled_from(sorted(later)))) if later else set()
        before = condition.holds({name: later[name] for name in first})
        assert before in {None, condition.holds(later)}

    @given(st.data())
    def test_all_facts_decide(self, data: st.DataObject):
        """Where all facts are known there is an answer: whether some table fits as a whole."""
        known_facts = data.draw(facts())
        condition = data.draw(conditions(known_facts))
        known = {name: data.draw(st.sampled_from(one.domain)) for name, one in known_facts.items()}
        fits = [
            all(known[name] in values for name, values in table.items())
            for table in condition.tables
        ]
        assert condition.holds(known) is (any(fits) or not fits)


class TestCanonical:
    """Every answer stands for one value of the domain, or for none."""

    def test_number(self):
        """A number stands for the least one of its part between two cuts."""
        age = fact("number", cuts=(5, 17))
        assert age.domain == (0, 5, 17)
        assert [age.canonical(one) for one in (0, 4, 5, 16, 17, 99)] == [0, 0, 5, 5, 17, 17]
        assert [age.canonical(one) for one in (-1, 5.0, "5", True, None, [])] == [None] * 6

    def test_yes_no(self):
        """Only yes and no are answers: 1 is none."""
        lost = fact("yes_no")
        assert lost.domain == (True, False)
        assert [lost.canonical(one) for one in (True, False)] == [True, False]
        assert [lost.canonical(one) for one in (1, 0, "true", None, {})] == [None] * 5

    def test_choice(self):
        """One of the texts is an answer."""
        colour = fact("choice", values=CHOICES)
        assert colour.domain == ("red", "blue")
        assert colour.canonical("blue") == "blue"
        assert [colour.canonical(one) for one in ("green", "", 1, True, ["red"])] == [None] * 5

    @given(st.data(), st.integers(0, 200))
    def test_domain_is_what_cuts_tell_apart(self, data: st.DataObject, number: int):
        """A number and its canonical value lie on the same side of every cut."""
        cuts = tuple(sorted(data.draw(st.sets(st.integers(1, 100), min_size=1))))
        stands_for = fact("number", cuts=cuts).canonical(number)
        assert isinstance(stands_for, int)
        assert [cut <= number for cut in cuts] == [cut <= stands_for for cut in cuts]


class TestKinds:
    """A fact has what its kind needs, and follows only from what can tell it."""

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("yes_no", {"values": CHOICES}),
            ("yes_no", {"cuts": (1,)}),
            ("choice", {}),
            ("choice", {"values": {"red": ASK}}),
            ("choice", {"values": CHOICES, "cuts": (1,)}),
            ("number", {}),
            ("number", {"cuts": (5, 5)}),
            ("number", {"cuts": (0, 5)}),
            ("number", {"cuts": (5,), "values": CHOICES}),
        ],
    )
    def test_unfit(self, kind: str, fields: dict[str, Any]):
        """Values belong to a choice, of which there are two at least; rising cuts to a number."""
        assert code_of(kind, **fields) == "fact_kind"

    def test_derivation(self):
        """Years and days make a number, and being known makes a yes."""
        years = Derivation(PersonPath("child.birth_date"), "years")
        present = Derivation(PersonPath("child.nik"), "present")
        assert (years.party, years.field) == ("child", "birth_date")
        assert code_of("number", cuts=(5,), derived=years) == ""
        assert code_of("yes_no", derived=present) == ""
        assert code_of("yes_no", derived=years) == "derivation"
        assert code_of("number", cuts=(5,), derived=present) == "derivation"
        assert code_of("choice", values=CHOICES, derived=present) == "derivation"

    def test_no_years_since_a_name(self):
        """Time passes since a date only."""
        with pytest.raises(InvalidInput):
            Derivation(PersonPath("child.name"), "days")
