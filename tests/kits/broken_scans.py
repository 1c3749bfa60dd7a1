"""Stores of scans with a fault each, which the kit must find, and a sound one."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from adminduk.errors import NotFound
from adminduk.plugins import hookimpl
from adminduk.ports import KeptScan, ScanStore
from adminduk.scans.content import digest_of
from adminduk.scans.folder import FolderScans
from adminduk.testing.kits import ScanKit

__all__ = ["FAULTS", "TestBroken", "adminduk_scans"]


class Sound(FolderScans):
    """As it should be."""


class Cuts(Sound):
    """The last byte is lost of what is longer than 1 MiB."""

    def put(self, content: bytes) -> str:
        digest = super().put(content)
        if len(content) > 1 << 20:
            self._place(digest).write_bytes(content[:-1])
        return digest

    def read(self, digest: str) -> Iterator[bytes]:
        return self._parts(_open(self, digest))


class AtOnce(Sound):
    """A file is given in one piece."""

    def read(self, digest: str) -> Iterator[bytes]:
        return iter([b"".join(super().read(digest))])


class Twice(Sound):
    """What is put again is listed again."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.puts: list[str] = []

    def put(self, content: bytes) -> str:
        digest = super().put(content)
        self.puts.append(digest)
        return digest

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        found = super().kept(after=after, limit=limit)
        return [one for one in found for _ in range(max(1, self.puts.count(one.digest)))]


class Late(Sound):
    """That a file is not there is found when it is read."""

    def read(self, digest: str) -> Iterator[bytes]:
        yield from super().read(digest)


class Anywhere(Sound):
    """Any name leads to a file."""

    def size(self, digest: str) -> int | None:
        path = self._folder / digest[:2] / digest[2:4] / digest
        try:
            return path.stat().st_size
        except (OSError, ValueError):
            return None


class AnyCase(Sound):
    """Upper case is the same."""

    def size(self, digest: str) -> int | None:
        return super().size(digest.lower())


class NoPages(Sound):
    """A page begins with the last of the one before."""

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        found = super().kept(limit=10_000)
        return [one for one in found if one.digest >= after and after != found[-1].digest][:limit]


class Keeps(Sound):
    """What is removed is only listed no more."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.gone: set[str] = set()

    def put(self, content: bytes) -> str:
        digest = super().put(content)
        self.gone.discard(digest)
        return digest

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        return [
            one for one in super().kept(after=after, limit=limit) if one.digest not in self.gone
        ]

    def remove(self, scan: KeptScan) -> bool:
        if super().size(scan.digest) is None or scan.digest in self.gone:
            return False
        if scan not in self.kept():
            return False
        self.gone.add(scan.digest)
        return True


class Careless(Sound):
    """It removes whatever it is told to."""

    def remove(self, scan: KeptScan) -> bool:
        now = next((one for one in self.kept() if one.digest == scan.digest), None)
        return now is not None and super().remove(now)


class KnownAlready(Sound):
    """What is there already is not put again, and keeps its mark."""

    def put(self, content: bytes) -> str:
        digest = digest_of(content)
        return digest if self.size(digest) is not None else super().put(content)


class SameMark(Sound):
    """The mark counts how often a file was put since it is there: each time from one."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.counts: dict[str, int] = {}

    def put(self, content: bytes) -> str:
        digest = super().put(content)
        self.counts[digest] = self.counts.get(digest, 0) + 1
        return digest

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        return [
            KeptScan(one.digest, one.size, str(self.counts.get(one.digest)), one.at)
            for one in super().kept(after=after, limit=limit)
        ]

    def remove(self, scan: KeptScan) -> bool:
        if scan.mark != str(self.counts.get(scan.digest)) or self.size(scan.digest) is None:
            return False
        self._place(scan.digest).unlink()
        del self.counts[scan.digest]
        return True


class LooksFirst(Sound):
    """It looks whether a file was put again, and then removes it."""

    def remove(self, scan: KeptScan) -> bool:
        if scan not in self.kept():
            return False
        time.sleep(0.02)
        self._place(scan.digest).unlink(missing_ok=True)
        return True


class NeverRenews(Sound):
    """It says that a file is there, and leaves it as it is."""

    def renew(self, digest: str) -> bool:
        return self.size(digest) is not None


class RenewsLater(Sound):
    """It looks whether a file is there, and renews it then."""

    def renew(self, digest: str) -> bool:
        found = self.size(digest) is not None
        for _ in range(100):  # long enough for whoever removes it meanwhile
            if self.size(digest) is None:
                break
            time.sleep(0.01)
        return super().renew(digest) or found

    def remove(self, scan: KeptScan) -> bool:
        time.sleep(0.3)  # not before whoever renews it has looked
        return super().remove(scan)


class Undated(Sound):
    """All that it has is as old as the store."""

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        old = datetime(2021, 7, 12, tzinfo=UTC)
        return [evolve(one, at=old) for one in super().kept(after=after, limit=limit)]


class OneThread(Sound):
    """Only the thread that opened it may put."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.thread = threading.get_ident()

    def put(self, content: bytes) -> str:
        if threading.get_ident() != self.thread:
            raise RuntimeError("opened by another thread")
        return super().put(content)


class OwnList(Sound):
    """Each that is opened lists only what it has put itself."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.own: set[str] = set()

    def put(self, content: bytes) -> str:
        digest = super().put(content)
        self.own.add(digest)
        return digest

    def kept(self, *, after: str = "", limit: int = 1000) -> Sequence[KeptScan]:
        return [one for one in super().kept(after=after, limit=limit) if one.digest in self.own]


class InPlace(Sound):
    """A file has its name while it is still being written."""

    def put(self, content: bytes) -> str:
        digest = digest_of(content)
        place = self._place(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb", buffering=0) as file:
            for at in range(0, len(content), 30_000):
                file.write(content[at : at + 30_000])
                time.sleep(0.005)
        return digest

    def read(self, digest: str) -> Iterator[bytes]:
        return self._parts(_open(self, digest))


class Later(Sound):
    """What is put is written a little later."""

    def put(self, content: bytes) -> str:
        threading.Timer(0.05, super().put, [content]).start()
        return digest_of(content)


class Trusts(Sound):
    """It does not look whether a file is still what it was."""

    def read(self, digest: str) -> Iterator[bytes]:
        return self._parts(_open(self, digest))


class Names(Sound):
    """A digest is made of the first part alone."""

    def put(self, content: bytes) -> str:
        super().put(content[: 1 << 20])
        return digest_of(content[: 1 << 20])


def _open(store: FolderScans, digest: str) -> int:
    if store.size(digest) is None:
        raise NotFound(kind="scan", id=digest)
    return os.open(store._place(digest), os.O_RDONLY)


FAULTS: Final = {
    one.__name__: one
    for one in list(globals().values())
    if isinstance(one, type) and issubclass(one, Sound)
}


@hookimpl
def adminduk_scans(url: str) -> ScanStore | None:
    """Give the store `lostscans:NAME/folder`."""
    scheme, _, rest = url.partition(":")
    name, _, folder = rest.partition("/")
    return FAULTS[name](f"file:///{folder}") if scheme == "lostscans" else None


class TestBroken(ScanKit):
    """The kit on the store that `tried` names."""

    @pytest.fixture
    def scans_url(self, tried: str, tmp_path: Path) -> str:
        """Give the URL of it, at a new place."""
        return f"lostscans:{tried}{tmp_path.as_posix()}/scans"

    @pytest.fixture
    def damage(self, tmp_path: Path) -> Callable[[str], None]:
        """Change the first bytes."""

        def change(digest: str) -> None:
            (file,) = tmp_path.rglob(digest)
            with file.open("r+b") as stream:
                stream.write(b"\0\1")

        return change
