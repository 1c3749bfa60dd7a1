"""How papers are shown: in a word with the paper, and for every door in a table of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from tests.pages.context import Context
from tests.pages.wording import OR, joined

from adminduk.catalogue import CHANNELS, Catalogue, Item, Text, Way

__all__ = ["briefly", "by_door", "manners"]

Ways = Mapping[str, frozenset[Way]]

_BRIEFLY: Final = {
    "copy": Text("fotokopi dan aslinya", "copy and original"),
    "shown": Text("aslinya", "original"),
    "original": Text("aslinya, untuk diserahkan", "original, to be handed in"),
    "filled": Text("diisi dan ditandatangani", "filled in and signed"),
}
"""Of manners of showing that have a name; what is shown otherwise is told door by door."""
_DOORS: Final = {
    "village": Text("desa atau kelurahan", "village"),
    "district": Text("kecamatan", "district"),
    "counter": Text("kantor dinas", "office"),
    "online": Text("daring", "online"),
}
_WAYS: Final = {
    Way.SCAN: Text("dipindai petugas", "scanned there"),
    Way.SEEN: Text("diperlihatkan", "shown"),
    Way.HANDED_IN: Text("diserahkan", "handed in"),
}
_ORIGINAL: Final = Text("aslinya {ways}", "the original is {ways}")
_BY_ONESELF: Final = Text("pindaian aslinya", "a scan of the original")
_COPY: Final = Text("fotokopinya, dan aslinya diperlihatkan", "a copy, and the original is shown")
_PAPER: Final = Text("yang dibawa", "what is brought")


def briefly(page: Context, ways: Ways) -> str:
    """Say in a word how a paper is shown; empty where there is no word for it."""
    text = _BRIEFLY.get(_manner(page.catalogue, ways))
    return page.say(text) if text else ""


def by_door(page: Context, ways: Ways) -> str:
    """Say how a paper is shown at each door; doors where it is the same are told together."""
    said = {door: _at(page, door, ways) for door in CHANNELS}
    return "; ".join(
        f"{joined((page.say(_DOORS[door]) for door in doors), page.language)}: {at}"
        for at, doors in groupby(CHANNELS, key=said.__getitem__)
    )


def manners(page: Context) -> Iterator[str]:
    """Give the table of how the papers of the page are shown at each door."""
    every = (ways for item in page.service.items for ways in _ways(item))
    used = {words: ways for ways in every if (words := briefly(page, ways))}
    if used:
        heads = [page.say(_PAPER), *(page.say(_DOORS[door]) for door in CHANNELS)]
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
    for words, ways in used.items():
        yield f"| {words} | {' | '.join(_at(page, door, ways) for door in CHANNELS)} |"


def _ways(item: Item) -> tuple[Ways, ...]:
    return (item.show, *(one.show for one in item.substitutes))


def _manner(catalogue: Catalogue, ways: Ways) -> str:
    return next((name for name, one in catalogue.showings.items() if one.ways == ways), "")


def _at(page: Context, door: str, ways: Ways) -> str:
    if door == "online" and ways[door] == {Way.SCAN}:
        return page.say(_BY_ONESELF)
    if door == "counter" and _manner(page.catalogue, ways) == "copy":
        return page.say(_COPY)
    words = joined((page.say(_WAYS[way]) for way in Way if way in ways[door]), page.language, OR)
    return words if ways[door] == {Way.HANDED_IN} else page.say(_ORIGINAL, ways=words)
