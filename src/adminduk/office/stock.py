"""The stock of blanks: what is left on a day, what does not fit, what became of one blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from adminduk.decide import Look
from adminduk.envelope import restore
from adminduk.journal import fold
from adminduk.office.history import history
from adminduk.office.shelf import Shelf
from adminduk.ports import Claim, Ref
from adminduk.records import Blanks, Copy
from adminduk.records.ledger import Gap, Ledger
from adminduk.records.spans import holds

__all__ = [
    "Double",
    "Happened",
    "Stock",
    "Trail",
    "ledger_of",
    "stock_of",
    "trails_of",
]

_PAGE: Final = 1000


@frozen
class Double:
    """A number that two records claim: a copy has it, and the ledger says something else.

    Attributes:
        product: Of which product.
        blank: The number.
        copy: The copy that has it.
        blanks: The range that has it.
        fate: What became of it, as the ledger has it.
    """

    product: str
    blank: str
    copy: str
    blanks: str
    fate: str


@frozen
class Stock:
    """The balance of the blanks of an office.

    Attributes:
        ranges: Every range that was received.
        totals: Of each product: `received`, each fate, and `left`.
        gaps: Numbers that were skipped, or never received.
        doubles: Numbers that two records claim; only known of today.
    """

    ranges: tuple[Blanks, ...]
    totals: dict[str, dict[str, int]]
    gaps: tuple[Gap, ...]
    doubles: tuple[Double, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "products": [{"product": name, **total} for name, total in self.totals.items()],
            "ranges": [
                {
                    "id": one.id,
                    "state": one.state,
                    "first": str(one.first),
                    "last": str(one.last),
                    "received_from": one.received_from,
                    "delivery_note": one.delivery_note,
                    "on": one.begun.date().isoformat(),
                    **one.counts(),
                }
                for one in self.ranges
            ],
            "gaps": [
                {"product": one.product, "first": one.first, "last": one.last, "why": one.why}
                for one in self.gaps
            ],
            "doubles": [
                {
                    "product": one.product,
                    "blank": one.blank,
                    "copy": one.copy,
                    "blanks": one.blanks,
                    "fate": one.fate,
                }
                for one in self.doubles
            ],
        }


@frozen
class Happened:
    """Something that became of a blank."""

    at: datetime
    do: str
    by: str
    fate: str
    note: str


@frozen
class Trail:
    """What became of one blank.

    Attributes:
        blank: Its number.
        product: What it is for.
        blanks: The range it was received in; empty: it is in no ledger.
        fate: What became of it.
        copy: The copy that is printed on it, or for which it was misprinted; empty: none.
        happened: What became of it in order.
    """

    blank: str
    product: str
    blanks: str
    fate: str
    copy: str
    happened: tuple[Happened, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "blank": self.blank,
            "product": self.product,
            "blanks": self.blanks or None,
            "fate": self.fate,
            "copy": self.copy or None,
            "happened": [
                {
                    "at": one.at.isoformat(),
                    "do": one.do,
                    "by": one.by,
                    "fate": one.fate,
                    "note": one.note,
                }
                for one in self.happened
            ],
        }


def ledger_of(shelf: Shelf, products: Iterable[str], until: datetime | None = None) -> Ledger:
    """Read the ledger of some products, as it is or as it was known at a moment."""
    found = shelf.look(Look(products=tuple(products)))
    ranges = [one.record for one in found.values() if isinstance(one.record, Blanks)]
    if until is None:
        return Ledger(ranges)
    then = (_as_of(shelf, (one.KIND, one.key), until) for one in ranges)
    return Ledger(one for one in then if one is not None)


def _as_of(shelf: Shelf, ref: Ref, until: datetime) -> Blanks | None:
    """Give a range as its journal tells it up to a moment; None: it was not there."""
    fields, version = dict[str, Any](), 0
    for change in history(shelf, ref):
        if change.recorded >= until:
            break
        fields, version = fold(fields, change.set), change.version
    return _restored(shelf, fields, version) if version else None


def _restored(shelf: Shelf, fields: dict[str, Any], version: int) -> Blanks:
    record = restore(Blanks.KIND, fields, version, shelf.keyring.keys())
    assert isinstance(record, Blanks)
    return record


def stock_of(shelf: Shelf, products: Iterable[str], until: datetime | None = None) -> Stock:
    """Give the balance of some products, as it is or as it was known at a moment."""
    ledger = ledger_of(shelf, products, until)
    doubles = tuple(_doubles(shelf, ledger)) if until is None else ()
    return Stock(tuple(ledger.ranges), ledger.totals(), tuple(ledger.gaps()), doubles)


def _doubles(shelf: Shelf, ledger: Ledger) -> Iterator[Double]:
    for product in ledger.totals():
        for claim in _claims(shelf, f"blank:{product}:"):
            blank = claim.key.rpartition(":")[2]
            found = ledger.range_of(product, blank)
            if found is not None:
                blanks, number = found
                fate = blanks.fate_of(number)
                if fate not in {"used", "misprinted"}:
                    yield Double(product, blank, claim.id, blanks.id, fate)


def _claims(shelf: Shelf, beginning: str) -> Iterator[Claim]:
    """Give the claims whose keys begin so."""
    after = beginning
    while page := shelf.storage.claims(shelf.office, after=after, limit=_PAGE):
        for claim in page:
            if not claim.key.startswith(beginning):
                return
            yield claim
            after = claim.key


def trails_of(shelf: Shelf, products: Iterable[str], text: str) -> list[Trail]:
    """Give what became of the blanks of a number: there may be one of each product."""
    ledger = ledger_of(shelf, products)
    found = (_trail(shelf, ledger, product, text) for product in products)
    return [one for one in found if one is not None]


def _trail(shelf: Shelf, ledger: Ledger, product: str, text: str) -> Trail | None:
    key = f"blank:{product}:{text}"
    copy = next((one.id for one in _claims(shelf, key[:-1]) if one.key == key), "")
    place = ledger.range_of(product, text)
    if place is not None:
        blanks, number = place
        happened = tuple(_happened(shelf, blanks, number))
        return Trail(text, product, blanks.id, blanks.fate_of(number), copy, happened)
    if not copy:
        return None
    happened = tuple(_on_copy(shelf, copy, text))
    return Trail(text, product, "", happened[-1].fate, copy, happened)


def _happened(shelf: Shelf, blanks: Blanks, number: int) -> Iterator[Happened]:
    """Give the changes of a range by which a number got another fate."""
    fields, fate = dict[str, Any](), ""
    for change in history(shelf, (blanks.KIND, blanks.key)):
        fields = fold(fields, change.set)
        now = _restored(shelf, fields, change.version)
        told = f"{now.fate_of(number)} {holds(now.disposed, number)}"
        if told != fate:
            fate = told
            word = "destroyed" if holds(now.disposed, number) else now.fate_of(number)
            yield Happened(change.at, change.do, change.by, word, now.told_of(number))


def _on_copy(shelf: Shelf, copy: str, text: str) -> Iterator[Happened]:
    """Give the changes of a copy by which it got a blank that is in no ledger."""
    for change in history(shelf, (Copy.KIND, copy)):
        spoiled = change.do == "misprint" and text in change.set.get("spoiled", ())
        if spoiled or change.set.get("blank") == text:
            fate = "misprinted" if spoiled else "used"
            yield Happened(change.at, change.do, change.by, fate, change.set.get("note", ""))
