"""Where a page ended: due, kind and id of its last row, as one opaque text."""

from __future__ import annotations

import base64

import orjson

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Row

__all__ = ["Position", "page_of", "position_after", "position_of", "read_position"]

Position = tuple[str, str, str]
"""Due, kind and id: what rows are ordered by."""


def position_of(row: Row) -> Position:
    """Give what a row is ordered by."""
    return row.due, row.kind, row.id


def position_after(row: Row) -> str:
    """Give the position after a row, as text that is safe in a URL."""
    return base64.urlsafe_b64encode(orjson.dumps(position_of(row))).decode()


def read_position(text: str) -> Position:
    """Read a position.

    Raises:
        InvalidInput: It is none that was given.
    """
    try:
        due, kind, id_ = orjson.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError):  # not Base64, not JSON, or not three of anything
        due = kind = id_ = None
    if isinstance(due, str) and isinstance(kind, str) and isinstance(id_, str):
        return due, kind, id_
    raise InvalidInput.at(
        "after", "position", N_("No page ended there."), N_("what the page before gave as next")
    )


def page_of(rows: list[Row], limit: int) -> tuple[list[Row], str | None]:
    """Make a page of its rows and, where there is one, the row after it."""
    page = rows[:limit]
    return page, position_after(page[-1]) if len(rows) > limit else None
