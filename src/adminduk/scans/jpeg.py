"""JPEG by its segments: what a camera writes about a picture is taken off, the picture is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk.scans.refusing import refusal

__all__ = ["check_passes", "without_metadata"]

_MOST_PASSES: Final = 100
"""A progressive picture is drawn in about ten; each costs as much as the whole of it."""

_START_OF_SCAN: Final = 0xDA
_APPLICATION: Final = range(0xE0, 0xF0)
_ADOBE: Final = 0xEE
"""Says how colours are meant: without it they would be wrong."""
_COMMENT: Final = 0xFE


def check_passes(content: bytes) -> None:
    """Check that a JPEG is drawn in few passes.

    Raises:
        InvalidInput: It is made to take long.
    """
    if content.count(bytes((0xFF, _START_OF_SCAN))) > _MOST_PASSES:
        raise refusal("scan_unpacks")


def without_metadata(content: bytes) -> bytes:
    """Give a JPEG without its segments of applications and its comments.

    Raises:
        InvalidInput: It is no JPEG.
    """
    return b"".join(_left(content))


def _left(content: bytes) -> Iterator[bytes]:
    at = 2
    yield content[:at]
    while at + 4 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        kind = content[at + 1]
        if kind == _START_OF_SCAN:
            yield content[at:]
            return
        if kind == 0xFF:  # noqa: PLR2004 - filling before a marker
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if kind == _ADOBE or (kind not in _APPLICATION and kind != _COMMENT):
            yield content[at:end]
        at = end
    raise refusal("scan_damaged")
