"""The rules themselves: checked, compared, what of them is not sure; and those of a regency."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import Desk, not_translated, too_wide

from adminduk.language import LANGUAGES

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "overlays"
BENGKALIS, MATARAM = str(EXAMPLES / "bengkalis"), str(EXAMPLES / "kota-mataram")
NATIONAL = str(ROOT / "src" / "adminduk" / "catalogue" / "data")

RELAXED = """
[[instrument]]
id = "perbup"
title = "Perbup Tuban 1/2021"
about = "Uji"
number = "1"
year = 2021

[[overlay]]
office = "35.23"
service = "ktp-hilang"
from = 2021-01-01

[[overlay.relax]]
paper = "surat-hilang"
why = { id = "Cukup lisan.", en = "To say so is enough." }
content = "reported"
cite = [{ instrument = "perbup", article = "5", certainty = "reported" }]
"""


@pytest.fixture
def tuban(tmp_path: Path) -> str:
    """Give a folder with an overlay of Tuban."""
    (tmp_path / "tuban.toml").write_text(RELAXED, encoding="utf-8")
    return str(tmp_path)


@pytest.fixture
def two(tmp_path: Path) -> str:
    """Give a folder with overlays of two regencies."""
    other = RELAXED.replace("perbup", "perbup-2").replace("35.23", "35.22")
    (tmp_path / "tuban.toml").write_text(RELAXED, encoding="utf-8")
    (tmp_path / "bojonegoro.toml").write_text(other, encoding="utf-8")
    return str(tmp_path)


class TestCheck:
    """Everything wrong with a folder, each with its place; what is in it where nothing is."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_overlays(self, language: str):
        """Whose they are, of what, from when, and what they change."""
        done = Desk(language=language).run("catalogue", "check", BENGKALIS)
        assert (done.code, done.err) == (0, "")
        assert "Kabupaten Bengkalis (14.03), ktp-hilang, " in done.out
        assert "kk, pernyataan-kehilangan" in done.out
        assert "336" in done.out

    def test_overlays_for_programs(self):
        """The same as data."""
        assert Desk().run("catalogue", "check", MATARAM, "--json").json == [
            {
                "office": "52.71",
                "service": "kia-baru-0-5",
                "from": "2022-04-09",
                "until": None,
                "add": [],
                "relax": [],
                "replace": ["kk", "ktp-orang-tua"],
                "standard": None,
            }
        ]

    def test_national_rules(self):
        """Rules such as those that come with the library are counted."""
        done = Desk().run("catalogue", "check", NATIONAL)
        assert (done.code, done.out[:18]) == (0, "No fault. Services")
        counted = Desk().run("catalogue", "check", NATIONAL, "--json").json
        assert set(counted) == {"service", "paper", "fact", "instrument"}
        assert counted["service"] >= 8

    def test_faults(self, tuban: str):
        """One a line, of every file, with file and path."""
        again = RELAXED.replace("perbup", "perbup-2") + "\n[[overlay]]\n"
        Path(tuban, "z.toml").write_text(again, encoding="utf-8")
        done = Desk().run("catalogue", "check", tuban)
        assert (done.code, done.out) == (1, "")
        lines = done.err.splitlines()
        assert any(one.startswith("z.toml: overlay[0].relax[0]: tuban.toml:") for one in lines)
        assert any(one.startswith("z.toml: overlay[1].office: ") for one in lines)
        told = json.loads(Desk().run("catalogue", "check", tuban, "--json").err)
        assert len(told["faults"]) == 4

    def test_of_every_regency(self, two: str):
        """Also what is wrong with another one's overlay."""
        assert Desk().run("catalogue", "check", two).code == 0
        path = Path(two, "bojonegoro.toml")
        path.write_text(path.read_text(encoding="utf-8").replace("surat-hilang", "kk"), "utf-8")
        done = Desk().run("catalogue", "check", two)
        assert done.code == 1
        assert done.err.startswith("bojonegoro.toml: overlay[0].relax[0].paper: On 2021-01-01 ")

    @pytest.mark.parametrize("folder", ["nowhere", "empty"])
    def test_no_rules(self, tmp_path: Path, folder: str):
        """A folder that is not there or is empty has a fault, too."""
        (tmp_path / "empty").mkdir()
        done = Desk().run("catalogue", "check", str(tmp_path / folder))
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"{folder}: ")


SAID = [("id", "mulai", "seluruhnya"), ("en", "from", "the whole")]


class TestDiff:
    """What differs between two catalogues."""

    @pytest.mark.parametrize(("language", "since", "whole"), SAID)
    def test_for_people(self, language: str, since: str, whole: str):
        """By rule, with the days on which they differ."""
        done = Desk(language=language).run("catalogue", "diff", "national", MATARAM)
        assert done.code == 0
        service = done.out.partition("service ")[2].splitlines()
        assert service[0] == f"kia-baru-0-5, {since} 2022-04-09"
        assert "  ~ item.kk.show.counter: seen → scan, seen" in service
        assert f"  + {whole}" in done.out

    def test_for_programs(self):
        """The same as data, both ways."""
        there = Desk().run("catalogue", "diff", "national", BENGKALIS, "--json").json
        back = Desk().run("catalogue", "diff", BENGKALIS, "national", "--json").json
        hours = [one for one in there if one["path"][-1] == "hours"]
        assert hours == [
            {
                "kind": "changed",
                "path": ["service", "ktp-hilang", "standard", "hours"],
                "from": "2026-11-01",
                "until": None,
                "before": "24",
                "after": "336",
            }
        ]
        kinds = {"added": "removed", "removed": "added", "changed": "changed"}
        assert [(kinds[one["kind"]], one["path"]) for one in back] == [
            (one["kind"], one["path"]) for one in there
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_the_same(self, language: str):
        """It is said, too."""
        done = Desk(language=language).run("catalogue", "diff", "national", NATIONAL)
        said = {"id": "Keduanya mengatakan hal yang sama.\n", "en": "They say the same.\n"}
        assert (done.code, done.out) == (0, said[language])

    def test_for_a_time(self, tuban: str):
        """What ends is told with its last day; what is relaxed holds in no case."""
        ending = RELAXED.replace("from = 2021-01-01", "from = 2021-01-01\nuntil = 2021-12-31")
        Path(tuban, "tuban.toml").write_text(ending, encoding="utf-8")
        told = Desk().run("catalogue", "diff", "national", tuban).out
        assert "\nservice ktp-hilang, from 2021-01-01 until 2021-12-31\n" in told
        assert "\n  + item.surat-hilang.when: never\n" in told
        checked = Desk().run("catalogue", "check", tuban).out
        assert checked.startswith("Kabupaten Tuban (35.23), ktp-hilang, from 2021-01-01 until 2021")

    def test_of_several_regencies(self, two: str):
        """Whose overlays are meant must be said."""
        done = Desk().run("catalogue", "diff", "national", two)
        assert (done.code, done.out) == (2, "")
        assert "35.22, 35.23" in done.err
        told = Desk().run("catalogue", "diff", "national", two, "--region", "35.22").out
        assert "service ktp-hilang, from 2021-01-01" in told
        assert Desk().run("catalogue", "diff", "national", two, "--region", "35").code == 1
        assert Desk().run("catalogue", "diff", "national", two, "--region", "35.01").code == 2

    def test_of_what_is_unsound(self, tuban: str):
        """It is refused with its faults."""
        Path(tuban, "z.toml").write_text("[[overlay]]\n", encoding="utf-8")
        assert Desk().run("catalogue", "diff", "national", tuban).code == 1


class TestReport:
    """What somebody who knows the law should check."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_for_people(self, language: str):
        """By service, each rule with how sure we are of what it says and of its articles."""
        done = Desk(language=language).run("catalogue", "report")
        assert done.code == 0
        assert too_wide(done.out) == []
        part = done.out.partition("service ktp-hilang, ")[2].partition("\nservice ")[0]
        assert "Perpres 96/2018" in part
        assert "Permendagri 19/2018" in part

    def test_for_programs(self):
        """Every rule as data; of a folder, those of its regency too."""
        there = Desk().run("catalogue", "report", "--json").json
        here = Desk().run("catalogue", "report", BENGKALIS, "--json").json
        own = [one for one in here if one["from"] == "2026-11-01" and "kk" in one["rule"]]
        assert own == [
            {
                "kind": "service",
                "id": "ktp-hilang",
                "from": "2026-11-01",
                "rule": ["item", "kk"],
                "content": "reported",
                "cite": [
                    {
                        "instrument": "standar-bengkalis-7981629",
                        "article": None,
                        "certainty": "assumed",
                    }
                ],
            }
        ]
        assert own[0] not in there
        assert {one["kind"] for one in there} == {"service", "product", "showing"}


@pytest.mark.parametrize(
    "arguments", [["check", BENGKALIS], ["diff", "national", NATIONAL], ["report"]]
)
@pytest.mark.usefixtures("marked")
def test_in_the_language(arguments: list[str]):
    """No English is left."""
    assert not_translated(Desk(language="id").run("catalogue", *arguments).out) == []


class TestAtAnOffice:
    """The list of an office goes by the rules of its regency."""

    def test_by_an_option(self, tuban: str):
        """What is relaxed is told with the reason and where it stands."""
        desk = Desk("memory:#35.23")
        facts = ("--fact", "applicant_relation=self", "--on", "2021-07-12")
        done = desk.run("--rules", tuban, "checklist", "ktp-hilang", *facts)
        assert done.code == 0
        assert "[-] police letter of loss (surat-hilang): not needed in this regency\n" in done.out
        assert "\n    To say so is enough.\n    By Perbup Tuban 1/2021 art. 5.\n" in done.out
        assert "[-]" not in desk.run("checklist", "ktp-hilang", *facts).out

    def test_by_the_environment(self, tuban: str):
        """It need not be said each time."""
        desk = Desk("memory:#35.23", environment={"ADMINDUK_RULES": tuban})
        told = desk.run("checklist", "ktp-hilang", "--on", "2021-07-12", "--json").json
        status = {one["id"]: one["status"] for one in told["items"]}
        assert status["surat-hilang"] == "not_needed"

    def test_without_an_office(self, tuban: str):
        """A folder may be of several regencies; which one it is for is never guessed."""
        done = Desk().run("--rules", tuban, "checklist", "ktp-hilang")
        assert (done.code, done.out) == (2, "")
        assert "--office memory:#35.23" in done.err

    def test_that_are_unsound(self, tuban: str):
        """The office does not open with other rules instead."""
        Path(tuban, "z.toml").write_text("[[overlay]]\n", encoding="utf-8")
        done = Desk("memory:#35.23").run("--rules", tuban, "checklist", "ktp-hilang")
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("z.toml: overlay[0].office: ")
