"""backup and restore: a store as one file, taken while others work, and brought back."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from cli_running import PROGRAM, Desk, Ran, not_translated, too_wide

from adminduk.testing.day import lines


def at(folder: Path, name: str) -> Desk:
    """Give a place at a store that may not be there yet."""
    return Desk(f"sqlite:///{folder / name}")


def said(done: Ran) -> dict[str, object]:
    """Read the error that a program is told."""
    assert (done.code, done.out) == (1, "")
    error: dict[str, object] = json.loads(done.err)
    return error


def test_a_backup_says_what_it_holds(half: Desk, tmp_path: Path):
    """Records and entries of every office."""
    half.run("init", half.office, "--region", "35.22")
    file = tmp_path / "b.db"
    done = Desk(f"{half.office}#35.23").run("backup", str(file))
    assert (done.code, done.err) == (0, "")
    first, *rest = done.out.splitlines()
    assert first.startswith("Backed up and verified, in")
    assert rest[-2:] == [
        "  Office 35.22: 0 records, 0 journal entries, 0 claims.",
        "  Office 35.23: 6 records, 15 journal entries, 7 claims.",
    ]
    again = half.run("backup", str(tmp_path / "c.db"), "--json").json
    assert again == {
        "file": str(tmp_path / "c.db"),
        "size": file.stat().st_size,
        "offices": {
            "35.22": {"records": 0, "entries": 0, "claims": 0},
            "35.23": {"records": 6, "entries": 15, "claims": 7},
        },
    }


def test_a_backup_is_restored(half: Desk, tmp_path: Path):
    """The store that is made holds the same."""
    assert half.run("backup", str(tmp_path / "b.db")).code == 0
    away = at(tmp_path, "away.db")
    done = away.run("restore", str(tmp_path / "b.db"))
    assert done.out.startswith("Restored and verified, in")
    assert done.out.endswith("  Office 35.23: 6 records, 15 journal entries, 7 claims.\n")
    assert away.run("journal", "--json").json == half.run("journal", "--json").json
    other = at(tmp_path, "other.db").run("restore", str(tmp_path / "b.db"), "--json").json
    assert other == {
        "url": f"sqlite:///{tmp_path / 'other.db'}",
        "offices": {"35.23": {"records": 6, "entries": 15, "claims": 7}},
    }


def test_nothing_is_overwritten(half: Desk, tmp_path: Path):
    """Neither a file by a backup nor a store by a restored one; the error says what to do."""
    file = tmp_path / "b.db"
    file.write_bytes(b"mine")
    done = half.run("backup", str(file))
    assert done.code == 1
    assert "move it away first" in done.err.replace("\n", " ")
    assert file.read_bytes() == b"mine"
    assert half.run("backup", str(tmp_path / "c.db")).code == 0
    before = half.run("journal", "--json").json
    refusal = said(half.run("restore", str(tmp_path / "c.db"), "--json"))
    assert refusal["code"] == "place_taken"
    assert half.run("journal", "--json").json == before


def test_what_has_no_backup_says_what_to_use(tmp_path: Path):
    """A store in memory ends with its program."""
    for command in ("backup", "restore"):
        refusal = said(Desk("memory:").run(command, str(tmp_path / "b.db"), "--json"))
        assert refusal["code"] == "no_backup"
        assert "sqlite:///tuban.db" in str(refusal["message"])
    assert list(tmp_path.iterdir()) == []


def test_no_office_is_misuse(tmp_path: Path):
    """Which store, nobody can guess."""
    assert Desk().run("backup", str(tmp_path / "b.db")).code == 2
    assert Desk().run("restore", str(tmp_path / "b.db")).code == 2


@pytest.mark.usefixtures("marked")
def test_in_the_language(half: Desk, tmp_path: Path):
    """Answers and refusals are in the language of the run."""
    desk = Desk(half.office, language="id")
    file = str(tmp_path / "b.db")
    runs = [desk.run("backup", file), desk.run("backup", file), desk.run("restore", file)]
    runs += [Desk("memory:", language="id").run("backup", file)]
    assert [one.code for one in runs] == [0, 1, 1, 1]
    for one in runs:
        assert not_translated((one.out + one.err).replace("\n", " ")) == []
    assert too_wide(runs[0].out.replace(file, "")) == []


def test_progress_on_a_terminal(half: Desk, tmp_path: Path):
    """Both stages show, one after the other."""
    pty = pytest.importorskip("pty")
    shown, terminal = pty.openpty()
    run = subprocess.run(
        [PROGRAM, "--lang", "en", "--office", half.office, "backup", str(tmp_path / "b.db")],
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=False,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(terminal)
    seen = os.read(shown, 100_000).decode()
    os.close(shown)
    assert run.returncode == 0
    assert 0 <= seen.find("Copying") < seen.find("Verifying")


def test_a_backup_while_another_process_works_is_restored_and_worked_on(desk: Desk, tmp_path: Path):
    """It is sound, a moment of the middle, and the rest of the work leads to the same."""
    day = tmp_path / "day.jsonl"
    day.write_bytes(b"".join(lines(60, seed=5)))
    process = subprocess.Popen(
        [PROGRAM, "--office", desk.office, "apply", str(day)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    for _ in range(40):
        process.stdout.readline()
    done = desk.run("backup", str(tmp_path / "b.db"), "--json")
    still_working = process.poll() is None
    answered = process.communicate(timeout=120)[0]
    assert process.returncode == 0
    assert still_working, "the other process had ended"
    assert answered
    away = at(tmp_path, "away.db")
    assert away.run("restore", str(tmp_path / "b.db")).code == 0
    held = away.run("verify", "--json").json
    whole = desk.run("verify", "--json").json
    assert held["ok"]
    assert held["entries"] == done.json["offices"]["35.23"]["entries"]
    assert 0 < held["entries"] < whole["entries"]
    assert away.run("apply", str(day)).code == 0
    assert away.run("verify", "--json").json == whole
