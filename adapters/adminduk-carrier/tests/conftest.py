"""A carrier that runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carrier_server import Carrier, running


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """Run one."""
    with running() as carrier:
        yield carrier
