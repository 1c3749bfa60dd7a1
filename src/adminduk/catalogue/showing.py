"""How a paper is shown, by the door through which a case comes in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NewType

from attrs import frozen

from adminduk.catalogue.law import Certainty, Citation, Id, Text

__all__ = ["CHANNELS", "ByChannel", "Showing", "Way", "Ways", "strictest"]


class Way(StrEnum):
    """How a paper is shown: a scan of its original, seen at the desk, or handed in."""

    SCAN = "scan"
    SEEN = "seen"
    HANDED_IN = "handed_in"


CHANNELS: Final = ("village", "district", "counter", "online")
"""The doors through which a case comes in."""

Ways = NewType("Ways", Mapping[str, frozenset[Way]])
"""Of each channel the ways that are accepted there."""

_ORDER: Final = (Way.SCAN, Way.SEEN, Way.HANDED_IN)


@frozen(kw_only=True)
class ByChannel:
    """The ways accepted on each channel."""

    village: frozenset[Way]
    district: frozenset[Way]
    counter: frozenset[Way]
    online: frozenset[Way]

    @property
    def ways(self) -> Ways:
        """The ways accepted, by channel."""
        return Ways({channel: getattr(self, channel) for channel in CHANNELS})


@frozen(kw_only=True)
class Showing(ByChannel):
    """A manner of showing that many papers share: for each channel the ways accepted on it.

    Attributes:
        id: Its name, as `copy`.
        name: What is asked for.
        content: How sure we are of it.
        cite: Where it stands.
    """

    id: Id
    name: Text
    content: Certainty
    cite: tuple[Citation, ...]


def strictest(one: frozenset[Way], other: frozenset[Way]) -> frozenset[Way]:
    """Give the ways that satisfy two demands on one paper.

    What is left at the desk was seen there, too. Where no way satisfies both, it is left there.
    """
    common = _satisfying(one) & _satisfying(other) & (one | other)
    return common or frozenset({max(one | other, key=_ORDER.index)})


def _satisfying(asked: frozenset[Way]) -> frozenset[Way]:
    return asked | {Way.HANDED_IN} if Way.SEEN in asked else asked
