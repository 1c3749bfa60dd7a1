"""The only place that prints: at most 80 columns, nothing hidden in it, no NIK in full."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any, Final

import click

from adminduk.masking import masked, seen, shown

__all__ = ["WIDTH", "as_json", "broken", "safe", "show", "show_command", "table"]

WIDTH: Final = 80
_GAP: Final = "  "


def safe(text: str) -> str:
    """Mask every NIK and KK number, and show what is hidden as �, also an end of line."""
    return shown(text)


def show(text: str = "", *, indent: str = "", hang: str | None = None, err: bool = False) -> None:
    """Print a line, broken between words where it is too long.

    Args:
        text: What to print; an end of line in it is shown as �.
        indent: What every line begins with.
        hang: What the lines after a break begin with, where it is something else.
        err: Print on standard error.
    """
    later = indent if hang is None else hang
    click.echo("\n".join(broken(safe(text), WIDTH, indent, later)), err=err)


def show_command(command: str) -> None:
    """Print what is to be typed, never broken, so that it can be copied."""
    click.echo(f"  {safe(command)}")


def broken(line: str, width: int, indent: str = "", hang: str = "") -> list[str]:
    """Break a line between words into lines that fit, one at least."""
    return textwrap.wrap(
        line,
        width,
        initial_indent=indent,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows below their heads; the last column takes what is left of the line."""
    cells = [[safe(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    left = sum(widths) + len(_GAP) * len(widths)
    ruled = [cells[0], ["-" * len(head) for head in cells[0]], *cells[1:]]
    for *firsts, last in ruled:
        start = "".join(one.ljust(width) + _GAP for one, width in zip(firsts, widths, strict=True))
        lines = broken(last, max(WIDTH - left, 1))
        click.echo("\n".join([start + lines[0], *(" " * left + one for one in lines[1:])]).rstrip())


def as_json(data: Any, *, err: bool = False) -> None:
    """Print data for programs, on one line."""
    text = json.dumps(_masked_within(data), ensure_ascii=False)
    click.echo(seen(text, lambda one: json.dumps(one)[1:-1]), err=err)


def _masked_within(data: Any) -> Any:
    if isinstance(data, str):
        return masked(data)
    if isinstance(data, dict):
        return {masked(key): _masked_within(value) for key, value in data.items()}
    return [_masked_within(one) for one in data] if isinstance(data, (list, tuple)) else data
