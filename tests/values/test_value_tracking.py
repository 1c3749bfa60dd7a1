"""Tracking codes: which errors of reading and writing they notice."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing.strategies import tracking_codes
from adminduk.values import TrackingCode
from adminduk.values.tracking import ALPHABET

OUTSIDE = "0O1Il-\n \u00df\u017f\u0131\u212a\uff12"


def is_accepted(plain: str) -> bool:
    """Say whether eleven characters are a tracking code."""
    try:
        TrackingCode.parse(plain)
    except InvalidInput:
        return False
    return True


def swapped(plain: str, one: int, two: int) -> str:
    """Give the text with two of its characters changed over."""
    characters = list(plain)
    characters[one], characters[two] = characters[two], characters[one]
    return "".join(characters)


class TestForm:
    """Ten characters, a hyphen, a check character; nothing that is read as another."""

    def test_alphabet(self):
        """There are 31 characters, digits and capitals, without 0, O, 1, I and L."""
        assert len(set(ALPHABET)) == len(ALPHABET) == 31
        assert set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set(ALPHABET) == set("0O1IL")

    def test_the_example_of_the_documentation(self):
        """The code that messages and documentation show is one that is accepted."""
        assert TrackingCode.parse("K7M2Q9XD4H-T").full() == "K7M2Q9XD4H-T"

    @given(tracking_codes())
    def test_lower_case_and_without_hyphen(self, code: TrackingCode):
        """As people type it: small letters, no hyphen; it is the same code."""
        full = code.full()
        assert len(full) == 12
        assert full[10] == "-"
        for typed in (full.lower(), full.replace("-", ""), full.lower().replace("-", "")):
            assert TrackingCode.parse(typed) == code

    @given(tracking_codes(), st.integers(0, 11))
    def test_a_hyphen_elsewhere(self, code: TrackingCode, place: int):
        """The hyphen stands before the check character or nowhere."""
        plain = code.full().replace("-", "")
        assert is_accepted(plain[:place] + "-" + plain[place:]) == (place == 10)
        assert not is_accepted(plain[:10] + "--" + plain[10])

    @given(tracking_codes(), st.integers(0, 10), st.sampled_from(OUTSIDE))
    def test_characters_outside_the_alphabet(self, code: TrackingCode, place: int, other: str):
        """Lookalikes are refused, also those that Unicode folds into our letters, as U+212A."""
        plain = code.full().replace("-", "")
        assert not is_accepted(plain[:place] + other + plain[place + 1 :])
        assert not is_accepted(plain[:place] + other + plain[place + 2 :])
        assert not is_accepted(code.full() + other)


class TestSingleWrongCharacter:
    """Any single wrong character is noticed, the check character included."""

    @given(tracking_codes())
    def test_every_place_and_every_other_character(self, code: TrackingCode):
        """Of the 330 codes that differ in one character, none is accepted."""
        plain = code.full().replace("-", "")
        accepted = [
            (place, other)
            for place in range(11)
            for other in ALPHABET
            if other != plain[place] and is_accepted(plain[:place] + other + plain[place + 1 :])
        ]
        assert accepted == []

    @given(tracking_codes())
    def test_exactly_one_check_character_fits(self, code: TrackingCode):
        """For any ten characters exactly one of the 31 check characters is right."""
        ten = code.full()[:10]
        assert [one for one in ALPHABET if is_accepted(ten + one)] == [code.full()[-1]]


class TestSwappedCharacters:
    """Any swap of neighbours is noticed, over the hyphen too; so is any swap at all."""

    @given(tracking_codes())
    def test_every_two_places(self, code: TrackingCode):
        """Changing over any two different characters of a code gives none."""
        plain = code.full().replace("-", "")
        accepted = [
            (one, two)
            for one, two in combinations(range(11), 2)
            if plain[one] != plain[two] and is_accepted(swapped(plain, one, two))
        ]
        assert accepted == []

    def test_every_pair_of_characters_in_every_two_neighbouring_places(self):
        """All 9,300 swaps of two different characters within the ten, one after the other."""
        accepted = []
        for place in range(9):
            for left, right in product(ALPHABET, repeat=2):
                ten = "2" * place + left + right + "2" * (8 - place)
                number = sum(ALPHABET.index(one) * 31**power for power, one in enumerate(ten))
                plain = TrackingCode.from_int(number).full().replace("-", "")
                assert plain[:10] == ten
                if left != right and is_accepted(swapped(plain, place, place + 1)):
                    accepted.append(plain)
        assert accepted == []

    def test_every_pair_of_last_and_check_character(self):
        """The check character and the one before it: every pair that a code can end with."""
        accepted, seen = [], set()
        for number in range(31 * 31):
            plain = (
                TrackingCode.from_int(number % 31 + number // 31 * 31**9).full().replace("-", "")
            )
            seen.add(plain[-2:])
            if plain[-1] != plain[-2] and is_accepted(swapped(plain, 9, 10)):
                accepted.append(plain)
        assert len(seen) == 31 * 31
        assert accepted == []


class TestFromInt:
    """The code of a whole number depends on nothing else."""

    @pytest.mark.parametrize(
        ("number", "code"),
        [(0, "2222222222-2"), (1, "3222222222-N"), (31**10 - 1, "ZZZZZZZZZZ-B")],
    )
    def test_for_ever_the_same(self, number: int, code: str):
        """These codes never change: stored cases are found by them."""
        assert TrackingCode.from_int(number).full() == code

    @given(st.integers(), st.integers(-(2**140), 2**140))
    def test_modulo_31_to_the_tenth(self, one: int, two: int):
        """Two numbers have the same code exactly if they differ by a multiple of 31**10."""
        same = TrackingCode.from_int(one) == TrackingCode.from_int(two)
        assert same == ((one - two) % 31**10 == 0)
        assert TrackingCode.from_int(one) == TrackingCode.from_int(one + 31**10)

    @given(st.integers())
    def test_it_parses(self, number: int):
        """What is made of a number is accepted as text."""
        code = TrackingCode.from_int(number)
        assert TrackingCode.parse(code.full()) == code
