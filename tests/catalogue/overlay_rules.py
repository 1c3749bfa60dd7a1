"""Sound overlays over a small set of rules, for tests to spoil, and laying what they write."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from catalogue_rules import FILE, changed, loaded, rules, write

from adminduk.catalogue import Catalogue
from adminduk.catalogue.regional import read_overlays
from adminduk.errors import Fault, InvalidInput

__all__ = [
    "OFFICE",
    "SURE",
    "TEXT",
    "faults_of_overlays",
    "laid",
    "national",
    "overlay",
    "own_rules",
    "spoilt_overlays",
]

OFFICE = "35.23"
TEXT = {"id": "daerah", "en": "regional"}
SURE = {
    "content": "reported",
    "cite": [{"instrument": "perbup", "article": "4", "certainty": "reported"}],
}

_OVERLAYS: dict[str, Any] = {
    "instrument": [
        {"id": "perbup", "title": "Perbup 1/2021", "about": "Uji", "number": "1", "year": 2021}
    ],
    "fact": [{"id": "far", "kind": "yes_no", "ask": {"id": "Jauh?", "en": "Far?"}}],
    "paper": [{"id": "letter-of-village", "name": TEXT}],
    "overlay": [
        {
            "office": OFFICE,
            "service": "ktp-baru",
            "from": date(2021, 1, 1),
            "add": [
                {
                    "paper": "letter-of-village",
                    "why": TEXT,
                    "show": "copy",
                    "when": [{"far": True}],
                    **SURE,
                }
            ],
            "relax": [{"paper": "form", "why": TEXT, **SURE}],
            "replace": [{"paper": "card", "why": TEXT, "show": "copy", **SURE}],
            "standard": {"hours": 4, **SURE},
        }
    ],
}


def overlay(**says: Any) -> dict[str, Any]:
    """Give an overlay of the first service from the year 2021 on; `since` is its `from`."""
    made = {"office": OFFICE, "service": "ktp-baru", "from": date(2021, 1, 1), **says}
    if "since" in made:
        made["from"] = made.pop("since")
    return made


def own_rules(*overlays: dict[str, Any]) -> dict[str, Any]:
    """Give a file of these overlays, with what they may name."""
    return {**changed(_OVERLAYS, {}), "overlay": list(overlays)}


def spoilt_overlays(changes: dict[str, Any]) -> dict[str, Any]:
    """Give the sound overlays with other values at these paths."""
    return changed(_OVERLAYS, changes)


@cache
def national() -> Catalogue:
    """Give the small set of rules as the national ones."""
    with tempfile.TemporaryDirectory() as folder:
        return loaded(Path(folder), rules())


@contextmanager
def _folders(contents: Sequence[dict[str, Any]]) -> Iterator[tuple[Path, ...]]:
    with tempfile.TemporaryDirectory() as place:
        folders = tuple(Path(place) / f"rules{number}" for number in range(len(contents)))
        for folder, content in zip(folders, contents, strict=True):
            folder.mkdir()
            write(folder, content, FILE)
        yield folders


def laid(
    *contents: dict[str, Any], office: str = OFFICE, over: Catalogue | None = None
) -> Catalogue:
    """Lay files of overlays, each in a folder of its own, over the small set or other rules."""
    with _folders(contents) as folders:
        return read_overlays(over or national(), folders).laid(office)


def faults_of_overlays(
    *contents: dict[str, Any], office: str = OFFICE, over: Catalogue | None = None
) -> list[Fault]:
    """Give everything for which files of overlays cannot be laid."""
    try:
        laid(*contents, office=office, over=over)
    except InvalidInput as error:
        return list(error.faults)
    return []
