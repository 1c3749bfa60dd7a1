"""Scans in an emulator of Google Cloud Storage on this machine, of the group `clouds`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from hypothesis import settings

from adminduk.errors import StorageFailure
from adminduk.plugins import open_scans
from adminduk.testing.kits import ScanKit
from fsspec_servers import BUCKET, damaging

pytestmark = pytest.mark.skipif(
    settings.get_current_profile_name() != "full", reason="takes a minute"
)


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[str]:
    """Run a server with a bucket; give its address."""
    emulator = pytest.importorskip("gcp_storage_emulator.server")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with (
        pytest.MonkeyPatch.context() as patch,
        emulator.create_server("127.0.0.1", port, in_memory=True, default_bucket=BUCKET),
    ):
        patch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")  # else it asks Google itself
        patch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{port}")
        pytest.importorskip("gcsfs")
        yield f"127.0.0.1:{port}"


class TestGoogle(ScanKit):
    """What every store of scans promises."""

    @pytest.fixture
    def scans_url(self) -> str:
        """Give the URL of an empty store."""
        return f"gs://{BUCKET}/{uuid4().hex}?token=anon"

    @pytest.fixture
    def damage(self, scans_url: str) -> Callable[[str], None]:
        """Change a byte of what is kept."""
        return damaging(scans_url)


@pytest.mark.parametrize(
    ("url", "reasons"),
    [
        ("gs://tidak-ada/x?token=anon", {"missing"}),
        (f"gs://{BUCKET}/x?token=anon&endpoint_url=http://127.0.0.1:1&seconds=1", {"slow"}),
    ],
)
def test_a_bucket_that_is_not_there_and_a_server_that_is_away(url: str, reasons: set[str]):
    """It is said, and soon."""
    with pytest.raises(StorageFailure) as caught:
        open_scans(url)
    assert caught.value.facts["reason"] in reasons
