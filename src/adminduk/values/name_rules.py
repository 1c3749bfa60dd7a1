"""What a name must be to be recorded for the first time: Permendagri 73/2022."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Final

from attrs import frozen

from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.values.name import PersonName
from adminduk.values.name_titles import has_title, without_titles

__all__ = ["NameFindings", "RecordedOn", "first_recording_faults"]

_LONGEST: Final = 60
_FEWEST_WORDS: Final = 2
# Unicode counts these marks as letters, among them the apostrophe U+02BC; on paper they are not.
_MARKS: Final = ("\u02b0", "\u02ff")
_SHORT_FORMS: Final = "abd ach achm gst md mhd moch moh much muh nym wy"
_SHORTENED: Final = frozenset(_SHORT_FORMS.split())
_WHOLE: Final = "i"
"""A word of one letter: the I of I Wayan, in names of Bali."""


class RecordedOn(StrEnum):
    """What a name is recorded on: a civil-registration deed, or the family and identity card."""

    DEED = "deed"
    CARD = "card"


@frozen
class NameFindings:
    """What speaks against recording a name: faults forbid it, warnings do not.

    The facts of each say where the rule stands (`instrument`, `article`).

    Attributes:
        faults: Grounds to refuse the name (art. 7(1)).
        warnings: What the applicant should be told.
    """

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def first_recording_faults(name: PersonName, *, on: RecordedOn = RecordedOn.DEED) -> NameFindings:
    """Hold a name against the rules for names that are recorded for the first time (art. 1).

    Art. 7(1) has officials refuse what breaks art. 4(2)b or 5(3). So these are faults:

    * more than 60 letters, blanks included (art. 4(2)b);
    * digits or punctuation (art. 5(3)b);
    * titles of education or religion on a civil-registration deed (art. 5(3)c). Family card and
      KTP-el may bear them, shortened too, and titles of custom (art. 5(1)c); there the other
      rules are for the name without its titles.

    And these are warnings:

    * what looks shortened (art. 5(3)a): forbidden unless it can mean nothing else, which is for
      the official to say;
    * fewer than two words (art. 4(2)c) and letters that are not Latin (art. 5(1)a): art. 7 does
      not name them.

    Whether a name reads easily, means something bad or several things (art. 4(2)a) no program
    can tell. Names of clans are part of the name (art. 5(1)b, 5(2)) and count like any word.

    The articles are confirmed, read where they are quoted; how art. 7(1) ends, that the office
    does not record and issue, is assumed: the quotation breaks off before.

    Args:
        name: The name.
        on: What it is recorded on.

    Raises:
        InvalidInput: It is recorded on something else.

    >>> [fault.code for fault in first_recording_faults(PersonName.parse("Siti 2")).faults]
    ['name_digits']
    """
    if on not in RecordedOn.__members__.values():
        text = N_("That is none of the choices.")
        raise InvalidInput.at("on", "choice", text, ", ".join(RecordedOn))
    written = name.full()
    text = written if on == RecordedOn.DEED else without_titles(written)
    faults = []
    if _length(text) > _LONGEST:
        faults.append(_fault("name_over_60", N_("The name has more than 60 characters."), "4(2)b"))
    if any(unicodedata.category(one).startswith("N") for one in text):
        faults.append(_fault("name_digits", N_("A name has no digits."), "5(3)b"))
    if any(_is_punctuation(one) for one in text):
        faults.append(_fault("name_punctuation", N_("A name has no punctuation."), "5(3)b"))
    if on == RecordedOn.DEED and has_title(text):
        faults.append(_fault("name_title", N_("A deed has no titles."), "5(3)c"))
    warnings = []
    if len(text.split()) < _FEWEST_WORDS:
        warnings.append(_fault("name_one_word", N_("The name has only one word."), "4(2)c"))
    if not all(_is_latin(one) for one in text if one.isalpha()):
        said = N_("The name has letters that are not Latin.")
        warnings.append(_fault("name_not_latin", said, "5(1)a"))
    if any(_looks_shortened(word) for word in without_titles(text).split()):
        said = N_("The name looks shortened: that is refused if it can mean something else.")
        warnings.append(_fault("name_shortened", said, "5(3)a"))
    return NameFindings(tuple(faults), tuple(warnings))


def _fault(code: str, text: str, article: str) -> Fault:
    return Fault("", code, text, facts={"instrument": "permendagri-73-2022", "article": article})


def _length(text: str) -> int:
    """Count letters and blanks; an accent that stands by itself is part of its letter."""
    return sum(not unicodedata.category(one).startswith("M") for one in text)


def _is_punctuation(one: str) -> bool:
    first, last = _MARKS
    return unicodedata.category(one)[0] in "PS" or first <= one <= last


def _is_latin(one: str) -> bool:
    return unicodedata.name(one, "").startswith("LATIN ")


def _looks_shortened(word: str) -> bool:
    """Whether a word has a dot, is a single Latin letter, or is known to be short for another."""
    letters = word.casefold().strip(",")
    single = len(letters) == 1 and _is_latin(letters) and letters != _WHOLE
    return "." in letters or single or letters in _SHORTENED
