"""Several processes at one store, and processes that are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any, ClassVar, Final

from adminduk.ports import Storage
from adminduk.testing.child import PROFILE, ROUNDS, THREADS
from adminduk.testing.kits.base import Kit, Open, needs
from adminduk.testing.rows import OFFICE, batch, command, message, time

__all__ = ["ProcessChecks"]

_PROCESSES: Final = 4
_WRITERS: Final = _PROCESSES * THREADS
_SECONDS: Final = 60
_SOON: Final = 10


@contextmanager
def _child(do: str, url: str, number: int) -> Iterator[subprocess.Popen[str]]:
    """Start a process that waits for its start; it is over when the block is left."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "adminduk.testing.child", do, url, str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    watch = threading.Timer(_SECONDS, process.kill)
    watch.start()
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == '"ready"\n'
            yield process
        finally:
            watch.cancel()
            process.kill()


def _at_once(do: str, url: str, turns: int) -> list[Any]:
    """Have processes work at once, turn by turn; give all that their threads tell."""
    told: list[Any] = []
    with (
        _child(do, url, 1) as one,
        _child(do, url, 2) as two,
        _child(do, url, 3) as three,
        _child(do, url, 4) as four,
    ):
        every = (one, two, three, four)
        assert len(every) == _PROCESSES
        for _ in range(turns):
            for process in every:
                _start_turn(process)
            for process in every:
                told += _answer(process)
        for process in every:
            process.communicate()
        assert [process.returncode for process in every] == [0] * _PROCESSES
    return told


def _start_turn(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[str]) -> list[Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the process ended"
    answer: list[Any] = json.loads(line)
    return answer


class ProcessChecks(Kit):
    """A store is safe to use from several processes at once, and outlives each of them."""

    kills: ClassVar[int] = 5

    @needs("several_processes", "reopens")
    def test_one_of_sixteen_writers_in_processes_wins(self, storage_url: str, opened: Open) -> None:
        """Processes that make the store and its office at once: of each version one writer wins."""
        told = _at_once("write", storage_url, ROUNDS)
        won = {version: seq for version, seq in told if isinstance(seq, int)}
        lost = [refs for _, refs in told if isinstance(refs, list)]
        assert won == {version: version for version in range(1, ROUNDS + 1)}
        assert lost == [[["application", "A"]]] * (ROUNDS * (_WRITERS - 1))
        storage = opened()
        assert storage.offices() == {OFFICE: PROFILE}
        assert [(one.seq, one.version) for one in storage.journal(OFFICE)] == [
            (number, number) for number in range(1, ROUNDS + 1)
        ]

    @needs("several_processes", "reopens")
    def test_one_of_sixteen_takers_in_processes_wins(self, storage_url: str, opened: Open) -> None:
        """All are told the same holder of each claim, and only the holder has written."""
        told = _at_once("take", storage_url, ROUNDS)
        assert len(told) == ROUNDS * _WRITERS
        holders = {(key, holder) for key, holder in told}
        assert len(holders) == ROUNDS
        storage = opened()
        assert {(one.key, one.id) for one in storage.claims(OFFICE)} == holders
        rows, _ = storage.find(OFFICE, limit=1000)
        assert {one.id for one in rows} == {f"{holder}/{key}" for key, holder in holders}

    @needs("several_processes", "reopens")
    def test_a_message_is_lent_to_one_of_several_processes(
        self, storage_url: str, storage: Storage
    ) -> None:
        """None is lent twice, none is left; when its time is over each is lent once more."""
        keys = [str(one) for one in range(60)]
        storage.commit(OFFICE, batch(messages=tuple(message(one) for one in keys)))
        told = Counter(
            (key, attempts)
            for thread in _at_once("lend", storage_url, 1)
            for key, attempts in thread
        )
        assert told == Counter((key, 1) for key in keys)
        assert storage.lease(OFFICE, now=time(8), until=time(20), limit=1) == []
        again = storage.lease(OFFICE, now=time(9), until=time(20), limit=100)
        assert sorted((one.message.key, one.attempts) for one in again) == sorted(
            (key, 2) for key in keys
        )

    @needs("several_processes", "reopens")
    def test_a_bell_rings_for_what_another_process_commits(
        self, storage_url: str, storage: Storage
    ) -> None:
        """Who waits here is woken by a message of another process."""
        with closing(storage.bell(OFFICE)) as bell, _child("fill", storage_url, 0) as child:
            _start_turn(child)
            while not storage.messages(OFFICE, parked=False, limit=1):
                assert bell.wait(_SOON)

    @needs("several_processes", "reopens")
    def test_what_one_process_did_every_other_one_knows(
        self, storage_url: str, storage: Storage
    ) -> None:
        """A command that another process carried out is known here at once."""
        assert storage.executed(OFFICE, ["1.0/1"]) == {}
        with _child("write", storage_url, 1) as child:
            told = []
            for _ in range(ROUNDS):
                _start_turn(child)
                told += _answer(child)
        seqs = [seq for _, seq in told if isinstance(seq, int)]
        assert sorted(seqs) == list(range(1, ROUNDS + 1))
        names = [f"1.{thread}/{version}" for thread in range(THREADS) for version in range(1, 21)]
        known = storage.executed(OFFICE, names)
        assert len(known) == ROUNDS
        assert all(one == command(name) for name, one in known.items())

    @needs("durable", "reopens")
    def test_a_process_killed_while_it_commits_leaves_nothing_half_written(
        self, storage_url: str, opened: Open
    ) -> None:
        """All of a commit is there or nothing; what was acknowledged is there."""
        last = 0
        for number in range(self.kills):
            acknowledged = _killed(storage_url, last, *_moment(number))
            storage = opened()
            rows, _ = storage.find(OFFICE, limit=10_000)
            last = len(rows) // 2
            assert last >= acknowledged
            whole = {str(one) for one in range(1, last + 1)}
            assert {one.id for one in rows} == {f"{one}/{half}" for one in whole for half in "ab"}
            journal = storage.journal(OFFICE, limit=10_000)
            assert [one.seq for one in journal] == list(range(1, 2 * last + 1))
            assert {one.key for one in storage.claims(OFFICE, limit=10_000)} == whole
            assert storage.executed(OFFICE, [*whole, str(last + 1)]).keys() == whole
            waiting = storage.messages(OFFICE, parked=False, limit=10_000)
            assert {one.key for one in waiting} == whole
            assert all(storage.find(OFFICE, key=one)[0][0].id == f"{one}/a" for one in whole)
            storage.close()


def _moment(number: int) -> tuple[int, float]:
    """Say after how many commits a process is killed, and how many seconds later: in anything."""
    return 1 + 7 * number % 25, 0.0037 * number % 0.02


def _killed(url: str, last: int, pause: int, delay: float) -> int:
    """Have a process fill the store, kill it after some commits; give the last acknowledged."""
    with _child("fill", url, last) as child:
        _start_turn(child)
        assert child.stdout is not None
        acknowledged = last
        for line in child.stdout:
            acknowledged = int(line)
            if acknowledged >= last + pause:
                break
        assert acknowledged == last + pause
        threading.Event().wait(delay)
        child.kill()
        for line in child.stdout:
            with suppress(ValueError):  # the last one may be cut off
                acknowledged = max(acknowledged, int(line))
    return acknowledged
