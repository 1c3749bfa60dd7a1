"""A process of its own at a store, for checks that need several of them.

`python -m adminduk.testing.child write|take|lend|fill URL NUMBER`. When it is ready it says so on
standard output, and waits; for each line it works one turn, and answers with a line of JSON. `fill`
goes on by itself, and says what it has done, until it is killed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from adminduk.plugins import open_storage
from adminduk.ports import ClaimTaken, StaleVersions, Storage
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, message, time, write

__all__ = ["PROFILE", "ROUNDS", "THREADS", "main"]

THREADS: Final = 4
"""How many threads of each process work at once."""

ROUNDS: Final = 20
PROFILE: Final = b"profile"


def _write(storage: Storage, name: str, version: int) -> list[Any]:
    """Try to write a version of one record; give its sequence, or what was refused as stale."""
    one = batch(
        write("A", version, state=name),
        entries=(entry("A", version),),
        commands=(command(f"{name}/{version}"),),
    )
    try:
        return [version, storage.commit(OFFICE, one)]
    except StaleVersions as stale:
        return [version, [list(ref) for ref in stale.refs]]


def _take(storage: Storage, name: str, turn: int) -> list[Any]:
    """Try to take a key; give who holds it."""
    key = str(turn)
    try:
        storage.commit(OFFICE, batch(write(f"{name}/{key}"), take=(claim(key, name),)))
    except ClaimTaken as taken:
        return [key, taken.claim.id]
    return [key, name]


def _lend(storage: Storage, _: str, turn: int) -> list[Any]:
    """Lease what is due in a turn, one after the other; give the keys."""
    told: list[Any] = []
    now, until = time(turn), time(turn + 8)
    while lent := storage.lease(OFFICE, now=now, until=until, limit=1):
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


_WORK: Final[dict[str, Callable[[Storage, str, int], list[Any]]]] = {
    "write": _write,
    "take": _take,
    "lend": _lend,
}


def main(do: str, url: str, number: str) -> None:
    """Do one kind of work, a turn for each line that is read, in several threads at once."""
    _say("ready")
    names = [f"{number}.{thread}" for thread in range(THREADS)]
    storage = None
    with ThreadPoolExecutor(THREADS) as pool:
        for turn, _ in enumerate(iter(sys.stdin.readline, ""), start=1):
            if storage is None:
                storage = open_storage(url)
                storage.add_office(OFFICE, PROFILE)
            if do == "fill":
                _fill(storage, int(number))
            work = partial(_WORK[do], storage)
            _say(list(pool.map(work, names, [turn] * THREADS)))
    if storage is not None:
        storage.close()


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
