"""The kit finds every fault that was put into a master, and none in a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_masters import FAULTS
from trying import checks_of, failed

from adminduk.masters.local import make_master
from adminduk.testing.conformance import conform_master
from adminduk.testing.kits import MasterKit

BROKEN = "broken_masters.py"

FOUND_BY = {
    "Cut": "test_a_key_is_unwrapped_as_it_was",
    "WrapsNothing": "test_what_is_wrapped_does_not_tell_the_key",
    "LongId": "test_an_id_can_be_written",
    "AnyContext": "test_a_key_is_unwrapped_as_whose_it_is",
    "AnyBytes": "test_what_was_changed_is_not_unwrapped",
    "AnyMaster": "test_another_master_is_told_apart",
    "OfItsOwn": "test_the_same_url_gives_the_same_master",
    "OneAtATime": "test_several_threads_wrap_at_once",
}
"""Of each broken master a check that finds its fault."""


@pytest.mark.no_cover  # a master with a fault in it says nothing of the sound one
@pytest.mark.parametrize("fault", FOUND_BY)
def test_a_fault_is_found(fault: str):
    """By the check that is about it."""
    assert FOUND_BY[fault] in failed(MasterKit, BROKEN, fault)


def test_every_broken_master_is_tried():
    """None is kept that nobody runs."""
    assert set(FOUND_BY) == set(FAULTS) - {"Sound"}


def test_every_check_finds_a_fault():
    """None is kept that nothing has been seen to fail."""
    assert set(FOUND_BY.values()) == checks_of(MasterKit)


def test_a_sound_master_passes():
    """Nothing is found in it."""
    assert failed(MasterKit, BROKEN, "Sound") == set()


@pytest.mark.parametrize("scheme", ["file", "env"])
def test_those_of_the_library_pass(scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Both of them."""
    file = tmp_path / "master.key"
    make_master(file)
    monkeypatch.setenv("OUR_MASTER", file.read_text())
    url = {"file": file.as_uri(), "env": "env:OUR_MASTER"}[scheme]
    assert {one.outcome for one in conform_master(url)} == {"passed"}
