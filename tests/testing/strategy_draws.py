"""Drawing until all that is wanted has come up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from hypothesis import given, seed, settings
from hypothesis import strategies as st

__all__ = ["collect"]

_ROUNDS = 200
_ROUND = settings(max_examples=20, database=None)


def collect(
    strategy: st.SearchStrategy[Any],
    say: Callable[[Any], Iterable[Hashable]],
    wanted: set[Any],
) -> set[Any]:
    """Draw, by another chance in each round, until all wanted words are said; give those said."""
    said: set[Any] = set()

    def listen(drawn: object) -> None:
        said.update(say(drawn))

    for chance in range(_ROUNDS):
        seed(chance)(_ROUND(given(strategy)(listen)))()
        sys.settrace(None)  # later rounds go the ways of the first; the next test is counted again
        if said >= wanted:
            break
    return said
