"""One command of an encrypted office, against the same command of an open one.

Measured: `office.do` of a `Verify` of a lost family card, each of another case, as in
`one_command`, where what is personal is encrypted under a key of each case. That key is looked up,
unwrapped by a master in a file, and used for the first time in this process.

Floor: the same command of an office without encryption, in a file of its own. Besides the durable
figure there is one where no commit waits for the disk: the difference is what encryption costs.
"""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import Final

from adminduk.masters.local import make_master
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, Times, interleave
from benchmarks.town import (
    RINI,
    code_of,
    connection_of,
    office_at,
    submit_many,
    verification,
)

__all__ = ["measure"]

NAME: Final = "one-command-encrypted"
LIMIT: Final = 1.3

_ROUNDS: Final = 2000
_WARM: Final = 50


def measure(run: Run) -> Row:
    """Measure it where every commit waits for the disk, and where none does."""
    durable, quick = (_verifications(run, durable=one) for one in (True, False))
    above = (median(quick.ours) - median(quick.floor)) / 1000
    ratio = median(quick.ours) / median(quick.floor)
    note = f"synchronous=FULL; with OFF {above:.0f} us above the floor, {ratio:.2f} times as much"
    return per_operation(NAME, LIMIT, durable, note)


def _verifications(run: Run, *, durable: bool) -> Times:
    numbers = range(run.rounds(_ROUNDS) + _WARM)
    folder = run.place()
    master = folder / "master.key"
    make_master(master)
    urls = {one: f"sqlite:///{folder / one}.db" for one in ("encrypted", "open")}
    masters = {"encrypted": f"file://{master}", "open": None}
    for name, url in urls.items():
        with office_at(url, masters[name]) as office:
            submit_many(office, numbers)
    with (
        office_at(urls["encrypted"], masters["encrypted"], seed=2) as ours,
        office_at(urls["open"], None, seed=2) as floor,
    ):
        if not durable:
            for office in (ours, floor):
                connection_of(office.storage).pragma("synchronous", "off")
        steps = (
            Step(partial(ours.do, command, by=RINI), partial(floor.do, command, by=RINI))
            for command in (verification(code_of(number)) for number in numbers)
        )
        return interleave(steps, warm=_WARM)
