"""What an office does about the courier: runs, the bags of a trip, and who owes what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import evolve

from adminduk import commands as c
from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.office.desks.desk import Desk
from adminduk.office.dispatches import Dispatch, dispatches
from adminduk.office.finding import Period
from adminduk.office.handing import to_hand_over
from adminduk.office.labels import label_of
from adminduk.office.manifests import Manifest, manifest_of
from adminduk.office.owing import Owed, owed
from adminduk.office.packing import plans_home, plans_out
from adminduk.office.receipt import Receipt
from adminduk.office.runs import ComingRun, coming_runs
from adminduk.office.trips import Trip, arrivals, departures, trip_of, trips_in
from adminduk.records import Actor, Paper, Post, Role, Schedule
from adminduk.values import RegionCode

__all__ = ["CourierDesk"]


class CourierDesk(Desk):
    """Sends the courier out, and says what is in his bags."""

    def schedule(self, first: date | None = None, last: date | None = None) -> list[ComingRun]:
        """Give the courier's runs to all districts that have a schedule.

        Args:
            first: The first day; today where it is left out.
            last: The last day; two weeks later where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        since = first or self._today()
        until = last or since + min(timedelta(days=13), date.max - since)
        days = Period(since, until)
        return coming_runs(self._shelf, self.region, self._rules.calendar, days)

    def courier_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        districts: Iterable[RegionCode | str] = (),
    ) -> bytes:
        """Give the courier's runs as iCalendar, for ordinary calendar programs.

        It needs the extra `adminduk[calendar]`.

        Args:
            first: The first day; today where it is left out.
            last: The last day; half a year later where it is left out.
            districts: Only these; all that have a schedule where none is named.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
            Refused: The extra is not installed.
        """
        try:
            from adminduk.office.ical import courier_calendar
        except ImportError:
            text = N_("It needs what writes calendars: pip install 'adminduk[calendar]'")
            raise Refused("no_calendar", text) from None
        since = first or self._today()
        until = last or since + min(timedelta(days=182), date.max - since)
        codes = [RegionCode.parse(one) if isinstance(one, str) else one for one in districts]
        return courier_calendar(
            self._shelf,
            self._rules.calendar,
            Period(since, until),
            districts=frozenset(one.full() for one in codes),
            now=self._clock(),
            language=self.language,
        )

    def manifest(self, bag: str) -> Manifest:
        """Say what is to go into a bag, or was last sealed into it.

        Raises:
            NotFound: There is no such bag.
        """
        return manifest_of(self._shelf, bag)

    def label(self, bag: str) -> bytes:
        """Fetch the label that the courier has for a sealed bag, as PDF; nothing is stored of it.

        Raises:
            NotFound: There is no such bag.
            Refused: The courier has no label for it, or none now.
        """
        return label_of(self._shelf, self._open_courier(), bag)

    def dispatches(self, first: date, last: date) -> list[Dispatch]:
        """Give what was sent out from a day to another, each paper with its number in the year.

        Raises:
            InvalidInput: The period is not one.
        """
        return list(dispatches(self._shelf, self._rules, Period(first, last)))

    def to_hand_over(self, by: Actor) -> list[Paper]:
        """Give the papers that the actor's posts hold to be given out, by village."""
        self._check_actor(by)
        return [one for post in self._acting(by).posts for one in to_hand_over(self._shelf, post)]

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

    def plan_bags(self, by: Actor, *, trip: str = "", own_van: bool = False) -> list[Receipt]:
        """Plan the bags of the courier's next day: all that is ready for each district.

        Who packs at a district plans the bag in which goes home what lies there. What is planned
        for another bag stays there. Raises as `do`.

        Args:
            by: Who packs.
            trip: The label of the trip that the bags are part of; without one it is named by its
                day. A bag from a district goes with the trip that comes there that day.
            own_van: Whether the office's own people carry them: no other courier is told of them.
        """
        now = self._rules.local(self._clock()).replace(tzinfo=None)
        around = (self._shelf, self.region, self._rules.calendar, now)
        posts = self._acting(by).posts
        districts = [one for one in posts if one.role is Role.DISTRICT_OPERATOR]
        plans = [plan for post in districts for plan in plans_home(*around, post, own_van=own_van)]
        if len(districts) < len(posts):
            plans += plans_out(*around, trip, own_van=own_van)
        return self.do_all(plans, by=by)

    def trip(self, name: str) -> Trip:
        """Give one of the courier's trips: its stops in order, what is dropped and picked up.

        Args:
            name: Its label; of one without, its day as 2021-07-13.

        Raises:
            NotFound: No bag is part of such a trip.
        """
        return trip_of(self._shelf, self.settings().route, self._clock(), name)

    def trips(self, first: date | None = None, last: date | None = None) -> list[Trip]:
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
        return trips_in(self._shelf, route, self._clock(), days)

    def depart(
        self,
        trip: str,
        by: Actor,
        *,
        stop: RegionCode | str | None = None,
        own_van: bool = False,
    ) -> list[Receipt]:
        """Take along what waits for the courier: at the office, or at a stop. Raises as `do`.

        Args:
            trip: The label of the trip, or its day.
            by: The courier.
            stop: The district.
            own_van: Whether these are the office's own people, where another courier was told.
        """
        at = RegionCode.parse(stop) if isinstance(stop, str) else stop
        return self.do_all(departures(self._shelf, trip, at, own_van=own_van), by=by)

    def arrive(self, trip: str, by: Actor, *, broken: Iterable[str] = ()) -> list[Receipt]:
        """Take in what the courier brings to the posts of an actor, to be counted. Raises as `do`.

        Args:
            trip: The label of the trip, or its day.
            by: Who receives it.
            broken: The bags whose seal is broken.

        Raises:
            InvalidInput: A bag of which the seal is said to be broken does not come here.
        """
        return self.do_all(arrivals(self._shelf, trip, self._acting(by), broken), by=by)

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
        return owed(self._shelf, self._clock(), self._until(first, last), post)
