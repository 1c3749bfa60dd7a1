"""What must be brought: what always, what in some cases, and what takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.pages.context import Context, listed
from tests.pages.manners import briefly, by_door
from tests.pages.wording import day, named, started

from adminduk.catalogue import Item, Substitute, Surrender, Text

__all__ = ["FATES", "papers"]

_ALWAYS: Final = Text("Yang selalu dibawa", "What is always brought")
_SOMETIMES: Final = Text("Yang dibawa dalam keadaan tertentu", "What is brought in some cases")
_ONCE: Final = Text("Yang diminta sampai tanggal tertentu", "What is asked for until a certain day")
_FROM: Final = Text(" (sejak {since})", " (since {since})")
_UNTIL: Final = Text(" (sampai {until})", " (until {until})")
_PROVIDED: Final = Text(
    "Tidak perlu dibawa bila sekaligus diajukan: {services}.",
    "Not needed if this is applied for at the same time: {services}.",
)
_INSTEAD: Final = Text("Atau {name}, {condition}", "Or {name}, {condition}")
_TAKEN: Final = Text(
    "Aslinya ditarik {due}, lalu {fate}.", "The original is taken in {due}, and {fate}."
)
_VALID: Final = Text(
    "Diterima sampai {days} hari setelah tanggal surat.",
    "Accepted until {days} days after the date on it.",
)
_DUE: Final = {
    "handover": Text(
        "sebelum dokumen yang baru diserahkan", "before the new document is handed over"
    ),
    "verification": Text("sebelum permohonan diverifikasi", "before the application is verified"),
}
FATES: Final = {
    "destroyed": Text("dimusnahkan", "destroyed"),
    "kept": Text("disimpan dinas", "kept by the office"),
    "returned": Text("dikembalikan", "given back"),
}
"""What becomes of a paper that is taken in."""


def papers(page: Context) -> Iterator[tuple[Text, Iterator[str]]]:
    """Give the lists of papers, each with its title."""
    now = [one for one in page.service.items if one.until is None]
    always = [one for one in now if not one.when.tables]
    sometimes = [one for one in now if one.when.tables]
    once = [one for one in page.service.items if one.until is not None]
    for title, items in ((_ALWAYS, always), (_SOMETIMES, sometimes), (_ONCE, once)):
        yield title, listed(items, lambda one: _item(page, one))


def _item(page: Context, item: Item) -> Iterator[str]:
    name = _name(page, item, started(named(item.paper, page.language)))
    yield f"{name}{_days(page, item)}. {page.told(item.why, item)}"
    yield from page.only(item.when)
    yield from _manner(page, item)
    if item.provided_by:
        services = ", ".join(map(page.link, item.provided_by))
        yield f"* {page.say(_PROVIDED, services=services)}"
    yield from listed(item.substitutes, lambda one: _substitute(page, one))


def _days(page: Context, item: Item) -> str:
    since = item.since if item.since != page.service.since else None
    begun = page.say(_FROM, since=day(since, page.language)) if since else ""
    ended = page.say(_UNTIL, until=day(item.until, page.language)) if item.until else ""
    return begun + ended


def _substitute(page: Context, one: Substitute) -> Iterator[str]:
    name = _name(page, one, named(one.paper, page.language))
    yield page.say(_INSTEAD, name=name, condition=page.when(one.when))
    yield f"* {page.told(one.why, one)}"
    yield from _manner(page, one)


def _name(page: Context, paper: Item | Substitute, name: str) -> str:
    manner = briefly(page, paper.show)
    return f"**{name}**, {manner}" if manner else f"**{name}**"


def _manner(page: Context, paper: Item | Substitute) -> Iterator[str]:
    if not briefly(page, paper.show):
        yield f"* {started(by_door(page, paper.show))}."
    if paper.valid:
        words = page.say(_VALID, days=paper.valid.days)
        yield f"* {words}{page.basis.mark(paper.valid)}"
    if paper.surrender:
        yield f"* {_surrender(page, paper.surrender)}"


def _surrender(page: Context, one: Surrender) -> str:
    return page.say(_TAKEN, due=page.say(_DUE[one.due]), fate=page.say(FATES[one.fate]))
