"""The URL of a PostgreSQL storage: what is read in it, what is refused, what is shown."""

from __future__ import annotations

import traceback

import pytest

from adminduk.errors import AdmindukError, InvalidInput, Refused, StorageFailure
from adminduk.plugins import open_backups, open_storage
from adminduk_postgresql.address import Address
from adminduk_postgresql.connection import WAIT_SECONDS

SECRET = "r4has!a"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"postgresql://siti:{SECRET}@db/tuban", "postgresql://siti@db/tuban"),
        (f"postgresql://siti:{SECRET}@db:5433/tuban", "postgresql://siti@db:5433/tuban"),
        (f"postgresql://siti@db/tuban?password={SECRET}", "postgresql://siti@db/tuban"),
        (f"postgresql://db/tuban?user=siti&password={SECRET}", "postgresql://siti@db/tuban"),
        (f"postgresql://siti:{SECRET}%2F%40@db/tuban", "postgresql://siti@db/tuban"),
        (f"postgresql://siti:{SECRET}#?@db/tuban", "postgresql://siti@db/tuban"),
        (f"postgresql://db/tuban?sslpassword={SECRET}", "postgresql://db/tuban"),
        ("postgresql://siti@one,two/tuban", "postgresql://siti@one,two/tuban"),
        ("postgresql://siti@[::1]:5433,[::2]/t", "postgresql://siti@[::1]:5433,[::2]/t"),
        ("postgresql://one:5433,two:5434/tuban", "postgresql://one:5433,two:5434/tuban"),
        (f"postgresql://siti%40x%2Fy:{SECRET}@db/tuban", "postgresql://siti%40x%2Fy@db/tuban"),
        (f"postgresql://siti@db/tuban?password=@{SECRET}@/", "postgresql://siti@db/tuban"),
        ("postgresql:///tuban?host=/run/pg", "postgresql:///tuban?host=/run/pg"),
        ("postgresql://db/tuban?schema=latihan", "postgresql://db/tuban?schema=latihan"),
        ("postgresql://db/t?schema=a&sslmode=require", "postgresql://db/t?schema=a"),
        ("postgresql://db/t?sslmode=require&schema=a", "postgresql://db/t?schema=a"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str):
    """Nor is anything shown that does not say which store it is."""
    address = Address.read(url)
    assert address.shown == shown
    assert SECRET not in repr(address)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql:{SECRET}",
        f"postgresql://siti:{SECRET}/x@db/tuban",
        f"postgresql://siti:1/{SECRET}@db/tuban",
        f"postgresql://siti:1@{SECRET}@db/tuban",
        f"postgresql://siti:@{SECRET}/@db/tuban?schema=latihan",
        f"postgresql://siti:%{SECRET}@db/tuban",
        f"postgresql://db/tuban?pasword={SECRET}",
        f"postgresql://[{SECRET}/tuban",
        f"postgresql://db/{SECRET}\0",
        f"postgresql://db/{SECRET}\ud800",
        f"postgresql://db/tuban?schema={SECRET}",
        "postgresql://db/tuban?schema=",
        "postgresql://db/tuban?schema=Tuban",
        "postgresql://db/tuban?schema=pg_tuban",
    ],
)
def test_a_url_that_names_no_database_is_refused(url: str):
    """It is bad input, said with its path, and nothing of it is repeated."""
    with pytest.raises(InvalidInput) as caught:
        open_storage(url)
    assert [(one.path, one.code) for one in caught.value.faults] == [("url", "postgresql_url")]
    assert SECRET not in _told(caught.value)


@pytest.mark.parametrize(
    ("url", "wanted", "servers"),
    [
        ("postgresql://one/t", None, [("one", None)]),
        ("postgresql:///t", None, [(None, None)]),
        ("postgresql://one,two/t", "read-write", [("one", ""), ("two", "")]),
        ("postgresql://one:1,two:2/t", "read-write", [("one", "1"), ("two", "2")]),
        ("postgresql:///t?host=one,two&port=1", "read-write", [("one", "1"), ("two", "1")]),
        ("postgresql://one,two/t?target_session_attrs=any", "any", [("one", ""), ("two", "")]),
    ],
)
def test_of_several_servers_the_one_that_takes_work_is_wanted(
    url: str, wanted: str | None, servers: list[tuple[str | None, str | None]]
):
    """Unless the URL says otherwise; each is given up soon enough for the next to be tried."""
    address = Address.read(url)
    assert address.parameters.get("target_session_attrs") == wanted
    assert [(one.get("host"), one.get("port")) for one in address.servers()] == servers
    assert address.parameters["connect_timeout"] * len(servers) <= WAIT_SECONDS


@pytest.mark.parametrize("host", ["127.0.0.1", "/nowhere/at/all", "no-such-host.invalid"])
def test_a_server_that_is_away_is_said_to_be_without_the_password(host: str):
    """Neither in the failure nor in what caused it."""
    with pytest.raises(StorageFailure) as caught:
        open_storage(f"postgresql://siti:{SECRET}@/tuban?host={host}&port=1")
    assert caught.value.facts["reason"] == "unreachable"
    assert SECRET not in _told(caught.value)


def test_a_backup_is_made_by_what_the_database_brings():
    """Whoever asks is told its programs; nothing is opened."""
    with pytest.raises(Refused) as caught:
        open_backups(f"postgresql://siti:{SECRET}@db/tuban")
    assert "pg_dump" in str(caught.value)
    assert SECRET not in _told(caught.value)


def _told(error: AdmindukError) -> str:
    """Give all that a log could hold of an error, but the lines of this file."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__) is not None:
        chain.append(cause)
    texts = [line for one in chain for line in traceback.format_exception_only(one)]
    return "".join(texts) + repr(error.facts)
