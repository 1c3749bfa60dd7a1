"""Whether something lies anywhere that is in nobody's inbox, and whether anything is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk import regions
from adminduk.records import Actor, Application, Bag, Copy, Original, Record
from adminduk.testing.month.ground import Ground
from adminduk.testing.promises import ENDED

__all__ = ["at_rest", "everybody", "forgotten", "open_records"]

_NOBODYS: Final = ENDED | {"lost", "waived"}
"""States in which there is nothing to hold and nothing to do; what is lost may yet be found."""


def everybody(ground: Ground) -> Iterator[Actor]:
    """Give one of each desk, and everybody in districts and villages."""
    staff = ground.scene.staff
    yield from (staff.registrars[0], staff.printers[0], staff.couriers[0], staff.counter[0])
    for district in regions.children(ground.scene.office):
        yield staff.of_district(district.code)
        for village in regions.children(district.code):
            yield staff.of_village(village.code)
            yield staff.applicant(village.code, 0)


def at_rest(ground: Ground) -> bool:
    """Whether nobody has anything left to do, and nothing will end by itself."""
    if any(ground.office.inbox(by, limit=1).tasks for by in everybody(ground)):
        return False
    return not any(True for _ in open_records(ground))


def open_records(ground: Ground) -> Iterator[Record]:
    """Give each case, paper and bag that has not ended."""
    for kind in (Application, Copy, Original, Bag):
        after: str | None = None
        while True:
            find = ground.office.storage.find
            rows, after = find(ground.scene.office.full(), kind=kind.KIND, after=after, limit=1000)
            refs = [row.ref for row in rows if row.state not in _NOBODYS]
            yield from filter(_is_open, ground.office.records(refs))
            if after is None:
                break


def _is_open(record: Record) -> bool:
    """Whether there is something left to do; a bag that is given up stays so once it is settled."""
    is_settled = isinstance(record, Bag) and not record.open_differences
    return not (is_settled and record.state == "written_off")


def forgotten(ground: Ground) -> list[str]:
    """Name what nobody has before them: neither itself, nor what it is in, nor what it waits for.

    A paper in a bag is with the bag; a case whose documents are on their way is with them; what is
    missing is with who answers for it, or in a bag whose differences the registry has.
    """
    seen = {(task.kind, task.id) for by in everybody(ground) for task in ground.tasks(by)}
    records = list(open_records(ground))
    gone = {held.id for one in ground.office.owed() for held in one.gone}
    underway = {
        one.application.full() for one in records if isinstance(one, Copy) and one.state != "void"
    }
    faults = []
    for one in records:
        is_seen = (one.KIND, one.key) in seen or one.key in gone
        if isinstance(one, Application):
            is_seen = is_seen or (one.state == "verified" and one.key in underway)
        elif isinstance(one, Bag):
            closes_by_itself = one.state == "counted" and not one.open_differences
            is_seen = is_seen or closes_by_itself
        elif isinstance(one, Copy | Original):
            is_seen = is_seen or (bool(one.bag) and ("bag", one.bag) in seen)
        if not is_seen:
            faults.append(f"{ground.today}: {one.KIND} {one.key} ({one.state}) is in no inbox")
    return faults
