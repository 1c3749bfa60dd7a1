"""Who works in an office, its districts and its villages: invented people at real posts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from attrs import define, field, frozen

from adminduk.records import Actor, Post, Role
from adminduk.testing.day.hours import Hours
from adminduk.values import Level, RegionCode

__all__ = ["Desks", "Staff"]


@frozen
class Staff:
    """Everybody, by post; none of these people exists."""

    office: RegionCode

    def _several(self, role: Role, names: str) -> tuple[Actor, ...]:
        return tuple(Actor(name, role, self.office) for name in names.split())

    @property
    def heads(self) -> tuple[Actor, ...]:
        """Who approves."""
        return self._several(Role.HEAD_OF_OFFICE, "kepala wakil")

    @property
    def registrars(self) -> tuple[Actor, ...]:
        """Who verifies; one of them stands at the front desk too."""
        return (*self._several(Role.REGISTRY_OPERATOR, "rini rudi wati agus"), self.counter[-1])

    @property
    def counter(self) -> tuple[Actor, ...]:
        """Who stands at the front desk."""
        also = (Post(Role.REGISTRY_OPERATOR, self.office),)
        ratna = Actor("ratna", Role.FRONT_DESK, self.office, also)
        return (*self._several(Role.FRONT_DESK, "lilis loket"), ratna)

    @property
    def printers(self) -> tuple[Actor, ...]:
        """Who prints, packs bags and keeps the store."""
        return self._several(Role.PRINT_OPERATOR, "tono cetak yanti")

    @property
    def couriers(self) -> tuple[Actor, ...]:
        """Who drives."""
        return self._several(Role.COURIER, "joko slamet")

    def of_district(self, region: RegionCode) -> Actor:
        """Give the operator of a district, or of the one that a village is part of."""
        district = region.ancestor(Level.DISTRICT)
        return Actor(f"camat-{district.full()}", Role.DISTRICT_OPERATOR, district)

    def of_village(self, village: RegionCode) -> Actor:
        """Give the operator of a village."""
        return Actor(f"desa-{village.full()}", Role.VILLAGE_OPERATOR, village)

    def applicant(self, village: RegionCode, family: int) -> Actor:
        """Give somebody who applies from home."""
        return Actor(f"warga-{family}", Role.APPLICANT, village)


@define
class Desks:
    """Desks of one kind: whoever is free first, or longest, takes what comes."""

    people: tuple[Actor, ...]
    hours: Hours
    _free: dict[str, datetime] = field(factory=dict, init=False)

    def take(
        self, now: datetime, seconds: int, but: Collection[str] = ()
    ) -> tuple[Actor, datetime]:
        """Say who works on something, and when it is done.

        Args:
            now: Since when it lies there.
            seconds: How long it takes.
            but: Ids of those who must not.
        """
        able = [one for one in self.people if one.id not in but]
        who = min(able, key=lambda one: (max(now, self._since(one)), self._since(one)))
        done = self.hours.later(max(now, self._since(who)), seconds)
        self._free[who.id] = done
        return who, done

    def _since(self, who: Actor) -> datetime:
        """Say since when somebody is free, or will be."""
        return self._free.get(who.id, datetime.min.replace(tzinfo=self.hours.zone))
