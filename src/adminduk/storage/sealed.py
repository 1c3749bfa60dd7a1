"""A SQLite file that nobody writes, opened so that not even its folder is touched."""

from __future__ import annotations

from typing import Final

import apsw

from adminduk.errors import StorageFailure
from adminduk.storage.connection import Database, failure_of, query

__all__ = ["SealedDatabase", "check_pages"]

_FOREIGN: Final = (
    "select type || ' ' || name from sqlite_schema"
    " where type in ('trigger', 'view') or sql like 'create virtual%' limit 1"
)
"""What is none of our tables and does something when they are read or written."""


class SealedDatabase(Database):
    """A file that is only read, and that nobody writes meanwhile.

    `immutable` makes no `-wal`, `-shm` or lock beside it, so that it may lie on a medium or in a
    folder that cannot be written. What is still in a `-wal` beside it is not seen.

    Raises:
        StorageFailure: It cannot be opened.
    """

    def _opened(self) -> apsw.Connection:
        if not self._path.is_file():  # to open a pipe would wait for who writes into it
            raise failure_of(self._url, apsw.CantOpenError())
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return apsw.Connection(f"{self._path.as_uri()}?immutable=1", flags=flags)


def check_pages(database: Database) -> None:
    """Have SQLite look at every page, row and index of a file, and see that nothing in it acts.

    Raises:
        StorageFailure: Something of it is damaged, or a trigger or a view of somebody is in it,
            which would do its own with what is written; the first finding is named.
    """
    with database.reading() as cursor:
        found = query(cursor, "pragma integrity_check(1)")[0][0]
        foreign = query(cursor, _FOREIGN)
    if found != "ok":
        why = f"its file is damaged ({found}); use the last good copy"
        raise StorageFailure(url=database.url, why=why, reason="corrupt")
    if foreign:
        why = f"somebody has put into it what is not ours ({foreign[0][0]}); use another copy"
        raise StorageFailure(url=database.url, why=why, reason="foreign")
