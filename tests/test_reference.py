"""The pages of the docs that are made of the code say what the code says."""

from __future__ import annotations

import pytest

from reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page_is_up_to_date(name: str) -> None:
    """After a change of the code: `python -m tests.reference`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()
