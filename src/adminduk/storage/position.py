"""Where a page ended: due, kind and id of its last row, as one opaque text."""

from __future__ import annotations

import base64
import binascii

import orjson

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Row

__all__ = ["Position", "position_after", "read_position"]

Position = tuple[str, str, str]


def position_after(row: Row) -> str:
    """Give the position after a row."""
    return base64.urlsafe_b64encode(orjson.dumps([row.due, row.kind, row.id])).decode()


def read_position(text: str) -> Position:
    """Read a position.

    Raises:
        InvalidInput: It is none that was given.
    """
    try:
        due, kind, id_ = orjson.loads(base64.urlsafe_b64decode(text.encode()))
        if all(isinstance(one, str) for one in (due, kind, id_)):
            return due, kind, id_
    except (binascii.Error, UnicodeEncodeError, ValueError, TypeError):
        pass
    raise InvalidInput.at(
        "after", "position", N_("No page ended there."), N_("what the page before gave as next")
    )
