"""An encrypted office on PostgreSQL: what its server, and a dump of it, hold of people and keys."""

from __future__ import annotations

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adminduk import Office
from adminduk.codec import dump
from adminduk.masters.local import make_master
from adminduk.office.encryption.keyring import EncryptingKeyring
from adminduk.testing.day import orders
from postgresql_server import Server

OFFICE = "35.23"


@pytest.fixture
def master(tmp_path: Path) -> str:
    """Give the URL of a master."""
    make_master(tmp_path / "master.key")
    return (tmp_path / "master.key").as_uri()


def ring_of(office: Office) -> EncryptingKeyring:
    """Give the keyring of an office."""
    assert isinstance(office._keyring, EncryptingKeyring)
    return office._keyring


def work(office: Office, applications: int = 6) -> set[str]:
    """Do a small day; give the numbers and names of people that it is about."""
    told = set()
    for one in orders(applications, seed=4):
        assert one.by is not None
        office.do(one.command, by=one.by)
        for person in dump(one.command).get("people", {}).values():
            told |= {person[name] for name in ("name", "nik", "kk", "phone") if name in person}
    return told


def dumped(server: Server) -> bytes:
    """Give a dump of a server, with what is stored as bytes written as text."""
    done = subprocess.run(
        [server.programs / "pg_dump", "--dbname", server.url()], check=True, capture_output=True
    )
    lines = []
    for line in done.stdout.split(b"\n"):
        cells = (one.removeprefix(b"\\\\x") for one in line.split(b"\t"))
        lines += [bytes.fromhex(one.decode()) if _is_hex(one) else one for one in cells]
    return b"\n".join(lines)


def _is_hex(cell: bytes) -> bool:
    try:
        bytes.fromhex(cell.decode())
    except ValueError:
        return False
    return len(cell) > 32


def tables(server: Server) -> bytes:
    """Give all bytes of the tables of a server, as they are on its disk."""
    server.ask("checkpoint")
    folder = Path(server.host) / "data" / "base"
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


def test_nothing_is_in_a_dump(own_server: Server, master: str):
    """Neither a name nor a number; where the office is open, all of them are."""
    with Office.open(own_server.url(), OFFICE, master=master) as office:
        told = work(office)
        assert office.verify().clean
    assert len(told) > 20
    content = dumped(own_server)
    assert b'"personal":"1:' in content
    assert [one for one in told if one.encode() in content] == []
    with Office.open(f"{own_server.url()}&schema=clear", OFFICE) as office:
        work(office)
    assert {one for one in told if one.encode() in dumped(own_server)} == told


def test_a_destroyed_key_is_out_of_the_table_when_that_was_made_anew(
    own_server: Server, master: str
):
    """As the page says; until then the old row may still be there."""
    with Office.open(own_server.url(), OFFICE, master=master) as office:
        work(office, 2)
        ring = ring_of(office)
        code = office.storage.find(OFFICE, kind="application")[0][0].id
        wrapped = ring.storage.keys_of(OFFICE, [code])[code]
        assert wrapped in tables(own_server)
        assert ring.destroy(code)
        own_server.ask("vacuum full adminduk.data_keys")
        assert wrapped not in tables(own_server)
        assert office.verify().clean


def test_keys_are_destroyed_and_wrapped_anew_at_once(url: str, master: str, tmp_path: Path):
    """While others commit new ones: nobody waits for ever, and nothing is lost or comes back."""
    with Office.open(url, OFFICE, master=master) as office:
        work(office, 8)
        codes = [one.id for one in office.storage.find(OFFICE, kind="application")[0]]
        newer, file = tmp_path / "newer.key", tmp_path / "master.key"
        new = make_master(newer)
        newer.write_text(newer.read_text() + file.read_text())
        newer.rename(file)
        begun = threading.Barrier(4)

        def rotate(_: int) -> int:
            begun.wait()
            return office.rotate_keys().rewrapped

        def destroy(part: int) -> int:
            begun.wait()
            return sum(ring_of(office).destroy(one) for one in codes[part::3])

        with ThreadPoolExecutor(4) as pool:
            rotated = [pool.submit(rotate, one) for one in range(2)]
            gone = [pool.submit(destroy, one) for one in range(2)]
            assert sum(one.result(60) for one in gone) == len(codes[::3]) + len(codes[1::3])
            assert sum(one.result(60) for one in rotated) <= len(codes) + 1
        standing = office.rotate_keys()
        left = len(codes[2::3])
        assert (standing.masters, standing.destroyed) == ({new: left + 1}, len(codes) - left)
        assert office.verify().clean
