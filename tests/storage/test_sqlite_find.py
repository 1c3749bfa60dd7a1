"""How SQLite searches: along an index, in order, at the same cost however many rows there are."""

from __future__ import annotations

import itertools
from functools import partial

import pytest

from adminduk.ports import Storage
from adminduk.storage.connection import Database
from adminduk.storage.finding import plan
from adminduk.storage.question import Question
from adminduk.testing.kits.finding import FILTERS, all_pages, ids
from adminduk.testing.rows import NEVER, OFFICE, batch, time, write


@pytest.mark.parametrize("size", range(8))
def test_sqlite_reads_along_an_index_in_order(sqlite: Storage, size: int):
    """No search sorts, and none reads a table from end to end."""
    sqlite.commit(
        OFFICE,
        batch(
            *(write(str(one), region=f"35.23.{one}", queue=f"courier@35.{one}") for one in range(9))
        ),
    )
    database: Database = sqlite._database
    for chosen in itertools.combinations(FILTERS, size):
        for after in (None, (time(1), "copy", "A")):
            empty = dict.fromkeys(FILTERS)
            wanted = Question(
                after=after, limit=5, **empty | {name: FILTERS[name] for name in chosen}
            )
            with database.reading() as cursor:
                for stretch in plan(cursor, OFFICE, wanted):
                    explained = cursor.execute(
                        "explain query plan " + stretch.sql, stretch.values
                    ).fetchall()
                    steps = [step[3] for step in explained]
                    assert all(step.startswith("SEARCH") for step in steps), (chosen, steps)


@pytest.mark.parametrize("regions", [64, 65, 66])
def test_a_wide_region_is_read_by_state(sqlite: Storage, regions: int):
    """However many regions there are below, the same rows are found."""
    rows = [write(f"{one:03}", region=f"35.{one:03}", due=time(one % 5)) for one in range(regions)]
    sqlite.commit(OFFICE, batch(*rows, write("other", region="36")))
    found = ids(sqlite.find(OFFICE, region="35", limit=100))
    assert found == [one.row.id for one in sorted(rows, key=lambda one: (one.row.due, one.row.id))]
    assert all_pages(sqlite, 7, region="35") == found


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"kind": "copy"},
        {"state": "s1"},
        {"kind": "bag", "state": "s2"},
        {"queue": "q.1"},
        {"region": "35.1"},
        {"region": "35"},
        {"group": "g"},
        {"key": "k"},
        {"due_until": NEVER},
    ],
    ids=str,
)
def test_a_page_costs_sqlite_the_same_however_many_rows_there_are(
    sqlite: Storage, filters: dict[str, str]
):
    """The steps of its machine for the first and a later page do not grow with the rows."""
    database: Database = sqlite._database
    costs = []
    for start, end in ((0, 400), (400, 4000)):
        rows = (
            write(
                f"{number:05}",
                kind=("application", "bag", "copy")[number % 3],
                state=f"s{number % 4}",
                queue=f"q.{number % 2}.{number % 8}",
                region=f"35.{number % 2}.{number % 8}",
                group="g",
                keys=("k",),
                due=time(number % 60) if number % 3 else NEVER,
            )
            for number in range(start, end)
        )
        sqlite.commit(OFFICE, batch(*rows))
        with database.reading() as cursor:
            connection = cursor.connection
        steps = []
        connection.set_progress_handler(partial(_count, steps), 1)
        _, after = sqlite.find(OFFICE, limit=5, **filters)
        sqlite.find(OFFICE, limit=5, after=after, **filters)
        connection.set_progress_handler(None)
        costs.append(len(steps))
    assert costs[1] < 1.3 * costs[0]


def _count(steps: list[int]) -> bool:
    steps.append(1)
    return False  # go on
