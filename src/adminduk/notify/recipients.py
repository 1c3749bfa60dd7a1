"""Who a message is for, as a gateway writes it: patterns with places for a number or a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from adminduk.errors import Undeliverable

__all__ = ["EXAMPLES", "filled", "places"]

EXAMPLES: Final = ("+6281200000000", "village_operator@35.23.08.2001")
"""A phone number and a post, to try patterns with."""

_RECIPIENT: Final = re.compile(
    r"(?P<phone>\+(?P<digits>[0-9]{6,15}))|(?P<post>(?P<role>[a-z_]+)@(?P<region>[0-9.]+))"
)


def places(to: str) -> dict[str, str]:
    """Give what a pattern may name of a recipient.

    >>> places("+6281234567890")
    {'phone': '+6281234567890', 'digits': '6281234567890'}
    >>> places("village_operator@35.23.08.2001")["role"]
    'village_operator'

    Raises:
        Undeliverable: It is neither a phone number nor a post.
    """
    found = _RECIPIENT.fullmatch(to)
    if found is None:
        raise Undeliverable(why="the recipient is neither a phone number nor a post")
    return {name: value for name, value in found.groupdict().items() if value is not None}


def filled(pattern: str, said: Mapping[str, str]) -> str:
    """Fill the places of a pattern; a place of which nothing is said stays as it is."""
    for name, value in said.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
