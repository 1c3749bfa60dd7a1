"""What the forms of Permendagri 109/2019 let one choose from, by code and in both languages.

>>> from adminduk.forms import Religion
>>> Religion.parse("katholik").code
3
>>> Religion.parse(2).label.en
'Protestantism'
"""

from typing import Final

from adminduk.forms.base import FormCode
from adminduk.forms.card import CardLoss, FamilyCardChange, NewFamilyCardReason
from adminduk.forms.event import BirthAttendant, BirthKind, BirthPlace, DeathCause, DeathWitness
from adminduk.forms.move import (
    FamilyCardAfterMove,
    MoveDistance,
    MoveDocument,
    MoveParty,
    MoveReason,
    Sponsor,
)
from adminduk.forms.occupation import Occupation, OccupationKind
from adminduk.forms.person import (
    BloodType,
    Disability,
    Education,
    FamilyRelation,
    FormerMaritalStatus,
    MaritalStatus,
    Religion,
)

__all__ = [
    "CHOICES",
    "BirthAttendant",
    "BirthKind",
    "BirthPlace",
    "BloodType",
    "CardLoss",
    "DeathCause",
    "DeathWitness",
    "Disability",
    "Education",
    "FamilyCardAfterMove",
    "FamilyCardChange",
    "FamilyRelation",
    "FormCode",
    "FormerMaritalStatus",
    "MaritalStatus",
    "MoveDistance",
    "MoveDocument",
    "MoveParty",
    "MoveReason",
    "NewFamilyCardReason",
    "Occupation",
    "OccupationKind",
    "Religion",
    "Sponsor",
]

CHOICES: Final[tuple[type[FormCode], ...]] = (
    Religion,
    Education,
    OccupationKind,
    MaritalStatus,
    FormerMaritalStatus,
    FamilyRelation,
    BloodType,
    Disability,
    NewFamilyCardReason,
    FamilyCardChange,
    CardLoss,
    MoveDocument,
    MoveDistance,
    MoveReason,
    MoveParty,
    FamilyCardAfterMove,
    Sponsor,
    BirthPlace,
    BirthKind,
    BirthAttendant,
    DeathCause,
    DeathWitness,
)
"""Every question of the forms, in their order."""
