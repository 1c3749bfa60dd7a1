"""The stages of moving, as progress is told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["BRINGING", "CHECKING", "VERIFYING", "WRITING", "Progress", "untold"]

WRITING: Final = "writing"
"""Things are written into the file; told in things."""

CHECKING: Final = "checking"
"""The file is read, and nothing written; told in percent."""

BRINGING: Final = "bringing"
"""Things are written into the storage; told in percent."""

VERIFYING: Final = "verifying"
"""An office is verified; told in records, and begins anew with each office."""

Progress = Callable[[str, int], None]


def untold(_: str, __: int) -> None:
    """Tell nobody."""
