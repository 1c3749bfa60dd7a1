"""Sex as it is recorded."""

from enum import StrEnum

__all__ = ["Sex"]


class Sex(StrEnum):
    """Sex as it is recorded."""

    MALE = "male"
    FEMALE = "female"
