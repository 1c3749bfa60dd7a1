"""Builds distributions so that whoever builds them anew gets the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any, Final

from tests.supply.needs import ROOT

_VARYING: Final = "SOURCE_DATE_EPOCH"
"""By it a file would get another time than the one that hatchling gives to all."""


def cloned(into: Path, *options: str, umask: int = 0o022) -> Path:
    """Clone the commit that is checked out, without anything that is not committed."""
    git = shutil.which("git") or "git"
    subprocess.run([git, "clone", "-q", *options, ROOT, into], check=True, umask=umask)
    return into


def built(target: str, folder: Path, into: Path) -> Path:
    """Build a distribution of the project in a folder, and give its file.

    Args:
        target: `sdist` or `wheel`.
        folder: Where its `pyproject.toml` is.
        into: Where its file is put; nothing else is there.
    """
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != _VARYING},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (file,) = into.iterdir()
    return file


def unpacked(sdist: Path, into: Path) -> Path:
    """Unpack an sdist, and give its folder."""
    with tarfile.open(sdist) as packed:
        safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        packed.extractall(into, **safely)  # noqa: S202 - ours; the oldest 3.11 has no filters
    (folder,) = into.iterdir()
    return folder
