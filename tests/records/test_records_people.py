"""Posts, actors, people, what they show, and the check code of a manifest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk import Actor, Person, Post, Role
from adminduk.catalogue import Way
from adminduk.errors import InvalidInput
from adminduk.records import Collector, Relation, Scan, Shown
from adminduk.records.manifest import check_code
from adminduk.testing import strategies as draw

SCAN = Scan("0" * 64, "application/pdf", 1)


def code_of(make: Any, *arguments: Any, **fields: Any) -> tuple[str, str]:
    """Give path and code of the only fault of something."""
    with pytest.raises(InvalidInput) as raised:
        make(*arguments, **fields)
    ((path, code),) = [(one.path, one.code) for one in raised.value.faults]
    return path, code


class TestPosts:
    """A role in an area of its level."""

    @pytest.mark.parametrize(
        ("role", "region"),
        [
            (Role.VILLAGE_OPERATOR, "35.23.08.2001"),
            (Role.DISTRICT_OPERATOR, "35.23.08"),
            (Role.COURIER, "35.23"),
        ],
    )
    def test_are_written_as_role_and_area(self, role: Role, region: str):
        """As custody names them."""
        assert str(Post(role, region)) == f"{role.value}@{region}"

    @pytest.mark.parametrize(
        ("role", "region"),
        [
            (Role.VILLAGE_OPERATOR, "35.23.08"),
            (Role.DISTRICT_OPERATOR, "35.23"),
            (Role.COURIER, "35.23.08"),
            (Role.HEAD_OF_OFFICE, "35"),
            (Role.APPLICANT, "35.23"),
        ],
    )
    def test_of_another_level_are_none(self, role: Role, region: str):
        """A village operator is of a village; an actor of such a post is none either."""
        assert code_of(Post, role, region) == ("region", "wrong_area")
        assert code_of(Actor, "siti", role, region) == ("region", "wrong_area")

    @given(draw.posts())
    def test_stand_in_an_order(self, post: Post):
        """So that lists of them are the same every time."""
        assert sorted([post, Post(Role.COURIER, "35.23")]) == sorted(
            [Post(Role.COURIER, "35.23"), post]
        )


class TestActors:
    """Somebody who acts, in one post or several."""

    @pytest.mark.parametrize("name", ["", "si ti", "siti\n", "-siti", "s" * 65, "sité"])
    def test_have_a_name_that_can_be_journalled(self, name: str):
        """Letters, digits and a few marks; no names of people with spaces."""
        assert code_of(Actor, name, Role.COURIER, "35.23") == ("id", "actor_id")

    def test_name_their_own_post_first(self):
        """The others follow."""
        also = (Post(Role.COURIER, "35.23"),)
        actor = Actor("siti", Role.FRONT_DESK, "35.23", also)
        assert actor.posts == (Post(Role.FRONT_DESK, "35.23"), *also)


class TestPeople:
    """Somebody in a case."""

    def test_are_made_of_text(self):
        """Each field is read as its value."""
        person = Person(name=" Siti  Aminah ", nik="3523084107900001", phone="0812-3456-7890")
        assert (person.name.full(), person.phone.full()) == ("Siti Aminah", "+6281234567890")  # type: ignore[union-attr] # they are there

    def test_print_masked(self):
        """In a log nobody is named."""
        said = repr(Person(name="Siti Aminah", nik="3523084107900001", kk="3523081203150007"))
        assert "Aminah" not in said
        assert "3523084107900001" not in said

    @pytest.mark.parametrize("order", [0, 41, -1])
    def test_are_born_in_some_order(self, order: int):
        """The first child is number one."""
        assert code_of(Person, birth_order=order) == ("birth_order", "birth_order")

    def test_who_collect_have_a_name_and_a_relation(self):
        """By the relation a power of attorney is asked for."""
        collector = Collector(name="Wati", relation="family")
        assert collector.relation is Relation.FAMILY
        assert code_of(Collector, name="Wati", relation="cousin") == ("relation", "choice")


class TestScans:
    """Files that are kept elsewhere, known by their content."""

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"digest": "0" * 63}, ("digest", "digest")),
            ({"digest": "A" * 64}, ("digest", "digest")),
            ({"type": "text/html"}, ("type", "scan_type")),
            ({"size": 0}, ("size", "scan_size")),
            ({"size": 20 * 1024 * 1024 + 1}, ("size", "scan_size")),
        ],
    )
    def test_that_are_not_taken(self, change: dict[str, Any], fault: tuple[str, str]):
        """Another digest, type or size."""
        right = {"digest": "0" * 64, "type": "image/png", "size": 20 * 1024 * 1024}
        Scan(**right)
        assert code_of(Scan, **right | change) == fault

    def test_go_with_the_way_scan_only(self):
        """Seen at the desk nothing is scanned, and a scan needs a file."""
        assert code_of(Shown, Way.SCAN) == ("scans", "scans")
        assert code_of(Shown, Way.SEEN, (SCAN,)) == ("scans", "scans")
        assert Shown("seen").way is Way.SEEN


class TestCheckCode:
    """What two desks without a network compare."""

    @given(st.lists(draw.paper_ids(), min_size=1, max_size=6, unique=True), st.randoms())
    def test_does_not_depend_on_the_order(self, papers: list[str], chance: Any):
        """Whichever comes out of the bag first."""
        turned = list(papers)
        chance.shuffle(turned)
        assert check_code(turned) == check_code(papers)

    @given(st.lists(draw.paper_ids(), min_size=2, max_size=6, unique=True))
    def test_depends_on_every_paper(self, papers: list[str]):
        """One that is missing shows."""
        assert check_code(papers[1:]) != check_code(papers)

    def test_is_short_enough_to_be_read_out(self):
        """Six characters of the alphabet of tracking codes."""
        code = check_code(["2222222222-2/1"])
        assert len(code) == 6
        assert set(code) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
