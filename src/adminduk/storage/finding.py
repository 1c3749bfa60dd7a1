"""How a search reads SQLite: always along an index, in the order of the page.

A search that fixes the first columns of an index (one queue, one group, one state of a kind) reads
that stretch of it from where the page before ended. Any other search is several such stretches: one
for each queue below a post, each region below a region, each state of a kind; they are merged as
they are read. So a page costs its rows and a look into each stretch, however many rows there are;
what the chosen index does not narrow is picked while reading.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import apsw
from attrs import frozen

from adminduk.storage.connection import query
from adminduk.storage.position import Position
from adminduk.storage.question import Question

__all__ = ["ROW", "Stretch", "plan", "rows_of"]

ROW: Final = "r.kind, r.id, r.version, r.state, r.region, r.queue, r.due, r.grp, r.keys, r.body"

_WIDE: Final = 64
"""A region with more regions below it than this is most of the office: better read by state."""


@frozen
class _Index:
    """An index as it is read: where from, what fixes its first columns, whose columns order it."""

    source: str
    fixed: str
    alias: str = "r"


_BY_KEY: Final = _Index(
    "record_keys k cross join records r on r.office = k.office and r.kind = k.kind and r.id = k.id",
    "k.key = ?",
    "k",
)
_BY_GROUP: Final = _Index("records r indexed by records_by_group", "r.grp = ? and r.grp <> ''")
_BY_QUEUE: Final = _Index("records r indexed by records_by_queue", "r.queue = ? and r.queue <> ''")
_BY_REGION: Final = _Index("records r indexed by records_by_region", "r.region = ?")
_BY_STATE: Final = _Index("records r indexed by records_by_state", "r.kind = ? and r.state = ?")

# What values there are, by one look into an index for each. A look compares one column: of a row
# value SQLite would seek the first and read all the rest.
_QUEUES: Final = (
    "select queue from records indexed by records_by_queue"
    " where office = ? and queue <> '' and queue {looks} ? and queue < ? order by queue limit 1"
)
_REGIONS: Final = (
    "select region from records indexed by records_by_region"
    " where office = ? and region {looks} ? and region < ? order by region limit 1"
)
_KINDS: Final = (
    "select kind from records indexed by records_by_state"
    " where office = ? and kind {looks} ? order by kind limit 1"
)
_STATES: Final = (
    "select state from records indexed by records_by_state"
    " where office = ? and kind = ? and state {looks} ? order by state limit 1"
)


@frozen
class Stretch:
    """A part of an index that is in the order of the page: the SQL that reads it, its values."""

    sql: str
    values: tuple[str | int, ...]


def rows_of(cursor: apsw.Cursor, office: str, question: Question) -> list[Any]:
    """Give the rows of a page and, if there is one, the row after it."""
    cursors: list[apsw.Cursor] = []
    try:
        for stretch in plan(cursor, office, question):
            cursors.append(cursor.connection.cursor())
            cursors[-1].execute(stretch.sql, stretch.values)
        merged: Iterable[Any] = heapq.merge(*cursors, key=_position)
        return list(islice(merged, question.limit + 1))
    finally:
        for one in cursors:
            one.close(force=True)


def _position(row: Any) -> Position:
    return row[6], row[0], row[1]


def plan(cursor: apsw.Cursor, office: str, question: Question) -> list[Stretch]:
    """Choose the index that narrows a search most, and the stretches of it to read."""
    if question.key is not None:
        return [_stretch(question, _BY_KEY, office, question.key)]
    if question.group:
        return [_stretch(question, _BY_GROUP, office, question.group)]
    if question.queue:
        queues = _below(cursor, _QUEUES, office, question.queue)
        return [_stretch(question, _BY_QUEUE, office, queue) for queue in queues]
    if question.region is not None:
        regions = list(islice(_below(cursor, _REGIONS, office, question.region), _WIDE + 1))
        if len(regions) <= _WIDE:
            return [_stretch(question, _BY_REGION, office, region) for region in regions]
    states = _states(cursor, office, question)
    return [_stretch(question, _BY_STATE, office, kind, state) for kind, state in states]


def _stretch(question: Question, index: _Index, office: str, *fixed: str) -> Stretch:
    at = index.alias
    where: list[str] = [f"{at}.office = ? and {index.fixed}"]
    values: list[str | int] = [office, *fixed]

    def narrow(condition: str, *more: str) -> None:
        where.append(condition)
        values.extend(more)

    if question.after is not None:
        if index is _BY_STATE:
            narrow(*_after_in_kind(question.after, fixed[0]))
        else:
            narrow(f"({at}.due, {at}.kind, {at}.id) > (?, ?, ?)", *question.after)
    if question.due_until is not None:
        narrow(f"{at}.due <= ?", question.due_until)
    if question.kind is not None:
        narrow("+r.kind = ?", question.kind)  # the plus: it is picked, never planned with
    for column, wanted in (("state", question.state), ("grp", question.group)):
        if wanted is not None:
            narrow(f"r.{column} = ?", wanted)
    for column, start in (("queue", question.queue), ("region", question.region)):
        if start is not None:
            condition = f"(r.{column} = ? or r.{column} >= ? and r.{column} < ?)"
            narrow(condition, start, *_bounds(start))
    sql = (
        f"select {ROW} from {index.source} where {' and '.join(where)}"  # noqa: S608 - names of ours only
        f" order by {at}.due, {at}.kind, {at}.id limit ?"
    )
    return Stretch(sql, (*values, question.limit + 1))


def _after_in_kind(after: Position, kind: str) -> tuple[str, ...]:
    """Say where to go on in an index of one kind, which is ordered by due and id alone."""
    due, last_kind, last_id = after
    if kind == last_kind:
        return "(r.due, r.id) > (?, ?)", due, last_id
    return "r.due > ?" if kind < last_kind else "r.due >= ?", due


def _bounds(start: str) -> tuple[str, str]:
    """Give the least name below a dotted name, and the least after all those below it."""
    return start + ".", start + chr(ord(".") + 1)


def _below(cursor: apsw.Cursor, sql: str, office: str, start: str) -> Iterator[str]:
    """Give the start itself and every value below it."""
    first, end = _bounds(start)
    yield start
    yield from _values(cursor, sql, (office,), first, end)


def _states(cursor: apsw.Cursor, office: str, question: Question) -> Iterator[tuple[str, str]]:
    """Give the kinds and states in question."""
    kinds: Iterable[str] = [question.kind or ""]
    if question.kind is None:
        kinds = list(_values(cursor, _KINDS, (office,), ""))
    for kind in kinds:
        if question.state is not None:
            yield kind, question.state
        else:
            yield from ((kind, one) for one in _values(cursor, _STATES, (office, kind), ""))


def _values(
    cursor: apsw.Cursor, sql: str, fixed: tuple[str, ...], first: str, *end: str
) -> Iterator[str]:
    """Give every value that there is from the first one on."""
    looks = ">="
    while found := query(cursor, sql.format(looks=looks), (*fixed, first, *end)):
        first, looks = found[0][0], ">"
        yield first
