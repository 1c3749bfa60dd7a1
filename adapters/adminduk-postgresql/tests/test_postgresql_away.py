"""A server that is killed, stopped and started anew, and what those who use it come to know."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest

from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import Storage
from adminduk.testing.rows import OFFICE, batch, claim, command, entry, message, write
from adminduk_postgresql import connection as module
from adminduk_postgresql import patient
from postgresql_server import Server


def reason(storage: Storage) -> str:
    """Commit where it cannot be; give the reason."""
    with pytest.raises(StorageFailure) as caught:
        storage.commit(OFFICE, batch(write("away")))
    return str(caught.value.facts["reason"])


@pytest.mark.skipif(
    "ADMINDUK_TEST_POSTGRESQL" in os.environ, reason="a server of others is not killed"
)
class TestAwaySometimes:
    """All in one server, which takes a second to make."""

    def test_nothing_acknowledged_is_lost_when_the_server_is_killed(self, own_server: Server):
        """Killed in the middle of work: all of a commit is there or nothing, without a gap."""
        storage = open_storage(own_server.url())
        storage.add_office(OFFICE, b"")
        acknowledged: list[str] = []
        enough, killed = threading.Event(), threading.Event()

        def work(number: int) -> str:
            for turn in itertools.takewhile(lambda _: not killed.is_set(), itertools.count()):
                id_ = f"{number}/{turn}"
                try:
                    storage.commit(
                        OFFICE,
                        batch(
                            write(f"{id_}/a", keys=(id_,)),
                            write(f"{id_}/b", body=b"x" * 9000),
                            entries=(entry(f"{id_}/a"), entry(f"{id_}/b")),
                            take=(claim(id_),),
                            commands=(command(id_),),
                            messages=(message(id_),),
                        ),
                    )
                except StorageFailure as failure:
                    return str(failure.facts["reason"])
                acknowledged.append(id_)
                if len(acknowledged) > 60:
                    enough.set()
            return "unreachable"  # it was not at a commit just then

        with ThreadPoolExecutor(4) as pool:
            ended = [pool.submit(work, number) for number in range(4)]
            assert enough.wait(60)
            own_server.stop(signal.SIGKILL)
            killed.set()
            own_server.start()
            reasons = {one.result(60) for one in ended}
        assert reasons == {"unreachable"}
        known = set(_commands(storage))
        assert known >= set(acknowledged)
        assert len(known) <= len(acknowledged) + 4
        rows, _ = storage.find(OFFICE, limit=100_000)
        assert {one.id for one in rows} == {f"{one}/{half}" for one in known for half in "ab"}
        journal = storage.journal(OFFICE, limit=100_000)
        assert [one.seq for one in journal] == list(range(1, 2 * len(known) + 1))
        assert {one.key for one in storage.claims(OFFICE, limit=100_000)} == known
        waiting = storage.messages(OFFICE, parked=False, limit=100_000)
        assert {one.key for one in waiting} == known
        storage.close()

    def test_a_server_that_is_away_is_waited_for_and_then_named(
        self, own_server: Server, monkeypatch: pytest.MonkeyPatch
    ):
        """Its return is noticed; no connection that it ended is used again."""
        storage = open_storage(own_server.url())
        storage.add_office(OFFICE, b"")
        own_server.stop()
        with monkeypatch.context() as patch:
            patch.setattr(module, "WAIT_SECONDS", 0.3)
            assert reason(storage) == "unreachable"
        with pytest.raises(StorageFailure):
            open_storage(own_server.url())
        back = threading.Timer(0.5, own_server.start)
        back.start()
        assert storage.commit(OFFICE, batch(write(), entries=(entry(),))) == 1
        back.join()
        for how in (signal.SIGINT, signal.SIGKILL):
            own_server.stop(how)
            own_server.start()
            assert len(storage.find(OFFICE)[0]) == 1, "the first call after it is back"
        storage.close()

    def test_a_server_that_is_stopping_is_waited_for(
        self, own_server: Server, monkeypatch: pytest.MonkeyPatch
    ):
        """By who opens a store, too: it may be started anew at once."""
        storage = open_storage(own_server.url())
        storage.add_office(OFFICE, b"")
        storage.close()
        with psycopg.connect(own_server.url()) as last:
            own_server.shut()
            with monkeypatch.context() as patch:
                patch.setattr(module, "WAIT_SECONDS", 0.3)
                for do in (lambda: open_storage(own_server.url()), lambda: storage.find(OFFICE)):
                    with pytest.raises(StorageFailure) as caught:
                        do()
                    assert caught.value.facts["reason"] == "starting"
            with ThreadPoolExecutor(1) as pool:
                opening = pool.submit(open_storage, own_server.url())
                with pytest.raises(TimeoutError):
                    opening.result(0.3)
                last.close()
                own_server.start()
                other = opening.result(30)
        assert other.commit(OFFICE, batch(write(), entries=(entry(),))) == 1
        other.close()

    def test_a_server_that_does_not_answer_is_given_up(
        self, own_server: Server, monkeypatch: pytest.MonkeyPatch
    ):
        """Once, however much of a commit is still to be done."""
        storage = open_storage(own_server.url())
        storage.add_office(OFFICE, b"")
        (number,) = own_server.processes()
        with monkeypatch.context() as patch:
            patch.setattr(patient, "ANSWER_SECONDS", 3)
            os.kill(number, signal.SIGSTOP)
            since = monotonic()
            try:
                assert reason(storage) == "unconfirmed"
                assert monotonic() - since < 5
                assert storage.find(OFFICE) == ([], None), "by another connection"
            finally:
                os.kill(number, signal.SIGCONT)
        storage.close()

    def test_a_copy_of_a_database_waits_for_no_commit_of_the_other(self, own_server: Server):
        """In a copy every table has the number that it has in its template."""
        own_server.ask("create database tuban")
        open_storage(own_server.url("tuban")).close()
        own_server.ask("create database copied template tuban")
        with psycopg.connect(own_server.url("tuban")) as committing:
            committing.execute("select 1 from adminduk.offices for update")
            since = monotonic()
            open_storage(own_server.url("copied")).close()
            assert monotonic() - since < 5

    def test_a_database_that_is_not_there_is_said_to_be(self, own_server: Server):
        """As is a user who is not let in, by what the server says of it."""
        with pytest.raises(StorageFailure) as caught:
            open_storage(own_server.url("nowhere"))
        assert caught.value.facts["reason"] == "refused"
        assert "nowhere" in str(caught.value.facts["why"])
        with pytest.raises(StorageFailure) as caught:
            open_storage(own_server.url(user="nobody_here"))
        assert caught.value.facts["reason"] == "refused"
        with psycopg.connect(own_server.url(), autocommit=True) as raw:
            raw.execute("create database latin encoding 'LATIN1' locale 'C' template template0")
        with pytest.raises(StorageFailure) as caught:
            open_storage(own_server.url("latin"))
        assert caught.value.facts["reason"] == "encoding"


def test_a_connection_that_was_ended_is_not_used_again(storage: Storage, database_url: str):
    """An administrator may end any of them between two calls."""
    storage.commit(OFFICE, batch(write()))
    with storage._database.connection() as connection:  # type: ignore[attr-defined] # ours
        number = connection.info.backend_pid
    with psycopg.connect(database_url, autocommit=True) as raw:
        raw.execute("select pg_terminate_backend(%s::integer, 5000)", (number,))
    assert len(storage.find(OFFICE)[0]) == 1


def test_what_the_driver_says_is_not_printed(storage: Storage, url: str):
    """A connection that was lost is told as a failure, or not at all if another one was made."""
    storage.commit(OFFICE, batch(write()))
    told = subprocess.run(
        [sys.executable, "-c", _LOSING, url], capture_output=True, text=True, check=True
    )
    assert (told.stdout, told.stderr) == ("unreachable\n1\n", "")


_LOSING = """
import sys
from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
storage = open_storage(sys.argv[1])
try:
    with storage._database.connection() as connection:
        connection.execute("select pg_terminate_backend(pg_backend_pid())")
except StorageFailure as failure:
    print(failure.facts["reason"])
print(len(storage.find("35.23")[0]))
storage.close()
"""


def _commands(storage: Storage) -> list[str]:
    names = [f"{number}/{turn}" for number in range(4) for turn in range(1000)]
    return list(storage.executed(OFFICE, names))
