"""An encrypted office from the command line: init --master, master new, status, rotate."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk

TELLING = (("master", "status"), ("master", "rotate"), ("verify",), ("doctor",))


@pytest.fixture
def master(tmp_path: Path) -> str:
    """Give the URL of a master that the command line has made."""
    file = tmp_path / "master.key"
    assert Desk().run("master", "new", str(file)).code == 0
    return file.as_uri()


@pytest.fixture
def encrypted(tmp_path: Path, master: str) -> Desk:
    """Give a place at an encrypted office with a case, whose master the environment names."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    assert Desk().run("init", url, "--region", "35.23", "--master", master).code == 0
    desk = Desk(url)
    desk = evolve(desk, environment={**desk.environment, "ADMINDUK_MASTER": master})
    lines = by_courier(CASES["birth"], code_of(1))
    assert desk.run("apply", "-", stdin=as_file(lines[:1])).code == 0
    return desk


def test_a_new_master(tmp_path: Path):
    """Is in a file of its owner's; its id is told, itself it is not; nothing is overwritten."""
    file = tmp_path / "master.key"
    done = Desk().run("master", "new", str(file), "--json")
    assert done.json["file"] == str(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().strip() not in done.out
    told = Desk().run("master", "new", str(tmp_path / "other.key"))
    assert (tmp_path / "other.key").read_text().strip() not in told.out
    assert "nothing brings it back" in " ".join(told.out.split())
    again = Desk().run("master", "new", str(file))
    assert (again.code, again.out) == (1, "")
    assert str(file) in "".join(again.err.split())


def test_init_says_what_to_name(tmp_path: Path, master: str):
    """The store and the master; programs are told whether it is encrypted."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    done = Desk().run("init", url, "--region", "35.23", "--master", master)
    assert f"export ADMINDUK_MASTER={master}" in done.out
    assert Desk().run("init", url, "--region", "35.23", "--master", master, "--json").json == {
        "office": "35.23",
        "url": url,
        "encrypted": True,
    }
    refused = Desk().run("init", url, "--region", "35.23")
    assert (refused.code, refused.out) == (1, "")


@pytest.mark.parametrize("command", TELLING, ids=" ".join)
def test_without_the_master(encrypted: Desk, command: tuple[str, ...]):
    """Each says what to give, in one sentence, and ends with 1."""
    done = Desk(encrypted.office).run(*command)
    assert done.code == 1
    assert "Give its master key: --master URL" in " ".join((done.out + done.err).split())
    assert Desk(encrypted.office, language="id").run(*command).code == 1


def test_status(encrypted: Desk):
    """How many keys are under which master: that of the search keys, and one of the case."""
    told = encrypted.run("master", "status", "--json").json
    assert told == {
        "current": told["current"],
        "masters": {told["current"]: 2},
        "destroyed": 0,
        "rewrapped": 0,
        "left": 0,
    }
    assert f"{told['current']}: 2 keys; it is the newest." in encrypted.run("master", "status").out


def test_rotate(encrypted: Desk, tmp_path: Path):
    """As the page of encryption says: a new key, the others after it, then rotate."""
    file, newer = tmp_path / "master.key", tmp_path / "newer.key"
    encrypted.run("master", "new", str(newer))
    with newer.open("a") as more:
        more.write(file.read_text())
    newer.rename(file)
    status = encrypted.run("master", "status")
    assert "The others are still needed: adminduk master rotate" in status.out
    done = encrypted.run("master", "rotate")
    assert "Keys that were wrapped anew: 2." in done.out
    assert "No other master key is needed" in done.out
    file.write_text(file.read_text().splitlines()[0])
    again = encrypted.run("master", "rotate", "--json").json
    assert (again["rewrapped"], again["left"]) == (0, 0)
    assert encrypted.run("verify").code == 0


def test_an_open_office(desk: Desk, master: str):
    """Has no keys, and refuses a master."""
    assert "is not encrypted" in desk.run("master", "status").err
    done = desk.run("--master", master, "verify")
    assert done.code == 1
    assert "Leave it out" in " ".join(done.err.split())


def test_backups_and_exports_need_no_master(encrypted: Desk, tmp_path: Path):
    """With it they are verified with what the envelopes hold."""
    closed = Desk(encrypted.office)
    for number, place in enumerate((closed, encrypted)):
        assert place.run("backup", str(tmp_path / f"{number}.db")).code == 0
        export = str(tmp_path / f"{number}.jsonl")
        assert place.run("export", export, "--json").json["offices"]["35.23"]["keys"] == 2
        there = evolve(place, office=f"sqlite:///{tmp_path / f'there-{number}.db'}")
        assert there.run("import", export).code == 0
        back = evolve(place, office=f"sqlite:///{tmp_path / f'back-{number}.db'}")
        assert back.run("restore", str(tmp_path / f"{number}.db")).code == 0
