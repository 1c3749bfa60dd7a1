"""A backup of a SQLite store: one moment, whole or not there, never in the way of who writes."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from stored_format import KEPT

from adminduk.errors import AdmindukError, Refused, StorageFailure
from adminduk.office.backups import back_up, restore
from adminduk.plugins import open_backups, open_storage
from adminduk.ports import Storage
from adminduk.storage import connection, schema
from adminduk.testing.kits.base import everything
from adminduk.testing.rows import OFFICE, batch, claim, entry, write


def fine(storage: Storage) -> None:
    """Accept any copy."""
    assert storage.offices()


def silent(_: int) -> None:
    """Tell nobody."""


def filled(storage: Storage, first: int, last: int) -> None:
    """Commit some records, each with an entry and a claim."""
    for number in range(first, last):
        one = str(number)
        storage.commit(
            OFFICE,
            batch(
                write(one, body=b"x" * 9000),
                entries=(entry(one),),
                take=(claim(one, one),),
            ),
        )


def code_of(call: Callable[[], object]) -> str:
    """Make a call that must be refused; give the code, with the reason of the medium."""
    with pytest.raises(AdmindukError) as caught:
        call()
    return " ".join(filter(None, (caught.value.code, caught.value.facts.get("reason"))))


def kept_url(folder: Path) -> str:
    """Give the URL of a copy of the kept store, which is sound."""
    (folder / "office.db").write_bytes(KEPT.read_bytes())
    return f"sqlite:///{folder / 'office.db'}"


def names(folder: Path) -> list[str]:
    """Give what is in a folder."""
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_is_one_moment_while_others_write(sqlite: Storage, file_url: str, tmp_path: Path):
    """Commits between its steps neither wait for it nor are in it; the copy ends all the same."""
    filled(sqlite, 0, 500)
    before = everything(sqlite)
    told: list[int] = []

    def work_on(percent: int) -> None:
        if len(told) < 20:
            filled(sqlite, 1000 + len(told), 1001 + len(told))
        told.append(percent)

    open_backups(file_url).back_up(tmp_path / "b.db", fine, work_on)
    assert told == sorted(told)
    assert len(told) > 2, "it was copied in one step"
    assert told[-1] == 100
    copy = open_storage(f"sqlite:///{tmp_path / 'b.db'}")
    assert everything(copy) == before
    copy.close()
    assert len(sqlite.find(OFFICE, limit=1000)[0]) == 500 + min(len(told), 20)


def test_a_backup_is_one_file(sqlite: Storage, file_url: str, tmp_path: Path):
    """What is only in the log is in it, and nothing lies beside it."""
    filled(sqlite, 0, 3)
    (tmp_path / "to").mkdir()
    open_backups(file_url).back_up(tmp_path / "to" / "b.db", fine, silent)
    assert names(tmp_path / "to") == ["b.db"]
    raw = apsw.Connection(f"file:{tmp_path}/to/b.db?immutable=1", flags=0x41)
    assert raw.execute("select count(*) from records").fetchall() == [(3,)]
    raw.close()
    assert (tmp_path / "to" / "b.db").read_bytes()[18:20] == b"\1\1", "it is to have a log"


def test_it_is_on_the_medium_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The file is synced, then named, then its folder is synced."""
    url = kept_url(tmp_path)
    done: list[str] = []
    sync, link = os.fsync, os.link

    def note_sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def note_link(this: Path, that: Path) -> None:
        done.append("name")
        link(this, that)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "link", note_link)
    back_up(url, tmp_path / "b.db")
    assert done[-3:] == ["file", "name", "folder"]


def test_what_a_check_refuses_leaves_nothing(tmp_path: Path):
    """Neither a backup nor a store, nor anything beside them."""
    url = kept_url(tmp_path)
    before = names(tmp_path)

    def refuse(storage: Storage) -> None:
        raise Refused("no", "No.", offices=list(storage.offices()))

    backups = open_backups(url)
    assert code_of(lambda: backups.back_up(tmp_path / "b.db", refuse, silent)) == "no"
    away = open_backups(f"sqlite:///{tmp_path / 'away.db'}")
    assert code_of(lambda: away.restore(tmp_path / "office.db", refuse, silent)) == "no"
    assert names(tmp_path) == before


def test_the_copy_that_is_checked_cannot_be_written(tmp_path: Path):
    """A check changes nothing."""
    url = kept_url(tmp_path)

    def change(storage: Storage) -> None:
        storage.add_office("35.22", b"")

    backups = open_backups(url)
    done = code_of(lambda: backups.back_up(tmp_path / "b.db", change, silent))
    assert done == "storage_failure read_only"


KILLED = """
import os, sys
from pathlib import Path
from adminduk.plugins import open_backups
def kill(_):
    os.kill(os.getpid(), 9)
check, progress = (kill, print) if sys.argv[3] == "checked" else (print, kill)
open_backups(sys.argv[1]).back_up(Path(sys.argv[2]), check, progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("when", ["copied", "checked"])
def test_a_backup_that_is_killed_is_in_nobodys_way(tmp_path: Path, when: str):
    """While it is copied or checked: what is left has not its name, and the next one is made."""
    url = kept_url(tmp_path)
    there = tmp_path / "to"
    there.mkdir()
    file = there / "b.db"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(file), when],
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == -9
    left = names(there)
    assert left
    assert all(re.fullmatch(r"b\.db\.[0-9a-f]{32}\.part(-wal|-shm|-journal)?", one) for one in left)
    assert list(back_up(url, file)) == [OFFICE]
    assert names(there) == sorted(["b.db", *left])


@pytest.mark.parametrize("beside", ["", "-wal", "-shm", "-journal"])
def test_a_place_that_is_taken_is_left_as_it_is(tmp_path: Path, beside: str):
    """Nor is anything put where a log was left that would be read as a part of it."""
    url = kept_url(tmp_path)
    taken = tmp_path / f"b.db{beside}"
    taken.write_bytes(b"theirs")
    before = names(tmp_path)
    assert code_of(lambda: back_up(url, tmp_path / "b.db")) == "place_taken"
    there = f"sqlite:///{tmp_path / 'b.db'}"
    assert code_of(lambda: restore(there, tmp_path / "office.db")) == "place_taken"
    assert taken.read_bytes() == b"theirs"
    assert names(tmp_path) == before


@pytest.mark.parametrize("links", [True, False])
def test_a_place_that_is_taken_meanwhile_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
):
    """Somebody made an office there while it was copied."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    url = kept_url(tmp_path)
    place = tmp_path / "b.db"

    def be_quicker(_: Storage) -> None:
        place.write_bytes(b"theirs")

    backups = open_backups(url)
    assert code_of(lambda: backups.back_up(place, be_quicker, silent)) == "place_taken"
    assert place.read_bytes() == b"theirs"
    assert names(tmp_path) == ["b.db", "office.db"]


def no_links(this: Path, that: Path) -> None:
    """Fail as a medium does that has no links."""
    raise PermissionError(1, "Operation not permitted", str(this), None, str(that))


def test_a_medium_without_links_takes_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As many that are carried in a pocket."""
    monkeypatch.setattr(os, "link", no_links)
    url = kept_url(tmp_path)
    assert list(back_up(url, tmp_path / "b.db")) == [OFFICE]
    assert names(tmp_path) == ["b.db", "office.db"]


def test_a_store_in_use_is_not_taken_for_a_backup(tmp_path: Path):
    """What is in its log would be lost; it says to make a backup."""
    url = kept_url(tmp_path)
    storage = open_storage(url)
    storage.add_office("35.22", b"")
    away = f"sqlite:///{tmp_path / 'away.db'}"
    assert code_of(lambda: restore(away, tmp_path / "office.db")) == "not_a_backup"
    assert not (tmp_path / "away.db").exists()
    storage.close()


def _newer(file: Path) -> None:
    with apsw.Connection(str(file)) as raw:
        raw.pragma("user_version", len(schema.MIGRATIONS) + 1)
    raw.close()


def _foreign(file: Path) -> None:
    file.unlink()
    with apsw.Connection(str(file)) as raw:
        raw.execute("create table theirs (x)")
    raw.close()


def _tampered(file: Path) -> None:
    with apsw.Connection(str(file)) as raw:
        raw.execute("update records set state = 'lost' where kind = 'copy'")
    raw.close()


def _index_lost(file: Path) -> None:
    with apsw.Connection(str(file)) as raw:
        raw.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        raw.execute("delete from record_keys")
        raw.pragma("writable_schema", 1)
        raw.execute("update sqlite_schema set rootpage = 2 where name = 'records_by_state'")
    raw.close()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda file: file.unlink(), "storage_failure cannot_open"),
    "empty": (lambda file: file.write_bytes(b""), "nothing_to_copy"),
    "a letter": (
        lambda file: file.write_bytes(b"Surat" * 999),
        "storage_failure not_a_database",
    ),
    "cut off": (lambda file: os.truncate(file, 50_000), "storage_failure corrupt"),
    "newer": (_newer, "storage_failure newer"),
    "of another program": (_foreign, "storage_failure foreign"),
    "tampered with": (_tampered, "not_sound"),
    "an index that is none": (_index_lost, "storage_failure corrupt"),
}


@pytest.mark.parametrize(("spoil", "code"), BAD.values(), ids=BAD)
def test_what_is_not_sound_is_not_restored(
    tmp_path: Path, spoil: Callable[[Path], object], code: str
):
    """Nothing is left at the place, and the backup is left as it is."""
    file = tmp_path / "office.db"
    kept_url(tmp_path)
    spoil(file)
    for one in ("-wal", "-shm"):
        Path(f"{file}{one}").unlink(missing_ok=True)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    assert code_of(lambda: restore(f"sqlite:///{tmp_path / 'away.db'}", file)) == code
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The backup itself stays as it is."""
    kept_url(tmp_path)
    file = tmp_path / "office.db"
    monkeypatch.setattr(connection, "MIGRATIONS", (*schema.MIGRATIONS, "create table more (x)"))
    restore(f"sqlite:///{tmp_path / 'away.db'}", file)
    assert file.read_bytes() == KEPT.read_bytes()
    raw = apsw.Connection(str(tmp_path / "away.db"))
    assert raw.pragma("user_version") == len(schema.MIGRATIONS) + 1
    raw.close()


def test_a_store_that_is_not_there_has_no_backup(tmp_path: Path):
    """And none is made by asking."""
    url = f"sqlite:///{tmp_path / 'mistyped.db'}"
    assert code_of(lambda: back_up(url, tmp_path / "b.db")) == "storage_failure cannot_open"
    assert names(tmp_path) == []


def test_what_the_folder_does_not_take_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A medium that fails to sync is a failure of the place."""
    url = kept_url(tmp_path)

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageFailure) as caught:
        back_up(url, tmp_path / "b.db")
    assert (caught.value.facts["url"], caught.value.facts["reason"]) == (
        str(tmp_path / "b.db"),
        "io",
    )
    assert names(tmp_path) == ["office.db"]


SMALL_DISK = """
import sys
from pathlib import Path
from adminduk.errors import StorageFailure
from adminduk.office.backups import back_up
from adminduk.plugins import open_storage
from adminduk.testing.rows import OFFICE, batch, entry, write
disk, url = Path(sys.argv[1]), sys.argv[2]
def reason(call):
    try:
        call()
    except StorageFailure as failure:
        return failure.facts["reason"]
(disk / "rest").write_bytes(b"x" * 300_000)
print(reason(lambda: back_up(url, disk / "b.db")), [one.name for one in disk.iterdir()])
(disk / "rest").unlink()
storage = open_storage(f"sqlite:///{disk}/office.db")
storage.add_office(OFFICE, b"")
done = 0
def fill():
    global done
    while True:
        one = str(done + 1)
        storage.commit(OFFICE, batch(write(one, body=b"x" * 9000), entries=(entry(one),)))
        done += 1
print(reason(fill), done > 3)
rows, _ = storage.find(OFFICE, limit=1000)
print(len(rows) == len(storage.journal(OFFICE)) == done)
storage.close()
print(len(storage.find(OFFICE, limit=1000)[0]) == done)
"""


@contextmanager
def small_disk(folder: Path, script: str, *arguments: str) -> Iterator[str]:
    """Run a script with a disk of 400 KiB mounted at a folder for it alone; give what it says."""
    mount = f"mount -t tmpfs -o size=400k none {folder}"
    ways = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    try:
        possible = subprocess.run([*ways, mount], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        possible = False
    if not possible:
        pytest.skip("this system lets nobody mount a disk of their own")
    done = subprocess.run(
        [*ways, mount + ' && exec "$@"', "sh", sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    yield done.stdout


def test_a_real_full_disk_leaves_no_half_backup_and_no_half_commit(tmp_path: Path):
    """What does not fit is said, and is not there; the store goes on with what was committed."""
    url = kept_url(tmp_path)
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, SMALL_DISK, str(disk), url) as said:
        assert said.splitlines() == ["full ['rest']", "full True", "True", "True"]
