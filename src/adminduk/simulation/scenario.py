"""What is simulated: an office, its work, and what happens to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from adminduk import regions
from adminduk.catalogue import load
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import Settings
from adminduk.records.checks import day, hour
from adminduk.records.checks import line as words
from adminduk.records.schedule import Timetable, Weekday
from adminduk.simulation.changes import (
    Between,
    Closing,
    Delivery,
    Desk,
    District,
    Staffing,
    check_period,
    few,
)
from adminduk.values import Level, RegionCode
from adminduk.working_days import WorkingDays

__all__ = ["LONGEST", "Scenario", "Spread"]

LONGEST: Final = 366
"""Days in which anybody applies, and again as many until all of it is handed over."""
_ALL: Final = 100
_MOST_DOCUMENTS: Final = 10_000
"""A working day: some ten times as many as a regency of a million people needs."""
_MOST_PEOPLE: Final = 1_000
_TOO_FAR: Final = date(2100, 1, 1)

_people = Between(0, _MOST_PEOPLE)
_seconds = Between(1, 36_000)
_percent = Between(0, _ALL)
_days = Between(0, 60)


class Spread(StrEnum):
    """How chance deals with what is said as a mean."""

    EVEN = "even"
    """Each is as long as the mean says."""
    RANDOM = "random"
    """By chance, as of calls at a telephone: exponentially distributed about the mean."""


_TUBAN: Final = RegionCode.parse("35.23")


_WEEKLY: Final = Timetable(weekdays=(Weekday.WEDNESDAY,))


def _applied_for() -> dict[str, int]:
    return {"ktp-rusak": 600, "kk-ubah-data": 400}


def _no_service(path: str) -> Fault:
    text = N_("There is no such service.")
    return Fault(path, "unknown_service", text, N_("one of `adminduk services`"))


@frozen(kw_only=True)
class Scenario:
    """An office, its work, and what happens to it; as it stands, Tuban on ordinary days of 2021.

    Attributes:
        name: What it is called beside others.
        region: The office's regency; everybody applies from one of its villages.
        since: The first day on which somebody applies.
        until: The last.
        documents: How many documents are applied for on a working day, by service.
        arrivals: Whether they come in at equal intervals or by chance.
        counter_percent: So many of a hundred come to the counter, and fetch it there.
        urgent_percent: So many of those from villages fetch it at the counter, with a letter.
        digital_percent: So many of those from villages get it digitally, if it may be.
        patient_percent: So many of those who find the counter closed wait until it opens; the
            others go to their village's operator.
        returned_percent: So many of what is read are not complete, and returned.
        answer_days: Working days until an applicant has answered.
        verifiers: Registry operators who verify.
        verify_seconds: How long one reads an application.
        printers: Print operators.
        print_seconds: How long one prints a document and checks it.
        misprint_percent: So many of what is printed are spoiled, and printed once more.
        work: Whether each takes that long, or by chance.
        staffing: Days on which more or fewer people are at work; where several overlap, each
            changes what those before it leave.
        blanks: Blanks that come in, of products that may be short.
        closings: What is closed.
        courier: When the courier goes to the districts.
        districts: Those to which he goes on other days.
        collect_days: Working days after the courier until the village operator has fetched it.
        fetch_days: Working days until the applicant fetches it, in the village or at the counter.
        opens: When work begins.
        closes: When it ends; what comes in later counts as of the next working day.
        holidays: Days besides on which nobody works.
        operator_days: What operators send in is promised within so many working days; 0: the
            standard.
        counter_days: The same of the counter.
    """

    name: str = field(default=N_("ordinary"), validator=words)
    region: RegionCode = _TUBAN
    since: date = field(default=date(2021, 6, 2), validator=day)
    until: date = field(default=date(2021, 9, 30), validator=day)
    documents: dict[str, int] = field(factory=_applied_for)
    arrivals: Spread = Spread.RANDOM
    counter_percent: int = field(default=20, validator=_percent)
    urgent_percent: int = field(default=5, validator=_percent)
    digital_percent: int = field(default=0, validator=_percent)
    patient_percent: int = field(default=25, validator=_percent)
    returned_percent: int = field(default=10, validator=Between(0, 90))
    answer_days: int = field(default=3, validator=_days)
    verifiers: int = field(default=8, validator=_people)
    verify_seconds: int = field(default=180, validator=_seconds)
    printers: int = field(default=4, validator=_people)
    print_seconds: int = field(default=100, validator=_seconds)
    misprint_percent: int = field(default=0, validator=Between(0, 90))
    work: Spread = Spread.RANDOM
    staffing: tuple[Staffing, ...] = field(default=(), validator=few)
    blanks: tuple[Delivery, ...] = field(default=(), validator=few)
    closings: tuple[Closing, ...] = field(default=(), validator=few)
    courier: Timetable = _WEEKLY
    districts: tuple[District, ...] = field(default=(), validator=few)
    collect_days: int = field(default=1, validator=_days)
    fetch_days: int = field(default=1, validator=_days)
    opens: str = field(default="08:00", validator=hour)
    closes: str = field(default="16:00", validator=hour)
    holidays: tuple[date, ...] = field(default=(), validator=few)
    operator_days: int = field(default=4, validator=_days)
    counter_days: int = field(default=1, validator=_days)

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)
        faults = [
            *self._odd_times(),
            *self._odd_places(),
            *self._odd_documents(),
            *self._odd_exceptions(),
        ] or [*self._odd_numbers()]
        if faults:
            raise InvalidInput(tuple(faults))

    def _odd_times(self) -> Iterable[Fault]:
        if self.since >= _TOO_FAR:
            yield Fault("since", "too_far", N_("That is too far ahead."), N_("a day before 2100"))
        if self.until - self.since >= timedelta(days=LONGEST):
            yield Fault("until", "too_long", N_("That is too long."), N_("a year at most"))
        if self.closes <= self.opens:
            text = N_("It closes before it opens.")
            yield Fault("closes", "ends_before", text, N_("a later hour"))

    def _odd_places(self) -> Iterable[Fault]:
        if self.region.level is not Level.REGENCY or not regions.exists(self.region):
            yield Fault("region", "no_regency", N_("That is no regency."), N_("a code as 35.23"))
            return
        known = {one.code for one in regions.children(self.region)}
        for place, one in enumerate(self.districts):
            path, accepted = f"districts[{place}].code", N_("a code as 35.23.08")
            if one.code not in known:
                yield Fault(path, "no_district", N_("That is no district of it."), accepted)
            elif one.code in {other.code for other in self.districts[:place]}:
                yield Fault(path, "twice", N_("That is there twice."), N_("each of them once"))

    def _odd_documents(self) -> Iterable[Fault]:
        catalogue = load()
        for name, count in self.documents.items():
            path = f"documents.{name}"
            if name not in catalogue.periods:
                yield _no_service(path)
            elif len(catalogue.periods[name][-1].products) != 1:
                text = N_("It does not make one document.")
                yield Fault(path, "not_one", text, N_("a service that makes one document"))
            elif type(count) is not int or not 0 <= count <= _MOST_DOCUMENTS:
                text = N_("That number cannot be.")
                facts = {"least": 0, "most": _MOST_DOCUMENTS}
                yield Fault(path, "out_of_range", text, N_("{least} to {most}"), facts)
        kinds = {one.kind for one in catalogue.products.values() if one.form == "blank"}
        for place, one in enumerate(self.blanks):
            if one.product not in kinds:
                text = N_("There is no such product on blanks.")
                accepted = ", ".join(sorted(kinds))
                yield Fault(f"blanks[{place}].product", "unknown_product", text, accepted)

    def _odd_exceptions(self) -> Iterable[Fault]:
        every = load().periods
        for place, closing in enumerate(self.closings):
            for within, one in enumerate(closing.stays_open):
                path = f"closings[{place}].stays_open[{within}]"
                for number, name in enumerate(one.services):
                    if name not in every:
                        yield _no_service(f"{path}.services[{number}]")
                if one.facts:
                    text = N_("No facts are known of what is simulated.")
                    yield Fault(f"{path}.facts", "facts", text, N_("only services"))

    def _odd_numbers(self) -> Iterable[Fault]:
        """Say what is too much all in all; asked only if everything else is well."""
        days = [self.since + timedelta(days=one) for one in range(2 * LONGEST)]
        people = max(self.at_work(desk, day) for desk in Desk for day in days)
        totals = {
            "documents": (self.a_day, _MOST_DOCUMENTS),
            "staffing": (people, _MOST_PEOPLE),
        }
        for path, (count, most) in totals.items():
            if count > most:
                text, accepted = N_("That is too many."), N_("at most {most}")
                yield Fault(path, "too_many", text, accepted, {"most": most})

    @property
    def a_day(self) -> int:
        """How many documents are applied for on a working day, in the mean."""
        return sum(self.documents.values())

    @property
    def calendar(self) -> WorkingDays:
        """The days on which the office works."""
        return WorkingDays(lambda _: self.holidays)

    @property
    def settings(self) -> Settings:
        """What the office sets for itself, as far as it is said here; else the usual terms."""
        return Settings(
            region=self.region,
            state="in_force",
            begun=datetime.combine(self.since, datetime.min.time()),
            operator_days=self.operator_days,
            counter_days=self.counter_days,
            closes=self.closes,
        )

    def at_work(self, desk: Desk, on: date) -> int:
        """Say how many people are at a desk on a working day."""
        people = self.verifiers if desk is Desk.VERIFICATION else self.printers
        for one in self.staffing:
            people = one.at_work(people, desk, on)
        return people

    def troubled_until(self) -> date | None:
        """Give the last day on which anything is not as usual; None: nothing is."""
        troubles = [
            *((one.since, one.until) for one in self.staffing if one.is_trouble),
            *((one.since, one.until or self.until) for one in self.closings),
        ]
        ends = [last for first, last in troubles if first <= self.until and last >= self.since]
        return max(ends, default=None)
