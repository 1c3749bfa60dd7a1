"""A whole SQLite store in one file, and back: one moment, checked, then given its name at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

import apsw

from adminduk.errors import Refused, StorageFailure
from adminduk.language import N_
from adminduk.office.placing import beside, check_free, give_name, naming_files, sync
from adminduk.ports import Storage
from adminduk.storage.connection import Database, connected, naming, query
from adminduk.storage.sealed import SealedDatabase, check_pages
from adminduk.storage.sqlite import SQLiteStorage, path_of

__all__ = ["SQLiteBackups"]

_PAGES: Final = 256
"""How many pages are copied at a time: 1 MiB, a few milliseconds."""

_WITH: Final = ("", "-wal", "-shm", "-journal")
"""The file itself, and what SQLite keeps beside it and would take for a part of it."""

Check = Callable[[Storage], None]
Progress = Callable[[int], None]


class SQLiteBackups:
    """Backs one SQLite store up, and gives it back.

    Args:
        url: The URL of the store; nothing is opened yet.

    Raises:
        InvalidInput: The URL names no file.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = Path(path_of(url)).absolute()

    def back_up(self, file: Path, check: Check, progress: Progress) -> None:
        """Write what the store holds at one moment into a new file."""
        check_free(file, _WITH)
        if not self._path.exists():
            why = "there is no such file"
            raise StorageFailure(url=self._url, why=why, reason="cannot_open")
        store = Database(self._url, str(self._path))
        try:
            _write(store, file, str(file), check, progress)
        finally:
            store.close()

    def restore(self, file: Path, check: Check, progress: Progress) -> None:
        """Make the store of a backup, at a place where nothing is."""
        check_free(self._path, _WITH)
        for name in ("-wal", "-journal"):
            log = beside(file, name)
            if log.exists() and log.stat().st_size:
                raise Refused(
                    "not_a_backup",
                    N_(
                        "{file} is a store in use and not a backup: {beside} belongs to it. Make"
                        " a backup of it with `adminduk backup`."
                    ),
                    file=str(file),
                    beside=str(log),
                )
        backup = SealedDatabase(str(file), str(file))
        try:
            _write(backup, self._path, self._url, check, progress)
        finally:
            backup.close()


def _write(source: Database, place: Path, url: str, check: Check, progress: Progress) -> None:
    """Copy a file under a passing name beside its place, check it, sync it, give it its name.

    What cannot be written is a failure of the place; what is wrong with the content one of the
    source.
    """
    passing = beside(place, f".{uuid4().hex}.part")
    try:
        _copy(source, passing, url, progress)
        _settle(passing, source.url)
        sealed = SealedDatabase(source.url, str(passing))
        try:
            check_pages(sealed)
            check(SQLiteStorage(source.url, sealed))
        finally:
            sealed.close()
        with naming_files(url):
            sync(passing)
            give_name(passing, place, _WITH)
            sync(place.parent)
    finally:
        for name in _WITH:
            beside(passing, name).unlink(missing_ok=True)


def _copy(source: Database, passing: Path, url: str, progress: Progress) -> None:
    """Copy a file page by page, as it is at one moment.

    The online backup of SQLite inside a transaction that reads: the log is written ahead, so that
    the reader keeps its moment and no writer waits for it. Without the transaction the backup would
    begin anew whenever another process has written, and under steady work never end. `vacuum into`
    gives one moment, too, but builds every table and index anew, which takes several times as long,
    and cannot say how far it is. Until the copy is done the log grows by what is written meanwhile.
    """
    with source.reading() as cursor:
        query(cursor, "select count(*) from sqlite_schema")  # the moment is that of the first look
        with naming(url):
            target = connected(passing)
            try:
                with target.backup("main", cursor.connection, "main") as backup:
                    while not backup.done:
                        backup.step(_PAGES)
                        whole = max(backup.page_count, 1)
                        progress(100 * (whole - backup.remaining) // whole)
            finally:
                target.close()


def _settle(passing: Path, url: str) -> None:
    """Bring a copy to our version, and have all of it in the one file, wherever that is taken."""
    Database(url, str(passing)).close()
    with naming(url):
        target = apsw.Connection(str(passing))
        try:
            target.pragma("journal_mode", "delete")
        finally:
            target.close()
