"""Builds what is released of the commit that is checked out: `python -m tests.release FOLDER`.

Of each distribution an sdist, the wheel built of it, and a bill of all that installing it brings
that day; and the sums by which anybody who builds it anew can compare.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from collections.abc import Mapping
from importlib.metadata import Distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.supply.bills import installation, invalid
from tests.supply.building import built, cloned, unpacked
from tests.supply.licences import not_taken
from tests.supply.needs import FOLDERS, ROOT, brought, installed, whole


def main() -> None:
    """Build everything into a folder that is not there yet."""
    into = Path(sys.argv[1])
    into.mkdir()
    with TemporaryDirectory() as name:
        place = Path(name)
        clone = cloned(place / "clone")
        wheels = {one: released(one, clone, place / one, into) for one in FOLDERS}
        there = freshly_installed(wheels, place / "venv")
        for one in FOLDERS:
            (into / f"{one}.cdx.json").write_text(checked_bill(one, there), encoding="utf-8")
    files = sorted(file for file in into.iterdir() if file.suffix != ".json")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (into / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    print("".join(sums), end="")


def released(name: str, clone: Path, place: Path, into: Path) -> Path:
    """Build an sdist, and of it the wheel; give the wheel."""
    for folder in ("sdist", "source", "wheel"):
        (place / folder).mkdir(parents=True)
    sdist = built("sdist", clone / FOLDERS[name].relative_to(ROOT), place / "sdist")
    wheel = built("wheel", unpacked(sdist, place / "source"), place / "wheel")
    sdist.rename(into / sdist.name)
    return wheel.rename(into / wheel.name)


def freshly_installed(wheels: Mapping[str, Path], folder: Path) -> dict[str, Distribution]:
    """Install the wheels with all their extras, and give all that is installed then."""
    venv.create(folder, with_pip=True)
    wanted = [f"{whole(name)} @ {file.resolve().as_uri()}" for name, file in wheels.items()]
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", *wanted], check=True)
    return installed(*folder.glob("lib/python*/site-packages"))


def checked_bill(name: str, there: Mapping[str, Distribution]) -> str:
    """Give the bill of an installation; end if anything in it may not be there."""
    bill = installation(name, there)
    wrong = not_taken(name, there) or brought(whole(name), there).keys() - there or invalid(bill)
    if wrong:
        sys.exit(f"{name}: {wrong}")
    return bill


if __name__ == "__main__":
    main()
