"""Messages that were not delivered: who looks after them, sees them and has them sent again."""

from __future__ import annotations

from functools import partial
from math import inf, nan

import pytest
from office_days import SIGNED, Person, Town

from adminduk.errors import InvalidInput, NotFound, Undeliverable
from adminduk.office import Delivered

PHONE = "+6281234567890"


class Gateway:
    """A notifier whose numbers may all be wrong."""

    def __init__(self) -> None:
        self.wrong = True
        self.keys: list[str] = []

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message, or give it up."""
        del to, text
        if self.wrong:
            raise Undeliverable(why="no such number")
        self.keys.append(key)


@pytest.fixture
def gateway() -> Gateway:
    """Give it as it is on a bad day."""
    return Gateway()


@pytest.fixture
def post(gateway: Gateway) -> Town:
    """Give an office that sends its messages there, in English."""
    return Town(notifier=gateway, language="en")


class TestWhatWaits:
    """It is seen with what it says, and without anybody's number."""

    def test_before_it_is_sent(self, post: Town):
        """Due when it was recorded."""
        case = post.case("ktp-hilang")
        (one,) = post.office.messages(parked=False)
        assert (one.parked, one.due, one.to) == (False, post.clock.now, "+62********890")
        assert case.code in one.text
        assert PHONE not in str(one.as_dict())
        assert list(post.office.messages(parked=True)) == []

    def test_for_a_post(self, post: Town):
        """As it is."""
        post.case("ktp-hilang", applicant=Person(name="Mbah Karto"))
        (one,) = post.office.messages(parked=False)
        assert one.to == "village_operator@35.23.08.2001"

    def test_for_the_courier(self, post: Town):
        """By the id of the bag."""
        bag = post.sealed(post.printed("ktp-hilang").copy)
        assert ("", bag) in [(one.to, one.text) for one in post.office.messages(parked=False)]

    def test_without_what_opens_a_document(self, post: Town):
        """Who looks after the gateway need not read what people are sent."""
        case = post.verified("kk-hilang")
        post.siti.choose_delivery(case, product="kk", way="digital")
        post.budi.issue(case.copy, signature=SIGNED, link="https://disdukcapil.example/a")
        texts = [one.text for one in post.office.messages(parked=False)]
        assert texts[-1].endswith("is ready: …")

    def test_in_pages(self, post: Town, monkeypatch: pytest.MonkeyPatch):
        """All of it, however much there is."""
        monkeypatch.setattr("adminduk.office.outbox._PAGE", 2)
        for _ in range(5):
            post.case("ktp-hilang")
        keys = [one.key for one in post.office.messages(parked=False)]
        assert len(keys) == len(set(keys)) == 5


class TestWhatIsParked:
    """It waits until somebody has it sent again."""

    def test_is_sent_again_under_its_key(self, post: Town, gateway: Gateway):
        """As if it had never been tried: it may fail as often as any."""
        post.case("ktp-hilang")
        assert post.office.deliver() == Delivered(parked=1)
        (one,) = post.office.messages(parked=True)
        assert one.parked
        post.clock.wait(days=1)
        post.office.resend(one.key)
        assert list(post.office.messages(parked=True)) == []
        gateway.wrong = False
        assert post.office.deliver() == Delivered(sent=1)
        assert gateway.keys == [one.key]

    def test_is_named_by_its_key(self, post: Town):
        """What is not parked is not sent again, nor what is not there."""
        post.case("ktp-hilang")
        (one,) = post.office.messages(parked=False)
        for key in (one.key, "4ff7/0"):
            with pytest.raises(NotFound):
                post.office.resend(key)


@pytest.mark.parametrize("patience", [0.0, -1.0, inf, nan, 3601.0])
def test_nobody_waits_for_ever_for_a_gateway(post: Town, patience: float):
    """What is no time to wait is refused before a message is lent."""
    post.case("ktp-hilang")
    for deliver in (post.office.deliver, partial(post.office.follow, lambda: True)):
        with pytest.raises(InvalidInput):
            deliver(patience=patience)
    (one,) = post.office.messages(parked=False)
    assert one.due == post.clock.now
