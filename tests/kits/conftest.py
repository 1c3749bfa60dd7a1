"""The broken storages, installed as a plugin is: child processes find them, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adminduk import plugins


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the plugin of the broken storages for one test."""
    about = tmp_path / "site" / "broken_storages-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-storages\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[adminduk]\nbroken = broken_storages\n")
    monkeypatch.syspath_prepend(about.parent)
    plugins._load_all.cache_clear()
    yield
    plugins._load_all.cache_clear()
