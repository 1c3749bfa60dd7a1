"""The day of an office as a list: what is done when, and what was done on the days before.

A case takes three days of work, and an office always has as many cases in their first as in their
second and third:

1. it is submitted, one in ten is returned and answered, it is verified, and one in five is to be
   fetched at the counter;
2. its card is printed, and goes into a bag with the others for the district; at the counter it is
   handed over;
3. the bag arrives and is counted, the village collects each card and hands it over.

Nothing here waits for an answer: each step has its time beforehand, those of a day drawn from how
busy an office is hour by hour.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, zip_longest
from random import Random
from typing import Final

from attrs import evolve, frozen

from adminduk import Actor, Role, commands
from adminduk.records import DeliveryWay
from benchmarks.country.offices import Staff
from benchmarks.town import COLLECTOR, LETTER, Given, chance, order, print_of, verification

__all__ = ["HOURS", "OPEN", "Step", "before", "today"]

HOURS: Final = 10
"""From eight o'clock in Papua until four in Jakarta."""

_BUSY: Final = (1.3, 1.7, 1.5, 1.1, 0.5, 0.8, 0.7, 0.4)
"""How busy each hour of an office is: a morning peak, a pause at noon."""

OPEN: Final = len(_BUSY)
"""How many hours an office is open."""

_TOTALS: Final = list(accumulate(_BUSY))
_EASTERN: Final = HOURS - OPEN
_COUNTER: Final = 0.2
_RETURNED: Final = 0.3
"""Up to which chance a case is fetched at the counter, and above that is returned once."""

_COHORT: Final = 100_000
_ITEM: Final = "f-1-02"


@frozen
class Step:
    """Something that is done at a time.

    Attributes:
        at: When, in hours since the day began in the east.
        office: Which office, by its code.
        command: What is done.
        by: Who does it.
    """

    at: float
    office: str
    command: commands.Command
    by: Actor


def before(staff: Staff, cases: int) -> Iterator[tuple[list[commands.Command], Actor]]:
    """Give what was done on the days before, as much as possible at one go."""
    for cohort in (1, 2):
        for day in range(cohort):
            for same in zip_longest(*_queues(staff, cases, cohort, day)):
                given = sorted(filter(None, same), key=lambda one: one[1].id)
                for _, some in groupby(given, key=lambda one: one[1].id):
                    at_once = list(some)
                    yield [command for command, _ in at_once], at_once[0][1]


def today(staff: Staff, cases: int) -> list[Step]:
    """Give the steps of a day, in the order of their times."""
    random = chance(f"{staff.code} today")
    steps = [
        Step(at, staff.code, *given)
        for day in range(3)
        for queue in _queues(staff, cases, day, day)
        for at, given in zip(_times(random, staff, len(queue)), queue, strict=True)
    ]
    return sorted(steps, key=lambda one: one.at)


def _times(random: Random, staff: Staff, many: int) -> list[float]:
    """Draw times from the day of an office, in order."""
    drawn = (random.random() * _TOTALS[-1] for _ in range(many))
    return sorted(_hour(one) + _EASTERN - staff.ahead for one in drawn)


def _hour(done: float) -> float:
    """Give the hour at which so much of the day's work is done."""
    hour = bisect(_TOTALS, done)
    return hour + 1 - (_TOTALS[hour] - done) / _BUSY[hour]


def _queues(staff: Staff, cases: int, cohort: int, day: int) -> list[list[Given]]:
    """Give what a cohort of cases has done on a day: within a queue, one after the other."""
    numbers = range(cohort * _COHORT, cohort * _COHORT + cases)
    luck = {one: chance(f"{staff.code} luck {one}").random() for one in numbers}
    fetched = [one for one in numbers if luck[one] < _COUNTER]
    carried = [one for one in numbers if luck[one] >= _COUNTER]
    if day == 0:
        return [_first(staff, one, luck[one]) for one in numbers]
    bag = f"B{cohort}"
    if day == 1:
        out = _out(staff, carried, bag) if carried else []
        return [out, *(_counter(staff, one) for one in fetched)]
    return [_home(staff, carried, bag)] if carried else []


def _first(staff: Staff, number: int, luck: float) -> list[Given]:
    code, village = staff.tracking(number), staff.actor(Role.VILLAGE_OPERATOR)
    registry = staff.actor(Role.REGISTRY_OPERATOR)
    submit = evolve(order(number), application=code, region=staff.village)
    steps: list[Given] = [(submit, village), (verification(code), registry)]
    if luck < _COUNTER:
        choose = commands.ChooseDelivery(
            application=code, product="kk", way=DeliveryWay.COUNTER, letter=LETTER
        )
        steps.append((choose, village))
    elif luck < _RETURNED:
        back = commands.Return(
            application=code, faults={_ITEM: "tidak terbaca"}, accepted=("surat-hilang",)
        )
        answer = commands.Answer(application=code, evidence={_ITEM: submit.evidence[_ITEM]})
        steps[1:1] = [(back, registry), (answer, village)]
    return steps


def _item(staff: Staff, number: int) -> str:
    return f"{staff.tracking(number)}/1"


def _printed(staff: Staff, number: int) -> Given:
    return print_of(staff.tracking(number)), staff.actor(Role.PRINT_OPERATOR)


def _counter(staff: Staff, number: int) -> list[Given]:
    item, desk = _item(staff, number), staff.actor(Role.FRONT_DESK)
    return [
        _printed(staff, number),
        (commands.ToCounter(item=item), desk),
        (commands.HandOver(item=item, to=COLLECTOR), desk),
    ]


def _out(staff: Staff, carried: Sequence[int], bag: str) -> list[Given]:
    printer = staff.actor(Role.PRINT_OPERATOR)
    items = tuple(map(partial(_item, staff), carried))
    return [
        *(_printed(staff, one) for one in carried),
        (commands.Plan(bag=bag, to=staff.district, items=items), printer),
        (commands.Seal(bag=bag, count=len(items)), printer),
        (commands.Depart(bag=bag), staff.actor(Role.COURIER)),
    ]


def _home(staff: Staff, carried: Sequence[int], bag: str) -> list[Given]:
    district, village = staff.actor(Role.DISTRICT_OPERATOR), staff.actor(Role.VILLAGE_OPERATOR)
    items = tuple(map(partial(_item, staff), carried))
    return [
        (commands.Arrive(bag=bag, seal_whole=True), district),
        (commands.Count(bag=bag, arrived=items), district),
        (commands.Finish(bag=bag), district),
        *((commands.Collect(item=one), village) for one in items),
        *((commands.HandOver(item=one, to=COLLECTOR), village) for one in items),
    ]
