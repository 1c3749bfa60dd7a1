"""What a name must be to be recorded for the first time: Permendagri 73/2022."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from adminduk.errors import Fault
from adminduk.language import N_
from adminduk.values.name import PersonName

__all__ = ["NameFindings", "first_recording_faults"]

_LONGEST: Final = 60
_FEWEST_WORDS: Final = 2
_TITLES: Final = re.compile(
    r"(?:^|\s)(?:dr|drs|dra|ir|prof|h|hj|kh)\.|,\s*(?:s|m|a\.?md|sp)\.\s?\w+", re.IGNORECASE
)


@frozen
class NameFindings:
    """What speaks against recording a name: faults forbid it, warnings do not."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def first_recording_faults(name: PersonName) -> NameFindings:
    """Hold a name against the rules for names that are recorded for the first time.

    At most 60 characters with spaces (art. 4(2)b); no digits or punctuation (art. 5(3)b); no
    titles on civil-registration deeds (art. 5(3)c). Fewer than two words (art. 4(2)c) is a
    warning only, for art. 7 does not name it as a ground to refuse.
    """
    text = name.full()
    faults = []
    if len(text) > _LONGEST:
        faults.append(Fault("", "name_over_60", N_("The name has more than 60 characters.")))
    if any(one.isdigit() for one in text):
        faults.append(Fault("", "name_digits", N_("A name has no digits.")))
    if any(not (one.isalpha() or one.isspace() or one.isdigit()) for one in text):
        faults.append(Fault("", "name_punctuation", N_("A name has no punctuation.")))
    if _TITLES.search(text):
        faults.append(Fault("", "name_title", N_("A deed has no titles.")))
    warnings = []
    if len(text.split()) < _FEWEST_WORDS:
        warnings.append(Fault("", "name_one_word", N_("The name has only one word.")))
    return NameFindings(tuple(faults), tuple(warnings))
