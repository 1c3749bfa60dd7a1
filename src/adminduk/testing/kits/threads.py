"""Several threads at one storage: one wins, nobody reads a half, the journal grows at its end."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from adminduk.ports import ClaimTaken, JournalEntry, Ref, StaleVersions, Storage
from adminduk.testing.kits.base import Kit
from adminduk.testing.rows import OFFICE, batch, claim, entry, message, time, write

__all__ = ["ThreadChecks"]

_MANY: Final = 16
_A: Final = ("application", "A")
_B: Final = ("application", "B")
_Given = TypeVar("_Given")


def _at_once(count: int, work: Callable[[int], _Given]) -> list[_Given]:
    """Run work in threads that start together; give what each gave."""
    barrier = threading.Barrier(count)

    def start(number: int) -> _Given:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


def _try_to_write(storage: Storage, version: int, number: int) -> list[Ref]:
    """Give the records that are named as stale."""
    one = batch(write("A", version, state=str(number)), entries=(entry("A", version),))
    try:
        storage.commit(OFFICE, one)
    except StaleVersions as stale:
        return list(stale.refs)
    return []


class ThreadChecks(Kit):
    """A storage is safe to use from several threads at once."""

    def test_one_of_sixteen_threads_writes_a_version(self, storage: Storage) -> None:
        """Of those that read the same version one wins each round; the others are told which."""
        for version in range(1, 11):
            told = _at_once(_MANY, partial(_try_to_write, storage, version))
            assert sorted(told) == [[], *[[_A]] * (_MANY - 1)]
        assert [(one.seq, one.version) for one in storage.journal(OFFICE)] == [
            (number, number) for number in range(1, 11)
        ]

    def test_one_of_sixteen_threads_takes_a_claim(self, storage: Storage) -> None:
        """The others are told the holder, and write nothing."""

        def try_to_take(key: str, number: int) -> str:
            id_ = f"{key}/{number}"
            try:
                storage.commit(OFFICE, batch(write(id_), take=(claim(key, id_),)))
            except ClaimTaken as taken:
                return taken.claim.id
            return id_

        holders = set()
        for key in "abcde":
            told = set(_at_once(_MANY, partial(try_to_take, key)))
            assert len(told) == 1
            holders |= told
        assert {one.id for one in storage.find(OFFICE)[0]} == holders
        assert {one.id for one in storage.claims(OFFICE)} == holders

    def test_a_message_is_lent_to_one_of_sixteen_threads(self, storage: Storage) -> None:
        """None is lent twice, none is left; when its time is over each is lent once more."""
        keys = sorted(str(one) for one in range(2 * _MANY))
        storage.commit(OFFICE, batch(messages=tuple(message(one) for one in keys)))

        def take(now: int, until: int, _: int) -> list[tuple[str, int]]:
            return [
                (one.message.key, one.attempts)
                for _ in range(4)
                for one in storage.lease(OFFICE, now=time(now), until=time(until), limit=1)
            ]

        for attempt, now in ((1, 1), (2, 9)):
            lent = [one for each in _at_once(_MANY, partial(take, now, now + 8)) for one in each]
            assert sorted(lent) == [(key, attempt) for key in keys]
            assert storage.lease(OFFICE, now=time(now + 7), until=time(59), limit=9) == []

    def test_the_journal_is_in_the_order_of_commits(self, storage: Storage) -> None:
        """What was over before another began stands before it, entries together, no gap."""
        ticks = itertools.count()

        def work(number: int) -> list[tuple[int, int, int, str]]:
            done = []
            for turn in range(5):
                id_ = f"{number}/{turn}"
                began = next(ticks)
                last = storage.commit(OFFICE, batch(entries=(entry(id_, 1), entry(id_, 2))))
                done.append((last, began, next(ticks), id_))
            return done

        done = sorted(one for each in _at_once(8, work) for one in each)
        journal = storage.journal(OFFICE)
        assert [one.seq for one in journal] == list(range(1, 2 * len(done) + 1))
        latest = -1
        for last, began, ended, id_ in done:
            stored = journal[last - 2 : last]
            assert [(one.id, one.version) for one in stored] == [(id_, 1), (id_, 2)]
            assert ended > latest, "it ended before one began that stands before it"
            latest = max(latest, began)

    def test_who_reads_on_from_the_last_entry_misses_none(self, storage: Storage) -> None:
        """While others commit, the journal grows at its end only."""
        over = threading.Event()
        seen: list[JournalEntry] = []

        def read() -> None:
            last = False
            while not last:
                last = over.is_set()
                seen.extend(storage.journal(OFFICE, after=seen[-1].seq if seen else 0))

        def work(number: int) -> None:
            for turn in range(10):
                storage.commit(OFFICE, batch(entries=(entry(f"{number}/{turn}"),)))

        with ThreadPoolExecutor(1) as pool:
            reader = pool.submit(read)
            try:
                _at_once(4, work)
            finally:
                over.set()
            reader.result()
        assert seen == storage.journal(OFFICE)
        assert [one.seq for one in seen] == list(range(1, 41))

    def test_nobody_reads_half_a_commit(self, storage: Storage) -> None:
        """Records that are written together are loaded, and found, together."""
        storage.commit(OFFICE, batch(write("A"), write("B")))
        over = threading.Event()
        times = [0, 0]

        def read(number: int) -> None:
            while not over.is_set():
                loaded = storage.load(OFFICE, [_A, _B])
                assert loaded[_A].version == loaded[_B].version
                found, _ = storage.find(OFFICE, kind="application")
                assert len({one.version for one in found}) == 1
                times[number] += 1

        with ThreadPoolExecutor(len(times)) as pool:
            readers = [pool.submit(read, number) for number in range(len(times))]
            try:
                for version in itertools.count(2):
                    storage.commit(OFFICE, batch(write("A", version), write("B", version)))
                    if min(times) >= 20 or any(one.done() for one in readers):
                        break
            finally:
                over.set()
            for one in readers:
                one.result()
