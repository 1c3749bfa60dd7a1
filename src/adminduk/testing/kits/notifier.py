"""Checks of a notifier, on messages that are really sent."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar, Final

import pytest
from attrs import frozen

from adminduk.errors import Undeliverable
from adminduk.plugins import open_notifier
from adminduk.ports import Notifier
from adminduk.testing.kits.base import SENDING, Checks, needs

__all__ = ["NotifierKit", "Taken"]

_NIK: Final = "3523084107900001"
_THREADS: Final = 8
_EACH: Final = 5
_POST: Final = "village_operator@35.23.08.2001"
_TEXTS: Final = {
    "plain": "Akta sudah siap diambil.",
    "quotes": """Nama: Nur'aini "Ani" <ani> & Budi; 100 %s {x} \\n""",
    "letters": "Ñandú, Żółć, 名前, 😀, é",
    "long": " ".join(["Berkas Anda lengkap."] * 20),
}


@frozen
class Taken:
    """A message as it arrived; the key is empty where it cannot be seen."""

    to: str
    text: str
    key: str = ""


class NotifierKit(Checks):
    """What a notifier promises; a subclass says by the fixture `notifier_url` which.

    Attributes:
        observed: Whether the fixture `taken` gives what has arrived.
        fails: Whether the fixture `failing_url` gives the URL of one that cannot send.
        drops_repeats: Whether a repeat under the same key is shown once.
        gives_up: Whether it can know at once that a recipient is never reached: the fixture
            `unreachable` gives one.
    """

    observed: ClassVar[bool] = True
    fails: ClassVar[bool] = True
    drops_repeats: ClassVar[bool] = True
    gives_up: ClassVar[bool] = True

    WHERE = "notifier_url"
    SAYS = frozenset(
        {
            "SAYS",
            "notifier_url",
            "recipient",
            "taken",
            "failing_url",
            "unreachable",
            *SENDING,
        }
    )

    @pytest.fixture
    def notifier_url(self) -> str:
        """Give the URL of the notifier; every subclass says which."""
        raise NotImplementedError("define the fixture notifier_url")

    @pytest.fixture
    def recipient(self) -> str:
        """Give the number to which messages are sent; nobody's, where nothing leaves the house."""
        return "+6280012345678"

    @pytest.fixture
    def taken(self) -> Callable[[], list[Taken]]:
        """Give what looks at all messages that have arrived."""
        raise NotImplementedError("define the fixture taken, or say observed = False")

    @pytest.fixture
    def failing_url(self) -> str:
        """Give the URL of a notifier that cannot send now, as one whose gateway is away."""
        raise NotImplementedError("define the fixture failing_url, or say fails = False")

    @pytest.fixture
    def unreachable(self) -> str:
        """Give a number that is never reached."""
        raise NotImplementedError("define the fixture unreachable, or say gives_up = False")

    @pytest.fixture
    def notifier(self, notifier_url: str) -> Notifier:
        """Give the notifier."""
        return open_notifier(notifier_url)

    def test_a_message_to_a_phone_and_to_a_post_is_taken(
        self, notifier: Notifier, recipient: str
    ) -> None:
        """Who has no phone is told by the operator: a post is a recipient like a number."""
        notifier.send("k1/0", recipient, _TEXTS["plain"])
        notifier.send("k1/1", _POST, _TEXTS["plain"])

    def test_the_same_url_gives_a_notifier_each_time(
        self, notifier_url: str, notifier: Notifier, recipient: str
    ) -> None:
        """Two of them do not disturb each other."""
        other = open_notifier(notifier_url)
        notifier.send("k2/0", recipient, _TEXTS["plain"])
        other.send("k2/1", recipient, _TEXTS["plain"])
        notifier.send("k2/2", recipient, _TEXTS["plain"])

    def test_a_repeat_is_taken_without_complaint(self, notifier: Notifier, recipient: str) -> None:
        """A message may be sent again when the first answer was lost."""
        for _ in range(3):
            notifier.send("k3/0", recipient, _TEXTS["plain"])

    def test_no_full_number_is_logged(
        self, notifier: Notifier, recipient: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Neither the recipient's nor what the text holds, at any level."""
        with caplog.at_level(logging.DEBUG):
            notifier.send("k4/0", recipient, f"NIK {_NIK} siap.")
        logged = "\n".join(f"{one.getMessage()} {one.args}" for one in caplog.records)
        assert _NIK not in logged
        assert recipient.lstrip("+") not in logged

    def test_several_threads_send_at_once(self, notifier: Notifier, recipient: str) -> None:
        """Each message is taken, none is refused because of another."""
        _send_at_once(notifier, recipient)

    @needs("observed")
    def test_a_text_arrives_as_it_was_sent(
        self, notifier: Notifier, recipient: str, taken: Callable[[], list[Taken]]
    ) -> None:
        """Whole, once, with every character."""
        for kind, text in _TEXTS.items():
            notifier.send(f"k5/{kind}", recipient, text)
        assert sorted(one.text for one in taken()) == sorted(_TEXTS.values())

    @needs("observed")
    def test_each_message_goes_to_its_recipient(
        self, notifier: Notifier, recipient: str, taken: Callable[[], list[Taken]]
    ) -> None:
        """Also where one after the other goes to different people."""
        for number, to in enumerate([recipient, _POST, recipient]):
            notifier.send(f"k6/{number}", to, f"Pesan {number}.")
        texts = {one.text: one.to for one in taken()}
        assert texts.keys() == {"Pesan 0.", "Pesan 1.", "Pesan 2."}
        assert texts["Pesan 0."] == texts["Pesan 2."]
        assert texts["Pesan 1."] != texts["Pesan 0."]

    @needs("observed")
    def test_nothing_is_mixed_or_lost_between_threads(
        self, notifier: Notifier, recipient: str, taken: Callable[[], list[Taken]]
    ) -> None:
        """Each arrives whole and once."""
        sent = _send_at_once(notifier, recipient)
        assert Counter(one.text for one in taken()) == Counter(sent)

    @needs("observed", "drops_repeats")
    def test_a_repeat_under_one_key_is_shown_once(
        self, notifier: Notifier, recipient: str, taken: Callable[[], list[Taken]]
    ) -> None:
        """The key tells the receiver; the same text under another key is another message."""
        for key in ("k7/0", "k7/0", "k7/1"):
            notifier.send(key, recipient, _TEXTS["plain"])
        assert [one.text for one in taken()] == [_TEXTS["plain"]] * 2

    @needs("fails")
    def test_what_cannot_be_sent_is_an_error(self, failing_url: str, recipient: str) -> None:
        """It is raised, so that the message is tried again; a process is never ended by it.

        A gateway that is away is no reason to give a message up.
        """
        with pytest.raises(Exception) as caught:  # noqa: PT011 - any: it is tried again
            open_notifier(failing_url).send("k8/0", recipient, _TEXTS["plain"])
        assert isinstance(caught.value, Exception)
        assert not isinstance(caught.value, Undeliverable)

    @needs("fails")
    def test_an_error_holds_no_full_number(self, failing_url: str, recipient: str) -> None:
        """It is logged by whoever sends."""
        told = ""
        try:
            open_notifier(failing_url).send("k9/0", recipient, f"NIK {_NIK} siap.")
        except Exception as error:  # noqa: BLE001 - as above
            told = repr(error)
        assert told
        assert _NIK not in told
        assert recipient.lstrip("+") not in told

    @needs("gives_up")
    def test_who_is_never_reached_is_told_apart(self, notifier: Notifier, unreachable: str) -> None:
        """By `Undeliverable`, without the number; the next message goes its way."""
        with pytest.raises(Undeliverable) as caught:
            notifier.send("k10/0", unreachable, _TEXTS["plain"])
        assert unreachable.lstrip("+") not in repr(caught.value)
        notifier.send("k10/1", _POST, _TEXTS["plain"])


def _send_at_once(notifier: Notifier, recipient: str) -> list[str]:
    """Send from several threads at once; give the texts."""
    start = threading.Barrier(_THREADS)

    def send(thread: int) -> list[str]:
        texts = [f"Pesan {thread}.{number}: siap." for number in range(_EACH)]
        start.wait()
        for number, text in enumerate(texts):
            notifier.send(f"t{thread}/{number}", recipient, text)
        return texts

    with ThreadPoolExecutor(_THREADS) as pool:
        return [text for texts in pool.map(send, range(_THREADS)) for text in texts]
