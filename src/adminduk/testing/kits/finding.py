"""Searches: what each filter means, the order of rows, pages that stay while others write."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

import pytest

from adminduk.errors import InvalidInput
from adminduk.ports import Row, Storage
from adminduk.testing.kits.base import Kit
from adminduk.testing.rows import NEVER, OFFICE, VILLAGE, batch, claim, message, row, time, write

__all__ = ["FILTERS", "FindChecks", "all_pages", "ids"]

FILTERS: Final = {
    "kind": "copy",
    "state": "printed",
    "queue": "courier@35",
    "region": "35.23.08",
    "group": "bag-1",
    "key": "k1",
    "due_until": time(2),
}
"""A value for every filter of a search."""

_MATCHING: Final[dict[str, Any]] = {
    "kind": "copy",
    "state": "printed",
    "queue": "courier@35.23",
    "region": "35.23.08.2001",
    "group": "bag-1",
    "keys": ("k1", "k2"),
    "due": time(2),
}
_OTHER: Final[dict[str, Any]] = {
    "kind": "bag",
    "state": "sealed",
    "queue": "courier@36",
    "region": "35.23.09",
    "group": "bag-2",
    "keys": ("k2",),
    "due": time(3),
}
_BELOW: Final = {
    "village_operator@35.23.08.2001": ["village"],
    "village_operator@35.23.08": ["district", "village", "village2"],
    "village_operator@35.23": ["dash", "district", "longer", "slash", "village", "village2"],
    "village_operator@35.2": [],
    "village_operator@35.23.0": [],
    "village_operator@35.23.08.200": [],
    "village_operator": [],
    "village_operator@35.23.080": ["longer"],
    "odd": ["odd", "odd."],
    "odd.": ["odd."],
}
"""Starts of dotted names, and what is found by them."""


def ids(found: tuple[Sequence[Row], str | None]) -> list[str]:
    """Give the ids on a page."""
    return [one.id for one in found[0]]


def all_pages(storage: Storage, limit: int, **filters: str) -> list[str]:
    """Give the ids on all pages, each of which is full but the last."""
    found: list[str] = []
    after = None
    while True:
        rows, after = storage.find(OFFICE, after=after, limit=limit, **filters)
        found += [one.id for one in rows]
        assert len(found) == len(set(found)), "a row comes twice"
        if after is None:
            assert 0 < len(rows) <= limit or not found
            return found
        assert len(rows) == limit


class FindChecks(Kit):
    """A search gives the rows that pass each of its filters, in order, page by page."""

    def test_filters_narrow_together(self, storage: Storage) -> None:
        """With any set of filters, exactly the rows that pass each of them are found."""
        rows = [
            row(
                str(number),
                **{
                    column: (_OTHER if number >> place & 1 else _MATCHING)[column]
                    for place, column in enumerate(_MATCHING)
                },
            )
            for number in range(2 ** len(_MATCHING))
        ]
        storage.commit(OFFICE, batch(*(write(one.id, **_columns(one)) for one in rows)))
        rows.sort(key=lambda one: (one.due, one.kind, one.id))
        for size in range(len(FILTERS) + 1):
            for chosen in itertools.combinations(enumerate(FILTERS), size):
                filters = {name: FILTERS[name] for _, name in chosen}
                expected = [
                    one for one in rows if not any(int(one.id) >> place & 1 for place, _ in chosen)
                ]
                assert storage.find(OFFICE, limit=200, **filters) == (expected, None), filters

    def test_rows_come_by_due_then_kind_then_id(self, storage: Storage) -> None:
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

    def test_texts_are_ordered_by_code_point(self, storage: Storage) -> None:
        """Not by the rules of a language: `B` comes before `a`, `z` before `é`."""
        names = ["é", "a", "B", "-", "Z", "z", "10", "9", "~", ".", "_"]
        storage.commit(
            OFFICE,
            batch(
                *(write(one) for one in names),
                take=tuple(claim(one) for one in names),
                messages=tuple(message(one) for one in names),
            ),
        )
        assert ids(storage.find(OFFICE)) == sorted(names)
        assert all_pages(storage, 2) == sorted(names)
        assert [one.key for one in storage.claims(OFFICE)] == sorted(names)
        waiting = storage.messages(OFFICE, parked=False)
        assert [one.key for one in waiting] == sorted(names)

    def test_a_queue_or_region_is_found_by_its_start_up_to_a_dot(self, storage: Storage) -> None:
        """`35.23.08` finds what is of that district or below, not what only looks alike."""
        names = {
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
        storage.commit(OFFICE, batch(*(write(name, queue=of) for name, of in names.items())))
        regions = [write(name, kind="copy", region=of) for name, of in names.items()]
        storage.commit(OFFICE, batch(*regions))
        for start, expected in _BELOW.items():
            assert ids(storage.find(OFFICE, queue=start)) == expected, start
            assert ids(storage.find(OFFICE, kind="copy", region=start)) == expected, start

    def test_an_empty_filter_finds_what_is_empty(self, storage: Storage) -> None:
        """Nobody's queue and no group are values like any other."""
        storage.commit(
            OFFICE,
            batch(
                write("A", queue="", group="g"),
                write("B", queue="q"),
                write("C", queue=".x", group=""),
            ),
        )
        assert ids(storage.find(OFFICE, queue="")) == ["A", "C"]
        assert ids(storage.find(OFFICE, group="")) == ["B", "C"]
        assert ids(storage.find(OFFICE, state="")) == []
        assert ids(storage.find(OFFICE, key="")) == []

    def test_a_changed_record_is_found_where_it_is_now(self, storage: Storage) -> None:
        """Every column is that of the newest version, search keys too."""
        old: dict[str, Any] = {"queue": "q", "group": "g", "region": "1", "state": "s"}
        new: dict[str, Any] = {"queue": "r", "group": "h", "region": "2", "state": "t"}
        storage.commit(OFFICE, batch(write("A", keys=("a", "b"), due=time(1), **old)))
        storage.commit(OFFICE, batch(write("A", 2, keys=("b", "c"), due=time(2), **new)))
        for name, value in old.items():
            assert ids(_find(storage, {name: value})) == [], name
            assert ids(_find(storage, {name: new[name]})) == ["A"], name
        assert [ids(storage.find(OFFICE, key=key)) for key in "abc"] == [[], ["A"], ["A"]]
        assert ids(storage.find(OFFICE, due_until=time(1))) == []
        storage.commit(OFFICE, batch(write("A", 3, due=time(2), **new)))
        assert [ids(storage.find(OFFICE, key=key)) for key in "abc"] == [[], [], []]

    def test_pages_together_are_the_whole(self, storage: Storage) -> None:
        """Whatever the filters and the size of the page, each row comes once and in order."""
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
        every: tuple[dict[str, str], ...] = (
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
        )
        for filters in every:
            rows_, _ = _find(storage, filters, limit=1000)
            assert len(rows_) >= 5
            assert rows_ == sorted(rows_, key=lambda one: (one.due, one.kind, one.id))
            whole = [one.id for one in rows_]
            for limit in (1, 4, len(whole) - 1, len(whole)):
                assert all_pages(storage, limit, **filters) == whole, (limit, filters)

    def test_pages_are_stable_while_others_write(self, storage: Storage) -> None:
        """Rows made meanwhile come if they are after the page; none twice, none is skipped."""
        storage.commit(OFFICE, batch(*(write(one, due=time(3)) for one in "bdfh")))
        first, after = storage.find(OFFICE, limit=2)
        assert [one.id for one in first] == ["b", "d"]
        storage.commit(OFFICE, batch(write("a", due=time(3)), write("e", due=time(3))))
        storage.commit(OFFICE, batch(write("d", 2, due=time(0))))
        assert ids(storage.find(OFFICE, after=after)) == ["e", "f", "h"]

    def test_a_position_that_was_never_given_is_refused(self, storage: Storage) -> None:
        """It is bad input, said with its path."""
        for text in ("", "x", "ÿ", "WzEsMiwzXQ==", "WyJhIiwiYiJd", "bnVsbA==", "e30="):
            with pytest.raises(InvalidInput) as caught:
                storage.find(OFFICE, after=text)
            assert caught.value.faults[0].path == "after"


def _find(
    storage: Storage, filters: dict[str, str], limit: int = 100
) -> tuple[Sequence[Row], str | None]:
    return storage.find(OFFICE, limit=limit, **filters)


def _columns(one: Row) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _MATCHING}
