"""What the distributions of this clone say that they need, and what installing them brings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Final

import attrs
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final[Mapping[str, Path]] = {
    "adminduk": ROOT,
    **{folder.parent.name: folder.parent for folder in ROOT.glob("adapters/*/pyproject.toml")},
}
"""Of each distribution of this clone its folder."""


@attrs.frozen
class Need:
    """That one thing is needed.

    Attributes:
        where: The distribution, with the extra if it is of one: `adminduk[scans]`;
            or `building`, or `development`.
        requirement: What is needed.
    """

    where: str
    requirement: Requirement

    @property
    def name(self) -> str:
        """What is needed, by its canonical name."""
        return canonicalize_name(self.requirement.name)


def project(name: str) -> dict[str, Any]:
    """Give what the `pyproject.toml` of a distribution says."""
    return tomllib.loads((FOLDERS[name] / "pyproject.toml").read_text(encoding="utf-8"))


def run_time(name: str) -> Iterator[Need]:
    """Give what a distribution needs at run time, with what each of its extras needs."""
    said = project(name)["project"]
    extras = said.get("optional-dependencies", {}).items()
    for where, lines in (
        (name, said["dependencies"]),
        *((f"{name}[{of}]", by) for of, by in extras),
    ):
        yield from (Need(where, Requirement(line)) for line in lines)


def every() -> Iterator[Need]:
    """Give all that anything here needs, also only to build or to develop it."""
    for name in FOLDERS:
        said = project(name)
        yield from run_time(name)
        yield from (Need("building", Requirement(one)) for one in said["build-system"]["requires"])
        for lines in said.get("dependency-groups", {}).values():
            yield from (Need("development", Requirement(line)) for line in lines)


def installed(*folders: Path) -> dict[str, Distribution]:
    """Give what is installed, by canonical name: in these folders, or where this program runs."""
    where = {"path": [str(one) for one in folders]} if folders else {}
    return {canonicalize_name(one.name): one for one in distributions(**where)}


def brought(wanted: Requirement, there: Mapping[str, Distribution]) -> dict[str, set[str]]:
    """Give all that an installation brings, and what each of it needs in turn.

    Of the distributions of this clone it is what their `pyproject.toml` says, of the others their
    metadata. What is needed but not installed stands there without needs.
    """
    found: dict[str, set[str]] = {}
    waiting, seen = [wanted], set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if (name, key := frozenset(one.extras)) in seen:
            continue
        seen.add((name, key))
        needed = [need for need in _needed(name, there) if _applies(need, one.extras)]
        found.setdefault(name, set()).update(canonicalize_name(need.name) for need in needed)
        waiting += needed
    return found


def whole(name: str) -> Requirement:
    """Give the requirement of a distribution of this clone with all its extras."""
    extras = project(name)["project"].get("optional-dependencies", ())
    return Requirement(f"{name}[{','.join(extras)}]")


def _needed(name: str, there: Mapping[str, Distribution]) -> list[Requirement]:
    if name in FOLDERS:
        return [_marked(one) for one in run_time(name)]
    return [Requirement(line) for line in (there[name].requires if name in there else ()) or ()]


def _marked(need: Need) -> Requirement:
    """Give what an extra needs as the metadata of a wheel say it."""
    extra = Requirement(need.where).extras
    return (
        Requirement(f"{need.requirement}; extra == '{min(extra)}'") if extra else need.requirement
    )


def _applies(need: Requirement, extras: set[str]) -> bool:
    marker = need.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})
