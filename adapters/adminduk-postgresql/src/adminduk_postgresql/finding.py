"""How a search reads PostgreSQL: in one statement, along indexes, in the order of the page.

A search that fixes the first columns of an index (one queue, one group, one state of a kind) reads
that stretch of it from where the page before ended. Any other search is several such stretches: one
for each queue below a post, each region below a region, each state of a kind. What values there are
is found by one look into the index for each. Every stretch gives as many rows as the page may need,
and the first of all these are the page: it costs its rows for each stretch, however many rows there
are. What the chosen index does not narrow is picked while reading.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import frozen

from adminduk.storage.question import Question

__all__ = ["ROW", "statement"]

ROW: Final = "r.kind, r.id, r.version, r.state, r.region, r.queue, r.due, r.grp, r.keys, r.body"

_WIDE: Final = 64
"""A region with more regions below it than this is most of the office: better read by state."""


@frozen
class _Index:
    """An index as it is read.

    Attributes:
        source: The tables.
        fixed: What fixes its first columns, by a row of `s`.
        after: Where a stretch begins on a later page.
        at: Whose columns order it.
    """

    source: str
    fixed: str
    after: str = "(r.due, r.kind, r.id) > (%(last_due)b, %(last_kind)b, %(last_id)b)"
    at: str = "r"


_BY_KEY: Final = _Index(
    "record_keys k join records r"
    " on r.office = %(office)b and r.kind = k.kind and r.id = k.id and k.office = %(office)b",
    "k.key = s.key",
    "(k.due, k.kind, k.id) > (%(last_due)b, %(last_kind)b, %(last_id)b)",
    "k",
)
_BY_GROUP: Final = _Index("records r", "r.grp = s.grp and r.grp <> ''")
_BY_QUEUE: Final = _Index("records r", "r.queue = s.queue and r.queue <> ''")
_BY_REGION: Final = _Index("records r", "r.region = s.region")
_BY_STATE: Final = _Index(
    "records r",
    "r.kind = s.kind and r.state = s.state",
    # It is ordered by due and id within a kind. The least text after one is that with `chr(1)`.
    """(r.due, r.id) >= (
        case when s.kind < %(last_kind)b then %(last_due)b || chr(1) else %(last_due)b end,
        case when s.kind = %(last_kind)b then %(last_id)b || chr(1) else '' end)""",
)

_BELOW: Final = """
    select %({column})b::text collate "C" as {column} union all (
    with recursive below ({column}, place) as (
        (select r.{column}, 1 from records r
        where r.office = %(office)b and r.{column} >= %({column}_from)b
            and r.{column} < %({column}_to)b{more}
        order by r.{column} limit 1)
        union all
        select n.{column}, b.place + 1 from below b cross join lateral (
            select r.{column} from records r
            where r.office = %(office)b and r.{column} > b.{column}
                and r.{column} < %({column}_to)b{more}
            order by r.{column} limit 1) n
        where b.place <= {most})
    select {column} from below)"""
"""The name itself, and every one below it that there is."""

_STATES: Final = """
    with recursive every (kind, state) as (
        (select r.kind, r.state from records r where r.office = %(office)b{of_kind}
        order by r.kind, r.state limit 1)
        union all
        select n.kind, n.state from every e cross join lateral (
            select r.kind, r.state from records r
            where r.office = %(office)b{of_kind} and (r.kind, r.state) > (e.kind, e.state)
            order by r.kind, r.state limit 1) n)
    select kind, state from every{in_state}"""


def statement(office: str, question: Question) -> tuple[str, dict[str, Any]]:
    """Give the statement that reads a page and, if there is one, the row after it."""
    values: dict[str, Any] = {"office": office, "limit": question.limit + 1}
    for name in ("kind", "state", "group", "key", "due_until", "queue", "region"):
        wanted = getattr(question, name)
        if wanted is not None:
            values[name] = wanted
        if wanted is not None and name in ("queue", "region"):
            # All that is below begins with a dot after it; `/` is the character after the dot.
            values |= {f"{name}_from": f"{wanted}.", f"{name}_to": f"{wanted}/"}
    if question.after is not None:
        last_due, last_kind, last_id = question.after
        values |= {"last_due": last_due, "last_kind": last_kind, "last_id": last_id}
    sql = f"{_rows(question)} order by due, kind, id limit %(limit)b"
    return sql, values


def _rows(question: Question) -> str:
    """Choose the index that narrows a search most; give the SQL that reads its stretches."""
    if question.key is not None:
        return _stretches(question, _BY_KEY, 'select %(key)b::text collate "C" as key')
    if question.group:
        return _stretches(question, _BY_GROUP, 'select %(group)b::text collate "C" as grp')
    if question.queue:
        queues = _BELOW.format(column="queue", more=" and r.queue <> ''", most=2**31 - 2)
        return _stretches(question, _BY_QUEUE, queues)
    states = _STATES.format(
        of_kind="" if question.kind is None else " and r.kind = %(kind)b",
        in_state="" if question.state is None else " where state = %(state)b",
    )
    if question.kind is not None and question.state is not None:
        states = 'select %(kind)b::text collate "C" as kind, %(state)b::text collate "C" as state'
    if question.region is None:
        return _stretches(question, _BY_STATE, states)
    regions = _BELOW.format(column="region", more="", most=_WIDE)
    wide = f"(select count(*) from regions) > {_WIDE}"  # noqa: S608 - names of ours only
    return (
        f"with regions as materialized ({regions})"  # noqa: S608 - as above
        f" ({_stretches(question, _BY_REGION, 'select region from regions', f'not {wide}')}"
        f" union all {_stretches(question, _BY_STATE, states, wide)})"
    )


def _stretches(question: Question, index: _Index, starts: str, only: str = "true") -> str:
    """Read the stretch of an index from each start, if `only` holds."""
    where = [f"{index.at}.office = %(office)b", index.fixed]
    if question.after is not None:
        where.append(index.after)
    if question.due_until is not None:
        where.append(f"{index.at}.due <= %(due_until)b")
    for column, wanted in (
        ("kind", question.kind),
        ("state", question.state),
        ("grp", question.group),
    ):
        if wanted is not None:
            where.append(f"{_picked(column)} = %({'group' if column == 'grp' else column})b")
    for column in ("queue", "region"):
        if getattr(question, column) is not None:
            picked, start = _picked(column), f"%({column}"
            where.append(
                f"({picked} = {start})b or {picked} >= {start}_from)b and {picked} < {start}_to)b)"
            )
    return (
        f"select r.* from ({starts}) s cross join lateral (select {ROW} from {index.source}"  # noqa: S608 - names of ours only
        f" where {' and '.join(where)} order by {index.at}.due, {index.at}.kind, {index.at}.id"
        f" limit %(limit)b) r where {only}"
    )


def _picked(column: str) -> str:
    """Name a column so that it is picked, never planned with: no index is of this expression."""
    return f"(r.{column} || '')"
