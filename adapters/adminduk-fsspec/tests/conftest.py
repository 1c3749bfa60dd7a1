"""A server of S3 on this machine, and an empty place in it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from fsspec_servers import BUCKET, s3_server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run a server."""
    with s3_server() as address:
        yield address


@pytest.fixture
def place() -> str:
    """Give a folder in the bucket that is new."""
    return f"{BUCKET}/{uuid4().hex}"
