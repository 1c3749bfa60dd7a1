"""What the office answers to a command that took effect."""

from __future__ import annotations

from typing import Any

import orjson
from attrs import field, frozen

from adminduk.codec import to_json

__all__ = ["Receipt", "Touched", "read_receipt", "write_receipt"]


@frozen
class Touched:
    """A record that the command changed, as it is now."""

    kind: str
    id: str
    version: int
    state: str


@frozen
class Receipt:
    """The answer to a command that took effect.

    Attributes:
        id: Id of the command.
        records: The records it changed; the one it was about comes first.
        repeated: The command had taken effect before; this is the first answer again.
        notes: What else there is to say, as what moving to newer rules changes.
    """

    id: str
    records: tuple[Touched, ...]
    repeated: bool = False
    notes: dict[str, list[str]] = field(factory=dict, hash=False)

    def as_dict(self) -> dict[str, Any]:
        """Give the receipt as it is answered to programs."""
        answer: dict[str, Any] = {
            "id": self.id,
            "ok": True,
            "repeated": self.repeated,
            "records": [
                {"kind": one.kind, "id": one.id, "version": one.version, "state": one.state}
                for one in self.records
            ],
        }
        return {**answer, "notes": self.notes} if self.notes else answer


def write_receipt(receipt: Receipt) -> bytes:
    """Write a receipt as it is stored."""
    return to_json(receipt.as_dict())


def read_receipt(stored: bytes) -> Receipt:
    """Read a stored receipt; who reads it sent the command again."""
    data = orjson.loads(stored)
    records = tuple(Touched(**one) for one in data["records"])
    return Receipt(data["id"], records, repeated=True, notes=data.get("notes", {}))
