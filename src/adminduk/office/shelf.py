"""The records of an office, read from its storage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from attrs import frozen

from adminduk.decide import Look
from adminduk.envelope import Keyring, restore
from adminduk.ports import Ref, Row, Storage, can_be_written
from adminduk.records import Blanks, Copy, Original, Record

__all__ = ["Loaded", "Shelf"]


@frozen
class Loaded:
    """A record as it was read: itself, its stored fields, its version, the head of its chain."""

    record: Record
    fields: dict[str, Any]
    version: int
    head: bytes


@frozen
class Shelf:
    """Reads the records of one office."""

    storage: Storage
    office: str
    keyring: Keyring

    def read(self, row: Row) -> Loaded:
        """Make a record of its row."""
        body = orjson.loads(row.body)
        record = restore(row.kind, body["fields"], row.version, self.keyring)
        return Loaded(record, body["fields"], row.version, bytes.fromhex(body["head"]))

    def look(self, look: Look) -> dict[Ref, Loaded]:
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
        return {ref: self.read(row) for ref, row in rows.items()}

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
        return (self.read(row).record for row in self.rows(**wanted))
