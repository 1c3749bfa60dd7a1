"""Following: delivering what is committed as it comes, until one is told to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final

from attrs import frozen

from adminduk.errors import StorageFailure
from adminduk.office.delivery import Delivered, Deliverer
from adminduk.ports import Bell

__all__ = ["Follower"]

_LOOK: Final = 15.0
"""Seconds until one looks, though no bell rang: for what is due again, or was lent too long."""

_MOMENT: Final = 0.25
"""Seconds until one who waits hears that he is to stop."""

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0


@frozen
class Follower:
    """Delivers, waits for the bell of the office, delivers again.

    Attributes:
        stop: Whether to stop: asked after every message, and all the time while nothing is due.
        away: Told, each time once, that the storage cannot be used; it is tried again.
    """

    deliverer: Deliverer
    stop: Callable[[], bool]
    away: Callable[[StorageFailure], None]

    def rounds(self) -> Iterator[Delivered]:
        """Give what each round did, when it did something."""
        pause = _FIRST_PAUSE
        while not self.stop():
            try:
                with closing(self._bell()) as bell:
                    for done in self._until_stopped(bell):
                        pause = _FIRST_PAUSE
                        if done != Delivered():
                            yield done
            except StorageFailure as failure:
                if pause == _FIRST_PAUSE:
                    self.away(failure)
                self._wait(pause, _sleep)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _bell(self) -> Bell:
        shelf = self.deliverer.shelf
        return shelf.storage.bell(shelf.office)

    def _until_stopped(self, bell: Bell) -> Iterator[Delivered]:
        """Look first, and wait when there is nothing: the bell was had before the look."""
        while not self.stop():
            done = self.deliverer.round(stop=self.stop)
            yield done
            if done == Delivered():
                self._wait(_LOOK, bell.wait)

    def _wait(self, seconds: float, wait: Callable[[float], bool]) -> None:
        """Wait by moments, until it is over or one is to stop."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self.stop():
            if wait(min(left, _MOMENT)):
                return


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False
