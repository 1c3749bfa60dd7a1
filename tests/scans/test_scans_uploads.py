"""A file that comes in parts goes on where it broke off, and is accepted once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import jpeg

from adminduk.errors import InvalidInput, Refused
from adminduk.ports import ScanStore
from adminduk.scans import accept
from adminduk.scans.memory import MemoryScans
from adminduk.scans.uploads import Upload, Uploads

FILE = jpeg((200, 150))
DIGEST = sha256(FILE).hexdigest()
HALF = len(FILE) // 2


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    """Give where files arrive."""
    return Uploads(tmp_path / "masuk")


@contextmanager
def refused(code: str, come: int) -> Iterator[None]:
    """Expect a refusal that says where to go on."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.code, caught.value.facts["come"]) == (code, come)
    assert str(come) in caught.value.message("id")


def begin(uploads: Uploads) -> Upload:
    """Begin, or go on."""
    return uploads.begin(DIGEST, len(FILE))


def test_a_file_comes_in_parts(uploads: Uploads):
    """And is what it would be had it come at once."""
    store = MemoryScans()
    assert begin(uploads).come == 0
    assert begin(uploads).append(FILE[:HALF], at=0) == HALF
    assert begin(uploads).come == HALF
    assert begin(uploads).append(FILE[HALF:], at=HALF) == len(FILE)
    assert begin(uploads).finish(store) == accept(MemoryScans(), FILE)
    assert len(store.kept()) == 1


def test_what_is_said_to_have_come_is_on_the_medium(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
):
    """Each part; and in the end the answer, before it has its name, and then its name."""
    begin(uploads)
    synced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink().name)
    )
    name = f"{DIGEST}-{len(FILE)}"
    begin(uploads).append(FILE[:HALF], at=0)
    assert synced == [name]
    begin(uploads).append(FILE[HALF:], at=HALF)
    assert synced == [name] * 2
    begin(uploads).finish(MemoryScans())
    assert synced[2:] == [f"{name}.new", uploads.folder.name]


def test_a_lost_answer_is_given_again(uploads: Uploads):
    """Also that to the end, and nothing is sent again for it."""
    store = MemoryScans()
    for _ in range(2):
        begin(uploads).append(FILE[:HALF], at=0)
    assert begin(uploads).come == HALF
    begin(uploads).append(FILE[HALF - 50 :], at=HALF - 50)
    scan = begin(uploads).finish(store)
    assert begin(uploads).come == len(FILE)
    assert begin(uploads).append(FILE[HALF:], at=HALF) == len(FILE)
    assert begin(uploads).finish(store) == scan
    assert [one.suffix for one in uploads.folder.iterdir()] == [".taken"]


def test_an_answer_about_what_is_kept_no_more_is_none(uploads: Uploads):
    """It is sent anew."""
    begin(uploads).append(FILE, at=0)
    begin(uploads).finish(MemoryScans())
    with refused("upload_gap", 0):
        begin(uploads).finish(MemoryScans())
    assert begin(uploads).come == 0


def test_a_gap_is_refused_with_where_to_go_on(uploads: Uploads):
    """Nothing of it is written."""
    begin(uploads).append(FILE[:10], at=0)
    with refused("upload_gap", 10):
        begin(uploads).append(FILE[20:30], at=20)
    with refused("upload_gap", 10):
        begin(uploads).finish(MemoryScans())
    assert begin(uploads).come == 10


def test_another_file_than_was_announced_is_sent_anew(uploads: Uploads):
    """Nothing of it is kept."""
    store = MemoryScans()
    begin(uploads).append(FILE[:-1] + b"\0", at=0)
    with refused("upload_differs", 0):
        begin(uploads).finish(store)
    assert begin(uploads).come == 0
    assert not store.kept()


def test_a_file_that_is_not_taken_is_forgotten(uploads: Uploads):
    """It would be refused again."""
    content = FILE + b"<script>"
    upload = uploads.begin(sha256(content).hexdigest(), len(content))
    upload.append(content, at=0)
    with pytest.raises(InvalidInput) as caught:
        upload.finish(MemoryScans())
    assert caught.value.faults[0].code == "scan_mixed"
    assert list(uploads.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("digest", "size", "code"),
    [
        ("../../etc/passwd", 5, "digest"),
        (DIGEST.upper(), 5, "digest"),
        ("", 5, "digest"),
        (DIGEST, 0, "scan_size"),
        (DIGEST, 21 * 1024 * 1024, "scan_size"),
    ],
)
def test_what_is_no_digest_and_no_size(uploads: Uploads, digest: str, size: int, code: str):
    """Nothing is begun for it."""
    with pytest.raises(InvalidInput) as caught:
        uploads.begin(digest, size)
    assert caught.value.faults[0].code == code


@pytest.mark.parametrize("at", [-1, len(FILE), len(FILE) - 5])
def test_a_part_beyond_the_file(uploads: Uploads, at: int):
    """Nobody fills the disk by a file that was said to be small."""
    with pytest.raises(InvalidInput):
        begin(uploads).append(FILE[:10], at=at)
    assert begin(uploads).come == 0


def test_what_nothing_came_to_any_more_is_forgotten(uploads: Uploads):
    """What was begun lately is left."""
    begin(uploads).append(FILE[:10], at=0)
    other = uploads.begin(sha256(b"x").hexdigest(), 1)
    other.append(b"x", at=0)
    long_ago = datetime.now(UTC) - timedelta(days=8)
    os.utime(next(uploads.folder.glob(f"{DIGEST}*")), (0, long_ago.timestamp()))
    assert uploads.forget(before=datetime.now(UTC) - timedelta(days=7)) == 1
    assert (begin(uploads).come, other.come) == (0, 1)


def test_several_at_once_send_the_same(uploads: Uploads):
    """A village that taps twice, or two windows: one file, and all have the same answer."""
    store = MemoryScans()

    def send(_: int) -> object:
        while True:
            with suppress(Refused):
                for at in range(0, len(FILE), 500):
                    begin(uploads).append(FILE[at : at + 500], at=at)
                return begin(uploads).finish(store)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(16)))) == 1
    assert len(store.kept()) == 1


@given(st.data())
def test_any_way_of_sending_ends_in_the_same(data: st.DataObject):
    """Parts of any length, from anywhere, again and again, and ends that are told too early."""
    store: ScanStore = MemoryScans()
    with TemporaryDirectory() as folder:
        uploads = Uploads(Path(folder))
        for _ in range(data.draw(st.integers(0, 12))):
            come = begin(uploads).come
            at = data.draw(st.integers(0, min(come + 3, len(FILE) - 1)))
            part = FILE[at : at + data.draw(st.integers(0, len(FILE)))]
            if at > come:
                with refused("upload_gap", come):
                    begin(uploads).append(part, at=at)
            else:
                assert begin(uploads).append(part, at=at) == max(come, at + len(part))
            if begin(uploads).come < len(FILE):
                with refused("upload_gap", begin(uploads).come):
                    begin(uploads).finish(store)
        begin(uploads).append(FILE[begin(uploads).come :], at=begin(uploads).come)
        assert begin(uploads).finish(store) == accept(MemoryScans(), FILE)
