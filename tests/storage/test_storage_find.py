"""Searches: what each filter means, the order of rows, pages that stay while others write."""

from __future__ import annotations

import itertools
from functools import partial

import pytest
from storage_rows import NEVER, OFFICE, VILLAGE, batch, row, time, write

from adminduk.errors import InvalidInput
from adminduk.ports import Storage
from adminduk.storage.connection import Database
from adminduk.storage.finding import plan
from adminduk.storage.question import Question


def ids(found: tuple[object, str | None]) -> list[str]:
    """Give the ids on a page."""
    return [one.id for one in found[0]]


def all_pages(storage: Storage, limit: int, **filters: str) -> list[str]:
    """Give the ids on all pages, each of which is full but the last."""
    found, after = [], None
    while True:
        rows, after = storage.find(OFFICE, after=after, limit=limit, **filters)
        found += [one.id for one in rows]
        if after is None:
            assert 0 < len(rows) <= limit or not found
            return found
        assert len(rows) == limit


FILTERS = {
    "kind": "copy",
    "state": "printed",
    "queue": "courier@35",
    "region": "35.23.08",
    "group": "bag-1",
    "key": "k1",
    "due_until": time(2),
}
MATCHING = {
    "kind": "copy",
    "state": "printed",
    "queue": "courier@35.23",
    "region": "35.23.08.2001",
    "group": "bag-1",
    "keys": ("k1", "k2"),
    "due": time(2),
}
OTHER = {
    "kind": "bag",
    "state": "sealed",
    "queue": "courier@36",
    "region": "35.23.09",
    "group": "bag-2",
    "keys": ("k2",),
    "due": time(3),
}


@pytest.mark.parametrize("size", range(8))
def test_filters_narrow_together(storage: Storage, size: int):
    """With any set of filters, exactly the rows that pass each of them are found."""
    columns = list(MATCHING)
    rows = [
        row(
            str(number),
            **{
                column: (OTHER if number >> place & 1 else MATCHING)[column]
                for place, column in enumerate(columns)
            },
        )
        for number in range(2 ** len(columns))
    ]
    storage.commit(OFFICE, batch(*(write(one.id, **_columns(one)) for one in rows)))
    for chosen in itertools.combinations(range(7), size):
        filters = {list(FILTERS)[place]: list(FILTERS.values())[place] for place in chosen}
        expected = [one for one in rows if not any(int(one.id) >> place & 1 for place in chosen)]
        expected.sort(key=lambda one: (one.due, one.kind, one.id))
        found, after = storage.find(OFFICE, limit=200, **filters)
        assert (found, after) == (expected, None)


def _columns(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in MATCHING}


def test_rows_come_by_due_then_kind_then_id(storage: Storage):
    """The most urgent come first; what is due at the same time has a stable order."""
    storage.commit(
        OFFICE,
        batch(
            write("2", kind="copy", due=time(1)),
            write("1", kind="copy", due=time(1)),
            write("9", kind="bag", due=time(1)),
            write("0", kind="copy", due=time(2), state="printed"),
            write("5", kind="application", due=time(0)),
        ),
    )
    assert ids(storage.find(OFFICE)) == ["5", "9", "1", "2", "0"]
    assert all_pages(storage, 1) == ["5", "9", "1", "2", "0"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("village_operator@35.23.08.2001", ["village"]),
        ("village_operator@35.23.08", ["district", "village", "village2"]),
        (
            "village_operator@35.23",
            ["dash", "district", "longer", "slash", "village", "village2"],
        ),
        ("village_operator@35.23.0", []),
        ("village_operator@35.23.08.200", []),
        ("village_operator", []),
        ("village_operator@35.23.080", ["longer"]),
        ("odd", ["odd", "odd."]),
        ("odd.", ["odd."]),
    ],
)
def test_a_queue_is_found_by_its_start_up_to_a_dot(
    storage: Storage, start: str, expected: list[str]
):
    """`35.23.08` finds what is of that district or below, not what only looks alike."""
    queues = {
        "village": VILLAGE,
        "village2": "village_operator@35.23.08.2002",
        "district": "village_operator@35.23.08",
        "longer": "village_operator@35.23.080",
        "slash": "village_operator@35.23.08/2001",
        "dash": "village_operator@35.23.08-2001",
        "odd": "odd",
        "odd.": "odd.",
        "none": "",
    }
    storage.commit(OFFICE, batch(*(write(name, queue=queue) for name, queue in queues.items())))
    assert ids(storage.find(OFFICE, queue=start)) == expected
    regions = [write(f"r {name}", region=queue) for name, queue in queues.items()]
    storage.commit(OFFICE, batch(*regions))
    found = [one for one in ids(storage.find(OFFICE, region=start)) if one.startswith("r ")]
    assert found == [f"r {name}" for name in expected]


def test_an_empty_filter_finds_what_is_empty(storage: Storage):
    """Nobody's queue and no group are values like any other."""
    storage.commit(
        OFFICE,
        batch(
            write("A", queue="", group="g"), write("B", queue="q"), write("C", queue=".x", group="")
        ),
    )
    assert ids(storage.find(OFFICE, queue="")) == ["A", "C"]
    assert ids(storage.find(OFFICE, group="")) == ["B", "C"]
    assert ids(storage.find(OFFICE, state="")) == []
    assert ids(storage.find(OFFICE, key="")) == []


def test_a_changed_record_is_found_where_it_is_now(storage: Storage):
    """Every column is that of the newest version, search keys too."""
    old = {"queue": "q", "group": "g", "region": "1", "state": "s", "due": time(1)}
    new = {"queue": "r", "group": "h", "region": "2", "state": "t", "due": time(2)}
    storage.commit(OFFICE, batch(write("A", keys=("a", "b"), **old)))
    storage.commit(OFFICE, batch(write("A", 2, keys=("b", "c"), **new)))
    for name in ("queue", "group", "region", "state"):
        assert ids(storage.find(OFFICE, **{name: old[name]})) == []
        assert ids(storage.find(OFFICE, **{name: new[name]})) == ["A"]
    assert [ids(storage.find(OFFICE, key=key)) for key in "abc"] == [[], ["A"], ["A"]]
    assert ids(storage.find(OFFICE, due_until=time(1))) == []
    storage.commit(OFFICE, batch(write("A", 3, **new)))
    assert [ids(storage.find(OFFICE, key=key)) for key in "abc"] == [[], [], []]


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
        {"due_until": time(2)},
        {"region": "35.1", "kind": "copy", "due_until": NEVER},
    ],
    ids=str,
)
def test_pages_together_are_the_whole(storage: Storage, filters: dict[str, str]):
    """Whatever the size of the page, each row comes once and in order."""
    rows = [
        write(
            f"{number:02}",
            kind=("application", "bag", "copy")[number % 3],
            state=f"s{number % 4}",
            queue=f"q.{number % 2}.{number % 7}",
            region=f"35.{number % 2}.{number}",
            group="g" if number % 5 else "",
            keys=("k",) if number % 3 else (),
            due=time(number % 4) if number % 3 else NEVER,
        )
        for number in range(90)
    ]
    storage.commit(OFFICE, batch(*rows))
    whole = ids(storage.find(OFFICE, limit=1000, **filters))
    assert len(whole) >= 5
    for limit in (1, 4, len(whole) - 1, len(whole)):
        assert all_pages(storage, limit, **filters) == whole


def test_pages_are_stable_while_others_write(storage: Storage):
    """Rows made meanwhile come if they are after the page; none comes twice, none is skipped."""
    storage.commit(OFFICE, batch(*(write(one, due=time(3)) for one in "bdfh")))
    first, after = storage.find(OFFICE, limit=2)
    assert [one.id for one in first] == ["b", "d"]
    storage.commit(OFFICE, batch(write("a", due=time(3)), write("e", due=time(3))))
    storage.commit(OFFICE, batch(write("d", 2, due=time(0))))
    assert ids(storage.find(OFFICE, after=after)) == ["e", "f", "h"]


@pytest.mark.parametrize("text", ["", "x", "ÿ", "WzEsMiwzXQ==", "WyJhIiwiYiJd", "bnVsbA==", "e30="])
def test_a_position_that_was_never_given_is_refused(storage: Storage, text: str):
    """It is bad input, said with its path."""
    with pytest.raises(InvalidInput) as caught:
        storage.find(OFFICE, after=text)
    assert caught.value.faults[0].path == "after"


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
