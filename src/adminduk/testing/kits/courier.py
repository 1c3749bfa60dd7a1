"""Checks of a courier, on bags that are really booked, and cancelled again afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import ClassVar, Final
from uuid import uuid4

import pytest
from attrs import define, evolve, field

from adminduk.errors import Undeliverable
from adminduk.plugins import open_courier
from adminduk.ports import Consignment, Courier, Labels
from adminduk.testing.kits.base import CARRYING, Checks, needs

__all__ = ["CourierKit"]

_THREADS: Final = 8
_EACH: Final = 5
_NAMES: Final = ("K-0812", "k-0812", "7_Jumat..B", "K" * 33, "K" * 32 + "-")

Label = Callable[[str], bytes | None]


@define
class _Tidy:
    """A courier that is told in the end that nothing of what it was asked is to be carried."""

    courier: Courier
    asked: set[str] = field(factory=set)

    def book(self, consignment: Consignment) -> None:
        self.asked.add(consignment.bag)
        self.courier.book(consignment)

    def cancel(self, bag: str) -> None:
        self.courier.cancel(bag)

    def tidy_up(self) -> None:
        left = []
        for bag in sorted(self.asked):
            try:
                self.courier.cancel(bag)
            except Exception:  # noqa: BLE001 - however it fails, the others are cancelled
                left.append(bag)
        assert not left, f"perhaps still to be carried, as they cannot be cancelled: {left}"


class CourierKit(Checks):
    """What a courier promises; a subclass says by the fixture `courier_url` which.

    Attributes:
        observed: Whether the fixture `carried` gives what is to be carried.
        fails: Whether the fixture `failing_url` gives the URL of one that cannot be reached.
        patience: Seconds after which a call that has not ended by itself has failed.
    """

    observed: ClassVar[bool] = True
    fails: ClassVar[bool] = True
    patience: ClassVar[float] = 30.0

    WHERE = "courier_url"
    SAYS = frozenset(
        {"SAYS", "courier_url", "route", "carried", "failing_url", "patience", *CARRYING}
    )

    @pytest.fixture
    def courier_url(self) -> str:
        """Give the URL of the courier; every subclass says which."""
        raise NotImplementedError("define the fixture courier_url")

    @pytest.fixture
    def route(self) -> tuple[str, str]:
        """Give the codes of an office and of a district between which bags are carried."""
        return "35.23", "35.23.08"

    @pytest.fixture
    def carried(self) -> Callable[[], Iterable[Consignment]]:
        """Give what looks at all consignments that are to be carried now."""
        raise NotImplementedError("define the fixture carried, or say observed = False")

    @pytest.fixture
    def failing_url(self) -> str:
        """Give the URL of a courier that cannot be told anything now, as one that is away."""
        raise NotImplementedError("define the fixture failing_url, or say fails = False")

    @pytest.fixture
    def courier(self, courier_url: str) -> Iterator[Courier]:
        """Give the courier."""
        courier = _Tidy(open_courier(courier_url))
        yield courier
        courier.tidy_up()

    @pytest.fixture
    def label(self, courier_url: str) -> Label:
        """Give what fetches the label of a bag, which may take a moment to be made."""
        courier = open_courier(courier_url)
        if not isinstance(courier, Labels):
            pytest.skip("needs labels")

        def fetched(bag: str) -> bytes | None:
            until = time.monotonic() + self.patience
            while time.monotonic() < until:
                with suppress(Exception):
                    return courier.label(bag)
                time.sleep(0.5)
            return courier.label(bag)

        return fetched

    @pytest.fixture
    def bag(self, route: tuple[str, str]) -> Consignment:
        """Give a bag out to the district, whose name was never heard of."""
        name, (sender, receiver) = f"uji-{uuid4().hex[:6]}", route
        return Consignment(name, sender, receiver, day="2031-07-16", count=12, seal="S-4711")

    def test_a_bag_out_and_a_bag_home_are_taken(self, courier: Courier, bag: Consignment) -> None:
        """Documents go out to the district; originals, and what nobody fetched, come home."""
        courier.book(bag)
        courier.book(evolve(bag, bag=f"{bag.bag}-H", sender=bag.receiver, receiver=bag.sender))

    def test_a_bag_without_day_or_seal_is_taken(self, courier: Courier, bag: Consignment) -> None:
        """It goes with the next; not every office has numbered seals."""
        courier.book(evolve(bag, day="", seal=""))

    def test_whatever_its_name_a_bag_is_taken(self, courier: Courier, bag: Consignment) -> None:
        """Bags are named by those who pack them."""
        for one in _named(bag):
            courier.book(one)

    def test_the_same_may_be_said_again(self, courier: Courier, bag: Consignment) -> None:
        """Whoever lost the answer asks once more."""
        for _ in range(3):
            courier.book(bag)
        for _ in range(3):
            courier.cancel(bag.bag)

    def test_what_was_never_booked_may_be_cancelled(
        self, courier: Courier, bag: Consignment
    ) -> None:
        """A bag may be opened again before the courier has heard of it."""
        courier.cancel(bag.bag)

    def test_a_bag_may_be_packed_anew(self, courier: Courier, bag: Consignment) -> None:
        """As often as it takes, cancelled in between or not."""
        courier.book(bag)
        courier.book(evolve(bag, count=11, seal="S-4712"))
        courier.cancel(bag.bag)
        courier.book(evolve(bag, day="2031-07-23"))

    def test_the_same_url_gives_a_courier_each_time(
        self, courier_url: str, courier: Courier, bag: Consignment
    ) -> None:
        """Two of them do not disturb each other."""
        other = open_courier(courier_url)
        courier.book(bag)
        other.book(bag)
        courier.book(bag)

    def test_several_threads_book_at_once(self, courier: Courier, bag: Consignment) -> None:
        """No bag is refused because of another."""
        _book_at_once(courier, bag)

    def test_a_bag_has_a_label_while_it_is_booked(
        self, courier_url: str, courier: Courier, bag: Consignment, label: Label
    ) -> None:
        """Who sticks it on knows that the bag is to be carried; no other has one.

        So it is seen, too, that what one has booked another cancels.
        """
        other = f"{bag.bag}-H"
        for _ in range(2):
            assert (label(bag.bag), label(other)) == (None, None)
            courier.book(bag)
            assert (label(bag.bag) or b"").startswith(b"%PDF-")
            assert label(other) is None
            open_courier(courier_url).cancel(bag.bag)

    @needs("observed")
    def test_bags_of_like_names_are_not_one(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """A name is what it is to the letter, and to its end."""
        bags = _named(bag)
        for one in bags:
            courier.book(one)
        assert _by_name(carried()) == _by_name(bags)
        for gone in list(bags):
            courier.cancel(gone.bag)
            bags.remove(gone)
            assert _by_name(carried()) == _by_name(bags)

    @needs("observed")
    def test_what_one_has_booked_another_cancels(
        self,
        courier_url: str,
        courier: Courier,
        bag: Consignment,
        carried: Callable[[], Iterable[Consignment]],
    ) -> None:
        """And it may be booked again by the first: what holds is not what one remembers."""
        for _ in range(2):
            courier.book(bag)
            assert list(carried()) == [bag]
            open_courier(courier_url).cancel(bag.bag)
            assert list(carried()) == []

    @needs("observed")
    def test_a_bag_is_carried_as_it_was_described(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """With everything that was said of it."""
        there, back = bag.sender, bag.receiver
        home = evolve(bag, bag=f"{bag.bag}-H", sender=back, receiver=there, day="", seal="")
        courier.book(bag)
        courier.book(home)
        assert _by_name(carried()) == _by_name([bag, home])

    @needs("observed")
    def test_a_bag_that_is_booked_again_is_carried_once(
        self,
        courier_url: str,
        courier: Courier,
        bag: Consignment,
        carried: Callable[[], Iterable[Consignment]],
    ) -> None:
        """Also where another instance books it again."""
        courier.book(bag)
        courier.book(bag)
        open_courier(courier_url).book(bag)
        assert list(carried()) == [bag]

    @needs("observed")
    def test_a_bag_is_carried_as_it_was_described_last(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """And not as before, even if it comes to be as it was at first."""
        changed = evolve(bag, count=11, day="2031-07-23", seal="S-4712")
        for described in (bag, changed, bag):
            courier.book(described)
            assert list(carried()) == [described]

    @needs("observed")
    def test_a_bag_that_is_cancelled_is_not_carried(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """All others are; nor is it carried as it was described before."""
        others = [evolve(bag, bag=f"{bag.bag}{end}") for end in ("0", "1")]
        for one in (others[0], bag, evolve(bag, count=11), others[1]):
            courier.book(one)
        courier.cancel(bag.bag)
        assert _by_name(carried()) == _by_name(others)

    @needs("observed")
    def test_a_cancelled_bag_that_is_booked_again_is_carried(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """What holds is what was said last, whatever was cancelled before."""
        for _ in range(2):
            courier.cancel(bag.bag)
            courier.book(bag)
        assert list(carried()) == [bag]

    @needs("observed")
    def test_no_bag_is_mixed_or_lost_between_threads(
        self, courier: Courier, bag: Consignment, carried: Callable[[], Iterable[Consignment]]
    ) -> None:
        """Each is carried once, as it was described, whoever else booked it too."""
        booked = _book_at_once(courier, bag)
        assert _by_name(carried()) == _by_name(booked)

    @needs("fails")
    def test_what_cannot_be_booked_is_an_error(self, failing_url: str, bag: Consignment) -> None:
        """It is raised, so that it is tried again; a process is never ended by it."""
        courier = open_courier(failing_url)
        _fails(lambda: courier.book(bag), self.patience)

    @needs("fails")
    def test_what_cannot_be_cancelled_is_an_error(self, failing_url: str, bag: Consignment) -> None:
        """Likewise: somebody would come for a bag that is not there."""
        courier = open_courier(failing_url)
        _fails(lambda: courier.cancel(bag.bag), self.patience)

    @needs("fails")
    def test_a_label_that_cannot_be_had_is_an_error(
        self, failing_url: str, bag: Consignment
    ) -> None:
        """Likewise: that there is none is said of a bag that is not booked."""
        courier = open_courier(failing_url)
        if not isinstance(courier, Labels):
            pytest.skip("needs labels")
        _fails(lambda: courier.label(bag.bag), self.patience)


def _fails(call: Callable[[], object], patience: float) -> None:
    """Check that a call ends by itself in time, with an error after which it is tried again."""
    ends: SimpleQueue[BaseException | None] = SimpleQueue()

    def try_it() -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - how it ends is what is asked
            ends.put(error)
        else:
            ends.put(None)

    threading.Thread(target=try_it, daemon=True).start()
    try:
        end = ends.get(timeout=patience)
    except Empty:
        pytest.fail(f"it has not ended by itself after {patience:g} seconds")
    assert isinstance(end, Exception), f"ended with {end!r}"
    assert not isinstance(end, Undeliverable), "given up, though it is only away"


def _named(bag: Consignment) -> list[Consignment]:
    """Give bags of names as an office may give them."""
    return [evolve(bag, bag=f"{name}.{bag.bag[-6:]}") for name in _NAMES]


def _by_name(consignments: Iterable[Consignment]) -> list[Consignment]:
    return sorted(consignments, key=lambda one: one.bag)


def _book_at_once(courier: Courier, bag: Consignment) -> list[Consignment]:
    """Book bags of their own and one together from several threads at once; give them all."""
    start = threading.Barrier(_THREADS)

    def book(thread: int) -> list[Consignment]:
        own = [evolve(bag, bag=f"{bag.bag}.{thread}.{one}", count=thread) for one in range(_EACH)]
        start.wait()
        for one in (*own, bag):
            courier.book(one)
        return own

    with ThreadPoolExecutor(_THREADS) as pool:
        return [bag, *(one for own in pool.map(book, range(_THREADS)) for one in own)]
