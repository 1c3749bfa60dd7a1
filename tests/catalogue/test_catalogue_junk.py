"""Whatever stands in a file of rules: it loads, or is refused with paths."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from catalogue_rules import FILE, faults_of, rules, spoilt, write
from hypothesis import given, settings
from hypothesis import strategies as st
from overlay_rules import faults_of_overlays, spoilt_overlays

from adminduk.masking import shown

FEW = settings(max_examples=30, deadline=None)
MANY = settings(max_examples=60, deadline=None)

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["lost", "age", "card", "ktp-baru", "law", "copy", "scan", "from", "{x}", "%s"]
    ),
)
PLAIN = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(),
)
JUNK = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, path: str = "") -> list[str]:
    """Give the path of everything inside a value."""
    if isinstance(value, dict):
        inside = [(f"{path}.{key}".removeprefix("."), one) for key, one in value.items()]
    elif isinstance(value, list):
        inside = [(f"{path}[{place}]", one) for place, one in enumerate(value)]
    else:
        return []
    return [place for at, one in inside for place in (at, *places(one, at))]


PLACES = places(rules())
PLACES_OF_OVERLAYS = places(spoilt_overlays({}))


def check_answer(content: dict[str, Any]) -> None:
    """Check that rules load or that each fault has a path into the file and a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), content)
        faults = faults_of(Path(folder))
    for one in faults:
        assert one.path.startswith((f"{FILE}: ", Path(folder).name))
        assert one.message("en").startswith(shown(one.path))


class TestJunk:
    """Rules of any form are refused with paths, never with another error."""

    @FEW
    @given(st.dictionaries(st.sampled_from(list(rules())) | TEXTS, JUNK, max_size=6))
    def test_any_content(self, content: dict[str, Any]):
        """Files in which nothing is as it must be."""
        check_answer(content)

    @FEW
    @given(
        st.sampled_from(list(rules())),
        st.lists(st.dictionaries(TEXTS, JUNK, max_size=4), min_size=1),
    )
    def test_any_tables(self, kind: str, tables: list[dict[str, Any]]):
        """Odd tables among sound rules."""
        content = rules()
        content[kind] += tables
        check_answer(content)

    @MANY
    @given(st.sampled_from(PLACES), JUNK)
    def test_one_place(self, place: str, junk: object):
        """Sound rules in which one value, however deep, is any other."""
        check_answer(spoilt({place: junk}))

    @MANY
    @given(st.sampled_from(PLACES), st.sampled_from(PLACES))
    def test_one_for_another(self, place: str, other: str):
        """Sound rules in which something stands where something else belongs."""
        value: Any = rules()
        for step in other.replace("[", ".").replace("]", "").split("."):
            value = value[int(step) if step.isdigit() else step]
        check_answer(spoilt({place: value}))

    def test_all_places_are_tried(self):
        """The places reach into the deepest tables."""
        assert "service[0].item[1].substitute[0].cite[0].article" in PLACES
        assert date(2020, 7, 1) == rules()["service"][0]["from"]

    @MANY
    @given(st.sampled_from(PLACES_OF_OVERLAYS), JUNK)
    def test_overlays(self, place: str, junk: object):
        """Sound overlays in which one value is any other: laid, or refused with paths."""
        for one in faults_of_overlays(spoilt_overlays({place: junk})):
            assert one.path.startswith((f"{FILE}: ", "rules0"))
            assert one.message("en").startswith(shown(one.path))

    @MANY
    @given(st.dates(), st.dates() | st.none())
    def test_overlays_of_any_days(self, since: date, until: date | None):
        """Also on the first and the last day there is."""
        days = {"overlay[0].from": since} | ({} if until is None else {"overlay[0].until": until})
        for one in faults_of_overlays(spoilt_overlays(days)):
            assert one.code in {"period", "no_rule"}
