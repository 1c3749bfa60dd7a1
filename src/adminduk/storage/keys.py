"""Wrapped keys in SQLite, so that nothing of one is left where it was.

A row is only ever added at the end, and overwritten where it is by as many bytes. One that grew,
shrank or went would have others moved to another page, and what these were might be left behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import apsw

from adminduk.ports import WrappedKey
from adminduk.storage.connection import query, query_each

__all__ = ["add_keys", "destroy_key", "key_page", "keys_of", "replace_key"]

_OF: Final = "from data_keys where office = ? and retired = 0"
_ONE: Final = f"select place, owner, wrapped {_OF} and owner = ?"
_PAGE: Final = f"select place, owner, wrapped {_OF} and owner > ? order by owner limit ?"
_ADD: Final = "insert into data_keys (office, owner, wrapped, retired) values (?, ?, ?, 0)"
_WRITE_OVER: Final = "update data_keys set wrapped = ? where place = ?"
_RETIRE: Final = "update data_keys set retired = 1 where place = ?"


def keys_of(cursor: apsw.Cursor, office: str, owners: Iterable[str]) -> dict[str, bytes]:
    """Give the keys of those of the owners that have, or had, one."""
    rows = query_each(cursor, _ONE, [(office, one) for one in owners])
    return {one.owner: one.wrapped for one in map(_key, rows)}


def key_page(cursor: apsw.Cursor, office: str, after: str, limit: int) -> list[WrappedKey]:
    """Give keys, ordered by owner, after an owner."""
    return [_key(row) for row in query(cursor, _PAGE, (office, after, limit))]


def add_keys(cursor: apsw.Cursor, office: str, keys: Iterable[WrappedKey]) -> None:
    """Add keys of owners that have none."""
    cursor.executemany(_ADD, [(office, one.owner, one.wrapped) for one in keys])


def replace_key(cursor: apsw.Cursor, office: str, old: WrappedKey, new: bytes) -> bool:
    """Replace a key, if it is still as it was read."""
    rows = query(cursor, _ONE, (office, old.owner))
    if not old.wrapped or [_key(row) for row in rows] != [old]:
        return False
    place = rows[0][0]
    if len(new) == len(old.wrapped):
        cursor.execute(_WRITE_OVER, (new, place))
    else:
        cursor.execute(_WRITE_OVER, (bytes(len(old.wrapped)), place))
        cursor.execute(_RETIRE, (place,))
        add_keys(cursor, office, [WrappedKey(old.owner, new)])
    return True


def destroy_key(cursor: apsw.Cursor, office: str, owner: str) -> bool:
    """Overwrite the key of an owner; give whether there was one."""
    rows = query(cursor, _ONE, (office, owner))
    if not rows:
        add_keys(cursor, office, [WrappedKey(owner, b"")])
        return False
    place, _, wrapped = rows[0]
    cursor.execute(_WRITE_OVER, (bytes(len(wrapped)), place))
    return any(wrapped)


def _key(row: Any) -> WrappedKey:
    """Give a key; of one that was overwritten nothing."""
    _, owner, wrapped = row
    return WrappedKey(owner, wrapped if any(wrapped) else b"")
