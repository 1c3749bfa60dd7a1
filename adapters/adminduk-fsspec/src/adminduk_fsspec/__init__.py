"""Stores of scans on other machines, by fsspec, as a plugin of `adminduk`."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import ScanStore

__all__ = ["SCHEMES", "adminduk_scans"]

SCHEMES: Final = {"adminduk_scans": ("az", "gs", "s3", "sftp")}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_scans(url: str) -> ScanStore | None:
    """Give the store of `s3://bucket/folder` and its like."""
    if url.partition(":")[0] in SCHEMES["adminduk_scans"]:
        from adminduk_fsspec.address import Address
        from adminduk_fsspec.store import RemoteScans

        return RemoteScans(Address.read(url))
    return None
