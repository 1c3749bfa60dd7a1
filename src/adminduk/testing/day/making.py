"""The making of documents: printed on blanks or on paper, or issued digitally."""

from __future__ import annotations

from typing import Final

from adminduk import commands as c
from adminduk.testing.day.agenda import Process
from adminduk.testing.day.scene import Case, Scene

__all__ = ["print_copy", "send_digitally"]

_SIGNATURE: Final = "Kepala Dinas"
_ONE_IN: Final = 20
"""Of so many blanks one is spoiled."""


def print_copy(scene: Scene, case: Case) -> Process:
    """Print the newest copy of a case, when a printer is free."""
    copy = case.paper(case.copies)
    printer, done = scene.printing.take(scene.now, scene.chance.randrange(40, 110))
    yield done
    if scene.catalogue.product(case.product).form != "blank":
        scene.give(printer, c.Print, copy=copy, signature=_SIGNATURE)
        return
    blank = scene.blank()
    if blank % _ONE_IN == 0:
        scene.give(printer, c.Misprint, copy=copy, blank=f"B{blank}", reason="tinta luntur")
        yield scene.later(1, 3)
        blank = scene.blank()
    scene.give(printer, c.Print, copy=copy, blank=f"B{blank}")


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
