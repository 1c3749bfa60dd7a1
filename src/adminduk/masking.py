"""Numbers that tell who somebody is, masked wherever a text is shown: NIK and family cards."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["masked"]

_NUMBER: Final = re.compile(
    r"""
    (?P<other> [0-9a-f]{8} (?: - [0-9a-f]{4} ){3} - [0-9a-f]{12}  # a UUID
             | [0-9a-f]{32,} )                                   # a digest
    | (?<! \d )
      (?: \d{16}
        | \d{4} (?P<a> [ .-] ) \d{4} (?P=a) \d{4} (?P=a) \d{4}
        | \d{6} (?P<b> [ .-] ) \d{6} (?P=b) \d{4}
        | \d{2} \. \d{2} \. \d{2} \. \d{6} \. \d{4} )
      (?! \d )
    """,
    re.VERBOSE,
)


def masked(text: str) -> str:
    """Mask every number of sixteen digits, also one that is written in groups.

    >>> masked("3523080101900001, 3523.0801.0190.0001")
    '3523**********01, 3523**********01'
    """
    return _NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    if found["other"]:
        return found[0]
    digits = "".join(one for one in found[0] if one.isdigit())
    return f"{digits[:4]}{'*' * 10}{digits[-2:]}"
