"""What an outcome turns on: as it is defined, and at no more cost than there are cases."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from attrs import define
from hypothesis import given
from hypothesis import strategies as st

from adminduk.checklist.verdicts import Completion, Weights, weights


def completions(number: int) -> list[Completion]:
    """Give every way in which so many yes/no facts can be."""
    names = [f"fact_{one}" for one in range(number)]
    return [
        frozenset(zip(names, told, strict=True)) for told in product((True, False), repeat=number)
    ]


def as_defined(judged: Mapping[Completion, int]) -> Weights:
    """Compare each with every other."""
    if len(set(judged.values())) <= 1:
        return {}
    turns: dict[str, set[Completion]] = {}
    for one, its in judged.items():
        for other, others in judged.items():
            changed = {name for name, _ in one ^ other}
            if its != others and len(changed) == 1:
                turns.setdefault(changed.pop(), set()).add(one)
    if not turns:
        return {name: 1.0 for one in judged for name, _ in one}
    return {name: len(those) / len(judged) for name, those in turns.items()}


@given(st.dictionaries(st.sampled_from(completions(4)), st.integers(0, 2)))
def test_a_fact_weighs_as_much_as_turns_on_it(judged: dict[Completion, int]):
    """Whichever completions constraints leave over."""
    assert weights(judged, lambda one: one) == as_defined(judged)


@define(eq=False)
class Outcome:
    """An outcome that counts how often it is compared.

    Attributes:
        says: What it says.
        compared: All comparisons so far, one a mark.
    """

    says: bool
    compared: list[None]

    def __eq__(self, other: object) -> bool:
        self.compared.append(None)
        return isinstance(other, Outcome) and self.says == other.says

    def __hash__(self) -> int:
        return hash(self.says)


def test_what_a_rule_may_ask_for_is_weighed_soon():
    """Ten facts: each of the thousand cases is compared some times, not with all others."""
    compared: list[None] = []
    cases = completions(10)
    judged = {
        one: Outcome(sum(told is True for _, told in one) % 2 == 0, compared) for one in cases
    }
    assert set(weights(judged, lambda one: one).values()) == {1.0}
    assert len(compared) < 50 * len(cases)
