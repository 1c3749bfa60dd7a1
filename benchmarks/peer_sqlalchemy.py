"""The six commands with charts of python-statemachine and models of SQLAlchemy."""

# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any
# mypy: allow-untyped-calls
# (SQLAlchemy may not be installed; python-statemachine leaves `to.itself` untyped)

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, create_engine, event, func, select, text
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    sessionmaker,
)
from statemachine import State, StateMachine

from benchmarks.peer import COMMANDS, PlainCase, check_other

__all__ = ["Cases"]

_FULL: Final = 2
_PRAGMAS: Final = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
)


class Base(DeclarativeBase):
    """What all models share."""

    type_annotation_map: ClassVar = {dict[str, Any]: JSON, list[str]: JSON}


class Application(Base):
    """An application as it is now."""

    __tablename__ = "applications"
    __table_args__ = (Index("applications_by_state", "state", "region"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(13))
    submitter: Mapped[str] = mapped_column(String(40))
    order: Mapped[dict[str, Any]]
    accepted: Mapped[list[str]] = mapped_column(default=list)
    delivery: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Copy(Base):
    """A card as it is now."""

    __tablename__ = "copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_code: Mapped[str] = mapped_column(ForeignKey(Application.code), index=True)
    version: Mapped[int] = mapped_column(default=1)
    product: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20), index=True)
    signature: Mapped[str] = mapped_column(String(80), default="")
    collector: Mapped[dict[str, Any]] = mapped_column(default=dict)

    application: Mapped[Application] = relationship()


class Entry(Base):
    """What a command changed."""

    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[UUID] = mapped_column(unique=True)
    application_code: Mapped[str] = mapped_column(ForeignKey(Application.code), index=True)
    version: Mapped[int]
    do: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(40))
    recorded: Mapped[datetime] = mapped_column(default=partial(datetime.now, UTC))
    said: Mapped[dict[str, Any]]

    application: Mapped[Application] = relationship()


class ApplicationChart(StateMachine):
    """What may happen to an application; it refuses what may not."""

    submitted = State(initial=True)
    verified = State()
    completed = State(final=True)

    verify = submitted.to(verified, validators="by_another")
    choose_delivery = verified.to.itself()
    complete = verified.to(completed)

    def by_another(self, by: str) -> None:
        """Refuse the verification of own work."""
        check_other(self.model.submitter, by)


class CopyChart(StateMachine):
    """What may happen to a card; it refuses what may not."""

    ordered = State(initial=True)
    at_office = State()
    at_counter = State()
    handed_over = State(final=True)

    print = ordered.to(at_office)
    to_counter = at_office.to(at_counter)
    hand_over = at_counter.to(handed_over)


def _note(session: Session, case: Application, command: str, do: str, by: str, **said: Any) -> None:
    entry = Entry(
        command=UUID(command), application=case, version=case.version, do=do, by=by, said=said
    )
    session.add(entry)


def _submit(session: Session, case: PlainCase, command: str) -> None:
    made = Application(
        code=case.code,
        version=1,
        state="submitted",
        region=case.order["region"],
        submitter="siti",
        order=case.order,
    )
    session.add(made)
    _note(session, made, command, "submit", "siti", order=case.order)


def _verify(session: Session, case: PlainCase, command: str) -> None:
    found = session.get_one(Application, case.code)
    ApplicationChart(found).verify(by="rini")
    found.accepted = case.accepted
    found.version += 1
    session.add(Copy(application=found, product="kk", state="ordered"))
    _note(session, found, command, "verify", "rini", accepted=case.accepted)


def _choose_delivery(session: Session, case: PlainCase, command: str) -> None:
    found = session.get_one(Application, case.code)
    ApplicationChart(found).choose_delivery()
    found.delivery = {"way": "counter", "letter": case.letter}
    found.version += 1
    _note(session, found, command, "choose_delivery", "siti", **found.delivery)


def _card(session: Session, case: PlainCase) -> Copy:
    cards = select(Copy).options(joinedload(Copy.application, innerjoin=True))
    found: Copy = session.scalars(
        cards.where(Copy.application_code == case.code, Copy.product == "kk")
    ).one()
    return found


def _print(session: Session, case: PlainCase, command: str) -> None:
    card = _card(session, case)
    CopyChart(card).print()
    card.signature = "Kepala Dinas"
    card.version += 1
    _note(session, card.application, command, "print", "tono", signature=card.signature)


def _to_counter(session: Session, case: PlainCase, command: str) -> None:
    card = _card(session, case)
    CopyChart(card).to_counter()
    card.version += 1
    _note(session, card.application, command, "to_counter", "lestari")


def _hand_over(session: Session, case: PlainCase, command: str) -> None:
    card = _card(session, case)
    CopyChart(card).hand_over()
    card.collector = case.collector
    card.version += 1
    found = card.application
    ApplicationChart(found).complete()
    found.version += 1
    _note(session, found, command, "hand_over", "lestari", to=case.collector)


_COMMANDS: Final = (_submit, _verify, _choose_delivery, _print, _to_counter, _hand_over)


class Cases:
    """All cases, in a file."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "begin", _begin)
        self._sessions = sessionmaker(self._engine)
        Base.metadata.create_all(self._engine)

    def play(self, case: PlainCase) -> None:
        """Carry the six commands out, each durably."""
        for command, id_ in zip(_COMMANDS, case.ids, strict=True):
            with self._sessions.begin() as session:
                command(session, case, id_)

    def check(self, cases: int) -> None:
        """Check that all is there, and that commits waited for the disk."""
        completed_cases = select(func.count()).where(Application.state == "completed")
        with self._sessions.begin() as session:
            completed = session.scalar(completed_cases)
            entries = session.scalar(select(func.count(Entry.id)))
            synchronous = session.scalar(text("pragma synchronous"))
        if (completed, entries, synchronous) != (cases, cases * COMMANDS, _FULL):
            raise RuntimeError(f"{completed} cases, {entries} entries, synchronous={synchronous}")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _set_up(connection: Any, _record: Any) -> None:
    """Set a new connection up; it is left to SQLAlchemy when a transaction begins."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Any) -> None:
    """Begin by writing, as a command that reads first would else be refused when it writes."""
    connection.exec_driver_sql("begin immediate")
