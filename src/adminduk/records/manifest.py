"""The check code of a manifest: what two desks without a network compare."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from adminduk.values import TrackingCode

__all__ = ["check_code"]

_LENGTH = 6


def check_code(items: Iterable[str]) -> str:
    """Give six characters that differ when a manifest has other papers, in whatever order.

    >>> check_code(["K7M2Q9XD4H-T/1", "K7M2Q9XD4H-T/2"]) == check_code(
    ...     ["K7M2Q9XD4H-T/2", "K7M2Q9XD4H-T/1"]
    ... )
    True
    """
    digest = sha256("\n".join(sorted(items)).encode()).digest()
    return TrackingCode.from_int(int.from_bytes(digest[:8])).full()[:_LENGTH]
