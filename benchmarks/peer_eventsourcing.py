"""The six commands as an application of the `eventsourcing` library, and it on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteFactory

from benchmarks.peer import COMMANDS, PlainCase, check_state

__all__ = ["Cases", "CurrentRecorder", "SQLiteCases"]

_FULL: Final = 2


class CurrentRecorder(SQLiteApplicationRecorder):
    """Writes the current state of a case into a row, in the transaction of its event.

    The library rebuilds an aggregate from its events; a row is what inboxes are made of.
    """

    def construct_create_table_statements(self) -> list[str]:
        """Add the table of current states."""
        table = (
            "create table if not exists current (code text primary key, state text not null,"
            " copy text not null, region text not null) without rowid"
        )
        return [*super().construct_create_table_statements(), table]

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        inserted = super()._insert_events(c, stored_events, **kwargs)
        c.execute(
            "insert into current values (?, ?, ?, ?) on conflict (code)"
            " do update set state = excluded.state, copy = excluded.copy",
            kwargs["current"],
        )
        return inserted


class Case(Aggregate):
    """A case with its card."""

    @event("Submitted")
    def __init__(self, code: str, command: str, by: str, order: dict[str, Any]) -> None:
        self.code = code
        self.command = command
        self.submitter = by
        self.order = order
        self.state = "submitted"
        self.copy = ""

    @staticmethod
    def create_id(code: str) -> UUID:
        """Give the id of the case of a code."""
        return uuid5(NAMESPACE_URL, code)

    def verify(self, command: str, by: str, accepted: list[str]) -> None:
        """Accept what was shown; the card is ordered."""
        check_state(self.state, "submitted", self.submitter, by)
        self._verified(command, by, accepted)

    @event("Verified")
    def _verified(self, command: str, by: str, accepted: list[str]) -> None:
        self.command, self.verifier, self.accepted = command, by, accepted
        self.state, self.copy = "verified", "ordered"

    def choose_delivery(self, command: str, by: str, way: str, letter: dict[str, Any]) -> None:
        """Choose how the card is fetched."""
        check_state(self.state, "verified")
        self._delivery_chosen(command, by, way, letter)

    @event("DeliveryChosen")
    def _delivery_chosen(self, command: str, by: str, way: str, letter: dict[str, Any]) -> None:
        self.command, self.by, self.way, self.letter = command, by, way, letter

    def print(self, command: str, by: str, signature: str) -> None:
        """Print the card."""
        check_state(self.copy, "ordered")
        self._printed(command, by, signature)

    @event("Printed")
    def _printed(self, command: str, by: str, signature: str) -> None:
        self.command, self.by, self.signature = command, by, signature
        self.copy = "at_office"

    def to_counter(self, command: str, by: str) -> None:
        """Bring the card to the counter."""
        check_state(self.copy, "at_office")
        self._at_counter(command, by)

    @event("AtCounter")
    def _at_counter(self, command: str, by: str) -> None:
        self.command, self.by, self.copy = command, by, "at_counter"

    def hand_over(self, command: str, by: str, to: dict[str, Any]) -> None:
        """Hand the card over; the case is completed."""
        check_state(self.copy, "at_counter")
        self._handed_over(command, by, to)

    @event("HandedOver")
    def _handed_over(self, command: str, by: str, to: dict[str, Any]) -> None:
        self.command, self.by, self.collector = command, by, to
        self.state, self.copy = "completed", "handed_over"


class Cases(Application[UUID]):
    """All cases."""

    def play(self, case: PlainCase) -> None:
        """Carry the six commands out, each durably."""
        submit, verify, choose, print_, bring, hand = case.ids
        self._store(Case(case.code, submit, "siti", case.order))
        one = self._find(case.code)
        one.verify(verify, "rini", case.accepted)
        self._store(one)
        one = self._find(case.code)
        one.choose_delivery(choose, "siti", "counter", case.letter)
        self._store(one)
        one = self._find(case.code)
        one.print(print_, "tono", "Kepala Dinas")
        self._store(one)
        one = self._find(case.code)
        one.to_counter(bring, "lestari")
        self._store(one)
        one = self._find(case.code)
        one.hand_over(hand, "lestari", case.collector)
        self._store(one)

    def _find(self, code: str) -> Case:
        found: Case = self.repository.get(Case.create_id(code))
        return found

    def _store(self, case: Case) -> None:
        region = case.order["region"]
        self.save(case, current=(case.code, case.state, case.copy, region))


class SQLiteCases(Cases):
    """All cases, in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            {
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "SQLITE_DBNAME": str(path),
                "APPLICATION_RECORDER_TOPIC": f"{__name__}:CurrentRecorder",
            }
        )

    def check(self, cases: int) -> None:
        """Check that all is there, and that commits waited for the disk."""
        assert isinstance(self.factory, SQLiteFactory)
        with self.factory.datastore.transaction(commit=False) as cursor:
            cursor.execute("select count(*) from current where state = 'completed'")
            completed = cursor.fetchone()[0]
            cursor.execute("select count(*) from stored_events")
            entries = cursor.fetchone()[0]
            cursor.execute("pragma synchronous")
            synchronous = cursor.fetchone()[0]
        if (completed, entries, synchronous) != (cases, cases * COMMANDS, _FULL):
            raise RuntimeError(f"{completed} cases, {entries} entries, synchronous={synchronous}")
