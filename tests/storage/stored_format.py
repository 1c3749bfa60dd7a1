"""The store of format 1 that is kept: how it was made, and what is still to be done in it.

`python tests/storage/stored_format.py` makes it anew. That is right only while no version with
this format was released; after that it stays as it is, and a new format gets a file of its own.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from adminduk import Actor, Office, Person, Role, commands
from adminduk.codec import Order, parse_json, read_order, to_json, write_order
from adminduk.office.sealing import next_seal
from adminduk.plugins import open_storage
from adminduk.testing.day import orders
from adminduk.values import TrackingCode

FOLDER = Path(__file__).parent
KEPT = FOLDER / "format-1.db"
LINES = FOLDER / "format-1.jsonl"
TABLES = ("offices", "records", "record_keys", "journal", "claims", "commands", "messages")
DONE = 0.75
"""The part of the lines that has taken effect in the kept store."""

_PROFILE = to_json({"format": 1, "secret": "f0" * 32})
_HEAD = Actor("hadi", Role.HEAD_OF_OFFICE, "35.23")
_REGISTRAR = Actor("wahid", Role.REGISTRY_OPERATOR, "35.23")
_PRINTER = Actor("wahyu", Role.PRINT_OPERATOR, "35.23")
_BEFORE = datetime(2021, 7, 9, 3, tzinfo=UTC)


def _of_the_office() -> Iterable[tuple[Actor, commands.Command]]:
    """Give what is about the office itself, so that a record of every kind is in the store."""
    yield (
        _HEAD,
        commands.Announce(
            notice="PPKM-2021",
            acts=("submit",),
            channels=("online",),
            since=date(2021, 6, 29),
            stays_open=(
                commands.StaysOpen(services=("legalisir",), facts={"purpose": ("school",)}),
            ),
            reason="Petugas sakit",
        ),
    )
    yield _HEAD, commands.ChangeSettings(lapse_days=90, approvals={"replace": "nobody"})
    yield (
        _HEAD,
        commands.SetSchedule(schedule="35.23.20", timetable=commands.Timetable(weekdays=())),
    )
    yield (
        _REGISTRAR,
        commands.Adopt(
            application="2222222222-2",
            region="35.23.08.2001",
            services=("ktp-hilang",),
            applicant=Person(name="Sumarni"),
            people={"holder": Person(name="Sumarni", nik="3523084101700001")},
            papers=(commands.Shelved(product="ktp", place="village", blank="LAMA-1"),),
            source="Buku ekspedisi 2020, nomor 112",
            approved_by=_HEAD,
        ),
    )
    yield from _destroyed()
    yield (
        _HEAD,
        commands.Delegate(
            delegation="CETAK-1",
            to="yuli",
            post=_PRINTER.posts[0],
            until=date(2021, 9, 20),
            reason="Petugas sakit",
        ),
    )
    yield _REGISTRAR, commands.Read(reading="BACA-1", application="2222222222-2")
    yield (
        Actor("yuli", Role.FRONT_DESK, "35.23"),
        commands.ReceiveBlanks(
            blanks="kia/2021-A",
            first="KIA-0001",
            last="KIA-0100",
            received_from="Ditjen Dukcapil",
            delivery_note="470/118",
        ),
    )


def _destroyed() -> Iterable[tuple[Actor, commands.Command]]:
    """Destroy a copy that was found on the shelf, spoiled."""
    code = TrackingCode.from_int(7)
    copy = f"{code.full()}/1"
    yield (
        _REGISTRAR,
        commands.Adopt(
            application=code,
            region="35.23.08.2001",
            services=("ktp-hilang",),
            applicant=Person(name="Suparmi"),
            people={"holder": Person(name="Suparmi", nik="3523084202710002")},
            papers=(commands.Shelved(product="ktp", place="office", blank="LAMA-2"),),
            source="Buku ekspedisi 2020, nomor 113",
            approved_by=_HEAD,
        ),
    )
    yield _PRINTER, commands.Condemn(item=copy, reason="Patah", damaged=True)
    yield _PRINTER, commands.Void(item=copy)
    yield (
        _PRINTER,
        commands.Destroy(
            minutes="470/1/BA/2021",
            papers=(copy,),
            place="Halaman kantor",
            witnesses=(commands.Witness(name="Sri Rahayu", position="Kepala Bidang"),),
            reason="Patah",
            approved_by=_HEAD,
        ),
    )


def written() -> bytes:
    """Write the lines anew: what is about the office, and a small day."""
    numbered = (
        Order(command=_with(command, id=UUID(int=number), **_when(command)), by=by)
        for number, (by, command) in enumerate(_of_the_office(), start=1)
    )
    first = [*numbered]
    every = [*first, _sealing(first), *orders(10, seed=4)]
    return b"".join(write_order(one) + b"\n" for one in every)


def _sealing(before: list[Order]) -> Order:
    """Give the line that seals what comes of those before it."""
    with TemporaryDirectory() as folder, opened(Path(folder) / "before.db") as office:
        carry_out(office, before)
        seal = next_seal(office.storage, office.region, None, office.local(_BEFORE))
    assert seal is not None
    sealing = commands.SealJournal(id=UUID(int=len(before) + 1), at=_BEFORE, next=seal)
    return Order(command=sealing, by=_HEAD)


def _when(command: commands.Command) -> dict[str, Any]:
    """Say when it happened; a case is read when that is recorded."""
    return {} if isinstance(command, commands.Read) else {"at": _BEFORE}


def _with(command: commands.Command, **fields: Any) -> commands.Command:
    from attrs import evolve

    return evolve(command, **fields)


def kept_orders() -> list[Order]:
    """Read the lines that are kept."""
    return [read_order(parse_json(line)) for line in LINES.read_bytes().splitlines()]


def part_done(every: list[Order]) -> tuple[list[Order], list[Order]]:
    """Give what has taken effect in the kept store, and what is still to come."""
    place = int(len(every) * DONE)
    return every[:place], every[place:]


def opened(path: Path, first: int = 0) -> Office:
    """Open an office whose clock and ids are the same each time; one that is not there is made."""
    url = f"sqlite:///{path}"
    storage = open_storage(url)
    storage.add_office("35.23", _PROFILE)
    storage.close()
    ids, seconds = count(first + 1000), count(first)

    def clock() -> datetime:
        return datetime(2021, 9, 1, tzinfo=UTC) + timedelta(seconds=next(seconds))

    return Office.open(url, "35.23", clock=clock, ids=lambda: UUID(int=next(ids)))


def carry_out(office: Office, every: Iterable[Order]) -> None:
    """Carry out all lines; none may be refused."""
    for one in every:
        assert one.by is not None
        office.do(one.command, by=one.by)


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {
            name: sorted(connection.execute(f"select * from {name}"), key=repr)  # noqa: S608 - names of ours
            for name in TABLES
        }


def make(path: Path) -> None:
    """Make the store of the kept lines, as far as they are done."""
    with opened(path) as office:
        carry_out(office, part_done(kept_orders())[0])


if __name__ == "__main__":
    if "--lines" in sys.argv:
        LINES.write_bytes(written())
    KEPT.unlink(missing_ok=True)
    make(KEPT)
    print(f"{KEPT.name}: {KEPT.stat().st_size} bytes")
