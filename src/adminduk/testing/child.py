"""A process of its own at a store, for checks that need several of them.

`python -m adminduk.testing.child write|take|lend|fill URL NUMBER`. When it is ready it says so on
standard output, and waits for a line; then it works, and answers with one line of JSON, but for
`fill`, which goes on, and says what it has done, until it is killed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from adminduk.plugins import open_storage
from adminduk.ports import ClaimTaken, StaleVersions, Storage
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, message, time, write

__all__ = ["PROFILE", "ROUNDS", "THREADS", "main"]

THREADS: Final = 4
"""How many threads of each process work at once."""

ROUNDS: Final = 20
PROFILE: Final = b"profile"


def _write(storage: Storage, name: str) -> list[list[Any]]:
    """Try to write each version of one record; give those that were, and what was refused how."""
    told: list[list[Any]] = []
    for version in range(1, ROUNDS + 1):
        one = batch(
            write("A", version, state=name),
            entries=(entry("A", version),),
            commands=(command(f"{name}/{version}"),),
        )
        try:
            told.append([version, storage.commit(OFFICE, one)])
        except StaleVersions as stale:
            told.append([version, [list(ref) for ref in stale.refs]])
    return told


def _take(storage: Storage, name: str) -> list[list[Any]]:
    """Try to take each key; give who holds it."""
    told: list[list[Any]] = []
    for key in map(str, range(ROUNDS)):
        try:
            storage.commit(OFFICE, batch(write(f"{name}/{key}"), take=(claim(key, name),)))
        except ClaimTaken as taken:
            told.append([key, taken.claim.id])
        else:
            told.append([key, name])
    return told


def _lend(storage: Storage, _: str) -> list[list[Any]]:
    """Lease as long as there is something; give the keys."""
    told: list[list[Any]] = []
    while lent := storage.lease(OFFICE, now=time(1), until=time(9), limit=1):
        told += [[one.message.key, one.attempts] for one in lent]
    return told


def _fill(storage: Storage, number: int) -> None:
    """Go on committing whole batches, and say the number of each after it."""
    while True:
        number += 1
        one = str(number)
        storage.commit(
            OFFICE,
            batch(
                write(f"{one}/a", keys=(one,)),
                write(f"{one}/b", body=b"x" * 9000),
                entries=(entry(f"{one}/a"), entry(f"{one}/b")),
                take=(claim(one, f"{one}/a"),),
                commands=(command(one),),
                messages=(message(one),),
            ),
        )
        _say(number)


_WORK: Final[dict[str, Callable[[Storage, str], list[list[Any]]]]] = {
    "write": _write,
    "take": _take,
    "lend": _lend,
}


def main(do: str, url: str, number: str) -> None:
    """Do one kind of work, in several threads at once."""
    _say("ready")
    sys.stdin.readline()
    storage = open_storage(url)
    storage.add_office(OFFICE, PROFILE)
    if do == "fill":
        _fill(storage, int(number))
    with ThreadPoolExecutor(THREADS) as pool:
        names = [f"{number}.{thread}" for thread in range(THREADS)]
        told = list(pool.map(lambda name: _WORK[do](storage, name), names))
    storage.close()
    _say([one for each in told for one in each])


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
