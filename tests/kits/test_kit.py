"""The kit itself: nobody replaces a check, each says its promise, and what it will not touch."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from adminduk.errors import InvalidInput, Refused, StorageFailure
from adminduk.plugins import lacking, open_storage
from adminduk.testing import conformance
from adminduk.testing.conformance import conform
from adminduk.testing.kits import CAPABILITIES, StorageKit
from adminduk.testing.kits.base import needs

CHECKS = sorted(name for name in dir(StorageKit) if name.startswith("test_"))
ONE = "test_offices_are_ordered_by_id"


class TestClass:
    """What a subclass may say."""

    @pytest.mark.parametrize("name", [ONE, "_is_possible", "storage", "opened"])
    def test_a_check_is_not_replaced(self, name: str):
        """Nor what the checks stand on; the error names it."""
        with pytest.raises(TypeError, match=rf"Replacing\.{name} would replace that of "):
            type("Replacing", (StorageKit,), {name: None})

    def test_not_by_a_second_base_either(self):
        """Whichever comes first."""
        other = type("Other", (), {ONE: lambda self: None})  # noqa: ARG005 - never called
        with pytest.raises(TypeError, match=rf"Other\.{ONE}"):
            type("Replacing", (other, StorageKit), {})

    def test_where_and_what_is_missing_is_said(self):
        """And checks of its own are added."""
        own = {"storage_url": None, "histories": 5, "test_of_its_own": None, "durable": False}
        made = type("Said", (StorageKit,), own)
        assert made.durable is False
        type("Below", (made,), {"durable": True, "storage_url": None})

    def test_a_check_needs_what_there_is(self):
        """A capability that is mistyped would never be missing."""
        with pytest.raises(AssertionError):
            needs("durible")
        needed = {one for name in CHECKS for one in getattr(vars_of(name), "needs", ())}
        assert needed == set(CAPABILITIES)

    def test_every_check_says_its_promise(self):
        """In one line."""
        assert len(CHECKS) >= 55
        for name in CHECKS:
            promise = vars_of(name).__doc__
            assert promise is not None, name
            assert "\n" not in promise.strip(), name


def vars_of(name: str) -> object:
    """Give the function of a check."""
    return getattr(StorageKit, name)


class TestPlace:
    """Where the checks are made."""

    def test_what_a_scheme_lacks_is_declared_by_its_plugin(self):
        """The storage in memory lacks all, SQLite nothing."""
        assert lacking("memory:") == set(CAPABILITIES)
        assert lacking("sqlite:///x.db") == set()
        assert lacking("nobody:") == set()

    def test_a_place_that_is_always_the_same_is_refused(self, tmp_path: Path):
        """Nothing is opened there."""
        with pytest.raises(InvalidInput) as caught:
            conform(f"sqlite:///{tmp_path}/x.db")
        assert [one.code for one in caught.value.faults] == ["fixed_place"]
        assert "{tmp}" in caught.value.message("en")
        assert list(tmp_path.iterdir()) == []

    def test_each_check_has_a_place_of_its_own(self, tmp_path: Path):
        """By a new name; a folder is removed in the end."""
        found = conform(
            f"sqlite:///{tmp_path}/{{n}}.db", names=[ONE, "test_claims_are_read_in_pages"]
        )
        assert [one.outcome for one in found] == ["passed", "passed"]
        assert len(list(tmp_path.glob("n*.db"))) == 2

    def test_a_store_that_holds_an_office_is_not_touched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """It is refused before any check, and stays as it is."""
        monkeypatch.setattr(conformance, "uuid4", lambda: SimpleNamespace(hex="0" * 32))
        file = tmp_path / "n000000000000.db"
        storage = open_storage(f"sqlite:///{file}")
        storage.add_office("35.23", b"{}")
        storage.close()
        before = file.read_bytes()
        told: list[object] = []
        with pytest.raises(Refused) as caught:
            conform(f"sqlite:///{tmp_path}/{{n}}.db", tell=told.append)
        assert (caught.value.code, told) == ("place_taken", [])
        assert caught.value.facts["offices"] == ["35.23"]
        assert file.read_bytes() == before

    def test_a_place_that_cannot_be_opened_ends_it(self, tmp_path: Path):
        """With the failure of the storage, once."""
        with pytest.raises(StorageFailure):
            conform(f"sqlite:///{tmp_path}/no/{{n}}.db")

    def test_nothing_of_this_process_is_changed(self, monkeypatch: pytest.MonkeyPatch):
        """What people set up for their own tests is neither used nor lost."""
        monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
        before = dict(os.environ), list(sys.path)
        assert [one.outcome for one in conform("memory:", names=[ONE])] == ["passed"]
        assert (dict(os.environ), list(sys.path)) == before
