"""The strategies for commands: each kind, each field, and what is sent is read as it was meant."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategy_draws import collect

from adminduk import codec
from adminduk import commands as c
from adminduk.records import Person
from adminduk.testing import strategies as draw
from adminduk.values import RegionCode

FEW = settings(max_examples=max(20, settings.default.max_examples // 3))
KINDS = pytest.mark.parametrize("kind", c.BY_NAME.values(), ids=lambda kind: kind.__name__)
ELSEWHERE = RegionCode.parse("51.03")


def default_of(field: attrs.Attribute) -> object:
    """Give what a field is where it is left out."""
    made = isinstance(field.default, attrs.Factory)
    return field.default.factory() if made else field.default


class TestEveryKind:
    """There is a strategy for every command, and every field of it is drawn."""

    @KINDS
    def test_fields_are_said_and_left_out(self, kind: type[c.Command]):
        """A field that may be left out sometimes is; said, it is not what it is by default."""
        fields = attrs.fields(kind)
        wanted = {(one.name, True) for one in fields}
        wanted |= {(one.name, False) for one in fields if one.default is not attrs.NOTHING}
        wanted -= {("settings", True), ("of", True)}  # there is one: the default is all it can say

        def say(command: c.Command) -> set[tuple[str, bool]]:
            assert type(command) is kind
            return {(one.name, getattr(command, one.name) != default_of(one)) for one in fields}

        assert collect(draw.commands(kind), say, wanted) == wanted

    @KINDS
    @FEW
    @given(data=st.data())
    def test_read_as_it_was_meant(self, kind: type[c.Command], data: st.DataObject):
        """The line of a command is read as an equal command by an equal actor."""
        command = data.draw(draw.commands(kind, id=st.uuids()))
        order = codec.Order(command, data.draw(st.none() | draw.actors()))
        assert codec.read_order(codec.parse_json(codec.write_order(order))) == order

    def test_any_command(self):
        """Every kind comes up among any commands."""
        kinds = set(c.BY_NAME.values())
        assert collect(draw.any_commands(), lambda command: {type(command)}, kinds) == kinds


class TestGivenFields:
    """Fields may be drawn from elsewhere: by a model that knows its cases, say."""

    @given(
        draw.commands(c.Submit, application=draw.tracking_codes(), facts=st.just({"late": True}))
    )
    def test_given_is_never_left_out(self, command: c.Submit):
        """What is given is there, whether it could be left out or not."""
        assert command.application is not None
        assert command.facts == {"late": True}

    @given(draw.commands(c.Plan, to=st.just(ELSEWHERE)))
    def test_required_ones(self, command: c.Plan):
        """A required field is replaced too."""
        assert command.to == ELSEWHERE


class TestWithinTheOffice:
    """Every region in a command is the office's regency or in it."""

    @pytest.mark.parametrize("office", [draw.TUBAN, ELSEWHERE], ids=str)
    @given(data=st.data())
    def test_regions(self, office: RegionCode, data: st.DataObject):
        """Regions, posts, actors and the districts of issue of NIK and KK numbers."""
        command = data.draw(draw.any_commands(office=office))
        found = list(_regions_in(command))
        assert all(office.contains(one) for one in found)

    @pytest.mark.parametrize("office", [draw.TUBAN, ELSEWHERE], ids=str)
    @given(data=st.data())
    def test_senders(self, office: RegionCode, data: st.DataObject):
        """Whoever sends an order is of the office too."""
        order = data.draw(draw.orders(office=office))
        assert order.command.id is not None
        assert order.by is None or all(office.contains(post.region) for post in order.by.posts)


def _regions_in(thing: object) -> list[RegionCode]:
    if isinstance(thing, RegionCode):
        return [thing]
    if isinstance(thing, Person):
        return [number.region for number in (thing.nik, thing.kk) if number is not None]
    if isinstance(thing, dict):
        return _regions_in(tuple(thing.values()))
    if isinstance(thing, tuple):
        return [code for one in thing for code in _regions_in(one)]
    if attrs.has(type(thing)):
        return _regions_in(tuple(getattr(thing, one.name) for one in attrs.fields(type(thing))))
    return []
