"""Two profiles of tests, small and full; and the examples in README, docs and docstrings."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

_UNCOUNTED: Final = {
    "test_a_large_commit_is_written_whole",
    "test_a_process_that_goes_through_everything_does_not_grow",
    "test_going_through_everything_takes_the_memory_of_some_pages",
}
"""Checks of a kit whose lines are not counted, as there are very many records: a kit is for others,
too, and bears no mark of ours."""

# No test is timed, nor is what it draws: a busy machine would make it fail.
settings.register_profile(
    "small",
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full",
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the profile be chosen."""
    parser.addoption("--profile", choices=["small", "full"], default="small")


def pytest_configure(config: pytest.Config) -> None:
    """Load the chosen profile before any test is read."""
    settings.load_profile(config.getoption("--profile"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name no test after bytes, as an older pytest would: a scan is long, and new each second."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later collection of garbage.

    Ten thousand tests are many objects, and each run of a kit ends with five full collections.
    """
    gc.freeze()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count no lines of what is marked `no_cover` or is very large.

    In the processes of xdist, pytest-cov counts twice, and pauses one of the two.
    """
    if item.get_closest_marker("no_cover") is None and item.name not in _UNCOUNTED:
        yield
        return
    here, threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type] # as it is before anything is counted
    try:
        yield
    finally:
        sys.settrace(here)
        threading.settrace(threads)


pytest_collect_file = (
    Sybil([DocTestParser()], path="src", patterns=["*.py"])
    + Sybil([PythonCodeBlockParser()], patterns=["README.md", "docs/*.md"])
).pytest()
