"""The rules of one regency: the national ones with the overlays of some folders laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Final

from attrs import evolve, frozen

from adminduk.catalogue.checking import check_derivation
from adminduk.catalogue.fact import Fact
from adminduk.catalogue.law import Instrument
from adminduk.catalogue.laying import faults_of_items, faults_of_laying, laid
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.naming import Names
from adminduk.catalogue.overlay import OfficeCode, Overlay
from adminduk.catalogue.paper import Paper
from adminduk.catalogue.reading import converter, exactly
from adminduk.catalogue.tables import Placed, Tables
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.regions import regency

__all__ = ["Overlays", "holds_overlays", "read_overlays", "regional"]

_OWN: Final[dict[str, type[Any]]] = {"instrument": Instrument, "fact": Fact, "paper": Paper}
"""What overlays may have of their own; what is looked up comes before what names it."""


@cache
def regional(national: Catalogue, office: str, folders: tuple[Traversable, ...]) -> Catalogue:
    """Give the rules of a regency; its folders are read once.

    Args:
        national: The national rules: what is given where no overlay is the regency's.
        office: Its code.
        folders: Folders of TOML files with overlays, of this regency and of others.

    Raises:
        InvalidInput: Everything wrong with the folders and with the overlays of the regency, each
            with a path as `tuban.toml: overlay[0].add[1].cite`.
    """
    return read_overlays(national, folders).laid(office) if folders else national


def holds_overlays(folder: Traversable) -> bool:
    """Say whether there are overlays in a folder; what else is in it is not looked at."""
    tables = Tables({"overlay": []})
    tables.add_folder(folder)
    return bool(tables.raw["overlay"])


@frozen
class Overlays:
    """Overlays that were read.

    Attributes:
        national: The national rules.
        extended: The same with the papers, facts and instruments that the overlays brought.
        placed: The overlays that are sound, each with the path where it stands.
        unsound: What is wrong with the others.
    """

    national: Catalogue
    extended: Catalogue
    placed: Placed[Overlay]
    unsound: Sequence[Fault]

    @property
    def offices(self) -> tuple[str, ...]:
        """The regencies that have overlays."""
        return tuple(sorted({one.office for _, one in self.placed}))

    def of(self, office: str) -> Placed[Overlay]:
        """Give the overlays of a regency."""
        return [(path, one) for path, one in self.placed if one.office == office]

    def faults(self, offices: Iterable[str]) -> tuple[Fault, ...]:
        """Give everything wrong with what was read, and with how it is laid for regencies."""
        own = [self.of(one) for one in offices]
        found = list(self.unsound)
        for overlays in own:
            found += faults_of_laying(self.extended, overlays)
        if not found:  # conditions can be tried only where all of it is sound
            for overlays in own:
                found += faults_of_items(self.extended, overlays)
        return tuple(found)

    def laid(self, office: str) -> Catalogue:
        """Give the rules of a regency.

        Raises:
            InvalidInput: Everything for which there are none.
        """
        faults = self.faults([office])
        if faults:
            raise InvalidInput(faults)
        own = [one for _, one in self.of(office)]
        return laid(self.extended, own) if own else self.national


def read_overlays(national: Catalogue, folders: Sequence[Traversable]) -> Overlays:
    """Read the overlays of folders, and note what is wrong with them."""
    tables = Tables({kind: [] for kind in (*_OWN, "overlay")})
    for folder in folders:
        tables.add_folder(folder, f"{folder.name}/" if len(folders) > 1 else "")
    known: dict[str, dict[str, Any]] = {
        "instrument": dict(national.instruments),
        "fact": dict(national.facts),
        "paper": dict(national.papers),
        "showing": dict(national.showings),
        "product": dict(national.products),
        "service": dict(national.periods),
    }
    taken = {kind: frozenset(known[kind]) for kind in _OWN}
    for kind in _OWN:
        known[kind] |= {one: None for one in tables.ids(kind) if one not in taken[kind]}
    reader = converter({**Names(known).hooks(), OfficeCode: _office})
    parties = {
        one.id for it in national.periods.values() for service in it for one in service.parties
    }
    for kind, made in _OWN.items():
        own = _without(tables, taken[kind], tables.made(reader, kind, made))
        known[kind] |= tables.by_id(own)
        for path, one in own:
            if isinstance(one, Fact):
                tables.faults.extend(check_derivation(one, parties, path))
    extended = evolve(
        national, instruments=known["instrument"], facts=known["fact"], papers=known["paper"]
    )
    placed = tables.made(reader, "overlay", Overlay)
    return Overlays(national, extended, placed, tables.faults)


def _without(tables: Tables, taken: Iterable[str], own: Placed[Any]) -> Placed[Any]:
    """Give what overlays brought; note where it has the id of something national."""
    for path, one in own:
        if one.id in taken:
            text = N_("The national rules have {id} already; an overlay does not change it.")
            tables.note(f"{path}.id", "repeated", text, id=one.id)
    return [(path, one) for path, one in own if one.id not in taken]


def _office(value: object) -> str:
    return regency(exactly(value, str)).full()
