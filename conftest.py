"""Two profiles of tests, small and full; and the examples in README, docs and docstrings."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import count
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

_COUNTED: Final = 10
"""Of how many examples of a property lines are counted; it takes as long again as running them."""

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


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later collection of garbage.

    Ten thousand tests are many objects, and each run of a kit ends with five full collections.
    """
    gc.freeze()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count no lines of what is marked `no_cover` or is very large, nor of most examples.

    In the processes of xdist, pytest-cov counts twice, and pauses one of the two.
    """
    here, threads = sys.gettrace(), threading.gettrace()
    law = getattr(getattr(item, "obj", None), "hypothesis", None)
    whole = law and law.inner_test
    if item.get_closest_marker("no_cover") is not None or item.name in _UNCOUNTED:
        _count_no_more()
    elif law and here is not None:
        law.inner_test = _counted_at_first(whole)
    try:
        yield
    finally:
        if law:
            law.inner_test = whole
        sys.settrace(here)
        threading.settrace(threads)


def _counted_at_first(test: Callable[..., None]) -> Callable[..., None]:
    """Give a test of which the first examples are counted."""
    examples = count()

    @wraps(test)
    def run(*arguments: object, **named: object) -> None:
        if next(examples) == _COUNTED:
            _count_no_more()
        test(*arguments, **named)

    return run


def _count_no_more() -> None:
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type] # as it is before anything is counted


pytest_collect_file = (
    Sybil([DocTestParser()], path="src", patterns=["*.py"])
    + Sybil([PythonCodeBlockParser()], patterns=["README.md", "docs/*.md"])
).pytest()
