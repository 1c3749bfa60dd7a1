"""What was moved, in numbers."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

__all__ = ["Contents", "Counts"]


@frozen
class Counts:
    """How many things an office holds.

    Attributes:
        entries: Journal entries.
        keys: Wrapped keys, also what is left of those that were destroyed.
        claims: Claims that are held.
        commands: Commands that took effect.
        messages: Messages that were not delivered, also those that are parked.
        records: Records.
    """

    entries: int = 0
    keys: int = 0
    claims: int = 0
    commands: int = 0
    messages: int = 0
    records: int = 0

    def as_dict(self) -> dict[str, int]:
        """Give it as it is answered to programs."""
        return {
            "records": self.records,
            "entries": self.entries,
            "keys": self.keys,
            "claims": self.claims,
            "commands": self.commands,
            "messages": self.messages,
        }


@frozen
class Contents:
    """What a file holds.

    Attributes:
        digest: The SHA-256 of its lines before the last: the same wherever the file went.
        offices: What it holds of each office.
    """

    digest: str
    offices: Mapping[str, Counts]
