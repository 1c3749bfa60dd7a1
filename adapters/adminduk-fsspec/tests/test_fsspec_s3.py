"""Scans in a real server of S3 on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adminduk.plugins import open_scans
from adminduk.testing.kits import ScanKit
from adminduk_fsspec.store import RemoteScans
from fsspec_servers import s3_url


@pytest.fixture
def url(server: str, place: str) -> str:
    """Give the URL of an empty store."""
    return s3_url(server, place)


class TestS3(ScanKit):
    """What every store of scans promises."""

    @pytest.fixture
    def scans_url(self, url: str) -> str:
        """Give the URL of it."""
        return url

    @pytest.fixture
    def damage(self, url: str) -> Callable[[str], None]:
        """Change a byte of what is kept."""

        def change(digest: str) -> None:
            store = open_scans(url)
            assert isinstance(store, RemoteScans)
            ((name, _),) = store._copies(digest).items()
            store._write(
                f"{digest[:2]}/{digest[2:4]}/{name}", b"".join(store.read(digest))[:-1] + b"x"
            )

        return change
