"""What the pages of guarantees and of threats name is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from adminduk.testing import kits

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
KIT = Path(kits.__file__).parent
NAMED = sorted(set(re.findall(r"`([\w/.-]+)::(test_\w+)`", PAGE + THREATS)))


def functions(file: Path) -> set[str]:
    """Give the names of the tests in a file."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {one.name for one in nodes if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_what_holds_a_promise_is_there(module: str, name: str):
    """A check of the kit by its module, a test of the library by its file."""
    file = ROOT / module if "/" in module else KIT / f"{module}.py"
    assert name in functions(file)


@pytest.mark.parametrize(("page", "least"), [(PAGE, 30), (THREATS, 30)])
def test_every_row_names_what_holds_it(page: str, least: int):
    """A promise that nothing holds is none, nor is a threat met by one."""
    rows = [line for line in page.splitlines() if line.startswith("| ") and "held by" not in line]
    assert len(rows) >= least
    assert [row for row in rows if "::" not in row.rpartition(" | ")[2]] == []


KINDS = ("Atomicity", "Durability", "Ordering", "Scale", "Isolation", "Uniqueness", "Delivery")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_promise_is_on_the_page(kind: str):
    """What a reader looks for has a row."""
    assert f"| **{kind}** |" in PAGE
