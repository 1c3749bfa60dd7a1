"""Names that are recorded for the first time, article by article: Permendagri 73/2022."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import load
from adminduk.errors import Fault, InvalidInput
from adminduk.testing.strategies import person_names, simple_names
from adminduk.values import PersonName, RecordedOn, first_recording_faults

BOTH = pytest.mark.parametrize("on", RecordedOn)
WORDS = st.sampled_from(["Siti", "Budi", "Nur", "Al", "Andr\u00e9", "Wahyuningsih"])
DOTTED = ["Dr.", "Drs.", "Prof.", "H.", "Hj.", "KH.", "Ir.", "Pdt."]
DEGREES = [", SE", ", S.E.", ", S.Pd.", " S.Kom", ", S. Ag", ", S.H., M.H.", ", Ph.D"]


def faults(text: str, on: RecordedOn = RecordedOn.DEED) -> list[str]:
    """Give the codes of the grounds to refuse a name."""
    return [one.code for one in first_recording_faults(PersonName.parse(text), on=on).faults]


def warnings(text: str, on: RecordedOn = RecordedOn.DEED) -> list[str]:
    """Give the codes of what an applicant should be told."""
    return [one.code for one in first_recording_faults(PersonName.parse(text), on=on).warnings]


class TestArticle1FirstRecording:
    """Art. 1: to record a name is to write it for the first time; what is on record stays."""

    @BOTH
    @given(name=person_names())
    def test_any_recorded_name_can_be_held_against_it(self, on: RecordedOn, name: PersonName):
        """Whatever the name, the answer is faults with words in them, never an error."""
        found = first_recording_faults(name, on=on)
        assert all(isinstance(one, Fault) and one.path == "" for one in found.faults)
        assert all(one.message("en") for one in (*found.faults, *found.warnings))

    @BOTH
    @given(name=simple_names())
    def test_an_ordinary_name(self, on: RecordedOn, name: PersonName):
        """Two or more words of letters, up to 60 characters, have nothing against them."""
        found = first_recording_faults(name, on=on)
        assert found.faults == ()
        assert found.warnings == ()


class TestArticle4Paragraph2aReadable:
    """Art. 4(2)a: easy to read, not negative, not ambiguous; an official says so, no program."""

    @BOTH
    @pytest.mark.parametrize("text", ["Xqzw Bvkjt", "Jelek Sekali", "Bulan Bulan", "Aaaa Aaaa"])
    def test_nothing_is_said_of_sound_and_meaning(self, on: RecordedOn, text: str):
        """Words that cannot be spoken, and words that mean something, pass."""
        assert (faults(text, on), warnings(text, on)) == ([], [])


class TestArticle4Paragraph2bSixtyLetters:
    """Art. 4(2)b: at most 60 letters, blanks included."""

    @BOTH
    @given(first=st.integers(1, 70), second=st.integers(1, 70))
    def test_letters_and_blanks_count(self, on: RecordedOn, first: int, second: int):
        """Refused exactly from the sixty-first on, wherever the blank stands."""
        expected = ["name_over_60"] if first + 1 + second > 60 else []
        assert faults("A" * first + " " + "B" * second, on) == expected

    def test_blanks_that_are_not_recorded(self):
        """Blanks too many are not recorded, and do not count."""
        assert faults("A" * 30 + " " * 20 + "B" * 29) == []

    def test_an_accent_is_no_letter(self):
        """A letter with an accent is one, also where Unicode has no single character for it."""
        assert len(PersonName.parse("Q\u0303").full()) == 2
        assert faults("Q\u0303" * 30 + " " + "B" * 29) == []
        assert faults("Q\u0303" * 30 + " " + "B" * 30) == ["name_over_60"]


class TestArticle4Paragraph2cTwoWords:
    """Art. 4(2)c: at least two words; art. 7 does not refuse for it."""

    @BOTH
    @given(words=st.lists(WORDS, min_size=1, max_size=4))
    def test_one_word_is_a_warning(self, on: RecordedOn, words: list[str]):
        """One word is never refused, and two are not warned of."""
        text = " ".join(words)
        assert ("name_one_word" in warnings(text, on)) == (len(words) == 1)
        assert "name_one_word" not in faults(text, on)

    def test_a_title_is_no_second_word(self):
        """On a card the title stands beside the name and is not one of its words."""
        assert warnings("H. Sukarno", RecordedOn.CARD) == ["name_one_word"]
        assert warnings("H. Ahmad Sukarno", RecordedOn.CARD) == []


class TestArticle5Paragraph1aLatinLetters:
    """Art. 5(1)a: Latin letters by the rules of Indonesian; art. 7 does not refuse for it."""

    @BOTH
    @pytest.mark.parametrize(
        ("text", "warned"),
        [
            ("Andr\u00e9 Putra", False),
            ("Sri D\u0113wi", False),
            ("\u674e \u5c0f\u9f8d", True),
            ("Siti \u0410minah", True),
        ],
    )
    def test_other_letters_than_latin_are_a_warning(self, on: RecordedOn, text: str, warned: bool):
        """Letters with accents are Latin; one that only looks so is not."""
        assert faults(text, on) == []
        assert warnings(text, on) == (["name_not_latin"] if warned else [])


class TestArticle5Paragraph1bAnd2ClanNames:
    """Art. 5(1)b and 5(2): the name of a clan may stand in the name, and is one with it."""

    @BOTH
    @pytest.mark.parametrize("clan", ["Sihombing", "Manurung", "Tuasikal", "Tarigan Girsang"])
    def test_it_counts_like_any_word(self, on: RecordedOn, clan: str):
        """It is the second word, and its letters are among the sixty."""
        assert (faults(f"Budi {clan}", on), warnings(f"Budi {clan}", on)) == ([], [])
        assert faults("A" * (60 - len(clan)) + f" {clan}", on) == ["name_over_60"]


class TestArticle5Paragraph1cTitlesOnCards:
    """Art. 5(1)c: family card and KTP-el may bear titles, shortened too, also those of custom."""

    @given(simple_names(), st.sampled_from(DOTTED), st.sampled_from(DEGREES))
    def test_education_and_religion(self, name: PersonName, before: str, after: str):
        """Before and after the name, with their dots and commas; the deed refuses the same."""
        titled = f"{before} {name}{after}"
        assert faults(titled, RecordedOn.CARD) == []
        assert warnings(titled, RecordedOn.CARD) == []
        assert "name_title" in faults(titled)

    @pytest.mark.parametrize("text", ["R.A. Siti Aminah", "Rr. Dewi Ayu", "K.R.T. Budi Santoso"])
    def test_shortened_titles_of_custom(self, text: str):
        """On the card with their dots; on a deed dots are punctuation, the title is no fault."""
        assert (faults(text, RecordedOn.CARD), warnings(text, RecordedOn.CARD)) == ([], [])
        assert faults(text) == ["name_punctuation"]

    def test_a_title_between_the_parts_of_another(self):
        """What is left when a title is taken out is not looked through for titles again."""
        assert "name_title" not in faults("Budi S. R.A. Pd.", RecordedOn.CARD)

    @BOTH
    def test_titles_of_custom_in_full(self, on: RecordedOn):
        """They are words like others everywhere."""
        assert faults("Raden Ajeng Dewi", on) == []

    @given(simple_names(), st.sampled_from(DEGREES))
    def test_the_name_beside_the_title(self, name: PersonName, title: str):
        """What the name itself must not have, it must not have beside a title either."""
        assert faults(f"{name} 2{title}", RecordedOn.CARD) == ["name_digits"]
        assert faults(f"Ma'ruf {name}{title}", RecordedOn.CARD) == ["name_punctuation"]
        assert faults(f"Siti, {name}{title}", RecordedOn.CARD) == ["name_punctuation"]
        assert "name_over_60" in faults(f"{'A' * 60} {name}{title}", RecordedOn.CARD)

    def test_a_title_is_not_among_the_sixty_letters(self):
        """The rule is for the name, and the title stands beside it."""
        assert faults("A" * 30 + " " + "B" * 29 + ", S.Pd.", RecordedOn.CARD) == []


class TestArticle5Paragraph3aShortened:
    """Art. 5(3)a: not shortened, unless it can mean nothing else: an official must look."""

    @BOTH
    @pytest.mark.parametrize(
        "text", ["M Yusuf", "Moh Yusuf", "MUH YUSUF", "Abd Rahman", "Siti A Putri", "A Yani"]
    )
    def test_what_looks_shortened_is_a_warning(self, on: RecordedOn, text: str):
        """A single letter and what is known to be short: whether it is clear, nobody can tell."""
        assert (faults(text, on), warnings(text, on)) == ([], ["name_shortened"])

    @BOTH
    @pytest.mark.parametrize("text", ["M. Yusuf", "Moh. Yusuf", "Siti A.P. Dewi"])
    def test_a_dot_is_refused_as_punctuation(self, on: RecordedOn, text: str):
        """Art. 5(3)b refuses the dot whatever the word means."""
        assert (faults(text, on), warnings(text, on)) == (["name_punctuation"], ["name_shortened"])

    @BOTH
    @pytest.mark.parametrize("text", ["I Wayan Putra", "Ni Made Ayu", "Al Amin", "Muhammad Nur"])
    def test_short_words_that_are_whole(self, on: RecordedOn, text: str):
        """The I of Bali is a word, as are others of two or three letters."""
        assert (faults(text, on), warnings(text, on)) == ([], [])

    def test_a_letter_that_is_a_word_of_another_script(self):
        """A single character of another script may be a whole name."""
        assert warnings("\u674e \u5c0f\u9f8d") == ["name_not_latin"]

    @pytest.mark.parametrize("text", ["Dr. Budi Santoso", "Budi Santoso, S.E."])
    def test_a_title_is_no_shortened_name(self, text: str):
        """It is refused on a deed as a title; of the name itself nothing is said."""
        assert "name_shortened" not in warnings(text)


class TestArticle5Paragraph3bDigitsAndPunctuation:
    """Art. 5(3)b: no digits and no punctuation."""

    @BOTH
    @given(name=simple_names(), digit=st.characters(categories=["Nd", "Nl", "No"]))
    def test_digits(self, on: RecordedOn, name: PersonName, digit: str):
        """Of whatever script or shape, as a word or within one."""
        assert faults(f"Budi {digit}", on) == ["name_digits"]
        assert "name_digits" in faults(f"Ra{digit}ma {name}", on)

    @BOTH
    @given(
        name=simple_names(),
        mark=st.one_of(
            st.sampled_from("'.,-/()`\u00b4\u2019\u02bc\u02bb+$@"),
            st.characters(categories=["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]),
        ),
    )
    def test_punctuation(self, on: RecordedOn, name: PersonName, mark: str):
        """An apostrophe that Unicode calls a letter is one too."""
        assert "name_punctuation" in faults(f"Ma{mark}ruf {name}", on)


class TestArticle5Paragraph3cTitlesOnDeeds:
    """Art. 5(3)c: no titles of education or religion on civil-registration deeds."""

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
            "Pdt Budi Santoso",
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
        """With dots or without; a card may bear the same."""
        assert "name_title" in faults(text)
        assert faults(text, RecordedOn.CARD) == []

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

    def test_a_deed_where_nothing_else_is_said(self):
        """The stricter rule holds unless the card is named."""
        name = PersonName.parse("Drs Budi Santoso")
        assert first_recording_faults(name) == first_recording_faults(name, on=RecordedOn.DEED)
        assert first_recording_faults(name) != first_recording_faults(name, on=RecordedOn.CARD)


class TestArticle7WhatIsRefused:
    """Art. 7(1): what breaks art. 4(2)b or art. 5(3) is refused, and nothing else."""

    @BOTH
    @given(
        name=person_names()
        | st.text(".,' ABS2dr\u674e", min_size=70).map(
            lambda text: PersonName.parse(f"A{text}"[:200])
        )
    )
    def test_faults_are_what_it_names(self, on: RecordedOn, name: PersonName):
        """Every fault is of a rule that it names; of the others there are warnings only."""
        found = first_recording_faults(name, on=on)
        assert {one.facts["article"] for one in found.faults} <= {"4(2)b", "5(3)b", "5(3)c"}
        assert {one.facts["article"] for one in found.warnings} <= {"4(2)c", "5(1)a", "5(3)a"}

    def test_all_at_once(self):
        """Every ground is named with its article, not only the first."""
        name = PersonName.parse("Dr. Budi 2 " + "A" * 60)
        found = first_recording_faults(name)
        assert [(one.code, one.facts["article"]) for one in found.faults] == [
            ("name_over_60", "4(2)b"),
            ("name_digits", "5(3)b"),
            ("name_punctuation", "5(3)b"),
            ("name_title", "5(3)c"),
        ]

    def test_each_cites_the_regulation(self):
        """By the id that the catalogue has for it, faults and warnings alike."""
        found = first_recording_faults(PersonName.parse("\u674e2"))
        cited = {one.facts["instrument"] for one in (*found.faults, *found.warnings)}
        assert [load().instruments[one].title for one in cited] == ["Permendagri 73/2022"]

    def test_what_it_is_recorded_on_may_be_named(self):
        """By its value, as a program has it; what is none of them is not taken for a card."""
        name = PersonName.parse("Dr. Budi Santoso")
        named = first_recording_faults(name, on="deed")  # type: ignore[arg-type] # what is tried
        assert named == first_recording_faults(name, on=RecordedOn.DEED)
        with pytest.raises(InvalidInput):
            first_recording_faults(name, on="paper")  # type: ignore[arg-type] # what is tried
