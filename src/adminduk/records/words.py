"""The words that villages know for where a case stands: computed from the states, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from attrs import frozen

from adminduk.language import N_
from adminduk.records.application import (
    Application,
    LastCopy,
    ProductLine,
    ProductOutcome,
)
from adminduk.records.bag import Bag
from adminduk.records.promise import DeliveryWay
from adminduk.records.road import Copy, Heading, Original

__all__ = ["MEANING", "Standing", "Word", "bags_of", "word_of_case", "word_of_line"]


class Word(StrEnum):
    """What a person is told; these Indonesian words stand in every language."""

    INCOMPLETE = "Belum Lengkap"
    CHECKING = "Sedang Diperiksa"
    SENT_BACK = "Dikembalikan"
    PRINTING = "Dicetak"
    TRAVELLING = "Dikirim"
    READY = "Siap Diambil"
    TAKEN = "Sudah Diambil"
    REJECTED = "Ditolak"
    CANCELLED = "Dibatalkan"


MEANING: Final = {
    Word.INCOMPLETE: "not complete",
    Word.CHECKING: "being checked",
    Word.SENT_BACK: "sent back",
    Word.PRINTING: "being printed",
    Word.TRAVELLING: "on the road",
    Word.READY: "ready to collect",
    Word.TAKEN: "collected",
    Word.REJECTED: "refused",
    Word.CANCELLED: "cancelled",
}
"""What the words mean, for who does not speak Indonesian."""

_ADVANCE: Final = (
    Word.SENT_BACK,
    Word.PRINTING,
    Word.TRAVELLING,
    Word.READY,
    Word.TAKEN,
)

_BY_STATE: Final = {
    "draft": Word.INCOMPLETE,
    "returned": Word.INCOMPLETE,
    "submitted": Word.CHECKING,
    "rejected": Word.REJECTED,
    "withdrawn": Word.CANCELLED,
    "expired": Word.CANCELLED,
    "lapsed": Word.CANCELLED,
    "completed": Word.TAKEN,
}


@frozen(slots=False)
class Standing:
    """A word, and what is added to it (English, to be translated; may be empty)."""

    word: Word
    detail: str = ""


def word_of_case(
    application: Application,
    copies: Mapping[int, Copy],
    bags: Mapping[str, Bag],
    run_out: Collection[str] = (),
) -> Standing:
    """Say where a case stands: the least advanced open product decides."""
    word = _BY_STATE.get(application.state)
    if word is not None:
        return Standing(word)
    lines = (word_of_line(line, copies, bags, run_out) for line in application.lines)
    return min(lines, key=lambda one: _ADVANCE.index(one.word), default=Standing(Word.TAKEN))


def word_of_line(
    line: ProductLine,
    copies: Mapping[int, Copy],
    bags: Mapping[str, Bag],
    run_out: Collection[str] = (),
) -> Standing:
    """Say where a product of a verified case stands.

    Args:
        line: The product.
        copies: The copies of the case, by number.
        bags: The bags that they are in.
        run_out: The products of which the office has no blank left.
    """
    copy = copies[line.numbers[-1]]
    if line.outcome is not ProductOutcome.OPEN and copy.state != "issued":
        return Standing(Word.TAKEN)
    if line.last is not LastCopy.ALIVE:
        return Standing(Word.SENT_BACK, N_("a new one will be made"))
    if copy.state == "missing":
        return Standing(Word.SENT_BACK, N_("being looked for"))
    if copy.heading is Heading.HOME:
        return Standing(Word.SENT_BACK, N_("will be sent again"))
    bag = bags.get(copy.bag)
    if bag is not None and bag.state in {"departed", "arrived"}:
        return Standing(Word.TRAVELLING)
    on_paper = copy.state == "ordered" and copy.way is not DeliveryWay.DIGITAL
    waits = N_("waits for blank cards") if on_paper and copy.kind in run_out else ""
    return _AT_REST.get(copy.state, Standing(Word.PRINTING, waits))


_AT_REST: Final = {
    "at_district": Standing(Word.READY, N_("at the district")),
    "at_village": Standing(Word.READY),
    "at_counter": Standing(Word.READY),
    "issued": Standing(Word.READY),
}


def bags_of(papers: Iterable[Copy | Original]) -> set[str]:
    """Give the ids of the bags that papers are in."""
    return {paper.bag for paper in papers if paper.bag}
