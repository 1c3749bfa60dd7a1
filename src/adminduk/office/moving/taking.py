"""Taking offices out of a storage, into a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import uuid4

from attrs import define, field

from adminduk import plugins
from adminduk.envelope import Keyring
from adminduk.errors import NoOffice, Refused
from adminduk.language import N_
from adminduk.office.moving.contents import Contents, Counts
from adminduk.office.moving.holding import held, told
from adminduk.office.moving.lines import Begin, End, Last, Line, Told, write
from adminduk.office.moving.stages import VERIFYING, WRITING, Progress, untold
from adminduk.office.opening import check_whole, keyring_to_verify
from adminduk.office.placing import beside, check_free, give_name, naming_files, sync
from adminduk.office.verification import Verifier, refuse_faults
from adminduk.ports import Master, Storage

__all__ = ["take_out", "take_out_of"]

_TOLD_EVERY: Final = 1000


def take_out(
    url: str,
    file: Path,
    *,
    region: str | None = None,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = untold,
) -> Contents:
    """Write everything that the offices of a store hold into a new file, while nobody works.

    Args:
        url: The store.
        file: Where to; there must be nothing yet. Only its owner may read it.
        region: The one office to take out; all where it is left out.
        keyring: What opens the offices to verify them, in place of their own.
        master: What unwraps the keys of encrypted ones; without it no envelope is opened.
        progress: Is told the stage, and how far it has come.

    Raises:
        InvalidInput: The URL is none.
        NoOffice: There is no such office.
        Refused: The place is taken, there is no office, one is not sound or was not brought in
            wholly, or somebody worked meanwhile; nothing is left behind.
        StorageFailure: The store cannot be read, or the file not written.
    """
    check_free(file)
    storage = plugins.open_storage(url)
    try:
        return take_out_of(
            storage, file, region=region, keyring=keyring, master=master, progress=progress
        )
    finally:
        storage.close()


def take_out_of(
    storage: Storage,
    file: Path,
    *,
    region: str | None = None,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = untold,
) -> Contents:
    """Take offices out of a storage that is open; all as `take_out`."""
    offices = _wanted(storage, region)
    verified = {}
    for office, profile in offices.items():
        check_whole(storage, office)
        keys = keyring or keyring_to_verify(storage, office, profile, master)
        report = Verifier(storage, office, keys, lambda done: progress(VERIFYING, done)).run()
        refuse_faults(report)
        verified[office] = report.entries
    passing = beside(file, f".{uuid4().hex}.part")
    try:
        with naming_files(str(file)):
            handle = os.open(passing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as stream:
                writing = _Writing(storage, stream, progress)
                contents = writing.write(offices, verified)
            sync(passing)
            give_name(passing, file)
            sync(file.absolute().parent)
    finally:
        passing.unlink(missing_ok=True)
    return contents


def _wanted(storage: Storage, region: str | None) -> Mapping[str, bytes]:
    profile = None if region is None else storage.office(region)
    if region is not None and profile is not None:
        return {region: profile}
    offices = storage.offices()
    if region is not None:
        raise NoOffice(kind="office", id=region, known=list(offices))
    if not offices:
        raise Refused("nothing_to_copy", N_("There is no office in it; nothing was written."))
    return offices


@define
class _Writing:
    """One file being written."""

    storage: Storage
    stream: BinaryIO
    progress: Progress
    lines: int = 0
    hashed: Any = field(factory=sha256)

    def write(self, offices: Mapping[str, bytes], entries: Mapping[str, int]) -> Contents:
        """Write offices, each as it was when its so many entries were verified."""
        self._line(Begin())
        counts = {
            office: self._office(office, profile, entries[office])
            for office, profile in offices.items()
        }
        digest = self.hashed.hexdigest()
        self._line(Last(self.lines, digest))
        self.progress(WRITING, self.lines)
        return Contents(digest, counts)

    def _office(self, office: str, profile: bytes, entries: int) -> Counts:
        counts = Counts()
        messages = sha256()
        for one in held(self.storage, office, profile):
            raw = self._line(one)
            if isinstance(one, Told):
                messages.update(raw)
            elif isinstance(one, End):
                counts = Counts(*one.counts)
        now = sha256()
        for raw in map(write, told(self.storage, office)):
            now.update(raw)
        later = self.storage.journal(office, after=entries, limit=1)
        if later or counts.entries != entries or now.digest() != messages.digest():
            raise Refused(
                "worked_meanwhile",
                N_(
                    "Somebody worked in {id} while it was exported; nothing was written. Export it"
                    " while nobody works, or export a backup of it."
                ),
                id=office,
            )
        return counts

    def _line(self, line: Line) -> bytes:
        raw = write(line)
        self.stream.write(raw)
        self.hashed.update(raw)
        self.lines += 1
        if self.lines % _TOLD_EVERY == 0:
            self.progress(WRITING, self.lines)
        return raw
