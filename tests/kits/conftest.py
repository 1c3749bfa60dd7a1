"""The broken stores, installed as plugins are: child processes find them, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adminduk import plugins


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the plugins of the broken stores for one test."""
    about = tmp_path / "site" / "broken_storages-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-storages\nVersion: 1\n")
    points = "broken = broken_storages\nbroken_scans = broken_scans\n"
    (about / "entry_points.txt").write_text(f"[adminduk]\n{points}")
    monkeypatch.syspath_prepend(about.parent)
    plugins._load_all.cache_clear()
    yield
    plugins._load_all.cache_clear()
