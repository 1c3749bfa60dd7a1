"""The file of the SQLite storage: what it is, and what is said when it cannot be used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import apsw
import pytest

from adminduk.errors import InvalidInput, StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.storage import connection as module
from adminduk.storage import schema
from adminduk.testing.rows import OFFICE, batch, entry, write


def file_of(url: str) -> Path:
    """Give the file of a URL."""
    return Path(url.removeprefix("sqlite:///"))


def fails(url: str) -> str:
    """Open a storage that cannot be opened; give the reason."""
    with pytest.raises(StorageFailure) as caught:
        open_storage(url)
    assert caught.value.facts["url"] == url
    return str(caught.value.facts["reason"])


def test_a_file_is_durable_and_says_whose_it_is(sqlite: Storage, file_url: str):
    """Write-ahead log, every commit synced, our id and version in its head."""
    with sqlite._database.reading() as cursor:
        ours = {
            name: cursor.connection.pragma(name)
            for name in ("journal_mode", "synchronous", "application_id", "user_version")
        }
    assert ours == {
        "journal_mode": "wal",
        "synchronous": 2,
        "application_id": schema.APPLICATION_ID,
        "user_version": len(schema.MIGRATIONS),
    }
    head = file_of(file_url).read_bytes()
    assert int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID


def test_a_relative_url_is_of_the_folder_it_was_opened_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Changing the folder later does not change the file."""
    monkeypatch.chdir(tmp_path)
    storage = open_storage("sqlite:///office.db")
    storage.add_office(OFFICE, b"")
    storage.close()
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert list(storage.offices()) == [OFFICE]
    storage.close()
    assert list((tmp_path / "other").iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:",
        "sqlite://",
        "sqlite:///",
        "sqlite://host/a.db",
        "sqlite:///:memory:",
        "sqlite:///a\0b",
        "sqlite:a.db",
    ],
)
def test_a_url_without_a_file_is_refused(url: str):
    """It is bad input, said with its path."""
    with pytest.raises(InvalidInput) as caught:
        open_storage(url)
    assert [(one.path, one.code) for one in caught.value.faults] == [("url", "sqlite_url")]


def test_a_file_of_a_newer_version_is_left_as_it_is(file_url: str):
    """Only a newer library knows what is in it."""
    open_storage(file_url).add_office("35.23", b"{}")
    with apsw.Connection(str(file_of(file_url))) as raw:
        raw.pragma("user_version", len(schema.MIGRATIONS) + 1)
    raw.close()
    before = file_of(file_url).read_bytes()
    assert fails(file_url) == "newer"
    assert file_of(file_url).read_bytes() == before


@pytest.mark.parametrize("wal", [False, True])
@pytest.mark.parametrize("marked", [False, True])
def test_a_database_of_another_program_is_left_as_it_is(file_url: str, wal: bool, marked: bool):
    """With tables, an id or a version that are not ours, whatever its journal."""
    raw = apsw.Connection(str(file_of(file_url)))
    if wal:
        raw.pragma("journal_mode", "wal")
        raw.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    if marked:
        raw.pragma("application_id", 77)
    raw.execute("create table theirs (x)")
    raw.close()
    before = file_of(file_url).read_bytes()
    assert fails(file_url) == "foreign"
    assert file_of(file_url).read_bytes() == before


def test_what_is_not_a_database_is_left_as_it_is(file_url: str):
    """A letter is not a store."""
    file_of(file_url).write_bytes(b"Dengan hormat, " * 100)
    assert fails(file_url) == "not_a_database"
    assert file_of(file_url).read_bytes() == b"Dengan hormat, " * 100


def test_an_empty_file_becomes_a_store(file_url: str):
    """As a new one does."""
    file_of(file_url).touch()
    storage = open_storage(file_url)
    assert dict(storage.offices()) == {}
    storage.close()


def test_a_damaged_file_is_said_to_be_damaged(sqlite: Storage, file_url: str):
    """What can be read is not made up."""
    sqlite.commit(OFFICE, batch(*(write(str(one), body=b"x" * 3000) for one in range(50))))
    sqlite.close()
    whole = file_of(file_url).read_bytes()
    file_of(file_url).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StorageFailure) as caught:
        sqlite.find(OFFICE)
    assert caught.value.facts["reason"] == "corrupt"


def test_a_missing_folder_and_a_folder_cannot_be_opened(tmp_path: Path):
    """No folder is made, none is taken for a file."""
    assert fails(f"sqlite:///{tmp_path / 'no' / 'office.db'}") == "cannot_open"
    assert fails(f"sqlite:///{tmp_path}") == "cannot_open"
    assert list(tmp_path.iterdir()) == []


READ_ONLY = """
import os, sys
from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Batch
open_storage("sqlite:///" + sys.argv[1] + "/warm.db").add_office("35.23", b"")
os.remove(sys.argv[1] + "/warm.db")
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may write anything
def reason(call):
    try:
        call()
    except StorageFailure as failure:
        return failure.facts["reason"]
os.chdir(sys.argv[1])
print(reason(lambda: open_storage("sqlite:///closed/new.db")))
file = open_storage("sqlite:///open/read.db")
print(*file.offices(), reason(lambda: file.commit("35.23", Batch("2021"))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_what_may_not_be_written_is_read_and_not_written():
    """In a read-only folder no store is made; a read-only file is read, a commit fails."""
    with tempfile.TemporaryDirectory() as name:  # not below a folder that is ours alone
        folder = Path(name)
        (folder / "closed").mkdir()
        (folder / "open").mkdir()
        storage = open_storage(f"sqlite:///{folder}/open/read.db")
        storage.add_office(OFFICE, b"")
        storage.close()
        folder.chmod(0o755)
        (folder / "closed").chmod(0o555)
        (folder / "open").chmod(0o777)
        (folder / "open" / "read.db").chmod(0o444)
        answer = subprocess.run(
            [sys.executable, "-c", READ_ONLY, name],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    assert answer.stdout.split() == ["cannot_open", OFFICE, "read_only"]


def test_a_file_that_stays_locked_is_said_to_be_busy(
    sqlite: Storage, file_url: str, monkeypatch: pytest.MonkeyPatch
):
    """Waiting ends; nothing was written."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    sqlite.close()
    raw = apsw.Connection(str(file_of(file_url)))
    raw.execute("begin immediate")
    with pytest.raises(StorageFailure) as caught:
        sqlite.commit(OFFICE, batch(write()))
    assert caught.value.facts["reason"] == "busy"
    assert sqlite.find(OFFICE) == ([], None), "reading does not wait for a writer"
    raw.execute("rollback")
    raw.close()
    sqlite.commit(OFFICE, batch(write()))
    assert len(sqlite.find(OFFICE)[0]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is interrupted in this way there")
def test_an_interrupt_while_it_waits_leaves_no_transaction_open(sqlite: Storage, file_url: str):
    """Neither this process nor another is kept from writing afterwards."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored
    raw = apsw.Connection(str(file_of(file_url)))
    raw.execute("begin immediate")
    free = threading.Timer(0.6, raw.execute, ["rollback"])
    interrupt = threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT])
    for timer in (free, interrupt):
        timer.start()
    with pytest.raises(KeyboardInterrupt):
        sqlite.commit(OFFICE, batch(write()))
    signal.signal(signal.SIGINT, before)
    free.join()
    raw.execute("begin immediate")
    raw.execute("rollback")
    raw.close()
    assert sqlite.find(OFFICE) == ([], None)
    assert sqlite.commit(OFFICE, batch(write(), entries=(entry(),))) == 1


def test_what_is_asked_may_itself_be_read_there(sqlite: Storage):
    """It is known before the store is read."""
    sqlite.commit(OFFICE, batch(write("A"), write("B")))
    asked = (sqlite.find(OFFICE, limit=2)[0][number].ref for number in (0, 1))
    assert {key for _, key in sqlite.load(OFFICE, asked)} == {"A", "B"}


def test_a_full_disk_undoes_the_commit(sqlite: Storage):
    """What does not fit is not written at all, and the store goes on."""
    with sqlite._database.reading() as cursor:
        pages = cursor.connection.pragma("page_count")
        cursor.connection.pragma("max_page_count", pages + 1)
    with pytest.raises(StorageFailure) as caught:
        sqlite.commit(OFFICE, batch(write(body=b"x" * 50_000), entries=(entry(),)))
    assert caught.value.facts["reason"] == "full"
    assert sqlite.find(OFFICE) == ([], None)
    assert sqlite.commit(OFFICE, batch(write(), entries=(entry(),))) == 1


def test_a_fault_of_ours_is_not_taken_for_one_of_the_medium(sqlite: Storage):
    """A text where a number belongs is a programming error, and is undone too."""
    with pytest.raises(apsw.ConstraintError):
        sqlite.commit(OFFICE, batch(write("A"), write("B", due=None)))
    assert sqlite.find(OFFICE) == ([], None)


class TestMigrations:
    """A file of an older version is brought to this one, in one transaction."""

    def test_only_the_scripts_that_are_missing_are_run(
        self, file_url: str, monkeypatch: pytest.MonkeyPatch
    ):
        """In order, once, keeping what is stored."""
        storage = open_storage(file_url)
        storage.add_office(OFFICE, b"")
        storage.close()
        more = ("create table a (x); insert into a values (1)", "insert into a select x + 1 from a")
        monkeypatch.setattr(module, "MIGRATIONS", (*schema.MIGRATIONS, *more))
        storage.close()
        assert list(storage.offices()) == [OFFICE]
        storage.close()
        with storage._database.reading() as cursor:
            assert cursor.execute("select x from a").fetchall() == [(1,), (2,)]
            assert cursor.connection.pragma("user_version") == len(schema.MIGRATIONS) + 2
        storage.close()

    def test_a_migration_that_fails_changes_nothing(
        self, file_url: str, monkeypatch: pytest.MonkeyPatch
    ):
        """The file is still of the older version and opens with the older library."""
        open_storage(file_url).add_office("35.23", b"{}")
        broken = ("create table a (x)", "insert into nowhere values (1)")
        with monkeypatch.context() as patch:
            patch.setattr(module, "MIGRATIONS", (*schema.MIGRATIONS, *broken))
            with pytest.raises(apsw.SQLError):
                open_storage(file_url)
        storage = open_storage(file_url)
        with storage._database.reading() as cursor:
            tables = cursor.execute("select 1 from sqlite_schema where name = 'a'").fetchall()
        assert tables == []
        storage.close()
