"""Previews: how many pages a scan has, and a small picture of each, for who verifies it.

What draws them may meet a file that was made to do harm. So it is a process of its own, that has
so much time and memory and no more; however it ends, nothing else does.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Final

from attrs import frozen

from adminduk.scans.refusing import LARGEST, MOST_PAGES, no_reader, refusal

__all__ = ["SIDES", "Previews", "previews"]

SIDES: Final = range(16, 2001)
"""How many pixels the longer side of a preview may have."""

_SECONDS: Final = 30.0
_NUMBER: Final = 4


@frozen
class Previews:
    """What a scan looks like.

    Attributes:
        pages: How many pages it has; a picture has one.
        pictures: A small JPEG of each page, in order and upright.
    """

    pages: int
    pictures: tuple[bytes, ...]


def previews(content: bytes, *, side: int = 400) -> Previews:
    """Draw every page of a scan small.

    Args:
        content: A PDF, a JPEG or a PNG, from wherever it came.
        side: How many pixels the longer side of each has; one of `SIDES`.

    Raises:
        InvalidInput: It does not open, or not in the time and memory that a scan needs.
        Refused: What draws them is not installed.
        ValueError: There is no such side.
    """
    if side not in SIDES:
        raise ValueError(side)
    if not 1 <= len(content) <= LARGEST:
        raise refusal("scan_size")
    if any(find_spec(name) is None for name in ("PIL", "pypdfium2")):
        raise no_reader("previews")
    try:
        drawn = subprocess.run(  # noqa: S603 - a program of ours
            [sys.executable, "-m", "adminduk.scans.drawing", str(side)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("scan_unpacks") from None
    if drawn.returncode:
        code = drawn.stderr.decode(errors="replace").strip()
        known = {"scan_type", "scan_pixels", "scan_encrypted"}
        raise refusal(code if code in known else "scan_damaged")
    pages, *pictures = _parts(drawn.stdout)
    count = int.from_bytes(pages)
    if not 1 <= count <= MOST_PAGES:
        raise refusal("scan_pages", pages=count)
    return Previews(count, tuple(pictures))


def _parts(drawn: bytes) -> list[bytes]:
    """Give the number of pages and the pictures, each with its length before it."""
    parts, at = [drawn[:_NUMBER]], _NUMBER
    while at < len(drawn):
        begin = at + _NUMBER
        at = begin + int.from_bytes(drawn[at:begin])
        parts.append(drawn[begin:at])
    return parts
