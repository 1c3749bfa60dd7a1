"""The journal: what each decision changed, chained record by record over the stored bytes.

An entry says who, in which post, when, by which command, and the fields that changed with
their new values, so that folding the entries of a record from the first gives its stored
fields exactly.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import orjson
from attrs import field, frozen

from adminduk.codec import to_json

__all__ = [
    "GENESIS",
    "Change",
    "Occasion",
    "chain",
    "changed_fields",
    "fold",
    "read_change",
    "write_change",
]

GENESIS: Final = bytes(32)
"""What the chain of a record begins with."""


@frozen(kw_only=True)
class Change:
    """One entry, as it is read.

    Attributes:
        seq: Its place in the office's gapless sequence.
        kind: Kind of the record.
        id: Id of the record.
        version: The version that the record has after it.
        command: Id of the command.
        do: Name of the command.
        by: Id of the actor.
        post: The post in which they acted.
        through: Id of the delegation by which they did; empty: it is a post of their own.
        approved_by: Id of who approved it; empty where nobody had to.
        approved_through: Id of the delegation by which they did; empty as above.
        at: When it happened.
        recorded: When it was recorded.
        set: The fields that changed, None for one that has its default again; the personal
            part is in its envelope.
    """

    seq: int
    kind: str
    id: str
    version: int
    command: str
    do: str
    by: str
    post: str
    approved_by: str
    at: datetime
    recorded: datetime
    set: dict[str, Any] = field(repr=False)
    through: str = ""
    approved_through: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data; in `set` the envelope is as it is stored."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "id": self.id,
            "version": self.version,
            "command": self.command,
            "do": self.do,
            "by": self.by,
            "post": self.post,
            "through": self.through,
            "approved_by": self.approved_by,
            "approved_through": self.approved_through,
            "at": self.at.isoformat(),
            "recorded": self.recorded.isoformat(),
            "set": self.set,
        }


def changed_fields(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that are new or have another value; None: it has its default again."""
    if before is None:
        return after
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    return changed | {name: None for name in before if name not in after}


@frozen(kw_only=True)
class Occasion:
    """What all entries of one decision share, as each is written; see `Change`."""

    command: str
    do: str
    by: str
    post: str
    approved_by: str
    at: str
    recorded: str
    through: str = ""
    approved_through: str = ""


def write_change(
    occasion: Occasion, ref: tuple[str, str], version: int, changes: dict[str, Any]
) -> bytes:
    """Write the body of an entry; its place in the sequence is not part of it."""
    kind, key = ref
    lent = {"through": occasion.through, "approved_through": occasion.approved_through}
    return to_json(
        {
            "command": occasion.command,
            "do": occasion.do,
            "by": occasion.by,
            "post": occasion.post,
            "approved_by": occasion.approved_by,
            "at": occasion.at,
            "recorded": occasion.recorded,
            "kind": kind,
            "id": key,
            "version": version,
            "set": changes,
            **{name: delegation for name, delegation in lent.items() if delegation},
        }
    )


def read_change(seq: int, body: bytes) -> Change:
    """Read an entry that `write_change` wrote."""
    data = orjson.loads(body)
    at, recorded = (datetime.fromisoformat(data.pop(name)) for name in ("at", "recorded"))
    return Change(seq=seq, at=at, recorded=recorded, **data)


def chain(before: bytes, body: bytes) -> bytes:
    """Give the hash of an entry: over its stored bytes and the hash before it."""
    return sha256(before + body).digest()


def fold(fields: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Give the fields after what an entry changed."""
    after = {**fields, **changes}
    return {name: value for name, value in after.items() if value is not None}
