"""Backing up a store with all its offices, and giving it back, each copy verified first.

A copy that is not sound is not left behind, so that every backup that is there can be restored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from attrs import field, frozen

from adminduk import plugins
from adminduk.envelope import Keyring
from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.office.opening import keyring_to_verify
from adminduk.office.verification import Report, Verifier, refuse_faults
from adminduk.ports import Master, Storage

__all__ = ["COPYING", "VERIFYING", "back_up", "restore"]

COPYING: Final = "copying"
"""The stage in which progress is told in percent."""

VERIFYING: Final = "verifying"
"""The stage in which progress is told in records; it begins anew with each office."""

Progress = Callable[[str, int], None]


def back_up(
    url: str,
    file: Path,
    *,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = lambda *_: None,
) -> Mapping[str, Report]:
    """Write a store into a new file as it is at one moment, while others go on writing.

    Args:
        url: The store.
        file: Where to; there must be nothing yet.
        keyring: What opens the offices to verify them, in place of their own.
        master: What unwraps the keys of encrypted ones; without it no envelope is opened.
        progress: Is told the stage, and how far it has come.

    Returns:
        What was verified of each office, by its region.

    Raises:
        InvalidInput: The URL is none.
        Refused: Such stores are not backed up here, the place is taken, or the store is not sound;
            nothing is left behind.
        StorageFailure: The store cannot be read, or the file not written.
    """
    examined = _Examined(keyring, master, progress)
    plugins.open_backups(url).back_up(file, examined, examined.copied)
    return examined.reports


def restore(
    url: str,
    file: Path,
    *,
    keyring: Keyring | None = None,
    master: Master | None = None,
    progress: Progress = lambda *_: None,
) -> Mapping[str, Report]:
    """Make the store of a backup at a place where nothing is; all as `back_up`."""
    examined = _Examined(keyring, master, progress)
    plugins.open_backups(url).restore(file, examined, examined.copied)
    return examined.reports


@frozen
class _Examined:
    """Looks through a copy, and keeps what was found of each office."""

    keyring: Keyring | None
    master: Master | None
    progress: Progress
    reports: dict[str, Report] = field(factory=dict)

    def copied(self, percent: int) -> None:
        """Tell how much is copied."""
        self.progress(COPYING, percent)

    def __call__(self, storage: Storage) -> None:
        """Verify every office; refuse a copy of none, and one with a fault."""
        for office, profile in storage.offices().items():
            keyring = self.keyring or keyring_to_verify(storage, office, profile, self.master)
            verifier = Verifier(storage, office, keyring, self._verified)
            self.reports[office] = verifier.run()
        if not self.reports:
            raise Refused("nothing_to_copy", N_("There is no office in it; nothing was written."))
        refuse_faults(*self.reports.values())

    def _verified(self, records: int) -> None:
        self.progress(VERIFYING, records)
