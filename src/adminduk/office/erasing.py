"""Which cases have been kept long enough, and which erasures are not over yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import orjson
from attrs import frozen

from adminduk import commands as c
from adminduk.journal import read_change
from adminduk.lifecycle import table_of
from adminduk.office.shelf import Shelf
from adminduk.records import Application, Erasure, Ground, Settings
from adminduk.records.settings import kept_until
from adminduk.values import TrackingCode

__all__ = ["DueErasure", "confirming", "due_erasures", "ended_at", "erasing", "unfinished"]

_PAGE: Final = 500


@frozen
class DueErasure:
    """A case whose people are to be erased, or will be.

    Attributes:
        code: Its tracking code.
        services: What was applied for.
        ended: When it ended.
        until: Until when it is kept.
        basis: By what, as the office has set it.
    """

    code: str
    services: tuple[str, ...]
    ended: datetime
    until: datetime
    basis: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "code": self.code,
            "services": list(self.services),
            "ended": self.ended.isoformat(),
            "until": self.until.isoformat(),
            "basis": list(self.basis),
        }


def due_erasures(shelf: Shelf, settings: Settings, by: datetime) -> Iterator[DueErasure]:
    """Find the cases that are kept until a moment or less long, without opening an envelope."""
    if not settings.retention:
        return
    for state in sorted(table_of(Application.KIND).ends):
        for row in shelf.rows(kind=Application.KIND, state=state):
            told = orjson.loads(row.body)["fields"]
            if "personal" not in told:
                continue
            services = tuple(told["services"])
            begun = datetime.fromisoformat(told["begun"])
            earliest = kept_until(settings.retention, services, begun)
            if earliest is None or earliest > by:
                continue
            ended = ended_at(shelf, row.id)
            assert ended is not None, "it began in some state"
            until = kept_until(settings.retention, services, ended)
            if until is not None and until <= by:
                yield DueErasure(row.id, services, ended, until, _basis(settings, services))


def ended_at(shelf: Shelf, code: str) -> datetime | None:
    """Say when it was recorded that a case came into the state it is in; None: there is none."""
    ended: datetime | None = None
    after = 0
    while page := shelf.storage.journal(
        shelf.office, of=(Application.KIND, code), after=after, limit=_PAGE
    ):
        changes = [read_change(entry.seq, entry.body) for entry in page]
        ended = next((one.recorded for one in changes[::-1] if "state" in one.set), ended)
        after = page[-1].seq
    return ended


def _basis(settings: Settings, services: tuple[str, ...]) -> tuple[str, ...]:
    named = [one.basis for one in settings.retention if set(one.services) & set(services)]
    usual = [one.basis for one in settings.retention if not one.services]
    return tuple(dict.fromkeys(named or usual))


def erasing(shelf: Shelf, one: DueErasure) -> c.Erase:
    """Give the command by which a case is erased that is due, the same whoever gives it."""
    return c.Erase(
        id=shelf.own_id("erase", one.code, one.until.isoformat()),
        application=TrackingCode.parse(one.code),
        ground=Ground.RETENTION,
        ended=one.ended,
    )


def confirming(shelf: Shelf, code: str) -> c.ConfirmErasure:
    """Give the command that writes down that a key was destroyed, the same whoever gives it."""
    return c.ConfirmErasure(
        id=shelf.own_id("confirm_erasure", code), application=TrackingCode.parse(code)
    )


def unfinished(shelf: Shelf) -> Iterator[str]:
    """Give the codes of the cases whose erasure was decided and whose key may still be there."""
    return (row.id for row in shelf.rows(kind=Erasure.KIND, state="erasing"))
