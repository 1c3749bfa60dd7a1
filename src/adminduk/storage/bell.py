"""A bell at a SQLite file: one looks some times a second whether others have committed to it."""

from __future__ import annotations

import time
from typing import Final

from adminduk.storage.connection import Database, query

__all__ = ["FileBell"]

_PAUSE: Final = 0.05


class FileBell:
    """Rings when anything was committed to a file.

    Args:
        database: The file, on a connection that nothing is committed on.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = self._version()

    def wait(self, seconds: float) -> bool:
        """Wait until it rings; a look costs some microseconds, and keeps nobody from writing."""
        until = time.monotonic() + seconds
        while (version := self._version()) == self._seen:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(_PAUSE, left))
        self._seen = version
        return True

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def _version(self) -> int:
        """Give a number that is another one when another connection has committed."""
        with self._database.reading() as cursor:
            ((version,),) = query(cursor, "pragma data_version")
            return int(version)
