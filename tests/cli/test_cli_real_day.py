"""A real day through `apply`: twice, by two processes, out of step, and killed in the middle."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cli_running import PROGRAM, Desk, program

from adminduk.testing.day import lines

APPLICATIONS = 40


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the file of a small day."""
    file = tmp_path_factory.mktemp("day") / "day.jsonl"
    file.write_bytes(b"".join(lines(APPLICATIONS, seed=5)))
    return file


@pytest.fixture(scope="module")
def states(day: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Apply the day in peace, and give the state that every record has then."""
    url = f"sqlite:///{tmp_path_factory.mktemp('peace') / 'office.db'}"
    assert Desk().run("init", url, "--region", "35.23").code == 0
    assert Desk(url).run("apply", str(day)).code == 0
    return states_of(Desk(url))


def states_of(desk: Desk) -> dict[str, str]:
    """Read the state of every record from the journal, and check that it has no gap."""
    entries = desk.run("journal", "--limit", "10000", "--json").json["entries"]
    assert all(later["seq"] == one["seq"] + 1 for one, later in pairwise(entries))
    return {one["id"]: one["set"]["state"] for one in entries if "state" in one["set"]}


def planned(line: bytes) -> set[str]:
    """Give the papers that a command plans a bag of."""
    order = json.loads(line)
    return set(order["with"]["items"]) if order["do"] == "plan" else set()


def applying(desk: Desk, file: Path) -> subprocess.Popen[bytes]:
    """Start a process that applies a file."""
    arguments = [PROGRAM, "--office", desk.office, "apply", str(file)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def answers_of(done: bytes) -> list[dict[str, Any]]:
    """Read the answers, one a line."""
    return [json.loads(line) for line in done.splitlines()]


def test_twice(desk: Desk, day: Path):
    """The second time every line has its first answer and nothing is written."""
    first = desk.run("apply", str(day))
    before = states_of(desk)
    again = desk.run("apply", str(day))
    assert (first.code, again.code) == (0, 0)
    assert all(one["repeated"] for one in again.lines)
    assert [one["records"] for one in again.lines] == [one["records"] for one in first.lines]
    assert states_of(desk) == before


def test_by_two_processes_at_once(desk: Desk, day: Path, states: dict[str, str]):
    """Each line takes effect in one of them; the other is given the same answer."""
    both = [applying(desk, day) for _ in range(2)]
    answers = [answers_of(one.communicate(timeout=120)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    for left, right in zip(*answers, strict=True):
        assert left["records"] == right["records"]
        assert left["repeated"] is not right["repeated"]
    assert states_of(desk) == states
    assert desk.run("verify").code == 0


def test_its_halves_out_of_step(desk: Desk, day: Path, tmp_path: Path, states: dict[str, str]):
    """What comes too early is refused and changes nothing; sent again in order it goes through."""
    every = day.read_bytes().splitlines(keepends=True)
    first, second = every[: len(every) // 2], every[len(every) // 2 :]
    # A document that fell beside its bag goes out once more: that it could do first, too.
    bagged = set().union(*map(planned, first))
    halves = [first, [line for line in second if not bagged & planned(line)]]
    files = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    for file, half in zip(files, halves, strict=True):
        file.write_bytes(b"".join(half))
    both = [applying(desk, file) for file in files]
    early = [answers_of(one.communicate(timeout=120)[0]) for one in both]
    assert any(not one["ok"] for one in early[1]), "the second half did not come too early"
    assert desk.run("apply", str(day)).code == 0
    assert states_of(desk) == states
    assert desk.run("verify").code == 0


def test_killed_in_the_middle(desk: Desk, day: Path, states: dict[str, str]):
    """What was answered is there, the store is sound, and the same file completes it."""
    process = applying(desk, day)
    assert process.stdout is not None
    answered = [process.stdout.readline() for _ in range(60)]
    process.kill()
    process.stdout.close()
    process.wait(timeout=60)
    assert program("--office", desk.office, "verify").code == 0
    again = desk.run("apply", str(day))
    assert again.code == 0
    assert all(one["repeated"] for one in again.lines[: len(answered)])
    assert not all(one["repeated"] for one in again.lines), "it was killed too late"
    assert states_of(desk) == states
    assert desk.run("verify").code == 0
