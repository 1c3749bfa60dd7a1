"""A slip as text, for a printer that prints no more than that."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from adminduk.masking import shown

if TYPE_CHECKING:
    from adminduk.slips.slip import Section, Slip, Table

__all__ = ["text"]

_WIDTH: Final = {"a5": 60, "a4": 80, "a4-across": 80}
_GAP: Final = "  "
_ITEM: Final = "  - "


def text(slip: Slip) -> str:
    """Give a slip as lines that fit its sheet; nothing hidden is in it, and no NIK in full."""
    width = _WIDTH[slip.paper]
    rule = "-" * width
    heads = [*slip.office, slip.title.upper(), *([slip.code] if slip.code else [])]
    centred = (one.center(width).rstrip() for head in heads for one in _broken(head, width))
    lines = [rule, *centred, rule]
    lines += [
        line for name, value in slip.facts for line in _broken(f"{name}: {value}", width, "    ")
    ]
    for part in slip.sections:
        lines += ["", *_part(part, width)]
    if slip.signers:
        lines += ["", "", "", *_broken(_GAP.join(f"( {one} )" for one in slip.signers), width)]
    return "\n".join([*lines, rule, ""])


def _part(part: Section, width: int) -> Iterator[str]:
    for sentence in (part.heading, *part.sentences):
        yield from _broken(sentence, width) if sentence else ()
    for item in part.items:
        yield from _broken(_ITEM + item, width, "    ")
    if part.table is not None:
        yield from _rows(part.table, width)


def _rows(table: Table, width: int) -> Iterator[str]:
    heads = [column.head for column in table.columns]
    cells = [[shown(one) for one in row] for row in (heads, *table.rows)]
    widths = _fitted([max(1, *map(len, column)) for column in zip(*cells, strict=True)], width)
    cells.insert(1, ["-" * len(head) for head in heads])
    for row in cells:
        lines = (_broken(one, wide) for one, wide in zip(row, widths, strict=True))
        for parts in zip_longest(*lines, fillvalue=""):
            aligned = (one.ljust(wide) for one, wide in zip(parts, widths, strict=True))
            yield _GAP.join(aligned).rstrip()


def _fitted(widths: list[int], width: int) -> list[int]:
    """Make the widest columns narrower until all of them fit."""
    fitted = list(widths)
    while sum(fitted) + len(_GAP) * (len(fitted) - 1) > width:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _broken(line: str, width: int, hang: str = "") -> list[str]:
    return textwrap.wrap(shown(line), width, subsequent_indent=hang) or [""]
