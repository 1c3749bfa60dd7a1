"""How copies tell on their case, in the same commit.

A line follows its newest copy; a case whose lines have all ended ends itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.records import (
    Application,
    Copy,
    Fate,
    Heading,
    HomeReason,
    LastCopy,
    Original,
    Paper,
    ProductLine,
    ProductOutcome,
)
from adminduk.records.changed import changed

__all__ = [
    "back_by",
    "end_case",
    "follow_copies",
    "let_go",
    "let_lent_go",
    "order_copy",
    "stays",
]

_NO_PAPER = frozenset({"void", "destroyed", "lost", "cancelled", "revoked", "handed_over"})
_ENDS = frozenset({"completed", "rejected", "withdrawn", "expired", "lapsed"})
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
        document=docket.rules.catalogue.product(product).document,
        number=number,
        replaces=line.numbers[-1] if line.numbers else 0,
        way=line.way,
        letter=line.letter,
        promise=line.promise,
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
        if followed is not line:
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
    promise = copy.promise if copy.alive else line.promise
    if (line.last, line.outcome, line.promise) == (last, outcome, promise):
        return line
    return changed(line, last=last, outcome=outcome, promise=promise)


def _tell_of_lapse(docket: Docket, paper: Paper) -> None:
    """Say that a document is void that nobody claimed, unless its case ended so, which is told."""
    application = docket.application(paper.application.full())
    if isinstance(paper, Copy) and _has_lapsed(paper) and application.state != "lapsed":
        docket.notify("made_void", paper)


def _has_lapsed(copy: Copy) -> bool:
    """Whether a copy was made void for no other reason than that nobody claimed it in time."""
    return copy.state == "void" and copy.why is HomeReason.UNCLAIMED and not copy.condemned


def _settle(docket: Docket, application: Application) -> None:
    if application.lines and all(line.ended for line in application.lines):
        end_case(docket, docket.move(application, "settle"))


def end_case(docket: Docket, application: Application) -> None:
    """Do what every end of a case brings with it: its originals find their way.

    Where a document was delivered, what was surrendered for it stays with the office; where none
    was, it is still the applicant's and goes back. What was lent goes back in any case, and what
    was only expected is not waited for any more.
    """
    docket.put(changed(docket.application(application.key), due=None))
    for original in docket.originals(application):
        if original.state == "expected":
            docket.move(original, "waive", note=application.state)
        elif original.state not in _ENDED_ORIGINALS and not stays(application, original):
            let_go(docket, application, original)
    if docket.command.NAME != "issue":  # that tells of the document itself
        docket.notify(application.state, application)


_ENDED_ORIGINALS = frozenset({"waived", "handed_over", "filed", "void", "destroyed"})


def stays(application: Application, original: Original) -> bool:
    """Whether an original stays with the office, as its case stands or has ended.

    If the case has ended, a document that it was handed in for must have been delivered.
    """
    if not original.surrendered or application.state not in _ENDS:
        return original.surrendered
    delivered = [
        line.product for line in application.lines if line.outcome is ProductOutcome.DELIVERED
    ]
    nothing_made = not original.products  # what the service did itself is done
    return application.state == "completed" and (
        nothing_made or not set(delivered).isdisjoint(original.products)
    )


def back_by(docket: Docket, application: Application) -> datetime | None:
    """Say by when what is lent should be back; before the case is verified it may be needed."""
    if application.state in {"draft", "submitted", "returned"}:
        return None
    return docket.in_days(docket.settings.return_days)


def let_lent_go(docket: Docket, application: Application) -> None:
    """Let what was lent go back, once its case is verified: from the store at once.

    From elsewhere it may have to come first, to get a margin note.
    """
    due = back_by(docket, application)
    for original in docket.originals(application):
        if original.surrendered or original.state in {"expected", *_ENDED_ORIGINALS}:
            continue
        if original.state == "at_office":
            original = changed(original, heading=Heading.OUT, why=None)  # noqa: PLW2901
        docket.put(changed(original, due=due))


def let_go(docket: Docket, application: Application, original: Original) -> Original:
    """Let an original head for its owner, in the time that the office sets for it.

    Its owner learns that it is lost from nobody else.
    """
    original = changed(
        original,
        fate=Fate.RETURNED,
        heading=Heading.OUT,
        why=None,
        due=back_by(docket, application),
    )
    if original.state == "lost":
        docket.notify("original_lost", original, item=original.item)
    return docket.put(original)
