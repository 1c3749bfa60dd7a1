"""Where a rule stands in the law, and how sure we are of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NewType

from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_, Text

__all__ = ["Certainty", "Citation", "Id", "Instrument", "InstrumentId", "Text"]

Id = NewType("Id", str)
"""A name that is given here: lower-case letters, digits, `-` and `_`."""

InstrumentId = NewType("InstrumentId", Id)
"""The id of an instrument that the catalogue knows."""


class Certainty(StrEnum):
    """How sure we are: read in a source that quotes it, in a paraphrase only, or believed."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    ASSUMED = "assumed"


@frozen(kw_only=True)
class Instrument:
    """A law, regulation or official letter.

    Attributes:
        id: As `perpres-96-2018`.
        title: How it is cited.
        about: What it is about, in Indonesian, as it is titled.
        number: Its number.
        year: The year of its number.
        signed: The day it was signed, where that is known.
        promulgated: The day it was promulgated, where that is known.
        url: A public page that quotes or reproduces it; empty where none is known.
    """

    id: Id
    title: str
    about: str
    number: str
    year: int
    signed: date | None = None
    promulgated: date | None = None
    url: str = ""


@frozen
class Citation:
    """Where a rule stands.

    Attributes:
        instrument: Id of the instrument.
        certainty: How sure we are of the article; `assumed` where none is named.
        article: The article (pasal), with its paragraph in brackets; empty where not known.
    """

    instrument: InstrumentId
    certainty: Certainty
    article: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.article and self.certainty is not Certainty.ASSUMED:
            text = N_("No article is named, so none can be known: that is `assumed`.")
            raise InvalidInput.at("certainty", "no_article", text)

    def __str__(self) -> str:
        return f"{self.instrument} ps {self.article}" if self.article else self.instrument
