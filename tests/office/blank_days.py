"""Short ways with the ledger of blanks of the office of these tests."""

from __future__ import annotations

from typing import Any

from office_days import HADI, WAHYU, WITNESS, Town

from adminduk import Actor, AdmindukError, Role, commands
from adminduk.office.receipt import Receipt
from adminduk.records import Blanks

__all__ = ["RANGE", "YUDI", "correct", "destroy", "print_on", "range_of", "receive", "refused"]

RANGE = "ktp/2021-07-A"
YUDI = Actor("yudi", Role.PRINT_OPERATOR, "35.23")
"""Another print operator."""


def receive(
    town: Town, first: str = "A0001", last: str = "A0100", blanks: str = RANGE, **said: Any
) -> Receipt:
    """Enter a range that came."""
    usual = {"received_from": "Ditjen Dukcapil", "delivery_note": "470/118", **said}
    return town.wahyu.receive_blanks(blanks, first=first, last=last, **usual)


def correct(town: Town, first: str, last: str, blanks: str = RANGE) -> Receipt:
    """Put right what was entered of a range."""
    return town.wahyu.correct_blanks(
        blanks,
        first=first,
        last=last,
        received_from="Ditjen Dukcapil",
        delivery_note="470/119",
        reason="Salah ketik",
        approved_by=HADI,
    )


def range_of(town: Town, blanks: str = RANGE) -> Blanks:
    """Give a range as it is now."""
    found = town.office.record("blanks", blanks)
    assert isinstance(found, Blanks)
    return found


def print_on(town: Town, blank: str, by: Actor = WAHYU, service: str = "ktp-hilang") -> str:
    """Print a card on a blank; give its copy."""
    copy = town.verified(service).copy
    town.hand(by).print(copy, blank=blank)
    return copy


def refused(town: Town, code: str, blank: str, by: Actor = WAHYU) -> AdmindukError:
    """Try to print a card on a blank, and be refused."""
    copy = town.verified("ktp-hilang").copy
    with town.refuses(code) as raised:
        town.hand(by).print(copy, blank=blank)
    return raised.value


def destroy(
    town: Town, first: str, last: str | None = None, number: str = "BA/1", blanks: str = RANGE
) -> Receipt:
    """Destroy blanks with minutes."""
    return town.wahyu.destroy(
        number,
        blanks=(commands.BlankRow(blanks=blanks, first=first, last=last),),
        witnesses=(WITNESS,),
        approved_by=HADI,
    )
