"""The choices of the forms: their codes, their names, and what is taken for one of them."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk import forms
from adminduk.errors import InvalidInput
from adminduk.forms import CHOICES, FormCode, Religion
from adminduk.forms.base import _printed

KINDS = pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.__name__)
ANSWERS = st.sampled_from([one for kind in CHOICES for one in kind])
TEXTS = ["", " ", "0", "00", "90", "-1", "+1", "1.", "001", "\uff11", "Jedi", "A" * 101]
OTHERS: list[object] = [0, -1, 90, 10**30, 1.0, None, True, b"1", ["1"], {}, object()]
LANGUAGES = st.sampled_from(["id", "en"])


def refusal(kind: type[FormCode], told: Any) -> InvalidInput:
    """Give the error with which something is refused."""
    with pytest.raises(InvalidInput) as caught:
        kind.parse(told)
    return caught.value


class TestWhatTheFormsPrint:
    """Codes go into documents and other programs: they never change."""

    def test_every_question_is_a_class_and_the_other_way_round(self):
        """What the data tell of, the package names and its list holds, each once."""
        exported = {one for one in map(forms.__dict__.get, forms.__all__) if one is not FormCode}
        classes = {one for one in exported if isinstance(one, type) and issubclass(one, FormCode)}
        assert set(CHOICES) == classes
        assert len(CHOICES) == len(classes)
        assert [kind.__name__ for kind in CHOICES if kind.__name__ not in _printed()] == []
        assert len(_printed()) == len(CHOICES)

    @KINDS
    def test_every_code_has_its_name(self, kind: type[FormCode]):
        """The codes count from 1, and names are there for these codes and no other."""
        assert [one.code for one in kind] == list(range(1, len(kind) + 1))
        assert set(_printed()[kind.__name__].labels) == {one.code for one in kind}

    @KINDS
    def test_every_text_is_said_in_both_languages(self, kind: type[FormCode]):
        """Question and answers, without blanks around them."""
        texts = [kind.title(), *(one.label for one in kind)]
        assert [one for text in texts for one in (text.id, text.en) if one != one.strip()] == []
        assert all(text.id and text.en for text in texts)

    @KINDS
    def test_no_two_answers_have_one_name(self, kind: type[FormCode]):
        """A name in either language means one answer only, even without its blanks and case."""
        names = [
            {"".join(name.casefold().split()) for name in (one.label.id, one.label.en)}
            for one in kind
        ]
        assert len(set().union(*names)) == sum(map(len, names))

    @pytest.mark.parametrize(
        ("answer", "code", "name"),
        [
            (forms.Religion.PROTESTANTISM, 2, "KRISTEN"),
            (forms.Religion.CONFUCIANISM, 6, "KHONGHUCU"),
            (forms.Education.SENIOR_SECONDARY, 5, "SLTA / SEDERAJAT"),
            (forms.Education.DOCTOR, 10, "STRATA III"),
            (forms.MaritalStatus.MARRIED_UNRECORDED, 3, "KAWIN BELUM TERCATAT"),
            (forms.MaritalStatus.WIDOWED, 6, "CERAI MATI"),
            (forms.FormerMaritalStatus.DIVORCED, 3, "CERAI HIDUP"),
            (forms.FamilyRelation.CHILD, 4, "ANAK"),
            (forms.FamilyRelation.PARENT_IN_LAW, 8, "MERTUA"),
            (forms.BloodType.O, 4, "O"),
            (forms.BloodType.AB_NEGATIVE, 10, "AB-"),
            (forms.BloodType.UNKNOWN, 13, "TIDAK TAHU"),
            (forms.Disability.HEARING_OR_SPEECH, 3, "CACAT RUNGU/WICARA"),
            (forms.Disability.NONE, 7, "TIDAK CACAT"),
            (forms.OccupationKind.FARMER, 9, "PETANI/PEKEBUN"),
            (forms.OccupationKind.TRADITIONAL_MIDWIFE, 38, "PARAJI"),
            (forms.OccupationKind.REGENT, 58, "BUPATI"),
            (forms.OccupationKind.TEACHER, 65, "GURU"),
            (forms.OccupationKind.TRADER, 84, "PEDAGANG"),
            (forms.OccupationKind.SELF_EMPLOYED, 88, "WIRASWASTA"),
            (forms.OccupationKind.OTHER, 89, "LAINNYA"),
            (forms.NewFamilyCardReason.SPLIT, 3, "Pisah KK"),
            (forms.FamilyCardChange.VITAL_EVENT, 2, "Peristiwa penting"),
            (forms.CardLoss.DAMAGED, 2, "Rusak"),
            (forms.MoveDocument.MOVE_LETTER, 2, "Surat Keterangan Pindah"),
            (forms.MoveDistance.BETWEEN_REGENCIES, 4, "Antar Kab/Kota"),
            (forms.MoveReason.HOUSING, 5, "Perumahan"),
            (forms.MoveParty.MEMBERS, 4, "Anggota Keluarga"),
            (forms.FamilyCardAfterMove.NEW_CARD, 2, "Membuat KK Baru"),
            (forms.Sponsor.NONE, 4, "Tanpa sponsor"),
            (forms.BirthPlace.VILLAGE_MATERNITY_POST, 3, "Polindes"),
            (forms.BirthKind.TRIPLET, 3, "Kembar 3"),
            (forms.BirthAttendant.TRADITIONAL, 3, "Dukun"),
            (forms.DeathCause.CRIME, 4, "Kriminalitas"),
            (forms.DeathWitness.POLICE, 3, "Kepolisian"),
        ],
        ids=str,
    )
    def test_as_the_form_says(self, answer: FormCode, code: int, name: str):
        """Of each question some answers, by hand: the English name stands for the printed one."""
        assert (answer.code, answer.label.id) == (code, name)


class TestParsing:
    """A code or a name, as people write them, is the answer that it means."""

    @given(ANSWERS)
    def test_codes(self, answer: FormCode):
        """As a number, as text, and with the zero that fills a second box."""
        for told in (answer.code, str(answer.code), f"{answer.code:02}"):
            assert type(answer).parse(told) is answer

    @given(ANSWERS, LANGUAGES, st.data())
    def test_names(self, answer: FormCode, language: str, data: st.DataObject):
        """In either language, in any case, with blanks more or fewer."""
        name = answer.label.in_language(language)
        cased = data.draw(st.sampled_from([name, name.lower(), name.upper(), name.title()]))
        blanks = data.draw(st.sampled_from([cased, f"  {cased}\n", cased.replace(" ", "")]))
        assert type(answer).parse(blanks.replace("/", " / ")) is answer

    @KINDS
    @pytest.mark.parametrize("told", [*TEXTS, *OTHERS])
    def test_nothing_else(self, kind: type[FormCode], told: object):
        """What means no answer is refused, whatever its type; True is not 1."""
        fault = refusal(kind, told).faults[0]
        assert (fault.path, fault.code) == ("", "not_on_form")

    @given(ANSWERS.map(type), st.text())
    def test_any_text_is_an_answer_or_invalid_input(self, kind: type[FormCode], told: str):
        """Whatever the text, the answer is one of the form or an error with words."""
        if kind.find(told) is None:
            assert refusal(kind, told).message("en")
        else:
            assert kind.parse(told) in kind

    def test_a_refusal_says_what_is_accepted(self):
        """In the language of the reader, codes and names; never what was told."""
        error = refusal(Religion, "Jedi")
        assert error.message("id").endswith(
            "1 ISLAM, 2 KRISTEN, 3 KATHOLIK, 4 HINDU, 5 BUDHA, 6 KHONGHUCU,"
            " 7 Kepercayaan Terhadap Tuhan YME / Lainnya"
        )
        assert "2 Protestantism, 3 Catholicism" in error.message("en")
        assert (
            "Jedi" not in f"{error!r} {error.facts} {error.as_dict('en')} {pickle.dumps(error)!r}"
        )


class TestReadLate:
    """Who does not ask for a name does not wait for the names to be read."""

    def test_importing_reads_nothing(self):
        """The library is imported without this package, this package without its data."""
        code = (
            "import sys, adminduk, adminduk.office\n"
            "early = 'adminduk.forms' in sys.modules\n"
            "from adminduk import forms\n"
            "from adminduk.forms.base import _printed\n"
            "read = lambda: _printed.cache_info().currsize\n"
            "before = read(), forms.Religion.ISLAM.code, read()\n"
            "print(early, before, forms.Religion.ISLAM.label.id, read())\n"
        )
        told = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        assert told.stdout == "False (0, 1, 0) ISLAM 1\n"
