"""Page through an inbox and tell the most memory held: `python -m benchmarks.paging FILE`.

Prints the peak in bytes after the first 1,000 tasks, that after all, and how many there were.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Final

from benchmarks.town import RINI, office_on, sqlite

_FIRST: Final = 1000


_STATUS: Final = Path("/proc/self/status")


def _peak() -> int:
    """Give the most memory that this process ever held, in bytes.

    On Linux `getrusage` would count what the process that started this one held as well.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text().splitlines()
        return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM:")) * 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def main(path: Path) -> None:
    """Page through the whole inbox of the registry."""
    count = early = late = 0
    with office_on(sqlite(path)) as office:
        page = office.inbox(RINI)
        while True:
            count += len(page.tasks)
            late = max(late, _peak())
            early = late if count <= _FIRST else early
            if page.next is None:
                break
            page = office.inbox(RINI, after=page.next)
    print(early, late, count)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
