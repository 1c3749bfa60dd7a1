"""A primary and its standby: either is killed, and nothing acknowledged is lost with it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings

from adminduk.errors import StorageFailure
from adminduk.plugins import open_storage
from adminduk.ports import CommandKnown, Storage
from adminduk.testing.rows import OFFICE, batch, command, entry, message, write
from adminduk.testing.rows import time as at
from adminduk_postgresql import address, connection, patient
from postgresql_crew import Crew
from postgresql_server import Server

FULL = settings.get_current_profile_name() == "full"
FAILOVERS = 12 if FULL else 1
APPLICATIONS = 150 if FULL else 6

pytestmark = pytest.mark.skipif(
    "ADMINDUK_TEST_POSTGRESQL" in os.environ, reason="a server of others has no standby of ours"
)


@pytest.fixture(scope="module")
def pair() -> Iterator[list[Server]]:
    """Give a primary and its standby, in this order, which tests may change."""
    primary = Server()
    servers = [primary, Server(primary=primary)]
    yield servers
    for one in servers:
        one.remove()


@pytest.fixture
def primary(pair: list[Server]) -> Server:
    """Give the primary; its commits wait for the standby, which is back."""
    pair[1].start()
    pair[0].await_standby("*")
    return pair[0]


@pytest.fixture
def standby(pair: list[Server], primary: Server) -> Server:
    """Give the standby of the primary."""
    assert primary is pair[0]
    return pair[1]


@pytest.fixture
def url(pair: list[Server]) -> str:
    """Give a URL that names both servers, the standby first, and an empty place."""
    hosts = ",".join(one.host for one in reversed(pair))
    return f"postgresql://postgres@/postgres?host={hosts}&schema=test_{uuid4().hex}"


@pytest.fixture
def storage(primary: Server, url: str) -> Iterator[Storage]:
    """Give a storage with one office, on both."""
    assert primary.ask("show synchronous_standby_names") == [("*",)]
    opened = open_storage(url)
    opened.add_office(OFFICE, b"profile")
    yield opened
    opened.close()


def reason(do: Callable[[], object]) -> str:
    """Do what fails; give the reason."""
    with pytest.raises(StorageFailure) as caught:
        do()
    return str(caught.value.facts["reason"])


def commit(storage: Storage, name: str) -> int:
    """Have a command take effect."""
    one = batch(
        write(name), entries=(entry(name),), commands=(command(name),), messages=(message(name),)
    )
    return storage.commit(OFFICE, one)


def waiting(primary: Server) -> list[int]:
    """Give the processes of the server whose commit waits for the standby, when one does."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = primary.ask("select pid from pg_stat_activity where wait_event = 'SyncRep'")
        if found:
            return [one for (one,) in found]
    raise AssertionError


def test_an_office_works_on_at_the_standby(pair: list[Server], url: str):
    """By the same URL, in the same processes, as if nothing had happened; and back again."""
    pair[0].await_standby("*")
    crew = Crew(url, APPLICATIONS)
    try:
        for number in range(FAILOVERS):
            crew.await_answers(crew.commands * (number + 1) // (FAILOVERS + 1))
            pair[0].stop(signal.SIGKILL)
            pair[1].promote()
            pair.reverse()
            pair[1].follow(pair[0])
            pair[0].await_standby("*")
        crew.finish()
        assert crew.failures.keys() <= {"unreachable", "starting", "read_only"}
        crew.check()
    finally:
        crew.close()


class TestStandbyAway:
    """A commit that its standby has not confirmed is written, but it is not acknowledged."""

    @pytest.fixture
    def held(self, primary: Server, standby: Server, storage: Storage) -> Iterator[Future[int]]:
        """Give a commit that waits for a standby that is away."""
        commit(storage, "before")
        standby.stop()
        with ThreadPoolExecutor(1) as pool:
            held = pool.submit(commit, storage, "held")
            waiting(primary)
            yield held

    @pytest.fixture
    def impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let waiting end soon."""
        monkeypatch.setattr(patient, "ANSWER_SECONDS", 2)

    @pytest.mark.usefixtures("impatient")
    def test_no_waiting_is_without_end(
        self,
        storage: Storage,
        standby: Server,
        held: Future[int],
        url: str,
        monkeypatch: pytest.MonkeyPatch,
    ):
        """Others are told that it is busy and can read; when the standby is back, all is well."""
        assert reason(held.result) == "unconfirmed"
        monkeypatch.setattr(address, "LOCK_SECONDS", 0.2)
        monkeypatch.setattr(connection, "WAIT_SECONDS", 0.2)
        other = open_storage(url)
        assert reason(lambda: commit(other, "held")) == "busy"
        assert reason(lambda: commit(other, "other")) == "busy"
        assert storage.executed(OFFICE, ["held"]) == {}
        standby.start()
        deadline = time.monotonic() + 30
        while not storage.executed(OFFICE, ["held"]):
            assert time.monotonic() < deadline
        with pytest.raises(CommandKnown):
            commit(storage, "held")
        assert commit(storage, "after") == 3
        other.close()

    @pytest.mark.parametrize(
        ("end", "told"),
        [("pg_cancel_backend", "unconfirmed"), ("pg_terminate_backend", "unreachable")],
    )
    @pytest.mark.usefixtures("impatient")
    def test_cut_off_it_is_answered_when_the_standby_has_it(
        self, storage: Storage, pair: list[Server], held: Future[int], end: str, told: str
    ):
        """Until then neither the command nor its message goes anywhere, though all can see it."""
        (number,) = waiting(pair[0])
        pair[0].ask(f"select {end}({number})")
        assert reason(held.result) == told
        assert len(storage.find(OFFICE)[0]) == 2
        with pytest.raises(CommandKnown):
            commit(storage, "held")
        assert reason(lambda: storage.executed(OFFICE, ["held"])) == "unconfirmed"
        assert reason(lambda: lend(storage)) == "unconfirmed"
        pair[1].start()
        pair[0].await_standby("*")
        assert list(storage.executed(OFFICE, ["held"])) == ["held"]
        assert commit(storage, "after") == 3

    @pytest.mark.usefixtures("impatient")
    def test_a_primary_that_is_started_anew_acknowledges_no_more_than_before(
        self, storage: Storage, primary: Server, standby: Server, held: Future[int]
    ):
        """What waited can be seen then; who sends the command again is told it is in doubt."""
        primary.stop(signal.SIGKILL)
        assert reason(held.result) in {"unreachable", "unconfirmed"}
        primary.start()
        assert len(storage.find(OFFICE)[0]) == 2
        assert reason(lambda: storage.executed(OFFICE, ["held"])) == "unconfirmed"
        standby.start()
        primary.await_standby("*")
        deadline = time.monotonic() + 30
        while reason_or_none(lambda: storage.executed(OFFICE, ["held"])):
            assert time.monotonic() < deadline


def test_a_primary_that_lives_on_acknowledges_nothing(
    pair: list[Server], storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    """Once its standby was promoted, no two of them take work, though nobody ended the old one."""
    monkeypatch.setattr(patient, "ANSWER_SECONDS", 1)
    commit(storage, "both")
    pair[1].promote()
    assert reason(lambda: commit(storage, "old")) == "unconfirmed"
    pair.reverse()
    assert commit(storage, "new") == 2
    assert storage.executed(OFFICE, ["both", "old", "new"]).keys() == {"both", "new"}
    pair[1].follow(pair[0])


def lend(storage: Storage) -> object:
    """Lease what is due."""
    return storage.lease(OFFICE, now=at(5), until=at(6), limit=10)


def reason_or_none(do: Callable[[], Any]) -> str | None:
    """Do what may fail; give the reason if it did."""
    try:
        do()
    except StorageFailure as failure:
        return str(failure.facts["reason"])
    return None


class TestStandby:
    """One that was not promoted is read from, by whoever names it alone."""

    def test_it_answers_and_is_not_written(self, storage: Storage, standby: Server, url: str):
        """Also what became of a command."""
        commit(storage, "A")
        schema = url.rpartition("schema=")[2]
        alone = open_storage(f"{standby.url()}&schema={schema}")
        deadline = time.monotonic() + 30
        while not alone.executed(OFFICE, ["A"]):
            assert time.monotonic() < deadline
        assert len(alone.find(OFFICE)[0]) == 1
        assert reason(lambda: commit(alone, "B")) == "read_only"
        alone.close()

    def test_who_opens_a_store_waits_for_it_to_be_promoted(
        self, pair: list[Server], storage: Storage, url: str, monkeypatch: pytest.MonkeyPatch
    ):
        """Some seconds; then it is said that only a standby is there."""
        commit(storage, "A")
        pair[0].stop(signal.SIGKILL)
        with monkeypatch.context() as patch:
            patch.setattr(connection, "WAIT_SECONDS", 0.3)
            assert reason(lambda: open_storage(url)) == "read_only"
            assert reason(lambda: commit(storage, "B")) == "read_only"
        later = threading.Timer(0.5, pair[1].promote)
        later.start()
        opened = open_storage(url)
        later.join()
        assert commit(opened, "B") == 2
        assert commit(storage, "C") == 3
        opened.close()
        pair.reverse()
        pair[1].follow(pair[0])
