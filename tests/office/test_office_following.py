"""Following: what is committed is delivered as it comes, until one is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import apsw
import pytest
from attrs import define, field
from office_days import Town

from adminduk.errors import StorageFailure
from adminduk.office import Delivered, following
from adminduk.ports import Lease
from adminduk.storage import connection


@define
class Inbox:
    """A notifier that keeps the keys it was given, and does something each time."""

    keys: list[str] = field(factory=list)
    then: Callable[[], object] = lambda: None

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        assert to, "a message is to somebody"
        assert text, "a message says something"
        self.keys.append(key)
        self.then()


@pytest.fixture
def inbox() -> Inbox:
    """Give a notifier that takes everything."""
    return Inbox()


@pytest.fixture
def post(inbox: Inbox, tmp_path: Path) -> Iterator[Town]:
    """Give an office on a file that sends its messages there."""
    town = Town(f"sqlite:///{tmp_path / 'office.db'}", ids=uuid4, notifier=inbox)
    yield town
    town.office.close()


@pytest.mark.parametrize("url", ["memory:", "sqlite:///{}/office.db"])
def test_what_is_committed_while_one_waits_is_delivered(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """By the bell: one would look by oneself only after a minute."""
    monkeypatch.setattr(following, "_LOOK", 60.0)
    inbox, delivered, stopped = Inbox(), threading.Event(), threading.Event()
    town = Town(url.format(tmp_path), ids=uuid4, notifier=inbox)

    def follow() -> None:
        for done in town.office.follow(stopped.is_set):
            assert done == Delivered(sent=1)
            delivered.set()

    follower = threading.Thread(target=follow)
    follower.start()
    for number in range(1, 4):
        town.case("ktp-hilang")
        assert delivered.wait(10)
        delivered.clear()
        assert len(inbox.keys) == number
    stopped.set()
    follower.join(10)
    assert not follower.is_alive()
    town.office.close()


def test_it_stops_after_the_message_in_hand(post: Town, inbox: Inbox):
    """Those that were not tried are lent to nobody, and have not been tried."""
    stopped = threading.Event()
    inbox.then = stopped.set
    for _ in range(3):
        post.case("ktp-hilang")
    assert list(post.office.follow(stopped.is_set)) == [Delivered(sent=1)]
    assert len(inbox.keys) == 1
    now, later = "2021-07-12T01:00:00.000000Z", "2021-07-12T01:00:01.000000Z"
    lent = post.office.storage.lease("35.23", now=now, until=later, limit=9)
    assert [one.attempts for one in lent] == [1, 1]


def test_nothing_is_left_open(post: Town, monkeypatch: pytest.MonkeyPatch):
    """When it ends its bell is closed."""
    bells = []
    bell = post.office.storage.bell
    monkeypatch.setattr(
        post.office.storage, "bell", lambda office: bells.append(bell(office)) or bells[-1]
    )
    post.case("ktp-hilang")
    asked = count()
    assert list(post.office.follow(lambda: next(asked) > 3)) == [Delivered(sent=1)]
    (one,) = bells
    assert one._database._connection is None


def test_it_stops_before_the_first(post: Town, inbox: Inbox):
    """Who is told to stop at once does nothing."""
    post.case("ktp-hilang")
    assert list(post.office.follow(lambda: True)) == []
    assert inbox.keys == []


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_what_is_committed_just_after_one_looked_is_not_missed(
    rounds: int, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
):
    """Who found nothing does not go to sleep on it, in whichever round it is."""
    monkeypatch.setattr(following, "_LOOK", 60.0)
    town = Town(ids=uuid4, notifier=inbox)
    storage = town.office.storage
    lease = storage.lease
    asked = count()

    def look(office: str, **how: Any) -> Sequence[Lease]:
        found = lease(office, **how)
        if not found and len(inbox.keys) < rounds:
            town.case("ktp-hilang")
        return found

    monkeypatch.setattr(storage, "lease", look)
    told = town.office.follow(lambda: next(asked) > 40)  # some seconds, where it is missed
    assert list(islice(told, rounds)) == [Delivered(sent=1)] * rounds


def test_what_is_due_again_is_found_without_a_commit(inbox: Inbox, monkeypatch: pytest.MonkeyPatch):
    """One looks now and then, though no bell rings: as for what another one was lent too long."""
    monkeypatch.setattr(following, "_LOOK", 0.05)
    post = Town(ids=uuid4, notifier=inbox)
    failures = [ConnectionError()]

    def fail() -> None:
        if failures:
            raise failures.pop()

    inbox.then = fail
    post.case("ktp-hilang")
    asked = count()

    def stop() -> bool:
        number = next(asked)
        if number == 20:
            post.clock.wait(minutes=1)
        return number > 40

    told = post.office.follow(stop)
    assert list(islice(told, 2)) == [Delivered(again=1), Delivered(sent=1)]


def test_several_at_once_send_each_message_once(post: Town):
    """Each is lent to one of them."""
    stopped = threading.Event()
    inboxes = [Inbox(), Inbox(), Inbox()]
    towns = [
        Town(post.office.storage._database.url, notifier=one)  # type: ignore[attr-defined] # ours
        for one in inboxes
    ]
    followers = [
        threading.Thread(target=lambda town=town: list(town.office.follow(stopped.is_set)))
        for town in towns
    ]
    for one in followers:
        one.start()
    for _ in range(12):
        post.case("ktp-hilang")
    while post.office.storage.messages("35.23", parked=False):
        assert not stopped.wait(0.01)
    stopped.set()
    for one in followers:
        one.join(10)
    keys = [key for inbox in inboxes for key in inbox.keys]
    assert len(keys) == len(set(keys)) == 12
    for town in towns:
        town.office.close()


class TestAway:
    """A store that cannot be used for a while does not end it."""

    @pytest.fixture
    def locked(self, post: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[apsw.Connection]:
        """Give who keeps the file of the office locked, with one message in it."""
        monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
        post.case("ktp-hilang")
        post.office.close()
        path = post.office.storage._database._path  # type: ignore[attr-defined] # ours
        with closing(apsw.Connection(str(path))) as other:
            yield other

    def test_it_is_said_once_and_gone_on(
        self,
        post: Town,
        inbox: Inbox,
        locked: apsw.Connection,
        monkeypatch: pytest.MonkeyPatch,
    ):
        """However often it is tried; and once again when it is away once more."""
        told: list[str] = []
        pauses: list[float] = []

        def pause(seconds: float) -> bool:
            pauses.append(seconds)
            if len(pauses) % 8 == 0:
                locked.execute("rollback")
            return True

        monkeypatch.setattr(following, "_sleep", pause)
        monkeypatch.setattr(following, "_MOMENT", 1000.0)
        rounds = post.office.follow(
            lambda: False, away=lambda failure: told.append(failure.facts["reason"])
        )
        for number in (1, 2):
            locked.execute("begin immediate")
            assert next(rounds) == Delivered(sent=1)
            assert told == ["busy"] * number
            assert len(inbox.keys) == number
            assert pauses == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60] * number, abs=0.5)
            if number == 1:
                post.case("ktp-hilang")

    def test_else_it_is_logged(
        self, post: Town, locked: apsw.Connection, caplog: pytest.LogCaptureFixture
    ):
        """Without whom to tell; and who waits for it can be stopped."""
        locked.execute("begin immediate")
        with caplog.at_level(logging.WARNING):
            assert list(post.office.follow(lambda: bool(caplog.records))) == []
        (record,) = caplog.records
        assert "locked" in record.getMessage()
        assert isinstance(record.args, tuple)
        assert isinstance(record.args[0], StorageFailure)
