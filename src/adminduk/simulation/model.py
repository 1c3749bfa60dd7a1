"""The office at work: documents come in, are verified and printed, and go their way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from attrs import define, field
from simpy import Environment, Event

from adminduk.records import Act, Channel, DeliveryWay, Goal, Pause
from adminduk.records.schedule import Timetable, runs
from adminduk.simulation.chance import Document, Kind, coming, kinds_of
from adminduk.simulation.changes import Desk
from adminduk.simulation.desk import Queue, staff
from adminduk.simulation.doors import Doors
from adminduk.simulation.hours import DAY, Hours
from adminduk.simulation.promising import Promises
from adminduk.simulation.result import Evening, Outcome, Result, no_events, nowhere
from adminduk.simulation.scenario import LONGEST, Scenario
from adminduk.simulation.way import steps_of

__all__ = ["simulate"]

_ALL: Final = 100
_JUST_AFTER: Final = 1e-6
"""What is ready at the cut-off itself goes along."""
_NOON: Final = time(12)


def simulate(
    scenario: Scenario, seed: int = 1, tell: Callable[[int], None] = lambda _: None
) -> Result:
    """Simulate an office, until all that was applied for is handed over, or for a year after.

    Args:
        scenario: The office and what happens to it.
        seed: The same gives the same result.
        tell: Told every day how many of a hundred are over of those on which anybody applies.

    Raises:
        NoRuleInForce: A service has no rule on the first day.
    """
    return _Office.of(scenario, seed).run(tell)


@define(eq=False)
class _Office:
    scenario: Scenario
    seed: int
    env: Environment
    hours: Hours
    to_verify: Queue
    to_print: Queue
    promises: Promises
    doors: Doors
    done: dict[str, int] = field(init=False, factory=no_events)
    states: dict[str, int] = field(init=False, factory=nowhere)
    came: int = 0
    ready: dict[str, list[Document]] = field(factory=lambda: defaultdict(list))
    """What lies in the store, by district."""
    outcomes: Counter[Outcome] = field(factory=Counter)

    @classmethod
    def of(cls, scenario: Scenario, seed: int) -> _Office:
        """Make it, with nothing in it yet."""
        env = Environment()
        days = (scenario.until - scenario.since).days + 1 + LONGEST
        hours = Hours(scenario.calendar, scenario.since, days, scenario.opens, scenario.closes)
        stock = dict.fromkeys((one.product for one in scenario.blanks), 0)
        promises = Promises.of(scenario, hours)
        doors = Doors(hours, tuple(one.notice(scenario.region) for one in scenario.closings))
        office = cls(scenario, seed, env, hours, Queue(env), Queue(env, stock), promises, doors)
        office.to_print.ran_out = office._stand_still
        return office

    def run(self, tell: Callable[[int], None]) -> Result:
        """Let it work, and write down every evening."""
        self._set_to_work()
        evenings = []
        done, came = dict(self.done), self.came
        for day in range(self.hours.days):
            self.env.run(until=(day + 1) * DAY)
            today = {event: count - done[event] for event, count in self.done.items()}
            evenings.append(
                Evening(self.hours.date_of(day), self.came - came, today, dict(self.states))
            )
            done, came = dict(self.done), self.came
            last = self.hours.day_of(self.scenario.until)
            tell(min(_ALL, _ALL * (day + 1) // (last + 1)))
            is_over = day >= last
            if is_over and sum(self.outcomes.values()) == self.came:
                break
        return Result(self.scenario, self.seed, tuple(evenings), self.outcomes)

    def _set_to_work(self) -> None:
        for kind in kinds_of(self.scenario):
            self._begin(self._apply(kind))
        for one in sorted(self.scenario.blanks, key=lambda one: one.day):
            self._begin(self._deliver(one.product, one.day, one.count))
        desks = {
            Desk.VERIFICATION: (self.to_verify, self._verified),
            Desk.PRINT: (self.to_print, self._printed),
        }
        for desk, (queue, then) in desks.items():
            at_work = [
                self.scenario.at_work(desk, self.hours.date_of(day)) if is_working else 0
                for day, is_working in enumerate(self.hours.working)
            ]
            staff(queue, self.hours, at_work, then)
        for timetable, districts in self._timetables():
            self._begin(self._courier(timetable, districts))

    def _begin(self, process: Iterator[Event]) -> None:
        generator: Any = process
        self.env.process(generator)

    @property
    def today(self) -> int:
        """The number of the day."""
        return int(self.env.now // DAY)

    def _until(self, minute: float) -> Event:
        return self.env.timeout(max(0.0, minute - self.env.now))

    def _move(self, document: Document, event: str) -> None:
        """Let something happen to a document that the lifecycles allow where it is."""
        step = steps_of(document.way)[event]
        assert document.state == step.source, f"{event} of what is {document.state}"
        document.state = step.target
        self.states[step.source] -= 1
        self.states[step.target] += 1
        self.done[event] += 1

    # Applying.

    def _apply(self, kind: Kind) -> Iterator[Event]:
        for minute, document in coming(self.scenario, kind, self.hours, self.seed):
            yield self._until(minute)
            self.came += 1
            self.states[document.state] += 1
            self._go_to(document, document.door)

    def _go_to(self, document: Document, door: Channel) -> None:
        """Apply at a door; where it is closed, at the village's or when it opens again."""
        if self.doors.is_open(Act.SUBMIT, door, document.kind, self.today):
            self._submit(document, door)
        elif door is Channel.COUNTER and not document.waits:
            self._go_to(document, Channel.VILLAGE)
        else:
            self._begin(self._come_again(document, door))

    def _come_again(self, document: Document, door: Channel) -> Iterator[Event]:
        day = self.doors.opens(Act.SUBMIT, door, document.kind, self.today + 1)
        if day is not None:
            yield self._until(self.hours.opening(day))
            self._submit(document, door)

    def _submit(self, document: Document, door: Channel) -> None:
        if door is Channel.COUNTER:
            document.way = DeliveryWay.COUNTER
        self.promises.make(document, door, self.env.now)
        self._move(document, "submit")
        self._to_verify(document)

    # Verifying.

    def _to_verify(self, document: Document) -> None:
        document.left = document.verify
        due = self.promises.due_to_verify(document, self.env.now)
        self.to_verify.put(document, due)

    def _verified(self, document: Document) -> None:
        if document.returns:
            document.returns -= 1
            self._move(document, "return")
            self.promises.pause(document, Pause.RETURNED, self.env.now)
            self._begin(self._answer(document))
            return
        self._move(document, "verify")
        self._move(document, "order")
        if document.way is DeliveryWay.DIGITAL:
            self._move(document, "issue")
            document.made = document.reached = self.today
            self._finish(document)
            return
        self._to_print(document)

    def _answer(self, document: Document) -> Iterator[Event]:
        day = self.hours.after(self.today, self.scenario.answer_days)
        if day > self.today:
            yield self._until(self.hours.opening(day))
        self._move(document, "answer")
        self.promises.resume(document, self.env.now)
        self._to_verify(document)

    # Printing.

    def _to_print(self, document: Document) -> None:
        document.left = document.print
        if self.to_print.stock.get(document.sort) == 0:
            self.promises.pause(document, Pause.BLANKS, self.env.now)
        due = self.promises.due_to_print(document, self.env.now)
        self.to_print.put(document, due, document.sort)

    def _deliver(self, product: str, day: date, count: int) -> Iterator[Event]:
        yield self._until(self.hours.opening(max(0, self.hours.day_of(day))))
        stock = self.to_print.stock
        stock[product] += count
        for document in self.to_print.of(product):
            self.promises.resume(document, self.env.now)
        self.to_print.call_all()

    def _stand_still(self, product: str) -> None:
        """Let the promises of what waits for blanks stand still, as none are left."""
        for document in self.to_print.of(product):
            self.promises.pause(document, Pause.BLANKS, self.env.now)

    def _printed(self, document: Document) -> None:
        if document.misprints:
            document.misprints -= 1
            self._move(document, "misprint")
            self._to_print(document)
            return
        self._move(document, "print")
        document.made = self.today
        if document.way is DeliveryWay.COUNTER:
            self._move(document, "to_counter")
            document.reached = self.today
            self._begin(self._fetch_at_counter(document))
        else:
            self.ready[document.district].append(document)

    def _fetch_at_counter(self, document: Document) -> Iterator[Event]:
        day = self.hours.after(self.today, self.scenario.fetch_days)
        opens = self.doors.opens(Act.COLLECT, Channel.COUNTER, document.kind, day)
        if opens is not None:
            yield self._until(self.hours.opening(opens))
            self._move(document, "hand_over")
            self._finish(document)

    # On the road.

    def _timetables(self) -> Iterator[tuple[Timetable, list[str]]]:
        """Give each timetable with the districts that have it."""
        found: dict[int, tuple[Timetable, list[str]]] = {}
        for code, one in self.promises.counting.items():
            assert one.timetable is not None
            found.setdefault(id(one), (one.timetable, []))[1].append(code)
        yield from found.values()

    def _courier(self, timetable: Timetable, districts: list[str]) -> Iterator[Event]:
        for run in runs(timetable, self.scenario.calendar, self.scenario.since):
            cut_off = self.hours.minute_of(run.cut_off)
            if cut_off < 0:
                continue
            yield self._until(cut_off + _JUST_AFTER)
            papers = [one for code in districts for one in self.ready.pop(code, ())]
            for document in papers:
                self._move(document, "seal")
            self._begin(self._carry(papers, run.day, run.cut_off))

    def _carry(self, papers: list[Document], day: date, cut_off: datetime) -> Iterator[Event]:
        arrival = max(datetime.combine(day, _NOON), cut_off + timedelta(seconds=1))
        yield self._until(self.hours.minute_of(arrival))
        self._all(papers, "arrive")
        for document in papers:
            document.reached = self.today
        collected = self.hours.after(self.today, self.scenario.collect_days)
        yield self._until(self.hours.opening(collected))
        self._all(papers, "collect")
        fetched = self.hours.after(self.today, self.scenario.fetch_days)
        yield self._until(self.hours.opening(fetched))
        self._all(papers, "hand_over")
        for document in papers:
            self._finish(document)

    def _all(self, papers: Iterable[Document], event: str) -> None:
        for document in papers:
            self._move(document, event)

    # At the end.

    def _finish(self, document: Document) -> None:
        promise, way = document.promised, document.way
        reached = document.made if promise.goal(way) is Goal.MADE else document.reached
        outcome = Outcome(
            way,
            self.hours.between(document.came, document.made),
            self.today - document.came,
            self.hours.date_of(reached) <= promise.day(way),
            document.district,
        )
        self.outcomes[outcome] += 1
