"""What an office does about what it keeps: originals, what is void, and its destruction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from adminduk import commands as c
from adminduk.office.custody import HeldOriginal, held, held_of_case
from adminduk.office.desks.desk import Desk
from adminduk.office.finding import minutes_of
from adminduk.office.receipt import Receipt
from adminduk.office.store import MinutesSheet, minutes_sheet, to_clear, void_papers
from adminduk.records import Actor, Application, Minutes, Paper, Witness
from adminduk.values import TrackingCode

__all__ = ["StoreDesk"]


class StoreDesk(Desk):
    """Keeps the office's store."""

    def minutes(self, first: date | None = None, last: date | None = None) -> list[Minutes]:
        """Give the minutes (berita acara) of what was destroyed in a time, the newest day first.

        Args:
            first: The first day; 30 days before the last where left out.
            last: The last day; today where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        return list(minutes_of(self._shelf, self.region, self._until(first, last)))

    def minutes_sheet(self, number: str) -> MinutesSheet:
        """Give what stands on minutes: the day, who was there, the papers by their sort.

        Raises:
            NotFound: There are none of that number.
        """
        return minutes_sheet(self._shelf, number)

    def originals(self, by: Actor) -> Iterator[HeldOriginal]:
        """Give the originals that the office holds of people in an actor's areas, place by place.

        What should be with its owner first comes first at each kind of place. They are read as
        they are asked for.
        """
        self._check_actor(by)
        return held(self._shelf, self._acting(by), self._clock())

    def originals_of(self, code: TrackingCode | str) -> list[HeldOriginal]:
        """Give the originals that the office holds of a case: what its applicant has a receipt for.

        Raises:
            NotFound: There is no case of that code here.
        """
        parsed = TrackingCode.parse(code) if isinstance(code, str) else code
        case = self.record(Application.KIND, parsed.full())
        return list(held_of_case(self._shelf, case.key, self._clock()))

    def void_papers(self) -> Iterator[Paper]:
        """Give the papers that are void and wait to be destroyed: copies, then originals."""
        return void_papers(self._shelf)

    def clear_store(self, by: Actor) -> list[Receipt]:
        """Make void what came home and is over, and file what is kept: all of it or nothing.

        An original stays as it is until its case is completed. Raises as `do`.
        """
        return self.do_all(to_clear(self._shelf, self._clock()), by=by)

    def destroy_void(
        self,
        minutes: str,
        by: Actor,
        *,
        witnesses: Sequence[Witness],
        approved_by: Actor | None,
        place: str = "",
        reason: str = "",
        limit: int = 20_000,
    ) -> Receipt:
        """Destroy all that is void, in one act and with minutes.

        Args:
            minutes: The number of the minutes.
            by: A print operator.
            witnesses: Who sees it and signs.
            approved_by: The head of office.
            place: Where; empty: at the office.
            reason: Why, in words.
            limit: The most papers.

        Raises:
            InvalidInput: Nothing is void, or the minutes are not as they must be.
            Refused: It may not be, or the number was given already.
        """
        command = c.Destroy(
            minutes=minutes,
            papers=tuple(one.id for one in islice(self.void_papers(), limit)),
            witnesses=tuple(witnesses),
            place=place,
            reason=reason,
            approved_by=approved_by,
        )
        return self.do(command, by=by)
