"""The page of a service for people: who may apply, what to bring, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tests.pages.context import Context, listed
from tests.pages.manners import manners
from tests.pages.papers import papers
from tests.pages.summary import applicants, summary
from tests.pages.wording import started

from adminduk.catalogue import Attendance, Catalogue, Notice, Precedence, Text

__all__ = ["lines", "service_page"]

_OTHER_PAGES: Final = Text(
    "[Semua layanan](README.md) · [English](../en/{name}.md)",
    "[All services](README.md) · [Bahasa Indonesia](../id/{name}.md)",
)
_WHO: Final = Text("Siapa yang dapat mengajukan", "Who may apply")
_SHOWN: Final = Text("Cara memperlihatkannya", "How it is shown")
_COME: Final = Text("Yang bersangkutan datang sendiri", "The person comes in person")
_FIRST: Final = Text(
    "Lebih dahulu, atau sekaligus diajukan", "What comes first, or is applied for at the same time"
)
_AGAINST: Final = Text("Bila layanan ini tidak dapat dipakai", "When this is not the service")
_KNOW: Final = Text("Perlu diketahui", "Good to know")
_BASIS: Final = Text("Dasar hukum", "Legal basis")
_ALL_RULES: Final = Text(
    "Semua aturan layanan ini dalam satu tabel (bahasa Inggris):"
    " [{name}](../../reference/rules.md#{name}).",
    "All rules of this service in one table: [{name}](../../reference/rules.md#{name}).",
)


def service_page(catalogue: Catalogue, name: str, language: str) -> str:
    """Give the page of a service, by its latest rules."""
    page = Context(catalogue, catalogue.periods[name][-1], language)
    return "\n".join(lines(page)) + "\n"


def lines(page: Context) -> Iterator[str]:
    """Give the page line by line; its notes are known at the end."""
    yield f"# {started(page.say(page.service.name))}\n"
    yield page.say(_OTHER_PAGES, name=page.service.id) + "\n"
    yield from (f"* {one}" for one in summary(page))
    for title, said in _sections(page):
        told = list(said)
        if told:
            yield f"\n## {page.say(title)}\n"
            yield from told
    yield "\n" + page.say(_ALL_RULES, name=page.service.id)


def _sections(page: Context) -> Iterator[tuple[Text, Iterable[str]]]:
    """Give the sections, each with its title."""
    service = page.service
    yield _WHO, applicants(page)
    yield from papers(page)
    yield _SHOWN, manners(page)
    yield _COME, listed(service.attend, lambda one: _notice(page, one))
    yield _FIRST, listed(service.after, lambda one: _first(page, one))
    yield _AGAINST, listed(service.objections, lambda one: _notice(page, one))
    yield _KNOW, listed(service.warnings, lambda one: _notice(page, one))
    yield _BASIS, page.basis.lines()


def _notice(page: Context, one: Notice | Attendance) -> Iterator[str]:
    yield page.told(one.text, one)
    yield from page.only(one.when)


def _first(page: Context, one: Precedence) -> Iterator[str]:
    yield f"{page.link(one.service)}. {page.told(one.why, one)}"
    yield from page.only(one.when)
