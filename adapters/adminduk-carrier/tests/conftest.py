"""A carrier that runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carrier_server import Carrier, running

# The town by which the library tests itself, with its people and its clock; and its certificates.
for folder in ("office", "notify"):
    sys.path.append(str(Path(__file__).parents[3] / "tests" / folder))


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """Run one."""
    with running() as carrier:
        yield carrier
