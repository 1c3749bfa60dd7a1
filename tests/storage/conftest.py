"""The SQLite storage, empty but for an office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """Give the URL of a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def sqlite(file_url: str) -> Iterator[Storage]:
    """Give a SQLite storage with one office."""
    opened = open_storage(file_url)
    opened.add_office(OFFICE, b"profile")
    yield opened
    opened.close()
