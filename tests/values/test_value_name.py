"""Names that are on record: whatever they are, they are kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.testing.strategies import person_names
from adminduk.values import PersonName


def refused(text: str) -> str:
    """Give the code with which a name is refused."""
    with pytest.raises(InvalidInput) as caught:
        PersonName.parse(text)
    return caught.value.faults[0].code


class TestRecordedNames:
    """Any name already recorded is accepted: the law on names binds first recordings only."""

    @pytest.mark.parametrize(
        "text",
        [
            "Sukarno",
            "Ma'ruf Amin",
            "H. Budi Santoso, S.E.",
            "O",
            "Nur 2",
            "李小龍",
            "N'Diaye-Ba",
            "A" * 200,
        ],
    )
    def test_kept_as_it_is(self, text: str):
        """One word, an apostrophe, a title, a digit, another script, 200 letters."""
        assert PersonName.parse(text).full() == text

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("  Siti   Aminah ", "Siti Aminah"),
            ("Siti\u00a0\u2003Aminah", "Siti Aminah"),
            ("Andre\u0301", "Andr\u00e9"),
        ],
    )
    def test_blanks_and_accents_are_made_one(self, text: str, name: str):
        """Blanks of all kinds become one blank, accents are composed: equal names are equal."""
        assert PersonName.parse(text).full() == name

    @given(person_names())
    def test_canonical(self, name: PersonName):
        """Every name is composed, without blanks at its ends or two together, up to 200 long."""
        text = name.full()
        assert unicodedata.is_normalized("NFC", text)
        assert text == " ".join(text.split())
        assert 1 <= len(text) <= 200


class TestNoNames:
    """What cannot be printed on one line, or has no letter, is no name."""

    @pytest.mark.parametrize("text", ["", " ", "123", "-", "...", "\u0301", "\U0001f600", "'"])
    def test_without_a_letter(self, text: str):
        """At least one letter is needed."""
        assert refused(text) == "name_empty"

    @given(
        st.text("ab ", max_size=5),
        st.one_of(
            st.characters(categories=["Cc", "Cf", "Co", "Cs", "Zl", "Zp"]),
            st.sampled_from("\n\r\t\x00\x85\u2028\u2029\u200b\u200f\u202e\ufeff\ud800\x1b"),
        ),
        st.text("ab ", max_size=5),
    )
    def test_unprintable_characters(self, before: str, one: str, after: str):
        """Controls, line breaks, invisible and direction-changing characters are refused."""
        assert refused(before + "a" + one + after) == "name_characters"

    def test_length(self):
        """More than 200 characters are refused, also when only normalising makes them so."""
        assert refused("A" * 201) == "name_long"
        assert refused("A" + " " * 200) == "name_long"
        assert refused("\u0958" * 101) == "name_long"
        assert len(PersonName.parse("\u0958" * 100).full()) == 200
