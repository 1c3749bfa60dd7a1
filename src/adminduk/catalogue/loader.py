"""Making the catalogue from its TOML files: every fault of every file at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from adminduk.catalogue.checking import check
from adminduk.catalogue.condition import Constraint
from adminduk.catalogue.fact import Fact
from adminduk.catalogue.law import Instrument
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.naming import Names
from adminduk.catalogue.paper import Paper
from adminduk.catalogue.product import Product
from adminduk.catalogue.reading import converter
from adminduk.catalogue.service import Service
from adminduk.catalogue.showing import Showing
from adminduk.catalogue.tables import Placed, Tables
from adminduk.errors import InvalidInput

__all__ = ["load", "load_directory"]

_KINDS: Final[dict[str, type[Any]]] = {
    "instrument": Instrument,
    "fact": Fact,
    "paper": Paper,
    "showing": Showing,
    "product": Product,
    "constraint": Constraint,
    "service": Service,
}
"""The tables of the files, and what each says; what is looked up comes before what names it."""


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """Give the national rules that come with the library; they are read once."""
    return _load(files("adminduk.catalogue").joinpath("data"))


def load_directory(folder: Path) -> Catalogue:
    """Read the rules of a folder of TOML files.

    Raises:
        InvalidInput: Everything wrong with them, each with a path as
            `birth.toml: service[0].item[2].when[0].foundling`.
    """
    return _load(folder)


def _load(folder: Traversable) -> Catalogue:
    tables = Tables.of_folder(folder, tuple(_KINDS))
    known: dict[str, dict[str, Any]] = {kind: tables.ids(kind) for kind in _KINDS}
    reader = converter(Names(known).hooks())
    placed: dict[str, Placed[Any]] = {}
    for kind, made in _KINDS.items():
        placed[kind] = tables.made(reader, kind, made)
        if kind not in {"constraint", "service"}:
            known[kind] |= tables.by_id(placed[kind])
    catalogue = Catalogue(
        instruments=known["instrument"],
        facts=known["fact"],
        constraints=tuple(one for _, one in placed["constraint"]),
        papers=known["paper"],
        showings=known["showing"],
        products=known["product"],
        periods=_periods([one for _, one in placed["service"]]),
    )
    if not tables.faults:  # the whole can be checked only where each part is sound
        tables.faults.extend(check(catalogue, placed))
    if tables.faults:
        raise InvalidInput(tuple(tables.faults))
    return catalogue


def _periods(services: Sequence[Service]) -> dict[str, tuple[Service, ...]]:
    """Give the rules of each service, the oldest first."""
    by_age = sorted(services, key=lambda one: one.since)
    return {one.id: tuple(it for it in by_age if it.id == one.id) for one in services}
