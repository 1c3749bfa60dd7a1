"""One line of work, and the same line with something else in one place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from cli_cases import CASES, HEAD, SITI, Line, code_of, submission

CASE = CASES["kk-ubah-data"]
OPEN, NEW = code_of(1), code_of(2)
ID = "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a"


def submitted() -> Line:
    """Give a line that submits a case for another family than the open one."""
    head = {**HEAD, "kk": "3523081203150008"}
    line = {"id": ID, "by": dict(SITI), "at": "2021-07-12T08:15:00+07:00", "do": "submit"}
    return {**line, "with": deepcopy({**submission(CASE, NEW), "people": {"head": head}})}


def changed(*path: str, to: object) -> Line:
    """Give the submission with something else at a path."""
    line: Any = submitted()
    place = line
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return line  # type: ignore[no-any-return] # a line whatever was put in


def without(*path: str) -> Line:
    """Give the submission without what is at a path."""
    line = changed(*path, to=None)
    place: Any = line
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return line


def sent(by: Line, do: str, **with_: Any) -> Line:
    """Give a line about the open case."""
    return {"id": ID, "by": dict(by), "do": do, "with": {"application": OPEN, **with_}}
