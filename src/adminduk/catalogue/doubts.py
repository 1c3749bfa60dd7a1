"""Rules of which we are not sure: for somebody who knows the law to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
from attrs import frozen

from adminduk.catalogue.law import Certainty, Citation
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.outline import parts

__all__ = ["Doubt", "doubts"]


@frozen(kw_only=True)
class Doubt:
    """A rule whose content or article nobody has confirmed.

    Attributes:
        kind: `service`, `product` or `showing`.
        id: Of which.
        rule: Which of its rules, as (`item`, `kk`); empty: it as a whole.
        since: Of a service, from when these rules hold.
        content: How sure we are of what it says.
        cite: Where it is said to stand, each with how sure we are of the article.
    """

    kind: str
    id: str
    rule: tuple[str, ...]
    since: date | None
    content: Certainty
    cite: tuple[Citation, ...]


def doubts(catalogue: Catalogue) -> Iterator[Doubt]:
    """Give every rule that is not confirmed in all: by service, then by document and showing."""
    for name in sorted(catalogue.periods):
        for service in catalogue.periods[name]:
            yield from _within(service, "service", name, service.since, ())
    for kind, rules in (("product", catalogue.products), ("showing", catalogue.showings)):
        for name, rule in rules.items():
            yield from _within(rule, kind, name, None, ())


def _within(
    rule: Any, kind: str, name: str, since: date | None, path: tuple[str, ...]
) -> Iterator[Doubt]:
    if hasattr(rule, "cite") and not _is_sure(rule):
        yield Doubt(
            kind=kind, id=name, rule=path, since=since, content=rule.content, cite=rule.cite
        )
    for names, part in parts(rule):
        if attrs.has(type(part)):
            yield from _within(part, kind, name, since, (*path, *names))


def _is_sure(rule: Any) -> bool:
    every = (rule.content, *(one.certainty for one in rule.cite))
    return all(one is Certainty.CONFIRMED for one in every)
