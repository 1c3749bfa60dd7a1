"""The strategies for people, posts, actors and what they show: consistent, and all variants."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import fields
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from adminduk import codec, regions
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
)
from adminduk.records.post import AREA_LEVEL
from adminduk.regions.nik import nik_warnings
from adminduk.testing import strategies as draw
from adminduk.values import Level

GENERATE = settings(phases=[Phase.generate], max_examples=1000, database=None)
OFFICES = draw.known_region_codes(level=Level.REGENCY)
RECORDS: dict[type, st.SearchStrategy[Any]] = {
    Person: draw.persons(),
    Post: draw.posts(),
    Actor: draw.actors(),
    Scan: draw.scans(),
    Shown: draw.shown(),
    Letter: draw.letters(),
    Collector: draw.collectors(),
}


class TestAtTheDoor:
    """Whatever is drawn is of its type, and the door takes it back as it was."""

    @pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
    @given(data=st.data())
    def test_round_trip(self, kind: type, data: st.DataObject):
        """What is written as JSON is read as an equal record, strictly."""
        record = data.draw(RECORDS[kind])
        assert type(record) is kind
        line = codec.to_json(codec.dump(record))
        assert codec.structure(codec.parse_json(line), kind) == record


class TestPersons:
    """People are invented, but what is said of one agrees."""

    @given(OFFICES, st.data())
    def test_number_birth_date_and_sex_agree(self, office: Any, data: st.DataObject):
        """There is nothing odd about their NIK, and it was issued in the office's regency."""
        person = data.draw(draw.persons(needs=["nik"], office=office))
        assert person.nik is not None
        assert not nik_warnings(
            person.nik, birth_date=person.birth_date, sex=person.sex, region=office
        )
        assert person.kk is None or office.contains(person.kk.region)

    @pytest.mark.parametrize("name", [one.name for one in fields(Person)])
    def test_each_field(self, name: str):
        """Each field is said of some and left out of others, unless it is needed."""
        for said in (True, False):
            assert find(
                draw.persons(),
                lambda person: (getattr(person, name) is not None) is said,  # noqa: B023 - at once
                settings=GENERATE,
            )

    @given(st.sets(st.sampled_from([one.name for one in fields(Person)])), st.data())
    def test_what_is_needed_is_known(self, needs: set[str], data: st.DataObject):
        """Needed fields are never left out, even if that is all of them."""
        person = data.draw(draw.persons(needs=needs))
        assert all(getattr(person, name) is not None for name in needs)


class TestPosts:
    """Posts and actors are in areas of their level that exist, of the office that is asked for."""

    @pytest.mark.parametrize("role", Role)
    @given(office=OFFICES, data=st.data())
    def test_area(self, role: Role, office: Any, data: st.DataObject):
        """The area of each role is a region of the right level, in the regency or the regency."""
        actor = data.draw(draw.actors(roles=st.just(role), office=office))
        assert actor.role is role
        for post in actor.posts:
            assert regions.exists(post.region)
            assert post.region.level is AREA_LEVEL[post.role]
            assert office.contains(post.region)

    @pytest.mark.parametrize("role", Role)
    def test_every_role(self, role: Role):
        """Every role is drawn, also as a further post of somebody."""
        assert find(draw.actors(), lambda actor: actor.role is role, settings=GENERATE)
        assert find(
            draw.actors(),
            lambda actor: role in {post.role for post in actor.also},
            settings=GENERATE,
        )


class TestVariants:
    """Every way of showing and every relation is drawn."""

    @pytest.mark.parametrize("way", Way)
    def test_every_way_of_showing(self, way: Way):
        """Scans are with the way `scan` only."""
        found = find(draw.shown(), lambda one: one.way is way, settings=GENERATE)
        assert bool(found.scans) == (way is Way.SCAN)

    @pytest.mark.parametrize("relation", Relation)
    @pytest.mark.parametrize("authorised", [True, False])
    def test_every_collector(self, relation: Relation, authorised: bool):
        """Whoever collects has a power of attorney or none."""
        assert find(
            draw.collectors(),
            lambda one: one.relation is relation and (one.authorisation is not None) == authorised,
            settings=GENERATE,
        )
