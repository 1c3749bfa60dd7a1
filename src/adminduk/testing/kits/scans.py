"""Checks of a store of scans, on files that are really kept."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import ClassVar, Final

import pytest

from adminduk.errors import NotFound, StorageFailure
from adminduk.plugins import open_scans
from adminduk.ports import KeptScan, ScanStore
from adminduk.testing.kits.base import KEEPING, Checks, needs

__all__ = ["ScanKit"]

_PART: Final = 1024 * 1024
_THREADS: Final = 8
_KILLS: Final = 2
_PATIENCE: Final = 60
_ABOUT: Final = timedelta(hours=1)

OpenScans = Callable[[], ScanStore]


def _file(number: int, size: int = 100) -> bytes:
    """Make a file, another one for each number."""
    return Random(number).randbytes(size)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _read(store: ScanStore, digest: str) -> bytes:
    return b"".join(store.read(digest))


def _listed(store: ScanStore, digest: str) -> KeptScan:
    (one,) = [one for one in store.kept() if one.digest == digest]
    return one


class ScanKit(Checks):
    """What a store of scans promises; a subclass says by the fixture `scans_url` where.

    Attributes:
        several_processes: Whether several processes may use it at once.
        durable: Whether what was put outlives the process.
        reopens: Whether opening the same URL again gives the same store.
        damages: Whether the fixture `damage` changes what is kept of a digest behind its back.
        rounds: How often what may go well by chance is tried; less where each takes long.
    """

    several_processes: ClassVar[bool] = True
    durable: ClassVar[bool] = True
    reopens: ClassVar[bool] = True
    damages: ClassVar[bool] = True
    rounds: ClassVar[int] = 25

    WHERE = "scans_url"
    SAYS = frozenset({"SAYS", "scans_url", "damage", "rounds", *KEEPING})

    @pytest.fixture
    def scans_url(self) -> str:
        """Give the URL of an empty store, a new one for each check; every subclass says where."""
        raise NotImplementedError("define the fixture scans_url: the URL of an empty store")

    @pytest.fixture
    def damage(self) -> Callable[[str], None]:
        """Give what changes a byte of what is kept of a digest."""
        raise NotImplementedError("define the fixture damage, or say damages = False")

    @pytest.fixture
    def opened(self, scans_url: str) -> Iterator[OpenScans]:
        """Give what opens the URL, once more each time; all are closed in the end."""
        every: list[ScanStore] = []

        def open_one() -> ScanStore:
            every.append(open_scans(scans_url))
            return every[-1]

        yield open_one
        for one in every:
            one.close()

    @pytest.fixture
    def store(self, opened: OpenScans) -> ScanStore:
        """Give the store."""
        return opened()

    @pytest.mark.parametrize("size", [1, 100, _PART - 1, _PART, _PART + 1, 3 * _PART])
    def test_a_file_is_kept_as_it_was_put(self, store: ScanStore, size: int) -> None:
        """Under its SHA-256, with its size, to the last byte."""
        content = _file(1, size)
        digest = store.put(content)
        assert digest == _digest(content)
        assert store.size(digest) == size
        assert _read(store, digest) == content

    def test_a_file_is_read_in_parts(self, store: ScanStore) -> None:
        """No part has more than 1 MiB, so many can read at once; it can be read again."""
        digest = store.put(_file(2, 3 * _PART + 5))
        for _ in range(2):
            sizes = [len(part) for part in store.read(digest)]
            assert sum(sizes) == 3 * _PART + 5
            assert max(sizes) <= _PART

    def test_the_same_file_is_kept_once(self, store: ScanStore) -> None:
        """However often it is put."""
        assert {store.put(_file(3)) for _ in range(3)} == {_digest(_file(3))}
        assert [one.digest for one in store.kept()] == [_digest(_file(3))]

    def test_what_is_not_there_is_not_found(self, store: ScanStore) -> None:
        """That is said at once, not when it is read."""
        digest = _digest(b"never put")
        assert store.size(digest) is None
        with pytest.raises(NotFound):
            store.read(digest)

    @pytest.mark.parametrize(
        "name",
        ["", ".", "..", "../../../../../../etc/passwd", "/etc/passwd", "a\0b", "%2e%2e", "\ud800"],
    )
    def test_what_names_no_file_is_not_found(self, store: ScanStore, name: str) -> None:
        """Nothing is read or removed by a name from outside that is no digest."""
        store.put(_file(4))
        assert store.size(name) is None
        assert not store.renew(name)
        assert not store.remove(KeptScan(name, 100, "", datetime.now(UTC)))
        with pytest.raises(NotFound):
            store.read(name)

    def test_only_the_whole_digest_names_a_file(self, store: ScanStore) -> None:
        """As it was given: in lower case, without anything before or behind it."""
        digest = store.put(_file(5))
        assert digest != digest.upper()
        others = (digest.upper(), digest[:-1], digest + "0", f" {digest}", f"./{digest}")
        assert [store.size(one) for one in others] == [None] * len(others)

    def test_what_is_kept_is_listed_in_pages(self, store: ScanStore) -> None:
        """Ordered by digest, each once, with its size, whatever the length of a page."""
        files = {_digest(one): len(one) for one in (_file(n, 10 + n) for n in range(40))}
        for number in range(40):
            store.put(_file(number, 10 + number))
        for limit in (1, 7, 40, 1000):
            listed: list[tuple[str, int]] = []
            while page := store.kept(after=listed[-1][0] if listed else "", limit=limit):
                assert len(page) <= limit
                assert not listed or page[0].digest > listed[-1][0]
                listed += [(one.digest, one.size) for one in page]
            assert listed == sorted(files.items())

    def test_what_is_removed_is_gone(self, store: ScanStore) -> None:
        """And nothing else with it; removing it again removes nothing."""
        gone, left = store.put(_file(6)), store.put(_file(7))
        listed = _listed(store, gone)
        assert store.remove(listed)
        assert store.size(gone) is None
        assert [one.digest for one in store.kept()] == [left]
        assert _read(store, left) == _file(7)
        assert not store.remove(listed)
        with pytest.raises(NotFound):
            store.read(gone)

    def test_what_was_put_again_is_not_removed(self, store: ScanStore) -> None:
        """Whoever put it again relies on it: it must be listed anew before it can be removed."""
        digest = store.put(_file(8))
        for _ in range(self.rounds):
            listed = _listed(store, digest)
            store.put(_file(8))
            assert not store.remove(listed)
            assert _read(store, digest) == _file(8)
        assert store.remove(_listed(store, digest))

    def test_what_was_removed_and_put_again_is_not_removed(self, store: ScanStore) -> None:
        """A mark is of one time only."""
        digest = store.put(_file(9))
        old = _listed(store, digest)
        for _ in range(self.rounds):
            assert store.remove(_listed(store, digest))
            assert store.put(_file(9)) == digest
            assert not store.remove(old)
        assert _read(store, digest) == _file(9)

    def test_what_is_put_while_it_is_removed_is_there(self, store: ScanStore) -> None:
        """Whoever comes first: what a `put` has returned for was not removed."""
        content = _file(10, 10_000)
        digest = _digest(content)
        start = threading.Barrier(2, timeout=_PATIENCE)

        def put() -> None:
            start.wait()
            store.put(content)

        def remove(listed: KeptScan) -> None:
            start.wait()
            store.remove(listed)

        with ThreadPoolExecutor(2) as pool:
            for _ in range(self.rounds):
                store.put(content)
                listed = _listed(store, digest)
                for done in [pool.submit(put), pool.submit(remove, listed)]:
                    done.result()
                assert _read(store, digest) == content

    def test_what_was_renewed_is_not_removed(self, store: ScanStore) -> None:
        """Whoever renewed it relies on it as if they had put it; only what is there is renewed."""
        digest = store.put(_file(14))
        for _ in range(self.rounds):
            listed = _listed(store, digest)
            assert store.renew(digest)
            assert not store.remove(listed)
            assert _read(store, digest) == _file(14)
        assert store.remove(_listed(store, digest))
        assert not store.renew(digest)
        assert store.size(digest) is None

    def test_what_is_renewed_while_it_is_removed_is_there(self, store: ScanStore) -> None:
        """Or whoever renews it is told that it is not; both may have had their way in turn."""
        digest = _digest(_file(15))
        start = threading.Barrier(2, timeout=_PATIENCE)

        def renew() -> bool:
            start.wait()
            return store.renew(digest)

        def remove(listed: KeptScan) -> bool:
            start.wait()
            return store.remove(listed)

        with ThreadPoolExecutor(2) as pool:
            for _ in range(self.rounds):
                store.put(_file(15))
                listed = _listed(store, digest)
                both = pool.submit(renew), pool.submit(remove, listed)
                renewed, removed = (one.result() for one in both)
                assert renewed or removed
                assert (store.size(digest) is not None) == renewed

    def test_it_is_told_when_a_file_was_put_last(self, store: ScanStore) -> None:
        """About, by the clock of the store: that is how long it may have waited to be named."""
        digest = store.put(_file(16))
        told = [_listed(store, digest).at]
        for again in (lambda: store.put(_file(16)), lambda: store.renew(digest)):
            threading.Event().wait(0.05)
            again()
            told.append(_listed(store, digest).at)
        assert told == sorted(told)
        assert max(abs(one - datetime.now(UTC)) for one in told) < _ABOUT

    def test_several_threads_put_at_once(self, store: ScanStore) -> None:
        """The same and others: each is whole, none is refused because of another."""
        start = threading.Barrier(_THREADS, timeout=_PATIENCE)

        def put(thread: int) -> list[str]:
            start.wait()
            own = [store.put(_file(100 * thread + n, 5000)) for n in range(1, 6)]
            return [*own, *(store.put(_file(n, 70_000)) for n in range(5))]

        with ThreadPoolExecutor(_THREADS) as pool:
            told = [digest for every in pool.map(put, range(1, _THREADS + 1)) for digest in every]
        assert sorted(set(told)) == [one.digest for one in store.kept()]
        assert len(set(told)) == 5 * _THREADS + 5
        assert all(_digest(_read(store, digest)) == digest for digest in set(told))

    @needs("reopens")
    def test_a_store_that_is_opened_again_holds_the_same(
        self, store: ScanStore, opened: OpenScans
    ) -> None:
        """Two of them know at once what the other did, and a listing of one holds for the other."""
        other = opened()
        digest = store.put(_file(11))
        assert _read(other, digest) == _file(11)
        assert other.kept() == store.kept()
        listed = _listed(other, digest)
        store.put(_file(11))
        assert not other.remove(listed)
        assert other.remove(_listed(store, digest))
        assert store.size(digest) is None
        store.close()
        assert opened().put(_file(11)) == digest

    @needs("several_processes", "durable", "reopens")
    def test_a_process_killed_while_it_puts_leaves_nothing_half_written(
        self, scans_url: str, opened: OpenScans
    ) -> None:
        """What a `put` has returned for is there; whatever is listed is whole."""
        for number in range(_KILLS):
            told = _killed(scans_url, number)
            store = opened()
            kept = [one.digest for one in store.kept(limit=10_000)]
            assert set(told) <= set(kept)
            assert all(_digest(_read(store, digest)) == digest for digest in kept)
            assert store.put(_file(12)) == _digest(_file(12))

    @needs("damages")
    def test_what_was_damaged_is_never_given_as_whole(
        self, store: ScanStore, damage: Callable[[str], None]
    ) -> None:
        """Reading it fails before its end; putting it again makes it whole."""
        digest = store.put(_file(13, 2 * _PART))
        damage(digest)
        with pytest.raises(StorageFailure):
            _read(store, digest)
        assert store.put(_file(13, 2 * _PART)) == digest
        assert _read(store, digest) == _file(13, 2 * _PART)


_CHILD: Final = """
import sys
from random import Random
from adminduk.plugins import open_scans
chance, store = Random(int(sys.argv[2])), open_scans(sys.argv[1])
while True:
    print(store.put(chance.randbytes(300_000)), flush=True)
"""


def _killed(url: str, number: int) -> list[str]:
    """Have a process put files, kill it after some; give what it was told is kept."""
    told: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _CHILD, url, str(number)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        watch = threading.Timer(_PATIENCE, process.kill)
        watch.start()
        assert process.stdout is not None
        for line in process.stdout:
            told.append(line.strip())
            if len(told) == 3 + 4 * number:
                threading.Event().wait(0.01 * number)
                process.kill()
        watch.cancel()
    assert told
    whole = len(_digest(b""))  # the last line may be cut off
    return [digest for digest in told if len(digest) == whole]
