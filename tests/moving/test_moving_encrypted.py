"""Encrypted offices move with their wrapped keys; who was erased stays so."""

from __future__ import annotations

from pathlib import Path

import pytest
from moved_offices import OFFICE, holds

from adminduk import Office
from adminduk.envelope import ClosedKeyring
from adminduk.errors import Refused
from adminduk.masters.local import make_master
from adminduk.office.backups import back_up, restore
from adminduk.office.moving import bring_in, take_out
from adminduk.office.moving.bringing import bring_into
from adminduk.office.moving.taking import take_out_of
from adminduk.plugins import open_master, open_storage
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.day import orders


@pytest.fixture
def master(tmp_path: Path) -> str:
    """Give the URL of a master."""
    make_master(tmp_path / "master.key")
    return (tmp_path / "master.key").as_uri()


@pytest.fixture
def url(tmp_path: Path, master: str) -> str:
    """Give the URL of an encrypted office, of which the first case was erased."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    with Office.open(url, OFFICE, master=master) as office:
        for one in orders(4, seed=4):
            assert one.by is not None
            office.do(one.command, by=one.by)
        assert office._keyring.destroy(erased(office))
    return url


def erased(office: Office) -> str:
    """Give the case that was erased."""
    return min(row.id for row in office._shelf.rows(kind="application"))


def check(url: str, master: str) -> None:
    """See that the office is there with its people, but for who was erased."""
    with Office.open(url, master=master) as office:
        assert office.verify().clean
        gone = erased(office)
        cases = {one.key: one for one in office._shelf.records(kind="application")}
        assert len(cases) > 1
        assert {key for key, one in cases.items() if one.personal is None} == {gone}  # type: ignore[union-attr]
        assert office.storage.keys_of(OFFICE, [gone]) == {gone: b""}
        assert not office._keyring.destroy(gone)
        assert len(office.storage.keys(OFFICE)) == len(cases) + 1


@pytest.mark.parametrize("with_master", [True, False])
def test_by_an_export(url: str, master: str, tmp_path: Path, with_master: bool):
    """Verified with the master, and without it."""
    file, there = tmp_path / "office.jsonl", f"sqlite:///{tmp_path / 'there.db'}"
    opened = open_master(master) if with_master else None
    contents = take_out(url, file, master=opened)
    assert contents.offices[OFFICE].keys == 5
    assert bring_in(there, file, master=opened) == contents
    check(there, master)
    first, second = (open_storage(one) for one in (url, there))
    assert holds(first) == holds(second)
    for one in (first, second):
        one.close()
    assert bring_in(there, file, master=opened) == contents, "all is there already"


@pytest.mark.parametrize("with_master", [True, False])
def test_by_a_backup(url: str, master: str, tmp_path: Path, with_master: bool):
    """Likewise."""
    file, there = tmp_path / "backup.db", f"sqlite:///{tmp_path / 'there.db'}"
    opened = open_master(master) if with_master else None
    assert back_up(url, file, master=opened) == restore(there, file, master=opened)
    check(there, master)


def test_with_another_master(url: str, tmp_path: Path):
    """Nothing is written: what was said to open it does not."""
    make_master(tmp_path / "other.key")
    other = open_master((tmp_path / "other.key").as_uri())
    for write in (take_out, back_up):
        with pytest.raises(Refused) as caught:
            write(url, tmp_path / "file", master=other)
        assert caught.value.code == "other_master"
        assert not (tmp_path / "file").exists()


def test_with_open_offices_beside_it(url: str, master: str, tmp_path: Path):
    """The master is for those that have use of it."""
    Office.init(url, "35.24").close()
    file = tmp_path / "both.jsonl"
    contents = take_out(url, file, master=open_master(master))
    assert [one.keys for one in contents.offices.values()] == [5, 0]


def test_an_office_in_which_nothing_happened(master: str, tmp_path: Path):
    """Has a key already, and is the same afterwards."""
    url, file = f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new.jsonl"
    Office.init(url, OFFICE, master=master).close()
    take_out(url, file)
    there = f"sqlite:///{tmp_path / 'there.db'}"
    for _ in range(2):
        bring_in(there, file)
    with Office.open(there, master=master) as office:
        assert office.verify().clean
        for one in orders(1, seed=4):
            assert one.by is not None
            office.do(one.command, by=one.by)


def test_what_does_not_open_is_found_with_the_master(url: str, master: str, tmp_path: Path):
    """Without it, all else is."""
    storage = open_storage(url)
    keys = [one for one in storage.keys(OFFICE) if one.wrapped and one.owner[0] != "@"]
    swapped = [(keys[0], keys[1].wrapped), (keys[1], keys[0].wrapped)]
    assert storage.replace_keys(OFFICE, swapped) == 2
    take_out_of(storage, tmp_path / "closed.jsonl")
    with pytest.raises(Refused) as caught:
        take_out_of(storage, tmp_path / "opened.jsonl", master=open_master(master))
    assert caught.value.code == "not_sound"
    assert "is damaged" in caught.value.facts["first"]
    bring_into(MemoryStorage(), tmp_path / "closed.jsonl", keyring=ClosedKeyring())
    storage.close()
