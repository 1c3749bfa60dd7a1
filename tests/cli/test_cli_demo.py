"""The story of an office: the same each time, in a folder of its own."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from cli_running import Desk, Ran, not_translated, program, too_wide

from adminduk.cli.demo.cast import BIRTH
from adminduk.cli.demo.story import STORY
from adminduk.language import LANGUAGES


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
class TestTheStory:
    """As it is told to people."""

    def test_is_the_same_each_time(self, language: str):
        """Times and ids are fixed, and a former run is replaced."""
        first = Desk(language=language).run("demo")
        assert (first.code, first.err) == (0, "")
        assert Desk(language=language).run("demo") == first

    def test_fits(self, language: str):
        """It is told in 80 columns."""
        told = Desk(language=language).run("demo").out
        assert too_wide(told) == []
        assert len(told.splitlines()) < 200

    def test_is_told_whole(self, language: str):
        """It says that nobody in it is real, and every scene has its number."""
        told = Desk(language=language).run("demo").out
        assert {"id": "rekaan", "en": "invented"}[language] in told.partition("\n1. ")[0]
        numbers = [int(found) for found in re.findall(r"^(\d+)\. ", told, re.MULTILINE)]
        assert numbers == list(range(1, len(STORY) + 1))
        assert told.count("\n  x  ") == 3
        assert "+62********890" in told
        refused, done = "\n  x  ", "\n  -> "
        assert told.index(refused) < told.index(done)

    def test_ends_with_where_to_look(self, language: str):
        """The commands that it names work, and show what was told."""
        told = Desk(language=language).run("demo").out
        *_, export, track, journal, inbox = told.splitlines()
        name, _, url = export.removeprefix("  export ").partition("=")
        environment = {name: shlex.split(url)[0]}
        ran = [
            program(*shlex.split(line)[1:], environment=environment)
            for line in (track, journal, inbox)
        ]
        assert [(one.code, one.err) for one in ran] == [(0, "")] * 3
        assert all(str(BIRTH) in one.out for one in ran)
        assert Desk(environment[name]).run("verify").code == 0


def test_says_that_it_was_verified():
    """The end is set apart, and says what was checked and where it all is."""
    *_, before, verified, where, empty, export, _, _, _ = Desk().run("demo").out.splitlines()
    assert re.fullmatch(r"Verified: \d+ journal entries give exactly the \d+ .*", verified)
    assert where == "The office is now in this file; look into it:"
    assert (before, empty) == ("", "")
    assert export == "  export ADMINDUK_OFFICE=sqlite:///adminduk-demo/tuban.db"


def test_its_scenes_are_set_apart():
    """An empty line stands before each scene, each step and each message."""
    lines = Desk().run("demo").out.splitlines()
    begun = re.compile(r"\d+\. |[a-z]+ \(|Message to ")
    assert [line for before, line in pairwise(lines) if begun.match(line) and before] == []


@pytest.mark.usefixtures("marked")
def test_in_the_language():
    """Nothing of the story stays English."""
    assert not_translated(Desk(language="id").run("demo").out) == []


def test_for_programs():
    """Every scene with its answers; what is refused is refused as the story says."""
    data = Desk().run("demo", "--json").json
    assert len(data["scenes"]) == len(STORY)
    assert data["verified"] is True
    steps = [step for scene in data["scenes"] for step in scene["steps"]]
    refused = [step["error"]["code"] for step in steps if not step["ok"]]
    assert refused == ["checklist_incomplete", "own_work", "originals_due"]
    final = {
        record["id"]: record["state"]
        for step in steps
        for answer in step["answers"]
        for record in answer["records"]
    }
    assert [
        state for id_, state in final.items() if "/" not in id_ and not id_.startswith("TBN")
    ] == [
        "completed",
        "completed",
    ]


def test_the_checklist_is_final():
    """What Siti looks up is exactly what is asked for."""
    data = Desk().run("demo", "--json").json
    todo = data["scenes"][0]["checklist"]
    assert todo["final"]
    brought = {item["id"] for item in todo["items"] if item["status"] == "needed"}
    missing = data["scenes"][1]["steps"][0]["error"]["missing"]
    assert missing == ["surat-lahir"]
    assert set(missing) < brought


class TestTheFolder:
    """Nothing is deleted but what the demo made."""

    def refused(self, *arguments: str) -> Ran:
        """Run the demo where it may not."""
        done = Desk().run("demo", *arguments)
        assert (done.code, done.out) == (1, "")
        return done

    def test_of_somebody_else(self, tmp_path: Path):
        """A folder with anything in it that the demo did not make is left as it is."""
        folder = tmp_path / "adminduk-demo"
        folder.mkdir()
        (folder / "tuban.db").write_text("my own work")
        assert "--dir" in self.refused().err
        assert (folder / "tuban.db").read_text() == "my own work"
        assert list(folder.iterdir()) == [folder / "tuban.db"]

    def test_with_something_added(self, tmp_path: Path):
        """What was put beside its file stays."""
        Desk().run("demo")
        notes = tmp_path / "adminduk-demo" / "notes.txt"
        notes.write_text("mine")
        assert Desk().run("demo").code == 0
        assert notes.read_text() == "mine"

    def test_that_is_elsewhere(self, tmp_path: Path):
        """--dir names another; one that is empty will do, and one with a space in its name."""
        folder = tmp_path / "my demo"
        folder.mkdir()
        done = Desk().run("demo", "--dir", str(folder))
        assert done.code == 0
        assert f"export ADMINDUK_OFFICE='sqlite:///{folder}/tuban.db'" in done.out

    def test_that_cannot_be_made(self, tmp_path: Path):
        """A file in the way is an error that names it."""
        (tmp_path / "file").write_text("")
        assert "file" in self.refused("--dir", "file/below").err
        assert Desk().run("demo", "--dir", "file").code == 2

    def test_in_use_by_a_store_that_was_worked_on(self):
        """The next run begins anew, whatever was done with the last one."""
        first = Desk().run("demo")
        url = re.search(r"ADMINDUK_OFFICE=(\S+)", first.out)
        assert url
        assert Desk(url[1]).run("tick").code == 0
        assert Desk().run("demo") == first
