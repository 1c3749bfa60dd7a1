"""How fast messages are sent by one channel: as its gateway allows."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from attrs import define, field

from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["Pace", "pace_of"]

_RATE: Final = re.compile(r"(.*)#at-most=([1-9][0-9]{0,3})/(s|min)")
_SECONDS: Final = {"s": 1.0, "min": 60.0}
_MOMENT: Final = 0.25
"""Seconds until one who waits hears that he is to stop."""


@define
class Pace:
    """Lets one message go at a time, each so long after the one before; for several threads.

    Attributes:
        seconds: Between two messages; 0: at any pace.
        now: Gives the seconds of a clock that nobody sets.
        sleep: Waits for so many seconds.
    """

    seconds: float = 0.0
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free: float = field(default=0.0, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def wait(self, stop: Callable[[], bool]) -> bool:
        """Wait until it is one's turn; False: one is to stop, and the turn is another's."""
        with self._lock:
            while (left := self._free - self.now()) > 0:
                if stop():
                    return False
                self.sleep(min(left, _MOMENT))
            self._free = self.now() + self.seconds
        return True


def pace_of(url: str) -> tuple[str, Pace]:
    """Read `#at-most=10/s` or `#at-most=30/min` at the end of a URL; give what is before it.

    Raises:
        InvalidInput: That is no pace.
    """
    found = _RATE.fullmatch(url)
    if found is not None:
        return found[1], Pace(_SECONDS[found[3]] / int(found[2]))
    if "#at-most" in url:
        text = N_("That does not say how many messages are sent at most.")
        raise InvalidInput.at("url", "pace", text, N_("a URL that ends in #at-most=10/s or 30/min"))
    return url, Pace()
