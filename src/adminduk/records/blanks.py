"""Security blanks (blangko): one received range of numbers, and what became of each number."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Final

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.checks import blanks_id, day
from adminduk.records.spans import Spans, added, holds, left_of, removed, size
from adminduk.values import BlankNumber, RegionCode

__all__ = ["FATES", "BlankRow", "Blanks", "Reservation", "Transfer", "check_row", "product_of"]

FATES: Final = ("used", "misprinted", "missing", "transferred", "destroyed", "reserved")
"""What can have become of a blank; one that has none of these fates is left."""

_MOST: Final = 1_000_000


def product_of(blanks: str) -> str:
    """Give the product that a range is of, by its id."""
    return blanks.partition("/")[0]


def check_row(first: BlankNumber, last: BlankNumber) -> None:
    """Check that two numbers are the ends of a row of numbers.

    Raises:
        InvalidInput: They are of different forms, the wrong way round, or too far apart.
    """
    if not first.like(last) or not 0 <= last.number - first.number < _MOST:
        raise InvalidInput.at(
            "last",
            "blank_row",
            N_("From {first} to {last} is no row of numbers."),
            N_("a number after the first, of the same form, at most 1,000,000 in all"),
            first=str(first),
            last=str(last),
        )


def _blank(value: BlankNumber | str) -> BlankNumber:
    return BlankNumber.parse(value) if isinstance(value, str) else value


def _maybe_blank(value: BlankNumber | str | None) -> BlankNumber | None:
    return None if value is None else _blank(value)


@frozen(kw_only=True, slots=False)
class BlankRow:
    """Some numbers of a range.

    Attributes:
        blanks: The id of the range.
        first: The first number.
        last: The last number; left out: the first alone.
    """

    blanks: str = field(validator=blanks_id)
    first: BlankNumber = field(converter=_blank)
    last: BlankNumber | None = field(default=None, converter=_maybe_blank)

    def __attrs_post_init__(self) -> None:
        check_row(self.first, self.last or self.first)

    @property
    def numbers(self) -> Spans:
        """The running numbers."""
        return ((self.first.number, (self.last or self.first).number),)


@frozen(kw_only=True, slots=False)
class Reservation:
    """Numbers that are kept for somebody.

    Attributes:
        numbers: Which.
        operator: The id of the print operator who alone may use them.
        purpose: What for, in words.
        until: The last day on which they are kept from others; None: until they are released.
    """

    numbers: Spans
    operator: str
    purpose: str
    until: date | None = field(default=None, validator=day)

    def keeps_from(self, actor: str, on: date) -> bool:
        """Whether somebody may not use them on a day."""
        return actor != self.operator and (self.until is None or on <= self.until)


@frozen(kw_only=True, slots=False)
class Transfer:
    """Numbers that were given to another office.

    Attributes:
        numbers: Which.
        to: To whom.
        delivery_note: The number of the paper that went with them.
    """

    numbers: Spans
    to: str
    delivery_note: str


@frozen(kw_only=True, slots=False)
class Blanks:
    """A range of numbered blanks that was received; each number has one fate, or is left.

    Attributes:
        id: The product, a slash, and a name that the office chose, as `ktp/2021-07-A`.
        region: The office's regency.
        state: Where it stands in its lifecycle.
        begun: When it was received.
        first: The first number, as it is printed on the card.
        last: The last number.
        received_from: Who gave them: the ministry, a supplier, another office.
        delivery_note: The number of the paper that came with them.
        latest: It is the last range of its product that was received.
        last_used: The last day on which a number of it was printed or misprinted.
        used: Numbers that copies are printed on; the copy tells its number.
        outside: Of these, what was used outside this ledger; no fate of its own.
        misprinted: Numbers that were spoiled in printing.
        disposed: Of these, what was destroyed since, with minutes; no fate of its own.
        missing: Numbers that are not where they should be.
        destroyed: Numbers that were destroyed unused, with minutes.
        reserved: Numbers that are kept for somebody.
        transferred: Numbers that were given away.
        note: Why the last change was made, in words.
    """

    KIND: ClassVar = "blanks"

    id: str
    region: RegionCode
    state: str
    begun: datetime
    first: BlankNumber
    last: BlankNumber
    received_from: str
    delivery_note: str
    latest: bool = False
    last_used: date | None = None
    used: Spans = ()
    outside: Spans = ()
    misprinted: Spans = ()
    disposed: Spans = ()
    missing: Spans = ()
    destroyed: Spans = ()
    reserved: tuple[Reservation, ...] = ()
    transferred: tuple[Transfer, ...] = ()
    note: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """Its id within its kind."""
        return self.id

    @property
    def due(self) -> None:
        """Nothing is due."""
        return

    @property
    def product(self) -> str:
        """The product they are for."""
        return product_of(self.id)

    @property
    def numbers(self) -> Spans:
        """All its running numbers; none where the receipt was withdrawn."""
        return () if self.state == "withdrawn" else ((self.first.number, self.last.number),)

    def with_fate(self, fate: str) -> Spans:
        """Give the running numbers that have a fate."""
        if fate in {"reserved", "transferred"}:
            return added(*(one.numbers for one in getattr(self, fate)))
        numbers: Spans = getattr(self, fate)
        return numbers

    @property
    def left(self) -> Spans:
        """The running numbers that have no fate."""
        fates = [self.with_fate(one) for one in FATES]
        return tuple(span for one in self.numbers for span in left_of(*one, fates))

    @property
    def on_copies(self) -> Spans:
        """The running numbers that a copy tells of: printed on it, or spoiled for it."""
        return added(removed(self.used, self.outside), self.misprinted)

    @property
    def in_stock(self) -> bool:
        """Whether a number of it can still be used."""
        return bool(self.reserved or self.left)

    def usable_by(self, actor: str, on: date, *, own: bool = False) -> Spans:
        """Give the running numbers that somebody may use on a day.

        Args:
            actor: Their id.
            on: The day.
            own: Only what is reserved, and not kept from them.
        """
        theirs = [one.numbers for one in self.reserved if not one.keeps_from(actor, on)]
        return added(*theirs) if own else added(self.left, *theirs)

    def fate_of(self, number: int) -> str:
        """Say what became of a running number: a fate, or `left`."""
        return next((one for one in FATES if holds(self.with_fate(one), number)), "left")

    def told_of(self, number: int) -> str:
        """Say in words what was said with the fate of a running number; may be empty."""
        for kept in self.reserved:
            if holds(kept.numbers, number):
                return f"{kept.operator}: {kept.purpose}"
        for given in self.transferred:
            if holds(given.numbers, number):
                return f"{given.to}, {given.delivery_note}"
        return self.note if self.fate_of(number) in {"missing", "destroyed"} else ""

    def has(self, blank: BlankNumber) -> bool:
        """Whether a blank is of this range."""
        return blank.like(self.first) and holds(self.numbers, blank.number)

    def counts(self) -> dict[str, int]:
        """Count what was received, what has each fate, and what is left."""
        fates = {one: size(self.with_fate(one)) for one in FATES}
        return {"received": size(self.numbers), **fates, "left": size(self.left)}

    def faults(self) -> list[str]:
        """Name what cannot be: numbers outside the range, or with two fates."""
        fates = [self.with_fate(one) for one in FATES]
        told = added(*fates)
        faults = []
        if sum(map(size, fates)) != size(told):
            faults.append("a number has two fates")
        if added(told, self.numbers) != self.numbers:
            faults.append("a number outside the range has a fate")
        if removed(self.disposed, self.misprinted) or removed(self.outside, self.used):
            faults.append("a number is said to be spoiled or used that is not")
        return faults
