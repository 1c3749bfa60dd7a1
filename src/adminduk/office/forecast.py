"""How long the blanks of a product last, at the pace at which they were used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from attrs import frozen

from adminduk.decide import Look, Rules
from adminduk.decide.world import SETTINGS
from adminduk.office.history import history
from adminduk.office.shelf import Shelf
from adminduk.records import Blanks, Copy, Post, Role, Settings
from adminduk.records.ledger import Ledger
from adminduk.records.settings import BLANKS_DAYS
from adminduk.records.spans import size
from adminduk.working_days import WorkingDays

__all__ = ["Forecast", "forecasts", "waiting_copies"]

_DAYS: Final = 20
"""So many working days are looked back."""
_FARTHEST: Final = 250
"""No day is named that is more working days away: about a year."""
_A_DAY: Final = timedelta(days=1)


@frozen
class Forecast:
    """How long blanks last.

    Attributes:
        product: Of which product.
        left: How many are left, but for those that are reserved.
        waiting: How many copies wait for one.
        per_day: How many were used or misprinted a working day of late.
        days: For how many working days they last, today included; None: none was used of late.
        until: The last of these days; None: that is none, or farther than a year.
        warns: Fewer are left than wait, or they last for fewer days than the office wants.
    """

    product: str
    left: int
    waiting: int
    per_day: float
    days: int | None
    until: date | None
    warns: bool

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "product": self.product,
            "left": self.left,
            "waiting": self.waiting,
            "per_day": self.per_day,
            "days": self.days,
            "until": None if self.until is None else self.until.isoformat(),
            "warns": self.warns,
        }


def forecasts(shelf: Shelf, rules: Rules, ledger: Ledger, today: date) -> Iterator[Forecast]:
    """Say of each product how long its blanks last.

    Args:
        shelf: Where to look.
        rules: The office and its working days.
        ledger: The ranges, as they are now.
        today: The day.
    """
    stored = shelf.look(Look([SETTINGS])).get(SETTINGS)
    settings = None if stored is None else stored.record
    wanted = settings.blanks_days if isinstance(settings, Settings) else BLANKS_DAYS
    waiting = [one.kind for one in waiting_copies(shelf, rules)]
    for product, total in ledger.totals().items():
        ranges = [one for one in ledger.ranges if one.product == product]
        per_day = _pace(shelf, rules, ranges, today)
        left, wait = total["left"], waiting.count(product)
        days = int(left / per_day) if per_day else None
        until = None
        if days is not None and 0 < days <= _FARTHEST:
            until = rules.calendar.after(today - _A_DAY, days)
        warns = left < wait or (days is not None and days < wanted)
        yield Forecast(product, left, wait, round(per_day, 1), days, until, warns)


def waiting_copies(shelf: Shelf, rules: Rules) -> Iterator[Copy]:
    """Give the copies that wait to be printed, what is due first before the rest."""
    post = str(Post(Role.PRINT_OPERATOR, rules.office))
    for record in shelf.records(kind=Copy.KIND, state="ordered", queue=post):
        assert isinstance(record, Copy)
        yield record


def _pace(shelf: Shelf, rules: Rules, ranges: list[Blanks], today: date) -> float:
    """Give how many were used a working day of late, of the days since the ledger began."""
    began = min(one.begun.date() for one in ranges)
    days = _working_days_before(rules.calendar, today, began)
    if not days:
        return 0.0
    used = sum(
        _used_since(shelf, rules, one, days[-1], today)
        for one in ranges
        if one.last_used is not None and one.last_used >= days[-1]
    )
    return used / len(days)


def _working_days_before(calendar: WorkingDays, today: date, began: date) -> list[date]:
    """Give the last working days before today, the latest first; none before the ledger began."""
    days: list[date] = []
    day = calendar.on_or_before(today - _A_DAY)
    while day >= began and len(days) < _DAYS:
        days.append(day)
        day = calendar.on_or_before(day - _A_DAY)
    return days


def _used_since(shelf: Shelf, rules: Rules, blanks: Blanks, first: date, today: date) -> int:
    """Count what was used or misprinted of a range from a day until yesterday."""
    spent = {"used": 0, "misprinted": 0}
    count = 0
    for change in history(shelf, (blanks.KIND, blanks.key)):
        for fate in spent.keys() & change.set.keys():
            now = size(change.set[fate] or ())
            if change.do in _SPENDING and first <= rules.local(change.at).date() < today:
                count += now - spent[fate]
            spent[fate] = now
    return count


_SPENDING: Final = frozenset({"print", "misprint"})
