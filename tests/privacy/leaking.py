"""Invented people whose names and numbers stand nowhere by chance, and how they are looked for."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from attrs import frozen
from cli_cases import (
    CASES,
    CHILD,
    HEAD,
    HOLDER,
    MOTHER,
    SITI,
    Book,
    Line,
    at_counter,
    by_courier,
    code_of,
    submission,
)
from pypdf import PdfReader

__all__ = [
    "BIRTH",
    "CARD",
    "RETURNED",
    "SEEN",
    "Seen",
    "Watcher",
    "found_in",
    "fresh",
    "invented",
    "story",
]

BIRTH, CARD, RETURNED, SEEN, DIGITAL = map(code_of, (1, 2, 3, 5, 6))
RINI: Final = {"id": "rini", "role": "registry_operator", "region": "35.23"}

NAMES: Final = {
    HEAD["name"]: "Zulkarnaen Wiradikusuma",
    MOTHER["name"]: "Kartikasari Prawirodihardjo",
    HOLDER["name"]: "Bagaskara Nitisastro",
    CHILD["name"]: "Cendrawasih Wiradikusuma",
}
NUMBERS: Final = {
    HEAD["nik"]: "3523081703886147",
    HEAD["kk"]: "3523081203156273",
    MOTHER["nik"]: "3523084107905983",
    HOLDER["nik"]: "3523081708957139",
}
PHONES: Final = {"0812-3456-7890": "0812-7391-5568"}


LINK: Final = "https://disdukcapil.example/dokumen/7731-4402"
"""Opens a document: whoever has it may."""


def invented(told: Any) -> Any:
    """Give what a case says, told of those people."""
    text = json.dumps(told)
    for one, other in {**NAMES, **NUMBERS, **PHONES}.items():
        text = text.replace(one, other)
    return json.loads(text)


def story(scan: dict[str, Any]) -> list[Line]:
    """Give a birth by courier, a lost card and a legalisation at the counter, and a return.

    What is shown by a scan is shown by this one.
    """
    book = Book("returned", hour=10)
    book.add(SITI, "submit", **submission(CASES["kk-ubah-data"], RETURNED))
    faults = {"kk": "Bagian bawah tidak terbaca"}
    accepted = [one for one in CASES["kk-ubah-data"].items if one not in faults]
    book.add(RINI, "return", application=RETURNED, faults=faults, accepted=accepted)
    digital = Book("digital", hour=9)
    digital.add(SITI, "submit", **submission(CASES["kk-hilang"], DIGITAL))
    digital.add(SITI, "choose_delivery", application=DIGITAL, product="kk", way="digital")
    digital.add(RINI, "verify", application=DIGITAL, accepted=[*CASES["kk-hilang"].items])
    digital.add(RINI, "issue", copy=f"{DIGITAL}/1", signature="Endang Sulastri", link=LINK)
    told = (
        *digital.lines,
        *by_courier(CASES["birth"], BIRTH),
        *at_counter(CASES["ktp-hilang"], CARD),
        *book.lines,
        *at_counter(CASES["legalisir"], SEEN),
    )
    for one in told:
        for shown in one["with"].get("evidence", {}).values():
            if "scans" in shown:
                shown["scans"] = [scan]
    return [invented(one) for one in told]


def fresh(scan: dict[str, Any]) -> list[Line]:
    """Give what a village sends in besides: a family lost its card."""
    told = submission(CASES["kk-hilang"], code_of(4))
    for shown in told["evidence"].values():
        if "scans" in shown:
            shown["scans"] = [scan]
    book = Book("fresh", hour=9)
    book.add(SITI, "submit", **told)
    return [invented(one) for one in book.lines]


def _apart(digits: str) -> str:
    """Give a pattern of a number, however it is grouped."""
    return r"[ .\-]?".join(digits)


_LOOKED_FOR: Final = {
    "number": re.compile("|".join(map(_apart, NUMBERS.values()))),
    "phone": re.compile("|".join(_apart(re.sub(r"\D", "", one)[1:]) for one in PHONES.values())),
    "link": re.compile(re.escape(LINK)),
    "name": re.compile("|".join(set(" ".join(NAMES.values()).split())), re.IGNORECASE),
}


def found_in(data: bytes | str) -> set[str]:
    """Say what of those people stands in something, in full."""
    text = data if isinstance(data, str) else _text(data)
    return {kind for kind, pattern in _LOOKED_FOR.items() if pattern.search(text)}


def _text(data: bytes) -> str:
    plain = data.decode(errors="replace")
    if data.startswith(b"%PDF"):
        pages = PdfReader(BytesIO(data)).pages
        return f"{plain} {' '.join(page.extract_text() for page in pages)}"
    return plain


@frozen
class Seen:
    """What was written or shown: where it belongs in the table, what it was, and what it holds."""

    place: str
    what: str
    holds: set[str]


class Watcher(logging.Handler):
    """Looks at everything that is written, and at every line that is logged, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.seen: list[Seen] = []

    def look(self, place: str, what: str, *data: bytes | str) -> None:
        """Look at something that belongs to a place."""
        self.seen.append(Seen(place, what, set().union(*map(found_in, data))))

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a line of a log, with its traceback and all that was given for it."""
        self.look("elsewhere", f"log {record.name}", self.format(record), repr(record.args))

    def leaks(self, places: Mapping[str, Iterable[str]]) -> Iterator[str]:
        """Say what stands where it may not."""
        for one in self.seen:
            more = one.holds - set(places[one.place])
            if more:
                yield f"{one.what}: {', '.join(sorted(more))}"
