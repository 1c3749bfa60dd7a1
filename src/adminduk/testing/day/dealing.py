"""Dealing out what happens how often, exactly and in a mixed order."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

__all__ = ["deal", "drawn"]

T = TypeVar("T")


def deal(chance: Random, number: int, shares: Mapping[T, int]) -> list[T]:
    """Give so many in a mixed order, each as often as its share in a hundred; all at least once.

    The first is the usual one: it gets what is left.

    >>> sorted(deal(Random(1), 10, {"usual": 98, "rare": 2}))
    ['rare', 'usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'usual']
    """
    usual, *others = shares
    dealt = [one for one in others for _ in range(max(1, round(number * shares[one] / 100)))]
    dealt = dealt[:number] + [usual] * (number - len(dealt))
    chance.shuffle(dealt)
    return dealt


def drawn(chance: Random, shares: Mapping[T, int]) -> T:
    """Give one, each as likely as its share."""
    return chance.choices(list(shares), list(shares.values()))[0]
