"""What follows of who answers for a thing and where it goes: since when, and since when missed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adminduk.records import GONE, Bag, Copy, Original, Record

__all__ = ["what_follows"]


def what_follows(
    record: Record, target: str, changes: dict[str, Any], at: datetime
) -> dict[str, Any]:
    """Give what changes besides when a paper or a bag goes on to a state.

    Args:
        record: As it was.
        target: The state that it goes on to.
        changes: What else changes.
        at: When.
    """
    follows: dict[str, Any] = {}
    if not isinstance(record, Copy | Original | Bag):
        return follows
    holder = changes.get("custodian", record.custodian)
    if holder != record.custodian:
        follows["since"] = None if holder is None else at
    if isinstance(record, Bag) or target == record.state:
        return follows
    if target == "missing":
        follows["missed"] = at
    elif target == "lost":
        follows["answered"] = record.custodian
    elif record.state in GONE:
        follows |= {"missed": None, "answered": None}
    return follows
