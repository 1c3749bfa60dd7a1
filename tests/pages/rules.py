"""The page of all rules: where each stands, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import attrs

from adminduk.catalogue import Catalogue, Citation, Service
from adminduk.catalogue.outline import parts

__all__ = ["all_rules"]

_INTRO: Final = (
    "Every rule of the catalogue, by service, with where it stands and how sure we are:"
    " *confirmed* was read in a source that\nquotes it, *reported* as a paraphrase or in one source"
    " only, *assumed* is believed. *content* is about what the rule says,\n*certainty* about the"
    " article. A dash: no article is known; no end is known.\n"
)
_HEAD: Final = (
    "| rule | from | until | content | instrument | article | certainty |",
    "|---|---|---|---|---|---|---|",
)
_Days = tuple[date | None, date | None]


def all_rules(catalogue: Catalogue) -> str:
    """Give the page of all rules."""
    return "\n".join(_lines(catalogue))


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield f"# Rules\n\n{_INTRO}"
    for name in sorted(catalogue.periods):
        periods = catalogue.periods[name]
        names = periods[-1].name
        pages = " ".join(f"[{it}](../services/{it}/{name}.md)" for it in ("id", "en"))
        yield f"## {name}\n\n{names.id} – {names.en} ({pages})\n"
        yield from _HEAD
        for service in periods:
            yield from _of_service(catalogue, service)
        yield ""
    kinds = {
        "Documents that are made": catalogue.products,
        "Manners of showing a paper": catalogue.showings,
    }
    for title, found in kinds.items():
        yield f"## {title}\n"
        yield from _HEAD
        for name in sorted(found):
            yield from _rows(catalogue, found[name], (name,), (None, None))
        yield ""


def _of_service(catalogue: Catalogue, service: Service) -> Iterator[str]:
    yield from _rows(catalogue, service, (), (service.since, service.until))


def _rows(catalogue: Catalogue, rule: Any, path: tuple[str, ...], days: _Days) -> Iterator[str]:
    """Give the rows of a rule and of its parts; a part without days has those of the whole."""
    since, until = getattr(rule, "since", None), getattr(rule, "until", None)
    days = since or days[0], until or days[1]
    if hasattr(rule, "cite"):
        yield from (_row(catalogue, rule, path, days, one) for one in rule.cite)
    for names, part in parts(rule):
        if attrs.has(type(part)):
            yield from _rows(catalogue, part, (*path, *names), days)


def _row(catalogue: Catalogue, rule: Any, path: tuple[str, ...], days: _Days, one: Citation) -> str:
    since, until = ("–" if day is None else day.isoformat() for day in days)
    title, article = catalogue.instruments[one.instrument].title, one.article or "–"
    place = " ".join(path) or "*service*"
    cells = (place, since, until, rule.content, title, article, one.certainty)
    return f"| {' | '.join(cells)} |"
