"""The making of documents: printed on blanks or on paper, or issued digitally."""

from __future__ import annotations

from typing import Final

from adminduk import commands as c
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.scene import Case, Scene

__all__ = ["print_copy", "receive_blanks", "send_digitally"]

_SIGNATURE: Final = "Kepala Dinas"
_ONE_IN: Final = 20
"""Of so many blanks one is spoiled."""


def receive_blanks(scene: Scene, size: int) -> Process:
    """Enter in the morning the box of blanks that came, of each product that needs them."""
    yield scene.hours.at(scene.first, 0)
    products = scene.catalogue.products.values()
    for product in dict.fromkeys(one.kind for one in products if one.form == "blank"):
        first, last = scene.open_box(product, size)
        scene.give(
            scene.staff.printers[0],
            c.ReceiveBlanks,
            blanks=f"{product}/{scene.first.isoformat()}-{first}",
            first=first.full(),
            last=last.full(),
            received_from="Ditjen Dukcapil" if product == "ktp" else "Pengadaan kabupaten",
            delivery_note=f"470/{first.number % 1000}",
        )


def print_copy(scene: Scene, case: Case) -> Process:
    """Print the newest copy of a case, when a printer is free."""
    copy = case.paper(case.copies)
    printer, done = scene.printing.take(scene.now, scene.chance.randrange(40, 110))
    yield done
    product = scene.catalogue.product(case.product)
    if product.form != "blank":
        scene.give(printer, c.Print, copy=copy, signature=_SIGNATURE)
        return
    blank = scene.blank(product.kind)
    if blank.number % _ONE_IN == 0:
        scene.give(printer, c.Misprint, copy=copy, blank=blank.full(), reason="tinta luntur")
        yield scene.later(1, 3)
        blank = scene.blank(product.kind)
    scene.give(printer, c.Print, copy=copy, blank=blank.full())


def send_digitally(scene: Scene, case: Case) -> Process:
    """Issue the copy of a case digitally; some say that they have opened it."""
    copy = case.paper(case.copies)
    yield scene.later(5, 60)
    registrar = scene.one_of(scene.staff.registrars)
    link = f"https://example.invalid/{case.code}"
    scene.give(registrar, c.Issue, copy=copy, signature=_SIGNATURE, link=link)
    case.done = True
    yield scene.in_days(0, 4)
    if scene.chance.random() < 0.8:  # noqa: PLR2004 - mostly
        scene.give(case.door, c.Confirm, copy=copy)
