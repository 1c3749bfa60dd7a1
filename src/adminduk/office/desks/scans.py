"""What an office does about scans: where they are kept, what names them, and what goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from adminduk.office.collecting import Collected, collect, oldest
from adminduk.office.desks.desk import Desk
from adminduk.office.keeping import Keeping
from adminduk.office.naming import scans_named
from adminduk.ports import Ref, ScanStore
from adminduk.records import Scan

__all__ = ["ScanDesk"]


class ScanDesk(Desk):
    """Keeps scans."""

    _keeping: Keeping

    @property
    def scans(self) -> ScanStore:
        """The store of scans of the office; it stays open until the office is closed.

        Raises:
            Refused: The office was opened without one.
            StorageFailure: It cannot be opened.
        """
        return self._keeping.store

    def scans_named(
        self, progress: Callable[[int], None] = lambda _: None
    ) -> Iterator[tuple[Ref, Scan]]:
        """Give the scans that records name, each with the record; some perhaps more than once.

        What the records of persons who were erased have named is left out.

        Args:
            progress: Is told how many records were read.
        """
        return scans_named(self._shelf, progress)

    def collect_scans(
        self,
        *others: ScanDesk,
        unnamed_for: timedelta = timedelta(days=30),
        remove: bool = False,
        progress: Callable[[str, int], None] = lambda _stage, _count: None,
    ) -> Collected:
        """Find, and remove, the scans that no record names, once they have waited long enough.

        Work may go on meanwhile; it may end anywhere and be started again.

        Args:
            others: All other offices whose scans are in the same store.
            unnamed_for: How long a scan may wait to be named; 1 day or more.
            remove: Whether to remove; else it is only counted.
            progress: Is told the stage (`reading` records, `collecting`), and how many it went
                through.

        Raises:
            InvalidInput: That is too short a time.
            Refused: The office has no store of scans, another office uses it that was not named,
                or none of these has used it yet.
            StorageFailure: A store cannot be used.
        """
        before = oldest(self._clock(), unnamed_for)
        offices = [(one._shelf, one._keeping.card()) for one in (self, *others)]  # noqa: SLF001 - of the same class
        return collect(self.scans, offices, before, remove=remove, tell=progress)
