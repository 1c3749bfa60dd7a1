"""Slips from the command line: on the screen, as PDF, for programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk, not_translated, too_wide

CODE = code_of(1)
BAG = f"BAG-{CODE}"
DAYS = ("--from", "2021-07-01", "--until", "2021-07-31")
ALL = (
    ("receipt", CODE),
    ("control-card", CODE),
    ("dispatch", BAG),
    ("book", *DAYS),
    ("handover",),
)
DEWI = "district_operator:dewi@35.23.08"


@pytest.fixture
def there(half: Desk) -> Desk:
    """Give the place of the district's operator, before whom a birth's documents lie."""
    lines = by_courier(CASES["birth"], CODE)
    finish = next(place for place, line in enumerate(lines) if line["do"] == "finish")
    assert half.run("apply", "-", stdin=as_file(lines[: finish + 1])).code == 0
    return Desk(half.office, DEWI)


@pytest.mark.parametrize("words", ALL)
def test_each_on_the_screen(there: Desk, words: tuple[str, ...]):
    """Within 80 columns, with what it is about."""
    done = there.run("slip", *words)
    assert (done.code, done.err) == (0, "")
    assert too_wide(done.out) == []
    assert CODE in done.out


@pytest.mark.parametrize("words", ALL)
def test_each_as_pdf(there: Desk, tmp_path: Path, words: tuple[str, ...]):
    """In the file that was named, which is said; to programs, too."""
    file = tmp_path / "slip.pdf"
    done = there.run("slip", *words, "--pdf", str(file))
    assert (done.code, str(file) in "".join(done.out.split("\n"))) == (0, True)
    first = file.read_bytes()
    assert first.startswith(b"%PDF")
    told = there.run("slip", *words, "--pdf", str(file), "--json").json
    assert told["pdf"] == str(file)
    assert file.read_bytes() == first


@pytest.mark.parametrize("words", ALL)
def test_each_for_programs(there: Desk, words: tuple[str, ...]):
    """What stands on it, as data."""
    told = there.run("slip", *words, "--json").json
    assert told["pdf"] is None
    assert told["title"]
    assert told["sections"]


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("words", ALL)
def test_in_the_language(there: Desk, words: tuple[str, ...]):
    """Everything that is no name and no id is in the chosen language."""
    assert not_translated(Desk(there.office, DEWI, "id").run("slip", *words).out) == []


def test_the_book_of_today(there: Desk):
    """Where no day is named; nothing left on it."""
    assert "Nothing was sent out in those days." in there.run("slip", "book").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receipt", code_of(9)), "not_found"),
        (("dispatch", "NONE"), "not_found"),
        (("book", "--from", "2021-07-02", "--until", "2021-07-01"), "invalid_input"),
    ],
)
def test_what_cannot_be_made(there: Desk, words: tuple[str, ...], said: str):
    """It is refused, and no file is left behind."""
    done = there.run("slip", *words, "--json", "--pdf", "never.pdf")
    assert done.code == 1
    assert f'"{said}"' in done.err
    assert not Path("never.pdf").exists()


def test_a_place_that_cannot_be_written(there: Desk, tmp_path: Path):
    """It is said, and another may be named."""
    done = there.run("slip", "receipt", CODE, "--pdf", str(tmp_path / "no" / "slip.pdf"))
    assert done.code == 1
    assert "Name another place" in " ".join(done.err.split())
