"""A role that runs an office and can neither change nor remove an entry of the journal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, key, message, time, write
from adminduk_postgresql.address import Address
from adminduk_postgresql.privileges import privileges

Run = Callable[[str], None]


@pytest.fixture
def role(storage: Storage, url: str, database_url: str) -> Iterator[str]:
    """Give a role that was granted what it needs, and no more."""
    assert storage.offices()
    role = f"loket_{uuid4().hex[:12]}"
    schema = Address.read(url).schema
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"create role {role} login")  # type: ignore[call-overload] # a name of ours
        owner.execute(privileges(role, schema))
        yield role
        owner.execute(f"drop owned by {role}")  # type: ignore[call-overload] # as above
        owner.execute(f"drop role {role}")  # type: ignore[call-overload] # as above


@pytest.fixture
def run(role: str, url: str, database_url: str) -> Iterator[Run]:
    """Give what runs SQL as that role."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"set search_path = {Address.read(url).schema}")  # type: ignore[call-overload] # as above
        connection.execute(f"set session authorization {role}")  # type: ignore[call-overload] # as above

        def run(sql: str) -> None:
            connection.execute(sql)  # type: ignore[call-overload] # as above

        yield run


def as_role(url: str, role: str) -> str:
    """Give a URL as another user's."""
    return f"{url}&options=-c%20role%3D{role}"


def test_it_runs_an_office(storage: Storage, url: str, role: str):
    """Everything that a storage is asked for."""
    assert storage.offices()
    other = open_storage(as_role(url, role))
    other.add_office("35.24", b"other")
    whole = batch(
        write("A", keys=("k", "l")),
        entries=(entry(),),
        take=(claim(), claim("kk")),
        commands=(command(),),
        messages=(message("a"), message("b")),
        keys=(key("A"), key("B")),
    )
    with closing(other.bell(OFFICE)) as bell:
        assert other.commit(OFFICE, whole) == 1
        assert bell.wait(5)
    again = batch(write("A", 2, keys=("l",)), entries=(entry("A", 2),), release=(claim(),))
    assert other.commit(OFFICE, again) == 2
    lent = other.lease(OFFICE, now=time(1), until=time(2), limit=2)
    for one, back in zip(lent, (None, time(3)), strict=True):
        assert other.settle(OFFICE, one.message.key, one.token, again=back, parked=False)
    assert [one.id for one in other.find(OFFICE, key="l")[0]] == ["A"]
    assert len(other.journal(OFFICE)) == 2
    assert other.replace_keys(OFFICE, [(key("A"), b"new")]) == 1
    assert other.destroy_key(OFFICE, "B")
    other.close()


@pytest.mark.parametrize(
    "sql",
    [
        "update journal set body = ''",
        "update journal set seq = seq + 1",
        "delete from journal",
        "truncate journal",
        "drop table journal",
        "alter table journal add x integer",
        "insert into journal select * from journal on conflict (office, seq) do update set id = ''",
        "merge into journal j using journal k on j.office = k.office when matched then delete",
        "update commands set receipt = ''",
        "delete from commands",
        "delete from records",
        "update offices set profile = ''",
        "delete from offices",
        "update versions set version = 0",
        "create table more (x integer)",
        "create rule hidden as on insert to journal do instead nothing",
    ],
)
def test_it_can_do_no_harm(storage: Storage, run: Run, sql: str):
    """It may add to the journal, and neither change nor remove what is there; nor the tables."""
    storage.commit(OFFICE, batch(write(), entries=(entry(),), commands=(command(),)))
    before = storage.journal(OFFICE), storage.executed(OFFICE, ["c1"]), storage.offices()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(sql)
    assert (storage.journal(OFFICE), storage.executed(OFFICE, ["c1"]), storage.offices()) == before


def test_a_role_without_what_it_needs_is_told_so(storage: Storage, url: str, run: Run, role: str):
    """It is a failure of the medium, with a reason."""
    run("select 1")
    schema = Address.read(url).schema
    with storage._database.connection() as owner:  # type: ignore[attr-defined] # ours
        owner.execute(f"revoke insert on {schema}.journal from {role}")
    other = open_storage(as_role(url, role))
    with pytest.raises(StorageFailure) as caught:
        other.commit(OFFICE, batch(write(), entries=(entry(),)))
    assert caught.value.facts["reason"] == "not_allowed"
    assert storage.find(OFFICE) == ([], None)
    other.close()


def test_a_role_that_was_granted_nothing_is_told_so(role: str, url: str, database_url: str):
    """Not that the tables are another program's, which it may not look at."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(f"drop owned by {role}")  # type: ignore[call-overload] # a name of ours
    with pytest.raises(StorageFailure) as caught:
        open_storage(as_role(url, role))
    assert caught.value.facts["reason"] == "not_allowed"
    assert Address.read(url).schema in str(caught.value)


def test_the_command_prints_what_is_granted():
    """For whoever owns the tables to run; names are quoted."""
    command = [sys.executable, "-m", "adminduk_postgresql.privileges"]
    told = subprocess.run([*command, 'lo"ket', "tuban"], capture_output=True, text=True, check=True)
    assert told.stdout == privileges('lo"ket', "tuban").as_string(None)
    assert 'grant usage on schema "tuban" to "lo""ket";' in told.stdout
    wrong = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stderr[:6]) == (1, "usage:")
