"""How rows that are named are read: by an index, once for each name."""

from __future__ import annotations

__all__ = ["each"]


def each(wanted: str, rows: str, order: str) -> str:
    """Give the SQL that reads rows `r` for each row `w` that is wanted.

    A plan is made before it is known which office is meant, with the rows that an office has on
    average, or with nothing known of the tables yet; so it may seem cheaper to read all of an
    office, and to look for the names in that. What has an order of its own cannot be turned round
    into a join, and only one index has it.

    Args:
        wanted: The arrays of what is wanted, and its columns.
        rows: From where, and by what, the rows `r` are read: a stretch of an index, so that its
            first column in `order` is not fixed.
        order: The order in which that index has them.
    """
    return f"from unnest{wanted} cross join lateral (select r.* from {rows} order by {order}) r"  # noqa: S608 - names of ours only
