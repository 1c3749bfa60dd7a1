"""Where the rules of a page stand, as its notes: the same basis is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, Protocol

from attrs import field, frozen
from tests.pages.wording import say, started

from adminduk.catalogue import Certainty, Citation, Instrument, Text

__all__ = ["Basis", "Rule"]

SURE: Final = {
    Certainty.REPORTED: Text("menurut laporan", "reported"),
    Certainty.ASSUMED: Text("dianggap", "assumed"),
}
_MEANING: Final = {
    Certainty.REPORTED: Text(
        "dibaca sebagai penuturan, atau dalam satu sumber saja",
        "read as a paraphrase, or in one source only",
    ),
    Certainty.ASSUMED: Text(
        "belum dibaca di mana pun; kami kira demikian", "not read anywhere yet; we believe it"
    ),
}
_UNMARKED: Final = Text(
    "Yang tidak ditandai dibaca dalam sumber yang mengutip aturannya.",
    "What is not marked was read in a source that quotes the rule.",
)
_ARTICLE: Final = (Text("pasal {article}", "art. {article}"), Text(" ayat ({part})", "({part})"))
_NO_ARTICLE: Final = Text("pasalnya belum diketahui", "article not known yet")
_QUOTED: Final = Text("halaman yang mengutipnya", "a page that quotes it")
_CONTENT: Final = Text("isi aturan *({sure})*", "what it says *({sure})*")


class Rule(Protocol):
    """What stands somewhere in the law."""

    @property
    def content(self) -> Certainty:
        """How sure we are of what it says."""

    @property
    def cite(self) -> tuple[Citation, ...]:
        """Where it stands."""


@frozen
class Basis:
    """The notes of a page.

    Attributes:
        instruments: The laws.
        language: `id` or `en`.
        notes: What was cited so far, each with its number.
    """

    instruments: Mapping[str, Instrument]
    language: str
    notes: dict[tuple[Certainty, tuple[Citation, ...]], int] = field(factory=dict)

    def mark(self, rule: Rule) -> str:
        """Give what is put behind a rule: its note, and a word where it is not sure."""
        number = self.notes.setdefault((rule.content, rule.cite), len(self.notes) + 1)
        return f"{self._sure(rule.content)}[^{number}]"

    def _sure(self, certainty: Certainty) -> str:
        sure = SURE.get(certainty)
        return f" *({sure.in_language(self.language)})*" if sure else ""

    def lines(self) -> Iterator[str]:
        """Give the notes, with what the words in them mean."""
        yield from self._legend()
        yield ""
        for (content, cite), number in self.notes.items():
            cited = (self._cited(*it) for it in groupby(cite, key=lambda one: one.instrument))
            yield f"[^{number}]: {'; '.join(cited)}{self._content(content)}."
        yield ""
        used = dict.fromkeys(one.instrument for _, cite in self.notes for one in cite)
        yield from (self._titled(self.instruments[one]) for one in used)

    def _legend(self) -> Iterator[str]:
        yield f"* {_UNMARKED.in_language(self.language)}"
        articles = (one.certainty for _, cite in self.notes for one in cite if one.article)
        words = {*(content for content, _ in self.notes), *articles}
        for certainty, meaning in _MEANING.items():
            if certainty in words:
                word = started(SURE[certainty].in_language(self.language))
                yield f"* *{word}*: {meaning.in_language(self.language)}."

    def _content(self, content: Certainty) -> str:
        sure = SURE.get(content)
        if sure is None:
            return ""
        return "; " + say(_CONTENT, self.language, sure=sure.in_language(self.language))

    def _cited(self, instrument: str, citations: Iterable[Citation]) -> str:
        articles = ",".join(map(self._article, citations))
        return f"{self.instruments[instrument].title}{articles}"

    def _article(self, one: Citation) -> str:
        if not one.article:
            return f" ({_NO_ARTICLE.in_language(self.language)})"
        article, _, paragraph = one.article.partition("(")
        words = say(_ARTICLE[0], self.language, article=article)
        if paragraph:
            words += say(_ARTICLE[1], self.language, part=paragraph.removesuffix(")"))
        return f" {words}{self._sure(one.certainty)}"

    def _titled(self, one: Instrument) -> str:
        url = f" ([{_QUOTED.in_language(self.language)}]({one.url}))" if one.url else ""
        return f"* {one.title}: {one.about}{url}"
