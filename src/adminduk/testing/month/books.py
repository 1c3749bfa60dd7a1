"""The blanks and the promises of the month, reckoned up from the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from attrs import define, field

from adminduk.office.promises import Account, Outcome
from adminduk.records.spans import size
from adminduk.regions.zones import WIB
from adminduk.testing.month.history import History, Step

__all__ = ["BlankBook", "Promises"]

_FATES: Final = ("used", "misprinted", "missing", "transferred", "destroyed", "reserved", "left")


@define
class BlankBook:
    """Which copy each blank was used for.

    Attributes:
        history: What is read.
        copies: By the number of the blank.
    """

    history: History
    copies: dict[str, str] = field(factory=dict)

    def after(self, steps: list[Step]) -> Iterator[tuple[str, str]]:
        """Take in what a command did; give the copies on a blank that another has."""
        for step in steps:
            spent = []
            if step.change.do == "print":
                spent = [step.change.set.get("blank")]
            elif step.change.do == "misprint" and step.change.kind == "copy":
                spent = step.after["spoiled"][-1:]
            for number in filter(None, spent):
                if self.copies.setdefault(number, step.change.id) != step.change.id:
                    yield step.change.id, f"{number} is {self.copies[number]}'s already"

    def at_the_end(
        self, stocks: Mapping[date, Mapping[str, Mapping[str, int]]]
    ) -> Iterator[tuple[str, str]]:
        """Hold the ledger against the copies, and each day's balance against that of the day."""
        office = self.history.office
        ledger = office.blanks()
        on_copies = sum(size(one.on_copies) for one in ledger.ranges)
        numbers = {str(one.first.at(n)) for one in ledger.ranges for n in _each(one.on_copies)}
        for number in numbers ^ set(self.copies):
            yield self.copies.get(number, ""), f"blank {number}: the ledger and the copies differ"
        if on_copies != len(self.copies) or ledger.doubles:
            yield "", f"{on_copies} blanks spent, {len(self.copies)} on copies; {ledger.doubles}"
        for day, told in stocks.items():
            if office.blanks(on=day).totals != told:
                yield "", f"the blanks of {day} were {told}, and are {office.blanks(on=day).totals}"
            for product, total in told.items():
                if total["received"] != sum(total[fate] for fate in _FATES):
                    yield "", f"{day}: {product} does not balance: {total}"


def _each(spans: tuple[tuple[int, int], ...]) -> Iterator[int]:
    return (number for first, last in spans for number in range(first, last + 1))


_THERE: Final = frozenset({"at_district", "at_village", "at_counter", "issued", "handed_over"})


@define
class Promises:
    """What was promised, and when each copy could be had first.

    Attributes:
        history: What is read.
        reached: By copy.
        accounts: Of each promise, once they were asked for.
    """

    history: History
    reached: dict[str, date] = field(factory=dict)
    accounts: list[Account] = field(factory=list)

    def after(self, steps: list[Step]) -> Iterator[tuple[str, str]]:
        """Note when a copy can be had first."""
        for step in steps:
            one = step.after
            out = one.get("heading") != "home" and not one.get("condemned")
            if step.change.kind == "copy" and one.get("state") in _THERE and out:
                day = step.change.recorded.astimezone(WIB).date()
                self.reached.setdefault(step.change.id, day)
        yield from ()

    def at_the_end(self) -> Iterator[tuple[str, str]]:
        """Hold the accounts of all months against what was promised."""
        made: dict[tuple[str, str], str] = {}
        months: set[date] = set()
        for (kind, code), fields in self.history.now.items():
            for line in fields.get("lines", ()) if kind == "application" else ():
                if promise := line.get("promise"):
                    newest = f"{code}/{line['numbers'][-1]}" if line.get("numbers") else ""
                    made[code, line["product"]] = newest
                    months |= {
                        datetime.fromisoformat(promise[day]).date().replace(day=1)
                        for day in ("made", "arrives")
                        if day in promise
                    }
        for month in sorted(months):
            self.accounts += self.history.office.promises(month).accounts
        told = Counter((one.code, one.product) for one in self.accounts)
        for code, product in (Counter(list(made)) - told) + (told - Counter(list(made))):
            times = told[code, product]
            yield f"{code}/1", f"the promise of {product} is accounted for {times} times"
        for one in self.accounts:
            yield from self._true(one, made.get((one.code, one.product), ""))

    def _true(self, one: Account, newest: str) -> Iterator[tuple[str, str]]:
        first = self.reached.get(newest)
        if one.reached is not None and one.reached != first:
            yield newest, f"it is said to have been there on {one.reached}, and was on {first}"
        if one.reached is None and first is not None and one.outcome is not Outcome.ENDED:
            yield newest, f"it was there on {first}, and its promise is {one.outcome}"
        if one.reached is not None and (one.outcome is Outcome.KEPT) != (one.reached <= one.day):
            yield newest, f"{one.outcome} for {one.day}, and it was there on {one.reached}"
        if one.outcome is Outcome.BROKEN and not one.cause:
            yield newest, "broken, and nobody knows why"
        if one.outcome in {Outcome.OPEN, Outcome.OVERDUE, Outcome.PAUSED}:
            yield newest, f"nothing is left to do, and its promise is {one.outcome}"
