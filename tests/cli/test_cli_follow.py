"""`deliver --follow`, as a program of its own on a file: woken, ended, several at once."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from typing import IO

import apsw
import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk, not_translated

from adminduk.cli.stopping import stopping
from adminduk.office import following
from adminduk.storage import connection
from adminduk.testing.disk import filled, small_disk
from adminduk.testing.followed import followed

SLOW = """
import time
from adminduk.plugins import hookimpl

SCHEMES = {"adminduk_notifier": ("slow",)}


class Slow:
    def __init__(self, path):
        self.path = path

    def send(self, key, to, text):
        with open(self.path, "a") as file:
            file.write(key + "\\n")
        time.sleep(0.3)


@hookimpl
def adminduk_notifier(url):
    return Slow(url.removeprefix("slow:")) if url.startswith("slow:") else None
"""
"""A gateway that takes its time, and keeps what it was given in a file."""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a slow gateway for other processes; give the file in which it keeps what came."""
    about = tmp_path / "site" / "slow_gateway-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-gateway\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[adminduk]\nslow = slow_gateway\n")
    (about.parent / "slow_gateway.py").write_text(SLOW)
    monkeypatch.syspath_prepend(about.parent)
    sent = tmp_path / "sent"
    sent.touch()
    return sent


def submit(desk: Desk, *numbers: int) -> None:
    """Submit cases, each of another person; of each the applicant is told."""
    lines = []
    for number in numbers:
        (line, *_) = by_courier(CASES["legalisir"], code_of(number))
        people = {"holder": {"name": "B", "nik": f"352308170895{number:04}"}}
        lines.append({**line, "with": {**line["with"], "people": people}})
    assert desk.run("apply", "-", stdin=as_file(lines)).code == 0


def await_lines(file: Path, count: int) -> None:
    """Wait until a file has so many lines."""
    until = time.monotonic() + 30
    while len(file.read_text().splitlines()) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


def line_of(stream: IO[str] | None) -> str:
    """Wait for a line."""
    assert stream is not None
    return stream.readline().rstrip("\n")


def ended(process: Popen[str], number: int = signal.SIGTERM) -> tuple[str, str]:
    """End a process by a signal; give what it still said."""
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    return out, err


def test_another_process_is_woken(desk: Desk):
    """A message is sent soon after it was committed; a line tells of each round."""
    with followed(desk.office) as process:
        said = line_of(process.stdout)
        assert said == "Messages are delivered as they come. Ctrl-C ends it."
        for number in (1, 2, 3):
            submit(desk, number)
            began = time.monotonic()
            assert line_of(process.stdout).startswith("Sent 1; ")
            assert time.monotonic() - began < 3, "one looks only every 15 seconds"
        assert ended(process, signal.SIGINT)[0] == ""


def test_it_ends_after_the_message_in_hand(desk: Desk, slow: Path):
    """What it did is told; what is left, and no more, is sent by the next one at once."""
    submit(desk, *range(1, 7))
    with followed(desk.office, "--json", "--notifier", f"slow:{slow}") as process:
        await_lines(slow, 2)
        out, err = ended(process)
    sent = len(slow.read_text().splitlines())
    assert 2 <= sent < 6
    assert (json.loads(out)["sent"], err) == (sent, "")
    assert desk.run("deliver", "--json").json["sent"] == 6 - sent


def test_a_process_that_is_killed_keeps_one_message_waiting(desk: Desk, slow: Path):
    """Only the one that it had in hand."""
    submit(desk, *range(1, 5))
    with followed(desk.office, "--notifier", f"slow:{slow}") as process:
        await_lines(slow, 1)
        process.kill()
        process.wait()
    left = 4 - len(slow.read_text().splitlines())
    assert left >= 2
    assert desk.run("deliver", "--json").json["sent"] == left


def test_several_processes_share_the_work(desk: Desk, slow: Path):
    """Each message is sent by one of them."""
    with (
        followed(desk.office, "--notifier", f"slow:{slow}") as one,
        followed(desk.office, "--notifier", f"slow:{slow}") as two,
    ):
        for process in (one, two):
            line_of(process.stdout)
        submit(desk, *range(1, 11))
        await_lines(slow, 10)
        told = [ended(process)[0] for process in (one, two)]
    counts = [sum(map(int, re.findall(r"^Sent (\d+);", one, re.MULTILINE))) for one in told]
    assert sum(counts) == 10
    assert min(counts) >= 3
    keys = slow.read_text().splitlines()
    assert len(keys) == len(set(keys))


def test_a_full_disk_is_said_and_gone_on_after(slow: Path):
    """In two lines, once; what was sent when it became full is not sent again."""
    with small_disk("4m") as disk:
        desk = Desk(f"sqlite:///{disk / 'office.db'}")
        assert desk.run("init", desk.office, "--region", "35.23").code == 0
        submit(desk, *range(1, 7))
        with followed(desk.office, "--notifier", f"slow:{slow}") as process:
            await_lines(slow, 2)
            ballast = filled(disk)
            said = [line_of(process.stderr)]
            while said[-1] != "It is tried again until it is back.":
                said.append(line_of(process.stderr))
            assert len(slow.read_text().splitlines()) < 6
            once = desk.run("deliver")
            ballast.unlink()
            await_lines(slow, 6)
            err = ended(process)[1]
        assert said[0].startswith(f"The store {desk.office} cannot be used: ")
        assert "no space left" in " ".join(said)
        assert len(said) <= 3
        assert (once.code, once.err.split()) == (1, " ".join(said[:-1]).split())
        assert err == "", "it was said once"
        keys = slow.read_text().splitlines()
        assert len(set(keys)) == len(keys) == 6
        assert desk.run("messages", "--json").json == []


class TestInThisProcess:
    """What it says, and how it is ended."""

    @pytest.fixture
    def ends(self) -> None:
        """End what follows, a moment after it has begun: before, the signal would end the tests."""
        before = signal.getsignal(signal.SIGTERM)

        def end() -> None:
            while signal.getsignal(signal.SIGTERM) is before:
                time.sleep(0.01)
            time.sleep(0.7)
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=end, daemon=True).start()

    @pytest.mark.usefixtures("marked", "ends")
    def test_in_the_language(self, half: Desk):
        """All that is said, and the messages."""
        done = Desk(half.office, language="id").run("deliver", "--follow")
        assert done.code == 0
        assert len(done.out.splitlines()) >= 2
        assert not_translated(done.out + done.err) == []

    @pytest.mark.parametrize("options", [(), ("--json",)])
    def test_a_store_that_is_away_is_said_to_be(
        self, half: Desk, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, ends: None
    ):
        """On standard error; for programs as the error that it is."""
        assert ends is None
        monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
        monkeypatch.setattr(following, "_FIRST_PAUSE", 0.1)
        other = apsw.Connection(half.office.removeprefix("sqlite:///"))
        other.execute("begin immediate")
        done = half.run("deliver", "--follow", *options)
        other.close()
        assert done.code == 0
        if options:
            assert done.out == ""
            assert json.loads(done.err)["reason"] == "busy"
        else:
            assert done.err.endswith("It is tried again until it is back.\n")
            assert done.err.count("locked") == 1

    @pytest.fixture
    def interruptible(self) -> Iterator[None]:
        """Be ended by SIGINT, which a shell has what it runs in the background ignore."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    @pytest.mark.usefixtures("interruptible")
    def test_a_second_signal_ends_it_at_once(self):
        """The first one only says that it is to stop; afterwards all is as it was."""
        before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
        with stopping() as stop:
            assert not stop()
            os.kill(os.getpid(), signal.SIGINT)
            assert stop()
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)
        with stopping() as stop:
            assert not stop()
        assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
