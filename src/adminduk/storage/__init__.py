"""The storages that come with the library, as a plugin: memory and SQLite."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Storage

__all__ = ["LACKS", "SCHEMES", "adminduk_storage"]

SCHEMES: Final = {"adminduk_storage": ("memory", "sqlite")}
"""The URL schemes that are answered, for those who look for one."""

LACKS: Final = {"memory": ("several_processes", "durable", "reopens")}
"""What a storage of a scheme cannot have, for those who hold it to what storages promise."""


@hookimpl
def adminduk_storage(url: str) -> Storage | None:
    """Give the storage of `memory:` or `sqlite:///file`."""
    if url == "memory:":
        from adminduk.storage.memory import MemoryStorage

        return MemoryStorage()
    if url.startswith("sqlite:"):
        from adminduk.storage.sqlite import SQLiteStorage

        return SQLiteStorage(url)
    return None
