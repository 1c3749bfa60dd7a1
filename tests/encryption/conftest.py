"""A folder with a master key, and an encrypted office in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from encrypted_office import begun, do_all, office_at

from adminduk import Office
from adminduk.masters.local import make_master


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a master key."""
    make_master(tmp_path / "master.key")
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """Give an encrypted office in the middle of a small day."""
    with office_at(folder) as office:
        do_all(office, begun())
        yield office
