"""Runs a kit on something that is known to be broken."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from adminduk.testing.conformance import FAILED, run
from adminduk.testing.kits.base import Checks

__all__ = ["checks_of", "failed"]


def checks_of(kit: type[Checks]) -> set[str]:
    """Give the names of the checks of a kit."""
    return {name for name in vars(kit) if name.startswith("test_")}


def failed(
    kit: type[Checks], broken: str, name: str, only: Collection[str] | None = None
) -> set[str]:
    """Give the checks of a kit that something fails, by the `TestBroken` of a file beside.

    Args:
        kit: The kit.
        broken: The file.
        name: What is tried.
        only: Run these checks; None: all.
    """

    class Given:
        @pytest.fixture
        def tried(self) -> str:
            return name

    findings = run(f"{Path(__file__).parent / broken}::TestBroken", Given(), lambda _: None, only)
    assert {one.name for one in findings} == (checks_of(kit) if only is None else set(only))
    return {one.name for one in findings if one.outcome == FAILED}
