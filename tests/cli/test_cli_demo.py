"""The story of an office: the same each time, in a folder of its own."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from cli_running import Desk, Ran, not_translated, program, too_wide

from adminduk import regions
from adminduk.cli.demo import cast
from adminduk.cli.demo.stage import Clock, Letterbox, play, seeded_ids
from adminduk.cli.demo.story import HOME_BAG, STORY, WHY
from adminduk.cli.demo.story.asking import BIRTH_ITEMS
from adminduk.errors import NotFound
from adminduk.language import LANGUAGES
from adminduk.office import Office
from adminduk.records import Copy

BIRTH, URGENT, CARD = map(str, (cast.BIRTH, cast.URGENT_CARD, cast.LOST_CARD))
KK, SCHOOL, CHANGE = map(str, (cast.LOST_KK, cast.SCHOOL, cast.CHANGE))
PRINTING, COURIER = "print_operator@35.23", "courier@35.23"
KEREK = "district_operator@35.23.08"
GEMULUNG = "village_operator@35.23.08.2001"
MARGOREJO = "village_operator@35.23.08.2008"
MONTONGSEKAR = "village_operator@35.23.10.2006"

REFUSED = [
    ("siti", "checklist_incomplete"),
    ("budi", "own_work"),
    ("budi", "not_all_judged"),
    ("budi", "taken"),
    ("ayu", "closed"),
    ("joko", "blank_used"),
    ("rini", "copy_alive"),
    ("rini", "approval_needed"),
    ("yanto", "heading_home"),
    ("rini", "differences_open"),
    ("siti", "originals_due"),
    ("budi", "own_report"),
    ("joko", "not_ready"),
    ("yanto", "invalid_input"),
]

AT_THE_END = {
    f"{BIRTH}/1": ("handed_over", "", ""),
    f"{BIRTH}/2": ("handed_over", "", ""),
    f"{BIRTH}/3": ("handed_over", "", ""),
    f"{BIRTH}/kk": ("bagged", KEREK, HOME_BAG),
    f"{URGENT}/1": ("handed_over", "", ""),
    f"{URGENT}/surat-hilang": ("at_office", PRINTING, ""),
    f"{CARD}/1": ("void", PRINTING, ""),
    f"{CARD}/2": ("handed_over", "", ""),
    f"{CARD}/surat-hilang": ("at_village", MARGOREJO, ""),
    f"{KK}/1": ("void", PRINTING, ""),
    f"{KK}/2": ("at_village", MONTONGSEKAR, ""),
    f"{KK}/surat-hilang": ("expected", "", ""),
    f"{CHANGE}/kk": ("handed_over", "", ""),
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the story as it is told to programs."""
    folder = tmp_path_factory.mktemp("demo")
    return Desk().run("demo", "--json", "--dir", str(folder)).json


@pytest.fixture(scope="module")
def steps(data: Any) -> list[Any]:
    """Give everything that is done in it, in order."""
    return [step for scene in data["scenes"] for step in scene["steps"]]


@pytest.mark.parametrize("language", LANGUAGES)
class TestTheStory:
    """As it is told to people."""

    def test_is_the_same_each_time(self, language: str):
        """Times and ids are fixed, and a former run is replaced."""
        first = Desk(language=language).run("demo")
        assert (first.code, first.err) == (0, "")
        assert Desk(language=language).run("demo") == first

    def test_fits(self, language: str):
        """It is told in 80 columns, and is read in some minutes."""
        told = Desk(language=language).run("demo").out
        assert too_wide(told) == []
        assert len(told.splitlines()) <= 375

    def test_is_told_whole(self, language: str):
        """It says that nobody in it is real, and every scene has its number."""
        told = Desk(language=language).run("demo").out
        assert {"id": "rekaan", "en": "invented"}[language] in told.partition("\n1. ")[0]
        numbers = [int(found) for found in re.findall(r"^(\d+)\. ", told, re.MULTILINE)]
        assert numbers == list(range(1, len(STORY) + 1))
        assert told.count("\n  x  ") == len(REFUSED)
        assert "+62********890" in told

    def test_ends_with_where_everything_is(self, language: str):
        """Of every case and of every paper; what is to be said of it is said."""
        told = Desk(language=language).run("demo").out
        end = told[told.index(f"\n{BIRTH} (Agus Santoso, Gemulung)") :]
        for code in map(str, cast.CASES):
            assert f"\n{code} (" in end
        assert len(re.findall(r"^  /[a-z0-9]", end, re.MULTILINE)) == len(AT_THE_END)

    def test_ends_with_where_to_look(self, language: str):
        """The commands that it names work, and show what was told."""
        told = Desk(language=language).run("demo").out
        *exports, inbox, track, journal, find, manifest, schedule, verify = [
            line.strip() for line in told.splitlines()[-10:]
        ]
        environment = dict(shlex.split(one)[1].split("=", 1) for one in exports)
        assert environment["ADMINDUK_LANG"] == language
        as_typed = program(*shlex.split(track)[1:], environment=environment)
        desk = Desk(environment["ADMINDUK_OFFICE"], environment["ADMINDUK_AS"], language)
        shown = {}
        for line in (inbox, track, journal, find, manifest, schedule, verify):
            ran = desk.run(*shlex.split(line)[1:])
            assert (ran.code, ran.err) == (0, "")
            shown[line] = ran.out
        assert as_typed.out == shown[track]
        assert f"{KK}/2" in shown[inbox]
        assert KK in shown[track]
        assert f"{BIRTH}/3" in shown[journal]
        assert {KK, SCHOOL} <= set(shown[find].split())
        assert f"{BIRTH}/kk" in shown[manifest]
        assert "2021-07-29" in shown[schedule]


def test_says_that_it_was_verified():
    """The end is set apart, and says what was checked and where it all is."""
    *_, before, verified, where, empty, export = Desk().run("demo").out.splitlines()[:-9]
    assert re.fullmatch(r"Verified: \d+ journal entries give exactly the \d+ .*", verified)
    assert where == "The office is now in this file; look into it:"
    assert (before, empty) == ("", "")
    assert export == "  export ADMINDUK_OFFICE=sqlite:///adminduk-demo/tuban.db"


def test_what_was_told_is_not_told_again():
    """A message of each kind is shown once, and a role once in a scene; so it stays short."""
    told = Desk().run("demo").out
    kinds = [line.partition(": ")[2][:14] for line in told.splitlines() if "message to +" in line]
    assert len(kinds) == 8
    for scene in re.split(r"\n\d+\. ", told):
        roles = re.findall(r"^([a-z]+) \(", scene, re.MULTILINE)
        assert len(roles) == len(set(roles))


@pytest.mark.usefixtures("marked")
def test_in_the_language():
    """Nothing of the story stays English."""
    assert not_translated(Desk(language="id").run("demo").out) == []


def test_refuses_as_it_says(steps: list[Any]):
    """Each refusal is one of the library, by its code."""
    refused = [(step["by"], step["error"]["code"]) for step in steps if not step["ok"]]
    assert refused == REFUSED
    assert all(step["answers"] == [] for step in steps if not step["ok"])
    assert all(step["error"] is None for step in steps if step["ok"])


def test_where_everything_is_at_the_end(data: Any):
    """Each paper has its state, and who answers for it wherever there is anything to answer for."""
    assert data["verified"] is True
    assert {case["code"]: case["state"] for case in data["cases"]} == {
        BIRTH: "completed",
        URGENT: "completed",
        CARD: "completed",
        KK: "verified",
        SCHOOL: "completed",
        CHANGE: "withdrawn",
    }
    papers = {
        paper["id"]: (paper["state"], paper["answers"], paper["bag"])
        for case in data["cases"]
        for paper in case["papers"]
    }
    assert papers == AT_THE_END
    assert set(WHY) <= {*papers, *map(str, cast.CASES)}


@frozen
class Moment:
    """Where the papers are after a scene: state and who answers; and what can be delivered."""

    papers: dict[str, tuple[str, str]]
    deliverable: dict[str, str]


@pytest.fixture(scope="module")
def moments() -> list[Moment]:
    """Play the story, and look around after every scene."""
    clock, letterbox = Clock(), Letterbox()
    with Office.init(
        "memory:", cast.REGENCY, clock=clock, ids=seeded_ids(), notifier=letterbox
    ) as office:
        return [_look(office) for _ in play(office, clock, letterbox, STORY)]


def _look(office: Office) -> Moment:
    papers, deliverable = {}, {}
    for code in cast.CASES:
        with suppress(NotFound):
            for one in office.track(code).papers:
                papers[one.id] = (one.state, one.answers)
                copy = None if one.what in one.id else office.record("copy", one.id)
                if isinstance(copy, Copy) and copy.alive:
                    deliverable[one.id] = f"{code} {copy.product}"
    return Moment(papers, deliverable)


@pytest.mark.parametrize(
    ("paper", "way"),
    [
        (
            f"{BIRTH}/3",
            [
                ("ordered", ""),
                ("at_office", PRINTING),
                ("bagged", COURIER),
                ("missing", PRINTING),
                ("at_office", PRINTING),
                ("at_village", GEMULUNG),
                ("handed_over", ""),
            ],
        ),
        (
            f"{BIRTH}/kk",
            [("expected", ""), ("at_village", GEMULUNG), ("bagged", KEREK)],
        ),
        (
            f"{CARD}/1",
            [
                ("ordered", ""),
                ("at_office", PRINTING),
                ("missing", PRINTING),
                ("lost", ""),
                ("void", PRINTING),
            ],
        ),
        (f"{CHANGE}/kk", [("at_village", MARGOREJO), ("handed_over", "")]),
    ],
)
def test_where_it_is_on_the_way(paper: str, way: list[tuple[str, str]], moments: list[Moment]):
    """After every scene it is said where a paper is and who answers for it."""
    seen = [one.papers[paper] for one in moments if paper in one.papers]
    assert [one for one, _ in groupby(seen)] == way


def test_never_two_that_could_be_given_out(moments: list[Moment]):
    """After every scene each document has one copy at most that may be delivered."""
    for one in moments:
        assert len(set(one.deliverable.values())) == len(one.deliverable)
    last = moments[-1].deliverable
    assert {f"{CARD}/2", f"{KK}/2"} < set(last)
    assert {f"{CARD}/1", f"{KK}/1"}.isdisjoint(last)


def test_the_checklist_is_final(data: Any):
    """What Siti looks up is exactly what is asked for."""
    asked, submitted = data["scenes"][1:3]
    todo = asked["checklist"]
    assert todo["final"]
    needed = {item["id"] for item in todo["items"] if item["status"] == "needed"}
    assert needed == set(BIRTH_ITEMS)
    assert submitted["steps"][0]["error"]["missing"] == ["surat-lahir"]


def test_the_bag_is_planned_by_itself(data: Any):
    """What is ready is in it; what did not arrive is missing, and comes with the next."""
    by_command = {
        tuple(step["do"]): step["answers"][0]["records"]
        for scene in data["scenes"]
        for step in scene["steps"]
        if step["ok"]
    }
    planned = by_command["plan_bags",]
    assert [one["id"] for one in planned] == ["35.23.08-20210715"]
    assert [one["state"] for one in by_command["resolve", "close"]] == ["counted"]


def test_the_notice_is_a_line_of_apply(tmp_path: Path):
    """The same notice closes any office of Tuban, by the file that is in the package."""
    desk = Desk(f"sqlite:///{tmp_path / 'office.db'}")
    assert Desk().run("init", desk.office, "--region", "35.23").code == 0
    with as_file(files("adminduk.cli.demo") / "notice.json") as notice:
        assert desk.run("apply", str(notice)).lines[0]["ok"]
    on = ("--channel", "counter", "--on", "2021-07-13")
    assert "LOKET-2021-06" in desk.run("checklist", "kk-ubah-data", *on).out
    for service, *facts in (
        ("legalisir", "purpose=school"),
        ("legalisir", "purpose=work"),
        ("ktp-hilang", "needed_at_once=yes"),
        ("kk-hilang", "needed_at_once=yes"),
    ):
        known = [part for fact in facts for part in ("--fact", fact)]
        assert "LOKET-2021-06" not in desk.run("checklist", service, *known, *on).out
    assert "LOKET-2021-06" in desk.run("checklist", "ktp-hilang", *on).out
    before = ("--channel", "counter", "--on", "2021-06-28")
    assert "LOKET-2021-06" not in desk.run("checklist", "kk-ubah-data", *before).out


def test_its_places_are_real():
    """They are called so."""
    places = {
        "Kerek": cast.KEREK,
        "Montong": cast.MONTONG,
        "Gemulung": cast.GEMULUNG,
        "Margorejo": cast.MARGOREJO,
        "Montongsekar": cast.MONTONGSEKAR,
    }
    assert {regions.get(code).name: code for code in places.values()} == places


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
