"""Short ways to write the rows that tests of storages put in and take out."""

from __future__ import annotations

from typing import Any

from adminduk.ports import Batch, Claim, Entry, Executed, Message, Row, WrappedKey, Write

OFFICE = "35.23"
NEVER = "9999-12-31T00:00:00.000000Z"
VILLAGE = "village_operator@35.23.08.2001"


def time(minute: int) -> str:
    """Give a time on an ordinary morning, as storages take it."""
    return f"2021-07-12T{8 + minute // 60:02}:{minute % 60:02}:00.000000Z"


def row(id: str = "A", version: int = 1, **columns: Any) -> Row:  # noqa: A002 - as in a row
    """Give a row in which only what matters is said."""
    usual: dict[str, Any] = {
        "kind": "application",
        "state": "submitted",
        "region": "35.23.08.2001",
        "queue": "registry_operator@35.23",
        "due": NEVER,
        "group": "",
        "keys": (),
        "body": b"{}",
    }
    return Row(id=id, version=version, **usual | columns)


def write(id: str = "A", version: int = 1, **columns: Any) -> Write:  # noqa: A002 - as in a row
    """Give a write of a row that was read one version earlier."""
    return Write(row(id, version, **columns), version - 1)


def entry(id: str = "A", version: int = 1, kind: str = "application") -> Entry:  # noqa: A002 - as in a row
    """Give a journal entry."""
    return Entry(kind, id, version, bytes([version % 256]) * 32, f"{id}/{version}".encode())


def claim(key: str = "nik", id: str = "A") -> Claim:  # noqa: A002 - as in a row
    """Give a claim of an application."""
    return Claim(key, "application", id)


def command(id: str = "c1") -> Executed:  # noqa: A002 - as in a row
    """Give a command that took effect."""
    return Executed(id, "siti", b"\x00digest", b'{"id":"c1"}')


def message(key: str = "c1/0", minute: int = 0) -> Message:
    """Give a message that is due at a minute."""
    return Message(key, time(minute), key.encode())


def key(owner: str = "A", wrapped: bytes | None = None) -> WrappedKey:
    """Give the key of an owner."""
    return WrappedKey(owner, f"key of {owner}".encode() if wrapped is None else wrapped)


def batch(*writes: Write, minute: int = 0, **parts: Any) -> Batch:
    """Give a batch that is recorded at a minute."""
    return Batch(time(minute), writes=writes, **parts)
