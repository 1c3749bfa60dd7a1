"""Lists the oldest versions that are taken, for pip: `python -m tests.supply.lowest`."""

from __future__ import annotations

from packaging.version import Version
from tests.supply.needs import FOLDERS, run_time


def lowest() -> dict[str, Version]:
    """Give of all that is needed at run time the oldest version that suits whoever needs it."""
    bounds = [
        (need.name, Version(bound.version))
        for name in FOLDERS
        for need in run_time(name)
        for bound in need.requirement.specifier
        if bound.operator == ">=" and need.name not in FOLDERS
    ]
    return dict(sorted(bounds))  # of several bounds the highest, which comes last


if __name__ == "__main__":
    print(*(f"{name}=={version}" for name, version in lowest().items()), sep="\n")
