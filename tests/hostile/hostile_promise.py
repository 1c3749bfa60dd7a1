"""What holds of every refusal, whatever was sent, and texts that must never come out again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from hypothesis import settings

from adminduk.errors import AdmindukError
from adminduk.masking import is_hidden, masked

__all__ = ["EVIL", "NUMBER", "many", "refusal"]

NUMBER: Final = "3523081703880004"
EVIL: Final = {
    "a line of its own": "x\nok: done\r\nall good",
    "an escape sequence": "x\x1b[2J\x1b]0;t\x07",
    "C1 controls": "x\x9b2J\x85y",
    "separators": "x\u2028y\u2029z",
    "bidi": "x\u202eabc\u202c\u2066d\u2069",
    "zero width": "x\u200b\u200d\u2060\ufeffy",
    "letters nobody sees": "x\u3164\u115f\uffa0\u034f\ufe0fy",
    "half a character": "x\udcffy",
    "tags": "x\U000e0041y",
    "a NIK": NUMBER,
    "braces": "{0} {x.__class__} %s",
    "endless": "x" * 100_000,
}
"""Texts that would forge, hide or betray something where they were printed as they are."""


def many(small: int, full: int) -> settings:
    """Give how many examples a property has in the profile that was chosen."""
    chosen = settings.default
    assert chosen is not None
    is_full = chosen.max_examples > settings.get_profile("small").max_examples
    return settings(max_examples=full if is_full else small)


def refusal(call: Callable[[], object]) -> AdmindukError | None:
    """Do what may be refused; give the refusal, of which all that must hold was checked."""
    try:
        call()
    except AdmindukError as error:
        for language in ("id", "en"):
            text = error.message(language)
            assert text
            assert not any(map(is_hidden, text))
            assert masked(text) == text
            told = json.dumps(error.as_dict(language))
            assert masked(told) == told
            assert len(told) < 200_000
        return error
    return None
