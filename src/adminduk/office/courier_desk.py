"""What an office does about the courier: runs, the bags of a trip, and who owes what."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from attrs import evolve

from adminduk import commands as c
from adminduk.decide import Rules
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.office.execution import Shelf
from adminduk.office.finding import Period
from adminduk.office.journeys import Journey, arrivals, departures, journey_of, journeys_in
from adminduk.office.owing import Owed, owed
from adminduk.office.packing import plans_home, plans_out
from adminduk.office.receipt import Receipt
from adminduk.records import Actor, Post, Record, Role, Schedule, Settings
from adminduk.values import RegionCode

__all__ = ["CourierDesk"]


class CourierDesk(ABC):
    """The part of an office that sends the courier out; the rest of it is `Office`."""

    region: RegionCode
    _shelf: Shelf
    _rules: Rules
    _clock: Callable[[], datetime]

    @abstractmethod
    def do(self, command: c.Command, by: Actor) -> Receipt:
        """Carry a command out."""

    @abstractmethod
    def do_all(self, commands: Iterable[c.Command], by: Actor) -> list[Receipt]:
        """Carry several commands out."""

    @abstractmethod
    def record(self, kind: str, key: str) -> Record:
        """Give a record as it is now."""

    @abstractmethod
    def settings(self) -> Settings:
        """Give what the office sets for itself."""

    def _today(self) -> date:
        return self._rules.local(self._clock()).date()

    def add_run(self, district: RegionCode | str, day: date, by: Actor) -> Receipt:
        """Let the courier go to a district on one more day, whatever day it is. Raises as `do`.

        Raises:
            NotFound: The district has no schedule.
            InvalidInput: The day is past.
        """
        code = RegionCode.parse(district) if isinstance(district, str) else district
        today = self._today()
        if day < today:
            text = N_("That day is past.")
            raise InvalidInput.at("day", "past", text, N_("today or a later day"))
        schedule = self.record(Schedule.KIND, code.full())
        assert isinstance(schedule, Schedule)
        table = schedule.timetable
        extra = [*(one for one in table.extra if one >= today), day]
        command = c.SetSchedule(
            schedule=code, timetable=evolve(table, extra=extra), if_version=schedule.version
        )
        return self.do(command, by=by)

    def plan_bags(self, by: Actor, *, trip: str = "") -> list[Receipt]:
        """Plan the bags of the courier's next day: all that is ready for each district.

        Who packs at a district plans the bag in which goes home what lies there. What is planned
        for another bag stays there. Raises as `do`.

        Args:
            by: Who packs.
            trip: The label of the trip that the bags are part of; without one it is named by its
                day. A bag from a district goes with the trip that comes there that day.
        """
        now = self._rules.local(self._clock()).replace(tzinfo=None)
        around = (self._shelf, self.region, self._rules.calendar, now)
        districts = [one for one in by.posts if one.role is Role.DISTRICT_OPERATOR]
        plans = [plan for post in districts for plan in plans_home(*around, post)]
        if len(districts) < len(by.posts):
            plans += plans_out(*around, trip)
        return self.do_all(plans, by=by)

    def trip(self, name: str) -> Journey:
        """Give one of the courier's trips: its stops in order, what is dropped and picked up.

        Args:
            name: Its label; of one without, its day as 2021-07-13.

        Raises:
            NotFound: No bag is part of such a trip.
        """
        return journey_of(self._shelf, self.settings().route, self._clock(), name)

    def trips(self, first: date | None = None, last: date | None = None) -> list[Journey]:
        """Give the courier's trips for which bags are planned or were.

        Args:
            first: The first day; a week ago where it is left out.
            last: The last day; two weeks later where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        since = first or self._today() - timedelta(days=7)
        until = last or since + min(timedelta(days=14), date.max - since)
        route, days = self.settings().route, Period(since, until)
        return journeys_in(self._shelf, route, self._clock(), days)

    def depart(
        self, trip: str, by: Actor, *, stop: RegionCode | str | None = None
    ) -> list[Receipt]:
        """Take along what waits for the courier: at the office, or at a stop. Raises as `do`.

        Args:
            trip: The label of the trip, or its day.
            by: The courier.
            stop: The district.
        """
        at = RegionCode.parse(stop) if isinstance(stop, str) else stop
        return self.do_all(departures(self._shelf, trip, at), by=by)

    def arrive(self, trip: str, by: Actor, *, broken: Iterable[str] = ()) -> list[Receipt]:
        """Take in what the courier brings to the posts of an actor, to be counted. Raises as `do`.

        Args:
            trip: The label of the trip, or its day.
            by: Who receives it.
            broken: The bags whose seal is broken.

        Raises:
            InvalidInput: A bag of which the seal is said to be broken does not come here.
        """
        return self.do_all(arrivals(self._shelf, trip, by, broken), by=by)

    def owed(
        self, post: Post | None = None, first: date | None = None, last: date | None = None
    ) -> list[Owed]:
        """Say what posts answer for, since when, and what went missing with them.

        Args:
            post: Only this one.
            first: The first day of the period for what was lost and what was settled; 30 days
                before the last where it is left out.
            last: The last day; today where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        to = last or self._today()
        days = Period(first or to - min(timedelta(days=30), to - date.min), to)
        return owed(self._shelf, self._clock(), days, post)
