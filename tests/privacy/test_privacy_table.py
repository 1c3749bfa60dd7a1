"""Every field of a record, command, message and row is in the table of personal data."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import attrs
import pytest

import adminduk
from adminduk import catalogue
from adminduk.catalogue import Certainty
from adminduk.privacy import Kind, PrivacyClass, load
from adminduk.records import Person

HOLDING = (
    "adminduk.bundles.bundle",
    "adminduk.codec.order",
    "adminduk.commands",
    "adminduk.journal",
    "adminduk.office.finding",
    "adminduk.office.outbox",
    "adminduk.office.receipt",
    "adminduk.office.tracking",
    "adminduk.ports",
    "adminduk.records",
)
"""Where classes are that hold what the office is told, keeps, or tells of a case."""


def modules() -> Iterator[ModuleType]:
    """Give those modules, with all that is in them."""
    for one in pkgutil.walk_packages(adminduk.__path__, "adminduk."):
        if one.name.startswith(HOLDING):
            yield import_module(one.name)


def fields() -> list[tuple[str, str]]:
    """Give every field of their classes."""
    kinds = {
        kind
        for module in modules()
        for kind in vars(module).values()
        if inspect.isclass(kind) and attrs.has(kind) and kind.__module__ == module.__name__
    }
    assert len(kinds) > 100, "they were found"
    return sorted((kind.__name__, one.name) for kind in kinds for one in attrs.fields(kind))


def answers() -> list[tuple[str, str]]:
    """Give every question that a case may answer."""
    return [("fact", name) for name in catalogue.load().facts]


def test_every_field_is_in_it():
    """A new field, or a new question, is of some kind before it is used."""
    table = load()
    missing = [f"{o}.{n}" for o, n in (*fields(), *answers()) if table.named(o, n) is None]
    assert missing == []


def test_nothing_else_is_in_it():
    """What it names there is."""
    table = load()
    used = {table.named(*one) for one in (*fields(), *answers())}
    named = {name for kind in table.kinds.values() for name in kind.fields}
    assert named - used == set()


def test_what_is_said_of_a_person_is_named_field_by_field():
    """So that a new field of a person is of no kind by its name alone."""
    table = load()
    names = {table.named("Person", one.name) for one in attrs.fields(Person)}
    assert names == {f"Person.{one.name}" for one in attrs.fields(Person)}
    assert all(table.named(*one) == ".".join(one) for one in answers())


@pytest.mark.parametrize("kind", load().kinds.values(), ids=list(load().kinds))
def test_each_kind_says_where_its_class_stands(kind: Kind):
    """By an instrument that the table lists; what is no personal data needs none."""
    assert bool(kind.law) == (kind.data_class is not PrivacyClass.NONE)
    assert {one.instrument for one in kind.law} <= load().instruments.keys()
    assert all((kind.purpose, kind.sees, kind.kept, kind.name.id, kind.name.en))


@pytest.mark.parametrize(
    ("owner", "name", "data_class"),
    [
        ("Person", "nik", "protected"),
        ("Person", "name", "general"),
        ("Person", "phone", "general"),
        ("fact", "weeks_of_pregnancy", "specific"),
        ("fact", "child_has_nik", "specific"),
        ("fact", "foundling", "protected"),
        ("Evidence", "shown", "none"),
        ("Scan", "digest", "protected"),
        ("Bag", "seal", "none"),
    ],
)
def test_what_the_law_names_has_its_class(owner: str, name: str, data_class: str):
    """UU 27/2022 ps 4; UU 24/2013 ps 84."""
    assert load().kind_of(owner, name).data_class.value == data_class


def test_what_nobody_read_is_assumed():
    """The general data that the law lists by name is confirmed; what is like it is not."""
    confirmed = {
        kind.id
        for kind in load().kinds.values()
        for one in kind.law
        if one.certainty is Certainty.CONFIRMED
    }
    assert {"name", "sex", "child", "health"} <= confirmed
    assert {"words", "officer", "death"}.isdisjoint(confirmed)


def test_a_field_that_is_not_there():
    """Is an error, not the least of the classes."""
    with pytest.raises(KeyError, match=r"Person\.shoe_size"):
        load().kind_of("Person", "shoe_size")


def test_places_name_kinds():
    """And say why; elsewhere is nothing."""
    table = load()
    for place in table.places.values():
        assert place.why
        assert set(place.may) <= table.kinds.keys()
    assert table.places["elsewhere"].may == ()
