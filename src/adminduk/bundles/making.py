"""Making a bundle in a village, with no network: all that can be known there is checked there.

Nobody should learn at the office, a day's journey away, that a paper is missing. So the commands
are tried first, on an office in memory that has the same rules. What only the office can know, as
whether a document is there and what became of a case meanwhile, is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, Final

from adminduk import commands as c
from adminduk.bundles.bundle import Head, Work, write_bundle
from adminduk.codec import Order, write_order
from adminduk.errors import AdmindukError, Conflict, Fault, InvalidInput, NotFound, Refused
from adminduk.language import N_
from adminduk.office import Office
from adminduk.office.naming import scans_in
from adminduk.ports import ScanStore
from adminduk.records import KINDS, Actor, Role, Scan
from adminduk.scans.accepting import check
from adminduk.scans.memory import MemoryScans
from adminduk.signing import SigningKey

__all__ = ["make_bundle"]


def make_bundle(
    file: IO[bytes],
    orders: Sequence[Order],
    *,
    office: str,
    by: Actor,
    key: SigningKey,
    scans: ScanStore | None = None,
    rules: str | Path | None = None,
    clock: Callable[[], datetime],
) -> Head:
    """Write a bundle, if nothing of it is known to be wrong; give its head.

    Args:
        file: Where.
        orders: The commands, in their order.
        office: The code of the office that it is for.
        by: Who gives them all.
        key: Signs it; the office must know it as that of `by`.
        scans: Where the scans are kept that the commands name.
        rules: A folder with rules of the regency, as `Office.open` takes it.
        clock: Gives the time.

    Raises:
        InvalidInput: Everything that is wrong, each with its path, as `lines.3.with.people`; the
            lines are counted from 1.
    """
    store = MemoryScans() if scans is None else scans
    named = [list(scans_in(one.command, f"lines.{line}.with")) for line, one in _lines(orders)]
    every = dict.fromkeys(scan for scans_of_one in named for _, scan in scans_of_one)
    with Office.open("memory:", office, rules=rules, clock=clock) as trial:
        faults = [
            *_unsaid(orders, by),
            *_unkept(chain(*named), store),
            *_refused(orders, by, trial),
        ]
    if faults:
        raise InvalidInput(tuple(faults))
    work = b"".join(write_order(one) + b"\n" for one in orders)
    head = Head(
        office=trial.region.full(),
        by=by,
        key=key.public,
        made=clock(),
        work=Work.of(work),
        scans=tuple(every),
    )
    write_bundle(file, head, work, store.read, key)
    return head


def _lines(orders: Sequence[Order]) -> Iterator[tuple[int, Order]]:
    return enumerate(orders, start=1)


def _unsaid(orders: Sequence[Order], by: Actor) -> Iterator[Fault]:
    """Name what each line must say, that can be left out where an office answers at once."""
    for line, one in _lines(orders):
        if one.by not in {None, by}:
            yield Fault(
                f"lines.{line}.by",
                "other_actor",
                N_("The command is by another than who signs the bundle."),
                N_("a bundle for each of them"),
            )
        if isinstance(one.command, c.Draft) and one.command.application is None:
            yield Fault(
                f"lines.{line}.with.application",
                "missing",
                N_("The case has no tracking code by which the family can ask for it."),
                N_("a code, as `adminduk bundle code` makes them"),
            )
        if one.command.at is None:
            yield Fault(
                f"lines.{line}.at",
                "missing",
                N_("It is not said when it happened; the office will see the bundle later."),
                N_("a time with its offset, as 2021-07-12T08:15:00+07:00"),
            )


def _unkept(named: Iterable[tuple[str, Scan]], store: ScanStore) -> Iterator[Fault]:
    """Name the scans that are not there, or do not open."""
    why_not = cache(lambda scan: _why_not(scan, store))
    for path, scan in named:
        if why := why_not(scan):
            yield Fault(path, "scan_absent", why, N_("a scan that was kept, as it is"))


def _why_not(scan: Scan, store: ScanStore) -> str:
    """Say why a scan cannot be sent along; nothing is the empty text."""
    try:
        content = b"".join(store.read(scan.digest))
    except NotFound:
        content = b""
    if len(content) != scan.size:
        return N_("The scan is not kept here with that size.")
    try:
        is_other = check(content).type != scan.type
    except InvalidInput:
        is_other = True
    return N_("The scan does not open, or is of another type.") if is_other else ""


def _refused(orders: Sequence[Order], by: Actor, trial: Office) -> Iterator[Fault]:
    """Try the commands; name what the office will refuse, whatever it knows beside them.

    How a case begins is told by the bundle alone. What is done to it later may be refused here only
    because it is not seen what the office has done to it in between. Whether applicants submit is
    set by the office, which has let one of them sign.
    """
    trial.do(
        c.ChangeSettings(applicants_submit=True),
        by=Actor("trial", Role.HEAD_OF_OFFICE, trial.region),
    )
    for line, one in _lines(orders):
        try:
            trial.do(one.command, by=by)
        except InvalidInput as error:
            yield from (fault.under(f"lines.{line}") for fault in error.faults)
        except (NotFound, Refused, Conflict) as error:
            if isinstance(one.command, c.Draft) and error.facts.get("kind") not in KINDS:
                yield _fault(line, error)
        except AdmindukError as error:
            yield _fault(line, error)


def _fault(line: int, error: AdmindukError) -> Fault:
    return Fault(f"lines.{line}", error.code, error.text, _INSTEAD.get(error.code, ""), error.facts)


_INSTEAD: Final = {
    "already_open": N_(
        "one of the two; or, if the office has ended the first, a bundle without its lines"
    ),
    "checklist_incomplete": N_(
        "all that is needed, or in this bundle too the line that drafted the case: it has no"
        " effect twice"
    ),
    "no_rule_in_force": N_("the day on which it was; of a clock that was wrong, --clock mends it"),
}
"""What may be done, by the code of what the office will refuse."""
