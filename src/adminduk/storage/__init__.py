"""The storages that come with the library, as a plugin: memory and SQLite."""

from __future__ import annotations

from typing import Final

from adminduk.language import N_
from adminduk.plugins import hookimpl
from adminduk.ports import Backups, Storage

__all__ = ["BACKED_UP_BY", "LACKS", "SCHEMES", "adminduk_backups", "adminduk_storage"]

SCHEMES: Final = {"adminduk_storage": ("memory", "sqlite"), "adminduk_backups": ("sqlite",)}
"""The URL schemes that are answered, for those who look for one."""

LACKS: Final = {"memory": ("several_processes", "durable", "reopens")}
"""What a storage of a scheme cannot have, for those who hold it to what storages promise."""

BACKED_UP_BY: Final = {
    "memory": N_("a store in a file, as sqlite:///tuban.db; one in memory ends with its program")
}
"""What to use where there is no backup."""


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


@hookimpl
def adminduk_backups(url: str) -> Backups | None:
    """Give what backs the store of `sqlite:///file` up."""
    if url.startswith("sqlite:"):
        from adminduk.storage.backups import SQLiteBackups

        return SQLiteBackups(url)
    return None
