"""A store of S3 that is away, slow, full of errors, or another than was said; and its writers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest

from adminduk.errors import AdmindukError, InvalidInput, Refused, StorageFailure
from adminduk.plugins import open_scans
from adminduk.testing.conformance import conform_scans
from adminduk_fsspec.address import Address
from adminduk_fsspec.store import RemoteScans
from fsspec_servers import BUCKET, KEY, SECRET, Line, answering, cutting, s3_url, told

FILE = bytes(range(256)) * 4000
DIGEST = sha256(FILE).hexdigest()


@pytest.fixture
def store(server: str, place: str) -> RemoteScans:
    """Give a store by a line that never fails."""
    return RemoteScans(Address.read(s3_url(server, place)))


@pytest.fixture
def line(server: str) -> Iterator[Line]:
    """Give a line to the server."""
    line = Line(server)
    yield line
    line.close()


@pytest.fixture
def by_line(line: Line, place: str, store: RemoteScans) -> RemoteScans:
    """Give the same store by the line; it waits a second."""
    del store  # it has made the place
    address = Address.read(s3_url(line.address, place, seconds=1))
    for _ in range(9):
        with suppress(StorageFailure):  # a busy machine may need longer for the first answer
            return RemoteScans(address)
    return RemoteScans(address)


def failure(call: Callable[[], object]) -> StorageFailure:
    """Give how a call fails: soon, and without telling a secret."""
    began = time.monotonic()
    with pytest.raises(StorageFailure) as caught:
        call()
    assert time.monotonic() - began < 6
    shown = "".join(traceback.format_exception(caught.value))
    assert SECRET not in shown
    assert KEY not in shown
    return caught.value


def test_a_server_that_is_away():
    """That is said when it is opened."""
    error = failure(lambda: open_scans(s3_url("127.0.0.1:1", f"{BUCKET}/x", seconds=1)))
    assert error.facts["reason"] in {"unreachable", "slow"}
    assert error.facts["url"] == f"s3://{BUCKET}/x"


def test_a_server_that_goes_away(by_line: RemoteScans, line: Line):
    """Nothing is said to be there or not to be; it is used again when it is back."""
    digest = by_line.put(b"berkas")
    line.manner = lambda _come, _answer: False
    for call in (lambda: by_line.size(digest), lambda: by_line.read(digest), by_line.kept):
        assert failure(call).facts["reason"] in {"unreachable", "slow"}
    line.manner = lambda _come, _answer: True
    assert by_line.size(digest) == 6


def test_a_server_that_does_not_answer(by_line: RemoteScans, line: Line):
    """It is waited for so long, and no longer."""
    line.manner = lambda _come, _answer: bool(time.sleep(2))
    assert failure(lambda: by_line.put(FILE)).facts["reason"] == "slow"


def test_a_line_that_is_cut_in_the_middle_of_a_put(
    by_line: RemoteScans, line: Line, store: RemoteScans
):
    """Nothing is kept, and nothing is said to be."""
    line.manner = cutting(after=500_000)
    failure(lambda: by_line.put(FILE))
    assert (store.size(DIGEST), store.kept()) == (None, [])
    line.manner = lambda _come, _answer: True
    assert by_line.put(FILE) == DIGEST
    assert b"".join(store.read(DIGEST)) == FILE


def test_an_answer_that_is_lost(by_line: RemoteScans, line: Line, store: RemoteScans):
    """The file may be kept then; it is whole, and kept once, however often it is put again."""
    by_line.kept()
    line.ends_answers = True
    failure(lambda: by_line.put(FILE))
    line.ends_answers = False
    assert by_line.put(FILE) == DIGEST
    assert [one.digest for one in store.kept()] == [DIGEST]
    assert b"".join(store.read(DIGEST)) == FILE


@pytest.mark.parametrize(
    ("status", "code", "reasons"),
    [
        (500, "InternalError", {"unreachable", "slow"}),
        (503, "SlowDown", {"unreachable", "slow"}),
        (403, "AccessDenied", {"not_allowed"}),
        (403, "SignatureDoesNotMatch", {"not_allowed"}),
        (404, "NoSuchBucket", {"missing"}),
    ],
)
def test_what_a_server_answers(
    by_line: RemoteScans, line: Line, status: int, code: str, reasons: set[str]
):
    """Its words are not passed on: they may quote a key."""
    line.manner = answering(status, code)
    assert failure(lambda: by_line.put(FILE)).facts["reason"] in reasons


def test_a_bucket_that_is_not_there(server: str):
    """It is not made: its name may be a slip."""
    assert failure(lambda: open_scans(s3_url(server, "tidak-ada/x"))).facts["reason"] == "missing"


def test_a_bucket_that_is_removed(server: str):
    """What was in it is not said to be none."""
    told(server, "PUT", "/sementara")
    store = RemoteScans(Address.read(s3_url(server, "sementara/x")))
    store._ask("_rm_file", "adminduk-scans.txt")
    told(server, "DELETE", "/sementara")
    for call in (lambda: store.size(DIGEST), store.kept, lambda: store.put(FILE)):
        assert failure(call).facts["reason"] == "missing"


def test_a_writer_that_is_killed_in_the_middle_of_a_put(line: Line, place: str, store: RemoteScans):
    """Leaves nothing."""
    url = s3_url(line.address, place)
    half_sent = threading.Event()
    cut = cutting(after=500_000)

    def hold(come: bytes, answer: Callable[[bytes], None]) -> bool:
        if cut(come, answer):
            return True
        half_sent.set()
        time.sleep(3)
        return False

    line.manner = hold
    code = (
        "import sys; from adminduk.plugins import open_scans;"
        "open_scans(sys.argv[1]).put(bytes(2_000_000))"
    )
    with subprocess.Popen([sys.executable, "-c", code, url], env=os.environ) as writer:
        assert half_sent.wait(20)
        writer.kill()
    assert store.kept() == []


def test_two_who_put_the_same_at_once(
    server: str, place: str, store: RemoteScans, monkeypatch: pytest.MonkeyPatch
):
    """Neither takes away what the other relies on, in whatever order they come."""
    other = RemoteScans(Address.read(s3_url(server, place)))
    store.put(FILE)
    write = store._write

    def interrupted(path: str, content: bytes) -> None:
        other.put(FILE)
        write(path, content)
        other.put(FILE)

    monkeypatch.setattr(store, "_write", interrupted)
    store.put(FILE)
    assert b"".join(store.read(DIGEST)) == FILE
    assert [one.digest for one in other.kept()] == [DIGEST]


def test_what_is_put_between_the_look_and_the_removal(
    server: str, place: str, store: RemoteScans, monkeypatch: pytest.MonkeyPatch
):
    """Is another copy than the one that is removed."""
    other = RemoteScans(Address.read(s3_url(server, place)))
    store.put(FILE)
    (listed,) = store.kept()
    remove = store._remove

    def interrupted(digest: str, names: list[str]) -> None:
        other.put(FILE)
        remove(digest, names)

    monkeypatch.setattr(store, "_remove", interrupted)
    store.remove(listed)
    assert b"".join(store.read(DIGEST)) == FILE


def test_what_is_put_again_while_it_is_read(store: RemoteScans, monkeypatch: pytest.MonkeyPatch):
    """The reader takes the new copy."""
    store.put(FILE)
    copies, again = store._copies, iter([True, False])

    def replaced(digest: str) -> dict[str, dict[str, Any]]:
        found = copies(digest)
        if next(again):
            monkeypatch.undo()
            store.put(FILE)
            monkeypatch.setattr(store, "_copies", replaced)
        return found

    monkeypatch.setattr(store, "_copies", replaced)
    assert b"".join(store.read(DIGEST)) == FILE


def test_what_is_listed_and_never_there(store: RemoteScans, monkeypatch: pytest.MonkeyPatch):
    """A store that does not agree with itself is a failure, not a file that is not there."""
    monkeypatch.setattr(store, "_copies", lambda digest: {f"{digest}.3.{'0' * 32}": {"size": 3}})
    assert failure(lambda: store.read(DIGEST)).facts["reason"] == "changing"


def test_what_cannot_be_removed_is_kept_all_the_same(by_line: RemoteScans, line: Line):
    """A bucket may forbid it: the file is kept, with one copy too many."""
    by_line.put(FILE)

    def forbid(come: bytes, answer: Callable[[bytes], None]) -> bool:
        if come.startswith(b"DELETE"):
            return answering(403, "AccessDenied")(come, answer)
        return True

    line.manner = forbid
    assert by_line.put(FILE) == DIGEST
    (listed,) = by_line.kept()
    assert failure(lambda: by_line.remove(listed)).facts["reason"] == "not_allowed"
    line.manner = lambda _come, _answer: True
    assert by_line.remove(listed)
    assert by_line.kept() == []


def test_a_file_of_nothing(store: RemoteScans):
    """Is a file, too."""
    assert b"".join(store.read(store.put(b""))) == b""


@pytest.mark.parametrize(
    "url",
    [
        "s3:",
        "s3://",
        "s3:///x",
        "s3:scans",
        f"s3://{KEY}:{SECRET}@scans/x",
        f"s3://scans/x?seconds={SECRET}",
        "s3://scans/x?seconds=0",
        "s3://scans/x?seconds=inf",
        "s3://scans/x?seconds=nan",
        "s3://scans/x#y",
        "s3://[scans/x",
        "s3://scans/\0",
        "s3://scans/\ud800",
        "sftp:///x",
    ],
)
def test_what_is_no_url_of_a_place(url: str):
    """It is said without what was written, which may be a password."""
    with pytest.raises(InvalidInput) as caught:
        open_scans(url)
    assert caught.value.faults[0].code == "scans_url"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_an_option_that_nobody_knows(server: str):
    """A slip would else send scans to where nobody meant."""
    url = s3_url(server, f"{BUCKET}/x") + "&endpoit=1"
    assert failure(lambda: open_scans(url)).facts["reason"] == "options"


def test_no_secret_is_shown(store: RemoteScans):
    """Neither of a store nor of its address."""
    address = Address.read(f"sftp://desa:{SECRET}@server:22/pindaian/?known_hosts=/x&key={KEY}")
    assert address.shown == "sftp://desa@server:22/pindaian"
    assert not {SECRET, KEY} & set(repr(address).replace("'", " ").split())
    assert SECRET not in repr(address) + repr(store) + repr(vars(store)["_address"])


@pytest.mark.parametrize("scheme", ["az", "gs", "s3", "sftp"])
def test_what_speaks_to_a_store_is_not_installed(scheme: str, monkeypatch: pytest.MonkeyPatch):
    """It is said what to install."""
    for module in ("adlfs", "gcsfs", "s3fs", "sshfs"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Refused) as caught:
        open_scans(f"{scheme}://scans/x")
    assert caught.value.code == "no_scan_store"
    assert "adminduk-fsspec[" in caught.value.facts["instead"][0]


def test_conformance_takes_its_url(server: str):
    """As `adminduk conformance --scans` does."""
    template = s3_url(server, BUCKET + "/{n}")
    findings = conform_scans(template, names=["test_the_same_file_is_kept_once"])
    assert [one.outcome for one in findings] == ["passed"]
    with pytest.raises(AdmindukError):
        conform_scans(s3_url(server, f"{BUCKET}/satu"))
