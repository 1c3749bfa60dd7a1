"""Where a case is, in words, with who answers for each of its papers."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from adminduk.errors import NotFound
from adminduk.language import translate
from adminduk.office.execution import Shelf
from adminduk.records import Application, Bag, Copy, Original, Paper
from adminduk.records.words import Standing, bags_of, word_of_case, word_of_line
from adminduk.values import TrackingCode

__all__ = ["TrackedPaper", "TrackedProduct", "Tracking", "track"]


@frozen
class TrackedProduct:
    """A product of the case and where it stands."""

    product: str
    way: str
    standing: Standing


@frozen
class TrackedPaper:
    """A paper of the case: a copy or an original, its state, and who answers for it."""

    id: str
    what: str
    state: str
    heading: str
    answers: str
    bag: str


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
                }
                for one in self.papers
            ],
        }


def _said(standing: Standing, language: str) -> str:
    return translate(standing.detail, language) if standing.detail else ""


def track(shelf: Shelf, code: TrackingCode) -> Tracking:
    """Say where the case of a tracking code is.

    Raises:
        NotFound: There is none of that code here.
    """
    found = shelf.load({("application", code.full())})
    if not found:
        raise NotFound(kind="application", id=code.full())
    application = next(iter(found.values())).record
    assert isinstance(application, Application)
    copies = _copies(shelf, application)
    originals = _originals(shelf, application)
    bags = _bags(shelf, bags_of((*copies.values(), *originals)))
    papers: list[Paper] = [*copies.values(), *originals]
    standing = word_of_case(application, copies, bags)
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
                word_of_line(line, copies, bags) if on_their_ways else standing,
            )
            for line in application.lines
        ),
        papers=tuple(_tracked(paper, bags) for paper in papers),
    )


def _copies(shelf: Shelf, application: Application) -> dict[int, Copy]:
    refs = {("copy", f"{application.key}/{n}") for n in range(1, application.copies + 1)}
    found = (one.record for one in shelf.load(refs).values()) if refs else ()
    copies = (one for one in found if isinstance(one, Copy))
    return {copy.number: copy for copy in sorted(copies, key=lambda copy: copy.number)}


def _originals(shelf: Shelf, application: Application) -> list[Original]:
    refs = {("original", f"{application.key}/{item}") for item in application.originals}
    found = (one.record for one in shelf.load(refs).values()) if refs else ()
    return sorted((one for one in found if isinstance(one, Original)), key=lambda one: one.id)


def _bags(shelf: Shelf, ids: set[str]) -> dict[str, Bag]:
    found = (
        (one.record for one in shelf.load({("bag", id_) for id_ in ids}).values()) if ids else ()
    )
    return {one.id: one for one in found if isinstance(one, Bag)}


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
    )
