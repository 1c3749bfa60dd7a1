"""The bills of material: what an installation brings, and what a wheel contains of others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from packaging.requirements import Requirement
from tests.supply import bills
from tests.supply.bills import CONTAINED, contained, installation, invalid
from tests.supply.needs import FOLDERS, brought, installed, run_time, whole

THERE = installed()
# What reaches Google Cloud and Azure is not installed for the tests; a release has it.
LACKING = {name: brought(whole(name), THERE).keys() - THERE for name in FOLDERS}
NAMES = [name for name in FOLDERS if not LACKING[name]]


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """A distribution all of whose needs are installed here."""
    return str(request.param)


def test_it_is_valid(name: str):
    """By the schema of CycloneDX; one that says nothing it must say is not."""
    bill = installation(name, THERE)
    assert invalid(bill) is None
    assert invalid(bill.replace('"version": 1', '"version": "first"')) is not None


def test_it_is_the_same_whenever_it_is_made(name: str):
    """It has no time in it, and its number follows from what it says."""
    first, *others = (installation(name, THERE) for _ in range(3))
    assert others == [first, first]
    assert "timestamp" not in first


def test_another_bill_has_another_number():
    """So that two are never taken for one."""
    numbers = {read(installation(name, THERE))["serialNumber"] for name in NAMES}
    assert len(numbers) == len(NAMES)


def test_it_names_what_is_installed_with_its_licence(name: str):
    """Every part in the version that is there, and the distribution itself."""
    bill = read(installation(name, THERE))
    parts = {one["name"]: one for one in [bill["metadata"]["component"], *bill["components"]]}
    assert parts.keys() == brought(whole(name), THERE).keys()
    others = parts.keys() - FOLDERS
    assert {one: parts[one]["version"] for one in others} == {
        one: THERE[one].version for one in others
    }
    assert [one for one, part in parts.items() if not part["licenses"][0]["expression"]] == []


def test_what_comes_only_by_an_extra_is_optional():
    """Whoever installs the library without any sees what they do not get."""
    bill = read(installation("adminduk", THERE))
    required = {one["name"] for one in bill["components"] if one["scope"] == "required"}
    optional = {one["name"] for one in bill["components"] if one["scope"] == "optional"}
    needs = list(run_time("adminduk"))
    assert {need.name for need in needs if need.where == "adminduk"} <= required
    assert {need.name for need in needs if need.where != "adminduk"} - {"adminduk"} <= optional
    assert required == brought(Requirement("adminduk"), THERE).keys() - {"adminduk"}


def test_it_says_what_needs_what(name: str):
    """So that the way to each part can be followed."""
    bill = read(installation(name, THERE))
    edges = {one["ref"]: set(one.get("dependsOn", ())) for one in bill["dependencies"]}
    assert edges == brought(whole(name), THERE)


def test_it_tells_nothing_of_where_it_was_made(name: str):
    """Neither a path nor an index of packages; the one address is that of the schema."""
    bill = installation(name, THERE)
    assert set(re.findall(r"\w+://[^\"]+", bill)) == {read(bill)["$schema"]}
    assert not re.search(r'"[^"]*(/home|/tmp|/root|site-packages)', bill)


class TestContained:
    """What the wheel of the library contains that comes from others."""

    def test_it_is_up_to_date(self):
        """After a change of the region codes or the version: `python -m tests.supply.bills`."""
        assert CONTAINED.read_text(encoding="utf-8") == contained()

    def test_it_is_valid(self):
        """By the schema of CycloneDX."""
        assert invalid(contained()) is None

    def test_other_data_are_seen(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
        """The digest of what is packed stands in it."""
        for file in bills.REGIONS.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / "wilayah.csv.gz").write_bytes(b"other")
        before = contained()
        monkeypatch.setattr(bills, "REGIONS", tmp_path)
        assert contained() != before


def read(bill: str) -> dict[str, Any]:
    """Read a bill."""
    read_bill: dict[str, Any] = json.loads(bill)
    return read_bill
