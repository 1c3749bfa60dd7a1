"""The ledger of blanks: each number that was received has one fate, or is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adminduk import commands as c
from adminduk.commands.blanks import OnNumbers
from adminduk.decide.docket import Docket
from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_
from adminduk.records import Blanks, Reservation, Transfer
from adminduk.records.blanks import BlankRow, product_of
from adminduk.records.changed import changed
from adminduk.records.ledger import run_out
from adminduk.records.spans import Spans, added, holds, removed, shared
from adminduk.values import BlankNumber

__all__ = [
    "blanks_found",
    "correct_blanks",
    "destroy_blanks",
    "has_none_for",
    "has_run_out",
    "next_free",
    "receive_blanks",
    "record_blanks_used",
    "release_blanks",
    "report_blanks_missing",
    "reserve_blanks",
    "transfer_blanks",
    "use_blank",
    "withdraw_blanks",
]


_Row = OnNumbers | BlankRow


def receive_blanks(docket: Docket, command: c.ReceiveBlanks) -> None:
    """Enter a range; none of its numbers was received before."""
    product = product_of(command.blanks)
    products = docket.rules.catalogue.products.values()
    on_blank = dict.fromkeys(one.kind for one in products if one.form == "blank")
    if product not in on_blank:
        text = N_("{product} needs no blank.")
        accepted = ", ".join(on_blank)
        raise InvalidInput.at("with.blanks", "no_blank", text, accepted, product=product)
    others = list(docket.ranges(product))
    blanks = Blanks(
        id=command.blanks,
        region=docket.rules.office,
        state="new",
        begun=docket.begun,
        first=command.first,
        last=command.last or command.first,
        received_from=command.received_from,
        delivery_note=command.delivery_note,
        latest=True,
    )
    docket.add(blanks, command.NAME)
    _check_apart(docket, blanks, others)
    for one in others:
        if one.latest:
            docket.put(changed(one, latest=False))


def _check_apart(docket: Docket, blanks: Blanks, others: list[Blanks]) -> None:
    """Check that no number was received in another range."""
    row = ((blanks.first.number, blanks.last.number),)
    for one in others:
        if one.first.like(blanks.first) and shared(one.numbers, row):
            raise docket.refuse(
                "blanks_overlap",
                N_("Of these numbers some were received already: {id} is {first} to {last}."),
                id=one.id,
                first=str(one.first),
                last=str(one.last),
                instead=["correct_blanks"],
            )


def correct_blanks(docket: Docket, command: c.CorrectBlanks) -> None:
    """Put right what was entered of a range of which nothing was used."""
    blanks = docket.move(
        docket.blanks(command.blanks),
        command.NAME,
        first=command.first,
        last=command.last or command.first,
        received_from=command.received_from,
        delivery_note=command.delivery_note,
        note=command.reason,
    )
    others = [one for one in docket.ranges(blanks.product) if one.id != blanks.id]
    _check_apart(docket, blanks, others)


def withdraw_blanks(docket: Docket, command: c.WithdrawBlanks) -> None:
    """Take the receipt of a range back; the one before it is the latest again."""
    blanks = docket.blanks(command.blanks)
    docket.move(blanks, command.NAME, latest=False, note=command.reason)
    before = [one for one in docket.ranges(blanks.product) if one.state == "in_ledger"]
    if blanks.latest and before:
        docket.put(changed(max(before, key=lambda one: (one.begun, one.id)), latest=True))


def reserve_blanks(docket: Docket, command: c.ReserveBlanks) -> None:
    """Keep free numbers for a print operator."""
    blanks = _with(docket, command, "left")
    kept = Reservation(
        numbers=command.numbers,
        operator=command.operator,
        purpose=command.purpose,
        until=command.until,
    )
    docket.move(blanks, command.NAME, reserved=(*blanks.reserved, kept))


def release_blanks(docket: Docket, command: c.ReleaseBlanks) -> None:
    """Free reserved numbers."""
    blanks = _with(docket, command, "reserved")
    docket.move(blanks, command.NAME, reserved=_unreserved(blanks, command.numbers))


def transfer_blanks(docket: Docket, command: c.TransferBlanks) -> None:
    """Give free numbers away."""
    blanks = _with(docket, command, "left")
    given = Transfer(numbers=command.numbers, to=command.to, delivery_note=command.delivery_note)
    docket.move(blanks, command.NAME, transferred=(*blanks.transferred, given))


def report_blanks_missing(docket: Docket, command: c.ReportBlanksMissing) -> None:
    """Write down that numbers are not where they should be, reserved or not."""
    blanks = _with(docket, command, "left", "reserved")
    docket.move(
        blanks,
        command.NAME,
        missing=added(blanks.missing, command.numbers),
        reserved=_unreserved(blanks, command.numbers),
        note=command.reason,
    )


def blanks_found(docket: Docket, command: c.BlanksFound) -> None:
    """Free missing numbers that are there again."""
    blanks = _with(docket, command, "missing")
    docket.move(blanks, command.NAME, missing=removed(blanks.missing, command.numbers))


def record_blanks_used(docket: Docket, command: c.RecordBlanksUsed) -> None:
    """Write down that free numbers were used outside the ledger, as for a copy that was adopted."""
    blanks = _with(docket, command, "left")
    docket.move(
        blanks,
        command.NAME,
        used=added(blanks.used, command.numbers),
        outside=added(blanks.outside, command.numbers),
        note=command.reason,
    )


def destroy_blanks(docket: Docket, row: BlankRow, minutes: str, path: str) -> None:
    """Destroy numbers that are left, or were spoiled, which stay misprinted."""
    blanks = _with(docket, row, "left", "misprinted", path=path)
    again = shared(blanks.disposed, row.numbers)
    if again:
        raise docket.refuse(
            "blank_destroyed",
            N_("{blank} was destroyed already."),
            blank=str(blanks.first.at(again[0][0])),
        )
    spoiled = shared(blanks.misprinted, row.numbers)
    docket.move(
        blanks,
        "destroy",
        note=minutes,
        destroyed=added(blanks.destroyed, removed(row.numbers, spoiled)),
        disposed=added(blanks.disposed, spoiled),
    )


def _with(docket: Docket, row: _Row, *fates: str, path: str = "with") -> Blanks:
    """Give the range of a row of numbers that all have one of some fates."""
    blanks = docket.blanks(row.blanks)
    if not blanks.has(row.first) or not blanks.has(row.last or row.first):
        raise InvalidInput.at(
            f"{path}.first",
            "not_in_range",
            N_("Those numbers are not of this range."),
            N_("numbers from {first} to {last}"),
            first=str(blanks.first),
            last=str(blanks.last),
        )
    right = added(*(blanks.left if one == "left" else blanks.with_fate(one) for one in fates))
    wrong = removed(row.numbers, right)
    if wrong:
        first = blanks.first.at(wrong[0][0])
        raise docket.refuse(
            "blank_has_fate",
            N_("{blank} is {state}; for that it would have to be {may_be}."),
            blank=str(first),
            state=blanks.fate_of(first.number),
            may_be=list(fates),
        )
    return blanks


def _unreserved(blanks: Blanks, numbers: Spans) -> tuple[Reservation, ...]:
    """Give the reservations of a range without some numbers."""
    kept = (changed(one, numbers=removed(one.numbers, numbers)) for one in blanks.reserved)
    return tuple(one for one in kept if one.numbers)


def use_blank(docket: Docket, product: str, text: str, fate: str) -> None:
    """Give a blank that is printed or spoiled its fate, where the office keeps a ledger.

    Args:
        docket: The command.
        product: What is printed on it.
        text: Its number.
        fate: `used` or `misprinted`.
    """
    ranges = list(docket.ranges(product))
    if not ranges:
        return
    try:
        blank = BlankNumber.parse(text)
    except InvalidInput as error:
        raise InvalidInput(tuple(one.under("with.blank") for one in error.faults)) from None
    blanks = next((one for one in ranges if one.has(blank)), None)
    if blanks is None or blanks.fate_of(blank.number) not in {"left", "reserved"}:
        raise _not_free(docket, product, blank, blanks)
    number = ((blank.number, blank.number),)
    for one in blanks.reserved:
        if holds(one.numbers, blank.number) and one.keeps_from(docket.actor.id, docket.day):
            raise docket.refuse(
                "blank_reserved",
                N_("{blank} is kept for {operator}: {purpose}. The next free number is {next}."),
                blank=str(blank),
                operator=one.operator,
                purpose=one.purpose,
                next=_said(next_free(docket, product)),
            )
    changes: dict[str, Any] = {fate: added(blanks.with_fate(fate), number)}
    if blanks.reserved:
        changes["reserved"] = _unreserved(blanks, number)
    event = "print" if fate == "used" else "misprint"
    last_used = max(docket.day, blanks.last_used or docket.day)  # some is entered days later
    docket.move(blanks, event, last_used=last_used, **changes)


def _not_free(docket: Docket, product: str, blank: BlankNumber, blanks: Blanks | None) -> Refused:
    free = _said(next_free(docket, product))
    if blanks is None:
        text = N_("{blank} is in no range with blanks left. The next free number is {next}.")
        return docket.refuse("blank_unknown", text, blank=str(blank), next=free)
    return docket.refuse(
        "blank_not_free",
        N_("{blank} is {state} already. The next free number is {next}."),
        blank=str(blank),
        state=blanks.fate_of(blank.number),
        next=free,
    )


def _said(blank: BlankNumber | None) -> str | None:
    return None if blank is None else str(blank)


def next_free(docket: Docket, product: str) -> BlankNumber | None:
    """Give the blank that comes next for who acts: one kept for them, else of the oldest range."""
    return next(_free(docket, product), None)


def _free(docket: Docket, product: str) -> Iterator[BlankNumber]:
    ranges = sorted(docket.ranges(product), key=lambda one: (one.begun, one.id))
    for own in (True, False):
        for one in ranges:
            numbers = one.usable_by(docket.actor.id, docket.day, own=own)
            if numbers:
                yield one.first.at(numbers[0][0])


def has_run_out(docket: Docket, product: str) -> bool:
    """Whether the office keeps a ledger of a product's blanks, and nobody has one."""
    return product in run_out(docket.ranges(product))


def has_none_for(docket: Docket, product: str) -> bool:
    """Whether who acts has no blank to print a product on, by the ledger of the office."""
    return bool(list(docket.ranges(product))) and next_free(docket, product) is None
