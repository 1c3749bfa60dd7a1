"""Which words of a name are titles: Permendagri 73/2022 art. 5(1)c and 5(3)c."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

__all__ = ["has_title", "without_titles"]

_CLEAR: Final = "dr drs drg hj kh pdt prof skep skm skom sh spd mkes mkom mpd phd"
_AS_WRITTEN: Final = (
    "amd amdkeb amdkep apt dra h ir lc lch llm ma mag mba mh mhum mm mpdi mpsi msc msi mt ners"
    " sag se sei sfarm shi sip sked spdi spsi spt ssi ssn ssos st sthi stp ust"
)
_CUSTOMARY: Final = "gst kph krt ra rd rm rr rngt"
# Nobody is called Drs or S.Pd; Ir, Se or Sip may be a name, unless dots or a comma say otherwise.
_TITLES: Final = frozenset(_CLEAR.split())
_TITLES_AS_WRITTEN: Final = _TITLES.union(_AS_WRITTEN.split())
_CUSTOMARY_AS_WRITTEN: Final = frozenset(_CUSTOMARY.split())


def has_title(text: str) -> bool:
    """Whether a name has a title of education or religion.

    As in `Drs Budi`, `H. Budi`, `Budi, SE`, `Budi S.Pd`, `Budi S. Pd`.
    """
    return bool(_places(_words(text)))


def without_titles(text: str) -> str:
    """Give a name without its titles, shortened customary ones included.

    >>> without_titles("R.A. Siti Aminah, S.Pd.")
    'Siti Aminah'
    """
    words = _words(text)
    titles = _places(words) | {
        place for place, word in enumerate(words) if _dotted(word, _CUSTOMARY_AS_WRITTEN)
    }
    kept = (
        word.removesuffix(",") if place + 1 in titles else word
        for place, word in enumerate(words)
        if place not in titles
    )
    return " ".join(word for word in kept if word)


def _words(text: str) -> list[str]:
    return text.replace(",", ", ").split()


def _places(words: list[str]) -> set[int]:
    """Give the places of the words that are titles of education or religion."""
    titles = {
        place
        for place, word in enumerate(words)
        if _letters(word) in _TITLES or _dotted(word, _TITLES_AS_WRITTEN)
    }
    for place, (one, two) in enumerate(pairwise(words)):
        if one.endswith(",") and _letters(two) in _TITLES_AS_WRITTEN:
            titles.add(place + 1)
        if one.endswith(".") and _letters(one + two) in _TITLES_AS_WRITTEN:
            titles |= {place, place + 1}
    return titles


def _dotted(word: str, titles: frozenset[str]) -> bool:
    return "." in word and _letters(word) in titles


def _letters(word: str) -> str:
    return word.casefold().replace(".", "").strip(",")
