"""What a case has shown of its list, from the command line."""

from __future__ import annotations

import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk, not_translated, too_wide

CODE = code_of(1)


@pytest.fixture
def taken(desk: Desk) -> Desk:
    """Give an office that has taken a case."""
    lines = by_courier(CASES["ktp-hilang"], CODE)[:1]
    assert desk.run("apply", "-", stdin=as_file(lines)).code == 0
    return desk


def test_for_people(taken: Desk):
    """Each paper with where it stands."""
    done = taken.run("progress", CODE)
    assert done.code == 0
    assert "[x] police letter of loss: there" in done.out
    assert done.out.endswith("Everything is there.\n")
    assert too_wide(done.out) == []


def test_for_programs(taken: Desk):
    """The same as data, with the list."""
    told = taken.run("progress", CODE, "--json").json
    assert told["complete"] is True
    assert told["items"]["surat-hilang"] == "accepted"
    assert {one["id"] for one in told["list"]["items"]} >= set(told["items"])


@pytest.mark.usefixtures("marked")
def test_in_the_chosen_language(taken: Desk):
    """Nothing is left in English."""
    other = Desk(office=taken.office, by=taken.by, language="id")
    assert not_translated(other.run("progress", CODE).out) == []


def test_of_no_case(desk: Desk):
    """It is refused as anywhere."""
    assert desk.run("progress", CODE).code == 1
