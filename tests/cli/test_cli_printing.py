"""The only place that prints: nothing hidden, no NIK in full, nothing too wide."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from unicodedata import category

import pytest
from cli_running import too_wide
from hypothesis import given
from hypothesis import strategies as st

from adminduk.cli.printing import as_json, broken, safe, show, show_command, table

NUMBER = "3523081703880004"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NUMBER, "3523**********04"),
        (f"NIK {NUMBER}, KK 3523081203150007.", "NIK 3523**********04, KK 3523**********07."),
        (f"NIK{NUMBER}", "NIK3523**********04"),
        ("352308170388000", "352308170388000"),
        ("35230817038800041", "35230817038800041"),
        (f"{NUMBER}abcdef0123456789", f"{NUMBER}abcdef0123456789"),  # a digest is no NIK
        ("a\x1b[2Jb", "a�[2Jb"),
        ("a\U000e0041b", "a�b"),
        ("a\rb\tc\x00d\x7fe\x9bf", "a�b�c�d�e�f"),
        ("\u202eabc\u2066d\u200be\ufefff", "�abc�d�e�f"),
        ("\udcff", "�"),
        ("one\ntwo\r\nthree\u2028four", "one�two��three�four"),
        ("Nur'aini – Séñor", "Nur'aini – Séñor"),
    ],
)
def test_what_is_safe(text: str, shown: str):
    """Numbers are masked, and what is hidden is made to be seen."""
    assert safe(text) == shown


@given(st.text())
def test_whatever_is_printed_can_be_seen(text: str):
    """Nothing is left of what moves the cursor, not a line's end, and UTF-8 can write it."""
    shown = safe(text)
    assert all(one.isprintable() or category(one) == "Zs" for one in shown)
    shown.encode()


@given(st.lists(st.text(alphabet="abc -", min_size=0, max_size=200), min_size=1))
def test_lines_are_broken_between_words(words: list[str]):
    """No line is too wide but one that is a single word."""
    for line in broken(" ".join(words), 40, "  ", "    "):
        assert len(line) <= 40 or " " not in line.strip()


def test_a_table(capsys: pytest.CaptureFixture[str]):
    """The last column takes what is left, and goes on below itself."""
    table(("Id", "What"), [("a-long-id", "word " * 30), ("b", NUMBER)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Id         What"
    assert lines[1] == "--         ----"
    assert lines[3].startswith(" " * 11 + "word")
    assert lines[-1] == "b          3523**********04"
    assert too_wide("\n".join(lines)) == []
    assert sum(line.count("word") for line in lines) == 30
    assert [line for line in lines if line.endswith(" ")] == []


def test_a_table_that_cannot_fit(capsys: pytest.CaptureFixture[str]):
    """Nothing is left out, however wide the first columns are."""
    table(("Id", "What"), [("x" * 90, "two words")])
    assert capsys.readouterr().out.split() == ["Id", "What", "--", "----", "x" * 90, "two", "words"]


def test_a_command_is_never_broken(capsys: pytest.CaptureFixture[str]):
    """What is to be copied stays on one line."""
    show_command("adminduk " * 20)
    assert capsys.readouterr().out == "  " + "adminduk " * 20 + "\n"


def test_the_whole_width_is_used(capsys: pytest.CaptureFixture[str]):
    """A line is as long as a terminal of 80 columns lets it be."""
    show("a " * 60)
    assert [len(line) for line in capsys.readouterr().out.splitlines()] == [79, 39]


def test_a_paragraph(capsys: pytest.CaptureFixture[str]):
    """Indents are kept where lines are broken; an empty text is an empty line."""
    show("one " * 30, indent="- ", hang="  ")
    show()
    show("error", err=True)
    printed = capsys.readouterr()
    assert [line[:5] for line in printed.out.split("\n")] == ["- one", "  one", "", ""]
    assert printed.err == "error\n"


TEXT = st.text(st.characters(exclude_characters="0123456789"))


@given(st.dictionaries(TEXT, TEXT | st.integers(), max_size=3))
def test_json_says_the_same(data: dict[str, object]):
    """What is hidden is written as its code, so that programs read what was meant."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        as_json(data)
    line = printed.getvalue().removesuffix("\n")
    assert json.loads(line) == data
    assert all(one == " " or one.isprintable() or category(one) == "Zs" for one in line)


def test_json_masks_numbers_too(capsys: pytest.CaptureFixture[str]):
    """A program has no more need of a NIK than a person."""
    as_json({NUMBER: [NUMBER]})
    assert capsys.readouterr().out == '{"3523**********04": ["3523**********04"]}\n'
