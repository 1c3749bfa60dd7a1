"""What an office tells of its promises: what is late, and what became of those of a month."""

from __future__ import annotations

from datetime import date

from adminduk.office.desks.desk import Desk
from adminduk.office.promises import Account, Month, PromiseBook

__all__ = ["PromiseDesk"]


class PromiseDesk(Desk):
    """Gives account of what was promised."""

    def late(self, soon: int = 2) -> list[Account]:
        """Give the promises that are overdue, and those for the next working days.

        Args:
            soon: For how many working days from today; 0: only for today.
        """
        book = self._promises()
        return book.late(self._rules.calendar.after(book.now.date(), soon))

    def promises(self, month: date | None = None) -> Month:
        """Give account of each promise for a month: kept or broken, by how much, and why.

        Args:
            month: Any day of it; this month where it is left out.
        """
        return self._promises().month(month or self._today())

    def _promises(self) -> PromiseBook:
        return PromiseBook(self._shelf, self._rules, self._rules.local(self._clock()))
