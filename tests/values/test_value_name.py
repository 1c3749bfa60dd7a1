"""Names: any that is on record, and the rules for a first recording."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import Fault, InvalidInput
from adminduk.testing.strategies import person_names, simple_names
from adminduk.values import PersonName, first_recording_faults


def refused(text: str) -> str:
    """Give the code with which a name is refused."""
    with pytest.raises(InvalidInput) as caught:
        PersonName.parse(text)
    return caught.value.faults[0].code


def faults(text: str) -> list[str]:
    """Give the codes of the grounds to refuse a first recording."""
    return [fault.code for fault in first_recording_faults(PersonName.parse(text)).faults]


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


class TestFirstRecording:
    """Permendagri 73/2022 art. 4(2) and 5(3), as far as a program can tell."""

    @given(simple_names())
    def test_an_ordinary_name(self, name: PersonName):
        """Two or more words of letters, up to 60 characters, have nothing against them."""
        found = first_recording_faults(name)
        assert found.faults == ()
        assert found.warnings == ()

    def test_sixty_characters(self):
        """Art. 4(2)b: at most 60 characters, blanks included."""
        assert faults("A" * 30 + " " + "B" * 29) == []
        assert faults("A" * 30 + " " + "B" * 30) == ["name_over_60"]

    def test_one_word_is_a_warning(self):
        """Art. 4(2)c asks for two words; art. 7 does not refuse for it."""
        found = first_recording_faults(PersonName.parse("Sukarno"))
        assert found.faults == ()
        assert [warning.code for warning in found.warnings] == ["name_one_word"]

    @pytest.mark.parametrize(
        ("text", "warned"),
        [
            ("Andr\u00e9 Putra", False),
            ("Sri D\u0113wi", False),
            ("\u674e \u5c0f\u9f8d", True),
            ("Siti \u0410minah", True),
        ],
    )
    def test_other_letters_than_latin_are_a_warning(self, text: str, warned: bool):
        """Art. 5(1)a asks for Latin letters, accents or not; art. 7 does not refuse for it."""
        found = first_recording_faults(PersonName.parse(text))
        assert found.faults == ()
        assert [one.code for one in found.warnings] == (["name_not_latin"] if warned else [])

    @pytest.mark.parametrize("digit", ["2", "\u0662", "\u00b2", "\u2161"])
    def test_digits(self, digit: str):
        """Art. 5(3)b: no digits, of whatever script or shape."""
        assert faults(f"Budi {digit}") == ["name_digits"]

    @pytest.mark.parametrize("mark", list("'.,-/()`\u00b4\u2019\u02bc\u02bb+$@"))
    def test_punctuation(self, mark: str):
        """Art. 5(3)b: no punctuation; an apostrophe that Unicode calls a letter is one too."""
        assert "name_punctuation" in faults(f"Ma{mark}ruf Amin")

    @pytest.mark.parametrize(
        "text",
        [
            "Dr. Budi Santoso",
            "dr Budi Santoso",
            "DRS BUDI SANTOSO",
            "H. Budi Santoso",
            "Hj Siti Aminah",
            "KH. Budi Santoso",
            "Ir. Budi Santoso",
            "Prof. Dr. Budi Santoso",
            "Budi Santoso, SE",
            "Budi Santoso,SE",
            "Budi Santoso S.Pd",
            "Budi Santoso, S. Pd.",
            "Budi Santoso S. Ag",
            "Budi Santoso A.Md.Kep",
            "Budi Santoso SKM",
            "Budi Santoso Ph.D",
        ],
    )
    def test_titles(self, text: str):
        """Art. 5(3)c: no titles of education or religion on a deed, with dots or without."""
        assert "name_title" in faults(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Drajat Santoso",
            "Irwan Hadi",
            "Ir Hadi",
            "Sip Rahayu",
            "Siti Mas Ayu",
            "Raden Ajeng Dewi",
            "Profita Dewi",
            "Mahesa Ma",
            "Hadi Se",
            "Khalid Nur",
            "André Putra",
        ],
    )
    def test_names_that_resemble_titles(self, text: str):
        """Names that begin like a title, may be one, or hold a customary title, pass."""
        assert faults(text) == []

    def test_all_at_once(self):
        """Every ground is named, not only the first."""
        assert faults("Dr. Budi 2 " + "A" * 60) == [
            "name_over_60",
            "name_digits",
            "name_punctuation",
            "name_title",
        ]

    @given(person_names())
    def test_any_recorded_name_can_be_held_against_it(self, name: PersonName):
        """Whatever the name, the answer is faults with words in them and without the name."""
        found = first_recording_faults(name)
        assert all(isinstance(one, Fault) and one.path == "" for one in found.faults)
        assert all(one.message("en") for one in (*found.faults, *found.warnings))
        assert ("name_one_word" in [one.code for one in found.warnings]) == (" " not in name.full())
