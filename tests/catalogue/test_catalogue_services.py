"""What each service asks for, case by case, as the law lists it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from adminduk.catalogue import FactValue, Item, Service, Substitute, Way, load
from adminduk.catalogue.completion import possible

EARLY, LATE = date(2021, 7, 12), date(2021, 9, 28)
"""Days before and from the Directorate General's letter of 28 September 2021."""

BIRTH = ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
Facts = dict[str, Any]


def service(name: str, on: date = EARLY) -> Service:
    """Give a service by the rules of a day."""
    return load().service(name, on)


def asked(services: Sequence[str], facts: Facts, on: date) -> list[Item | Substitute]:
    """Give what is asked for in a case whose facts that matter are all known."""
    found: list[Item | Substitute] = []
    for name in services:
        for item in service(name, on).items_on(on):
            needed = item.when.holds(facts)
            assert needed is not None, f"{name}: {item.id} is open"
            if not needed or set(item.provided_by) & set(services):
                continue
            instead = [one for one in item.substitutes if one.when.holds(facts)]
            found.append(instead[0] if instead else item)
    return found


def papers(services: str | Sequence[str], facts: Facts, on: date = EARLY) -> str:
    """Give the ids of what is asked for, each once, by the alphabet."""
    names = [services] if isinstance(services, str) else services
    return " ".join(sorted({one.id for one in asked(names, facts, on)}))


def surrendered(services: Sequence[str], facts: Facts) -> dict[str, tuple[str, str]]:
    """Give the originals that the office takes in: before which step, and what becomes of each."""
    return {
        one.id: (one.surrender.due, one.surrender.fate)
        for one in asked(services, facts, LATE)
        if one.surrender is not None
    }


def objections(name: str, facts: Facts) -> list[str]:
    """Give why a service is not for a case; what is open is no objection yet."""
    return [one.id for one in service(name).objections if one.when.holds(facts)]


def age_of(fact: str, number: int) -> FactValue | None:
    """Give the value that a number of years or days stands for."""
    return load().facts[fact].canonical(number)


class TestFirstIdentityCard:
    """Perpres 96/2018 art. 15: from the age of 17, or once married; a copy of the family card."""

    def test_papers(self):
        """The form and the family card, and nothing from the neighbourhood or the village."""
        assert papers("ktp-baru", {}) == "f-1-02 kk"

    @pytest.mark.parametrize(
        ("age", "married", "why_not"),
        [
            (16, False, ["too-young"]),
            (16, True, []),
            (17, False, []),
            (60, True, []),
        ],
    )
    def test_who(self, age: int, married: bool, why_not: list[str]):
        """Who is younger and was never married gets none."""
        facts = {"holder_age": age_of("holder_age", age), "ever_married": married}
        assert objections("ktp-baru", facts) == why_not

    def test_marriage_matters_to_the_young_only(self):
        """From 17 on nobody need be asked whether they are married."""
        (too_young,) = service("ktp-baru").objections
        assert too_young.when.holds({"holder_age": age_of("holder_age", 16)}) is None
        assert too_young.when.holds({"holder_age": age_of("holder_age", 17)}) is False

    def test_in_person(self):
        """Fingerprints, iris, signature and photo are taken of nobody else."""
        assert [one.id for one in service("ktp-baru").attend] == ["biometrics"]
        assert service("ktp-baru").applicants == ("self",)


class TestLostIdentityCard:
    """The letter of 28 September 2021: the police letter, and no copy of the family card."""

    @pytest.mark.parametrize(
        ("relation", "expected"),
        [
            ("self", "f-1-02 surat-hilang"),
            ("family", "f-1-02 f-1-07 surat-hilang"),
            ("other", "f-1-02 f-1-07 surat-hilang"),
        ],
    )
    def test_papers(self, relation: str, expected: str):
        """The holder, or anybody with a power of attorney; the original letter stays."""
        facts = {"applicant_relation": relation}
        assert papers("ktp-hilang", facts) == expected
        assert surrendered(["ktp-hilang"], facts) == {"surat-hilang": ("handover", "kept")}

    def test_nobody_need_come(self):
        """Who was recorded once is not recorded again."""
        assert service("ktp-hilang").attend == ()


class TestChangeOfFamilyCard:
    """Perpres 96/2018 art. 12: the old card and a copy of the proof of what changed."""

    BASIC = "bukti-perubahan f-1-02 f-1-06 kk"

    @pytest.mark.parametrize(
        ("on", "relation", "joins", "expected"),
        [
            (EARLY, "self", False, BASIC),
            (EARLY, "family", False, BASIC),
            (EARLY, "other", False, "bukti-perubahan f-1-02 f-1-06 f-1-07 kk"),
            (EARLY, "self", True, f"{BASIC} pernyataan-menampung"),
            (LATE, "self", True, f"{BASIC} pernyataan-menampung pernyataan-pengasuhan"),
            (LATE, "self", False, BASIC),
        ],
    )
    def test_papers(self, on: date, relation: str, joins: bool, expected: str):
        """Who takes a child under 17 in says so (Permendagri 108/2019 art. 12(5)).

        Since the letter of 28 September 2021 its parents say so too.
        """
        facts = {"applicant_relation": relation, "joins_under_17": joins}
        assert papers("kk-ubah-data", facts, on) == expected
        assert surrendered(["kk-ubah-data"], facts) == {"kk": ("handover", "kept")}

    def test_the_day_before(self):
        """A rule of the letter of 28 September 2021 holds from that day, not before."""
        facts = {"applicant_relation": "self", "joins_under_17": True}
        assert "pengasuhan" not in papers("kk-ubah-data", facts, date(2021, 9, 27))
        assert "pengasuhan" in papers("kk-ubah-data", facts, date(2021, 9, 28))

    def test_deadline(self):
        """A change is reported within 30 days, as paraphrases have it."""
        for name in ("kk-ubah-data", "kk-tambah-anak"):
            deadline = service(name).deadline
            assert deadline is not None
            assert (deadline.days, deadline.content) == (30, "reported")


class TestChildOnFamilyCard:
    """Perpres 96/2018 art. 12: the old card, and the birth certificate or the letter of birth."""

    @pytest.mark.parametrize(
        ("nik", "akta", "relation", "expected"),
        [
            (True, True, "self", "akta-lahir f-1-02 kk"),
            (True, False, "self", "f-1-02 kk surat-lahir"),
            (False, True, "self", "akta-lahir f-1-01 f-1-02 kk"),
            (False, False, "self", "f-1-01 f-1-02 kk surat-lahir"),
            (False, False, "family", "f-1-01 f-1-02 f-1-07 kk surat-lahir"),
            (True, True, "other", "akta-lahir f-1-02 f-1-07 kk"),
        ],
    )
    def test_papers(self, nik: bool, akta: bool, relation: str, expected: str):
        """A child without a NIK is described on form F-1.01.

        Others than the parents or the guardian need a power of attorney.
        """
        facts = {"child_has_nik": nik, "child_has_akta": akta, "applicant_relation": relation}
        assert papers("kk-tambah-anak", facts) == expected
        assert surrendered(["kk-tambah-anak"], facts) == {"kk": ("handover", "kept")}


class TestLostFamilyCard:
    """Perpres 96/2018 art. 13: the police letter, a copy of the KTP-el, a foreigner's permit."""

    @pytest.mark.parametrize(
        ("on", "nik", "foreign", "relation", "expected"),
        [
            (EARLY, True, False, "self", "f-1-02 ktp-el surat-hilang"),
            (EARLY, False, False, "self", "f-1-02 ktp-el surat-hilang"),
            (date(2021, 9, 27), True, False, "self", "f-1-02 ktp-el surat-hilang"),
            (LATE, True, False, "self", "f-1-02 surat-hilang"),
            (LATE, False, False, "family", "f-1-02 ktp-el surat-hilang"),
            (LATE, True, True, "self", "f-1-02 kitap surat-hilang"),
            (LATE, True, False, "other", "f-1-02 f-1-07 surat-hilang"),
        ],
    )
    def test_papers(self, on: date, nik: bool, foreign: bool, relation: str, expected: str):
        """Since the letter of 28 September 2021 the NIK on the form does for the KTP-el's copy."""
        facts = {"nik_in_form": nik, "foreign_resident": foreign, "applicant_relation": relation}
        assert papers("kk-hilang", facts, on) == expected
        assert surrendered(["kk-hilang"], facts) == {"surat-hilang": ("handover", "kept")}


class TestBirthCertificate:
    """Perpres 96/2018 art. 33: letter of birth, proof of marriage, family card.

    A police record for a foundling. Declarations with two witnesses take the place of a letter of
    birth or a proof of marriage that there is not.
    """

    @pytest.mark.parametrize(
        ("letter", "marriage", "foundling", "expected"),
        [
            (True, "recorded", False, "buku-nikah f-2-01 kk surat-lahir"),
            (True, "unrecorded", False, "f-2-01 f-2-04 kk surat-lahir"),
            (True, "none", False, "f-2-01 kk surat-lahir"),
            (False, "recorded", False, "buku-nikah f-2-01 f-2-03 kk"),
            (False, "unrecorded", False, "f-2-01 f-2-03 f-2-04 kk"),
            (False, "none", False, "f-2-01 f-2-03 kk"),
            (False, "none", True, "berita-acara-polisi f-2-01 f-2-03 kk"),
            (True, "none", True, "berita-acara-polisi f-2-01 kk surat-lahir"),
        ],
    )
    def test_papers(self, letter: bool, marriage: str, foundling: bool, expected: str):
        """No copies of the witnesses' KTP, for the form names them; no original is kept."""
        facts = {
            "birth_letter": letter,
            "parents_marriage": marriage,
            "foundling": foundling,
            "applicant_relation": "self",
        }
        assert papers("akta-lahir", facts) == expected
        assert surrendered(["akta-lahir"], facts) == {}

    @pytest.mark.parametrize("relation", ["family", "other"])
    def test_who(self, relation: str):
        """UU 23/2006 art. 57: others than the parents or the guardian need a power of attorney."""
        facts = {
            "birth_letter": True,
            "parents_marriage": "recorded",
            "foundling": False,
            "applicant_relation": relation,
        }
        assert papers("akta-lahir", facts) == "buku-nikah f-1-07 f-2-01 kk surat-lahir"

    def test_foundlings_parents(self):
        """Of parents who are not known no marriage is: nobody is asked, and no mother is named."""
        answers = [dict(one) for one in possible(load(), ["parents_marriage"], {"foundling": True})]
        assert [one["parents_marriage"] for one in answers] == ["none"]
        mother = next(one for one in service("akta-lahir").parties if one.id == "mother")
        assert mother.when.holds({"foundling": True}) is False
        assert mother.when.holds({"foundling": False}) is True

    @pytest.mark.parametrize(("days", "said"), [(0, False), (60, False), (61, True), (900, True)])
    def test_sixty_days(self, days: int, said: bool):
        """UU 23/2006 art. 27 and 32: reported within 60 days, or upon a decision of the head."""
        facts = {"days_since_birth": age_of("days_since_birth", days)}
        late = next(one for one in service("akta-lahir").warnings if one.id == "late")
        assert late.when.holds(facts) is said
        deadline = service("akta-lahir").deadline
        assert deadline is not None
        assert deadline.days == 60

    @pytest.mark.parametrize(
        ("marriage", "foundling", "said"),
        [
            ("recorded", False, []),
            ("unrecorded", False, ["marriage-unrecorded"]),
            ("none", False, ["mother-only"]),
            ("none", True, ["no-parents"]),
        ],
    )
    def test_four_models(self, marriage: str, foundling: bool, said: list[str]):
        """Permendagri 108/2019: of both parents, of both with a remark, of the mother, of none."""
        facts = {"parents_marriage": marriage, "foundling": foundling}
        warned = [one.id for one in service("akta-lahir").warnings if one.when.holds(facts)]
        assert warned == said


class TestChildIdentityCard:
    """Permendagri 2/2016 art. 3(2): under 5; birth certificate, family card, parents' KTP-el."""

    @pytest.mark.parametrize(
        ("relation", "expected"),
        [
            ("self", "akta-lahir f-1-02 kk ktp-orang-tua"),
            ("family", "akta-lahir f-1-02 f-1-07 kk ktp-orang-tua"),
            ("other", "akta-lahir f-1-02 f-1-07 kk ktp-orang-tua"),
        ],
    )
    def test_papers(self, relation: str, expected: str):
        """No photo is needed of a child so young, and no paper is kept."""
        facts = {"applicant_relation": relation}
        assert papers("kia-baru-0-5", facts) == expected
        assert surrendered(["kia-baru-0-5"], facts) == {}

    def test_shown_only(self):
        """The family card and the parents' cards are shown to whoever takes the case in."""
        items = {one.id: one for one in service("kia-baru-0-5").items}
        for name in ("kk", "ktp-orang-tua"):
            assert items[name].show["counter"] == {Way.SEEN}
            assert items[name].show["village"] == {Way.SEEN, Way.SCAN}

    @pytest.mark.parametrize(("age", "why_not"), [(0, []), (4, []), (5, ["too-old"])])
    def test_age(self, age: int, why_not: list[str]):
        """From the fifth birthday it is the other card, with a photo."""
        facts = {"child_age": age_of("child_age", age)}
        assert objections("kia-baru-0-5", facts) == why_not


class TestBirthInOneApplication:
    """A newborn's certificate, place on the family card and identity card, applied for at once."""

    FACTS: Facts = {  # noqa: RUF012 - read only
        "birth_letter": True,
        "parents_marriage": "recorded",
        "foundling": False,
        "applicant_relation": "self",
        "child_has_nik": False,
    }

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "buku-nikah f-1-01 f-1-02 f-2-01 kk ktp-orang-tua surat-lahir"),
            (
                {"birth_letter": False, "parents_marriage": "unrecorded"},
                "f-1-01 f-1-02 f-2-01 f-2-03 f-2-04 kk ktp-orang-tua",
            ),
            (
                {"child_has_nik": True, "applicant_relation": "other"},
                "buku-nikah f-1-02 f-1-07 f-2-01 kk ktp-orang-tua surat-lahir",
            ),
        ],
    )
    def test_papers(self, changes: Facts, expected: str):
        """The certificate that is made here is not asked for, nor whether there is one.

        The family card is brought once and handed in.
        """
        facts = self.FACTS | changes
        assert papers(BIRTH, facts) == expected
        assert surrendered(BIRTH, facts) == {"kk": ("handover", "kept")}

    def test_products(self):
        """Three documents come of it."""
        products = [product for name in BIRTH for product in service(name).products]
        assert products == ["akta-lahir", "kk", "kia"]


class TestLegalisation:
    """Permendagri 104/2019 art. 19(6): not needed for a KTP-el or what is signed electronically."""

    @pytest.mark.parametrize(
        ("kind", "why_not"),
        [("paper", []), ("electronic", ["not-needed"]), ("ktp", ["not-needed"])],
    )
    def test_what(self, kind: str, why_not: list[str]):
        """Only copies of papers that were signed by hand are legalised."""
        assert objections("legalisir", {"document_kind": kind}) == why_not

    def test_papers(self):
        """The original to compare with, and the copy; no document is made."""
        assert papers("legalisir", {}) == "dokumen-asli fotokopi"
        assert service("legalisir").products == ()
        assert surrendered(["legalisir"], {}) == {}
