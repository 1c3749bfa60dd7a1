"""Moving offices between any two storages, by a file of lines.

Everything goes through the storage port. What was moved is held against the file line by line,
and verified by replaying its journal, before anybody can open the office.
"""

from __future__ import annotations

from adminduk.office.moving.bringing import bring_in
from adminduk.office.moving.contents import Contents, Counts
from adminduk.office.moving.stages import BRINGING, CHECKING, VERIFYING, WRITING
from adminduk.office.moving.taking import take_out

__all__ = [
    "BRINGING",
    "CHECKING",
    "VERIFYING",
    "WRITING",
    "Contents",
    "Counts",
    "bring_in",
    "take_out",
]
