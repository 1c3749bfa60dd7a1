"""Messages: committed with what they tell of, delivered afterwards, at least once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from datetime import time as hour_of_day
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st
from office_days import DEWI, HADI, OWNER, SIDONGANTI, SIGNED, Person, Town

from adminduk import Office, commands, plugins
from adminduk.errors import Undeliverable
from adminduk.office import Delivered
from adminduk.records import Settings
from adminduk.records.index import stamp
from adminduk.regions.zones import zone_of
from adminduk.values import RegionCode

TUBAN_CODE = RegionCode.parse("35.23")


@define
class Inbox:
    """A notifier that keeps what it was given, and may do something else first."""

    got: list[tuple[str, str, str]] = field(factory=list)
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        self.before()
        self.got.append((key, to, text))
        self.after()

    @property
    def texts(self) -> list[str]:
        """What people read."""
        return [text for _, _, text in self.got]


def fail() -> None:
    """Fail as a gateway fails."""
    raise ConnectionError("the gateway is down")


@pytest.fixture
def inbox() -> Inbox:
    """Give a notifier that takes everything."""
    return Inbox()


@pytest.fixture
def post(inbox: Inbox) -> Town:
    """Give an office that sends its messages there, in English."""
    return Town(notifier=inbox, language="en")


class TestWhatIsTold:
    """The applicant is told what happens to the case."""

    def test_on_the_way(self, post: Town, inbox: Inbox):
        """Submitted, ready, completed: to the phone that was given."""
        case = post.case("ktp-hilang")
        done = [post.office.deliver()]
        post.verify(case)
        post.print(case.copy)
        post.run(case.copy)
        post.siti.collect(case.copy)
        done += [post.office.deliver()]
        post.siti.hand_over(case.copy, to=OWNER)
        done += [post.office.deliver()]
        assert done == [Delivered(sent=1), Delivered(sent=1, bags=1), Delivered(sent=1)]
        assert {to for _, to, _ in inbox.got} == {"+6281234567890"}
        assert [text for text in inbox.texts if case.code in text] == inbox.texts
        assert "registry office" in inbox.texts[0]
        assert "village operator" in inbox.texts[1]
        assert "completed" in inbox.texts[2]

    def test_at_the_counter(self, post: Town, inbox: Inbox):
        """That it can be fetched there."""
        case = post.at_counter("ktp-hilang")
        post.office.deliver()
        assert case.code in inbox.texts[-1]
        assert "counter" in inbox.texts[-1]

    def test_at_the_district(self, post: Town, inbox: Inbox):
        """Who applied there fetches it there, and learns that it has come; damaged it is not said.

        Of what the village operator collects the applicant hears when it is in the village.
        """
        there = [post.printed("kk-hilang", by=DEWI, region=SIDONGANTI) for _ in range(2)]
        village = post.printed("ktp-hilang")
        bag = post.arrived(*(one.copy for one in (*there, village)))
        post.dewi.count(bag, arrived=(there[0].copy, village.copy), damaged=(there[1].copy,))
        post.office.deliver()
        (text,) = [one for one in inbox.texts if "at the district. Fetch" in one]
        assert there[0].code in text

    def test_of_several_documents_at_once(self, post: Town, inbox: Inbox):
        """What is collected together is told together; what comes later is told then."""
        case = post.printed("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
        copies = [case.copies(number) for number in (1, 2, 3)]
        post.run(*copies)
        inbox.got.clear()
        post.office.deliver()
        inbox.got.clear()
        together = [commands.Collect(item=one) for one in copies[:2]]
        post.office.do_all(together, by=post.siti.actor)
        post.office.deliver()
        assert len(inbox.texts) == 1
        post.siti.collect(copies[2])
        post.office.deliver()
        assert len(inbox.texts) == 2

    def test_of_a_return(self, post: Town, inbox: Inbox):
        """What is missing is named."""
        case = post.case("ktp-hilang")
        post.clock.wait(days=1)
        items = post.items(case)
        post.budi.send_back(case, faults=dict.fromkeys(items, "Buram"))
        post.office.deliver()
        assert f": {', '.join(items)}." in inbox.texts[-1]

    def test_of_a_link(self, post: Town, inbox: Inbox):
        """The link is in the message."""
        case = post.verified("kk-hilang")
        post.siti.choose_delivery(case, product="kk", way="digital")
        post.budi.issue(case.copy, signature=SIGNED, link="https://disdukcapil.example/a")
        post.office.deliver()
        assert post.state(case) == "completed"
        assert "https://disdukcapil.example/a" in inbox.texts[-1]
        assert sum("completed" in text for text in inbox.texts) == 0  # the link says so

    @pytest.mark.parametrize("end", ["rejected", "withdrawn", "expired", "lapsed"])
    def test_of_an_end(self, post: Town, inbox: Inbox, end: str):
        """Each end has its sentence."""
        bring = {"expired": post.draft, "lapsed": post.verified}.get(end, post.case)
        case = bring("ktp-hilang")
        post.clock.wait(days=30)
        form = post.application(case).evidence[0].shown
        {
            "rejected": lambda: post.budi.reject(case, ground="Bukan", approved_by=HADI),
            "withdrawn": lambda: post.siti.withdraw(case, reason="Ketemu", authorisation=form),
            "expired": post.office.tick,
            "lapsed": lambda: post.budi.give_up(case, product="ktp", reason="Pindah"),
        }[end]()
        post.office.deliver()
        assert post.state(case) == end
        assert case.code in inbox.texts[-1]

    def test_of_a_case_without_documents(self, post: Town, inbox: Inbox):
        """It is completed when it is verified."""
        post.verified("legalisir")
        post.office.deliver()
        assert "completed" in inbox.texts[-1]

    def test_to_the_operator_where_there_is_no_phone(self, post: Town, inbox: Inbox):
        """The post that holds the case passes it on."""
        post.case("ktp-hilang", applicant=Person(name="Mbah Karto"))
        post.office.deliver()
        assert [to for _, to, _ in inbox.got] == ["village_operator@35.23.08.2001"]

    def test_in_the_language_of_the_office(self, inbox: Inbox):
        """Indonesian where no other is asked for."""
        town = Town(notifier=inbox)
        case = town.case("ktp-hilang")
        town.office.deliver()
        assert case.code in inbox.texts[0]

    def test_nothing_of_a_refusal(self, post: Town, inbox: Inbox):
        """What did not happen is told to nobody."""
        with post.refuses("wrong_area"):
            post.case("ktp-hilang", by=post.joko.actor)
        assert post.office.deliver() == Delivered()
        assert inbox.got == []

    def test_nothing_twice_of_a_repeat(self, post: Town):
        """The same command sent again sends no second message."""
        order = post.order("ktp-hilang", id=uuid4())
        for _ in range(2):
            post.office.do(order, by=post.siti.actor)
        assert post.office.deliver() == Delivered(sent=1)
        assert post.office.deliver() == Delivered()


class TestAtLeastOnce:
    """A message is taken away only when it was taken."""

    def test_a_gateway_that_fails(self, post: Town, inbox: Inbox):
        """Tried again when its pause is over, and not before."""
        inbox.before = fail
        case = post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(again=1)
        inbox.before = lambda: None
        post.clock.wait(seconds=59)
        assert post.office.deliver() == Delivered()
        post.clock.wait(seconds=1)
        assert post.office.deliver() == Delivered(sent=1)
        assert case.code in inbox.texts[0]

    def test_the_pauses_grow(self, post: Town, inbox: Inbox):
        """A minute, two, four, and so on."""
        inbox.before = fail
        post.case("ktp-hilang")
        due = []
        for _ in range(9):
            post.office.deliver()
            (message,) = post.office.storage.messages("35.23", parked=False)
            started = post.clock.now
            post.clock.now = datetime.fromisoformat(message.due)
            due.append((post.clock.now - started).total_seconds() / 60)
        assert due == [1, 2, 4, 8, 16, 32, 64, 128, 256]

    def test_parked_after_ten_tries(self, post: Town, inbox: Inbox):
        """Then a person must look; it is not tried any more."""
        inbox.before = fail
        post.case("ktp-hilang")
        results = []
        for _ in range(10):
            results.append(post.office.deliver())
            post.clock.wait(hours=7)
        assert results == [Delivered(again=1)] * 9 + [Delivered(parked=1)]
        inbox.before = lambda: None
        assert post.office.deliver() == Delivered()
        assert len(post.office.storage.messages("35.23", parked=True)) == 1

    def test_parked_where_whoever_tries_it_ends(self, post: Town, inbox: Inbox):
        """It is not tried for ever, though nobody ever told how it ended."""
        post.case("ktp-hilang")
        storage = post.office.storage
        for _ in range(10):
            at = {"now": stamp(post.clock.now), "until": stamp(post.clock.now)}
            assert len(storage.lease("35.23", **at, limit=1)) == 1
        post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(sent=1, parked=1)
        assert len(inbox.got) == 1

    def test_parked_at_once_where_it_would_be_in_vain(self, post: Town, inbox: Inbox):
        """The gateway knows that there is no such number; the next message goes its way."""

        def refuse() -> None:
            inbox.before = lambda: None
            raise Undeliverable(why="no such number")

        inbox.before = refuse
        for _ in range(2):
            post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(sent=1, parked=1)
        post.clock.wait(days=1)
        assert post.office.deliver() == Delivered()

    def test_a_gateway_that_hangs(self, post: Town, inbox: Inbox):
        """It has failed when its time is over; the office goes on."""
        released = threading.Event()
        inbox.before = lambda: released.wait() and None
        post.case("ktp-hilang")
        started = time.monotonic()
        assert post.office.deliver(patience=0.05) == Delivered(again=1)
        assert time.monotonic() - started < 5
        post.case("ktp-hilang")
        released.set()

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (ConnectionError("https://u:rahasia@gateway.example/?to=6281234567890"), "Connection"),
            (Undeliverable(why="no such number"), "no such number"),
        ],
    )
    def test_why_it_failed_is_logged(
        self,
        post: Town,
        inbox: Inbox,
        error: Exception,
        words: str,
        caplog: pytest.LogCaptureFixture,
    ):
        """In our words; of another's only what kind of error it is."""

        def refuse() -> None:
            raise error

        inbox.before = refuse
        post.case("ktp-hilang")
        with caplog.at_level(logging.DEBUG):
            post.office.deliver()
        (record,) = caplog.records
        assert words in record.getMessage()
        assert "rahasia" not in record.getMessage()

    def test_a_gateway_that_dies_after_sending(self, post: Town, inbox: Inbox):
        """Nobody knows that it was sent, so it is sent again; the key tells that it is the same."""
        inbox.after = fail
        post.case("ktp-hilang")
        post.office.deliver()
        inbox.after = lambda: None
        post.clock.wait(minutes=1)
        assert post.office.deliver() == Delivered(sent=1)
        (first, second) = inbox.got
        assert first == second

    def test_a_deliverer_that_dies(self, post: Town, inbox: Inbox):
        """What it had leased is delivered by the next one, when the lease is over."""
        post.case("ktp-hilang")
        storage = post.office.storage
        now = "2021-07-12T01:00:00.000000Z"
        storage.lease("35.23", now=now, until="2021-07-12T01:05:00.000000Z", limit=10)
        assert post.office.deliver() == Delivered()
        post.clock.wait(minutes=5)
        assert post.office.deliver() == Delivered(sent=1)
        assert len(inbox.got) == 1

    def test_one_bad_number_stops_nobody(self, post: Town, inbox: Inbox):
        """The others are delivered all the same."""
        failures = [fail]
        inbox.before = lambda: failures.pop()() if failures else None
        for _ in range(3):
            post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(sent=2, again=1)

    def test_by_several_deliverers_at_once(self, tmp_path: Path):
        """Each message is leased to one of them: nothing is sent twice, nothing left."""
        url = f"sqlite:///{tmp_path / 'office.db'}"
        town = Town(url, ids=uuid4, notifier=Inbox())
        for _ in range(12):
            town.case("ktp-hilang")
        inbox = Inbox()
        offices = [Office.open(url, clock=town.clock, notifier=inbox) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            done = list(pool.map(lambda office: office.deliver(limit=4), offices))
        assert sum(one.sent for one in done) == 12
        assert len({key for key, _, _ in inbox.got}) == len(inbox.got) == 12

    def test_reading_and_verifying_send_nothing(self, post: Town, inbox: Inbox):
        """A replay of the journal never notifies."""
        case = post.case("ktp-hilang")
        post.office.deliver()
        post.office.verify()
        post.office.track(case.code)
        assert post.office.deliver() == Delivered()
        assert len(inbox.got) == 1


class TestQuietHours:
    """Nobody is woken by a message: it goes out in the morning."""

    def test_none_are_set_at_first(self, post: Town):
        """What is due at night goes out at night."""
        post.clock.wait(hours=15)  # eleven at night in Tuban
        post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(sent=1)

    def test_what_is_due_in_them_waits_for_their_end(self, post: Town, inbox: Inbox):
        """Also what was due before, where nobody delivered; the courier is told as ever."""
        post.hadi.change_settings("office", quiet_from="21:00", quiet_until="06:00")
        post.sealed(post.printed("ktp-hilang").copy)
        post.clock.wait(hours=15)
        assert post.office.deliver() == Delivered(again=1, bags=1)
        post.clock.wait(hours=6, minutes=59)
        assert post.office.deliver() == Delivered()
        post.clock.wait(minutes=1)
        assert post.office.deliver() == Delivered(sent=1)
        assert len(inbox.got) == 1

    def test_a_night_is_no_attempt(self, post: Town, inbox: Inbox):
        """After some of them it is tried as often, and as soon again, as any."""
        post.hadi.change_settings("office", quiet_from="21:00", quiet_until="06:00")
        post.case("ktp-hilang")
        post.clock.wait(hours=15)
        for _ in range(3):
            assert post.office.deliver() == Delivered(again=1)
            post.clock.wait(days=1)
        inbox.before = fail
        post.clock.wait(hours=10)
        tries = []
        while not post.office.storage.messages("35.23", parked=True):
            tries += [post.clock.now] if post.office.deliver() != Delivered() else []
            post.clock.wait(minutes=1)
        assert len(tries) == 10
        assert tries[1] - tries[0] == timedelta(minutes=1)

    @given(st.times(), st.times(), st.datetimes(timezones=st.just(zone_of(TUBAN_CODE))))
    def test_end_at_their_end(self, first: hour_of_day, last: hour_of_day, now: datetime):
        """Within a day; then it is quiet no more, and until then it is."""
        hours = {"quiet_from": f"{first:%H:%M}", "quiet_until": f"{last:%H:%M}"}
        settings = Settings(region=TUBAN_CODE, state="set", begun=now, **hours)
        end = settings.quiet_end(now)
        if end is None:
            return
        assert now < end <= now + timedelta(days=1)
        assert f"{end:%H:%M}" == hours["quiet_until"]
        assert settings.quiet_end(end) is None
        assert settings.quiet_end(end - timedelta(minutes=1)) == end


class Listener:
    """A plugin that hears of commits."""

    def __init__(self, hear: Callable[..., None]) -> None:
        self.adminduk_committed = hear


class TestListeners:
    """Plugins hear of what took effect, after the commit."""

    @pytest.fixture
    def heard(self) -> Iterator[list[Any]]:
        """Give what two listeners heard, of which the first always fails."""
        heard: list[Any] = []

        def broken(receipt: Any) -> None:
            heard.append(("broken", receipt.id))
            raise RuntimeError("no room in the index")

        def working(receipt: Any) -> None:
            heard.append(("working", receipt.id))

        manager = plugins.manager()
        listeners = {
            name: Listener(plugins.hookimpl(function))
            for name, function in (("working", working), ("broken", broken))
        }
        for name, listener in listeners.items():
            manager.register(listener, name)
        yield heard
        for listener in listeners.values():
            manager.unregister(listener)

    def test_one_that_fails_stops_nobody(
        self, town: Town, heard: list[Any], caplog: pytest.LogCaptureFixture
    ):
        """It is logged, the command stands, the other listener hears of it."""
        order = town.order("ktp-hilang", id=uuid4())
        with caplog.at_level(logging.ERROR):
            receipt = town.office.do(order, by=town.siti.actor)
        assert receipt.records[0].state == "submitted"
        assert {who for who, id_ in heard if id_ == receipt.id} == {"broken", "working"}
        assert "broken" in caplog.text

    def test_a_repeat_is_not_heard_again(self, town: Town, heard: list[Any]):
        """It took effect once."""
        order = town.order("ktp-hilang", id=uuid4())
        for _ in range(3):
            town.office.do(order, by=town.siti.actor)
        assert len(heard) == 2

    def test_a_refusal_is_not_heard(self, town: Town, heard: list[Any]):
        """Nothing took effect."""
        with town.refuses("wrong_area"):
            town.case("ktp-hilang", by=town.joko.actor)
        assert heard == []
