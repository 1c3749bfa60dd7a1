"""What F-1.02 asks of a card."""

from __future__ import annotations

from adminduk.forms.base import FormCode

__all__ = [
    "CardLoss",
    "FamilyCardChange",
    "NewFamilyCardReason",
]


class NewFamilyCardReason(FormCode):
    """Why a family gets a new card."""

    NEW_FAMILY = 1
    NEW_HEAD = 2
    SPLIT = 3
    ARRIVAL = 4
    ARRIVAL_FROM_ABROAD = 5
    VULNERABLE = 6


class FamilyCardChange(FormCode):
    """Why a family's card changes."""

    JOINS = 1
    VITAL_EVENT = 2
    DATA = 3


class CardLoss(FormCode):
    """What became of a family card, a KTP-el or a KIA."""

    LOST = 1
    DAMAGED = 2
