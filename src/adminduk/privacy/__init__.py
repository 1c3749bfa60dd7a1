"""What the office holds of people: of every field its class, its purpose, for whom, for how long.

One table says it, and where what may stand in full: `data/privacy.toml`. Law is cited there as
everywhere, with how sure we are of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import field, frozen

from adminduk.catalogue.law import Certainty, Citation, Id, Instrument, InstrumentId
from adminduk.language import Text

__all__ = ["Duty", "Kind", "Place", "Privacy", "PrivacyClass", "load"]


class PrivacyClass(StrEnum):
    """How the law looks at data; of several the gravest counts.

    `GENERAL` and `SPECIFIC` are those of UU 27/2022 ps 4; `PROTECTED` is what UU 24/2013 ps 84, or
    that article as it was first worded, protects besides.
    """

    NONE = "none"
    GENERAL = "general"
    SPECIFIC = "specific"
    PROTECTED = "protected"


@frozen(kw_only=True)
class Kind:
    """A kind of data: what fields of it have in common.

    Attributes:
        id: Its name in the table.
        data_class: How the law looks at it; whatever is said of a child is specific besides.
        name: What people call it.
        law: Where that stands; empty for what is no personal data.
        purpose: What it is for.
        sees: Who sees it in full.
        kept: For how long.
        fields: Fields and answers that are of it, as the table names them.
    """

    id: str
    data_class: PrivacyClass
    name: Text
    law: tuple[Citation, ...]
    purpose: str
    sees: str
    kept: str
    fields: tuple[str, ...]


@frozen(kw_only=True)
class Duty:
    """What the law asks of an office about the data of people.

    Attributes:
        id: Its name in the table.
        law: Where it stands.
        says: What it is, in both languages.
    """

    id: str
    law: Citation
    says: Text


@frozen(kw_only=True)
class Place:
    """Where something is written or shown.

    Attributes:
        id: Its name in the table.
        name: What it is.
        may: Kinds of data that may stand there in full.
        why: Why they may, or may not.
    """

    id: str
    name: str
    may: tuple[str, ...]
    why: str


@frozen(kw_only=True)
class Privacy:
    """The whole table.

    Attributes:
        instruments: What it cites, by id.
        duties: What the law asks, by id.
        kinds: The kinds of data, by id.
        places: The places, by id.
        notice_hours: Within how many hours a breach is told (the duty `notice`).
        child_under: Who is younger is a child here.
    """

    instruments: Mapping[str, Instrument]
    duties: Mapping[str, Duty]
    kinds: Mapping[str, Kind]
    places: Mapping[str, Place]
    notice_hours: int
    child_under: int
    _by_field: dict[str, Kind] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        named = [(name, kind) for kind in self.kinds.values() for name in kind.fields]
        by_field = dict(named)
        assert len(by_field) == len(named), "a field is of one kind"
        object.__setattr__(self, "_by_field", by_field)

    def named(self, owner: str, name: str) -> str | None:
        """Say how the table names a field of a class; None where it does not.

        >>> load().named("Person", "nik"), load().named("Settings", "route")
        ('Person.nik', 'Settings.*')
        """
        closest = (f"{owner}.{name}", f"{owner}.*", f"*.{name}")
        return next((one for one in closest if one in self._by_field), None)

    def kind_of(self, owner: str, name: str) -> Kind:
        """Give the kind of data that a field of a class is, or an answer: `fact`, and its id.

        >>> load().kind_of("Person", "nik").data_class.value
        'protected'
        >>> load().kind_of("fact", "weeks_of_pregnancy").id
        'health'

        Raises:
            KeyError: The table does not name it.
        """
        found = self.named(owner, name)
        if found is None:
            raise KeyError(f"{owner}.{name}")
        return self._by_field[found]


@cache
def load() -> Privacy:
    """Read the table that is shipped."""
    data = files("adminduk.privacy") / "data" / "privacy.toml"
    raw = tomllib.loads(data.read_text(encoding="utf-8"))
    return Privacy(
        instruments={one["id"]: Instrument(**one) for one in raw["instrument"]},
        duties={one["id"]: _duty(one) for one in raw["duty"]},
        kinds={one["id"]: _kind(one) for one in raw["kind"]},
        places={one["id"]: Place(**{**one, "may": tuple(one["may"])}) for one in raw["place"]},
        notice_hours=raw["notice_hours"],
        child_under=raw["child_under"],
    )


def _duty(raw: dict[str, Any]) -> Duty:
    return Duty(id=raw["id"], law=_citation(raw["law"]), says=Text(**raw["says"]))


def _kind(raw: dict[str, Any]) -> Kind:
    return Kind(
        id=raw["id"],
        data_class=PrivacyClass(raw["class"]),
        name=Text(**raw["name"]),
        law=tuple(_citation(one) for one in raw.get("law", ())),
        purpose=raw["purpose"],
        sees=raw["sees"],
        kept=raw["kept"],
        fields=tuple(raw["fields"]),
    )


def _citation(raw: dict[str, str]) -> Citation:
    instrument = InstrumentId(Id(raw["instrument"]))
    return Citation(instrument, Certainty(raw["certainty"]), raw["article"])
