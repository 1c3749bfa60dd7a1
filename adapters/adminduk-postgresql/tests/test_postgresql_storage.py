"""The PostgreSQL storage keeps what every storage promises."""

from __future__ import annotations

import pytest
from hypothesis import settings

from adminduk.testing.kits import StorageKit

FULL = settings.get_current_profile_name() == "full"


class TestPostgreSQL(StorageKit):
    """A schema of its own for each check."""

    histories = 1000 if FULL else 15
    every_point = FULL
    kills = 100 if FULL else 5
    many = 200_000 if FULL else StorageKit.many

    @pytest.fixture
    def storage_url(self, url: str) -> str:
        """Give the URL of an empty place."""
        return url
