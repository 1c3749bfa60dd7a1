"""What F-1.03 asks of a move."""

from __future__ import annotations

from adminduk.forms.base import FormCode

__all__ = [
    "FamilyCardAfterMove",
    "MoveDistance",
    "MoveDocument",
    "MoveParty",
    "MoveReason",
    "Sponsor",
]


class MoveDocument(FormCode):
    """The document that a mover applies for."""

    RESIDENCE_LETTER = 1
    MOVE_LETTER = 2
    MOVE_ABROAD_LETTER = 3
    FOREIGNER_RESIDENCE_LETTER = 4


class MoveDistance(FormCode):
    """How far the move goes (klasifikasi)."""

    WITHIN_VILLAGE = 1
    BETWEEN_VILLAGES = 2
    BETWEEN_DISTRICTS = 3
    BETWEEN_REGENCIES = 4
    BETWEEN_PROVINCES = 5


class MoveReason(FormCode):
    """Why somebody moves."""

    WORK = 1
    EDUCATION = 2
    SAFETY = 3
    HEALTH = 4
    HOUSING = 5
    FAMILY = 6
    OTHER = 7


class MoveParty(FormCode):
    """Who of a family moves (jenis kepindahan)."""

    HEAD = 1
    WHOLE_FAMILY = 2
    HEAD_AND_PART = 3
    MEMBERS = 4


class FamilyCardAfterMove(FormCode):
    """The card of those who move, or of those who stay."""

    JOINS_ANOTHER = 1
    NEW_CARD = 2


class Sponsor(FormCode):
    """Who sponsors a foreigner."""

    INTERNATIONAL_ORGANISATION = 1
    PERSON = 2
    GOVERNMENT = 3
    NONE = 4
    COMPANY = 5
