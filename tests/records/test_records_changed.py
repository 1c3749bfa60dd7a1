"""A record with some fields changed is what attrs would make of it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adminduk.codec import dump, dump_changed
from adminduk.commands import BY_NAME
from adminduk.records import KINDS, Actor, Letter, Post, ProductLine
from adminduk.records.changed import changed
from adminduk.testing import strategies as draw


@given(draw.persons(), draw.persons(), st.data())
def test_as_attrs_would_make_it(person: Any, other: Any, data: st.DataObject):
    """Whatever is changed, the rest stays, and what it was made of is as it was."""
    names = data.draw(st.sets(st.sampled_from([one.name for one in attrs.fields(type(person))])))
    changes = {name: getattr(other, name) for name in names}
    before = evolve(person)
    assert changed(person, **changes) == evolve(person, **changes)
    assert person == before


@given(draw.persons(), draw.persons(), st.data())
def test_only_what_changed_is_written_anew(person: Any, other: Any, data: st.DataObject):
    """Writing what changed into what was written gives what writing all of it gives."""
    names = data.draw(st.sets(st.sampled_from([one.name for one in attrs.fields(type(person))])))
    after = changed(person, **{name: getattr(other, name) for name in names})
    told = dump(person)
    assert dump_changed(after, person, told, without=()) == dump(after)
    assert told == dump(person)


@pytest.mark.parametrize("kind", [*KINDS.values(), *BY_NAME.values(), Actor, Post])
def test_nothing_is_worked_out_once_for_all(kind: type):
    """A copy with other fields would keep what was worked out of the old ones."""
    kept = [name for one in kind.__mro__ for name, it in vars(one).items() if _is_kept(it)]
    assert kept == []


def _is_kept(attribute: object) -> bool:
    return isinstance(attribute, cached_property)


def test_a_field_that_there_is_not():
    """A mistyped name is not swallowed."""
    line = ProductLine("ktp", "courier")  # type: ignore[arg-type] # nothing is checked here
    with pytest.raises(TypeError, match="no leter"):
        changed(line, leter=Letter("1", None))  # type: ignore[arg-type] # as above
