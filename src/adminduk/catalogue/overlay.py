"""Overlays: what a regency asks otherwise than the national rules, and on what basis."""

from __future__ import annotations

from datetime import date
from typing import NewType

from attrs import evolve, frozen

from adminduk.catalogue.condition import NEVER
from adminduk.catalogue.law import Certainty, Citation, Text
from adminduk.catalogue.paper import Item, KnownPaper, ServiceId, check_period
from adminduk.catalogue.service import Standard
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_

__all__ = ["OfficeCode", "Overlay", "Relaxation"]

OfficeCode = NewType("OfficeCode", str)
"""The code of a regency or city that exists."""


@frozen(kw_only=True)
class Relaxation:
    """A paper that is no longer asked for, nor what would take its place.

    Attributes:
        paper: Which paper.
        why: Why it is not needed.
        content: How sure we are of it.
        cite: Where it stands.
    """

    paper: KnownPaper
    why: Text
    content: Certainty
    cite: tuple[Citation, ...]

    def of(self, item: Item) -> Item:
        """Give the item as it then stands on a list: not needed, and why."""
        return evolve(
            item,
            when=NEVER,
            why=self.why,
            content=self.content,
            cite=self.cite,
            substitutes=(),
            provided_by=(),
            surrender=None,
            since=None,
            until=None,
        )


@frozen(kw_only=True)
class Overlay:
    """What a regency changes of the rules of one service, for a time.

    Attributes:
        office: The regency.
        service: The service.
        since: From when it is known to hold.
        until: Until when (that day included); None while no end is known.
        add: Papers that it asks for besides the national ones.
        relax: Papers that it does not ask for.
        replace: Papers that it asks for otherwise: each stands in full in place of the national
            item, with its own condition and substitutes.
        standard: Within how many hours it has done a complete file.
    """

    office: OfficeCode
    service: ServiceId
    since: date
    until: date | None = None
    add: tuple[Item, ...] = ()
    relax: tuple[Relaxation, ...] = ()
    replace: tuple[Item, ...] = ()
    standard: Standard | None = None

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)
        faults = [
            Fault(f"{kind}[{place}]", "period", N_("The dates of an overlay hold for all of it."))
            for kind, items in (("add", self.add), ("replace", self.replace))
            for place, item in enumerate(items)
            if item.since is not None or item.until is not None
        ]
        if not (self.add or self.relax or self.replace or self.standard):
            faults.append(Fault("", "empty", N_("The overlay changes nothing.")))
        if faults:
            raise InvalidInput(tuple(faults))

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)
