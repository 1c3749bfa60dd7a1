"""What F-1.01 asks of a person."""

from __future__ import annotations

from adminduk.forms.base import FormCode

__all__ = [
    "BloodType",
    "Disability",
    "Education",
    "FamilyRelation",
    "FormerMaritalStatus",
    "MaritalStatus",
    "Religion",
]


class Religion(FormCode):
    """Religion, or belief in the One God."""

    ISLAM = 1
    PROTESTANTISM = 2
    CATHOLICISM = 3
    HINDUISM = 4
    BUDDHISM = 5
    CONFUCIANISM = 6
    BELIEF = 7


class Education(FormCode):
    """The highest education that was finished."""

    NONE = 1
    PRIMARY_UNFINISHED = 2
    PRIMARY = 3
    JUNIOR_SECONDARY = 4
    SENIOR_SECONDARY = 5
    DIPLOMA_1_2 = 6
    DIPLOMA_3 = 7
    BACHELOR = 8
    MASTER = 9
    DOCTOR = 10


class MaritalStatus(FormCode):
    """Marital status, and whether marriage or divorce is recorded."""

    NEVER_MARRIED = 1
    MARRIED = 2
    MARRIED_UNRECORDED = 3
    DIVORCED = 4
    DIVORCED_UNRECORDED = 5
    WIDOWED = 6


class FormerMaritalStatus(FormCode):
    """Marital status as it was asked before Permendagri 109/2019."""

    NEVER_MARRIED = 1
    MARRIED = 2
    DIVORCED = 3
    WIDOWED = 4


class FamilyRelation(FormCode):
    """Relation to the head of the family (SHDK)."""

    HEAD = 1
    HUSBAND = 2
    WIFE = 3
    CHILD = 4
    CHILD_IN_LAW = 5
    GRANDCHILD = 6
    PARENT = 7
    PARENT_IN_LAW = 8
    OTHER_RELATIVE = 9
    HOUSEHOLD_HELPER = 10
    OTHER = 11


class BloodType(FormCode):
    """Blood type."""

    A = 1
    B = 2
    AB = 3
    O = 4  # noqa: E741 - it is the name
    A_POSITIVE = 5
    A_NEGATIVE = 6
    B_POSITIVE = 7
    B_NEGATIVE = 8
    AB_POSITIVE = 9
    AB_NEGATIVE = 10
    O_POSITIVE = 11
    O_NEGATIVE = 12
    UNKNOWN = 13


class Disability(FormCode):
    """Disability; protected personal data (UU 24/2013 art. 84(1)a)."""

    PHYSICAL = 1
    VISUAL = 2
    HEARING_OR_SPEECH = 3
    MENTAL = 4
    PHYSICAL_AND_MENTAL = 5
    OTHER = 6
    NONE = 7
