"""What was sealed into each bag is accounted for, and what left the office stands in its book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import define, field

from adminduk.records.manifest import check_code
from adminduk.testing.month.history import History, Step, post_of

__all__ = ["Manifests"]

_FROM: Final = frozenset({"bagged", "missing", "at_office", "at_district"})


@define
class _Contents:
    """What became of what was sealed into a bag when it was sealed last."""

    sealed: set[str] = field(factory=set)
    arrived: set[str] = field(factory=set)
    missing: set[str] = field(factory=set)
    elsewhere: set[str] = field(factory=set)
    extra: set[str] = field(factory=set)


@define
class Manifests:
    """Follows every bag.

    Attributes:
        history: What is read.
        contents: By bag.
        departures: What left the office, paper by paper, as it was recorded: bag and paper.
    """

    history: History
    contents: dict[str, _Contents] = field(factory=dict)
    departures: list[tuple[str, str]] = field(factory=list)
    extra: int = 0

    def after(self, steps: list[Step]) -> Iterator[tuple[str, str]]:
        """Take in what a command did; give the bags that do not fit."""
        bags = [step for step in steps if step.change.kind == "bag"]
        papers = [step for step in steps if step.is_paper]
        for bag in bags:
            if bag.change.do == "seal":
                yield from self._sealed(bag, papers)
            elif bag.change.do == "depart" and post_of(bag.before).startswith("print_operator"):
                items = sorted(self.contents[bag.change.id].sealed, key=_by_kind)
                self.departures += [(bag.change.id, item) for item in items]
        for paper in papers:
            yield from self._moved(paper, bags[0].change.id if bags else "")

    def _sealed(self, bag: Step, papers: list[Step]) -> Iterator[tuple[str, str]]:
        name = bag.change.id
        inside = {one.change.id for one in papers if one.after.get("bag") == name}
        self.contents[name] = _Contents(inside)
        if len(inside) != bag.after["count"]:
            yield name, f"{len(inside)} papers went in, and {bag.after['count']} were counted"
        if check_code(inside) != bag.after["check"]:
            yield name, f"its check code is {bag.after['check']}, not {check_code(inside)}"

    def _moved(self, paper: Step, opened: str) -> Iterator[tuple[str, str]]:
        """Note what becomes of a paper in a bag that is opened, given up, or turned up."""
        item, do = paper.change.id, paper.change.do
        left, entered = paper.before.get("bag", ""), paper.after.get("bag", "")
        if left and left != entered:
            found = self.contents[left]
            if do in {"finish", "write_off"}:
                found.missing.add(item)
            elif do == "count":
                (found.arrived if left == opened else found.elsewhere).add(item)
            elif do != "unseal":
                yield left, f"{item} left it by {do}"
        if do == "arrive" and entered:
            self.contents[entered].missing.discard(item)
        if do == "count" and left != opened and opened:
            self.extra += 1
            self.contents[opened].extra.add(item)
            if paper.before.get("state") not in _FROM:
                yield opened, f"{item} came out of it, and was {paper.before.get('state')}"

    def at_the_end(self) -> Iterator[tuple[str, str]]:
        """Give the bags that do not balance, or whose differences nobody owns."""
        for name, one in self.contents.items():
            bag = self.history.now["bag", name]
            if bag["state"] not in {"closed", "cancelled", "written_off"}:
                yield name, f"nothing is left to do, and it is {bag['state']}"
            parts = (one.arrived, one.missing, one.elsewhere)
            if sum(map(len, parts)) != len(one.sealed) or set().union(*parts) != one.sealed:
                told = f"{len(one.arrived)} arrived, {len(one.missing)} missing"
                yield name, f"{len(one.sealed)} sealed: {told}, {len(one.elsewhere)} elsewhere"
            told_of = {(d["item"], d["kind"]) for d in bag.get("differences", ())}
            true = {(item, "missing") for item in one.missing}
            true |= {(item, "extra") for item in one.extra}
            if not true <= told_of:
                yield name, f"no difference tells of {sorted(true - told_of)}"
            for difference in bag.get("differences", ()):
                if not (difference.get("outcome") and difference.get("owner")):
                    yield name, f"{difference['item']}: {difference['kind']}, and nobody owns it"

    def book(self, first: date, last: date) -> Iterator[tuple[str, str]]:
        """Hold the book of what left the office against what did, line by line."""
        lines = self.history.office.dispatches(first, last)
        for number, line in enumerate(lines, start=1):
            if line.number != number:
                yield line.bag.id, f"line {line.number} of the book stands at place {number}"
        told = [(line.bag.id, line.paper.id) for line in lines]
        if told != self.departures:
            odd = next(
                (pair for pair in zip(told, self.departures, strict=False) if pair[0] != pair[1]),
                (told[-1:], self.departures[-1:]),
            )
            bag = str(odd[0][0] if odd[0] else "")
            lengths = f"{len(told)} lines for {len(self.departures)} papers that left"
            yield bag, f"{lengths}; the first that differ: {odd[0]} and {odd[1]}"


def _by_kind(item: str) -> tuple[bool, str]:
    """Give the order of the papers of a bag: copies before originals."""
    return not item.rpartition("/")[2].isdigit(), item
