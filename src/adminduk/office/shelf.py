"""The records of an office, read from its storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final
from uuid import UUID

import orjson
from attrs import field, frozen

from adminduk.decide import Look
from adminduk.envelope import Keyring, Keys, restore
from adminduk.errors import StorageFailure
from adminduk.ports import Ref, Row, Storage, can_be_written
from adminduk.records import Application, Blanks, Copy, Original, Record

__all__ = ["Loaded", "Shelf"]

_AT_ONCE: Final = 100
"""How many records have their keys looked up together, of which perhaps the first is enough."""


@frozen
class Loaded:
    """A record as it was read: itself, its stored fields, its version, the head of its chain."""

    record: Record
    fields: dict[str, Any] = field(repr=False)
    version: int
    head: bytes


@frozen
class Shelf:
    """Reads the records of one office."""

    storage: Storage
    office: str
    keyring: Keyring

    def own_id(self, *what: str) -> UUID:
        """Give the id of a command of the office's own, the same whoever gives it.

        Without the office's secret nobody works it out: another command of that id, sent before,
        would keep it from ever being carried out.
        """
        return UUID(self.keyring.blind(":".join(("command", *what))))

    def read(self, rows: Iterable[Row], keys: Keys | None = None) -> Iterator[Loaded]:
        """Make records of their rows.

        Args:
            rows: Which, some at once.
            keys: By which they are opened; keys taken anew where left out.

        Raises:
            StorageFailure: One is damaged; nothing of what stands in it is told.
        """
        keys = keys or self.keyring.keys()
        rows = list(rows)
        keys.look_up(row.id for row in rows if row.kind == Application.KIND)
        for row in rows:
            try:
                body = orjson.loads(row.body)
                record = restore(row.kind, body["fields"], row.version, keys)
                head = bytes.fromhex(body["head"])
            except StorageFailure:
                raise
            except Exception:  # noqa: BLE001 - what is damaged can be wrong in any way
                why = f"{row.kind} {row.id} is damaged; restore the last good copy"
                raise StorageFailure(url=self.office, why=why, reason="corrupt") from None
            yield Loaded(record, body["fields"], row.version, head)

    def look(self, look: Look, keys: Keys | None = None) -> dict[Ref, Loaded]:
        """Read at one moment what there is; of an id that no text can hold there is nothing."""
        rows = self.storage.load(
            self.office,
            [ref for ref in look.refs if can_be_written(ref[1])],
            groups=filter(can_be_written, look.groups),
            below=[
                *((kind, code) for code in look.cases for kind in (Copy.KIND, Original.KIND)),
                *((Blanks.KIND, product) for product in look.products),
            ],
        )
        return dict(zip(rows, self.read(rows.values(), keys), strict=True))

    def rows(self, **wanted: str) -> Iterator[Row]:
        """Give all rows that a search finds."""
        after: str | None = None
        while True:
            rows, after = self.storage.find(self.office, **wanted, after=after, limit=1000)
            yield from rows
            if after is None:
                return

    def records(self, **wanted: str) -> Iterator[Record]:
        """Give all records that a search finds."""
        rows = self.rows(**wanted)
        while some := list(islice(rows, _AT_ONCE)):
            yield from (one.record for one in self.read(some))
