"""What a name must be to be recorded for the first time: Permendagri 73/2022."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Final

from attrs import frozen

from adminduk.errors import Fault
from adminduk.language import N_
from adminduk.values.name import PersonName

__all__ = ["NameFindings", "first_recording_faults"]

_LONGEST: Final = 60
_FEWEST_WORDS: Final = 2
# Unicode counts these marks as letters, among them the apostrophe U+02BC; on paper they are not.
_MARKS: Final = ("\u02b0", "\u02ff")

_CLEAR: Final = "dr drs drg hj kh prof skep skm skom sh spd mkes mkom mpd phd"
_AS_WRITTEN: Final = (
    "amd amdkeb amdkep apt dra h ir lc lch llm ma mag mba mh mhum mm mpsi msc msi mt ners"
    " sag se sfarm sip sked spsi spt ssi ssos st sthi stp"
)
# Nobody is called Drs or S.Pd; Ir, Se or Sip may be a name, unless dots or a comma say otherwise.
_TITLES: Final = frozenset(_CLEAR.split())
_TITLES_AS_WRITTEN: Final = _TITLES.union(_AS_WRITTEN.split())


@frozen
class NameFindings:
    """What speaks against recording a name: faults forbid it, warnings do not.

    Attributes:
        faults: Grounds to refuse the name (art. 7).
        warnings: What the applicant should be told.
    """

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def first_recording_faults(name: PersonName) -> NameFindings:
    """Hold a name against the rules for names that are recorded for the first time.

    At most 60 characters with spaces (art. 4(2)b); no digits or punctuation (art. 5(3)b); no
    titles of education or religion on civil-registration deeds (art. 5(3)c). Fewer than two
    words (art. 4(2)c) and letters that are not Latin (art. 5(1)a) are warnings only, for art. 7
    does not name them as a ground to refuse.

    >>> [fault.code for fault in first_recording_faults(PersonName.parse("Siti 2")).faults]
    ['name_digits']
    """
    text = name.full()
    faults = []
    if len(text) > _LONGEST:
        faults.append(Fault("", "name_over_60", N_("The name has more than 60 characters.")))
    if any(unicodedata.category(one).startswith("N") for one in text):
        faults.append(Fault("", "name_digits", N_("A name has no digits.")))
    if any(_is_punctuation(one) for one in text):
        faults.append(Fault("", "name_punctuation", N_("A name has no punctuation.")))
    if _has_title(text):
        faults.append(Fault("", "name_title", N_("A deed has no titles.")))
    warnings = []
    if len(text.split()) < _FEWEST_WORDS:
        warnings.append(Fault("", "name_one_word", N_("The name has only one word.")))
    if not all(_is_latin(one) for one in text if one.isalpha()):
        warnings.append(Fault("", "name_not_latin", N_("The name has letters that are not Latin.")))
    return NameFindings(tuple(faults), tuple(warnings))


def _is_punctuation(one: str) -> bool:
    first, last = _MARKS
    return unicodedata.category(one)[0] in "PS" or first <= one <= last


def _is_latin(one: str) -> bool:
    return unicodedata.name(one, "").startswith("LATIN ")


def _has_title(text: str) -> bool:
    """Whether a word is a title: `Drs Budi`, `H. Budi`, `Budi, SE`, `Budi S.Pd`, `Budi S. Pd`."""
    words = text.replace(",", ", ").split()
    titled = any(_letters(word) in _TITLES for word in words)
    dotted = any("." in word and _letters(word) in _TITLES_AS_WRITTEN for word in words)
    parted = any(
        (one.endswith(",") and _letters(two) in _TITLES_AS_WRITTEN)
        or (one.endswith(".") and _letters(one + two) in _TITLES_AS_WRITTEN)
        for one, two in pairwise(words)
    )
    return titled or dotted or parted


def _letters(word: str) -> str:
    return word.casefold().replace(".", "").strip(",")
