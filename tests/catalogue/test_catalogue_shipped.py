"""The national rules as a whole: each is cited, said in both languages, and of some use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import attrs
import pytest

from adminduk.catalogue import (
    PERSON_FIELDS,
    Certainty,
    Citation,
    Condition,
    Service,
    Text,
    load,
)
from adminduk.catalogue.law import InstrumentId
from adminduk.errors import InvalidInput
from adminduk.records import Person

DAY = date(2021, 7, 12)


def inside(value: Any) -> Iterator[Any]:
    """Give a value and everything that it is made of."""
    yield value
    if attrs.has(type(value)):
        parts: list[Any] = [getattr(value, one.name) for one in attrs.fields(type(value))]
    elif isinstance(value, dict):
        parts = list(value.values())
    else:
        parts = list(value) if isinstance(value, (tuple, frozenset)) else []
    for part in parts:
        yield from inside(part)


CATALOGUE = load()
RULES = [one for one in inside(CATALOGUE) if hasattr(one, "cite")]
SERVICES = tuple(service for periods in CATALOGUE.periods.values() for service in periods)


CONDITIONS = [one for one in inside(SERVICES) if isinstance(one, Condition)]
ASKED = {name for one in CONDITIONS for name in one.facts}


class TestWhatThereIs:
    """The services that can be applied for, and what they make."""

    def test_services(self):
        """Every service of population registration and civil registration, a file a family."""
        families = {
            "biodata": {"biodata-wni", "biodata-wni-ln", "biodata-oa"},
            "birth": {
                "akta-lahir",
                "akta-lahir-terlambat",
                "akta-lahir-oa",
                "lapor-lahir-ln",
                "lahir-mati",
            },
            "change": {
                "perubahan-nama",
                "peristiwa-lain",
                "ubah-kewarganegaraan-wni",
                "ubah-kewarganegaraan-oa",
                "anak-ganda-daftar",
                "anak-ganda-pilih-wni",
                "anak-ganda-pilih-oa",
                "pembetulan-akta",
                "batal-akta-pengadilan",
                "batal-akta-contrarius",
                "kutipan-ulang",
            },
            "child": {"pengakuan-anak", "pengesahan-anak", "pengangkatan-anak"},
            "death": {"akta-kematian", "akta-kematian-tanpa-data"},
            "ikd": {"ikd"},
            "kia": {
                "kia-baru-0-5",
                "kia-baru-5-17",
                "kia-perpanjang-5",
                "kia-hilang",
                "kia-rusak",
                "kia-pindah",
                "kia-ubah-data",
                "kia-oa",
            },
            "kk": {
                "kk-baru-keluarga",
                "kk-ganti-kepala",
                "kk-pisah",
                "kk-ubah-data",
                "kk-tambah-anak",
                "kk-kurang-anggota",
                "kk-hilang",
                "kk-rusak",
            },
            "ktp": {
                "ktp-baru",
                "ktp-hilang",
                "ktp-rusak",
                "ktp-ubah-data",
                "ktp-ganti-foto",
                "ktp-pindah-datang",
                "ktp-dari-ln",
                "ktp-oa-baru",
                "ktp-oa-perpanjang",
                "ktp-luar-domisili",
            },
            "legalisir": {"legalisir"},
            "marriage": {
                "akta-perkawinan",
                "akta-perkawinan-almarhum",
                "akta-perkawinan-oa",
                "batal-perkawinan",
                "akta-perceraian",
                "batal-perceraian",
            },
            "move": {
                "pindah-dalam-kab",
                "pindah-antar-kab",
                "datang-wni",
                "pindah-oa-itap",
                "pindah-oa-itas",
                "pindah-ke-ln",
                "datang-dari-ln",
                "sktt",
            },
            "nonpermanen-rentan": {"nonpermanen", "rentan"},
        }
        found = {
            file.name.removesuffix(".toml"): set(
                re.findall(r'(?<=\[\[service\]\]\nid = ")[^"]+', text)
            )
            for file in files("adminduk.catalogue").joinpath("data").iterdir()
            if "[[service]]" in (text := file.read_text(encoding="utf-8"))
        }
        assert found == families
        assert set().union(*families.values()) == set(CATALOGUE.periods)

    def test_products(self):
        """Cards are on numbered blanks and never digital; the rest is paper, or digital."""
        cards = {one.id for one in CATALOGUE.products.values() if one.form == "blank"}
        assert cards == {"ktp", "ktp-suami", "ktp-istri", "kia"}
        for one in CATALOGUE.products.values():
            assert one.digital is (one.id not in cards)

    def test_documents(self):
        """What is made under several names is one document, which each has once."""
        kinds = {one.id: one.kind for one in CATALOGUE.products.values() if one.kind != one.id}
        assert kinds == {
            "ktp-suami": "ktp",
            "ktp-istri": "ktp",
            "kk-baru": "kk",
            "kk-pendatang": "kk",
        }

    def test_applicants(self):
        """For what needs the person they apply themselves; for the rest anybody, or who may."""
        restricted = {one.id for one in SERVICES if one.applicants == ("self",)}
        assert restricted == {
            "ktp-baru",
            "ktp-oa-baru",
            "ktp-ganti-foto",
            "ktp-luar-domisili",
            "ikd",
        }
        assert all(CATALOGUE.service(one, date(2025, 1, 2)).attend for one in restricted)

    def test_subjects(self):
        """One KTP a NIK, one family card a number, one birth a mother, day, name and order.

        Of a foundling, whose mother is not known, the rest must do.
        """
        birth = ("mother.nik", "child.birth_date", "child.name", "child.birth_order")
        subjects = {one.id: one.subject for one in CATALOGUE.products.values()}
        assert subjects["ktp"] == (("holder.nik",),)
        assert subjects["kia"] == (("child.nik",), birth)
        assert subjects["kk"] == (("head.kk",),)
        assert subjects["akta-lahir"] == (birth, birth[1:])

    @pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.id)
    def test_the_subject_is_known(self, service: Service):
        """What tells for whom a product is must be known before anybody can apply for it."""
        needed = {f"{party.id}.{field}" for party in service.parties for field in party.needs}
        if service.id in {
            "kia-baru-0-5",
            "kia-baru-5-17",
        }:  # alone by the NIK, that the child then has
            needed |= {"child.nik"}
        for name in service.products:
            assert any(set(one) <= needed for one in CATALOGUE.product(name).subject)

    def test_person_fields(self):
        """What may be known of a person is what a person of a case has."""
        assert set(PERSON_FIELDS) == {one.name for one in attrs.fields(Person)}


class TestCitations:
    """Every rule says where it stands and how sure we are, of it and of the article."""

    def test_every_rule(self):
        """Each service, item, substitute, notice, product, standard and deadline has a source."""
        kinds = {type(one).__name__ for one in RULES}
        assert kinds >= {"Service", "Item", "Substitute", "Notice", "Product", "Standard"}
        assert kinds >= {"Deadline", "Showing"}
        for rule in RULES:
            assert isinstance(rule.content, Certainty)
            assert rule.cite
            assert all(isinstance(one, Citation) for one in rule.cite)

    def test_no_article_for_what_is_assumed(self):
        """What nobody has read to be required is backed by no article."""
        assumed = [one for one in RULES if one.content is Certainty.ASSUMED]
        assert assumed
        assert not [one for rule in assumed for one in rule.cite if one.article]

    def test_confirmed_articles_have_a_source(self):
        """A law of which an article is confirmed can be looked up on a public page."""
        confirmed = {
            one.instrument
            for rule in RULES
            for one in rule.cite
            if one.certainty is Certainty.CONFIRMED
        }
        assert confirmed
        for name in confirmed:
            assert CATALOGUE.instruments[name].url.startswith("https://")

    def test_articles(self):
        """An article is a number, with its paragraph in brackets."""
        articles = {one.article for rule in RULES for one in rule.cite if one.article}
        assert all(re.fullmatch(r"[1-9]\d*[A-Z]?(\([1-9]\d*\))?", one) for one in articles)

    def test_an_article_not_named_is_not_known(self):
        """Nobody can be sure of an article that is not there."""
        with pytest.raises(InvalidInput):
            Citation(InstrumentId("uu-23-2006"), Certainty.REPORTED)

    def test_words(self):
        """A citation names its instrument and, where known, the article."""
        law = InstrumentId("perpres-96-2018")
        assert str(Citation(law, Certainty.CONFIRMED, "33")) == "perpres-96-2018 ps 33"
        assert str(Citation(law, Certainty.ASSUMED)) == "perpres-96-2018"

    def test_every_instrument_is_cited(self):
        """No law is listed on which nothing rests."""
        cited = {one.instrument for rule in RULES for one in rule.cite}
        assert cited == set(CATALOGUE.instruments)

    @pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.id)
    def test_a_day_at_most(self, service: Service):
        """Permendagri 19/2018: a complete file is done within a day, as a paraphrase has it."""
        assert service.standard_hours == 24
        assert service.standard.content is Certainty.REPORTED
        assert service.basis == service.cite


class TestWords:
    """What people read is there in both languages."""

    def test_two_languages(self):
        """No text of one language stands for the other, but names that have no translation."""
        same = {one.id for one in inside(CATALOGUE) if isinstance(one, Text) and one.id == one.en}
        assert same <= {"KTP-el"}

    def test_in_language(self):
        """Indonesian is what is given where English is not asked for."""
        text = Text("kartu", "card")
        assert [text.in_language(one) for one in ("id", "en", "")] == ["kartu", "card", "kartu"]

    @pytest.mark.parametrize("fact", CATALOGUE.facts.values(), ids=lambda one: one.id)
    def test_questions(self, fact: Any):
        """A question is one in both languages."""
        assert fact.ask.id.endswith("?")
        assert fact.ask.en.endswith("?")

    def test_forms(self):
        """Papers that are official forms have their numbers."""
        forms = {one.id: one.form for one in CATALOGUE.papers.values() if one.id.startswith("f-")}
        assert forms == {name: name.upper().replace("-", ".").replace("F.", "F-") for name in forms}
        assert CATALOGUE.service("akta-lahir", DAY).forms == (
            "F-2.01",
            "F-2.03",
            "F-2.04",
            "F-1.07",
        )


class TestNothingIsIdle:
    """What is listed is used: nobody is asked what cannot matter."""

    def test_facts(self):
        """Every fact decides something, if only what a notice may keep open at a closed door."""
        assert set(CATALOGUE.facts) == ASKED | {"purpose", "needed_at_once"}

    def test_cuts(self):
        """A number is cut only where a condition cuts it."""
        bounds = {
            (name, value)
            for one in CONDITIONS
            for table in one.tables
            for name, values in table.items()
            for value in values
        }
        for fact in CATALOGUE.facts.values():
            for cut in fact.cuts:
                below = max(one for one in fact.domain if one < cut)
                assert ((fact.id, cut) in bounds) or ((fact.id, below) in bounds)

    def test_papers_and_products(self):
        """Every paper is asked for, every product made, every manner of showing used."""
        papers = [paper.id for one in SERVICES for item in one.items for paper in item.papers]
        assert set(papers) == set(CATALOGUE.papers)
        made = [product for one in SERVICES for product in one.products]
        assert set(made) == set(CATALOGUE.products)
        shown = [one.show for one in inside(SERVICES) if hasattr(one, "show")]
        for showing in CATALOGUE.showings.values():
            assert showing.ways in shown

    def test_constraints(self):
        """Every constraint ties facts that are asked for together."""
        for constraint in CATALOGUE.constraints:
            assert constraint.never.facts <= ASKED
            assert len(constraint.never.facts) > 1
