"""Very many records: pages that stay however deep, memory that does not grow, large commits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from itertools import zip_longest
from typing import ClassVar, Final

import pytest

from adminduk.ports import StaleVersions, Storage, Write
from adminduk.testing import large
from adminduk.testing.kits.base import Kit, Open, everything, needs
from adminduk.testing.large import PAGE, name
from adminduk.testing.rows import OFFICE, batch, claim, entry, time, write

__all__ = ["ScaleChecks"]

_TIMES: Final = 20
"""How often others write while somebody goes through everything."""

_ROOM: Final = 2**19
"""How much memory Python may need for some pages; all claims alone would take more."""

_GROWTH: Final = 8 * 2**20
"""How much more a process may need in the end, for caches that are bounded."""

_LEAST: Final = 2_000
_BATCH: Final = 5_000
_BEFORE_ALL: Final = time(-1)


class ScaleChecks(Kit):
    """What holds for a few records holds for very many."""

    many: ClassVar[int] = 3_000

    def test_a_large_commit_is_written_whole(self, storage: Storage) -> None:
        """Some thousand records, entries and claims at once; with one stale, none of them."""
        whole = large.filling(range(_BATCH), _BATCH)
        stale = batch(*whole.writes, write("A", 2), entries=whole.entries, take=whole.take)
        before = everything(storage)
        with pytest.raises(StaleVersions):
            storage.commit(OFFICE, stale)
        assert everything(storage) == before
        assert storage.commit(OFFICE, whole) == _BATCH
        rows = [one.row for one in whole.writes]
        assert storage.load(OFFICE, [one.ref for one in rows]) == {one.ref: one for one in rows}
        assert storage.find(OFFICE, limit=_BATCH) == (rows, None)
        assert storage.claims(OFFICE, limit=_BATCH) == list(whole.take)

    def test_deep_pages_of_records_stay_while_others_write(
        self, storage: Storage, opened: Open
    ) -> None:
        """Each comes once, in order; what moved behind the page is not there, what is new is."""
        large.fill(storage, self.many)
        other = opened() if self.reopens else storage
        expected = {name(one) for one in range(self.many)}
        found: list[str] = []
        for page, rows in enumerate(large.records(storage)):
            found += [one.id for one in rows]
            if self._is_time(page):
                reached = int(found[-1].removesuffix("+"))
                _write_around(other, reached, self.many)
                expected.discard(name(reached + 20))
                expected.add(_between(reached + 10))
        assert _first_wrong(found, sorted(expected)) is None

    def test_deep_pages_of_journal_and_claims_stay_while_others_write(
        self, storage: Storage, opened: Open
    ) -> None:
        """The journal grows at its end; of the claims those come that are held after the page."""
        large.fill(storage, self.many)
        other = opened() if self.reopens else storage
        found: list[object] = []
        for page, entries in enumerate(large.journal(storage)):
            found += [one.seq for one in entries]
            if self._is_time(page):
                other.commit(OFFICE, batch(entries=(entry(), entry("B"))))
        assert _first_wrong(found, range(1, self.many + 2 * _TIMES + 1)) is None
        held = {name(one) for one in range(self.many)}
        found = []
        for page, claims in enumerate(large.claims(storage)):
            found += [one.key for one in claims]
            if self._is_time(page):
                reached = int(claims[-1].key.removesuffix("+"))
                _move_claims_around(other, reached)
                held.discard(name(reached + 20))
                held.add(_between(reached + 10))
        assert _first_wrong(found, sorted(held)) is None

    def test_going_through_everything_takes_the_memory_of_some_pages(
        self, storage: Storage
    ) -> None:
        """However many there are, and whatever is gone through."""
        large.fill(storage, self.many, large.heavy(self.many))
        for what, walk in large.WALKS.items():
            tracemalloc.start()
            try:
                pages = sum(1 for _ in walk(storage))
                _, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
            assert pages >= self.many // 3 // PAGE, what
            assert most < _ROOM, f"{what}: {most} bytes"

    @needs("several_processes", "reopens")
    def test_a_process_that_goes_through_everything_does_not_grow(
        self, storage_url: str, storage: Storage
    ) -> None:
        """Nor does what a driver keeps outside of Python; where a process is told its memory."""
        if large.peak() is None:
            pytest.skip("needs a system that tells a process its memory")
        large.fill(storage, self.many, large.heavy(self.many))
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", large.__name__, storage_url],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        told = json.loads(done.stdout)
        assert told["pages"] >= 3 * self.many // PAGE
        assert told["last"] < told["first"] + _GROWTH

    def _is_time(self, page: int) -> bool:
        """Whether others write after a page: after some of them, from the first to the last."""
        assert self.many >= _LEAST, "so few are gone through at once"
        every = self.many // PAGE // _TIMES
        return page % every == 0 and page // every < _TIMES


def _between(number: int) -> str:
    """Give the name that comes right after that of a record."""
    return f"{name(number)}+"


def _write_around(storage: Storage, reached: int, many: int) -> None:
    """Change records and make new ones, before and after the one that somebody has reached."""

    def change(number: int) -> Write:
        return write(name(number), 2, due=large.due(number, many), state="changed")

    def make(number: int) -> Write:
        return write(_between(number), due=large.due(number, many))

    move = write(name(reached + 20), 2, due=_BEFORE_ALL)
    storage.commit(
        OFFICE,
        batch(make(reached - 10), change(reached), change(reached + 5), make(reached + 10), move),
    )


def _move_claims_around(storage: Storage, reached: int) -> None:
    """Take and give back claims, before and after the one that somebody has reached."""
    release = [name(reached - 5), name(reached), name(reached + 20)]
    take = [_between(reached - 10), _between(reached + 10)]
    storage.commit(
        OFFICE,
        batch(
            release=tuple(claim(one, one) for one in release),
            take=tuple(claim(one, one) for one in take),
        ),
    )


def _first_wrong(found: Iterable[object], expected: Iterable[object]) -> object:
    """Give the first that was found and the one expected there; all are too many to show."""
    pairs = zip_longest(found, expected)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
