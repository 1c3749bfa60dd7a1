"""The PostgreSQL storage, as a plugin of `adminduk`."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Storage

__all__ = ["BACKED_UP_BY", "SCHEMES", "adminduk_storage"]

SCHEMES: Final = {"adminduk_storage": ("postgresql",)}
"""The URL schemes that are answered, for those who look for one."""

BACKED_UP_BY: Final = {"postgresql": "pg_dump, pg_restore"}
"""What to use instead of a backup by the library."""


@hookimpl
def adminduk_storage(url: str) -> Storage | None:
    """Give the storage of `postgresql://user@host/database`."""
    if url.startswith("postgresql:"):
        from adminduk_postgresql.storage import PostgreSQLStorage

        return PostgreSQLStorage(url)
    return None
