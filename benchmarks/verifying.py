"""Verifying a sealed journal, against reading and hashing its entries.

Measured: everything that `verify` does, on a store of many submitted cases that was sealed: the
journal in order and held to its seal, what was answered, every record replayed and compared, with
its index and its claims. The second row is of the first part alone: that nothing is missing, out
of order, or not as it was sealed.

All entries of this store were recorded at one time, which spares reading that of each: on a played
month of 14,522 entries, where it is not so, the second ratio was 2.4 when it was 1.8 here.

Floor: the raw driver reads all entries in order, with all their columns, and hashes each body.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import copy
from typing import Final

import apsw

from adminduk.office.evidence import Evidence
from adminduk.office.verification import Verifier
from adminduk.records import Actor, Role
from benchmarks.clones import submitted
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave
from benchmarks.town import KEYRING, OFFICE, office_on, sqlite

__all__ = ["measure"]

LIMIT: Final = 2.0

_ROUNDS: Final = 3
_READ: Final = (
    "select seq, kind, id, version, hash, body from journal where office = ? order by seq"
)
_SYSTEM: Final = Actor("system", Role.SYSTEM, OFFICE)


def measure(run: Run) -> list[Row]:
    """Verify a store in turns with reading it."""
    path = run.place() / "sealed.db"
    copy(submitted(run, run.many), path)
    storage = sqlite(path)
    office_on(storage).seal(by=_SYSTEM)
    entries = _read(path)
    ours = {
        "verify": Verifier(storage, OFFICE, KEYRING).run,
        "verify-journal": Evidence(storage, OFFICE).check,
    }
    floor = partial(_read, path)
    note = f"each of {entries:,} entries of {run.many:,} applications"
    rows = [
        per_operation(
            name, LIMIT, interleave([Step(one, floor, times=entries)] * _ROUNDS, warm=1), note
        )
        for name, one in ours.items()
    ]
    if not office_on(storage).verify().clean:
        raise RuntimeError("the store that was verified is not sound")
    storage.close()
    return rows


def _read(path: Path) -> int:
    """Read and hash all entries; give how many there are."""
    count = 0
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    for *_, body in connection.execute(_READ, (OFFICE,)):
        sha256(body).digest()
        count += 1
    connection.close()
    return count
