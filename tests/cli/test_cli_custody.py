"""What the office holds of its applicants, what it destroys, and with which minutes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from cli_running import Desk, not_translated, too_wide

from adminduk.codec import parse_json
from adminduk.testing.day import lines

PRINTER = "print_operator:joko@35.23"
HEAD = "head_of_office:hadi@35.23"
WITNESS = "Kepala Bidang Dafduk: Sri Rahayu, S.Sos."
NUMBER = "470/9/BA/2021"


def before_the_first_minutes() -> Iterator[bytes]:
    """Give a small day until something is destroyed for the first time."""
    for line in lines(40, 1):
        if parse_json(line)["do"] == "destroy":
            return
        yield line


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of an office that has worked for some days."""
    file = tmp_path_factory.mktemp("worked") / "office.db"
    desk = Desk(f"sqlite:///{file}")
    assert Desk().run("init", desk.office, "--region", "35.23").code == 0
    assert desk.run("apply", "-", stdin=b"".join(before_the_first_minutes())).code == 0
    assert not file.with_name("office.db-wal").exists()
    return file


@pytest.fixture
def working(worked: Path, tmp_path: Path) -> Desk:
    """Give the place of a print operator in an office that has worked for some days."""
    return Desk(f"sqlite:///{copyfile(worked, tmp_path / 'office.db')}", PRINTER)


def destroy(*more: str) -> tuple[str, ...]:
    """Give the words with which all that is void is destroyed."""
    return ("destroy", NUMBER, "--witness", WITNESS, "--approver", HEAD, *more)


class TestOriginals:
    """What the office holds, by whom, since when, and what becomes of it."""

    def test_of_the_whole_office(self, working: Desk):
        """Nothing that was taken in is forgotten."""
        done = working.run("originals", "--json", "--limit", "1000")
        found = done.json["originals"]
        assert len(found) > 5
        assert not done.json["more"]
        assert {one["fate"] for one in found} <= {"kept", "destroyed", "returned"}
        assert all(one["since"] and one["answers"] for one in found)

    def test_for_people(self, working: Desk):
        """In lines that fit, and told where there is more."""
        done = working.run("originals", "--limit", "2")
        assert "to be filed" in done.out
        assert "There is more" in done.out
        assert not too_wide(done.out)

    def test_of_a_case(self, working: Desk):
        """What its applicant has a receipt for; nobody needs to be named."""
        first = working.run("originals", "--json").json["originals"][0]
        found = Desk(working.office).run("originals", first["id"].partition("/")[0], "--json")
        assert first in found.json["originals"]

    def test_that_are_late(self, working: Desk):
        """A case that came to nothing: its papers should be with their owner."""
        assert working.run("originals", "--late", "--json").json["originals"] == []
        original = working.run("originals", "--json").json["originals"][0]["id"]
        order = {
            "id": "00000000-0000-0000-0000-0000000000aa",
            "by": {"id": "budi", "role": "registry_operator", "region": "35.23"},
            "do": "give_back",
            "with": {"original": original, "reason": "Tidak perlu ditarik"},
        }
        line = json.dumps(order).encode()
        assert Desk(working.office).run("apply", "-", stdin=line).code == 0
        (given,) = [
            one
            for one in working.run("originals", "--json", "--limit", "1000").json["originals"]
            if one["id"] == original
        ]
        assert (given["fate"], given["heading"]) == ("returned", "out")

    def test_where_there_is_nothing(self, desk: Desk):
        """It is said what would be seen here."""
        done = Desk(desk.office, PRINTER).run("originals")
        assert done.out.startswith("The office holds nothing of that.")


class TestDestroying:
    """All that is void, in one act of the office."""

    def test_what_waits_is_shown_by_its_sort(self, working: Desk):
        """With a count and a check code, as two desks compare them."""
        shown = working.run("destroyable", "--json").json
        assert shown["count"] == len(shown["papers"]) == sum(one["count"] for one in shown["piles"])
        assert shown["check"] in working.run("destroyable").out

    def test_what_is_over_is_cleared_first(self, working: Desk):
        """What is kept is filed, what is withdrawn is made void."""
        cleared = working.run("destroyable", "--clear", "--json").json["cleared"]
        states = {one["records"][0]["state"] for one in cleared}
        assert states <= {"filed", "void"}
        assert working.run("destroyable", "--clear", "--json").json["cleared"] == []

    def test_with_minutes(self, working: Desk):
        """They name the papers, who was there, and are found by number and by day."""
        papers = working.run("destroyable", "--json").json["papers"]
        done = working.run(*destroy("--place", "Halaman", "--reason", "Rusak"))
        assert done.code == 0
        assert "Minutes (berita acara) 470/9/BA/2021" in done.out
        assert "Witness: Sri Rahayu, S.Sos., Kepala Bidang Dafduk" in done.out
        sheet = working.run("minutes", NUMBER.lower(), "--json").json
        assert (sheet["papers"], sheet["count"]) == (papers, len(papers))
        assert (sheet["place"], sheet["reason"]) == ("Halaman", "Rusak")
        assert (sheet["by"], sheet["approved_by"]) == ("joko", "hadi")
        assert working.run("minutes", NUMBER).out == done.out
        listed = working.run("minutes", "--json").json["minutes"]
        assert [one["number"] for one in listed] == [NUMBER]
        assert NUMBER in working.run("minutes").out
        assert "minutes 470/9/BA/2021: signed" in " ".join(
            working.run("journal", NUMBER).out.split()
        )

    def test_for_programs(self, working: Desk):
        """The receipt, and the minutes with it."""
        done = working.run(*destroy(), "--json").json
        assert done["ok"]
        assert done["minutes"]["number"] == NUMBER

    def test_a_second_time(self, working: Desk):
        """Nothing is left; it is said how something comes here."""
        working.run(*destroy())
        assert working.run(*destroy(), "--json").code == 1
        assert working.run("destroyable").out.startswith("Nothing is void.")

    def test_without_the_head(self, working: Desk):
        """Nobody destroys documents alone."""
        done = working.run("destroy", NUMBER, "--witness", WITNESS, "--json")
        assert (done.code, "approval_needed" in done.err) == (1, True)

    @pytest.mark.parametrize(
        "words",
        [
            ("destroy", NUMBER),
            ("destroy", NUMBER, "--witness", "Sri Rahayu"),
            ("destroy", NUMBER, "--witness", "Kepala Bidang:"),
            ("destroy", NUMBER, "--witness", WITNESS, "--approver", "hadi"),
        ],
    )
    def test_misuse(self, working: Desk, words: tuple[str, ...]):
        """Nobody who saw it, or nobody who can be one."""
        assert working.run(*words).code == 2

    def test_minutes_that_there_are_not(self, working: Desk):
        """A number that was not given, and days on which nothing was destroyed."""
        assert working.run("minutes", "BA-7").code == 1
        done = working.run("minutes")
        assert done.out.startswith("Nothing was destroyed in those days.")


@pytest.mark.usefixtures("marked")
def test_in_another_language(working: Desk):
    """Every sentence is translated."""
    for words in (
        ("originals", "--limit", "2"),
        ("destroyable", "--clear"),
        destroy("--reason", "⟦Rusak⟧"),
        ("minutes",),
        ("destroyable",),
    ):
        done = Desk(working.office, PRINTER).run("--lang", "id", *words)
        assert not too_wide(done.out)
        assert not not_translated(done.out), words
