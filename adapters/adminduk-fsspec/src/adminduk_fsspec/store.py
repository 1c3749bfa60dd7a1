"""Scans in a store on another machine: nothing in it is ever written over.

Each time that a file is put a copy of its own is written, `ab/cd/<digest>.<size>.<copy>`, and then
those are removed that were there before it began. So what one has put is never removed by another
who puts the same, whoever is faster, and the names of its copies are the mark of a file: they are
others after every put, and only what was listed is ever removed. It needs no locks, no conditions
on a write and no clocks, which not all stores have.

A copy counts only if it is as long as its name says: where a store shows what is half written,
nobody takes it for a scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from uuid import uuid4

from fsspec.asyn import AsyncFileSystem, sync

from adminduk.errors import AdmindukError, NotFound, StorageFailure
from adminduk.ports import KeptScan
from adminduk.scans.content import PART, checked, digest_of, is_digest
from adminduk_fsspec.address import Address

__all__ = ["RemoteScans"]

_COPY: Final = re.compile(r"([0-9a-f]{64})\.([0-9]+)\.[0-9a-f]{32}")
_ABOUT: Final = b"Here are scans of adminduk. Change nothing by hand, and remove nothing.\n"
_WHEN: Final = ("LastModified", "last_modified", "mtime", "updated")
"""What each driver calls the time at which something was written."""
_TRIES: Final = 5
"""How often a file is looked for whose copies are replaced while it is read."""

_WHY: Final[dict[type[Exception], tuple[str, str]]] = {
    PermissionError: ("not_allowed", "this user may not do that there"),
    TimeoutError: ("slow", "it did not answer in time"),
    TypeError: ("options", "it does not know an option of that URL"),
    Exception: ("unreachable", "it cannot be reached, or does not work"),
}
"""What an error means, the first that fits."""

_Info = dict[str, Any]
"""What a driver tells of a file or a folder: its name, size and time."""


class RemoteScans:
    """A `ScanStore` in what fsspec reaches."""

    def __init__(self, address: Address) -> None:
        """Open it; its folder is made, the bucket must be there.

        Raises:
            Refused: What speaks to such a store is not installed.
            StorageFailure: It cannot be used.
        """
        self._address = address
        self._connected: tuple[AsyncFileSystem, str] | None = None
        with suppress(FileNotFoundError):
            self._ask("_ls", "", detail=True)
            return
        self._write("adminduk-scans.txt", _ABOUT)

    def put(self, content: bytes) -> str:
        """Keep a file."""
        digest = digest_of(content)
        before = self._copies(digest)
        self._write(f"{_folder(digest)}/{digest}.{len(content)}.{uuid4().hex}", content)
        with suppress(StorageFailure):  # it is kept; one copy too many is no harm
            self._remove(digest, before)
        return digest

    def size(self, digest: str) -> int | None:
        """Give how many bytes a file has."""
        return next((copy["size"] for copy in self._copies(digest).values()), None)

    def read(self, digest: str) -> Iterator[bytes]:
        """Give a file in parts."""
        for _ in range(_TRIES):
            copies = self._copies(digest)
            if not copies:
                raise NotFound(kind="scan", id=digest)
            name, copy = copies.popitem()
            size = copy["size"]
            with suppress(FileNotFoundError):  # it was put again, or removed, meanwhile
                path = f"{_folder(digest)}/{name}"
                content = self._ask("_cat_file", path, start=0, end=size) if size else b""
                parts = (content[at : at + PART] for at in range(0, size, PART))
                return checked(digest, self._address.shown, parts)
        raise self._failure("changing", "it lists what it does not have")

    def renew(self, digest: str) -> bool:
        """Have a file as if it were put again now."""
        with suppress(NotFound):
            self.put(b"".join(self.read(digest)))
            return True
        return False

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        """Give what is kept."""
        found: list[KeptScan] = []
        for folder in self._folders(after):
            if len(found) >= limit:
                break
            for digest, copies in groupby(self._whole(folder).items(), key=_digest_of):
                every = dict(copies)
                if digest > after and _folder(digest) == folder:
                    at = max(map(_written_at, every.values()))
                    size = next(iter(every.values()))["size"]
                    found.append(KeptScan(digest, size, _mark(every), at))
        return found[:limit]

    def remove(self, scan: KeptScan) -> bool:
        """Remove a file as it was listed."""
        copies = self._copies(scan.digest)
        if not copies or _mark(copies) != scan.mark:
            return False
        self._remove(scan.digest, copies)
        return not self._copies(scan.digest)  # else it was put meanwhile

    def close(self) -> None:
        """Let go of the connections."""
        self._connected = None

    def _copies(self, digest: str) -> dict[str, _Info]:
        """Give the copies of a file, by name."""
        if not is_digest(digest):
            return {}
        every = self._whole(_folder(digest))
        return {name: copy for name, copy in every.items() if name.startswith(digest)}

    def _whole(self, folder: str) -> dict[str, _Info]:
        """Give the copies in a folder that are whole, by name and in its order."""
        return {
            name: copy
            for name, copy in self._inside(folder).items()
            if (named := _COPY.fullmatch(name)) and int(named[2]) == copy["size"]
        }

    def _folders(self, after: str) -> Iterator[str]:
        """Give the folders that hold digests greater than `after`, in order."""
        for first in self._inside(""):
            if len(first) == len("ab") and first >= after[:2]:
                for second in self._inside(first):
                    if f"{first}{second}" >= after[:4]:
                        yield f"{first}/{second}"

    def _inside(self, folder: str) -> dict[str, _Info]:
        """Give what is in a folder, by name and in its order; nothing if it is not there."""
        try:
            listed = self._ask("_ls", folder, detail=True)
        except FileNotFoundError:
            if not folder:
                raise self._missing() from None
            self._inside("")  # or all of the store is gone
            return {}
        return {
            one["name"].rstrip("/").rpartition("/")[2]: one for one in sorted(listed, key=_name)
        }

    def _write(self, path: str, content: bytes) -> None:
        try:
            self._ask("_pipe_file", path, content)
        except FileNotFoundError:
            raise self._missing() from None

    def _remove(self, digest: str, names: Iterable[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError):
                self._ask("_rm_file", f"{_folder(digest)}/{name}")

    def _ask(self, call: str, path: str, *arguments: Any, **named: Any) -> Any:
        """Ask the store, for so long and no longer.

        Raises:
            FileNotFoundError: There is nothing at the path.
            StorageFailure: It did not do it, or did not say so.
        """
        try:
            self._connected = asked, place = self._connected or self._address.connected()
            named["timeout"] = self._address.seconds
            return sync(asked.loop, getattr(asked, call), f"{place}/{path}", *arguments, **named)
        except (AdmindukError, FileNotFoundError):
            raise
        except Exception as error:  # noqa: BLE001 - each store has errors of its own
            self._connected = None  # it may be of no more use
            reason, why = next(told for kind, told in _WHY.items() if isinstance(error, kind))
            raise self._failure(reason, f"{why} ({type(error).__name__})") from None

    def _missing(self) -> StorageFailure:
        return self._failure("missing", "there is no such bucket or folder")

    def _failure(self, reason: str, why: str) -> StorageFailure:
        """Say it in our words: those of the store may quote a key."""
        return StorageFailure(url=self._address.shown, why=why, reason=reason)


def _folder(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}"


def _name(info: _Info) -> str:
    return str(info["name"])


def _digest_of(copy: tuple[str, _Info]) -> str:
    return copy[0].partition(".")[0]


def _mark(copies: Iterable[str]) -> str:
    """Give the names of all copies, which no other put gives again."""
    return "+".join(name.rpartition(".")[2] for name in copies)


def _written_at(copy: _Info) -> datetime:
    """Give when a copy was written, by the clock of its store."""
    at = next(copy[name] for name in _WHEN if name in copy)
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
