"""A text as it may be shown: NIK and family cards masked, and nothing hidden in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from unicodedata import category

__all__ = ["is_hidden", "masked", "seen", "shown"]

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of what moves the cursor, turns the writing, is not seen, or cannot be written."""
_INVISIBLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that nobody sees, though Unicode counts them as such."""

_NUMBER: Final = re.compile(
    r"""
    (?P<other> [0-9a-f]{8} (?: - [0-9a-f]{4} ){3} - [0-9a-f]{12}  # a UUID
             | [0-9a-f]{32,} )                                   # a digest
    | (?<! \d )
      (?: \d{16}
        | \d{4} (?P<a> [ .-] ) \d{4} (?P=a) \d{4} (?P=a) \d{4}
        | \d{6} (?P<b> [ .-] ) \d{6} (?P=b) \d{4}
        | \d{2} \. \d{2} \. \d{2} \. \d{6} \. \d{4} )
      (?! \d )
    """,
    re.VERBOSE,
)


def masked(text: str) -> str:
    """Mask every number of sixteen digits, also one that is written in groups.

    >>> masked("3523080101900001, 3523.0801.0190.0001")
    '3523**********01, 3523**********01'
    """
    return _NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    if found["other"]:
        return found[0]
    digits = "".join(one for one in found[0] if one.isdigit())
    return f"{digits[:4]}{'*' * 10}{digits[-2:]}"


def shown(text: str) -> str:
    """Give a text in one line as it may be shown anywhere: numbers masked, � for what is hidden.

    >>> shown("3523080101900001" + chr(27) + "[2J")
    '3523**********01�[2J'
    """
    return seen(masked(text), lambda _: "�")


def seen(text: str, instead: Callable[[str], str]) -> str:
    """Put something else in place of each character that is hidden; line ends are, too."""
    if text.isprintable() and not _INVISIBLE.search(text):
        return text
    return "".join(instead(one) if is_hidden(one) else one for one in text)


def is_hidden(one: str) -> bool:
    """Whether a character moves the cursor, turns the writing, or is not seen."""
    return category(one) in _HIDDEN or _INVISIBLE.match(one) is not None
