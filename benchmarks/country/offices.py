"""Every regency and city with its office: who works there, and its share of the country's work."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import evolve, frozen

from adminduk import Actor, Role
from adminduk.regions import Region, children
from adminduk.regions.zones import WIB, zone_of
from adminduk.values import RegionCode, TrackingCode
from benchmarks.town import chance

__all__ = ["Staff", "offices"]

_HOUR: Final = timedelta(hours=1)


@frozen
class Staff:
    """An office as far as the day needs it.

    Attributes:
        code: The regency's code.
        village: Where its cases come from.
        share: Its share of the country's cases.
        ahead: By how many hours its day begins before that of Jakarta.
    """

    code: str
    village: str
    share: float
    ahead: int

    @property
    def district(self) -> str:
        """The district of the village."""
        return self.village.rpartition(".")[0]

    def actor(self, role: Role) -> Actor:
        """Give who works there in a role."""
        places = {Role.VILLAGE_OPERATOR: self.village, Role.DISTRICT_OPERATOR: self.district}
        return Actor(role.value, role, places.get(role, self.code))

    def tracking(self, number: int) -> TrackingCode:
        """Give the tracking code of its case of a number."""
        return TrackingCode.from_int(chance(f"{self.code} {number}").getrandbits(64))


def offices(most: int) -> list[Staff]:
    """Give the offices, at most so many, spread over the country; a share grows with villages."""
    regencies = [one.code for province in children() for one in children(province.code)]
    many = min(most, len(regencies))
    made = [_office(regencies[place * len(regencies) // many]) for place in range(many)]
    whole = sum(one.share for one in made)
    return [evolve(one, share=one.share / whole) for one in made]


def _office(code: RegionCode) -> Staff:
    villages = [village for district in children(code) for village in _villages(district)]
    hours = (zone_of(code).utcoffset(None) - WIB.utcoffset(None)) // _HOUR
    return Staff(code.full(), villages[0].code.full(), len(villages), hours)


def _villages(district: Region) -> tuple[Region, ...]:
    return children(district.code)
