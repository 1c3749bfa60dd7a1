"""Where a case is, in words, with who answers for each of its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from attrs import frozen

from adminduk.decide import Look
from adminduk.errors import NotFound
from adminduk.language import translate
from adminduk.office.promises import Account, account_of
from adminduk.office.shelf import Shelf
from adminduk.ports import Ref
from adminduk.records import (
    Application,
    Bag,
    Blanks,
    Copy,
    Notice,
    Original,
    Paper,
    Record,
)
from adminduk.records.index import IN_STOCK
from adminduk.records.ledger import run_out
from adminduk.records.words import Standing, bags_of, word_of_case, word_of_line
from adminduk.values import TrackingCode
from adminduk.working_days import WorkingDays

__all__ = ["Awaited", "TrackedPaper", "TrackedProduct", "Tracking", "track"]


@frozen
class TrackedProduct:
    """A product of the case and where it stands."""

    product: str
    way: str
    standing: Standing
    promise: Account | None = None


@frozen
class TrackedPaper:
    """A paper of the case: a copy or an original, its state, and who answers for it."""

    id: str
    what: str
    state: str
    heading: str
    answers: str
    bag: str
    condemned: bool = False


@frozen
class Awaited:
    """An act for which the person has not come yet, and the notice that closes it at the counter.

    Attributes:
        act: What they must come for.
        notice: The notice that closes it; empty where it is open.
        until: Its last day; None where it is open, or closed until the notice is lifted.
    """

    act: str
    notice: str = ""
    until: date | None = None


@frozen
class Tracking:
    """Where a case is. It holds no personal data and may be shown to who has the code."""

    code: str
    state: str
    version: int
    services: tuple[str, ...]
    standing: Standing
    products: tuple[TrackedProduct, ...]
    papers: tuple[TrackedPaper, ...]
    waits_for: tuple[Awaited, ...] = ()

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "code": self.code,
            "state": self.state,
            "version": self.version,
            "services": list(self.services),
            "word": self.standing.word.value,
            "detail": _said(self.standing, language),
            "products": [
                {
                    "product": one.product,
                    "way": one.way,
                    "word": one.standing.word.value,
                    "detail": _said(one.standing, language),
                    "promise": None if one.promise is None else _promised(one.promise),
                }
                for one in self.products
            ],
            "papers": [
                {
                    "id": one.id,
                    "what": one.what,
                    "state": one.state,
                    "heading": one.heading,
                    "answers": one.answers,
                    "bag": one.bag,
                    "condemned": one.condemned,
                }
                for one in self.papers
            ],
            "waits_for": [
                {
                    "act": one.act,
                    "closed_by": one.notice or None,
                    "until": None if one.until is None else one.until.isoformat(),
                }
                for one in self.waits_for
            ],
        }


def _said(standing: Standing, language: str) -> str:
    return translate(standing.detail, language) if standing.detail else ""


def _promised(account: Account) -> dict[str, Any]:
    """Give what of a promise is for who has the code; at whose desk it lies is with the papers."""
    told = account.as_dict()
    names = ("goal", "day", "counter", "outcome", "reached", "late", "cause")
    return {name: told[name] for name in names}


def track(
    shelf: Shelf,
    code: TrackingCode,
    closed_to: Callable[[Application], Notice | None],
    *,
    today: date,
    calendar: WorkingDays,
) -> Tracking:
    """Say where the case of a tracking code is.

    Args:
        shelf: Where to look.
        code: Its code.
        closed_to: Gives the notice that keeps the person of a case from coming to the counter.
        today: The day.
        calendar: The days on which the office works.

    Raises:
        NotFound: There is none of that code here.
    """
    ref = ("application", code.full())
    records = _at_one_moment(shelf, ref)
    application = records.get(ref)
    if not isinstance(application, Application):
        raise NotFound(kind="application", id=code.full())
    found = [records[one] for one in sorted(records)]
    copies = {one.number: one for one in found if isinstance(one, Copy)}
    originals = [one for one in found if isinstance(one, Original)]
    bags = {one.id: one for one in found if isinstance(one, Bag)}
    papers: list[Paper] = [*(copies[number] for number in sorted(copies)), *originals]
    out = run_out(one for one in found if isinstance(one, Blanks))
    standing = word_of_case(application, copies, bags, out)
    last = {line.product: copies.get(max(line.numbers, default=0)) for line in application.lines}
    on_their_ways = application.state == "verified"  # before and after, all stand where it does
    return Tracking(
        code=application.key,
        state=application.state,
        version=application.version,
        services=application.services,
        standing=standing,
        products=tuple(
            TrackedProduct(
                line.product,
                line.way.value,
                word_of_line(line, copies, bags, out) if on_their_ways else standing,
                account_of(
                    application,
                    line,
                    copy := last[line.product],
                    None if copy is None else bags.get(copy.bag),
                    today=today,
                    calendar=calendar,
                ),
            )
            for line in application.lines
        ),
        papers=tuple(_tracked(paper, bags) for paper in papers),
        waits_for=tuple(_awaited(application, closed_to)),
    )


def _awaited(
    application: Application, closed_to: Callable[[Application], Notice | None]
) -> Iterator[Awaited]:
    if application.state not in {"submitted", "returned"}:
        return
    for act in application.attend:
        if act in application.attended:
            continue
        notice = closed_to(application)
        yield Awaited(act) if notice is None else Awaited(act, notice.id, notice.until)


def _at_one_moment(shelf: Shelf, ref: Ref) -> dict[Ref, Record]:
    """Read an application, its papers, the bags they are in, and blanks, all in one look.

    Which bags those are shows only in what was found, so it is looked again until that is all.
    """
    bags: set[Ref] = set()
    while True:
        found = shelf.look(Look([ref, *bags], [IN_STOCK], [ref[1]]))
        records = {one: loaded.record for one, loaded in found.items()}
        papers = [one for one in records.values() if isinstance(one, Copy | Original)]
        wanted = {("bag", bag) for bag in bags_of(papers)}
        if wanted <= bags:
            return {one: record for one, record in records.items() if one not in bags - wanted}
        bags = wanted


def _tracked(paper: Paper, bags: dict[str, Bag]) -> TrackedPaper:
    bag = bags.get(paper.bag)
    answers = paper.custodian if bag is None else bag.custodian
    return TrackedPaper(
        id=paper.id,
        what=paper.product if isinstance(paper, Copy) else paper.item,
        state=paper.state,
        heading=paper.heading.value,
        answers="" if answers is None else str(answers),
        bag=paper.bag,
        condemned=paper.condemned,
    )
