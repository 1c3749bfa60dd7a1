"""What chance decides in a modelled office."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TypeVar

from attrs import frozen

from adminduk.office import Office

__all__ = ["Chance"]

T = TypeVar("T")


@frozen
class Chance:
    """The office that is acted in, the day it is there, and what chance decides."""

    office: Office
    day: date
    random: Random

    def one_in(self, times: int) -> bool:
        """Let something happen once in so many times."""
        return self.random.randrange(times) == 0

    def some(self, things: list[T]) -> list[T]:
        """Choose at least one of some things, in their order."""
        chosen = [one for one in things if self.random.random() < 0.6]  # noqa: PLR2004 - rather more
        return chosen or things[:1]
