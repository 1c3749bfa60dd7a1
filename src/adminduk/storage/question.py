"""What is asked of a storage: a search with its place to go on from, checked once for all."""

from __future__ import annotations

from typing import Final, Self

from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Batch, Row
from adminduk.storage.position import Position, read_position

__all__ = ["Question", "check_batch", "check_limit", "is_below"]


def is_below(name: str, start: str) -> bool:
    """Say whether a dotted name is `start` or below it: `35.23.08` is below `35.23`."""
    return name == start or name.startswith(start + ".")


_LARGEST: Final = 2**31 - 1


def check_limit(limit: int) -> int:
    """Give the limit back, or what is enough for every page.

    Raises:
        InvalidInput: It is less than 1.
    """
    if limit < 1:
        raise InvalidInput.at(
            "limit", "limit", N_("A page has at least one row."), N_("a number from 1")
        )
    return min(limit, _LARGEST)


def check_batch(batch: Batch) -> None:
    """Check that a batch names each record it writes, command, message and owner of a key once.

    Raises:
        InvalidInput: It names one twice, so that the order of writing would decide.
    """
    for path, names in (
        ("writes", [write.row.ref for write in batch.writes]),
        ("commands", [one.id for one in batch.commands]),
        ("messages", [one.key for one in batch.messages]),
        ("keys", [one.owner for one in batch.keys]),
    ):
        if len(set(names)) < len(names):
            raise InvalidInput.at(path, "named_twice", N_("One commit names the same twice."))


@frozen(kw_only=True)
class Question:
    """The arguments of a search; what each means is said by the storage port.

    Raises:
        InvalidInput: The limit is less than 1, or no page ended at `after`.
    """

    kind: str | None
    state: str | None
    queue: str | None
    region: str | None
    group: str | None
    key: str | None
    due_until: str | None
    after: Position | None
    limit: int

    @classmethod
    def asked(cls, *, after: str | None, limit: int, **filters: str | None) -> Self:
        """Make a question of the arguments of `find`."""
        start = None if after is None else read_position(after)
        return cls(after=start, limit=check_limit(limit), **filters)

    def matches(self, row: Row) -> bool:
        """Say whether a row is an answer, on this page or a later one."""
        return (
            self.kind in (None, row.kind)
            and self.state in (None, row.state)
            and self.group in (None, row.group)
            and (self.queue is None or is_below(row.queue, self.queue))
            and (self.region is None or is_below(row.region, self.region))
            and (self.key is None or self.key in row.keys)
            and (self.due_until is None or row.due <= self.due_until)
            and (self.after is None or (row.due, row.kind, row.id) > self.after)
        )
