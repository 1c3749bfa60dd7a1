"""Occupations: one that the form does not list is kept as it was told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import InvalidInput
from adminduk.forms import Occupation, OccupationKind
from adminduk.language import Text
from adminduk.testing.strategies import occupations

LETTERS = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=30)


class TestListed:
    """What the form lists is recognised, however it is written."""

    @given(st.sampled_from(OccupationKind), st.sampled_from(["id", "en"]))
    def test_by_code_and_by_name(self, kind: OccupationKind, language: str):
        """The code and both names are one occupation, kept as the form prints it."""
        name = kind.label.in_language(language)
        for told in (str(kind.code), name, name.lower(), f" {name} "):
            found = Occupation.parse(told)
            assert found == Occupation.of(kind)
            assert (found.kind, found.code, found.label) == (kind, kind.code, kind.label)
            assert str(found) == kind.label.id


class TestNotListed:
    """Any other is no error: it is the code of `OTHER` and the words of the person."""

    @pytest.mark.parametrize("told", ["Barista", "Pawang hujan", "YouTuber", "3D artist", "Ojek"])
    def test_kept_as_told(self, told: str):
        """With its case, in both languages."""
        found = Occupation.parse(told)
        assert str(found) == told
        assert (found.kind, found.code) == (OccupationKind.OTHER, 89)
        assert found.label == Text(told, told)

    @given(LETTERS)
    def test_whatever_has_letters(self, told: str):
        """No word is refused; blanks and accents are made one."""
        found = Occupation.parse(f"  {told}   {told} ")
        composed = unicodedata.normalize("NFC", told)
        assert found.kind is not OccupationKind.OTHER or found.full() == f"{composed} {composed}"

    @given(occupations())
    def test_both_come_up_and_have_a_code(self, one: Occupation):
        """Whatever the occupation, the form has a code for it."""
        assert 1 <= one.code <= 89
        assert (one.kind is OccupationKind.OTHER) == (one.code == 89)


class TestNoOccupation:
    """What has no letter, is endless or cannot be printed is no occupation."""

    @pytest.mark.parametrize(
        "told", ["", " ", "0", "90", "123", "-", "A" * 101, "Barista\n", "Bar\u202eista"]
    )
    def test_refused(self, told: str):
        """A number that is no code, too, is not kept as an occupation."""
        with pytest.raises(InvalidInput) as caught:
            Occupation.parse(told)
        assert [fault.code for fault in caught.value.faults] == ["occupation"]

    def test_length(self):
        """A hundred characters are kept, also when only composing would make them more."""
        assert len(Occupation.parse("A" * 100).full()) == 100
        with pytest.raises(InvalidInput):
            Occupation.parse("\u0958" * 51)
        assert len(Occupation.parse("\u0958" * 50).full()) == 100
