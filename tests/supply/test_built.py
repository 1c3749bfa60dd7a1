"""Who builds a distribution anew gets the same bytes, and only what belongs in it."""

from __future__ import annotations

import hashlib
import os
import tarfile
from email.parser import BytesParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import settings
from tests.supply.bills import CONTAINED
from tests.supply.building import built, cloned, unpacked
from tests.supply.needs import FOLDERS, ROOT, project

only_in_full = pytest.mark.skipif(
    settings.get_current_profile_name() != "full", reason="builds everything twice"
)


def digest(file: Path) -> str:
    """Give what tells two files apart."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of the library as it stands here."""
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the library as it stands here."""
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_every_file_of_the_package(wheel: Path):
    """Code, rules, texts, types, and nothing beside: no test, and nothing that Python leaves."""
    with ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert held == {name.removeprefix("src/") for name in sources(ROOT)}
    assert {
        "adminduk/py.typed",
        "adminduk/locale/id/LC_MESSAGES/adminduk.mo",
        "adminduk/regions/data/wilayah.csv.gz",
    } <= held


def test_the_wheel_says_whose_all_of_it_is(wheel: Path):
    """The licences, and the bill of what comes from others, stand among its metadata."""
    with ZipFile(wheel) as packed:
        about = {name.partition(".dist-info/")[2]: name for name in packed.namelist()}
        said = BytesParser().parsebytes(packed.read(about["METADATA"]))
        named = said.get_all("License-File", [])
        texts = {name: packed.read(about[f"licenses/{name}"]) for name in named}
        assert packed.read(about[f"sboms/{CONTAINED.name}"]) == CONTAINED.read_bytes()
    files = [ROOT / "LICENSE", *ROOT.glob("src/**/LICENSE*")]
    assert texts == {str(one.relative_to(ROOT)): one.read_bytes() for one in files}


def test_the_sdist_holds_what_the_wheel_is_built_of(sdist: Path):
    """And nothing else of the clone."""
    with tarfile.open(sdist) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    beside = {".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml"}
    assert held == beside | sources(ROOT)


def test_the_sdist_builds_the_same_wheel(
    sdist: Path, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In another place, time zone and language, with other times and permissions of its files."""
    (tmp_path / "wheel").mkdir()
    disturb(monkeypatch)
    folder = unpacked(sdist, tmp_path / "source")
    for file in folder.rglob("*"):
        os.utime(file, (978_307_200, 978_307_200))
        file.chmod(0o700 if file.is_dir() else 0o600)
    assert digest(built("wheel", folder, tmp_path / "wheel")) == digest(wheel)


@pytest.mark.parametrize("name", FOLDERS)
def test_each_brings_its_licence(name: str):
    """An adapter has a copy of its own, since its sdist holds nothing from above its folder."""
    assert (FOLDERS[name] / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "LICENSE" in project(name)["project"]["license-files"]


@only_in_full
@pytest.mark.parametrize("name", FOLDERS)
def test_two_who_build_a_commit_build_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of two clones, one of them made as on a system that writes other ends of lines."""
    there = FOLDERS[name].relative_to(ROOT)
    first = of_commit(tmp_path / "first", there)
    disturb(monkeypatch)
    other = of_commit(tmp_path / "at/another/place", there, "-c", "core.autocrlf=true", umask=0o077)
    assert other == first
    assert len(first) == 2


@only_in_full
@pytest.mark.parametrize("name", FOLDERS)
def test_each_wheel_holds_every_file_of_its_package(name: str, tmp_path: Path):
    """Of each adapter as of the library, built of its sdist."""
    for folder in ("sdist", "wheel"):
        (tmp_path / folder).mkdir()
    folder = unpacked(built("sdist", FOLDERS[name], tmp_path / "sdist"), tmp_path / "source")
    with ZipFile(built("wheel", folder, tmp_path / "wheel")) as packed:
        held = {one for one in packed.namelist() if ".dist-info/" not in one}
        assert any(one.endswith(".dist-info/licenses/LICENSE") for one in packed.namelist())
    assert held == {one.removeprefix("src/") for one in sources(FOLDERS[name])}
    assert f"{name.replace('-', '_')}/py.typed" in held


def sources(folder: Path) -> set[str]:
    """Give the files of a package, as they are named from the folder of its project."""
    files = (one for one in folder.glob("src/**/*") if one.is_file())
    return {str(one.relative_to(folder)) for one in files if "__pycache__" not in one.parts}


def disturb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this be another machine, by all that it tells a program."""
    told = {"TZ": "Asia/Jakarta", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)


def of_commit(place: Path, there: Path, *options: str, umask: int = 0o022) -> dict[str, str]:
    """Clone the commit that is checked out, and give the digests of what is built of it."""
    clone = cloned(place / "clone", *options, umask=umask)
    files = []
    for target in ("sdist", "wheel"):
        (place / target).mkdir()
        files.append(built(target, clone / there, place / target))
    return {file.name: digest(file) for file in files}
