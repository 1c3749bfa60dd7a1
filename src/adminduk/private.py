"""New files that only their owner may read: what a registry writes down is about people."""

from __future__ import annotations

import os
from typing import Final

__all__ = ["private"]

_OWNER_ONLY: Final = 0o600


def private(path: str, flags: int) -> int:
    """Open a file, as the `opener` of `open`; one that is there keeps whom it is open to."""
    return os.open(path, flags, _OWNER_ONLY)
