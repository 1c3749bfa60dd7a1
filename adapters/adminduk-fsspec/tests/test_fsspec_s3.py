"""Scans in a real server of S3 on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings

from adminduk.testing.kits import ScanKit
from fsspec_servers import damaging, s3_url


@pytest.fixture
def url(server: str, place: str) -> str:
    """Give the URL of an empty store."""
    return s3_url(server, place)


class TestS3(ScanKit):
    """What every store of scans promises."""

    rounds = 25 if settings.get_current_profile_name() == "full" else 5

    @pytest.fixture
    def scans_url(self, url: str) -> str:
        """Give the URL of it."""
        return url

    @pytest.fixture
    def damage(self, url: str) -> Callable[[str], None]:
        """Change a byte of what is kept."""
        return damaging(url)
