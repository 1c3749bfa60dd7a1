"""How often something goes wrong in the month, and who is ill when."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

__all__ = ["Rates", "Sickness"]


@frozen(kw_only=True)
class Rates:
    """The chance of each mishap.

    Attributes:
        stays_away: A person who must come for the biometrics never does.
        unclaimed: Nobody fetches a document.
        forgets_originals: Who fetches has left an original at home, and comes again.
        left_something: A family leaves a paper that nobody asked for.
        misprint: A blank is spoiled in printing.
        wrong_bag: A paper is laid into the bag of another district; of each bag.
        left_behind: A paper falls beside its bag; of each bag.
        damaged: A paper is wet when its bag is opened; of each bag.
        broken_seal: A seal is broken on arrival; of each bag.
        comes_back: The van comes back with all its bags; of each trip.
        left_elsewhere: A bag is left at another stop; of each bag.
        vanishes: A bag never arrives; of each bag.
        turns_up: What vanished, or fell somewhere, is found after all.
        mislaid: An operator cannot find a paper that somebody comes for.
        cut_off: A scan breaks off on its way, and is refused.
        scanned_twice: A scan is no good, and another is made, which is the one that is named.
        village_ill: A village's operator is ill for a week; of each week.
    """

    stays_away: float = 0.03
    unclaimed: float = 0.04
    forgets_originals: float = 0.05
    left_something: float = 0.02
    misprint: float = 0.03
    wrong_bag: float = 0.06
    left_behind: float = 0.05
    damaged: float = 0.06
    broken_seal: float = 0.04
    comes_back: float = 0.08
    left_elsewhere: float = 0.03
    vanishes: float = 0.03
    turns_up: float = 0.6
    mislaid: float = 0.01
    cut_off: float = 0.02
    scanned_twice: float = 0.05
    village_ill: float = 0.05


@frozen(kw_only=True)
class Sickness:
    """The weeks in which most of the office is ill, and its counter is closed.

    Attributes:
        first: The first day.
        last: The last day.
        at_work: So many of each desk are at work then.
    """

    first: date = date(2021, 7, 7)
    last: date = date(2021, 7, 16)
    at_work: int = 1

    def on(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


SICKNESS: Final = Sickness()
