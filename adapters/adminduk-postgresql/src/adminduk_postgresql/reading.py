"""How rows that are named are read: by an index, once for each name."""

from __future__ import annotations

__all__ = ["each"]


def each(wanted: str, rows: str) -> str:
    """Give the SQL that reads rows `r` for each row `w` that is wanted.

    A plan is made before it is known which office is meant, with the rows that an office has on
    average; so it may seem cheaper to read all of an office, and to look for the names in that. By
    `offset` the planner cannot turn it round.

    Args:
        wanted: The arrays of what is wanted, and its columns.
        rows: From where, and by what, the rows `r` are read.
    """
    return f"from unnest{wanted} cross join lateral (select r.* from {rows} offset 0) r"  # noqa: S608 - names of ours only
