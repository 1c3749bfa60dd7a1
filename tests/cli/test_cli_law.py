"""What can be applied for, what must be brought, and what numbers and regions are."""

from __future__ import annotations

import pytest
from cli_cases import CASES
from cli_running import Desk, not_translated, too_wide

from adminduk.catalogue import load
from adminduk.language import LANGUAGES

ON = ("--on", "2021-07-12")


def facts_of(name: str) -> list[str]:
    """Give the facts of a case as options."""
    words = {True: "yes", False: "no"}
    return [
        part
        for fact, value in CASES[name].facts.items()
        for part in ("--fact", f"{fact}={words[value] if isinstance(value, bool) else value}")
    ]


class TestServices:
    """What can be applied for."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_for_people(self, language: str):
        """Each service by its id and name, in the language."""
        done = Desk(language=language).run("services", *ON)
        assert done.code == 0
        assert too_wide(done.out) == []
        name = {"id": "Akta kelahiran", "en": "birth certificate"}[language]
        rows = [" ".join(line.split()) for line in done.out.splitlines()]
        assert f"akta-lahir {name}" in rows

    def test_says_how_to_go_on(self):
        """The next command is named."""
        assert Desk().run("services", *ON).out.endswith("adminduk checklist SERVICE\n")

    def test_for_programs(self):
        """The same as data, with both names."""
        found = {one["id"]: one for one in Desk().run("services", *ON, "--json").json}
        assert set(found) >= {service for case in CASES.values() for service in case.services}
        assert found["legalisir"]["products"] == []
        assert set(found["legalisir"]["name"]) == {"id", "en"}

    def test_before_all_rules(self):
        """A day without rules says so."""
        done = Desk().run("services", "--on", "1945-08-17")
        assert (done.code, done.out) == (
            0,
            "No rules are known to hold on 1945-08-17. Ask for a later day.\n",
        )


class TestChecklist:
    """What must be brought, and why."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", CASES)
    def test_for_people(self, name: str, language: str):
        """Every list fits, names its sources, and asks what is open."""
        for facts in ([], facts_of(name)):
            done = Desk(language=language).run("checklist", *CASES[name].services, *facts, *ON)
            assert done.code == 0
            assert too_wide(done.out) == []
            assert done.out.count("[x]") + done.out.count("[?]") > 0
            assert "--fact NAME=VALUE" in done.out or facts

    @pytest.mark.parametrize("name", CASES)
    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, name: str):
        """No English is left but what the law data say in Indonesian."""
        done = Desk(language="id").run("checklist", *CASES[name].services, *ON)
        assert not_translated(done.out) == []

    @pytest.mark.parametrize("name", CASES)
    def test_is_what_a_submission_is_asked_for(self, name: str):
        """Who brings what is on the list is not sent home."""
        derived = ["--fact", "child_age=0"] if "child" in CASES[name].people else []
        facts = [*facts_of(name), *derived]
        if "nik" in CASES[name].people.get("child", {}):
            facts += ["--fact", "child_has_nik=yes"]
        data = Desk().run("checklist", *CASES[name].services, *facts, *ON, "--json").json
        needed = {one["id"] for one in data["items"] if one["status"] == "needed"}
        assert data["final"]
        assert needed == set(CASES[name].items)
        assert [one["act"] for one in data["attend"]] == list(CASES[name].attend)

    def test_of_a_case_that_is_none(self):
        """What speaks against it comes first."""
        facts = ("--fact", "holder_age=16", "--fact", "ever_married=tidak")
        done = Desk().run("checklist", "ktp-baru", *facts, *ON)
        assert done.code == 0
        assert done.out.startswith("[!] A KTP-el is given from the age of 17")
        assert "final" not in done.out

    def test_says_of_each_paper_how_why_and_by_what(self):
        """What it is called, how it is shown, why, whether it is kept, and where that stands."""
        facts = ("--fact", "applicant_relation=self")
        done = Desk().run("checklist", "ktp-hilang", *facts, *ON)
        paper = done.out.partition("[x] police letter of loss")[2].partition("[x]")[0]
        assert paper.splitlines()[:3] == [
            " (surat-hilang): handed in, scanned",
            "    It proves that the KTP-el is lost.",
            "    The original is handed in before the document is handed over.",
        ]
        assert "    By Perpres 96/2018 art. " in paper
        assert done.out.endswith("\nThe list is final. Everything is free.\n")

    def test_asks_what_is_open(self):
        """Each question with the answers that it takes."""
        done = Desk().run("checklist", "ktp-baru", *ON)
        assert "  holder_age: How many years old is the person it is for?\n" in done.out
        assert "  ever_married: Is the person" in done.out
        assert "\n    yes or no\n" in done.out
        assert "final" not in done.out
        choice = Desk().run("checklist", "legalisir", *ON).out
        assert "\n    paper: a document signed by hand\n" in choice
        assert "yes or no" not in choice

    @pytest.mark.parametrize("age", ["-1", "17.5", "9" * 5000, "\uff11\uff17", ""])
    def test_an_age_that_is_none(self, age: str):
        """Only a whole number is a number."""
        done = Desk().run("checklist", "ktp-baru", "--fact", f"holder_age={age}", *ON)
        assert done.code == 1
        assert "facts.holder_age: " in done.err

    @pytest.mark.parametrize("channel", ["village", "district", "counter", "online"])
    def test_by_every_door(self, channel: str):
        """Each door has its own way to show a paper."""
        done = Desk().run("checklist", "ktp-baru", "--channel", channel, *ON, "--json")
        assert done.json["channel"] == channel

    def test_says_when_the_person_must_come(self):
        """Fingerprints cannot be sent."""
        assert "The person comes" in Desk().run("checklist", "ktp-baru", *ON).out
        assert "The person comes" not in Desk().run("checklist", "ktp-hilang", *ON).out

    def test_answers_to_every_question_are_understood(self):
        """What a question offers may be given as the answer to it."""
        for fact in load().facts.values():
            for value in fact.domain:
                said = {True: "ya", False: "tidak"}[value] if value in (True, False) else value
                if fact.kind == "number":
                    said = value
                done = Desk().run("checklist", "legalisir", "--fact", f"{fact.id}={said}", *ON)
                assert done.code == 0, done.err


class TestNik:
    """What an identity number tells."""

    def test_for_people(self):
        """Where it was first issued, sex and birth date; never the number itself."""
        done = Desk().run("nik", "3523084107900001")
        assert done.code == 0
        assert done.out == (
            "NIK 3523**********01: first issued in Kerek (35.23.08); female; born 1990-07-01\n"
            "/ 1890-07-01.\n"
        )

    def test_with_a_warning(self):
        """A region that is not known today is no error."""
        done = Desk().run("nik", "9999991703880004")
        assert done.code == 0
        assert "first issued in ? (99.99.99)" in done.out
        assert done.out.endswith("\n[i] The region in the NIK is not known today.\n")

    def test_for_programs(self):
        """The same as data."""
        data = Desk().run("nik", "9999991703880004", "--json").json
        assert (data["nik"], data["place"], data["sex"]) == ("9999**********04", None, "male")
        assert [one["code"] for one in data["warnings"]] == ["nik_unknown_region"]

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self):
        """Nothing of it stays English."""
        done = Desk(language="id").run("nik", "9999991703880004")
        assert not_translated(done.out) == []


class TestRegion:
    """Regions by code and by name."""

    def test_by_code(self):
        """What it is part of, and what is directly below it."""
        done = Desk().run("region", "35.23.08")
        first, *below = done.out.splitlines()
        assert first == "35.23.08  Kerek, Kabupaten Tuban, Jawa Timur"
        assert below[0] == "  35.23.08.2001  Gemulung"

    def test_that_has_much_below_it(self):
        """A person is shown the first sixty, and told how many there are."""
        lines = Desk().run("region", "95.06.03").out.splitlines()
        assert len(lines) == 62
        assert lines[-1] == "  and 48 more"

    def test_by_name_for_people(self):
        """A line each, with what it is part of."""
        first, *_ = Desk().run("region", "Kerek").out.splitlines()
        assert first == "35.23.08  Kerek, Kabupaten Tuban, Jawa Timur"

    def test_by_name(self):
        """Everything that is called so, and what it is part of."""
        found = Desk().run("region", "kerek", "--json").json
        assert {"code": "35.23.08", "name": "Kerek", "level": "district"}.items() <= found[
            0
        ].items()
        assert [up["name"] for up in found[0]["within"]] == ["Kabupaten Tuban", "Jawa Timur"]

    def test_for_programs(self):
        """A code gives all that is below it, also where a person is shown only some."""
        data = Desk().run("region", "35.23.08", "--json").json
        assert len(data["below"]) == 17
        many = Desk().run("region", "35").out
        assert len(many.splitlines()) == 39

    def test_of_no_such_name(self):
        """A name that no region has is no error."""
        done = Desk().run("region", "Atlantis")
        assert (done.code, done.out) == (
            0,
            "No region is called so. A part of its name is enough.\n",
        )
