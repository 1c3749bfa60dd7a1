"""What is simulated: an office, its work, and what happens to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from adminduk import regions
from adminduk.catalogue import load
from adminduk.codec import parse_json, structure
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import Act, Channel, Notice, Settings, StaysOpen
from adminduk.records.checks import day, hour
from adminduk.records.checks import line as words
from adminduk.records.schedule import Timetable, Weekday
from adminduk.values import Level, RegionCode
from adminduk.working_days import WorkingDays

__all__ = [
    "LONGEST",
    "Closing",
    "Delivery",
    "Desk",
    "District",
    "Scenario",
    "Spread",
    "Staffing",
    "read_scenario",
    "tuban",
]

LONGEST: Final = 366
"""Days in which anybody applies, and again as many until all of it is handed over."""
_ALL: Final = 100
_LARGEST_FILE: Final = 256 * 1024


class Spread(StrEnum):
    """How chance deals with what is said as a mean."""

    EVEN = "even"
    """Each is as long as the mean says."""
    RANDOM = "random"
    """By chance, as of calls at a telephone: exponentially distributed about the mean."""


class Desk(StrEnum):
    """Where people of the office work a queue off; named as what a document waits for there."""

    VERIFICATION = "verification"
    PRINT = "print"


class _Between:
    """Accepts whole numbers from one to another."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, _: object, attribute: Any, value: object) -> None:
        if type(value) is not int or not self.least <= value <= self.most:
            raise InvalidInput.at(
                attribute.name,
                "out_of_range",
                N_("That number cannot be."),
                N_("{least} to {most}"),
                least=self.least,
                most=self.most,
            )


_people = _Between(0, 10_000)
_seconds = _Between(1, 36_000)
_percent = _Between(0, _ALL)
_days = _Between(0, 60)


def _check_period(first: date, last: date | None) -> None:
    if last is not None and last < first:
        text, accepted = N_("It ends before it begins."), N_("a day from {since} on")
        raise InvalidInput.at("until", "ends_before", text, accepted, since=first.isoformat())


@frozen(kw_only=True)
class Staffing:
    """Days on which more or fewer people than usual are at a desk.

    Attributes:
        since: The first day.
        until: The last day.
        percent: So many of a hundred are at work: 50 is half of them, 150 half as many more; half a
            person counts as one.
        desks: At which desks.
    """

    since: date = field(validator=day)
    until: date = field(validator=day)
    percent: int = field(validator=_Between(0, 1000))
    desks: tuple[Desk, ...] = tuple(Desk)

    def __attrs_post_init__(self) -> None:
        _check_period(self.since, self.until)

    def at_work(self, people: int, desk: Desk, on: date) -> int:
        """Say how many of the people of a desk are at work on a day."""
        if desk not in self.desks or not self.since <= on <= self.until:
            return people
        return floor(people * self.percent / _ALL + 0.5)


@frozen(kw_only=True)
class Delivery:
    """Blanks of a product that come in, at opening; what is never delivered is never short.

    Attributes:
        product: Its kind, as `ktp`.
        day: The day; what comes before the first day is there at the beginning.
        count: How many.
    """

    product: str
    day: date = field(validator=day)
    count: int = field(validator=_Between(1, 10_000_000))


@frozen(kw_only=True)
class Closing:
    """What the head of office closes by a notice; see `adminduk.records.Notice`.

    Attributes:
        acts: What is closed: `submit`, `collect`; nobody is simulated who must `attend`.
        since: The first day.
        until: The last day; None: until it is lifted, which it is not.
        channels: At which doors.
        stays_open: Cases for which it is open all the same.
    """

    acts: tuple[Act, ...]
    since: date = field(validator=day)
    until: date | None = field(default=None, validator=day)
    channels: tuple[Channel, ...] = (Channel.COUNTER,)
    stays_open: tuple[StaysOpen, ...] = ()

    def __attrs_post_init__(self) -> None:
        _check_period(self.since, self.until)

    def notice(self, office: RegionCode) -> Notice:
        """Give it as the office announces it."""
        return Notice(
            id="closing",
            region=office,
            state="in_force",
            begun=datetime.combine(self.since, datetime.min.time()),
            acts=self.acts,
            channels=self.channels,
            since=self.since,
            until=self.until,
            stays_open=self.stays_open,
            reason="closing",
        )


@frozen(kw_only=True)
class District:
    """A district to which the courier goes by a timetable of its own."""

    code: RegionCode
    courier: Timetable


_TUBAN: Final = RegionCode.parse("35.23")


def _applied_for() -> dict[str, int]:
    return {"ktp-rusak": 600, "kk-ubah-data": 400}


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
        work: Whether each takes that long, or by chance.
        staffing: Days on which more or fewer people are at work; where two overlap, both tell.
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

    name: str = field(default="ordinary", validator=words)
    region: RegionCode = _TUBAN
    since: date = field(default=date(2021, 6, 2), validator=day)
    until: date = field(default=date(2021, 9, 30), validator=day)
    documents: dict[str, int] = field(factory=_applied_for)
    arrivals: Spread = Spread.RANDOM
    counter_percent: int = field(default=20, validator=_percent)
    urgent_percent: int = field(default=5, validator=_percent)
    digital_percent: int = field(default=0, validator=_percent)
    patient_percent: int = field(default=25, validator=_percent)
    returned_percent: int = field(default=10, validator=_Between(0, 90))
    answer_days: int = field(default=3, validator=_days)
    verifiers: int = field(default=8, validator=_people)
    verify_seconds: int = field(default=180, validator=_seconds)
    printers: int = field(default=4, validator=_people)
    print_seconds: int = field(default=100, validator=_seconds)
    work: Spread = Spread.RANDOM
    staffing: tuple[Staffing, ...] = ()
    blanks: tuple[Delivery, ...] = ()
    closings: tuple[Closing, ...] = ()
    courier: Timetable = Timetable(weekdays=(Weekday.WEDNESDAY,))
    districts: tuple[District, ...] = ()
    collect_days: int = field(default=1, validator=_days)
    fetch_days: int = field(default=1, validator=_days)
    opens: str = field(default="08:00", validator=hour)
    closes: str = field(default="16:00", validator=hour)
    holidays: tuple[date, ...] = ()
    operator_days: int = field(default=4, validator=_days)
    counter_days: int = field(default=1, validator=_days)

    def __attrs_post_init__(self) -> None:
        _check_period(self.since, self.until)
        faults = [*self._odd_times(), *self._odd_places(), *self._odd_documents()]
        if faults:
            raise InvalidInput(tuple(faults))

    def _odd_times(self) -> Iterable[Fault]:
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
            if one.code not in known:
                path = f"districts[{place}].code"
                text, accepted = N_("That is no district of it."), N_("a code as 35.23.08")
                yield Fault(path, "no_district", text, accepted)

    def _odd_documents(self) -> Iterable[Fault]:
        catalogue = load()
        for name, count in self.documents.items():
            path = f"documents.{name}"
            if name not in catalogue.periods:
                text = N_("There is no such service.")
                yield Fault(path, "unknown_service", text, N_("one of `adminduk services`"))
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
        ends = [
            *(one.until for one in self.staffing if one.percent < _ALL),
            *(one.until or self.until for one in self.closings),
        ]
        return max(ends, default=None)


_MOST_DOCUMENTS: Final = 20_000


def read_scenario(file: Path, changes: Iterable[str] = ()) -> Scenario:
    """Read a scenario from a TOML file, or from JSON if the file is called so.

    What is left out is as in Tuban in 2021.

    Args:
        file: The file.
        changes: Lines of TOML that go before what is in it, as `verifiers = 6`.

    Raises:
        InvalidInput: It cannot be read; each fault with the file and the path in it.
    """
    data = {"name": file.stem, **_content(file)}
    return scenario_of(data, changes, str(file))


def scenario_of(
    data: dict[str, Any], changes: Iterable[str] = (), said_in: str = ""
) -> Scenario:
    """Make a scenario of plain data. Raises as `read_scenario`."""
    data = {"documents": _applied_for(), **data}
    for one in changes:
        _lay_over(data, _changed(one))
    try:
        return structure(_plain(data), Scenario)
    except InvalidInput as error:
        if not said_in:
            raise
        raise InvalidInput(tuple(_in_file(said_in, one) for one in error.faults)) from None


_SUMMER: Final[dict[str, Any]] = {
    "name": "summer 2021",
    "staffing": [{"since": "2021-06-29", "until": "2021-07-12", "percent": 50}],
    "closings": [{"acts": ["submit"], "since": "2021-06-29", "until": "2021-07-12"}],
}
"""Half of the office is ill for ten working days, and its counter takes nothing in."""


def tuban(changes: Iterable[str] = ()) -> tuple[Scenario, Scenario]:
    """Give the office of Tuban on ordinary days, and in the summer of 2021.

    Args:
        changes: What is otherwise in both of them, as for `read_scenario`.
    """
    lines = tuple(changes)
    return scenario_of({}, lines), scenario_of(dict(_SUMMER), lines)


def _in_file(name: str, fault: Fault) -> Fault:
    path = f"{name}: {fault.path}" if fault.path else name
    return Fault(path, fault.code, fault.text, fault.accepted, fault.facts)


def _content(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST_FILE + 1)
    except OSError as error:
        text = N_("It cannot be read: {why}")
        raise InvalidInput.at(str(file), "unreadable", text, why=error.strerror) from None
    if len(data) > _LARGEST_FILE:
        text, accepted = N_("The file is too large."), N_("at most 256 KiB")
        raise InvalidInput.at(str(file), "too_large", text, accepted)
    if file.suffix == ".json":
        return _object(parse_json(data), str(file))
    try:
        return tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        text = N_("This is no TOML: {why}")
        raise InvalidInput.at(str(file), "no_toml", text, why=str(error)) from None


def _object(data: object, path: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise InvalidInput.at(path, "wrong_type", N_("Something else belongs here."), N_("an object"))
    return data


def _changed(line: str) -> dict[str, Any]:
    """Read a change: a line of TOML, in which a word may stand without quotation marks."""
    name, _, value = line.partition("=")
    for text in (line, f'{name} = "{value.strip()}"'):
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError):
            continue
    accepted = N_("a line as verifiers=6")
    raise InvalidInput.at("--set", "no_toml", N_("That changes nothing."), accepted)


def _lay_over(data: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        below = data.get(name)
        if isinstance(value, dict) and isinstance(below, dict):
            _lay_over(below, value)
        else:
            data[name] = value


def _plain(value: Any) -> Any:
    """Give TOML as JSON would say it: days are text."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
