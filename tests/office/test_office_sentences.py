"""What people are told by message: each is one short message, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from adminduk import Office
from adminduk.language import LANGUAGES
from adminduk.office.sentences import _INSTEAD, _SENTENCES, fits, sentence
from adminduk.records import Post, Role
from adminduk.values import RegionCode

_DAY = "2021-07-21"
_ITEMS = sorted(Office.init("memory:", "35.23").catalogue.papers, key=len)
LONGEST = {
    "code": "K7M2Q9XD4H-T",
    **dict.fromkeys(["district", "counter", "made", "digital", "until", "since", "day"], _DAY),
    "days": "3650",
    "item": _ITEMS[-1],
    "items": ", ".join(_ITEMS),
    "link": "https://disdukcapil.tubankab.go.id/dokumen/K7M2Q9XD4H-T/4f1c8e0a9b7d",
    "bag": "B" * 40,
    "holder": str(Post(Role.VILLAGE_OPERATOR, RegionCode.parse("35.23.08.2001"))),
}
"""The most that each fact may be, as it is likely to be for a link."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", _SENTENCES)
def test_each_is_one_short_message(template: str, language: str):
    """Of 160 plain letters; whoever is told pays for no second, and no gateway cuts it."""
    text = sentence(template, LONGEST, language)
    assert fits(text), (len(text), text)
    assert text.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", _SENTENCES)
def test_each_names_what_it_is_about(template: str, language: str):
    """By its code, or by the bag; nothing but what the templates name is in it."""
    named = {name for _, name, _, _ in Formatter().parse(_SENTENCES[template]) if name}
    assert named & {"code", "bag"}
    text = sentence(template, {name: f"<{name}>" for name in LONGEST}, language)
    assert set(re.findall(r"<(\w+)>", text)) == named


@pytest.mark.parametrize("template", _SENTENCES)
def test_each_is_on_the_page_of_messages(template: str):
    """With when it is told."""
    page = Path(__file__).parents[2] / "docs" / "messages.md"
    assert f"`{template}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_long_is_told_where_to_ask(language: str):
    """Few papers are named; of many it is said that they are many."""
    few = sentence("returned", LONGEST | {"items": "kk, ktp"}, language)
    assert "kk, ktp" in few
    many = sentence("returned", LONGEST, language)
    assert many == sentence(_INSTEAD["returned"], LONGEST, language)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("é" * 160, True),
        ("名" * 70, True),
        ("名" + "a" * 70, False),
        ("ê" * 71, False),
    ],
)
def test_a_short_message(text: str, is_one: bool):
    """A single letter that is not basic makes it shorter."""
    assert fits(text) is is_one
