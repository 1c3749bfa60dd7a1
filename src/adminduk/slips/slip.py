"""A slip: what stands on a paper that goes along with papers, in words that are final."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from attrs import field, frozen

__all__ = ["Align", "Column", "Paper", "Section", "Slip", "Table"]


class Paper(StrEnum):
    """The sheet it is printed on."""

    A5 = "a5"
    A4 = "a4"
    A4_ACROSS = "a4-across"


class Align(StrEnum):
    """Where the words of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@frozen(kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        head: Its head.
        align: Where its words stand.
        share: Its part of the width that is left; 0: as wide as its words.
        code: Whether its words are ids, set so that no character looks like another.
    """

    head: str
    align: Align = Align.LEFT
    share: int = 0
    code: bool = False


@frozen
class Table:
    """Rows below heads; an empty cell is room to write in."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]] = field(repr=False)
    tall: bool = False
    """Whether the rows leave room for a signature."""


@frozen
class Section:
    """A part with a heading, which may be empty: sentences, then a list, then a table."""

    heading: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None


@frozen(kw_only=True)
class Slip:
    """What stands on a slip.

    Attributes:
        paper: The sheet it is printed on.
        office: Whose it is, line by line, the highest authority first.
        title: What it is.
        code: What it is about, in large letters: a tracking code, a bag.
        scanned: What its QR code holds; empty: it has none.
        facts: Names and what they are.
        sections: Its parts.
        signers: Who signs it, from left to right.
        foot: What stands at the foot of every page, beside the number of the page.
        language: `id` or `en`.
    """

    paper: Paper = Paper.A4
    office: tuple[str, ...]
    title: str
    code: str = ""
    scanned: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sections: tuple[Section, ...] = ()
    signers: tuple[str, ...] = ()
    foot: str = ""
    language: str = "id"
