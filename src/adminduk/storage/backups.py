"""A whole SQLite store in one file, and back: one moment, checked, then given its name at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import apsw

from adminduk.errors import Refused, StorageFailure
from adminduk.language import N_
from adminduk.ports import Storage
from adminduk.storage.connection import Database, naming, query
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
        _check_free(file)
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
        _check_free(self._path)
        for name in ("-wal", "-journal"):
            beside = _beside(file, name)
            if beside.exists() and beside.stat().st_size:
                raise Refused(
                    "not_a_backup",
                    N_(
                        "{file} is a store in use and not a backup: {beside} belongs to it. Make"
                        " a backup of it with `adminduk backup`."
                    ),
                    file=str(file),
                    beside=str(beside),
                )
        backup = SealedDatabase(str(file), str(file))
        try:
            _write(backup, self._path, self._url, check, progress)
        finally:
            backup.close()


def _beside(path: Path, ending: str) -> Path:
    return Path(f"{path}{ending}")


def _check_free(place: Path) -> None:
    """Refuse a place where something is; a `-wal` left there would be read as a part of it."""
    taken = [
        str(beside)
        for beside in (_beside(place, name) for name in _WITH)
        if os.path.lexists(beside)
    ]
    if taken:
        raise _place_taken(taken)


def _place_taken(taken: list[str]) -> Refused:
    return Refused(
        "place_taken",
        N_(
            "Nothing was written, for this is there already: {taken}. Name another place, or move"
            " it away first."
        ),
        taken=taken,
    )


def _write(source: Database, place: Path, url: str, check: Check, progress: Progress) -> None:
    """Copy a file under a passing name beside its place, check it, sync it, give it its name.

    What cannot be written is a failure of the place; what is wrong with the content one of the
    source.
    """
    passing = _beside(place, f".{uuid4().hex}.part")
    try:
        _copy(source, passing, url, progress)
        _settle(passing, source.url)
        sealed = SealedDatabase(source.url, str(passing))
        try:
            check_pages(sealed)
            check(SQLiteStorage(source.url, sealed))
        finally:
            sealed.close()
        with _naming_files(url):
            _sync(passing)
            _give_name(passing, place)
            _sync(place.parent)
    finally:
        for name in _WITH:
            _beside(passing, name).unlink(missing_ok=True)


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
            target = apsw.Connection(str(passing))
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


def _give_name(passing: Path, place: Path) -> None:
    """Give a file its name, unless somebody else has taken it in the meantime."""
    try:
        os.link(passing, place)
    except FileExistsError:
        raise _place_taken([str(place)]) from None
    except OSError:  # a medium without links, as many that are carried in a pocket
        _check_free(place)
        passing.rename(place)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the medium."""
    if path.is_dir() and os.name == "nt":  # Windows does not open a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _naming_files(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StorageFailure(url=url, why=why, reason="io") from error
