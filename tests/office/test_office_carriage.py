"""The courier is told which bags are to be carried: afterwards, and until it knows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import define, field
from office_days import DEWI, KEREK, TUBAN, Town

from adminduk.office import Delivered
from adminduk.ports import Consignment
from adminduk.records.index import stamp


def nothing() -> None:
    """Do nothing meanwhile."""


@define
class Van:
    """A courier that keeps what is to be carried, and all that it was told.

    Attributes:
        meanwhile: What happens just before it is told something, once.
        silent: Until when it does not answer; each call that waits is in `asked`.
    """

    carried: dict[str, Consignment] = field(factory=dict)
    told: list[str] = field(factory=list)
    meanwhile: Callable[[], object] = nothing
    silent: threading.Event | None = None
    asked: list[str] = field(factory=list)

    def book(self, consignment: Consignment) -> None:
        """Have a bag carried."""
        self.hear("book")
        self.carried[consignment.bag] = consignment

    def cancel(self, bag: str) -> None:
        """Have a bag not carried."""
        self.hear("cancel")
        self.carried.pop(bag, None)

    def hear(self, what: str) -> None:
        """Let happen what happens meanwhile; then it is told."""
        if self.silent is not None:
            self.asked.append(what)
            self.silent.wait()
        meanwhile, self.meanwhile = self.meanwhile, nothing
        meanwhile()
        self.told.append(what)


class Silent:
    """A notifier that takes everything."""

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""


@pytest.fixture
def van() -> Van:
    """Give a courier that is there."""
    return Van()


@pytest.fixture
def town(van: Van) -> Town:
    """Give an office with that courier."""
    return Town(courier=van, notifier=Silent())


@pytest.fixture
def copy(town: Town) -> str:
    """Give a paper that is ready, of which everybody was told."""
    paper = town.printed("ktp-hilang").copy
    town.office.deliver()
    return paper


def test_a_sealed_bag_is_to_be_carried(town: Town, van: Van, copy: str):
    """As it was planned and sealed; it is told once, when messages are delivered."""
    town.wahyu.plan("K-7", to=KEREK, items=[copy], day=date(2021, 7, 14))
    town.wahyu.seal("K-7", count=1, seal="S-4711")
    assert van.told == []
    assert town.office.deliver() == Delivered(bags=1)
    assert van.carried == {
        "K-7": Consignment("K-7", TUBAN, KEREK, day="2021-07-14", count=1, seal="S-4711")
    }
    town.office.deliver()
    assert van.told == ["book"]


def test_a_bag_home_is_fetched_in_its_district(town: Town, van: Van):
    """Without a day or a seal where none was named."""
    paper = town.case("ktp-hilang", by=DEWI).original("surat-hilang")
    bag = town.planned(paper, to=TUBAN, by=DEWI)
    town.dewi.seal(bag, count=1)
    town.office.deliver()
    assert van.carried == {bag: Consignment(bag, KEREK, TUBAN, day="", count=1, seal="")}


def test_a_bag_that_was_opened_again_first_is_never_booked(town: Town, van: Van, copy: str):
    """What is told is what holds when it is told."""
    bag = town.sealed(copy)
    town.wahyu.unseal(bag, reason="Satu lagi")
    town.office.deliver()
    assert "book" not in van.told
    assert van.carried == {}


def test_a_bag_that_is_opened_again_is_cancelled_and_booked_anew(town: Town, van: Van, copy: str):
    """With what is in it then."""
    bag = town.sealed(copy)
    town.office.deliver()
    town.wahyu.unseal(bag, reason="Satu lagi")
    town.office.deliver()
    assert van.carried == {}
    other = town.printed("ktp-hilang").copy
    town.wahyu.plan(bag, to=KEREK, items=[copy, other])
    town.wahyu.seal(bag, count=2)
    town.office.deliver()
    assert [(one.bag, one.count, one.seal) for one in van.carried.values()] == [(bag, 2, "")]


def test_the_offices_own_van_is_told_of_by_nobody(town: Town, van: Van, copy: str):
    """A bag that was booked and goes another way is not fetched by the courier, too."""
    bag = town.sealed(copy)
    town.office.deliver()
    town.wahyu.unseal(bag, reason="Tidak dijemput")
    town.wahyu.plan(bag, to=KEREK, items=[copy], own_van=True)
    town.wahyu.seal(bag, count=1)
    town.office.deliver()
    assert van.carried == {}
    assert van.told[-1] == "cancel"
    town.wahyu.unseal(bag, reason="Mobil mogok")
    town.wahyu.plan(bag, to=KEREK, items=[copy])
    town.wahyu.seal(bag, count=1)
    town.office.deliver()
    assert list(van.carried) == [bag]


def test_the_own_van_takes_what_another_was_to_fetch(town: Town, van: Van, copy: str):
    """The bag stays sealed, and the courier that was told does not come for it, too."""
    bag = town.sealed(copy)
    town.office.deliver()
    town.agus.depart(bag, own_van=True)
    assert town.office.deliver() == Delivered(bags=1)
    assert (van.told, van.carried) == (["book", "cancel"], {})
    town.wahyu.come_back(bag, reason="Mobil mogok")
    town.office.deliver()
    assert van.carried == {}


def test_the_own_van_was_there_before_anybody_was_told(town: Town, van: Van, copy: str):
    """What was booked once is cancelled, though the bag has left by then."""
    bag = town.sealed(copy)
    town.office.deliver()
    town.wahyu.unseal(bag, reason="Tidak dijemput")
    town.wahyu.plan(bag, to=KEREK, items=[copy], own_van=True)
    town.wahyu.seal(bag, count=1)
    town.agus.depart(bag)
    town.office.deliver()
    assert van.carried == {}


def test_the_own_van_takes_on_what_went_astray(town: Town, van: Van, copy: str):
    """Whoever had it has it no more, and is told nothing."""
    bag = town.departed(copy)
    town.office.deliver()
    town.eko.stray(bag)
    town.agus.depart(bag, own_van=True)
    assert (town.office.deliver(), van.told) == (Delivered(), [])
    assert town.bag(bag).own_van


def test_of_a_bag_that_has_left_nobody_need_be_told(town: Town, van: Van, copy: str):
    """The courier has it."""
    town.departed(copy)
    assert town.office.deliver() == Delivered(bags=1)
    assert van.told == []


def test_a_bag_that_came_back_is_to_be_carried_again(town: Town, van: Van, copy: str):
    """As a van broke down."""
    bag = town.departed(copy)
    town.office.deliver()
    town.wahyu.come_back(bag, reason="Mobil mogok")
    town.office.deliver()
    assert list(van.carried) == [bag]


def test_a_bag_that_is_opened_while_it_is_booked_is_cancelled(town: Town, van: Van, copy: str):
    """Also where another deliverer has told of it in between."""
    bag = town.sealed(copy)

    def opened_and_told() -> None:
        town.wahyu.unseal(bag, reason="Satu lagi")
        town.office.deliver()

    van.meanwhile = opened_and_told
    town.office.deliver()
    assert van.told == ["cancel", "book", "cancel"]
    assert van.carried == {}


def test_a_courier_that_is_away_is_told_later_and_holds_no_message_up(
    town: Town, van: Van, copy: str
):
    """The bag is sealed all the same, and its way goes on."""
    bag = town.sealed(copy)
    town.case("kk-hilang")

    def away() -> None:
        raise ConnectionError

    van.meanwhile = away
    assert town.office.deliver() == Delivered(sent=1, again=1)
    assert town.office.deliver() == Delivered()
    town.clock.wait(minutes=2)
    assert town.office.deliver() == Delivered(bags=1)
    assert list(van.carried) == [bag]
    town.agus.depart(bag)


def test_a_courier_that_does_not_answer_is_asked_again(town: Town, van: Van, copy: str):
    """It may have heard: that it is told once more does no harm."""
    answers = threading.Event()
    bag = town.sealed(copy)
    van.meanwhile = answers.wait
    assert town.office.deliver(patience=0.01) == Delivered(again=1)
    town.clock.wait(minutes=2)
    assert town.office.deliver() == Delivered(bags=1)
    answers.set()
    assert list(van.carried) == [bag]


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_courier_that_is_silent_is_asked_of_one_bag(town: Town, van: Van, at_once: int):
    """In each round, by each hand; of all others it is told later."""
    bags = [town.sealed(town.printed("ktp-hilang").copy) for _ in range(5)]
    answers = threading.Event()
    van.silent = answers
    for rounds in range(1, 13):
        done = town.office.deliver(patience=0.05, at_once=at_once)
        assert (done.sent > 0, done.bags, done.parked) == (rounds == 1, 0, 0)
        assert len(van.asked) <= rounds * at_once
        town.clock.wait(minutes=2)
    answers.set()
    van.silent = None
    town.clock.wait(days=1)
    assert town.office.deliver() == Delivered(bags=5)
    assert set(van.carried) == set(bags)


def test_to_wait_for_a_silent_courier_is_no_try(town: Town, van: Van):
    """A bag of which it was not asked is not a step nearer to being parked."""
    for _ in range(3):
        town.sealed(town.printed("ktp-hilang").copy)
    van.silent = threading.Event()
    town.office.deliver(patience=0.05)
    van.silent.set()
    now, until = (stamp(town.clock.now + timedelta(minutes=wait)) for wait in (2, 9))
    leases = town.office.storage.lease(TUBAN, now=now, until=until, limit=9)
    assert sorted(one.attempts for one in leases) == [1, 1, 2]


def test_a_courier_that_refuses_quickly_is_asked_of_each(town: Town, van: Van):
    """One bag that it does not take holds no other up."""
    bags = [town.sealed(town.printed("ktp-hilang").copy) for _ in range(3)]

    def refuses() -> None:
        raise ConnectionError

    van.meanwhile = refuses
    done = town.office.deliver()
    assert (done.again, done.bags) == (1, 2)
    assert len(set(van.carried) & set(bags)) == 2


def test_a_courier_that_gives_up_altogether(
    town: Town, van: Van, copy: str, monkeypatch: pytest.MonkeyPatch
):
    """It is asked again, and what it said is not told: it may name people."""
    told = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def gives_up() -> None:
        raise KeyboardInterrupt("3523084107900001")

    bag = town.sealed(copy)
    van.meanwhile = gives_up
    assert town.office.deliver() == Delivered(again=1)
    town.clock.wait(minutes=2)
    assert town.office.deliver() == Delivered(bags=1)
    assert list(van.carried) == [bag]
    assert told == []


def test_nothing_is_booked_that_was_refused(town: Town, van: Van, copy: str):
    """Nor what was only planned."""
    bag = town.planned(copy)
    with town.refuses("count_differs"):
        town.wahyu.seal(bag, count=2)
    assert town.office.deliver() == Delivered()
    assert van.told == []
