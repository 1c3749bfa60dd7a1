"""Another master takes over, while the office works, and wherever it ends."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from encrypted_office import OFFICE, codes_of, office_at, rest, ring_of

from adminduk import Office
from adminduk.errors import Refused
from adminduk.masters.local import make_master
from adminduk.office.encryption import rotating
from adminduk.office.encryption.keyring import SEARCH

WORKER = Path(__file__).parent / "rotating_worker.py"


def take_over(folder: Path) -> str:
    """Put a new key before the others of a master; give its id."""
    file, newer = folder / "master.key", folder / "newer.key"
    made = make_master(newer)
    with newer.open("a") as more:
        more.write(file.read_text())
    newer.rename(file)
    return made


def drop_old(folder: Path) -> None:
    """Throw all keys of a master away but the newest."""
    file = folder / "master.key"
    file.write_text(file.read_text().splitlines()[0])


def started(folder: Path, *task: str) -> subprocess.Popen[str]:
    """Start a process, and wait until it begins."""
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(folder), *task], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def ended(worker: subprocess.Popen[str]) -> int:
    """Wait for its end; give how much it did."""
    with worker:
        assert worker.stdout is not None
        told = worker.stdout.read()
    assert worker.returncode == 0
    return int(told.removeprefix("done "))


class TestRotation:
    """Wraps every key anew, and nothing else changes."""

    def test_leaves_the_old_master_nothing(self, office: Office, folder: Path):
        """So that it can be thrown away."""
        codes = codes_of(office)
        old, journal = office.key_standing().current, office.storage.journal(OFFICE)
        assert office.key_standing().masters == {old: len(codes) + 1}
        new = take_over(folder)
        assert office.key_standing().left == len(codes) + 1
        seen: list[int] = []
        done = office.rotate_keys(seen.append)
        assert (done.current, done.masters, done.left) == (new, {new: len(codes) + 1}, 0)
        assert done.rewrapped == seen[-1] == len(codes) + 1
        assert office.rotate_keys().rewrapped == 0
        drop_old(folder)
        with office_at(folder) as again:
            assert again.verify().clean
            assert again.storage.journal(OFFICE) == journal
            assert [again.record("application", one) for one in codes] == [
                office.record("application", one) for one in codes
            ]

    def test_brings_nobody_back(self, office: Office, folder: Path):
        """What was destroyed stays so, also of who is destroyed meanwhile."""
        first, second, *_ = codes_of(office)
        ring_of(office).destroy(first)
        take_over(folder)
        replace = office.storage.replace_keys
        office.storage.replace_keys = lambda name, changes: (  # type: ignore[method-assign]
            ring_of(office).destroy(second),
            replace(name, changes),
        )[1]
        done = office.rotate_keys()
        assert (done.destroyed, done.left) == (2, 0)
        assert set(office.storage.keys_of(OFFICE, [first, second]).values()) == {b""}
        assert done.as_dict()["destroyed"] == 2

    def test_without_the_old_master(self, office: Office, folder: Path):
        """It says which is needed, and nothing is lost."""
        old = office.key_standing().current
        make_master(folder / "newer.key")
        (folder / "newer.key").rename(folder / "master.key")
        with pytest.raises(Refused) as caught:
            office.rotate_keys()
        assert (caught.value.code, caught.value.facts["needed"]) == ("other_master", old)
        assert office.key_standing().masters.keys() == {old}

    def test_page_by_page(self, office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch):
        """However many keys there are; what is done already is not done again."""
        monkeypatch.setattr(rotating, "_PAGE", 3)
        take_over(folder)
        replace, pages = office.storage.replace_keys, list[int]()

        def broken_off(name: str, changes: Iterable[Any]) -> int:
            if len(pages) == 2:
                raise KeyboardInterrupt
            pages.append(len(list(changes)))
            return replace(name, changes)

        office.storage.replace_keys = broken_off  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            office.rotate_keys()
        assert pages == [3, 3]
        office.storage.replace_keys = replace  # type: ignore[method-assign]
        done = office.rotate_keys()
        assert (done.left, done.rewrapped) == (0, sum(done.masters.values()) - 6)

    def test_of_the_search_keys(self, office: Office, folder: Path):
        """Their secret stays the same."""
        secret = ring_of(office).secret
        before = office.storage.keys_of(OFFICE, [SEARCH])
        take_over(folder)
        office.rotate_keys()
        assert office.storage.keys_of(OFFICE, [SEARCH]) != before
        with office_at(folder) as again:
            assert ring_of(again).secret == secret


class TestWhileOthersWork:
    """Everybody goes on, with either master."""

    def test_two_processes_work(self, office: Office, folder: Path):
        """And make new cases meanwhile; nothing is left under the old master."""
        workers = [started(folder, "work", str(one), "2") for one in range(2)]
        new = take_over(folder)
        while any(one.poll() is None for one in workers):
            office.rotate_keys()
        made = sum(map(ended, workers))
        assert made > 20
        done = office.rotate_keys()
        assert done.masters == {new: len(codes_of(office)) + 1}
        drop_old(folder)
        with office_at(folder) as again:
            assert again.verify().clean

    def test_two_processes_rotate(self, office: Office, folder: Path):
        """At once: each key is wrapped anew by one of them."""
        ended(started(folder, "work", "0", "1"))
        count = len(codes_of(office)) + 1
        take_over(folder)
        workers = [started(folder, "rotate") for _ in range(2)]
        assert sum(map(ended, workers)) == count
        assert office.key_standing().left == 0
        drop_old(folder)
        with office_at(folder) as again:
            assert again.verify().clean

    def test_one_that_is_killed(self, office: Office, folder: Path):
        """At any moment; another goes on."""
        ended(started(folder, "work", "0", "1"))
        for number in range(6):
            take_over(folder)
            worker = started(folder, "rotate")
            time.sleep(0.002 * number)
            worker.kill()
            with worker:
                pass
            standing = office.key_standing()
            assert sum(standing.masters.values()) == len(codes_of(office)) + 1
            assert office.verify().clean
        assert office.rotate_keys().left == 0
        drop_old(folder)
        with office_at(folder) as again:
            assert again.verify().clean
            for one in rest()[:5]:
                assert one.by is not None
                again.do(one.command, by=one.by)
