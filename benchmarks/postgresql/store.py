"""A store on PostgreSQL that grows from size to size, the library and psycopg on it in turns."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from attrs import define, field
from psycopg import Connection

from adminduk.ports import Storage
from adminduk.storage.position import position_after, position_of
from adminduk_postgresql.storage import PostgreSQLStorage
from benchmarks.pair import Written
from benchmarks.postgresql.clones import Cases, ends, fill, made
from benchmarks.postgresql.raw import statements, write
from benchmarks.postgresql.server import connect
from benchmarks.raw import Statement
from benchmarks.same import DifferentRows
from benchmarks.timing import Step, Times, interleave
from benchmarks.town import OFFICE, RINI, chance, code_of, office_on, verification

__all__ = ["TASKS", "Store"]

TASKS: Final = 100
"""How many tasks are on a page."""

_WARM: Final = 50
_READ: Final = f"""
select kind, id, version, state, region, queue, due, grp, keys, body from records
where office = %b and queue = 'registry_operator@{OFFICE}' and queue <> ''
    and (due, kind, id) > (%b, %b, %b)
order by due, kind, id limit {TASKS + 1}
"""  # noqa: S608 - names of ours only
_DISK: Final = """
select sum(pg_total_relation_size(oid)) from pg_class
where relnamespace = current_schema()::regnamespace and relkind = 'r'
"""


@define
class Store:
    """A store.

    Attributes:
        url: Where it is.
        cases: The case that it is filled with.
        size: How many cases it holds.
        used: Those that were verified.
    """

    url: str
    cases: Cases = field(factory=made)
    size: int = 0
    used: set[int] = field(factory=set)

    def grow(self, size: int) -> float:
        """Add cases until there are so many; give how many bytes of disk there are for each."""
        fill(self.url, range(self.size, size))
        self.size = size
        with connect(self.url) as raw:
            ((held,),) = raw.execute(_DISK)
        return float(held) / size

    def commands(self, rounds: int) -> Times:
        """Time verifications, each of another case that still waits, from all over the store."""
        turns = self._turns(rounds)
        numbers = self._waiting(2 * turns)
        self.used.update(numbers)
        with office_on(PostgreSQLStorage(self.url), seed=self.size) as office:
            with connect(self.url) as raw:
                by_hand = _ByHand(self.cases, raw)
                steps = (
                    Step(
                        partial(office.do, verification(code_of(mine)), by=RINI),
                        by_hand.write,
                        partial(by_hand.prepare, other),
                    )
                    for mine, other in zip(numbers[::2], numbers[1::2], strict=True)
                )
                times = interleave(steps, warm=_WARM)
            by_hand.check(office.storage)
        return times

    def pages(self, rounds: int) -> Times:
        """Time pages of the inbox, each from another case that waits: none was just read."""
        turns = self._turns(rounds)
        refs = [("application", code_of(one).full()) for one in self._waiting(2 * turns)]
        with office_on(PostgreSQLStorage(self.url)) as office, connect(self.url) as raw:
            rows = list(office.storage.load(OFFICE, refs).values())
            steps = (
                Step(
                    partial(office.inbox, RINI, after=f"0|{position_after(mine)}", limit=TASKS),
                    partial(_page, raw, (OFFICE, *position_of(other))),
                )
                for mine, other in zip(rows[::2], rows[1::2], strict=True)
            )
            return interleave(steps, warm=_WARM)

    def verify(self) -> None:
        """Let the library verify the whole store."""
        with office_on(PostgreSQLStorage(self.url)) as office:
            report = office.verify()
        if not report.clean:
            raise DifferentRows(f"the store is not sound: {report.faults[0]}")

    def _waiting(self, many: int) -> list[int]:
        """Draw cases that wait, from all over the store."""
        random = chance(f"{self.size} {len(self.used)}")
        found: dict[int, None] = {}
        while len(found) < many:
            number = random.randrange(self.size)
            if number not in self.used:
                found[number] = None
        return list(found)

    def _turns(self, rounds: int) -> int:
        """Give how many turns to take; a small store has not enough cases for all."""
        return min(rounds + _WARM, self.size // 4)


def _page(raw: Connection[Any], after: tuple[str, ...]) -> list[Any]:
    return raw.execute(_READ, after, binary=True).fetchall()


class _ByHand:
    """Verifies clones with psycopg."""

    def __init__(self, cases: Cases, raw: Connection[Any]) -> None:
        self._cases = cases
        self._raw = raw
        self._written: list[Written] = []
        self._statements: list[Statement] = []

    def prepare(self, number: int) -> None:
        """Make what the verification of a clone writes."""
        self._written.append(self._cases.verification(number, ends(self._raw)))
        self._statements = statements(OFFICE, self._written[-1])

    def write(self) -> None:
        """Write it."""
        write(self._raw, OFFICE, self._written[-1], self._statements)

    def check(self, storage: Storage) -> None:
        """Check that the library finds what was written.

        Raises:
            DifferentRows: It does not.
        """
        for written in self._written:
            wanted = {one.row.ref: one.row for one in written.batch.writes}
            if storage.load(OFFICE, wanted) != wanted:
                raise DifferentRows(f"not as written: {sorted(wanted)}")
