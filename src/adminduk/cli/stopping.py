"""Ending on a signal after what is in hand, not in the middle of it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["stopping"]

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Give what says whether the program was told to stop; told twice, it ends at once.

    The main thread calls it. A list, as a lock could be held by what the signal interrupts.
    """
    came: list[int] = []
    before = {one: signal.getsignal(one) for one in _SIGNALS}

    def restore() -> None:
        for one, handler in before.items():
            signal.signal(one, handler)

    def stop(number: int, _: object) -> None:
        came.append(number)
        restore()

    for one in _SIGNALS:
        signal.signal(one, stop)
    try:
        yield lambda: bool(came)
    finally:
        restore()
