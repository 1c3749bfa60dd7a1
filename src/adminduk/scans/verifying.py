"""Whether every scan that a record names is kept, is as it was put, and opens."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from adminduk.errors import InvalidInput, NotFound, StorageFailure
from adminduk.office import Office
from adminduk.ports import ScanStore
from adminduk.records import Scan
from adminduk.scans.accepting import check

__all__ = ["ScanReport", "verify_scans"]


@frozen
class ScanReport:
    """What was opened, and everything that is not as it must be.

    Attributes:
        scans: Scans that were opened, each once.
        faults: What is wrong, each with the record that names the scan.
    """

    scans: int
    faults: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_scans(office: Office, progress: Callable[[int], None] = lambda _: None) -> ScanReport:
    """Read and open every scan that a record of an office names.

    Args:
        office: The office; it was opened with its store of scans.
        progress: Is told how many scans were opened.

    Raises:
        Refused: The office has no store of scans, or what opens them is not installed.
        StorageFailure: The records cannot be read.
    """
    store = office.scans
    found: dict[Scan, str] = {}
    faults = []
    for (kind, id_), scan in office.scans_named():
        if scan not in found:
            found[scan] = _fault(store, scan)
            progress(len(found))
        if found[scan]:
            faults.append(f"{kind} {id_}: its scan {scan.digest} {found[scan]}")
    return ScanReport(len(found), tuple(dict.fromkeys(faults)))


def _fault(store: ScanStore, scan: Scan) -> str:
    """Say what is wrong with a scan; nothing is the empty text."""
    try:
        content = b"".join(store.read(scan.digest))
        opened = check(content)
    except NotFound:
        return "is not in the store of scans"
    except (StorageFailure, InvalidInput) as error:
        return f"does not open: {error.message('en')}"
    if (scan.type, scan.size) != (opened.type, len(content)):
        return f"is of another type or size: {opened.type}, {len(content)}"
    return ""
