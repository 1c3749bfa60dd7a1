"""By which gateway each message goes, how fast, how many at once; and a store that is full."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st
from office_days import Person, Town

from adminduk import Office
from adminduk.errors import InvalidInput, StorageFailure
from adminduk.office import Delivered
from adminduk.office.channels import Channels
from adminduk.office.pace import Pace, pace_of

DUE = "2021-07-12T01:00:00.000000Z"


@define
class Inbox:
    """A notifier that keeps what it was given, and does something each time."""

    got: list[str] = field(factory=list)
    keys: Counter[str] = field(factory=Counter)
    then: Callable[[], object] = lambda: None

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        assert text, "a message says something"
        self.keys[key] += 1
        self.got.append(to)
        self.then()


def test_posts_have_a_channel_of_their_own():
    """As mail, where the phones have a gateway of short messages."""
    phones, posts = Inbox(), Inbox()
    town = Town(notifier=phones, posts=posts)
    town.case("ktp-hilang")
    town.case("ktp-hilang", applicant=Person(name="Mbah Karto"))
    assert town.office.deliver() == Delivered(sent=2)
    assert phones.got == ["+6281234567890"]
    assert posts.got == ["village_operator@35.23.08.2001"]


def test_one_gateway_has_one_pace():
    """Whoever it is sent for."""
    channels = Channels.opened("console:#at-most=10/s", None)
    assert channels.of("+6281234567890").pace is channels.of("village_operator@35.23").pace


class TestPace:
    """A gateway is given no more than it allows."""

    @given(st.integers(1, 500), st.lists(st.floats(0, 3), max_size=20))
    def test_no_two_come_closer(self, rate: int, pauses: list[float]):
        """However long each one before took."""
        clock = [100.0]

        def sleep(seconds: float) -> None:
            clock[0] += seconds

        pace = Pace(1 / rate, now=lambda: clock[0], sleep=sleep)
        turns = []
        for pause in [0, *pauses]:
            clock[0] += pause
            asked = clock[0]
            assert pace.wait(lambda: False)
            turns.append(clock[0])
            if len(turns) == 1 or asked - turns[-2] > 1 / rate:
                assert turns[-1] == asked, "nobody waits without need"
        gaps = [after - before for before, after in pairwise(turns)]
        assert all(gap > 1 / rate - 1e-6 for gap in gaps)

    def test_several_threads_have_a_turn_each(self):
        """Nobody goes with the turn of another, who has just looked at the clock."""

        def now() -> float:
            time.sleep(0.002)
            return time.monotonic()

        pace = Pace(0.02, now=now)
        began = time.monotonic()
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(lambda _: pace.wait(lambda: False), range(13)))
        assert time.monotonic() - began >= 12 * 0.02

    def test_who_waits_hears_soon_that_it_is_to_stop(self):
        """It is asked several times a second, however long the wait."""
        slept: list[float] = []
        pace = Pace(60.0, now=lambda: sum(slept), sleep=slept.append)
        assert pace.wait(lambda: False)
        assert pace.wait(lambda: False)
        assert max(slept) <= 0.5

    def test_a_message_is_lent_for_as_long_as_it_may_wait(self):
        """Nobody else is lent it while those before it have their turns, nor until it is settled.

        However long its answer may take, and some minutes more.
        """
        town = Town(notifier="console:", posts="console:#at-most=1/min")
        town.case("ktp-hilang")
        storage, until = town.office.storage, []
        lend = storage.lease

        def noting(office: str, **asked: Any) -> Any:
            until.append(datetime.fromisoformat(asked["until"]))
            return lend(office, **asked)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(storage, "lease", noting)
            town.office.deliver(at_once=30, patience=600.0)
        assert min(until) >= town.clock.now + timedelta(minutes=30 + 10 + 2)

    def test_who_is_to_stop_waits_no_longer(self):
        """And takes no turn."""
        clock = [100.0]
        pace = Pace(60.0, now=lambda: clock[0], sleep=lambda _: pytest.fail("it waits"))
        assert pace.wait(lambda: False)
        assert not pace.wait(lambda: True)
        clock[0] += 60
        assert pace.wait(lambda: False)

    @pytest.mark.parametrize(
        ("url", "seconds"), [("a:", 0), ("a:#at-most=10/s", 0.1), ("a:#b#at-most=30/min", 2)]
    )
    def test_is_said_at_the_end_of_a_url(self, url: str, seconds: float):
        """Another fragment is the gateway's own."""
        bare, pace = pace_of(url)
        assert bare == url.partition("#at-most")[0]
        assert pace.seconds == seconds

    @pytest.mark.parametrize("end", ["0/s", "10", "10/h", "-1/s", "99999/s", "1.5/s", ""])
    def test_is_refused_where_it_is_none(self, end: str):
        """In time: before anything is sent."""
        with pytest.raises(InvalidInput) as caught:
            Town(notifier=f"console:#at-most={end}").office.deliver()
        assert caught.value.faults[0].code == "pace"

    def test_who_waits_for_a_turn_leaves_nothing_lent(self):
        """Stopped meanwhile, it gives the message back, due as it was."""
        town = Town(notifier="console:#at-most=1/min")
        for _ in range(3):
            town.case("ktp-hilang")
        asked = count()
        town.office.deliver(1)
        assert list(town.office.follow(lambda: next(asked) > 2)) == [Delivered(again=1)]
        lent = town.office.storage.lease("35.23", now=DUE, until=DUE, limit=9)
        assert [one.attempts for one in lent] == [1, 1], "nothing was tried"


class TestAtOnce:
    """Several are in hand at a time."""

    @pytest.mark.parametrize("url", ["memory:", "sqlite:///{}/office.db"])
    def test_a_slow_gateway_holds_up_only_one_of_them(self, url: str, tmp_path: Path):
        """Each is sent once, and no more are in hand than was said."""
        together = threading.Barrier(4, timeout=20)
        inbox = Inbox(then=together.wait)
        town = Town(url.format(tmp_path), ids=uuid4, notifier=inbox)
        for _ in range(8):
            town.case("ktp-hilang")
        assert town.office.deliver(at_once=4) == Delivered(sent=8)
        assert set(inbox.keys.values()) == {1}
        assert len(inbox.keys) == 8
        assert town.office.deliver(at_once=4) == Delivered()
        town.office.close()

    def test_no_more_than_the_limit(self):
        """However many hands there are."""
        inbox = Inbox()
        town = Town(notifier=inbox)
        for _ in range(5):
            town.case("ktp-hilang")
        assert town.office.deliver(3, at_once=8) == Delivered(sent=3)

    def test_several_with_several_hands(self, tmp_path: Path):
        """Each message is sent once, whoever sends it."""
        url = f"sqlite:///{tmp_path / 'office.db'}"
        town = Town(url, ids=uuid4)
        for _ in range(20):
            town.case("ktp-hilang")
        inbox = Inbox()
        offices = [Office.open(url, clock=town.clock, notifier=inbox) for _ in range(2)]
        done: list[int] = []
        threads = [
            threading.Thread(target=lambda one=one: done.append(one.deliver(at_once=3).sent))
            for one in offices
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
        assert sum(done) == len(inbox.keys) == 20
        assert set(inbox.keys.values()) == {1}
        for office in (*offices, town.office):
            office.close()


class TestFullDisk:
    """What was sent is not sent again because it could not be settled."""

    def test_it_is_settled_before_anything_else(self, monkeypatch: pytest.MonkeyPatch):
        """Once there is room again; nobody waits for the lease to run out."""
        inbox = Inbox()
        town = Town(notifier=inbox)
        town.case("ktp-hilang")
        storage = town.office.storage
        settle, full = storage.settle, [True, True]

        def on_a_full_disk(*what: Any, **how: Any) -> bool:
            if full:
                full.pop()
                raise StorageFailure(url="memory:", why="no space left", reason="full")
            return settle(*what, **how)

        monkeypatch.setattr(storage, "settle", on_a_full_disk)
        with pytest.raises(StorageFailure):
            town.office.deliver()
        with pytest.raises(StorageFailure):
            town.office.deliver()
        assert town.office.deliver() == Delivered()
        town.clock.wait(hours=1)
        assert town.office.deliver() == Delivered()
        assert set(inbox.keys.values()) == {1}
        assert list(town.office.messages(parked=False)) == []


def test_pauses_differ():
    """Up to half as long again, so that not all come back to the gateway at once."""
    failing = Inbox(then=lambda: 1 / 0)
    for chance in (0.0, 0.5, 1.0):
        town = Town(notifier=failing, chance=lambda chance=chance: chance)
        town.case("ktp-hilang")
        town.office.deliver()
        (one,) = town.office.messages(parked=False)
        assert (one.due - town.clock.now).total_seconds() == 60 * (1 + chance / 2)
