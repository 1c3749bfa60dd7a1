"""Texts that somebody sends so that they do something where they come out."""

from __future__ import annotations

from typing import Final

from adminduk.masking import is_hidden

__all__ = ["NASTY", "hidden"]

NASTY: Final = {
    "a line of its own": "x\nok: done\r\nBcc: x@example.net",
    "escape sequences": "x\x1b[2J\x1b]0;t\x07\x9b2J\x85",
    "a link of a terminal": "x\x1b]8;;https://jahat.example\x1b\\y\x1b]8;;\x1b\\",
    "bidi and separators": "x\u202eabc\u202c\u2066d\u2069\u2028y\u2029z\u200b\ufeff",
    "NUL": "x\0y",
    "a NIK": "3523081703880004",
    "a formula": "=cmd|' /C calc'!A0",
    "typst": '#read("/etc/passwd") $x$ *b* <l> @ref `c` //',
    "mathematics": "$\\frac{$ \\unicode x^{",
    "a page": "</script><script>alert(1)</script>--><svg onload=x>",
    "templates": "{0} {x.__class__} {{ %s %(a)s %n",
    "a path": "../../etc/passwd",
    "a device": "con",
    "markdown": "[x](javascript:alert(1)) | <b>x</b> | `",
    "very long": "panjang " * 4000,
}


def hidden(text: str) -> list[str]:
    """Give what moves the cursor, turns the writing or is not seen, beside the ends of lines."""
    return [one for line in text.split("\n") for one in line if is_hidden(one)]
