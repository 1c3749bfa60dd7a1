"""What the page for those who keep a server says is done here, as it stands there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from adminduk import Office
from adminduk.codec import Order
from adminduk.office.moving import take_out
from adminduk.testing.day import orders
from adminduk_postgresql.address import Address
from adminduk_postgresql.privileges import privileges
from postgresql_server import Server

PAGE = Path(__file__).parents[3] / "docs" / "postgresql.md"
STATEMENTS = [
    statement
    for block in re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for statement in block.split(";\n")
    if statement.strip()
]


@pytest.fixture(scope="module")
def worked(server: Server) -> str:
    """Give the URL of an office that has had a day, kept by a role that may do no more."""
    url = f"{server.url()}&schema=keeping"
    work(url, orders(applications=3, seed=5))
    with psycopg.connect(server.url(), autocommit=True) as raw:
        raw.execute("create role keeper login")
        raw.execute(privileges("keeper", "keeping"))
    return url.replace("postgres@", "keeper@", 1)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_runs(worked: str, statement: str):
    """By the role that runs the office, in its schema."""
    address = Address.read(worked)
    with psycopg.connect(**address.parameters) as connection:
        connection.execute(SQL("set search_path to {}").format(Identifier(address.schema)))
        connection.execute(statement).fetchall()


def answers(url: str, words: str) -> list[tuple[object, ...]]:
    """Give what the statement with these words finds."""
    (statement,) = [one for one in STATEMENTS if words in one]
    with psycopg.connect(**Address.read(url).parameters) as connection:
        return connection.execute(statement).fetchall()


def test_what_they_find(worked: str):
    """The office at work, its messages, its tables with their sizes."""
    with Office.open(worked) as office:
        entries = len(office.journal(limit=100_000))
        waiting = len(office.storage.messages("35.23", parked=False, limit=100_000))
    assert [row[:2] for row in answers(worked, "last_commit")] == [("35.23", entries)]
    assert [row[:3] for row in answers(worked, "as waiting")] == [("35.23", waiting, 0)]
    sizes = dict(answers(worked, "pg_size_pretty"))
    assert {"offices", "records", "journal", "commands", "messages"} <= set(sizes)
    assert not re.fullmatch("0 bytes", str(sizes["journal"]))
    assert waiting


def test_settings_that_take_the_promises_back_are_found(worked: str):
    """The server of the tests runs without `fsync`, which is what must not be."""
    assert ("fsync", "off") in answers(worked, "zero_damaged_pages")


def exported(url: str, file: Path) -> bytes:
    """Give all of a store."""
    file.unlink(missing_ok=True)
    take_out(url, file)
    return file.read_bytes()


def work(url: str, day: Iterable[Order]) -> None:
    """Do in an office what people order."""
    with Office.open(url, "35.23") as office:
        for one in day:
            assert one.by is not None
            office.do(one.command, by=one.by)


def test_it_is_set_up_dumped_restored_and_verified(own_server: Server, tmp_path: Path):
    """By the lines of the page, each as its user; all is in the other database as it was."""
    set_up, dump, *_ = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    type_in(own_server, set_up, tmp_path)
    clerk, owner = own_server.url("tuban", "loket"), own_server.url("tuban_lagi", "pemilik")
    work(clerk, orders(applications=3, seed=6))
    type_in(own_server, dump, tmp_path)
    assert exported(owner, tmp_path / "b") == exported(clerk, tmp_path / "a")


def type_in(server: Server, lines: str, folder: Path) -> None:
    """Do as a page says, as who administers the server would, until a line of it fails."""
    programs = (str(server.programs), str(Path(sys.executable).parent), os.environ["PATH"])
    subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", lines.replace("@db.example/", "@/")],
        check=True,
        cwd=folder,
        env={
            **os.environ,
            "PATH": ":".join(programs),
            "PGHOST": server.host,
            "PGUSER": "postgres",
        },
        stdout=subprocess.DEVNULL,
    )


def test_what_is_lost_with_the_last_of_the_log_is_sent_again(tmp_path: Path):
    """Whoever sends the day once more gets it back: what is there is answered, the rest done."""
    archive = "archive_command=test ! -f ../wal/%f && cp %p ../wal/%f"
    server = Server("archive_mode=on", archive, "restore_command=cp ../wal/%f %p")
    try:
        server.run("mkdir", "wal")
        day = list(orders(applications=4, seed=7))
        parts = len(day) // 3
        work(server.url(), day[:parts])
        server.run("pg_basebackup", "-D", "base", "-d", server.url(), "-c", "fast", "-X", "fetch")
        work(server.url(), day[parts : 2 * parts])
        ((last,),) = server.ask("select pg_walfile_name(pg_switch_wal())")
        while server.ask("select coalesce(last_archived_wal, '') from pg_stat_archiver") < [
            (last,)
        ]:
            server.ask("select pg_sleep(0.1)")
        work(server.url(), day[2 * parts :])
        whole = exported(server.url(), tmp_path / "whole")
        server.stop(signal.SIGKILL)
        server.restore("base")
        with Office.open(server.url()) as office:
            assert office.verify().clean
            left = {one.command for one in office.journal(limit=100_000)}
        assert len(left) >= 2 * parts
        assert exported(server.url(), tmp_path / "left") != whole
        work(server.url(), day)
        with Office.open(server.url()) as office:
            assert office.verify().clean
            done = {one.command for one in office.journal(limit=100_000)}
        assert left < done
        assert {str(one.command.id) for one in day} <= done
    finally:
        server.remove()
