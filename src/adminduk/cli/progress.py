"""How far long work has come, on a terminal's standard error; elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give what is to be told how far the work has come.

    Args:
        title: What is being done.
        total: How far it goes, if that is known; otherwise what is told is shown as it is.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    come = "{task.completed:.0f}" if total is None else "{task.percentage:>3.0f}%"
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(come), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)
