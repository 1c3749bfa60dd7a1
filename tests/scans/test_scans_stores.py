"""The stores of scans that come with the library keep what every such store promises."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from adminduk.errors import InvalidInput, StorageFailure
from adminduk.plugins import open_scans
from adminduk.scans import folder
from adminduk.testing.kits import ScanKit

FILE = b"berkas"
DIGEST = sha256(FILE).hexdigest()


class TestFolder(ScanKit):
    """A folder of this machine."""

    @pytest.fixture
    def scans_url(self, tmp_path: Path) -> str:
        """Give the URL of a folder that is not there yet, with what a URL must escape."""
        return f"{tmp_path.as_uri()}/pindaian%20desa%231"

    @pytest.fixture
    def damage(self, tmp_path: Path) -> Callable[[str], None]:
        """Change a byte in the middle."""

        def change(digest: str) -> None:
            (file,) = tmp_path.rglob(digest)
            with file.open("r+b") as stream:
                stream.seek(file.stat().st_size // 2)
                stream.write(b"\0\1")

        return change


class TestMemory(ScanKit):
    """Ends with its process."""

    several_processes = durable = reopens = damages = False

    @pytest.fixture
    def scans_url(self) -> str:
        """Give the URL of it."""
        return "memory:"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the URL of a folder."""
    return (tmp_path / "scans").as_uri()


@pytest.mark.parametrize(
    "url",
    [
        "file:",
        "file:scans",
        "file://",
        "file://server/scans",
        "file://[/scans",
        "file:///scans?x=1",
        "file:///scans#x",
        "file:///sc%00ans",
        "file:///%ff%fe",
        "file:///\ud800",
    ],
)
def test_what_is_no_url_of_a_folder(url: str):
    """A relative folder would be another one for each who opens it."""
    with pytest.raises(InvalidInput) as caught:
        open_scans(url)
    assert caught.value.faults[0].code == "scans_url"


def test_the_folder_above_must_be_there(tmp_path: Path):
    """A disk that is not mounted is no empty store."""
    with pytest.raises(StorageFailure):
        open_scans(f"{tmp_path.as_uri()}/tidak/ada")
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_may_read_them(url: str, tmp_path: Path):
    """They are of people."""
    open_scans(url).put(FILE)
    assert {one.stat().st_mode & 0o077 for one in tmp_path.rglob("*")} == {0}


def test_a_file_is_two_folders_down_under_its_digest(url: str, tmp_path: Path):
    """So it is found without the library, too: `sha256sum` says its name."""
    open_scans(url).put(FILE)
    place = tmp_path / "scans" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert place.read_bytes() == FILE


def test_what_is_no_scan_in_the_folder_is_left_alone(url: str, tmp_path: Path):
    """Neither listed nor read."""
    store = open_scans(url)
    store.put(FILE)
    there = tmp_path / "scans" / DIGEST[:2] / DIGEST[2:4]
    for name in ("catatan", DIGEST.upper(), "0" * 64, f"{DIGEST}.bak"):
        (there / name).write_bytes(b"x")
    assert [one.digest for one in store.kept()] == [DIGEST]


def test_it_is_on_the_medium_before_it_has_its_name(url: str, monkeypatch: pytest.MonkeyPatch):
    """First the file, then its name, then the folders that lead to it."""
    store, done = open_scans(url), []

    def sync(file: int) -> None:
        done.append(("sync", Path(f"/proc/self/fd/{file}").readlink().name))

    def rename(file: Path, place: Path) -> None:
        done.append(("rename", place.name))
        os.rename(file, place)  # noqa: PTH104 - that of Path is watched

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    store.put(FILE)
    (first, written), *others = done
    assert first == "sync"
    assert len(written) == 32
    named = ["sync"] * 3, [DIGEST[2:4], DIGEST[:2], "scans"]
    assert others == [("rename", DIGEST), *zip(*named, strict=True)]


def test_what_a_killed_writer_left_is_removed_and_what_is_written_is_not(url: str, tmp_path: Path):
    """The next who opens the store finds it by its lock, which ends with its writer."""
    code = (
        "import os, sys\nfrom adminduk.plugins import open_scans\n"
        "store = open_scans(sys.argv[1])\n"
        "with store._written(b'x' * 5000):\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        incoming = tmp_path / "scans" / "incoming"
        assert open_scans(url).kept() == []
        assert len(list(incoming.iterdir())) == 1
        writer.kill()
        writer.wait()
        assert len(list(incoming.iterdir())) == 1
        open_scans(url)
        assert list(incoming.iterdir()) == []


def test_a_disk_that_fails_is_a_failure_of_the_store(url: str, monkeypatch: pytest.MonkeyPatch):
    """Nothing is kept, and nothing is left."""
    store = open_scans(url)

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailure, match="No space left"):
        store.put(FILE)
    monkeypatch.undo()
    assert (store.size(DIGEST), store.kept()) == (None, [])
    assert isinstance(store, folder.FolderScans)
    assert list(store._incoming.iterdir()) == []


SMALL_DISK = """
import sys
from random import Random
from adminduk.errors import StorageFailure
from adminduk.plugins import open_scans
from adminduk.scans.uploads import Uploads
from hashlib import sha256
from pathlib import Path
store = open_scans(f"file://{sys.argv[1]}/scans")
content, kept = Random(7).randbytes(150_000), {}
try:
    while True:
        content = sha256(content).digest() + content[32:]
        kept[store.put(content)] = content
except StorageFailure as error:
    print(error.facts["why"])
print(len(kept) > 2, all(b"".join(store.read(one)) == kept[one] for one in kept))
print(sorted(one.digest for one in store.kept()) == sorted(kept), list(store._incoming.iterdir()))
upload = Uploads(Path(sys.argv[1]) / "parts").begin(sha256(content).hexdigest(), len(content))
try:
    upload.append(content, at=0)
except StorageFailure as error:
    print(error.facts["why"])
come = upload.come
store.remove(store.kept()[0])
print(0 <= come < len(content), upload.append(content[come:], at=come) == len(content))
"""


def test_a_real_full_disk_loses_nothing(tmp_path: Path):
    """What does not fit is said and is not there; all else is, and an upload goes on after that."""
    ways = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=600k none {tmp_path}"
    possible = (
        shutil.which("unshare")
        and not subprocess.run([*ways, mount], capture_output=True, check=False).returncode
    )
    if not possible:
        pytest.skip("this system lets nobody mount a disk of their own")
    done = subprocess.run(
        [*ways, f'{mount} && exec "$@"', "sh", sys.executable, "-c", SMALL_DISK, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    full = "No space left on device"
    assert done.stdout.splitlines() == [full, "True True", "True []", full, "True True"]
