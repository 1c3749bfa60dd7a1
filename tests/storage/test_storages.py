"""The storages that come with the library keep what every storage promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from adminduk.testing.kits import StorageKit

FULL = settings.get_current_profile_name() == "full"


class TestMemory(StorageKit):
    """The model: it lives as long as its process, and each is a store of its own."""

    several_processes = False
    durable = False
    reopens = False

    @pytest.fixture
    def storage_url(self) -> str:
        """Give the URL of all of them."""
        return "memory:"


class TestSQLite(StorageKit):
    """A file."""

    histories = settings().max_examples
    every_point = FULL
    kills = 200 if FULL else 5
    many = 1_000_000 if FULL else StorageKit.many

    @pytest.fixture
    def storage_url(self, tmp_path: Path) -> str:
        """Give the URL of a file that does not exist yet."""
        return f"sqlite:///{tmp_path / 'office.db'}"
