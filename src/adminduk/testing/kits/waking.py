"""Bells: whoever delivers is woken by what is committed, and by that alone."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import Final

from adminduk.ports import Storage
from adminduk.testing.kits.base import Kit
from adminduk.testing.rows import OFFICE, batch, message

__all__ = ["BellChecks"]

_LONG: Final = 3.0
_SOON: Final = 2.0
_MOMENT: Final = 0.05


class BellChecks(Kit):
    """A bell rings when a commit has added messages, for each who has one."""

    def test_a_bell_rings_for_all_that_was_committed_since_it_was_had(
        self, storage: Storage
    ) -> None:
        """Also before one waits, and between two waits."""
        with closing(storage.bell(OFFICE)) as bell:
            for number in range(3):
                storage.commit(OFFICE, batch(messages=(message(f"a{number}"),)))
                storage.commit(OFFICE, batch(messages=(message(f"b{number}"),)))
                assert bell.wait(_LONG)

    def test_a_bell_wakes_who_waits(self, storage: Storage) -> None:
        """Soon, not when the time is over."""
        told = batch(messages=(message(),))
        sender = threading.Timer(10 * _MOMENT, storage.commit, (OFFICE, told))
        with closing(storage.bell(OFFICE)) as bell:
            sender.start()
            began = time.monotonic()
            while not storage.messages(OFFICE, parked=False):
                assert bell.wait(_LONG)
            assert time.monotonic() - began < _SOON
        sender.join()

    def test_a_bell_is_quiet_where_nothing_is_committed(self, storage: Storage) -> None:
        """It may ring without cause, but not go on; a wait ends when its time is over."""
        with closing(storage.bell(OFFICE)) as bell:
            for number in range(3):
                storage.commit(OFFICE, batch(messages=(message(str(number)),)))
                bell.wait(_LONG)
                began = time.monotonic()
                assert not all(bell.wait(_MOMENT) for _ in range(10))
                assert time.monotonic() - began < _SOON

    def test_every_bell_rings(self, storage: Storage) -> None:
        """Several of one office, and those of each office; who heard one took it from nobody."""
        storage.add_office("35.24", b"other")
        with (
            closing(storage.bell(OFFICE)) as one,
            closing(storage.bell(OFFICE)) as two,
            closing(storage.bell("35.24")) as other,
        ):
            for number in range(2):
                storage.commit(OFFICE, batch(messages=(message(str(number)),)))
                storage.commit("35.24", batch(messages=(message(str(number)),)))
                assert [bell.wait(_LONG) for bell in (one, two, other)] == [True] * 3
