"""Every text has its Indonesian, and what is compiled is what is written."""

from __future__ import annotations

import ast
import string

import pytest

from adminduk.language import translate
from messages import FOLDER, SOURCE, extracted, po_bytes, translated, updated

TRANSLATED = translated()


def test_every_text_is_translated() -> None:
    """After a change of texts: `python -m tests.messages`, and translate what it names."""
    assert extracted() - set(TRANSLATED) == set()


def test_what_is_kept_is_up_to_date() -> None:
    """Nothing stays among the translations that is not in the source."""
    assert (FOLDER / "adminduk.po").read_bytes() == po_bytes(updated())


def test_no_text_is_marked_within_another() -> None:
    """Python 3.11 reads what is in an f-string as a text, and would not find it there."""
    within = [
        f"{file.name}:{one.lineno}"
        for file in SOURCE.rglob("*.py")
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(one, ast.JoinedStr)
        for part in ast.walk(one)
        if isinstance(part, ast.Name) and part.id == "N_"
    ]
    assert within == []


def fields(text: str) -> set[str]:
    """Give the names that a text has places for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("text", sorted(TRANSLATED))
def test_a_translation_says_the_same_facts(text: str) -> None:
    """The places for facts are the same in both languages; what is compiled says it, too."""
    assert fields(TRANSLATED[text]) == fields(text)
    assert translate(text, "id") == TRANSLATED[text]
    assert translate(text, "en") == text
