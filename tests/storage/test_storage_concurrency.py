"""Several threads and processes at once, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from storage_rows import OFFICE, batch, claim, command, entry, message, time, write

from adminduk.plugins import open_storage
from adminduk.ports import ClaimTaken, StaleVersions, Storage

HERE = Path(__file__).parent


def run_child(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process of its own that has the helpers of these tests."""
    prelude = "import sys; from storage_rows import *; from adminduk.ports import *\n"
    prelude += "from adminduk.plugins import open_storage; storage = open_storage(sys.argv[1])\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])},
    )


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run work in threads that start together; give what each gave."""
    barrier = threading.Barrier(count)

    def start(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


def test_one_of_many_threads_writes_a_version(storage: Storage):
    """Of eight that read the same version one wins each round; the others are told."""

    def try_to_write(version: int, number: int) -> int:
        try:
            storage.commit(
                OFFICE,
                batch(write("A", version, state=str(number)), entries=(entry("A", version),)),
            )
        except StaleVersions:
            return 0
        return 1

    for version in range(1, 11):
        assert sum(at_once(8, partial(try_to_write, version))) == 1
    assert [(one.seq, one.version) for one in storage.journal(OFFICE)] == [
        (number, number) for number in range(1, 11)
    ]


def test_one_of_many_threads_takes_a_claim(storage: Storage):
    """The others are told the holder, and write nothing."""

    def try_to_take(number: int) -> str:
        try:
            storage.commit(OFFICE, batch(write(str(number)), take=(claim("nik", str(number)),)))
        except ClaimTaken as taken:
            return taken.claim.id
        return str(number)

    holders = set(at_once(8, try_to_take))
    assert len(holders) == 1
    assert {one.id for one in storage.find(OFFICE)[0]} == holders
    assert {one.id for one in storage.claims(OFFICE)} == holders


def test_a_message_is_lent_to_one_of_many_threads(storage: Storage):
    """No message is lent twice, none is left."""
    storage.commit(OFFICE, batch(messages=tuple(message(str(one)) for one in range(40))))

    def take(_: int) -> list[str]:
        return [
            one.message.key
            for _ in range(5)
            for one in storage.lease(OFFICE, now=time(1), until=time(9), limit=1)
        ]

    lent = [key for keys in at_once(8, take) for key in keys]
    assert sorted(lent) == sorted(map(str, range(40)))


CONTEND = """
won = taken = 0
for version in range(1, 41):
    try:
        storage.commit(OFFICE, batch(write("A", version), entries=(entry("A", version),)))
        won += 1
    except StaleVersions:
        pass
    try:
        storage.commit(OFFICE, batch(take=(claim(str(version), sys.argv[2]),)))
        taken += 1
    except ClaimTaken:
        pass
print(won, taken)
"""


def test_one_of_many_processes_wins_each_time(file_url: str):
    """Three processes that make the file, its office, its records and claims at once."""
    make = "storage.add_office(OFFICE, b'profile')\n"
    children = [run_child(make + CONTEND, file_url, str(one)) for one in range(3)]
    answers = [child.communicate(timeout=60)[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert sum(int(won) for won, _ in answers) == 40
    assert sum(int(taken) for _, taken in answers) == 40
    storage = open_storage(file_url)
    assert [(one.seq, one.version) for one in storage.journal(OFFICE)] == [
        (number, number) for number in range(1, 41)
    ]
    assert len(storage.claims(OFFICE)) == 40
    storage.close()


FILL = """
number = int(sys.argv[2])
while True:
    number += 1
    one = str(number)
    storage.commit(OFFICE, batch(
        write(one + "/a", keys=(one,)), write(one + "/b", body=b"x" * 9000),
        entries=(entry(one + "/a"), entry(one + "/b")), take=(claim(one, one + "/a"),),
        commands=(command(one),), messages=(message(one),)))
    print(number, flush=True)
"""


def test_a_process_killed_while_it_commits_leaves_nothing_half_written(
    sqlite: Storage, file_url: str
):
    """All of a commit is there or nothing; what was acknowledged is there."""
    last = 0
    for pause in (1, 4, 9, 16, 25):
        child = run_child(FILL, file_url, str(last))
        acknowledged = last
        for line in child.stdout:
            acknowledged = int(line)
            if acknowledged >= last + pause:
                break
        assert acknowledged == last + pause
        child.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
        child.wait()
        child.stdout.close()
        rows, _ = sqlite.find(OFFICE, limit=10_000)
        last = len(rows) // 2
        assert last >= acknowledged
        whole = {str(one) for one in range(1, last + 1)}
        assert {one.id for one in rows} == {f"{one}/{half}" for one in whole for half in "ab"}
        journal = sqlite.journal(OFFICE, limit=10_000)
        assert [one.seq for one in journal] == list(range(1, 2 * last + 1))
        assert {one.key for one in sqlite.claims(OFFICE, limit=10_000)} == whole
        assert sqlite.executed(OFFICE, [*whole, str(last + 1)]).keys() == whole
        assert {one.key for one in sqlite.messages(OFFICE, parked=False, limit=9999)} == whole
        assert all(sqlite.find(OFFICE, key=one)[0][0].id == f"{one}/a" for one in whole)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_has_a_connection_of_its_own(sqlite: Storage):
    """Parent and child go on writing; the fork waits until no thread is inside a transaction."""
    stop = threading.Event()

    def keep_writing() -> int:
        number = 0
        while not stop.wait(0.001):  # a lock goes to whoever asks while it is free
            number += 1
            sqlite.commit(OFFICE, batch(write(f"parent {number}")))
        return number

    with ThreadPoolExecutor(1) as pool:
        parent = pool.submit(keep_writing)
        codes = []
        for child in range(5):
            pid = os.fork()
            if pid == 0:
                try:
                    for number in range(5):
                        sqlite.commit(OFFICE, batch(write(f"child {child} {number}")))
                    sqlite.close()
                    os._exit(0)
                finally:
                    os._exit(1)
            codes.append(os.waitpid(pid, 0)[1])
        stop.set()
        written = parent.result(timeout=30)
    assert codes == [0] * 5
    rows, _ = sqlite.find(OFFICE, limit=100_000)
    assert len(rows) == written + 25


def test_a_commit_that_is_sent_again_by_another_process_is_known(sqlite: Storage, file_url: str):
    """What one process did, every other one knows at once."""
    code = "storage.commit(OFFICE, batch(write(), commands=(command('lost'),)))"
    with run_child(code, file_url) as child:
        child.communicate(timeout=30)
    assert child.returncode == 0
    assert sqlite.executed(OFFICE, ["lost"]) == {"lost": command("lost")}
