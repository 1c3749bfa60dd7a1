"""Scans: files that villages hand in, each kept once, under the SHA-256 of what is kept."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import ScanStore
from adminduk.scans.accepting import Checked, accept, check
from adminduk.scans.refusing import LARGEST

__all__ = ["LACKS", "LARGEST", "SCHEMES", "Checked", "accept", "adminduk_scans", "check"]

SCHEMES: Final = {"adminduk_scans": ("file", "memory")}
"""The URL schemes that are answered, for those who look for one."""

LACKS: Final = {"memory": ("several_processes", "durable", "reopens")}
"""What a store of a scheme cannot have, for those who hold it to what stores promise."""


@hookimpl
def adminduk_scans(url: str) -> ScanStore | None:
    """Give the store of `memory:` or `file:///folder`."""
    if url == "memory:":
        from adminduk.scans.memory import MemoryScans

        return MemoryScans()
    if url.startswith("file:"):
        from adminduk.scans.folder import FolderScans

        return FolderScans(url)
    return None
