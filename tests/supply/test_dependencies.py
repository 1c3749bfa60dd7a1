"""Every dependency is declared where it is used, justified, and under a licence that is taken."""

from __future__ import annotations

import re
from email.message import Message
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.supply.imports import Import, imports
from tests.supply.licences import TAKEN, TAKEN_BY_ADAPTERS, is_taken, licence, not_taken
from tests.supply.lowest import lowest
from tests.supply.needs import FOLDERS, ROOT, brought, every, installed, project, run_time, whole

(PAGE,) = ROOT.glob("docs/decisions/*-dependencies.md")
JUSTIFIED: Final = {
    (name, where): said
    for name, places, said in re.findall(
        r"(?m)^\| `([\w-]+)` \| (.+?) \| (.+?) \| .+ \|$", PAGE.read_text(encoding="utf-8")
    )
    for where in re.findall(r"[\w\[\]-]+", places)
}
"""Of each dependency, and each place that needs it, the licence that the decision names."""

HOME: Final = {
    "calendar": ("adminduk.office.ical",),
    "cli": ("adminduk.cli",),
    "previews": ("adminduk.scans.drawing",),
    "scans": ("adminduk.scans", "adminduk.testing.month.scanning"),
    "encryption": ("adminduk.office.encryption",),
    "signing": ("adminduk.signing",),
    "simulate": ("adminduk.simulation",),
    "slips": ("adminduk.slips",),
    "testing": ("adminduk.testing",),
}
"""Of each extra of the library the modules that may import what it brings."""
BY_SCHEME: Final = {"adlfs", "gcsfs", "s3fs", "sshfs"}
"""What fsspec itself imports, by the scheme of a URL."""

UNKNOWN: Final = "LicenseRef-unknown"
THERE: Final = installed()
BRINGING: Final = packages_distributions()


def test_each_is_justified_and_nothing_else():
    """The table of the decision has a row for every dependency, with each place that needs it."""
    needed = {(need.name, need.where) for need in every() if need.name not in FOLDERS}
    assert sorted(JUSTIFIED) == sorted(needed)


def test_the_decision_names_their_licences():
    """As their metadata do, many of which say only that it is one of BSD."""
    there = {name for name, _ in JUSTIFIED if name in THERE and licence(THERE[name]) != UNKNOWN}
    said = {name: JUSTIFIED[name, where] for name, where in JUSTIFIED if name in there}
    wrong = {name: text for name, text in said.items() if text != licence(THERE[name])}
    vague = {name for name in wrong if licence(THERE[name]) == "LicenseRef-BSD"}
    assert wrong.keys() == {name for name in vague if wrong[name].startswith("BSD-")}


def test_each_has_a_lower_bound():
    """Whoever has an older one installed gets a newer one, and no error later."""
    unbound = [
        str(need.requirement)
        for name in FOLDERS
        for need in run_time(name)
        if need.name != name
        and not {one.operator for one in need.requirement.specifier} & {">=", "=="}
    ]
    assert unbound == []


def test_the_lowest_versions_suit_whoever_needs_them():
    """So that all of them can be installed together, and tried."""
    versions = lowest()
    for name in FOLDERS:
        for need in run_time(name):
            assert need.name in FOLDERS or versions[need.name] in need.requirement.specifier


@pytest.mark.parametrize("name", FOLDERS)
def test_all_that_it_brings_is_under_a_licence_that_is_taken(name: str):
    """None that would bind who uses the library; an adapter may bring one that binds itself."""
    assert not_taken(name, THERE) == {}


@pytest.mark.parametrize("name", FOLDERS)
def test_all_that_it_brings_is_looked_at_here(name: str):
    """Beside what reaches Google Cloud and Azure, which a release looks at."""
    assert brought(whole(name), THERE).keys() - THERE <= {"gcsfs", "adlfs"}


@pytest.mark.parametrize("name", FOLDERS)
def test_what_it_imports_it_declares(name: str):
    """Nothing is there by luck, because something else brings it."""
    declared = {need.name for need in run_time(name)}
    assert [one for one in _imported(name) if not _distributions(one) & declared] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_what_it_declares_it_imports(name: str):
    """Nothing is brought for nothing."""
    imported = {one for found in _imported(name) for one in _distributions(found)}
    assert {need.name for need in run_time(name)} - imported - BY_SCHEME - {name} == set()


def test_what_an_extra_brings_is_imported_only_where_it_is_for():
    """The rest of the library works without."""
    core = {need.name for need in run_time("adminduk") if need.where == "adminduk"}
    strayed = [
        one
        for one in _imported("adminduk")
        if not _distributions(one) & core and not one.module.startswith(_homes(one))
    ]
    assert strayed == []


def test_adapters_take_the_library_that_stands_here():
    """Its version is among those that each of them takes."""
    here = project("adminduk")["project"]["version"]
    taken = [
        need for name in FOLDERS for need in run_time(name) if need.where == name != "adminduk"
    ]
    bounds = [need.requirement.specifier for need in taken if need.name == "adminduk"]
    assert len(bounds) == len(FOLDERS) - 1
    assert [str(bound) for bound in bounds if here not in bound] == []


def test_what_builds_here_is_what_builds_a_release():
    """The tests of what is built would else tell nothing of it."""
    builders = {str(need.requirement) for need in every() if need.where == "building"}
    assert builders == {f"hatchling=={version('hatchling')}"}


class TestLicences:
    """How what metadata say is read."""

    @pytest.mark.parametrize(
        ("fields", "read"),
        [
            ({"License-Expression": "MIT"}, "MIT"),
            ({"License": "Apache-2.0"}, "Apache-2.0"),
            ({"License": "A text of many words", "Classifier": "MIT License"}, "MIT"),
            ({"License": "BSD", "Classifier": "BSD License"}, "LicenseRef-BSD"),
            ({"Classifier": "GNU General Public License v3 (GPLv3)"}, "LicenseRef-unknown"),
            ({}, "LicenseRef-unknown"),
        ],
    )
    def test_it_is_said_in_one_of_three_ways(
        self, fields: dict[str, str], read: str, tmp_path: Path
    ):
        """An expression goes before words, words that are one before classifiers."""
        message = Message()
        message["Name"], message["Version"] = "something", "1"
        for field, said in fields.items():
            message[field] = f"License :: OSI Approved :: {said}" if field == "Classifier" else said
        folder = tmp_path / "something-1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(str(message), encoding="utf-8")
        assert licence(installed(tmp_path)["something"]) == read

    @pytest.mark.parametrize(
        ("expression", "by_the_library", "by_adapters"),
        [
            ("MIT", True, True),
            ("GPL-3.0-only OR (MIT AND Apache-2.0)", True, True),
            ("MIT AND GPL-2.0-only", False, False),
            ("AGPL-3.0-only", False, False),
            ("LGPL-3.0-only", False, True),
            ("EPL-2.0 OR GPL-2.0-or-later", False, True),
            ("GPL-2.0-only WITH Classpath-exception-2.0", False, False),
            ("LicenseRef-unknown", False, False),
        ],
    )
    def test_what_is_taken(self, expression: str, *, by_the_library: bool, by_adapters: bool):
        """All that binds must be, and of a choice one."""
        assert is_taken(expression, TAKEN) is by_the_library
        assert is_taken(expression, TAKEN_BY_ADAPTERS) is by_adapters


@cache
def _imported(name: str) -> list[Import]:
    return list(imports(FOLDERS[name] / "src"))


def _distributions(one: Import) -> set[str]:
    """Give what brings the package that is imported; more than one where it is divided."""
    own = one.package.replace("_", "-")
    return {own} if own in FOLDERS else {*map(canonicalize_name, BRINGING.get(one.package, ()))}


def _homes(one: Import) -> tuple[str, ...]:
    """Give the modules that may import it, by the extras that bring it."""
    brought_by = {
        extra
        for need in run_time("adminduk")
        if need.name in _distributions(one)
        for extra in Requirement(need.where).extras
    }
    return tuple(home for extra in brought_by for home in HOME[extra])
