"""What the library and its plugins are, and whether all is sound."""

from __future__ import annotations

import gettext
import re
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

import apsw
import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk, not_translated, too_wide

from adminduk import commands, plugins
from adminduk.cli import soundness
from adminduk.storage.sqlite import SQLiteStorage


class TestLifecycle:
    """The lifecycles, drawn from what is in force."""

    def test_as_tables(self):
        """Every kind of record has its own."""
        heads = re.findall(r"^## (\w+)$", Desk().run("lifecycle").out, re.MULTILINE)
        assert heads == ["application", "copy", "original", "bag"]

    def test_as_diagrams(self):
        """Only the kinds that are asked for."""
        done = Desk().run("lifecycle", "bag", "--format", "mermaid")
        assert done.out.count("stateDiagram") == 1
        assert "departed" in done.out

    def test_for_programs(self):
        """The same as data."""
        data = Desk().run("lifecycle", "bag", "--json").json
        assert list(data) == ["bag"]
        assert {"state": "sealed", "event": "depart", "guards": [], "next": "departed"} in data[
            "bag"
        ]


def test_schema():
    """Every command that `apply` reads is in its schema."""
    data = Desk().run("schema").json
    assert {one["title"] for one in data["oneOf"]} == set(commands.BY_NAME)
    assert Desk().run("schema", "--json").json == data


class TestPlugins:
    """What is plugged in, and what could not be."""

    def test_those_of_the_library(self):
        """They are listed as any other."""
        assert re.search(
            r"^storage +adminduk \S+ +adminduk_backups, adminduk_storage$",
            Desk().run("plugins").out,
            re.MULTILINE,
        )
        data = Desk().run("plugins", "--json").json
        found = {one["name"]: one for one in data["plugins"]}
        assert {"storage", "notify"} <= set(found)
        assert found["notify"] == {
            "name": "notify",
            "distribution": "adminduk",
            "version": version("adminduk"),
            "hooks": ["adminduk_notifier"],
        }
        assert data["failures"] == {}

    @pytest.mark.usefixtures("marked")
    def test_one_that_failed(self, monkeypatch: pytest.MonkeyPatch):
        """It is named with the reason, and the doctor finds it."""
        why = {"broken": "ImportError: no module named that"}
        monkeypatch.setattr(plugins, "failures", lambda: why)
        assert "broken" in Desk().run("plugins").out
        assert Desk().run("plugins", "--json").json["failures"] == why
        assert not_translated(Desk(language="id").run("plugins").out) == []
        sick = Desk().run("doctor", "--json")
        assert sick.code == 1
        found = "broken: ImportError: no module named that"
        assert sick.json["plugins"] == {"ok": False, "found": found}


def spoil(desk: Desk, sql: str) -> None:
    """Change the store behind the office's back."""
    connection = apsw.Connection(desk.office.removeprefix("sqlite:///"))
    connection.execute(sql)
    connection.close()


class TestVerify:
    """Everything stored against its journal."""

    def test_of_a_sound_store(self, half: Desk):
        """It says how much it has looked at."""
        done = half.run("verify")
        assert (done.code, done.err) == (0, "")
        assert done.out == (
            "Replayed 15 journal entries of 6 records, with 7 claims.\n"
            "Nothing is sealed. `adminduk seals make` seals it.\n"
            "All is as it was written.\n"
        )
        assert half.run("verify", "--json").json == {
            "ok": True,
            "records": 6,
            "entries": 15,
            "claims": 7,
            "seals": 0,
            "sealed": 0,
            "written": 0,
            "lost": [],
            "scans": 0,
            "faults": [],
        }

    def test_of_one_that_others_write(self, half: Desk, monkeypatch: pytest.MonkeyPatch):
        """What is found then may be none: nobody is told to restore a copy for it."""
        spoil(half, "update records set state = 'closed' where kind = 'bag'")
        heads = iter([(13, ""), (15, ""), (15, "")])
        monkeypatch.setattr(SQLiteStorage, "head", lambda *_: next(heads))
        done = half.run("verify")
        assert done.code == 1
        assert "2 entries were written while it was read" in " ".join(done.out.split())
        assert "restore" not in done.out

    def test_of_one_that_was_changed(self, half: Desk):
        """Every fault is named, and what to do; the program ends with 1."""
        spoil(half, "update records set state = 'closed' where kind = 'bag'")
        done = half.run("verify")
        assert done.code == 1
        assert f"bag BAG-{code_of(1)}" in done.out
        assert "1 faults: stop working on it" in done.out
        assert too_wide(done.out) == []
        assert len(half.run("verify", "--json").json["faults"]) == 1

    def test_of_an_empty_store(self, desk: Desk):
        """There is nothing wrong with nothing."""
        assert desk.run("verify", "--json").json["entries"] == 0

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, half: Desk):
        """Nothing of a clean report stays English."""
        assert not_translated(Desk(half.office, language="id").run("verify").out) == []


class TestDoctor:
    """Whether everything needed is here."""

    def test_all_is_well(self, desk: Desk):
        """Python, SQLite, the texts, the plugins and the office."""
        data = desk.run("doctor", "--json").json
        assert list(data) == ["python", "sqlite", "texts", "plugins", "office"]
        assert all(one["ok"] for one in data.values())
        assert data["sqlite"]["found"] == apsw.sqlite_lib_version()
        assert data["office"]["found"] == "35.23"
        assert data["texts"]["found"] == "id, en"
        assert {"notify", "storage"} <= set(data["plugins"]["found"].split(", "))

    def test_for_people(self, desk: Desk):
        """A line each, below the version of the library; where many plugins are, it goes on."""
        done = desk.run("doctor")
        first, *lines = done.out.splitlines()
        assert first == f"adminduk {version('adminduk')}"
        assert [line[:4] for line in lines if not line.startswith(" ")] == ["ok  "] * 5
        assert too_wide(done.out) == []

    def test_without_an_office(self):
        """What was not looked at is said."""
        done = Desk().run("doctor")
        assert done.code == 0
        assert done.out.endswith("\n    No office was named; name one to have it looked at too.\n")

    @pytest.mark.parametrize(
        ("found", "sound"), [("3.51.2", False), ("3.51.3", True), ("3.9.9", False)]
    )
    def test_an_old_sqlite(self, monkeypatch: pytest.MonkeyPatch, found: str, sound: bool):
        """One that may corrupt a shared file is refused."""
        monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: found)
        done = Desk().run("doctor")
        assert done.code == int(not sound)
        assert ("Do not share a file between processes" in done.out) is not sound

    @pytest.mark.parametrize(("found", "sound"), [((3, 10, 14), False), ((3, 11, 0), True)])
    def test_an_old_python(
        self, monkeypatch: pytest.MonkeyPatch, found: tuple[int, ...], sound: bool
    ):
        """The oldest that the library is written for is said."""
        monkeypatch.setattr(soundness, "sys", SimpleNamespace(version_info=found))
        done = Desk().run("doctor")
        assert done.code == int(not sound)
        assert ("Install Python 3.11 or newer." in done.out) is not sound

    def test_an_office_that_does_not_open(self, desk: Desk):
        """It is a finding among the others, and says what to do."""
        done = Desk(f"{desk.office}#35.22").run("doctor")
        assert done.code == 1
        assert "!!  office: The store has no office 35.22." in done.out
        assert "`adminduk init`" in " ".join(done.out.split())

    def test_texts_that_are_not_installed(self, monkeypatch: pytest.MonkeyPatch):
        """Without the Indonesian texts the program speaks English, and says what is wrong."""
        monkeypatch.setattr(gettext, "find", lambda *_: None)
        done = Desk(language="id").run("doctor")
        assert (done.code, "install adminduk anew" in done.out) == (1, True)

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, monkeypatch: pytest.MonkeyPatch):
        """Nothing of it stays English, and least of all a remedy."""
        monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")
        done = Desk("memory:", language="id").run("doctor")
        assert not_translated(done.out) == []


def test_progress_is_told_to_no_file(half: Desk):
    """Standard error is empty when nobody looks at it."""
    lines = as_file(by_courier(CASES["birth"], code_of(1)))
    done: Any = half.run("apply", "-", stdin=lines)
    assert "\r" not in done.err
    assert half.run("verify").err == ""
