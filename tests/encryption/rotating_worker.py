"""A process that begins cases in an encrypted office, or has its keys wrapped anew.

`python rotating_worker.py FOLDER rotate|work [FIRST STEP]`: it says `ready`, and `done` in the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

from encrypted_office import office_at

from adminduk.commands import Draft, Submit
from adminduk.testing.day import orders

MANY = 60


def main(folder: str, task: str, *turn: str) -> None:
    """Do what is asked."""
    with office_at(Path(folder)) as office:
        print("ready", flush=True)
        if task == "rotate":
            print("done", office.rotate_keys().rewrapped, flush=True)
            return
        start, step = map(int, turn)
        every = [one for one in orders(MANY, seed=7) if isinstance(one.command, Draft | Submit)]
        codes = list(dict.fromkeys(one.command.application for one in every))[start::step]
        count = 0
        for one in every:
            if one.command.application in codes:
                assert one.by is not None
                office.do(one.command, by=one.by)
                count += 1
        print("done", count, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
