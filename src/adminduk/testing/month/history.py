"""The journal of the month, read from its first entry: what each command changed.

Nothing here asks the part of the library that decides, nor what is stored beside the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from attrs import define, field, frozen

from adminduk.journal import Change, read_change
from adminduk.office import Office
from adminduk.ports import Ref

__all__ = ["History", "Step", "post_of", "story"]

_LEFT_OUT: Final = frozenset({"evidence", "personal", "subjects", "keys"})
"""What nobody asks here, and is large."""

Fields = dict[str, Any]


@frozen
class Step:
    """What a command changed of one record."""

    change: Change
    before: Fields
    after: Fields

    @property
    def ref(self) -> Ref:
        """Which record."""
        return self.change.kind, self.change.id

    @property
    def is_paper(self) -> bool:
        """Whether it is a copy or an original."""
        return self.change.kind in {"copy", "original"}

    def __str__(self) -> str:
        one = self.change
        return f"{one.do} of {one.kind} {one.id} at {one.recorded:%Y-%m-%d %H:%M} by {one.post}"


@define
class History:
    """Every record as it is after what was read so far.

    Attributes:
        office: Whose journal it is.
        now: The fields of every record.
    """

    office: Office
    now: dict[Ref, Fields] = field(factory=dict)

    def commands(self) -> Iterator[list[Step]]:
        """Give what each command changed, one after the other."""
        for _, changes in groupby(self._changes(), key=lambda one: one.command):
            yield [self._step(one) for one in changes]

    def _changes(self) -> Iterator[Change]:
        after = 0
        while page := self.office.journal(after=after):
            yield from page
            after = page[-1].seq

    def _step(self, change: Change) -> Step:
        ref = (change.kind, change.id)
        before = self.now.get(ref, {})
        after = {
            **before,
            **{name: one for name, one in change.set.items() if name not in _LEFT_OUT},
        }
        self.now[ref] = {name: one for name, one in after.items() if one is not None}
        return Step(change, before, self.now[ref])


def post_of(fields: Fields) -> str:
    """Give the post that answers for a paper or a bag, as text; empty: none does."""
    custodian = fields.get("custodian")
    return f"{custodian['role']}@{custodian['region']}" if custodian else ""


def story(office: Office, item: str) -> str:
    """Tell what happened to a paper or a bag, step by step."""
    kind = "bag" if "/" not in item else "copy" if item.rpartition("/")[2].isdigit() else "original"
    entries = office.storage.journal(office.region.full(), of=(kind, item), limit=1000)
    changes = (read_change(one.seq, one.body) for one in entries)
    return "\n".join(
        f"    {one.recorded:%Y-%m-%d %H:%M} {one.do} by {one.post}: "
        + ", ".join(f"{name} {_short(one.set[name])}" for name in _TOLD if name in one.set)
        for one in changes
    )


_TOLD: Final = ("state", "custodian", "bag", "heading", "why", "count", "blank", "minutes")


def _short(value: object) -> str:
    return f"{value['role']}@{value['region']}" if isinstance(value, dict) else str(value)
