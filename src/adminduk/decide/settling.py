"""How copies tell on their case, in the same commit.

A line follows its newest copy; a case whose lines have all ended ends itself.
"""

from __future__ import annotations

from datetime import timedelta

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.records import (
    Application,
    Copy,
    Heading,
    HomeReason,
    LastCopy,
    Original,
    Paper,
    ProductLine,
    ProductOutcome,
)
from adminduk.records.changed import changed

__all__ = ["end_case", "follow_copies", "order_copy"]

_NO_PAPER = frozenset({"void", "destroyed", "lost", "cancelled", "revoked", "handed_over"})
_DELIVERED = frozenset({"handed_over", "issued"})


def order_copy(docket: Docket, application: Application, product: str) -> Application:
    """Order the next copy of a product."""
    line = application.line(product)
    assert line is not None
    number = application.copies + 1
    copy = Copy(
        id=f"{application.key}/{number}",
        application=application.id,
        region=application.region,
        state="new",
        begun=docket.begun,
        product=product,
        number=number,
        replaces=line.numbers[-1] if line.numbers else 0,
        way=line.way,
        letter=line.letter,
        due=docket.moment.recorded + timedelta(hours=docket.settings.print_hours),
    )
    docket.add(copy, "order")
    line = changed(line, numbers=(*line.numbers, number), last=LastCopy.ALIVE)
    return changed(with_line(application, line), copies=number)


def with_line(application: Application, line: ProductLine) -> Application:
    """Give the application with one of its lines replaced."""
    lines = tuple(line if one.product == line.product else one for one in application.lines)
    return changed(application, lines=lines)


def follow_copies(docket: Docket) -> None:
    """Bring the lines of open cases up to what has become of their newest copies."""
    for copy in docket.touched():
        if not isinstance(copy, Copy):
            continue
        ref = ("application", copy.application.full())
        if not docket.world.knows(ref):  # a step on the road, which tells on no line
            continue
        application = docket.application(ref[1])
        line = application.line(copy.product)
        if line is None or line.numbers[-1] != copy.number:
            continue
        followed = _followed(line, copy)
        if followed != line:
            docket.put(with_line(application, followed))
    for record in docket.touched():
        if isinstance(record, Application) and record.state == "verified":
            _settle(docket, record)
    if isinstance(docket.command, c.Void):
        _tell_of_lapse(docket, docket.paper(docket.command.item))


def _followed(line: ProductLine, copy: Copy) -> ProductLine:
    if copy.alive:
        last = LastCopy.ALIVE
    else:
        last = LastCopy.GONE if copy.state in _NO_PAPER else LastCopy.DEAD
    outcome = line.outcome
    if copy.alive and copy.state in _DELIVERED:
        outcome = ProductOutcome.DELIVERED
    elif outcome is ProductOutcome.DELIVERED:
        outcome = ProductOutcome.OPEN
    elif outcome is ProductOutcome.OPEN and _has_lapsed(copy):
        outcome = ProductOutcome.GIVEN_UP
    return changed(line, last=last, outcome=outcome)


def _tell_of_lapse(docket: Docket, paper: Paper) -> None:
    """Say that a document is void that nobody claimed, unless its case ended so, which is told."""
    application = docket.application(paper.application.full())
    if isinstance(paper, Copy) and _has_lapsed(paper) and application.state != "lapsed":
        docket.notify("made_void", application, item=paper.id)


def _has_lapsed(copy: Copy) -> bool:
    """Whether a copy was made void for no other reason than that nobody claimed it in time."""
    return copy.state == "void" and copy.why is HomeReason.UNCLAIMED and not copy.condemned


def _settle(docket: Docket, application: Application) -> None:
    if application.lines and all(line.ended for line in application.lines):
        end_case(docket, docket.move(application, "settle"))


def end_case(docket: Docket, application: Application) -> None:
    """Do what every end of a case brings with it: its originals find their way.

    Where documents were produced, what was surrendered stays with the office; where none was,
    it is still the applicant's and goes back. What was lent goes back in any case, and what
    was only expected is not waited for any more.
    """
    docket.put(changed(docket.application(application.key), due=None))
    produced = application.state == "completed"
    for original in docket.originals(application):
        if original.state == "expected":
            docket.move(original, "waive", note=application.state)
        elif not (produced and original.surrendered) and original.state not in _NO_PAPER:
            docket.put(_given_back(original))
    docket.notify(application.state, application)


def _given_back(original: Original) -> Original:
    return changed(original, surrendered=False, heading=Heading.OUT, why=None)
