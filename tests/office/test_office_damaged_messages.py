"""A message that cannot be read, as its record was damaged: nobody else waits because of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office_days import Case, Town

from adminduk.errors import StorageFailure
from adminduk.office import Delivered


class Told:
    """A notifier that keeps what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""
        del key, to
        self.texts.append(text)


@pytest.fixture
def told() -> Told:
    """Give a notifier."""
    return Told()


@pytest.fixture
def post(told: Told, tmp_path: Path) -> Iterator[Town]:
    """Give an office on a file."""
    town = Town(f"sqlite:///{tmp_path / 'office.db'}", notifier=told, chance=lambda: 0.0)
    yield town
    town.office.close()


Damage = Callable[[Town, Case], None]


def change(town: Town, sql: str, *values: object) -> None:
    """Change the file behind everybody's back."""
    with town.office.storage._database.writing() as cursor:  # type: ignore[attr-defined] # ours
        cursor.execute(sql, values)
        assert cursor.connection.changes() == 1


def of_its_message(body: bytes) -> Damage:
    """Damage the first message that waits."""
    sql = (
        "update messages set body = ?"
        " where key = (select key from messages order by due, key limit 1)"
    )
    return lambda town, _: change(town, sql, body)


def of_its_record(town: Town, case: Case) -> None:
    """Damage what the message is of."""
    change(town, "update records set body = x'7b' where id = ?", case.code)


def without_its_record(town: Town, case: Case) -> None:
    """Lose what the message is of."""
    change(town, "delete from records where id = ?", case.code)


def of_its_keys(town: Town, case: Case) -> None:
    """Damage a text beside it, so that the driver cannot read it."""
    change(town, "update records set region = cast(x'ff' as text) where id = ?", case.code)


DAMAGES = {
    "no JSON": of_its_message(b"\0"),
    "a text": of_its_message(b'"bag"'),
    "nothing in it": of_its_message(b"{}"),
    "no such sentence": of_its_message(b'{"told":{"template":"x","facts":{},"to":"y@1","of":[]}}'),
    "no such fact": of_its_message(
        b'{"told":{"template":"rejected","facts":{},"to":"y@1","of":[]}}'
    ),
    "its record": of_its_record,
    "no record": without_its_record,
    "a text of its record": of_its_keys,
}


def until_parked(post: Town) -> list[Delivered]:
    """Deliver until something is parked; give what each round did."""
    results = []
    while not post.office.storage.messages("35.23", parked=True):
        results.append(post.office.deliver())
        post.clock.wait(hours=7)
    return results


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
class TestDamaged:
    """It is tried again, then parked; everybody else is told."""

    def test_it_holds_nobody_up(
        self, post: Town, told: Told, damage: Damage, caplog: pytest.LogCaptureFixture
    ):
        """Though it is the first: it is lent to nobody meanwhile, and its turn comes again."""
        cases = []
        for _ in range(3):
            cases.append(post.case("ktp-hilang"))
            post.clock.wait(seconds=1)
        damage(post, cases[0])
        with caplog.at_level(logging.WARNING):
            assert post.office.deliver() == Delivered(sent=2, again=1)
        assert [text.split()[0] for text in told.texts] == [one.code for one in cases[1:]]
        (record,) = caplog.records
        assert record.getMessage().startswith("message ")
        assert record.exc_info is None, "one line"
        assert post.office.deliver() == Delivered()
        post.clock.wait(minutes=1)
        assert post.office.deliver() == Delivered(again=1)

    def test_it_is_parked_in_the_end(self, post: Town, told: Told, damage: Damage):
        """After as many tries as any other."""
        damage(post, post.case("ktp-hilang"))
        assert until_parked(post) == [Delivered(again=1)] * 9 + [Delivered(parked=1)]
        assert told.texts == []


def test_what_was_mended_is_sent_again(post: Town, told: Told):
    """As any that was parked."""
    case = post.case("ktp-hilang")
    (message,) = post.office.storage.messages("35.23", parked=False)
    of_its_message(b"")(post, case)
    until_parked(post)
    of_its_message(message.body)(post, case)
    post.office.resend(message.key)
    assert post.office.deliver() == Delivered(sent=1)
    assert case.code in told.texts[0]


def test_it_is_seen_as_what_it_is(post: Town):
    """Among those that can be read; nobody is told that a person was erased."""
    case = post.case("ktp-hilang")
    post.case("ktp-hilang")
    of_its_record(post, case)
    shown = {one.damaged: one for one in post.office.messages(parked=False)}
    assert len(shown) == 2
    assert (shown[True].to, shown[True].text) == ("", "")
    assert shown[True].as_dict()["damaged"]
    assert shown[False].text


def test_a_number_is_masked_wherever_it_came_from(post: Town):
    """Nothing puts one into a message; whoever looks after the gateway would read it."""
    case = post.case("ktp-hilang")
    of_its_message(
        b'{"told":{"template":"returned","to":"y@1","of":[],'
        b'"facts":{"code":"K","items":"3523084107900001"}}}'
    )(post, case)
    (one,) = post.office.messages(parked=False)
    assert "3523**********01" in one.text
    assert "3523084107900001" not in str(one.as_dict())


def test_a_store_that_cannot_be_read_is_said_to_be(post: Town, monkeypatch: pytest.MonkeyPatch):
    """It is no damage of the message."""

    def away(*_: object, **__: object) -> None:
        raise StorageFailure(url="memory:", why="it is away", reason="unreachable")

    post.case("ktp-hilang")
    monkeypatch.setattr(post.office.storage, "load", away)
    with pytest.raises(StorageFailure):
        list(post.office.messages(parked=False))
