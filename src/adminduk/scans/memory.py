"""Scans in memory: for tests, and the model that other stores are held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from threading import Lock

from adminduk.errors import NotFound
from adminduk.ports import KeptScan
from adminduk.scans.content import PART, digest_of

__all__ = ["MemoryScans"]


class MemoryScans:
    """A `ScanStore` that ends with its process."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Open an empty one; the clock says when a scan was put or renewed."""
        self._clock = clock
        self._lock = Lock()
        self._marks = count(1)
        self._files: dict[str, tuple[bytes, str, datetime]] = {}

    def put(self, content: bytes) -> str:
        """Keep a file."""
        digest = digest_of(content)
        with self._lock:
            self._keep(digest, content)
        return digest

    def _keep(self, digest: str, content: bytes) -> None:
        self._files[digest] = content, str(next(self._marks)), self._clock()

    def size(self, digest: str) -> int | None:
        """Give how many bytes a file has."""
        file = self._files.get(digest)
        return None if file is None else len(file[0])

    def read(self, digest: str) -> Iterator[bytes]:
        """Give a file in parts."""
        file = self._files.get(digest)
        if file is None:
            raise NotFound(kind="scan", id=digest)
        content, *_ = file
        return (content[at : at + PART] for at in range(0, len(content), PART))

    def renew(self, digest: str) -> bool:
        """Have a file as if it were put again now."""
        with self._lock:
            file = self._files.get(digest)
            if file is not None:
                self._keep(digest, file[0])
        return file is not None

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        """Give what is kept."""
        with self._lock:
            found = sorted(one for one in self._files.items() if one[0] > after)[:limit]
        return [KeptScan(digest, len(file), mark, at) for digest, (file, mark, at) in found]

    def remove(self, scan: KeptScan) -> bool:
        """Remove a file as it was listed."""
        with self._lock:
            file = self._files.get(scan.digest)
            if file is None or file[1] != scan.mark:
                return False
            del self._files[scan.digest]
        return True

    def close(self) -> None:
        """Nothing is held."""
