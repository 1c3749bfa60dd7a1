"""The JSON Schema of the commands says of a line of work what the codec says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_schema import is_valid, problems

from adminduk import commands
from adminduk.codec import parse_json, read_order
from adminduk.errors import InvalidInput
from adminduk.records import Role
from adminduk.schema import command_schema
from adminduk.testing import strategies as draw

SCHEMA = command_schema()

STRUCTURE = {"wrong_type", "unknown_key", "missing", "choice", "unknown_command", "not_text"}
"""Faults that a schema can see; what else the codec refuses lies in the values themselves."""


def codes_of(line: object) -> set[str] | None:
    """Give the codes of the codec's faults; None where it takes the line."""
    try:
        read_order(line)
    except InvalidInput as error:
        return {fault.code for fault in error.faults}
    return None


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the way to every place in a JSON value."""
    yield path
    parts = value.items() if isinstance(value, dict) else ()
    for key, one in enumerate(value) if isinstance(value, list) else parts:
        yield from places(one, (*path, key))


@st.composite
def broken_lines(draw_: st.DrawFn) -> Any:
    """Draw a right line in which one place is replaced, removed, or got something beside it."""
    line = orjson.loads(draw_(draw.lines()))
    path = draw_(st.sampled_from(list(places(line))))
    other = draw_(
        st.sampled_from(
            [None, True, 0, -1, 7, 1.5, 10**13, "", "x", "2021-02-30", [], ["x"], {}, {"x": 1}]
        )
    )
    if not path:
        return other
    inner = line
    for step in path[:-1]:
        inner = inner[step]
    how = draw_(st.sampled_from(["replace", "remove", "add"]))
    if how == "add" and isinstance(inner, dict):
        inner["unheard_of"] = other
    elif how == "remove":
        del inner[path[-1]]
    else:
        inner[path[-1]] = other
    return line


@given(draw.lines())
def test_a_right_line_is_right_for_both(line: bytes):
    """Whatever the codec takes, the schema takes, and by one command only."""
    data = parse_json(line)
    assert codes_of(data) is None
    assert list(problems(data, SCHEMA, SCHEMA)) == []


@given(broken_lines())
def test_a_broken_line_is_broken_for_both(line: Any):
    """What the codec refuses for its structure the schema refuses, and the other way round."""
    codes = codes_of(line)
    if is_valid(line, SCHEMA):
        assert codes is None or not codes & STRUCTURE
    else:
        assert codes is not None


def test_every_command_is_an_alternative():
    """In the order in which the library knows them, each with its own name."""
    assert [one["title"] for one in SCHEMA["oneOf"]] == list(commands.BY_NAME)
    assert all(one["properties"]["do"] == {"const": one["title"]} for one in SCHEMA["oneOf"])
    assert all(one["description"] for one in SCHEMA["oneOf"])


def test_it_names_the_dialect_it_is_written_in():
    """Tools choose their rules by it."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_what_is_shared_is_said_once():
    """Each reference leads to a definition, and each definition is used."""
    text = orjson.dumps(SCHEMA).decode()
    for name in SCHEMA["$defs"]:
        assert f'"#/$defs/{name}"' in text
    assert text.count('"#/$defs/') > len(SCHEMA["$defs"])
    assert set(SCHEMA["$defs"]["Actor"]["properties"]) == {"id", "role", "region", "also"}
    assert SCHEMA["$defs"]["Actor"]["properties"]["role"] == {"enum": [role.value for role in Role]}


@pytest.mark.parametrize(
    ("path", "value", "right"),
    [
        (("with", "people", "holder", "nik"), "3523084107900001", True),
        (("with", "people", "holder", "nik"), "352308410790000", False),
        (("with", "people", "holder", "nik"), 3523084107900001, False),
        (("with", "region"), "35.23.08.2001", True),
        (("with", "region"), "35-23", False),
        (("at",), "2021-07-12T08:15:00+07:00", True),
        (("at",), "2021-07-12T08:15:00", False),
        (("at",), "2021-07-12 08:15:00+07:00", False),
        (("id",), "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a", True),
        (("id",), "7b0f4c1e2-f5d-4c9a-8a55-0d6d3f0c1b2a", False),
        (("id",), None, False),
        (("if_version",), 0, True),
        (("if_version",), -1, False),
        (("if_version",), None, False),
        (("by",), None, False),
    ],
)
def test_on_values_that_are_often_wrong(path: tuple[str, ...], value: Any, right: bool):
    """Both refuse the same short, numeric or misplaced values."""
    line = {
        "id": "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a",
        "by": {"id": "siti", "role": "village_operator", "region": "35.23.08.2001"},
        "do": "submit",
        "with": {"people": {"holder": {"name": "Aminah"}}},
    }
    line = copy.deepcopy(line)
    inner: Any = line
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert (codes_of(line) is None) == right
    assert is_valid(line, SCHEMA) == right
