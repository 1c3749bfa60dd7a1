"""Who acts: roles, posts (a role in an area) and the actors who fill them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.choice import choice
from adminduk.values import Level, RegionCode

__all__ = ["AREA_LEVEL", "OFFICE_ROLES", "Actor", "Post", "Role", "actor_id"]


class Role(StrEnum):
    """What an actor is in the chain from the village hall to the handover."""

    APPLICANT = "applicant"
    VILLAGE_OPERATOR = "village_operator"
    DISTRICT_OPERATOR = "district_operator"
    REGISTRY_OPERATOR = "registry_operator"
    PRINT_OPERATOR = "print_operator"
    COURIER = "courier"
    FRONT_DESK = "front_desk"
    HEAD_OF_OFFICE = "head_of_office"
    AUDITOR = "auditor"
    SYSTEM = "system"


OFFICE_ROLES: Final = frozenset(Role) - {Role.APPLICANT, Role.AUDITOR, Role.SYSTEM}
"""Those who do the work of the office: who applies, audits it or is its clock does none."""

AREA_LEVEL: Final = {
    Role.APPLICANT: Level.VILLAGE,
    Role.VILLAGE_OPERATOR: Level.VILLAGE,
    Role.DISTRICT_OPERATOR: Level.DISTRICT,
} | dict.fromkeys(
    (
        Role.REGISTRY_OPERATOR,
        Role.PRINT_OPERATOR,
        Role.COURIER,
        Role.FRONT_DESK,
        Role.HEAD_OF_OFFICE,
        Role.AUDITOR,
        Role.SYSTEM,
    ),
    Level.REGENCY,
)
"""The level of region that each role's area is."""

_ACTOR_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


def actor_id(_: object, attribute: object, value: Any) -> None:
    """Accept the id of an actor."""
    if not isinstance(value, str) or not _ACTOR_ID.fullmatch(value):
        name = attribute.name  # type: ignore[attr-defined]
        text, accepted = (
            N_("That is not the id of an actor."),
            N_("1 to 64 letters, digits and . _ + -"),
        )
        raise InvalidInput.at(name, "actor_id", text, accepted)


def _region(region: RegionCode | str) -> RegionCode:
    return region if isinstance(region, RegionCode) else RegionCode.parse(region)


def _role(role: Role | str) -> Role:
    return choice(Role, role, "role")


@frozen(order=True, slots=False)
class Post:
    """A role in an area, which is who answers for a paper: `village_operator@35.23.08.2001`.

    Raises:
        InvalidInput: The area is not of the level that the role has.
    """

    role: Role = field(converter=_role)
    region: RegionCode = field(converter=_region)

    def __attrs_post_init__(self) -> None:
        level = AREA_LEVEL[self.role]
        if self.region.level is not level:
            raise InvalidInput.at(
                "region",
                "wrong_area",
                N_("The area of a {role} is a {level}."),
                N_("the code of a {level}"),
                role=self.role.value,
                level=level.name.lower(),
            )

    def __str__(self) -> str:
        return f"{self.role.value}@{self.region.full()}"


@frozen(slots=False)
class Actor:
    """Somebody who acts, as the host application vouches for.

    Its text is as the command line takes it: `village_operator:siti@35.23.08.2001`.

    Attributes:
        id: A stable name without spaces; it is written to the journal.
        role: The role in which they act.
        region: The area of that role.
        also: Further posts that the same person fills.
    """

    id: str = field(validator=actor_id)
    role: Role = field(converter=_role)
    region: RegionCode = field(converter=_region)
    also: tuple[Post, ...] = ()

    @property
    def posts(self) -> tuple[Post, ...]:
        """Every post the actor fills, the first one first."""
        return _posts(self.role, self.region, self.also)

    def __attrs_post_init__(self) -> None:
        Post(self.role, self.region)  # refuses an area that is none of the role

    def __str__(self) -> str:
        return ",".join((f"{self.role.value}:{self.id}@{self.region.full()}", *map(str, self.also)))


@lru_cache(maxsize=1000)  # each command asks several times for those of one actor
def _posts(role: Role, region: RegionCode, also: tuple[Post, ...]) -> tuple[Post, ...]:
    return (Post(role, region), *also)
