"""Simulating an office on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_running import Desk, not_translated, too_wide

from adminduk.cli import simulate as command

SMALL = """
until = 2021-06-11
documents = {ktp-rusak = 3, kk-ubah-data = 2}
verifiers = 1
printers = 1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a small scenario."""
    made = tmp_path / "small.toml"
    made.write_text(SMALL, encoding="utf-8")
    return made


class TestSimulate:
    """One scenario or several."""

    def test_one(self, file: Path):
        """Its figures, and week by week what waited where."""
        done = Desk().run("simulate", str(file))
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("A  small\n")
        assert re.search(r"^Documents applied for +\d+$", done.out, re.MULTILINE)
        assert re.search(r"^Week until .* Handed over$", done.out, re.MULTILINE)
        assert re.search(r"^2021-06-08 ", done.out, re.MULTILINE)
        assert too_wide(done.out) == []

    def test_side_by_side(self, file: Path):
        """As many on a line as fit, the rest below; of several runs how far they differ."""
        done = Desk().run("simulate", *[str(file)] * 5, "--runs", "2")
        heads = re.findall(r"^ +([A-E](?: +[A-E])*)$", done.out, re.MULTILINE)
        assert len(heads) > 1
        assert " ".join(heads).split() == list("ABCDE")
        assert re.search(r"^Documents applied for +\d+ \(\d+–\d+\)", done.out, re.MULTILINE)
        assert "Week until" not in done.out
        assert too_wide(done.out) == []

    def test_without_a_file(self):
        """Tuban on ordinary days, and in that summer."""
        changes = ("documents.ktp-rusak=1", "documents.kk-ubah-data=1", "until=2021-06-04")
        settings = [part for one in changes for part in ("--set", one)]
        done = Desk().run("simulate", *settings, "--json").json
        assert [one["scenario"] for one in done["scenarios"]] == ["ordinary", "summer 2021"]

    def test_what_is_assumed(self, file: Path):
        """Of Tuban it says what nobody published; of a file that is for its writer to know."""
        small = ("--set", "documents={kk-hilang=2}", "--set", "until=2021-06-04")
        assert "\nPublished of Tuban: " in Desk().run("simulate", *small).out
        assert "Published" not in Desk().run("simulate", str(file), *small).out

    def test_a_district_of_its_own(self, file: Path):
        """What it comes to there stands beside the same district of the others."""
        other = file.with_name("other.toml")
        district = '[[districts]]\ncode = "35.23.08"\ncourier = {weekdays = ["friday"]}'
        other.write_text(SMALL.replace("= 3", "= 90") + district, encoding="utf-8")
        done = Desk().run("simulate", str(file), str(other), "--set", "documents.ktp-rusak=90")
        row = r"^Days by courier to Kerek: mean +(\S+) +(\S+)$"
        (means,) = re.findall(row, done.out, re.MULTILINE)
        assert means[0] != means[1]

    def test_for_programs(self, file: Path):
        """Each run with every evening, by its seed; the same again is the same."""
        again = [Desk().run("simulate", str(file), "--seed", "7", "--json") for _ in range(2)]
        assert again[0].out == again[1].out
        (one,) = again[0].json["scenarios"]
        assert one["measures"]["documents"]["mean"] == one["runs"][0]["came"]
        assert one["runs"][0]["seed"] == 7
        assert one["runs"][0]["evenings"][0]["states"]["handed_over"] == 0

    def test_what_never_ends(self, file: Path):
        """It says so, and not a number."""
        done = Desk().run("simulate", str(file), "--set", "verifiers=0")
        assert re.search(r"^Working days until made: half within +–$", done.out, re.MULTILINE)

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, file: Path):
        """Nothing of it stays English."""
        done = Desk(language="id").run("simulate", str(file))
        assert not_translated(done.out.removeprefix("A  small\n")) == []


class TestPicture:
    """A picture of it."""

    @pytest.mark.parametrize("form", [".png", ".pdf"])
    def test_is_drawn(self, file: Path, tmp_path: Path, form: str):
        """In the form that the file's name says."""
        picture = tmp_path / f"out{form}"
        done = Desk().run("simulate", str(file), str(file), "--plot", str(picture))
        assert done.code == 0
        heads = {".png": b"\x89PNG", ".pdf": b"%PDF"}
        assert picture.read_bytes().startswith(heads[form])

    def test_says_what_is_in_it(self, file: Path, tmp_path: Path):
        """In the language; the same again is the same file."""
        pictures = [tmp_path / name for name in ("one.svg", "two.svg")]
        for one in pictures:
            Desk(language="id").run("simulate", str(file), "--plot", str(one))
        drawn = [one.read_text(encoding="utf-8") for one in pictures]
        assert drawn[0].startswith("<?xml")
        assert drawn[0] == drawn[1]
        for text in ("small", "Verifikasi", "hari sampai diserahkan"):
            assert f"<!-- {text} -->" in drawn[0]

    def test_of_another_form(self, file: Path):
        """It says which there are."""
        done = Desk().run("simulate", str(file), "--plot", "out.gif")
        assert (done.code, ".svg, .png, .pdf" in done.err) == (2, True)

    def test_where_nothing_can_be_written(self, file: Path, tmp_path: Path):
        """It says why not."""
        done = Desk().run("simulate", str(file), "--plot", str(tmp_path / "no" / "out.svg"))
        assert (done.code, "out.svg" in done.err) == (1, True)


class TestRefused:
    """What is wrong, in both languages."""

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_with_the_path(self, tmp_path: Path, language: str):
        """The file, and the place in it."""
        file = tmp_path / "bad.toml"
        file.write_text("verifiers = -1\nnonsense = 2", encoding="utf-8")
        done = Desk(language=language).run("simulate", str(file))
        assert (done.code, done.out) == (1, "")
        for path in (": verifiers:", ": nonsense:"):
            assert f"bad.toml{path}" in " ".join(done.err.split())

    def test_too_many(self, file: Path):
        """There are no letters for more."""
        done = Desk().run("simulate", *[str(file)] * 27)
        assert (done.code, "26" in done.err) == (2, True)

    def test_not_installed(self, file: Path, monkeypatch: pytest.MonkeyPatch):
        """It says what to install."""
        monkeypatch.setattr(command, "find_spec", lambda name: None if name == "simpy" else name)
        done = Desk().run("simulate", str(file), "--json")
        assert done.code == 1
        assert "adminduk[simulate]" in done.err
