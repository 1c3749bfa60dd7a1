"""The disk of an office is full just when what was sent is to be settled; a disk of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from attrs import define, field
from office_days import Town

from adminduk import Office
from adminduk.errors import StorageFailure
from adminduk.office import Delivered, following
from adminduk.testing import disk


@define
class Gateway:
    """Keeps the keys that it was given, and does something each time."""

    keys: Counter[str] = field(factory=Counter)
    then: Callable[[], object] = lambda: None

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        del to, text
        self.keys[key] += 1
        self.then()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a disk."""
    with disk.small_disk("4m") as folder:
        yield folder


@pytest.fixture
def gateway(folder: Path) -> Gateway:
    """Give a gateway at whose third message the disk is full."""
    number = count(1)
    return Gateway(then=lambda: next(number) == 3 and disk.filled(folder))


@pytest.fixture
def post(folder: Path, gateway: Gateway) -> Iterator[Town]:
    """Give an office on it that has something to tell to five people."""
    town = Town(f"sqlite:///{folder / 'office.db'}", notifier=gateway)
    for _ in range(5):
        town.case("ktp-hilang")
    yield town
    town.office.close()


def full(office: Office, at_once: int = 1) -> None:
    """Deliver where the disk is full."""
    with pytest.raises(StorageFailure) as caught:
        office.deliver(at_once=at_once)
    assert caught.value.facts["reason"] == "full"


@pytest.mark.parametrize("at_once", [1, 3])
def test_it_goes_on_once_there_is_room(post: Town, gateway: Gateway, folder: Path, at_once: int):
    """Nothing is sent meanwhile, however often it is tried; each message goes out once."""
    full(post.office, at_once)
    sent = gateway.keys.total()
    assert sent >= 3
    for _ in range(3):
        full(post.office, at_once)
    assert gateway.keys.total() == sent
    (folder / "ballast").unlink()
    assert post.office.deliver(at_once=at_once) == Delivered(sent=5 - sent)
    post.clock.wait(hours=1)
    assert post.office.deliver() == Delivered()
    assert set(gateway.keys.values()) == {1}
    assert list(post.office.messages(parked=False)) == []
    assert post.office.verify().clean


def test_where_the_process_ends_first_it_is_sent_again(post: Town, gateway: Gateway, folder: Path):
    """Under its key, when it is lent to nobody any more; nothing is lost."""
    full(post.office)
    (folder / "ballast").unlink()
    with Office.open(
        post.office.storage._database.url, clock=post.clock, notifier=gateway
    ) as other:  # type: ignore[attr-defined] # ours
        assert other.deliver() == Delivered(sent=2)
        post.clock.wait(minutes=6)
        assert other.deliver() == Delivered(sent=1)
        assert list(other.messages(parked=False)) == []
    assert sorted(gateway.keys.values()) == [1, 1, 1, 1, 2]


def test_who_follows_says_so_once_and_goes_on(
    post: Town, gateway: Gateway, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """As of a store that is away for another reason."""
    monkeypatch.setattr(following, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(following, "_LONGEST_PAUSE", 0.2)
    told: list[str] = []
    looks = count()

    def stop() -> bool:
        if next(looks) == 25:
            (folder / "ballast").unlink()
        return len(gateway.keys) == 5 and not list(post.office.messages(parked=False))

    done = list(post.office.follow(stop, away=lambda one: told.append(one.facts["reason"])))
    assert told == ["full"]
    assert done == [Delivered(sent=2)]
    assert set(gateway.keys.values()) == {1}
