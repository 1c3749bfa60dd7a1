"""Which promises were kept, which were not and why, and which will not be if nobody hurries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from attrs import evolve, frozen

from adminduk.decide import Look, Rules
from adminduk.decide.promising import was_to_be_had
from adminduk.office.shelf import Shelf
from adminduk.office.stages import Course, hindrance, owner_of, stage_of
from adminduk.ports import Ref
from adminduk.records import (
    Application,
    Bag,
    Copy,
    Goal,
    ProductLine,
    ProductOutcome,
    Promise,
    Record,
)
from adminduk.records.index import promised_key, stamp
from adminduk.working_days import WorkingDays

__all__ = ["Account", "Month", "Outcome", "PromiseBook", "account_of"]


class Outcome(StrEnum):
    """What has become of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    PAUSED = "paused"
    OVERDUE = "overdue"
    ENDED = "ended"


@frozen(kw_only=True)
class Account:
    """What was promised of a product, and what has become of it.

    Attributes:
        code: The tracking code of the case.
        product: The product.
        village: The code of the village of the family.
        goal: Where it was to be.
        day: The last day on which it was to be there.
        counter: The day from which it is made, and can be had at the counter.
        outcome: What has become of the promise.
        reached: The day on which it was there; None: it was not yet.
        late: By how many working days it was later, or is by now.
        cause: Broken or overdue: the stage in which the time went. Ended: how the case did. Paused:
            why.
        at_fault: The post that answered for it in that stage; may be empty.
        stage: What it waits for now; empty: for nothing.
        owner: The post whose turn it is now; may be empty.
    """

    code: str
    product: str
    village: str
    goal: Goal
    day: date
    counter: date
    outcome: Outcome
    reached: date | None = None
    late: int = 0
    cause: str = ""
    at_fault: str = ""
    stage: str = ""
    owner: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "code": self.code,
            "product": self.product,
            "village": self.village,
            "goal": self.goal.value,
            "day": self.day.isoformat(),
            "counter": self.counter.isoformat(),
            "outcome": self.outcome.value,
            "reached": None if self.reached is None else self.reached.isoformat(),
            "late": self.late,
            "cause": self.cause or None,
            "at_fault": self.at_fault or None,
            "stage": self.stage or None,
            "owner": self.owner or None,
        }


def account_of(
    application: Application,
    line: ProductLine,
    copy: Copy | None,
    bag: Bag | None,
    *,
    today: date,
    calendar: WorkingDays,
) -> Account | None:
    """Give account of a product's promise as the records tell it; None: none was made.

    Args:
        application: The case.
        line: The product.
        copy: Its newest copy, if one was ordered.
        bag: The bag in which that is, if it is in one.
        today: The day.
        calendar: The days on which the office works.
    """
    promise = line.promise if copy is None or not copy.alive else copy.promise
    if promise is None:
        return None
    day = promise.day(line.way)
    reached = copy.reached if copy is not None and was_to_be_had(copy) else None
    outcome, cause = _outcome(application, line, reached, promise, today)
    stage = stage_of(application, copy, bag)
    late = outcome in {Outcome.BROKEN, Outcome.OVERDUE}
    return Account(
        code=application.key,
        product=line.product,
        village=application.region.full(),
        goal=promise.goal(line.way),
        day=day,
        counter=promise.made,
        outcome=outcome,
        reached=reached,
        late=max(1, calendar.between(day, reached or today)) if late else 0,
        cause=cause,
        stage="" if stage is None else stage.value,
        owner="" if stage is None else owner_of(stage, application, copy, bag),
    )


def _outcome(
    application: Application,
    line: ProductLine,
    reached: date | None,
    promise: Promise,
    today: date,
) -> tuple[Outcome, str]:
    """Say what has become of a promise, and for what has ended or stands still why."""
    day = promise.day(line.way)
    if reached is not None:
        return (Outcome.KEPT if reached <= day else Outcome.BROKEN), ""
    if line.outcome is not ProductOutcome.OPEN:
        return Outcome.ENDED, line.outcome.value
    if application.state not in _OPEN:
        return Outcome.ENDED, application.state
    if promise.pause is not None:
        return Outcome.PAUSED, promise.pause.value
    return (Outcome.OPEN if today <= day else Outcome.OVERDUE), ""


_OPEN: Final = frozenset({"submitted", "returned", "verified"})


@frozen
class Month:
    """The promises for a month, each accounted for.

    Attributes:
        month: Its first day.
        accounts: One a product, by day and code.
    """

    month: date
    accounts: tuple[Account, ...]

    def as_dict(self, *, each: bool) -> dict[str, Any]:
        """Give it as it is answered to programs: the sums, and each promise if it is asked for."""
        late = [one for one in self.accounts if one.late]
        broken = [one for one in self.accounts if one.outcome is Outcome.BROKEN]
        ended = [one for one in self.accounts if one.outcome is Outcome.ENDED]
        outcomes = Counter(one.outcome for one in self.accounts)
        told: dict[str, Any] = {
            "month": f"{self.month:%Y-%m}",
            "promised": len(self.accounts),
            "outcomes": {one.value: outcomes[one] for one in Outcome},
            "causes": dict(Counter(one.cause or "unknown" for one in late).most_common()),
            "ended": dict(Counter(one.cause for one in ended).most_common()),
            "broken_by_days": {
                str(days): count for days, count in sorted(Counter(b.late for b in broken).items())
            },
        }
        return told | {"promises": [one.as_dict() for one in self.accounts]} if each else told


_AT_ONCE: Final = 200
"""As many cases are read in one look."""
_LATE_STATES: Final = {
    Application.KIND: ("submitted", "verified"),
    Copy.KIND: ("ordered", "at_office", "bagged", "at_district", "missing"),
}
"""Where what is promised may lie; in each state what is due first is found first."""


@frozen
class PromiseBook:
    """Gives account of promises, by what is stored now."""

    shelf: Shelf
    rules: Rules
    now: datetime
    """As the clock of the office shows it."""

    def month(self, month: date) -> Month:
        """Give account of all that was promised for a month."""
        first = month.replace(day=1)
        rows = self.shelf.rows(key=promised_key(first))
        accounts = (
            one
            for one in self._accounts(row.id for row in rows)
            if (one.day.year, one.day.month) == (first.year, first.month)
        )
        return Month(first, tuple(sorted(accounts, key=_by_day)))

    def late(self, until: date) -> list[Account]:
        """Give what is overdue, and what is promised for a day up to one and not there yet.

        Both are found by when they are due: nothing else is read, however much is stored.
        """
        codes = {
            record.key.partition("/")[0]
            for kind, states in _LATE_STATES.items()
            for state in states
            for record in self._due(kind, state, until)
            if _may_be_late(record, until)
        }
        accounts = (
            one
            for one in self._accounts(sorted(codes))
            if one.outcome is Outcome.OVERDUE or (one.outcome is Outcome.OPEN and one.day <= until)
        )
        return sorted(accounts, key=_by_day)

    def _due(self, kind: str, state: str, until: date) -> Iterator[Record]:
        return self.shelf.records(kind=kind, state=state, due_until=stamp(self._end_of(until)))

    def _end_of(self, day: date) -> datetime:
        """Give the midnight after a day, at the office."""
        return datetime.combine(day + timedelta(days=1), time(), self.now.tzinfo)

    def _accounts(self, codes: Iterable[str]) -> Iterator[Account]:
        course = Course(self.shelf)
        rest = iter(codes)
        while some := list(islice(rest, _AT_ONCE)):
            look = Look([(Application.KIND, code) for code in some], cases=some)
            found = {ref: one.record for ref, one in self.shelf.look(look).items()}
            papers = [one for one in found.values() if isinstance(one, Copy)]
            bags = {(Bag.KIND, one.bag) for one in papers if one.bag}
            if bags:
                found |= {ref: one.record for ref, one in self.shelf.look(Look(bags)).items()}
            for code in some:
                yield from self._of_case(found, code, course)

    def _of_case(self, found: dict[Ref, Record], code: str, course: Course) -> Iterator[Account]:
        application = found[Application.KIND, code]
        assert isinstance(application, Application)
        for line in application.lines:
            last = f"{code}/{line.numbers[-1]}" if line.numbers else ""
            copy = found.get((Copy.KIND, last))
            bag = found.get((Bag.KIND, copy.bag)) if isinstance(copy, Copy) else None
            account = account_of(
                application,
                line,
                copy if isinstance(copy, Copy) else None,
                bag if isinstance(bag, Bag) else None,
                today=self.now.date(),
                calendar=self.rules.calendar,
            )
            if account is not None:
                yield self._with_cause(account, application, line, course)

    def _with_cause(
        self, account: Account, application: Application, line: ProductLine, course: Course
    ) -> Account:
        if not account.late:
            return account
        found = hindrance(
            course.of(application, line),
            made_by=self._end_of(account.counter),
            by=self._end_of(account.day),
            now=self.now,
            between=self._working_days,
        )
        if found is None:
            return account
        return evolve(account, cause=found.stage.value, at_fault=found.owner)

    def _working_days(self, since: datetime, until: datetime) -> int:
        """Count the working days from one moment to another, by the clock of the office."""
        first, last = (self.rules.local(one).date() for one in (since, until))
        return self.rules.calendar.between(first, last)


def _by_day(account: Account) -> tuple[date, str, str]:
    return account.day, account.code, account.product


def _may_be_late(record: Record, until: date) -> bool:
    """Whether a record that is due is so by its promise, and not by an inner term alone."""
    if isinstance(record, Copy):
        promise = record.promise if record.reached is None else None
        return promise is not None and promise.day(record.way) <= until
    assert isinstance(record, Application)
    days = (line.promise.day(line.way) for line in record.lines if line.promise is not None)
    return any(day <= until for day in days)
