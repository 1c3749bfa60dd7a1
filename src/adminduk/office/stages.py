"""Through which hands a product goes on its way, and where its time went: told by the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, TypeVar

from attrs import field, frozen

from adminduk.codec import load
from adminduk.decide.promising import was_to_be_had
from adminduk.journal import Change, fold
from adminduk.office.history import history
from adminduk.office.shelf import Shelf
from adminduk.ports import Ref
from adminduk.records import (
    KINDS,
    Application,
    Bag,
    Copy,
    DeliveryWay,
    Heading,
    Pause,
    ProductLine,
    Record,
    Role,
)
from adminduk.values import Level

__all__ = ["Course", "Stage", "Stretch", "hindrance", "owner_of", "stage_of"]

R = TypeVar("R", bound=Record)


class Stage(StrEnum):
    """What a product that is not to be had yet waits for."""

    APPLICANT = "applicant"
    VERIFICATION = "verification"
    BLANKS = "blanks"
    PRINT = "print"
    PACKING = "packing"
    COUNTER = "counter"
    COURIER = "courier"
    ROAD = "road"
    COUNTING = "counting"
    MISSING = "missing"
    MISROUTED = "misrouted"
    REPLACEMENT = "replacement"


_MAKING: Final = frozenset({Stage.VERIFICATION, Stage.BLANKS, Stage.PRINT})
_WAITING: Final = frozenset({Stage.PACKING, Stage.COUNTER})
_INCIDENTS: Final = frozenset({Stage.MISSING, Stage.MISROUTED, Stage.REPLACEMENT})
_OF_BAG: Final = {"departed": Stage.ROAD, "arrived": Stage.COUNTING}


@frozen
class Stretch:
    """A stage while one post answers for it; `until` None: it is in it now."""

    stage: Stage
    owner: str
    since: datetime
    until: datetime | None = None


def stage_of(application: Application, copy: Copy | None, bag: Bag | None) -> Stage | None:
    """Say what a product waits for, by its newest copy; None: it is to be had, or ended."""
    if application.state in {"submitted", "returned"}:
        waits = set(application.attend) - set(application.attended)
        is_back = application.state == "returned"
        return Stage.APPLICANT if is_back or waits else Stage.VERIFICATION
    if application.state != "verified" or copy is None or was_to_be_had(copy):
        return None
    return _stage_on_its_way(copy, bag) if copy.alive else Stage.REPLACEMENT


def _stage_on_its_way(copy: Copy, bag: Bag | None) -> Stage:
    if copy.state == "ordered":
        no_blanks = copy.promise is not None and copy.promise.pause is Pause.BLANKS
        return Stage.BLANKS if no_blanks else Stage.PRINT
    if copy.state == "missing":
        return Stage.MISSING
    if copy.heading is Heading.HOME:
        return Stage.MISROUTED
    if bag is not None:
        return _OF_BAG.get(bag.state, Stage.COURIER)
    return Stage.COUNTER if copy.way is DeliveryWay.COUNTER else Stage.PACKING


_AT_A_DESK: Final = {
    Stage.VERIFICATION: Role.REGISTRY_OPERATOR,
    Stage.REPLACEMENT: Role.REGISTRY_OPERATOR,
    Stage.BLANKS: Role.PRINT_OPERATOR,
    Stage.PRINT: Role.PRINT_OPERATOR,
    Stage.COUNTER: Role.FRONT_DESK,
}


def owner_of(stage: Stage, application: Application, copy: Copy | None, bag: Bag | None) -> str:
    """Name the post whose turn it is: who holds the paper, or at whose desk the case lies."""
    if stage is Stage.APPLICANT:
        return str(application.holder)
    holder = copy.custodian if copy is not None else None
    if bag is not None:
        holder = bag.custodian
    if stage not in _AT_A_DESK:
        return str(holder or "")
    role = _AT_A_DESK[stage]
    if stage is Stage.PRINT and copy is not None and copy.way is DeliveryWay.DIGITAL:
        role = Role.REGISTRY_OPERATOR
    return f"{role.value}@{application.region.ancestor(Level.REGENCY).full()}"


@frozen
class Course:
    """Reads the way of products from the journal; a bag that many were in is read once."""

    shelf: Shelf
    _bags: dict[str, list[Change]] = field(factory=dict, init=False)

    def of(self, application: Application, line: ProductLine) -> list[Stretch]:
        """Give the stretches of a product's way, in order."""
        key = application.key
        changes = list(history(self.shelf, (Application.KIND, key)))
        for number in line.numbers:
            changes += history(self.shelf, (Copy.KIND, f"{key}/{number}"))
        for bag in {one.set["bag"] for one in changes if one.set.get("bag")}:
            if bag not in self._bags:
                self._bags[bag] = list(history(self.shelf, (Bag.KIND, bag)))
            changes += self._bags[bag]
        return list(_stretches(sorted(changes, key=lambda one: one.seq), key))


def _stretches(changes: Iterable[Change], key: str) -> Iterator[Stretch]:
    """Fold what happened, command by command, into stretches of one stage and one owner."""
    fields: dict[Ref, dict[str, Any]] = {}
    now: Stretch | None = None
    for _, group in groupby(changes, key=lambda one: one.command):
        recorded = None
        for one in group:
            ref, recorded = (one.kind, one.id), one.recorded
            fields[ref] = fold(fields.get(ref, {}), one.set)
        assert recorded is not None, "a group has entries"
        then = _stage_then(fields, key, recorded)
        if now is not None and (then is None or (then.stage, then.owner) != (now.stage, now.owner)):
            yield Stretch(now.stage, now.owner, now.since, recorded)
            now = None
        now = now or then
    if now is not None:
        yield now


def _stage_then(fields: dict[Ref, dict[str, Any]], key: str, at: datetime) -> Stretch | None:
    if (Application.KIND, key) not in fields:
        return None  # a bag that was planned before
    application = _record(Application, fields[Application.KIND, key])
    copies = (_record(Copy, one) for (kind, _), one in fields.items() if kind == Copy.KIND)
    copy = max(copies, key=lambda one: one.number, default=None)
    bag = None
    if copy is not None and copy.bag:
        bag = _record(Bag, fields[Bag.KIND, copy.bag])
    stage = stage_of(application, copy, bag)
    return None if stage is None else Stretch(stage, owner_of(stage, application, copy, bag), at)


def _record(kind: type[R], fields: dict[str, Any]) -> R:
    """Make the record of its fields, without who it is about."""
    known = {name: value for name, value in fields.items() if name != "personal"}
    made: R = load(known, KINDS[kind.KIND])  # type: ignore[assignment] # of the kind that it is
    return made


def hindrance(
    stretches: Sequence[Stretch],
    *,
    made_by: datetime,
    by: datetime,
    now: datetime,
    between: Callable[[datetime, datetime], int],
) -> Stretch | None:
    """Say in which stretch the time went that a promise was broken for.

    What went wrong on the way comes first. Else it is where the product was at the end of the
    promised day; if it was not made by then, or only after the run was to be packed, it is where
    the longest of the time before went.

    Args:
        stretches: The way of the product.
        made_by: When it was to be made.
        by: When it was to be had.
        now: When it is now.
        between: Counts the working days from one moment to another.
    """

    def length(one: Stretch) -> tuple[float, ...]:
        until = one.until or now
        return between(one.since, until), (until - one.since).total_seconds()

    before = [one for one in stretches if one.since < by and one.stage is not Stage.APPLICANT]
    incidents = [one for one in before if one.stage in _INCIDENTS]
    making = [one for one in before if one.stage in _MAKING]
    if incidents:
        return max(incidents, key=length)
    last = before[-1] if before else None
    was_late = bool(making) and (making[-1].until or now) > made_by
    if last is None or last.stage in _MAKING or (last.stage in _WAITING and was_late):
        return max(making, key=length, default=None)
    return last
