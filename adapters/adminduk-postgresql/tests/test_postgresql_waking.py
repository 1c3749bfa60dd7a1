"""Who delivers from a PostgreSQL database is woken, also after its server was away."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import islice
from subprocess import Popen

import psycopg
import pytest
from attrs import define, field

from adminduk import Office
from adminduk.codec import Order
from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.day import orders
from adminduk.testing.followed import followed
from adminduk.testing.rows import OFFICE, batch, entry, message, write
from adminduk_postgresql import connection as module
from postgresql_server import Server

not_ours = pytest.mark.skipif(
    "ADMINDUK_TEST_POSTGRESQL" in os.environ, reason="a server of others is not restarted"
)


@define
class Gateway:
    """A notifier that keeps the keys it was given, and does something each time."""

    keys: list[str] = field(factory=list)
    then: Callable[[], object] = lambda: None

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        del to, text
        self.keys.append(key)
        self.then()


def work(url: str, day: Iterable[Order]) -> float:
    """Carry orders out until one has caused a message; say when that was committed."""
    with Office.open(url, OFFICE) as office:
        for order in day:
            assert order.by is not None
            office.do(order.command, by=order.by)
            if office.storage.messages(OFFICE, parked=False):
                break
        return time.monotonic()


def sent(process: Popen[str]) -> int:
    """Wait for a round of a follower; give how many messages it sent."""
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    return int(told["sent"] + told["bags"])


def test_another_process_is_woken(url: str):
    """A message is sent soon after it was committed, not when one looks again."""
    day = iter(orders(applications=20, seed=3))
    work(url, islice(day, 0))
    with followed(url, "--json") as process:
        work(url, day)
        assert sent(process) >= 1
        for _ in range(3):
            began = work(url, day)
            assert sent(process) >= 1
            assert time.monotonic() - began < 3, "one looks only every 15 seconds"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@not_ours
def test_a_server_that_was_away_ends_nothing(own_server: Server):
    """It is said once at most each time; one is woken as before, were it killed or stopped."""
    url = own_server.url()
    day = iter(orders(applications=30, seed=3))
    work(url, day)
    with followed(url, "--json") as process:
        assert sent(process) >= 1
        ways = (signal.SIGINT, signal.SIGKILL)
        for how in ways:
            own_server.stop(how)
            time.sleep(1)
            own_server.start()
            work(url, day)
            assert sent(process) >= 1
            began = work(url, day)
            assert sent(process) >= 1
            assert time.monotonic() - began < 3, "one looks only every 15 seconds"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        failures = [json.loads(line) for line in process.stderr if line.startswith("{")]
        assert {one["reason"] for one in failures} <= {"unreachable", "refused", "starting"}
        assert len(failures) <= len(ways)


@not_ours
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_server_that_goes_while_a_message_is_in_hand(
    own_server: Server, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
):
    """What was sent and could not be settled is not sent again; nothing is lost."""
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.3)
    url = own_server.url()
    gateway = Gateway()
    with Office.open(url, OFFICE, notifier=gateway) as office:
        for order in orders(applications=6, seed=3):
            assert order.by is not None
            office.do(order.command, by=order.by)
        back = threading.Timer(1.5, own_server.start)
        gateway.then = lambda: len(gateway.keys) == 3 and (own_server.stop(how), back.start())
        told: list[str] = []
        until = time.monotonic() + 60

        def stop() -> bool:
            return time.monotonic() > until or (
                back.finished.is_set() and not office.storage.messages(OFFICE, parked=False)
            )

        done = list(office.follow(stop, away=lambda one: told.append(one.facts["reason"])))
        assert office.storage.messages(OFFICE, parked=False) == []
        back.join()
    assert len(told) == 1
    assert sum(one.sent for one in done) <= len(gateway.keys)
    assert len(set(gateway.keys)) == len(gateway.keys) > 5


def test_a_bell_whose_connection_broke_says_so_by_ringing(storage: Storage, database_url: str):
    """What was rung meanwhile was not heard, so one looks; and it is heard again."""
    with closing(storage.bell(OFFICE)) as bell:
        for _ in range(2):
            pid = bell._connection.info.backend_pid  # type: ignore[attr-defined] # ours
            with psycopg.connect(database_url, autocommit=True) as raw:
                raw.execute("select pg_terminate_backend(%s::integer, 5000)", (pid,))
            storage.commit(OFFICE, batch(messages=(message(str(pid)),)))
            assert bell.wait(5)
            assert bell.wait(5), "it listens anew, and what came before that was not heard"
            assert not bell.wait(0.1)
            storage.commit(OFFICE, batch(messages=(message(f"{pid} later"),)))
            assert bell.wait(5)


def test_only_messages_ring(storage: Storage):
    """And those of the own office only; the name of an office is what it may be."""
    odd = "35.24\0\1é\U0001f514"
    storage.add_office(odd, b"")
    with closing(storage.bell(OFFICE)) as bell, closing(storage.bell(odd)) as other:
        storage.commit(OFFICE, batch(write(), entries=(entry(),)))
        assert not bell.wait(0.2)
        storage.commit(odd, batch(messages=(message(),)))
        assert other.wait(5)
        assert not bell.wait(0.2)


def test_bells_take_no_connection_of_the_pool(storage: Storage):
    """However many there are."""
    bells = [storage.bell(OFFICE) for _ in range(10)]
    storage.commit(OFFICE, batch(messages=(message(),)))
    assert all(bell.wait(5) for bell in bells)
    for bell in bells:
        bell.close()


@not_ours
def test_a_server_that_has_no_room_for_a_ring_commits():
    """Somebody listens, and does not read: what is committed is, and who waits looks by himself."""
    server = Server("fsync=off", "max_notify_queue_pages=64")
    try:
        storage = open_storage(server.url())
        storage.add_office(OFFICE, b"")
        with (
            psycopg.connect(server.url()) as deaf,
            psycopg.connect(server.url(), autocommit=True) as loud,
        ):
            deaf.execute("listen other")
            deaf.commit()
            deaf.execute("select 1")
            fill = "select pg_notify('other', rpad(n::text, 7000)) from generate_series(1, 1000) n"
            with pytest.raises(psycopg.errors.ProgramLimitExceeded):
                loud.execute(fill)
            storage.commit(OFFICE, batch(messages=(message(),)))
            assert storage.messages(OFFICE, parked=False) == [message()]
        storage.close()
    finally:
        server.remove()


@not_ours
def test_a_bell_where_no_server_is_says_so(own_server: Server):
    """As every other call; later it can be had."""
    storage = open_storage(own_server.url())
    storage.add_office(OFFICE, b"")
    bell = storage.bell(OFFICE)
    own_server.stop()
    assert bell.wait(5)
    for call in (lambda: bell.wait(5), lambda: storage.bell(OFFICE)):
        with pytest.raises(StorageFailure) as caught:
            call()
        assert caught.value.facts["reason"] == "unreachable"
    own_server.start()
    assert bell.wait(5)
    bell.close()
    storage.close()
