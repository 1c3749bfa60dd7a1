"""The pages of the docs that are made of the code and the rules say what these say."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from reference import FOLDER, PAGES, services, written


@pytest.mark.parametrize("name", PAGES)
def test_page_is_up_to_date(name: str) -> None:
    """After a change of the code or the rules: `python -m tests.reference`."""
    before, made = (FOLDER / name).read_text(encoding="utf-8"), PAGES[name]()
    assert list(unified_diff(before.split("\n"), made.split("\n"), lineterm="", n=0)) == []


def test_every_service_has_a_page_in_each_language_that_is_up_to_date() -> None:
    """After a change of the rules: `python -m tests.reference`; no page of an old service stays."""
    before, made = written(), services()
    assert [name for name in {**before, **made} if before.get(name) != made.get(name)] == []
