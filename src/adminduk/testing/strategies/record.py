"""Strategies for people, posts and actors, and for what they show and sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from attrs import fields
from hypothesis import strategies as st

from adminduk.catalogue import Way
from adminduk.records import (
    Actor,
    Collector,
    Letter,
    Person,
    Post,
    Relation,
    Role,
    Scan,
    Shown,
    Witness,
)
from adminduk.records.post import AREA_LEVEL
from adminduk.testing.strategies.region import TUBAN, known_region_codes
from adminduk.testing.strategies.value import kk_numbers, niks, person_names, phones
from adminduk.testing.strategies.word import days, texts
from adminduk.values import Level, RegionCode

__all__ = ["actors", "collectors", "letters", "persons", "posts", "scans", "shown", "witnesses"]

_FIRST_BIRTH: Final = date(1920, 1, 1)
_LAST_BIRTH: Final = date(2019, 12, 31)


def persons(*, needs: Iterable[str] = (), office: RegionCode = TUBAN) -> st.SearchStrategy[Person]:
    """Draw an invented person, whose NIK agrees with birth date and sex.

    Args:
        needs: Fields that are known of them; each of the others may be left out.
        office: The regency in which their NIK and KK were issued.
    """
    districts = known_region_codes(level=Level.DISTRICT, within=office)
    known = st.fixed_dictionaries(
        {
            "name": person_names(),
            "nik": niks(birth_dates=st.dates(_FIRST_BIRTH, _LAST_BIRTH), districts=districts),
            "kk": kk_numbers(districts=districts),
            "phone": phones(),
            "birth_order": st.integers(1, 40),
        }
    ).map(_with_what_the_nik_says)
    open_fields = sorted({one.name for one in fields(Person)} - set(needs))
    is_said = st.fixed_dictionaries({name: st.booleans() for name in open_fields})
    return st.builds(_person, known, is_said)


def _with_what_the_nik_says(known: dict[str, Any]) -> dict[str, Any]:
    nik = known["nik"]
    born = next(day for day in nik.birth_dates() if _FIRST_BIRTH <= day <= _LAST_BIRTH)
    return known | {"birth_date": born, "sex": nik.sex}


def _person(known: dict[str, Any], is_said: dict[str, bool]) -> Person:
    return Person(**{name: value for name, value in known.items() if is_said.get(name, True)})


def posts(
    *, roles: st.SearchStrategy[Role] | None = None, office: RegionCode = TUBAN
) -> st.SearchStrategy[Post]:
    """Draw a post: a role in an area of its level.

    Args:
        roles: Where its role is drawn from.
        office: The regency that its area is, or is part of.
    """
    return (st.sampled_from(Role) if roles is None else roles).flatmap(
        lambda role: known_region_codes(level=AREA_LEVEL[role], within=office).map(
            lambda area: Post(role, area)
        )
    )


def actors(
    *, roles: st.SearchStrategy[Role] | None = None, office: RegionCode = TUBAN
) -> st.SearchStrategy[Actor]:
    """Draw somebody who acts; some fill further posts, of any role.

    Args:
        roles: Where the role in which they act is drawn from.
        office: The regency that their areas are, or are part of.
    """
    names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}", fullmatch=True)
    also = st.lists(posts(office=office), max_size=2).map(tuple)
    return st.builds(
        lambda name, post, more: Actor(name, post.role, post.region, more),
        st.sampled_from(["siti", "budi", "wahyu.2"]) | names,
        posts(roles=roles, office=office),
        also,
    )


def scans() -> st.SearchStrategy[Scan]:
    """Draw what is known of a scan."""
    return st.builds(
        Scan,
        digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
        type=st.sampled_from(["application/pdf", "image/jpeg", "image/png"]),
        size=st.integers(1, 20 * 1024 * 1024),
    )


def shown() -> st.SearchStrategy[Shown]:
    """Draw how an item was shown: scanned, or in another way without scans."""
    scanned = st.lists(scans(), min_size=1, max_size=3).map(
        lambda taken: Shown(Way.SCAN, tuple(taken))
    )
    others = st.sampled_from([way for way in Way if way is not Way.SCAN])
    return scanned | others.map(Shown)


def letters() -> st.SearchStrategy[Letter]:
    """Draw a village operator's letter."""
    return st.builds(Letter, number=texts(), on=days())


def witnesses() -> st.SearchStrategy[Witness]:
    """Draw an official who saw a destruction."""
    return st.builds(Witness, name=texts(), position=texts())


def collectors() -> st.SearchStrategy[Collector]:
    """Draw who received a paper."""
    return st.builds(
        Collector,
        name=person_names(),
        relation=st.sampled_from(Relation),
        authorisation=st.none() | scans(),
    )
