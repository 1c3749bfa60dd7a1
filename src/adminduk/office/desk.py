"""At the desks of the registry: the next case to read, and a batch of copies to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from adminduk import commands as c
from adminduk.decide import Rules
from adminduk.errors import Conflict, InvalidInput, Refused
from adminduk.language import N_
from adminduk.office.forecast import waiting_copies
from adminduk.office.receipt import Receipt
from adminduk.office.serving import served_first
from adminduk.office.shelf import Shelf
from adminduk.records import Copy, Post, Role
from adminduk.values import RegionCode, TrackingCode

__all__ = ["batch_of", "take_next"]

_MOST_AT_ONCE: Final = 20_000

_SOMEBODY_ELSES: Final = frozenset({"taken", "own_work", "not_allowed_now"})
"""Refusals that mean that a case is not for this verifier, or no longer."""


def take_next(
    shelf: Shelf, office: RegionCode, do: Callable[[c.Command], Receipt]
) -> Receipt | None:
    """Take the most urgent submitted case that nobody else reads; None where there is none.

    Of several verifiers who ask at once each gets another one.
    """
    post = Post(Role.REGISTRY_OPERATOR, office)
    for record in shelf.records(kind="application", state="submitted", queue=str(post)):
        try:
            return do(c.Take(application=TrackingCode.parse(record.key)))
        except Conflict:
            continue
        except Refused as refused:
            if refused.code not in _SOMEBODY_ELSES:
                raise
    return None


def batch_of(
    shelf: Shelf,
    rules: Rules,
    product: str,
    *,
    blanks: Sequence[str],
    signature: str,
    limit: int,
) -> list[c.Command]:
    """Give the commands that print the copies of a product that have waited longest.

    On security blanks there is one for each blank, in the order in which they were scanned; when
    blanks are short, the copies come in the order that the office sets.

    Raises:
        InvalidInput: There is no such product, more blanks than copies that wait, blanks for what
            is on plain paper, or nothing is to be printed.
    """
    if not 1 <= limit <= _MOST_AT_ONCE or isinstance(blanks, str):
        name = "blanks" if isinstance(blanks, str) else "limit"
        text = N_("That is no batch.")
        raise InvalidInput.at(name, "batch", text, N_("a list of blanks; a limit of 1 to 20,000"))
    catalogue = rules.catalogue
    if product not in catalogue.products:
        text, known = N_("There is no such product."), ", ".join(catalogue.products)
        raise InvalidInput.at("product", "unknown_product", text, known)
    waiting = _waiting(waiting_copies(shelf, rules), product)
    if catalogue.product(product).form != "blank":
        if blanks:
            text = N_("{product} needs no blank.")
            raise InvalidInput.at("blanks", "no_blank", text, N_("no blank"), product=product)
        return [c.Print(copy=one, signature=signature) for one in islice(waiting, limit)]
    first = list(_waiting((copy for _, copy in served_first(shelf, rules)), product))
    copies = list(islice(first or waiting, len(blanks) or limit))
    if not copies and not blanks:
        return []
    if not 1 <= len(blanks) <= len(copies):
        raise InvalidInput.at(
            "blanks",
            "blanks",
            N_("Each copy needs a blank, and each blank a copy."),
            N_("the numbers of 1 to {waiting} blanks"),
            waiting=len(copies),
        )
    return [c.Print(copy=one, blank=blank) for one, blank in zip(copies, blanks, strict=False)]


def _waiting(copies: Iterable[Copy], product: str) -> Iterator[str]:
    """Give the ids of those that are copies of a product, or of a document of several products."""
    return (one.id for one in copies if product in {one.product, one.kind})
