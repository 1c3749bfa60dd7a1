"""What a carrier tells by signed events becomes commands: once each, in whatever order."""

from __future__ import annotations

import json
import logging
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_days import BUDI, DEWI, KEREK, TUBAN, WAHYU, Told, Town

from adminduk import Actor, Role
from adminduk.errors import Conflict, InvalidInput, StorageFailure
from adminduk.records import CourierSays
from adminduk_carrier.tracking import Heard, Tracking
from carrier_server import SECRET, signed

CARRIER = Actor("kurir-cepat", Role.COURIER, TUBAN)
NOTED = ("delivered", "undelivered", "returned", "damaged", "lost")


@pytest.fixture
def told() -> Told:
    """Give a notifier that keeps what it was given."""
    return Told()


@pytest.fixture
def town(told: Told) -> Town:
    """Give an office on a Monday morning."""
    return Town(notifier=told)


@pytest.fixture
def tracking(town: Town) -> Tracking:
    """Give what takes events for it."""
    return Tracking(town.office, CARRIER, [SECRET])


@pytest.fixture
def bag(town: Town) -> str:
    """Give a bag that was sealed an hour ago."""
    name = town.sealed(town.printed("ktp-hilang").copy)
    town.clock.wait(hours=1)
    return name


def event(what: str, bag: str, at: datetime, **more: Any) -> bytes:
    """Write an event as the carrier does."""
    data = {"reference": bag, "signed_by": "Satpam", **more}
    said = {"type": f"consignment.{what}", "timestamp": at.isoformat(), "data": data}
    return json.dumps(said).encode()


def hear(tracking: Tracking, body: bytes, id_: str = "msg_1") -> Heard:
    """Receive a signed event."""
    return tracking.receive(signed(body, id_=id_), body)


def steps(town: Town, bag: str) -> list[str]:
    """Name what happened to a bag."""
    return [one.do for one in town.office.journal(bag)]


class TestASignature:
    """Only who has the secret is listened to, and only about now."""

    def test_is_that_of_the_specification(self):
        """The example of Standard Webhooks, which the tests sign like."""
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        id_ = "msg_p5jXN8AQM9LWM0D4loKWxJek"
        made = signed(b'{"test": 2432232314}', id_=id_, at=1614265330, secret=secret)
        assert made["Webhook-Signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_of_the_carrier(self, town: Town, tracking: Tracking, bag: str):
        """It is answered 200."""
        heard = hear(tracking, event("collected", bag, town.clock.now))
        assert (heard.status, heard.outcome) == (200, "recorded")

    @pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
    def test_with_a_header_missing(self, town: Town, tracking: Tracking, bag: str, name: str):
        """Nothing is taken on trust."""
        body = event("collected", bag, town.clock.now)
        headers = {one: value for one, value in signed(body).items() if one.lower() != name}
        assert tracking.receive(headers, body).status == 401
        assert town.state(bag) == "sealed"

    @pytest.mark.parametrize(
        "change",
        [
            {"Webhook-Id": "msg_2"},
            {"Webhook-Signature": "v1,"},
            {"Webhook-Signature": "v1,AAAA"},
            {"Webhook-Signature": "v2,AAAA v1a,AAAA"},
            {"Webhook-Signature": ""},
            {"Webhook-Signature": "v1"},
            {"Webhook-Signature": "v1,%%%%,"},
            {"Webhook-Signature": "v1,é"},
            {"Webhook-Timestamp": "gestern"},
            {"Webhook-Timestamp": "nan"},
            {"Webhook-Timestamp": "inf"},
            {"Webhook-Timestamp": "9" * 400},
            {"Webhook-Id": "\udc80"},
        ],
    )
    def test_that_is_of_something_else(
        self, town: Town, tracking: Tracking, bag: str, change: dict[str, str]
    ):
        """Of another event, another time, or of nothing."""
        body = event("collected", bag, town.clock.now)
        heard = tracking.receive(signed(body) | change, body)
        assert (heard.status, heard.outcome) == (401, "not_signed")
        assert town.state(bag) == "sealed"

    def test_with_a_second_id(self, town: Town, tracking: Tracking, bag: str):
        """That which is signed counts, however its header is written: a repeat stays one."""
        town.agus.depart(bag)
        body = event("lost", bag, town.clock.now)
        assert hear(tracking, body).outcome == "noted"
        headers = {"WEBHOOK-ID": "msg_2", **signed(body)}
        assert tracking.receive(headers, body).outcome == "repeated"

    def test_with_its_time_moved(self, town: Town, tracking: Tracking, bag: str):
        """By a second: nobody makes an old one new."""
        body = event("collected", bag, town.clock.now)
        headers = signed(body)
        headers["Webhook-Timestamp"] = str(int(headers["Webhook-Timestamp"]) + 1)
        assert tracking.receive(headers, body).status == 401
        assert town.state(bag) == "sealed"

    def test_of_another_body(self, town: Town, tracking: Tracking, bag: str):
        """Byte for byte."""
        body = event("collected", bag, town.clock.now)
        assert tracking.receive(signed(body), body + b" ").status == 401
        assert tracking.receive(signed(b"\xff"), b"\xff").status == 401

    @pytest.mark.parametrize("minutes", [-60, -6, 6, 60])
    def test_of_another_time(self, town: Town, tracking: Tracking, bag: str, minutes: int):
        """Neither an old one that somebody kept, nor one for later."""
        body = event("collected", bag, town.clock.now)
        at = time.time() + minutes * 60
        assert tracking.receive(signed(body, at=at), body).status == 401
        assert town.state(bag) == "sealed"

    @pytest.mark.parametrize("minutes", [-4, 4])
    def test_of_about_now(self, town: Town, tracking: Tracking, bag: str, minutes: int):
        """Clocks differ, and lines are slow."""
        body = event("collected", bag, town.clock.now)
        assert tracking.receive(signed(body, at=time.time() + minutes * 60), body).status == 200

    def test_with_another_secret(self, town: Town, bag: str):
        """While one is replaced both are good; then only the new one."""
        old, new = SECRET, "whsec_" + b64encode(b"kunci baru kurir cepat Tuban").decode()
        body = event("collected", bag, town.clock.now)
        for secrets, status in (([new], 401), ([new, old], 200), ([old, new], 200), ([old], 200)):
            assert Tracking(town.office, CARRIER, secrets).receive(signed(body), body).status == (
                status
            )

    def test_among_several(self, town: Town, tracking: Tracking, bag: str):
        """The carrier may sign with an old and a new secret at once."""
        body = event("collected", bag, town.clock.now)
        headers = signed(body)
        other = signed(body, secret="whsec_" + "A" * 32)["Webhook-Signature"]
        headers["Webhook-Signature"] = f"v1a,xyz {other} {headers['Webhook-Signature']}"
        assert tracking.receive(headers, body).status == 200

    @pytest.mark.parametrize(
        "secret", ["", "whsec_", "whsec_kurz", "whsec_%%%", "kunci é", "A" * 31, "%" * 40]
    )
    def test_with_no_real_secret(self, town: Town, secret: str):
        """One that can be guessed is refused at once, and is in no error."""
        with pytest.raises(InvalidInput) as caught:
            Tracking(town.office, CARRIER, [secret])
        assert not secret or secret not in str(caught.value).replace("whsec_ and", "")

    def test_with_none_at_all(self, town: Town):
        """Who has no secret believes nobody."""
        body = event("collected", "K-7", town.clock.now)
        assert Tracking(town.office, CARRIER, []).receive(signed(body), body).status == 401

    def test_its_secret_is_not_shown(self, tracking: Tracking):
        """In a log of the host, say."""
        assert SECRET not in repr(tracking)
        assert "kunci" not in repr(tracking)


class TestWhatIsNoEvent:
    """Signed, but nothing that can be read: the carrier is told so."""

    @pytest.mark.parametrize(
        "body",
        [
            *(b"", b"{}", b"[]", b"null", b"7", b'"x"', b"{", b"[" * 60_000, b"\x00"),
            b'{"type": ["x"], "timestamp": "2021-07-14T08:00:00Z", "data": {"reference": "K"}}',
            b'{"type": "consignment.lost", "timestamp": "2021-07-14T08:00:00Z", "data": []}',
            b'{"type": "consignment.lost", "timestamp": "2021-07-14T08:00:00Z", "data": {}}',
            *(
                b'{"type": "consignment.lost", "timestamp": %s, "data": {"reference": %s}}' % one
                for one in (
                    (b'"2021-07-14T08:00:00"', b'"K-7"'),
                    (b'"0001-01-01T00:00:00+23:00"', b'"K-7"'),
                    (b'"kemarin"', b'"K-7"'),
                    (b"1626224400", b'"K-7"'),
                    (b"null", b'"K-7"'),
                    (b'"2021-07-14T08:00:00Z"', b"7"),
                    (b'"2021-07-14T08:00:00Z"', b"null"),
                    (b'"2021-07-14T08:00:00Z"', b'["K-7"]'),
                    (b'"2021-07-14T08:00:00Z"', b'""'),
                    (b'"2021-07-14T08:00:00Z"', b'"3523084107900001"'),
                )
            ),
        ],
    )
    def test_is_told_so(self, tracking: Tracking, body: bytes):
        """It is 400, so that somebody looks at the carrier's end."""
        heard = hear(tracking, body)
        assert (heard.status, heard.outcome) == (400, "malformed")
        assert heard.why
        assert "3523084107900001" not in heard.why

    def test_of_any_size(self, town: Town, tracking: Tracking, bag: str):
        """Nobody reads megabytes to find out."""
        body = event("collected", bag, town.clock.now)
        assert hear(tracking, body + b" " * 65_536).status == 400
        assert town.state(bag) == "sealed"

    @pytest.mark.parametrize("what", ["in_transit", "out_for_delivery", "priced", ""])
    def test_the_office_need_not_know(self, town: Town, tracking: Tracking, bag: str, what: str):
        """It is answered 200, and nothing is written."""
        before = steps(town, bag)
        heard = hear(tracking, event(what, bag, town.clock.now))
        assert (heard.status, heard.outcome) == (200, "ignored")
        assert steps(town, bag) == before


class TestABagThatIsCollected:
    """The carrier has it, and answers for it."""

    def test_departs(self, town: Town, tracking: Tracking, bag: str):
        """When it was collected, not when that was heard."""
        at = town.clock.now - timedelta(minutes=20)
        hear(tracking, event("collected", bag, at))
        change = town.office.journal(bag)[-1]
        assert (change.do, change.at, change.by) == ("depart", at, "kurir-cepat")
        assert town.holder(bag) == str(CARRIER.posts[0])

    def test_once(self, town: Town, tracking: Tracking, bag: str):
        """However often it is said: 200 each time."""
        body = event("collected", bag, town.clock.now)
        heard = [hear(tracking, body).outcome]
        for _ in range(2):
            town.clock.wait(hours=1)
            heard.append(hear(tracking, body).outcome)
        assert heard == ["recorded", "repeated", "repeated"]
        assert steps(town, bag).count("depart") == 1

    def test_once_although_it_came_back(self, town: Town, tracking: Tracking, bag: str):
        """A repeat of the first way does not send it on the second."""
        body = event("collected", bag, town.clock.now)
        hear(tracking, body)
        town.wahyu.come_back(bag, reason="Mobil mogok")
        assert hear(tracking, body).outcome == "repeated"
        assert town.state(bag) == "sealed"

    def test_before_it_came_back(self, town: Town, tracking: Tracking, bag: str):
        """An event of the first way that is late moves nothing on the second: it is noted."""
        collected = event("collected", bag, town.clock.now)
        town.agus.depart(bag)
        town.clock.wait(hours=2)
        town.wahyu.come_back(bag, reason="Mobil mogok")
        assert hear(tracking, collected).outcome == "noted"
        assert town.state(bag) == "sealed"

    def test_before_it_was_sealed_anew(self, town: Town, tracking: Tracking, bag: str, told: Told):
        """It cannot be this one; people come to know, as somebody may have taken it."""
        collected = event("collected", bag, town.clock.now)
        town.clock.wait(hours=1)
        town.wahyu.unseal(bag, reason="Satu lagi")
        town.wahyu.seal(bag, count=1)
        told.since_last(town.office)
        assert hear(tracking, collected).outcome == "noted"
        assert town.state(bag) == "sealed"
        assert {to for to, _ in told.since_last(town.office)} == {
            str(one.posts[0]) for one in (WAHYU, DEWI, BUDI)
        }

    def test_by_a_clock_that_is_behind(self, town: Town, tracking: Tracking, bag: str):
        """By five minutes at most."""
        town.wahyu.unseal(bag, reason="Satu lagi")
        town.wahyu.seal(bag, count=1)
        sealed = town.clock.now
        early = event("collected", bag, sealed - timedelta(minutes=6))
        assert hear(tracking, early, "msg_0").outcome == "noted"
        body = event("collected", bag, sealed - timedelta(minutes=5))
        assert hear(tracking, body).outcome == "recorded"

    def test_by_a_clock_that_is_ahead(self, town: Town, tracking: Tracking, bag: str):
        """What is said to come has happened by now; the repeat has no effect all the same."""
        body = event("collected", bag, town.clock.now + timedelta(minutes=3))
        assert hear(tracking, body).outcome == "recorded"
        assert town.office.journal(bag)[-1].at == town.clock.now
        town.clock.wait(hours=1)
        assert hear(tracking, body).outcome == "repeated"

    @pytest.mark.parametrize("minutes", [6, 60, 5_000_000])
    def test_at_a_time_that_is_to_come(
        self, town: Town, tracking: Tracking, bag: str, minutes: int
    ):
        """By more than clocks differ: that may be of any way, and moves nothing."""
        at = datetime.now(UTC) + timedelta(minutes=minutes)
        assert hear(tracking, event("collected", bag, at)).outcome == "noted"
        assert town.state(bag) == "sealed"

    def test_that_goes_with_the_own_van(self, town: Town, tracking: Tracking, bag: str):
        """The carrier cannot have it; if it says so people look."""
        town.wahyu.unseal(bag, reason="Tidak dijemput")
        town.wahyu.plan(bag, to=KEREK, items=town.bag(bag).plan, own_van=True)
        town.wahyu.seal(bag, count=1)
        assert hear(tracking, event("collected", bag, town.clock.now)).outcome == "noted"
        assert town.state(bag) == "sealed"

    def test_that_lies_open(self, town: Town, tracking: Tracking, bag: str):
        """It was opened before the carrier heard of it."""
        town.wahyu.unseal(bag, reason="Satu lagi")
        assert hear(tracking, event("collected", bag, town.clock.now)).outcome == "noted"
        assert town.state(bag) == "planned"
        assert [one.what for one in town.bag(bag).said] == [CourierSays.COLLECTED]

    def test_that_is_taken_by_somebody_else_meanwhile(
        self, town: Town, tracking: Tracking, bag: str, monkeypatch: pytest.MonkeyPatch
    ):
        """Between the look and the commit: the carrier repeats it, and then it is noted."""
        body, look = event("collected", bag, town.clock.now), town.office.journal

        def taken(*said: Any, **more: Any) -> Any:
            monkeypatch.undo()
            town.wahyu.unseal(bag, reason="Satu lagi")
            town.wahyu.seal(bag, count=1)
            return look(*said, **more)[:-2]

        monkeypatch.setattr(town.office, "journal", taken)
        assert (heard := hear(tracking, body)).status == 503
        assert (heard.outcome, heard.bag) == ("later", bag)
        assert town.state(bag) == "sealed"

    def test_by_several_threads_at_once(self, tmp_path: Path):
        """One step, whoever was first."""
        town = Town(f"sqlite:///{tmp_path / 'tuban.db'}")
        bag = town.sealed(town.printed("ktp-hilang").copy)
        tracking = Tracking(town.office, CARRIER, [SECRET])
        body = event("collected", bag, town.clock.now)
        with ThreadPoolExecutor(8) as pool:
            heard = list(pool.map(lambda _: hear(tracking, body), range(16)))
        assert {one.status for one in heard} <= {200, 503}
        assert [one.outcome for one in heard].count("recorded") == 1  # type: ignore[comparison-overlap] # it is a text
        assert steps(town, bag).count("depart") == 1
        town.office.close()


class TestWhatOthersMustSay:
    """It is kept with the bag, and prompts those who can look."""

    @pytest.mark.parametrize("what", NOTED)
    def test_is_noted(self, town: Town, tracking: Tracking, bag: str, told: Told, what: str):
        """Nothing moves; both ends and the registry are told, once."""
        town.agus.depart(bag)
        town.clock.wait(hours=3)
        told.since_last(town.office)
        body = event(what, bag, town.clock.now)
        assert [hear(tracking, body).outcome for _ in range(2)] == ["noted", "repeated"]
        assert town.state(bag) == "departed"
        heard = told.since_last(town.office)
        assert {to for to, _ in heard} == {str(one.posts[0]) for one in (WAHYU, DEWI, BUDI)}
        assert len(heard) == 3

    def test_before_it_was_collected(self, town: Town, tracking: Tracking, bag: str):
        """Events come in any order: each is written down, and the bag is where it is."""
        collected, delivered = town.clock.now, town.clock.now + timedelta(hours=4)
        town.clock.wait(hours=5)
        assert hear(tracking, event("delivered", bag, delivered), "b").outcome == "noted"
        assert hear(tracking, event("collected", bag, collected), "a").outcome == "recorded"
        assert town.state(bag) == "departed"
        assert [(one.what, one.at) for one in town.bag(bag).said] == [("delivered", delivered)]
        town.dewi.arrive(bag, seal_whole=True)

    def test_after_it_was_taken_in(self, town: Town, tracking: Tracking, bag: str, told: Told):
        """The district was faster than the carrier; nobody need look."""
        town.agus.depart(bag)
        town.dewi.arrive(bag, seal_whole=True)
        told.since_last(town.office)
        assert hear(tracking, event("delivered", bag, town.clock.now)).outcome == "noted"
        assert told.since_last(town.office) == []

    def test_names_nobody(self, town: Town, tracking: Tracking, bag: str):
        """Who signed for it is not kept."""
        hear(tracking, event("delivered", bag, town.clock.now))
        assert all(b"Satpam" not in one.body for one in town.office.storage.journal(TUBAN))

    @pytest.mark.parametrize("days", [-3650, -3, 3, 20_000])
    def test_at_a_time_that_cannot_be(
        self, town: Town, tracking: Tracking, bag: str, told: Told, days: int
    ):
        """Before the bag was there, or yet to come: it holds from when it is heard, and is told."""
        told.since_last(town.office)
        body = event("lost", bag, town.clock.now + timedelta(days=days))
        assert [hear(tracking, body).outcome for _ in range(2)] == ["noted", "repeated"]
        assert [(one.what, one.at) for one in town.bag(bag).said] == [("lost", town.clock.now)]
        assert len(told.since_last(town.office)) == 3

    def test_under_an_id_that_was_there(self, town: Town, tracking: Tracking, bag: str):
        """A carrier that numbers its events wrongly is heard all the same."""
        town.agus.depart(bag)
        for what in ("undelivered", "lost"):
            assert hear(tracking, event(what, bag, town.clock.now)).outcome == "noted"
        assert {one.what.value for one in town.bag(bag).said} == {"not_delivered", "lost"}

    def test_of_a_bag_that_the_own_van_has(
        self, town: Town, tracking: Tracking, bag: str, told: Told
    ):
        """A carrier that took its cancellation, and moves it all the same: people are told."""
        town.agus.depart(bag, own_van=True)
        told.since_last(town.office)
        assert hear(tracking, event("collected", bag, town.clock.now)).outcome == "noted"
        assert {to for to, _ in told.since_last(town.office)} == {
            str(one.posts[0]) for one in (WAHYU, DEWI, BUDI)
        }
        town.dewi.arrive(bag, seal_whole=True)
        assert hear(tracking, event("delivered", bag, town.clock.now), "2").outcome == "noted"
        assert told.since_last(town.office) == []


class TestWhatFitsNothing:
    """No record can hold it: the carrier is content, and the host is told."""

    @pytest.mark.parametrize("what", ["collected", *NOTED])
    def test_of_a_bag_that_nobody_knows(
        self, town: Town, tracking: Tracking, what: str, caplog: pytest.LogCaptureFixture
    ):
        """It is logged."""
        with caplog.at_level(logging.WARNING):
            heard = hear(tracking, event(what, "K-404", town.clock.now))
        assert (heard.status, heard.outcome, heard.bag) == (200, "unfit", "K-404")
        assert "K-404" in heard.why
        assert "K-404" in caplog.text

    def test_of_a_bag_that_is_over(self, town: Town, tracking: Tracking, bag: str):
        """Of one that is closed nothing more is written."""
        copies = [one.id for one in town.office.manifest(bag).lines]
        town.agus.depart(bag)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=copies)
        town.dewi.finish(bag)
        town.budi.close(bag)
        heard = hear(tracking, event("delivered", bag, town.clock.now))
        assert (heard.status, heard.outcome) == (200, "unfit")
        assert heard.why

    def test_of_a_carrier_that_is_no_courier_here(self, town: Town, bag: str):
        """The library decides what its actor may do."""
        for carrier in (Actor("x", Role.COURIER, "35.22"), DEWI):
            tracking = Tracking(town.office, carrier, [SECRET])
            heard = hear(tracking, event("collected", bag, town.clock.now))
            assert (heard.status, heard.outcome) == (200, "unfit")
        assert town.state(bag) == "sealed"


@pytest.mark.parametrize("error", [StorageFailure(url="sqlite:", why="full"), Conflict(ids=["K"])])
def test_an_office_that_cannot_write_hears_it_later(
    town: Town, tracking: Tracking, bag: str, error: Exception, monkeypatch: pytest.MonkeyPatch
):
    """The carrier repeats it, and nothing is lost."""
    body = event("collected", bag, town.clock.now)

    def fails(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(type(town.office), "do", fails)
        assert hear(tracking, body).status == 503
    assert hear(tracking, body).outcome == "recorded"


@contextmanager
def an_office() -> Iterator[tuple[Town, Tracking, str]]:
    """Give an office with a sealed bag."""
    town = Town()
    bag = town.sealed(town.printed("ktp-hilang").copy)
    yield town, Tracking(town.office, CARRIER, [SECRET]), bag
    town.office.close()


@given(st.data())
def test_in_whatever_order_the_end_is_the_same(data: st.DataObject):
    """Late, repeated, mixed: what is known of the bag in the end is the same, and sound."""
    with an_office() as (town, tracking, bag):
        begun = town.clock.now
        told = [
            (what, event(what, bag, begun + timedelta(hours=hour)), f"msg_{hour}")
            for hour, what in enumerate(("collected", "undelivered", "damaged", "delivered"), 1)
        ]
        town.clock.wait(hours=9)
        heard = data.draw(st.permutations(told * 2))
        outcomes = [hear(tracking, body, id_).outcome for _, body, id_ in heard]
        assert sorted(outcomes) == ["noted"] * 3 + ["recorded"] + ["repeated"] * 4
        assert town.state(bag) == "departed"
        kept = [one.what.value for one in town.bag(bag).said]
        assert kept == ["not_delivered", "damaged", "delivered"]
        assert len(steps(town, bag)) == 6
        assert town.office.verify().faults == ()


@given(st.dictionaries(st.text(), st.text()), st.binary())
def test_nothing_that_comes_in_breaks_it(headers: dict[str, str], body: bytes):
    """Whatever is sent, it is answered."""
    with an_office() as (_, tracking, _bag):
        assert tracking.receive(headers, body).status == 401
        assert tracking.receive(signed(body), body).status in {200, 400, 401}


KEYS = st.sampled_from(["type", "timestamp", "data", "reference"])
JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(KEYS, one)
)


@given(JSON)
def test_nothing_that_is_signed_breaks_it(said: Any):
    """However it is made up."""
    lost = {"type": "consignment.lost", "timestamp": "2021-07-12T08:00:00Z"}
    collected = {"type": "consignment.collected", "data": {"reference": "BAG-2"}}
    with an_office() as (_, tracking, _bag):
        for one in (said, {**lost, "data": said}, {**collected, "timestamp": said}):
            assert hear(tracking, json.dumps(one).encode()).status in {200, 400}


def test_it_is_a_command_like_any_other(town: Town, tracking: Tracking, bag: str):
    """Its id follows from the event's, so that a replay of the day gives the same."""
    hear(tracking, event("collected", bag, town.clock.now))
    first = town.office.journal(bag)[-1].command
    with an_office() as (other, theirs, their_bag):
        other.clock.wait(hours=1)
        assert their_bag == bag
        hear(theirs, event("collected", bag, other.clock.now))
        assert other.office.journal(bag)[-1].command == first
