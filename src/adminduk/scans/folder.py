"""Scans in a folder: `file:///var/lib/adminduk/scans`.

A file has its digest as its name, two folders down, so that no folder grows long. It is written
under another name, synced, and then given its own, which is synced too. Whoever gives a name or
takes one away holds the lock of that file's folder, across processes: so a file that is put again
or renewed while it is removed is there afterwards.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.ports import KeptScan, can_be_written
from adminduk.private import private
from adminduk.scans.content import PART, checked, digest_of, is_digest
from adminduk.scans.disk import PRIVATE_FOLDER, locked, sync, telling

__all__ = ["FolderScans"]

_INCOMING: Final = "incoming"


class FolderScans:
    """A `ScanStore` in a folder of this machine, or of a disk that it shares."""

    def __init__(self, url: str) -> None:
        """Open it; the folder itself is made, those above it must be there.

        Raises:
            InvalidInput: That is no URL of a folder.
            StorageFailure: It cannot be used.
        """
        self._url = url
        self._folder = _folder_of(url)
        self._incoming = self._folder / _INCOMING
        with telling(self._url):
            self._folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
            self._incoming.mkdir(PRIVATE_FOLDER, exist_ok=True)
            sync(self._folder.parent)
            self._clear()

    def put(self, content: bytes) -> str:
        """Keep a file."""
        digest = digest_of(content)
        place = self._place(digest)
        with telling(self._url), self._written(content) as file:
            for folder in (place.parent.parent, place.parent):
                folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
            with locked(place.parent):
                file.rename(place)
            for folder in place.parents[:3]:  # whoever made them may not have synced them yet
                sync(folder)
        return digest

    def size(self, digest: str) -> int | None:
        """Give how many bytes a file has."""
        if not is_digest(digest):
            return None
        with telling(self._url), suppress(FileNotFoundError):
            return self._place(digest).stat().st_size
        return None

    def read(self, digest: str) -> Iterator[bytes]:
        """Give a file in parts."""
        if not is_digest(digest):
            raise NotFound(kind="scan", id=digest)
        with telling(self._url):
            try:
                file = os.open(self._place(digest), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except FileNotFoundError:
                raise NotFound(kind="scan", id=digest) from None
        return checked(digest, self._url, self._parts(file))

    def renew(self, digest: str) -> bool:
        """Have a file as if it were put again now."""
        if not is_digest(digest):
            return False
        place = self._place(digest)
        with telling(self._url), suppress(FileNotFoundError), locked(place.parent):
            with place.open("rb") as file:
                _date(file.fileno())
                os.fsync(file.fileno())
            return True
        return False

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        """Give what is kept."""
        found: list[KeptScan] = []
        with telling(self._url):
            for digest in _names(self._folder, after):
                if len(found) >= limit:
                    break
                with suppress(FileNotFoundError):  # removed meanwhile
                    about = self._place(digest).stat()
                    at = datetime.fromtimestamp(about.st_mtime, UTC)
                    found.append(KeptScan(digest, about.st_size, _mark(about), at))
        return found

    def remove(self, scan: KeptScan) -> bool:
        """Remove a file as it was listed."""
        if not is_digest(scan.digest):
            return False
        place = self._place(scan.digest)
        with telling(self._url), suppress(FileNotFoundError), locked(place.parent):
            if _mark(place.stat()) == scan.mark:
                place.unlink()
                sync(place.parent)
                return True
        return False

    def close(self) -> None:
        """Nothing is held."""

    def _place(self, digest: str) -> Path:
        """Give where a file is, by a digest that is one."""
        return self._folder / digest[:2] / digest[2:4] / digest

    @contextmanager
    def _written(self, content: bytes) -> Iterator[Path]:
        """Give a file with the content, on the medium; it is gone afterwards if it has no name.

        It is locked while somebody writes it: what is not locked was left by one who is gone.
        """
        path = self._incoming / uuid4().hex
        with locked(self._incoming):
            file = open(path, "xb", opener=private)  # noqa: SIM115 - closed below
            fcntl.flock(file, fcntl.LOCK_EX)
        with file:
            try:
                file.write(content)
                file.flush()
                _date(file.fileno())
                os.fsync(file.fileno())
                yield path
            finally:
                path.unlink(missing_ok=True)

    def _clear(self) -> None:
        """Remove what writers have left that were killed."""
        with locked(self._incoming):
            for path in self._incoming.iterdir():
                with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()

    def _parts(self, file: int) -> Iterator[bytes]:
        with telling(self._url), os.fdopen(file, "rb") as stream:
            while part := stream.read(PART):
                yield part


def _folder_of(url: str) -> Path:
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
        plain = parts.netloc in {"", "localhost"} and not parts.query and not parts.fragment
    except ValueError:
        plain, path = False, ""
    if not plain or not path.startswith("/") or "\0" in path or not can_be_written(path):
        raise InvalidInput.at(
            "url",
            "scans_url",
            N_("That is not the URL of a folder for scans."),
            N_("file: and the whole path, as file:///var/lib/adminduk/scans"),
        )
    return Path(path)


def _date(file: int) -> None:
    """Date a file now, finer than the disk itself would."""
    now = time.time_ns()
    os.utime(file, ns=(now, now))


def _mark(about: os.stat_result) -> str:
    """Give what no two files have that had one name after the other."""
    return f"{about.st_ino}-{about.st_mtime_ns}"


def _names(folder: Path, after: str) -> Iterator[str]:
    """Give the digests of the files below a folder, in order, that are greater than `after`."""
    for first in _inside(folder, after[:2], 2):
        for second in _inside(folder / first, after[2:4] if first == after[:2] else "", 2):
            for digest in _inside(folder / first / second, "", 64):
                if digest > after and digest.startswith(first + second) and is_digest(digest):
                    yield digest


def _inside(folder: Path, least: str, length: int) -> list[str]:
    """Give the names of so many characters in a folder, from the least on."""
    return sorted(
        one.name for one in folder.iterdir() if len(one.name) == length and one.name >= least
    )
