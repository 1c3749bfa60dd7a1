"""The store of scans that an office uses: what a command names must be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from threading import Lock
from typing import Final

from attrs import define, evolve, field

from adminduk import commands as c
from adminduk import plugins
from adminduk.errors import Fault, InvalidInput, Refused
from adminduk.language import N_
from adminduk.office.naming import scans_in
from adminduk.office.verification import Report
from adminduk.ports import Ref, ScanStore
from adminduk.records import Scan

__all__ = ["CARD_SIZE", "Keeping", "card_of", "is_card"]

_CARD: Final = "The office {office} uses this store of scans.\n{digest}\n"


def card_of(office: str, profile: bytes) -> bytes:
    """Give the file that an office leaves in a store, so that others see whose scans are in it."""
    return _CARD.format(office=office, digest=sha256(profile).hexdigest()).encode()


def is_card(content: bytes) -> bool:
    """Whether a file of a store that is as long as a card is the card of an office."""
    return content.startswith(b"The office ")


CARD_SIZE: Final = len(card_of("35.23", b""))
"""Every card has as many bytes, and no scan has so few."""


@define
class Keeping:
    """The store of scans of an office, opened when it is first used.

    Attributes:
        source: The store, or its URL; None: the office has none, and nothing is checked.
        card: Gives the card of the office.
    """

    source: str | ScanStore | None
    card: Callable[[], bytes]
    _lock: Lock = field(factory=Lock, init=False)
    _opened: ScanStore | None = field(default=None, init=False)
    _known: bool = field(default=False, init=False)

    @property
    def store(self) -> ScanStore:
        """The store.

        Raises:
            Refused: The office has none.
            InvalidInput: The URL is none.
            StorageFailure: It cannot be opened.
        """
        if self.source is None:
            raise Refused(
                "no_scans",
                N_("No store of scans was named: --scans URL or ADMINDUK_SCANS, or `scans=`."),
            )
        if not isinstance(self.source, str):
            return self.source
        with self._lock:
            if self._opened is None:
                self._opened = plugins.open_scans(self.source)
            return self._opened

    def check(self, commands: Iterable[c.Command], before: Callable[[], None]) -> None:
        """Check that what commands name is kept, and have it as if it were put now.

        So it is not removed before a record names it.

        Args:
            commands: What is about to be committed.
            before: Is called before the store is asked for anything; it may raise.

        Raises:
            InvalidInput: Something is not in the store, or not with that size.
            StorageFailure: The store cannot be used.
        """
        if self.source is None:
            return
        named = [found for command in commands for found in scans_in(command, "with")]
        if not named:
            return
        before()
        if not self._known:
            self.store.put(self.card())
            self._known = True
        kept = {scan: self._keeps(scan) for scan in dict.fromkeys(scan for _, scan in named)}
        if faults := tuple(_fault(path, scan) for path, scan in named if not kept[scan]):
            raise InvalidInput(faults)

    def verified(self, report: Report, named: Iterable[tuple[Ref, Scan]]) -> Report:
        """Give a report with the scans, too, if the records that name them are sound."""
        if self.source is None or not report.clean:
            return report
        looked_for, faults = 0, []
        for (kind, id_), scan in named:
            looked_for += 1
            if self.store.size(scan.digest) != scan.size:
                faults.append(f"{kind} {id_}: its scan {scan.digest} is not in the store of scans")
        return evolve(report, scans=looked_for, faults=tuple(dict.fromkeys(faults)))

    def _keeps(self, scan: Scan) -> bool:
        return self.store.renew(scan.digest) and self.store.size(scan.digest) == scan.size

    def close(self) -> None:
        """Let go of the store, if it was opened here."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None


def _fault(path: str, scan: Scan) -> Fault:
    return Fault(
        path,
        "scan_absent",
        N_("The store of scans does not have {digest} with {size} bytes."),
        N_("a scan as the store has given it: keep it first, then name it"),
        {"digest": scan.digest, "size": scan.size},
    )
