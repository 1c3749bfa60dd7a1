"""Uploads: a file that comes in parts over a slow line, and goes on where it broke off.

The sender says beforehand how large the file is and what its SHA-256 is. By these two it is known,
whoever asks again, so nothing need be remembered but the file itself. A part that comes twice, and
an end that is told twice as its answer was lost, have one effect.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import orjson
from attrs import asdict, frozen

from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.ports import ScanStore
from adminduk.private import private
from adminduk.records import Scan
from adminduk.scans.accepting import accept
from adminduk.scans.content import digest_of, is_digest
from adminduk.scans.disk import PRIVATE_FOLDER, sync, telling
from adminduk.scans.refusing import LARGEST, refusal

__all__ = ["Upload", "Uploads"]

_TAKEN: Final = ".taken"


@frozen
class Uploads:
    """What is on its way, in a folder of this machine that serves nothing else.

    Safe in several threads and processes.

    Attributes:
        folder: Where the parts are gathered; it is made if it is not there.
    """

    folder: Path

    def begin(self, digest: str, size: int) -> Upload:
        """Begin an upload, or take up one that was begun.

        Args:
            digest: SHA-256 of the file, 64 lower-case hexadecimal digits.
            size: How many bytes it has.

        Raises:
            InvalidInput: That cannot be the digest of a file, or the size of a scan.
        """
        if not is_digest(digest):
            raise InvalidInput.at(
                "digest",
                "digest",
                N_("That is not the SHA-256 of a file."),
                N_("64 lower-case hexadecimal digits"),
            )
        if not 1 <= size <= LARGEST:
            raise refusal("scan_size")
        with telling(str(self.folder)):
            self.folder.mkdir(PRIVATE_FOLDER, exist_ok=True)
        return Upload(self.folder / f"{digest}-{size}", digest, size)

    def forget(self, before: datetime) -> int:
        """Remove uploads to which nothing has come since; give how many files that were."""
        gone = 0
        with telling(str(self.folder)):
            for file in self.folder.iterdir():
                with suppress(FileNotFoundError):
                    if file.stat().st_mtime < before.timestamp():
                        file.unlink()
                        gone += 1
        return gone


@frozen
class Upload:
    """One file that comes in parts."""

    _file: Path
    digest: str
    size: int

    @property
    def come(self) -> int:
        """How many bytes have come: the next part begins there."""
        if self._taken.exists():
            return self.size
        with suppress(FileNotFoundError):
            return self._file.stat().st_size
        return 0

    def append(self, part: bytes, *, at: int) -> int:
        """Add a part that begins at a byte of the file; give how many bytes have come now.

        What came before is not written again, so a part may be sent again.

        Raises:
            Refused: There is a gap before it; `come` says where to go on.
            InvalidInput: It goes beyond the end of the file.
        """
        if at < 0 or at + len(part) > self.size:
            raise refusal("scan_size")
        if self._taken.exists():
            return self.size
        with self._opened() as file:
            come = file.seek(0, os.SEEK_END)
            if at > come:
                raise _not_there(come, self.size)
            file.write(part[come - at :])
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def finish(self, store: ScanStore) -> Scan:
        """Accept the file that has come whole; told again, it gives the same answer.

        Raises:
            Refused: Not all has come, or what came is another file: `come` says where to go on.
            InvalidInput: It is not taken, and must not be sent again as it is.
            StorageFailure: It cannot be kept; it may be finished later.
        """
        with self._opened() as file:
            if (known := self._known(store)) is not None:
                return known
            content = file.read()
            if len(content) < self.size:
                raise _not_there(len(content), self.size)
            if digest_of(content) != self.digest:
                self._file.unlink()
                raise Refused(
                    "upload_differs",
                    N_("What came is not the file that was announced. Send it again, from {come}."),
                    come=0,
                )
            try:
                scan = accept(store, content)
            except InvalidInput:
                self._file.unlink()
                raise
            self._remember(scan)
            return scan

    @property
    def _taken(self) -> Path:
        return self._file.with_name(self._file.name + _TAKEN)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        """Give the file, for nobody else; the one of that name, should it be another by now."""
        with telling(str(self._file.parent)):
            while True:
                with open(self._file, "a+b", opener=private) as file:
                    fcntl.flock(file, fcntl.LOCK_EX)
                    if not os.fstat(file.fileno()).st_nlink:
                        continue
                    file.seek(0)
                    yield file
                    return

    def _known(self, store: ScanStore) -> Scan | None:
        """Give what was answered before, if it is still kept."""
        with suppress(FileNotFoundError):
            known = Scan(**orjson.loads(self._taken.read_bytes()))
            if store.size(known.digest) is not None:
                self._file.unlink()
                return known
            self._taken.unlink()
        return None

    def _remember(self, scan: Scan) -> None:
        """Keep the answer in place of the file; half of it is none."""
        new = self._taken.with_suffix(".new")
        with open(new, "wb", opener=private) as file:
            file.write(orjson.dumps(asdict(scan)))
            file.flush()
            os.fsync(file.fileno())
        new.rename(self._taken)
        self._file.unlink()
        sync(self._file.parent)


def _not_there(come: int, size: int) -> Refused:
    return Refused(
        "upload_gap",
        N_("Of {size} bytes {come} have come. Go on from there."),
        come=come,
        size=size,
    )
