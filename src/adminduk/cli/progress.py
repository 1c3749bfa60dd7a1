"""How far long work has come, on a terminal's standard error; elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

__all__ = ["progress", "stages"]


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


@contextmanager
def stages(titles: Mapping[str, tuple[str, int | None]]) -> Iterator[Callable[[str, int], None]]:
    """Give what is to be told the stage of the work and how far that has come.

    Args:
        titles: For each stage what is being done and how far it goes, as for `progress`.
    """
    current: list[tuple[str, Callable[[int], None]]] = []
    with ExitStack() as shown:

        def tell(stage: str, done: int) -> None:
            if not current or current[-1][0] != stage:
                shown.close()
                current.append((stage, shown.enter_context(progress(*titles[stage]))))
            current[-1][1](done)

        yield tell
