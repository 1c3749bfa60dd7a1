"""A store of the format as it was released: opened, sound, run to completion, written the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stored_format import KEPT, carry_out, kept_orders, make, opened, part_done, rows

from adminduk.records import KINDS


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Give a copy of the kept store."""
    copy = tmp_path / "kept.db"
    shutil.copy(KEPT, copy)
    return copy


def test_it_is_opened_and_sound(kept: Path):
    """Everything in it is as its journal tells; a record of every kind is there."""
    with opened(kept, first=100_000) as office:
        assert office.verify().clean
        found = {row.kind for row in office.storage.find("35.23", limit=10_000)[0]}
    assert found == set(KINDS) - {"erasure"}  # of which there is none where nothing is encrypted


def test_it_is_run_to_completion(kept: Path):
    """What was still to come takes effect in it, and what was done is not done again."""
    done, to_come = part_done(kept_orders())
    with opened(kept, first=100_000) as office:
        assert all(office.do(one.command, by=one.by).repeated for one in done)  # type: ignore[arg-type] # each has one
        carry_out(office, to_come)
        assert office.verify().clean
        states = [
            row.state for row in office.storage.find("35.23", kind="application", limit=99)[0]
        ]
    assert "completed" in states
    assert "submitted" not in states


def test_the_same_commands_are_stored_alike(kept: Path, tmp_path: Path):
    """What is written today is byte for byte what was written then."""
    make(tmp_path / "anew.db")
    then, today = rows(kept), rows(tmp_path / "anew.db")
    for table, told in then.items():
        assert today[table] == told, table
