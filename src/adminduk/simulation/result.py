"""What came of a simulation: evening by evening, and how long documents took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import field, frozen

from adminduk.language import N_
from adminduk.records import DeliveryWay
from adminduk.simulation.scenario import Scenario
from adminduk.simulation.way import states_on, steps_of

__all__ = [
    "AT_DESKS",
    "WAITING",
    "Evening",
    "Outcome",
    "Result",
    "Times",
    "no_events",
    "nowhere",
    "rounded",
]

AT_DESKS: Final = ("submitted", "ordered")
"""What waits in these states waits for people of the office."""
WAITING: Final[dict[tuple[str, ...], str]] = {
    ("new", "returned"): N_("At home"),
    ("submitted",): N_("Verify"),
    ("ordered",): N_("Print"),
    ("at_office",): N_("Pack"),
    ("bagged", "at_district", "at_village", "at_counter"): N_("Out"),
}
"""Where documents wait, as people read it; all states but those of what is handed over."""
_NINE_OF_TEN: Final = 0.9


def rounded(figure: float | None) -> float | None:
    """Give a figure as programs are told it."""
    return None if figure is None else round(figure, 4)


@frozen
class Evening:
    """An office at the end of a day.

    Attributes:
        day: The day.
        came: How many documents were wanted that day.
        done: How often each thing happened that day, by the event of the lifecycles.
        states: How many documents are in each state.
    """

    day: date
    came: int
    done: Mapping[str, int]
    states: Mapping[str, int]

    @property
    def backlog(self) -> int:
        """How many wait for people of the office."""
        return sum(self.states[one] for one in AT_DESKS)

    @property
    def handed_over(self) -> int:
        """How many were handed over or issued that day."""
        return self.done["hand_over"] + self.done["issue"]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "day": self.day.isoformat(),
            "came": self.came,
            "done": dict(self.done),
            "states": dict(self.states),
            "backlog": self.backlog,
        }


@frozen
class Outcome:
    """What became of a document that was handed over.

    Attributes:
        way: How it went.
        made: Working days from when somebody wanted it until it was made.
        days: Days until it was handed over.
        kept: Whether it was where it was promised in time.
        district: The code of the district from which it was applied for.
    """

    way: DeliveryWay
    made: int
    days: int
    kept: bool
    district: str


@frozen
class Times:
    """How many took how long, in days."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(self.counts.values())

    def most(self, part: float) -> int | None:
        """Give the days within which such a part of them was over; None: there are none.

        >>> Times({1: 6, 2: 3, 9: 1}).most(0.9)
        2
        """
        left = part * self.total
        for days, count in sorted(self.counts.items()):
            left -= count
            if left <= 0:
                return days
        return None

    @property
    def mean(self) -> float | None:
        """Give the mean."""
        total = self.total
        return sum(days * count for days, count in self.counts.items()) / total if total else None

    def within(self, days: int) -> float | None:
        """Give the part that took so many days at most."""
        total = self.total
        return sum(n for one, n in self.counts.items() if one <= days) / total if total else None

    def as_dict(self, days: int) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "documents": self.total,
            "median": self.most(0.5),
            "nine_of_ten": self.most(_NINE_OF_TEN),
            "mean": rounded(self.mean),
            "within": {str(days): rounded(self.within(days))},
        }


@frozen(eq=False)
class Result:
    """What came of a simulation.

    Attributes:
        scenario: What was simulated.
        seed: By which chance.
        evenings: Every day, until all was handed over or a year had passed.
        outcomes: How many documents were handed over with each outcome.
    """

    scenario: Scenario
    seed: int
    evenings: tuple[Evening, ...]
    outcomes: Mapping[Outcome, int] = field(repr=False)

    def made(self, way: DeliveryWay | None = None) -> Times:
        """Give the working days until documents were made, of all or of one way."""
        return self._times("made", way)

    def days(self, way: DeliveryWay | None = None, district: str | None = None) -> Times:
        """Give the days until documents were handed over, of all or of one way or district."""
        return self._times("days", way, district)

    def _times(self, name: str, way: DeliveryWay | None, district: str | None = None) -> Times:
        counts: Counter[int] = Counter()
        for outcome, count in self.outcomes.items():
            if way in {None, outcome.way} and district in {None, outcome.district}:
                counts[getattr(outcome, name)] += count
        return Times(counts)

    @property
    def kept(self) -> float | None:
        """The part of what was handed over that was where it was promised in time."""
        total = sum(self.outcomes.values())
        return sum(n for one, n in self.outcomes.items() if one.kept) / total if total else None

    @property
    def came(self) -> int:
        """How many documents were wanted."""
        return sum(one.came for one in self.evenings)

    @property
    def unfinished(self) -> int:
        """How many were not handed over when a year had passed."""
        return self.came - sum(self.outcomes.values())

    @property
    def peak(self) -> Evening:
        """The evening on which most waited for people of the office; of several the last."""
        return max(reversed(self.evenings), key=lambda one: one.backlog)

    @property
    def over(self) -> date | None:
        """The evening from which on never more waited than comes in on a working day.

        None: more did to the end.
        """
        many = [one.backlog > self.scenario.a_day for one in self.evenings]
        if many[-1]:
            return None
        last = len(many) - 1 - many[::-1].index(True) if True in many else -1
        return self.evenings[last + 1].day

    @property
    def working_days_over(self) -> int | None:
        """Working days from the last of the trouble until the backlog was gone; None: never.

        Where the scenario has no trouble, they count from the evening of the peak.
        """
        over = self.over
        since = self.scenario.troubled_until() or self.peak.day
        return None if over is None else self.scenario.calendar.between(since, over)

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        days = self.scenario.operator_days
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "came": self.came,
            "unfinished": self.unfinished,
            "made_in_working_days": self.made().as_dict(days),
            "handed_over_in_days": self.days().as_dict(days),
            "by_way": {
                way.value: {
                    "made_in_working_days": self.made(way).as_dict(days),
                    "handed_over_in_days": self.days(way).as_dict(days),
                }
                for way in DeliveryWay
                if self.days(way).total
            },
            "by_courier_to_district": {
                code: self.days(DeliveryWay.COURIER, code).as_dict(days)
                for code in sorted({one.district for one in self.outcomes})
            },
            "promises_kept": rounded(self.kept),
            "peak": {"day": self.peak.day.isoformat(), "backlog": self.peak.backlog},
            "backlog_gone": None if self.over is None else self.over.isoformat(),
            "working_days_after": self.working_days_over,
            "evenings": [one.as_dict() for one in self.evenings],
        }


def no_events() -> dict[str, int]:
    """Give how often each thing that can happen did, before anything has."""
    return dict.fromkeys((event for way in DeliveryWay for event in steps_of(way)), 0)


def nowhere() -> dict[str, int]:
    """Give how many documents are in each state, before there are any."""
    return dict.fromkeys(states_on(), 0)
