"""`deliver` by several gateways, with several messages in hand, and killed at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk
from hypothesis import settings

GATEWAY = """
import os, time
from adminduk.plugins import hookimpl

SCHEMES = {"adminduk_notifier": ("kept",)}


class Kept:
    def __init__(self, path):
        self.path = path

    def send(self, key, to, text):
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{key} {to}\\n".encode())
        os.close(file)
        time.sleep(0.002)


@hookimpl
def adminduk_notifier(url):
    return Kept(url.removeprefix("kept:")) if url.startswith("kept:") else None
"""
"""A gateway that writes down what it was given before it answers."""

_DELIVER = """
import sys
from datetime import UTC, datetime, timedelta
from adminduk import Office
office = Office.open(sys.argv[1], notifier=sys.argv[2],
    clock=lambda: datetime.now(UTC) + timedelta(hours=int(sys.argv[3])))
while True:
    office.deliver(at_once=3)
"""
"""Delivers at an hour at which no lease of a process that was killed before holds any more."""


_HANGS = """
import sys, time
from adminduk import Office

class Hanging:
    def send(self, key, to, text):
        time.sleep(600)

print(Office.open(sys.argv[1], notifier=Hanging()).deliver(patience=0.1).again)
"""
"""Delivers by a gateway that never answers."""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the gateway for other processes; give the file in which it keeps what came."""
    about = tmp_path / "site" / "kept_gateway-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: kept-gateway\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[adminduk]\nkept = kept_gateway\n")
    (about.parent / "kept_gateway.py").write_text(GATEWAY)
    monkeypatch.syspath_prepend(about.parent)
    return tmp_path / "sent"


def submit(desk: Desk, last: int) -> None:
    """Submit cases, each of another person."""
    lines = []
    for number in range(1, last + 1):
        (line, *_) = by_courier(CASES["legalisir"], code_of(number))
        people = {"holder": {"name": "B", "nik": f"352308170895{number:04}"}}
        lines.append({**line, "with": {**line["with"], "people": people}})
    assert desk.run("apply", "-", stdin=as_file(lines)).code == 0


def keys(kept: Path) -> Counter[str]:
    """Give how often each message was sent."""
    lines = kept.read_text().splitlines() if kept.exists() else []
    return Counter(line.split()[0] for line in lines)


def test_killed_at_any_moment_nothing_is_lost(desk: Desk, kept: Path):
    """Who drops repeats by their key has each message once; only what was in hand is repeated."""
    chosen = settings.default
    assert chosen is not None
    kills = 60 if chosen.max_examples > 100 else 2
    count, at_once = 40 * kills, 3
    submit(desk, count)
    waiting = {one["key"] for one in desk.run("messages", "--json", "--limit", "9999").json}
    assert len(waiting) == count
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for number in range(kills):
        command = [sys.executable, "-c", _DELIVER, desk.office, f"kept:{kept}", str(number)]
        with subprocess.Popen(command, env=os.environ | path) as process:
            before, until = keys(kept).total(), time.monotonic() + 20
            while keys(kept).total() == before and time.monotonic() < until:
                time.sleep(0.002)
            time.sleep(0.013 * (number % 5))
            process.send_signal(signal.SIGKILL)
        left = {one["key"] for one in desk.run("messages", "--json", "--limit", "9999").json}
        assert waiting - left <= set(keys(kept)), "what is gone was sent"
    command[-1] = str(kills)
    with subprocess.Popen(command, env=os.environ | path) as process:
        until = time.monotonic() + 60
        while set(keys(kept)) != waiting and time.monotonic() < until:
            time.sleep(0.05)
        process.kill()
    sent = keys(kept)
    assert set(sent) == waiting
    assert sent.total() - count <= kills * at_once


def test_a_gateway_that_never_answers_keeps_no_process(desk: Desk):
    """It ends when it is through, whatever a gateway still does."""
    submit(desk, 1)
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", _HANGS, desk.office]
    done = subprocess.run(
        command, env=os.environ | path, stdout=subprocess.PIPE, timeout=60, check=True
    )
    assert done.stdout.split() == [b"1"]


def test_posts_have_a_channel_of_their_own(desk: Desk, kept: Path, tmp_path: Path):
    """And several may be in hand."""
    lines = []
    for number, phone in enumerate(["0812-3456-7890", None], start=1):
        (line, *_) = by_courier(CASES["legalisir"], code_of(number))
        people = {"holder": {"name": "B", "nik": f"352308170895{number:04}"}}
        applicant = {"name": "B"} | ({"phone": phone} if phone else {})
        lines.append({**line, "with": {**line["with"], "people": people, "applicant": applicant}})
    assert desk.run("apply", "-", stdin=as_file(lines)).code == 0
    posts = tmp_path / "posts"
    told = ("--notifier", f"kept:{kept}#at-most=1000/s", "--posts", f"kept:{posts}")
    command = [sys.executable, "-c", "from adminduk.cli import main; main()"]
    command += ["--office", desk.office, "deliver", *told, "--at-once", "4", "--json"]
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    out = subprocess.run(command, env=os.environ | path, stdout=subprocess.PIPE, check=True).stdout
    assert json.loads(out)["sent"] == 2
    assert kept.read_text().split()[1].startswith("+62")
    assert "village_operator@" in posts.read_text()


def test_a_pace_that_is_none_is_refused(desk: Desk):
    """Before anything is sent."""
    submit(desk, 1)
    done = desk.run("deliver", "--notifier", "console:#at-most=fast")
    assert done.code == 1
    assert "10/s" in done.err
    assert len(desk.run("messages", "--json").json) == 1
