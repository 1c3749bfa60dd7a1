"""What one wants to know of a service first, and who may apply for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.pages.context import Context
from tests.pages.papers import FATES
from tests.pages.wording import day

from adminduk.catalogue import Condition, Item, Product, Substitute, Text

__all__ = ["applicants", "summary"]

_COST: Final = Text(
    "**Biaya**: gratis (UU 24/2013 pasal 79A)", "**Cost**: free (UU 24/2013 art. 79A)"
)
_MADE: Final = Text("**Yang dibuat**: {made}", "**Made**: {made}")
_NOTHING: Final = Text("tidak ada dokumen baru", "no new document")
_MEDIA: Final = {
    ("blank", False): Text("pada blangko", "on a security blank"),
    ("blank", True): Text("pada blangko atau digital", "on a security blank or digital"),
    ("hvs", False): Text("pada kertas HVS", "on plain paper"),
    ("hvs", True): Text("pada kertas HVS atau digital", "on plain paper or digital"),
}
_STANDARD: Final = Text(
    "**Selesai** dalam {hours} jam sejak berkas lengkap",
    "**Done** within {hours} hours once the file is complete",
)
_DEADLINES: Final = {
    "calendar": Text(
        "**Batas pelaporan**: {days} hari setelah {event}; hari libur ikut dihitung",
        "**To be reported** within {days} days after {event}; holidays count",
    ),
    "working": Text(
        "**Batas pelaporan**: {days} hari kerja setelah {event}",
        "**To be reported** within {days} working days after {event}",
    ),
}
_TAKEN: Final = Text("**Yang ditarik dinas**: {taken}", "**Taken in by the office**: {taken}")
_SINCE: Final = Text(
    "**Aturan ini** diketahui berlaku sejak {since}",
    "**These rules** are known to hold since {since}",
)
_PERIOD: Final = Text(
    "**Aturan ini** diketahui berlaku dari {since} sampai {until}",
    "**These rules** are known to hold from {since} until {until}",
)

_RELATION: Final = "applicant_relation"
_ANYBODY: Final = Text("siapa pun", "anybody")
_POWER: Final = "F-1.07"
_WITH_POWER: Final = Text("dengan surat kuasa (F-1.07)", "with a power of attorney (form F-1.07)")


def summary(page: Context) -> Iterator[str]:
    """Give what one wants to know first, each with where it stands."""
    service = page.service
    yield page.say(_COST)
    made = [_product(page, page.catalogue.products[one]) for one in service.products]
    yield page.say(_MADE, made="; ".join(made) or page.say(_NOTHING))
    yield page.say(_STANDARD, hours=service.standard.hours) + page.basis.mark(service.standard)
    if service.deadline:
        due = service.deadline
        text = page.say(_DEADLINES[due.kind], days=due.days, event=page.say(due.event))
        yield text + page.basis.mark(due)
    taken = dict.fromkeys(_taken(page))
    if taken:
        yield page.say(_TAKEN, taken="; ".join(taken))
    yield _period(page) + page.basis.mark(service)


def _product(page: Context, product: Product) -> str:
    medium = page.say(_MEDIA[product.form, product.digital])
    return f"{page.say(product.name)}, {medium}{page.basis.mark(product)}"


def _taken(page: Context) -> Iterator[str]:
    """Give the papers that do not stay with the applicant, or not all the time."""
    for item in page.service.items:
        papers: tuple[Item | Substitute, ...] = (item, *item.substitutes)
        for paper in papers:
            if paper.surrender and item.until is None:
                yield f"{page.say(paper.name)} ({page.say(FATES[paper.surrender.fate])})"


def _period(page: Context) -> str:
    since, until = page.service.since, page.service.until
    if until is None:
        return page.say(_SINCE, since=day(since, page.language))
    return page.say(_PERIOD, since=day(since, page.language), until=day(until, page.language))


def applicants(page: Context) -> Iterator[str]:
    """Say who may apply, and who needs a power of attorney for it."""
    relation = page.catalogue.facts.get(_RELATION)
    if relation is None or not page.service.applicants:
        yield f"* {page.say(_ANYBODY)}"
        return
    names = {str(one): text for one, text in relation.values.items()}
    for one in page.service.applicants:
        yield f"* {page.say(names[one])}{_power(page, one)}"


def _power(page: Context, relation: str) -> str:
    """Say when somebody needs a power of attorney."""
    whens = [
        one.when for one in page.service.items if one.paper.form == _POWER and one.until is None
    ]
    for table in (table for when in whens for table in when.tables):
        if relation in table.get(_RELATION, {relation}):
            rest = {name: allowed for name, allowed in table.items() if name != _RELATION}
            only = f", {page.when(Condition((rest,)))}" if rest else ""
            return f", **{page.say(_WITH_POWER)}**{only}"
    return ""
