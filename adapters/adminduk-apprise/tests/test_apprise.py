"""Messages through Apprise, to a gateway that really runs."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from adminduk import plugins
from adminduk.errors import InvalidInput, Undeliverable
from adminduk.plugins import open_notifier
from adminduk.testing.kits import NotifierKit, Taken
from apprise_gateway import HOST, PLACES, Gateway, running

PHONE = "+6281234567890"
POST = "village_operator@35.23.08.2001"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Give a gateway that runs."""
    with running() as gateway:
        yield gateway


class TestKit(NotifierKit):
    """What every notifier promises; JSON has no numbers that are wrong."""

    gives_up = False

    @pytest.fixture
    def notifier_url(self, gateway: Gateway) -> str:
        """Give the URL of the gateway."""
        return gateway.url()

    @pytest.fixture
    def taken(self, gateway: Gateway) -> Callable[[], list[Taken]]:
        """Look at what it took."""
        return lambda: list(gateway.inbox.values())

    @pytest.fixture
    def failing_url(self) -> str:
        """Give the URL of a port at which nobody listens."""
        with socket.create_server((HOST, 0)) as free:
            return Gateway(free.getsockname()[1]).url()


def test_a_post_may_have_a_service_of_its_own(gateway: Gateway):
    """Its URL is written as any text in a URL is."""
    other = f"json://{HOST}:{gateway.port}/?%3Ato={{role}}-{{region}}&%3Akey={{key}}"
    notifier = open_notifier(gateway.url(f"&post={quote(other, safe='')}"))
    notifier.send("1/0", PHONE, "Siap.")
    notifier.send("1/1", POST, "Siap.")
    assert [one.to for one in gateway.inbox.values()] == [
        PHONE,
        "village_operator-35.23.08.2001",
    ]


def test_a_key_arrives_as_it_is(gateway: Gateway):
    """Whatever is in it: it is written as any text in a URL is."""
    open_notifier(gateway.url()).send("a&:to=b/0", PHONE, "Siap.")
    assert gateway.inbox["a&:to=b/0"].to == PHONE


@pytest.mark.parametrize("answer", [400, 404, 429, 500])
def test_a_gateway_that_does_not_take_it_is_asked_again(gateway: Gateway, answer: int):
    """Apprise does not say why, so nothing is given up."""
    gateway.answer = answer
    with pytest.raises(ConnectionError):
        open_notifier(gateway.url()).send("1/0", PHONE, "Siap.")


@pytest.mark.parametrize("to", ["", "siti", "siti@rumah.example", f"{PHONE}/?x=y"])
def test_what_is_no_recipient_is_given_up(gateway: Gateway, to: str):
    """Nothing is asked."""
    with pytest.raises(Undeliverable):
        open_notifier(gateway.url()).send("1/0", to, "Siap.")
    assert gateway.inbox == {}


@pytest.mark.parametrize(
    "service",
    ["bulksms://tuban:rahasia@{digits}", "voipms://rahasia:tuban@a.example/6281234567/{digits}"],
)
def test_a_number_that_is_none_for_the_service_is_given_up(service: str):
    """Some know before anything is sent; here one is too short."""
    notifier = open_notifier(f"apprise+{service}?post=json%3A%2F%2F{HOST}")
    with pytest.raises(Undeliverable) as caught:
        notifier.send("1/0", "+620000", "Siap.")
    assert "620000" not in repr(caught.value)


def test_nothing_is_logged_of_a_service_while_others_log(caplog: pytest.LogCaptureFixture):
    """Apprise writes down what it sends; whoever else uses it in the process still sees that."""
    with running() as gateway, caplog.at_level(logging.DEBUG):
        open_notifier(gateway.url()).send("1/0", PHONE, "Siap.")
        assert "Siap." not in caplog.text
        assert HOST not in caplog.text
        logging.getLogger("apprise").error("another's")
    assert "another's" in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "apprise+",
        "apprise+pigeon://rahasia@loft/{to}",
        "apprise+json://tuban:rahasia@gateway.example",
        "apprise+json://tuban:rahasia@gateway.example/{key}",
        "apprise+json://tuban:rahasia@gateway.example/{phone}",
        "apprise+json://tuban:rahasia@gateway.example/{role}?post=json%3A%2F%2Fx.example",
        "apprise+json://tuban:rahasia@gateway.example/{to}?post=pigeon%3A%2F%2Frahasia",
    ],
)
def test_a_url_of_no_use_is_refused(url: str, caplog: pytest.LogCaptureFixture):
    """At once, with its password in nothing that is said or logged of it."""
    with caplog.at_level(logging.DEBUG), pytest.raises(InvalidInput) as caught:
        open_notifier(url)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.message("en")
    assert "rahasia" not in told.replace(url, "")
    assert caplog.text == ""


def test_its_password_is_not_shown():
    """Nor the places."""
    notifier = open_notifier(f"apprise+json://tuban:rahasia@gateway.example/?{PLACES}")
    assert "rahasia" not in repr(notifier)


def test_it_is_found():
    """By its entry point; whoever writes a scheme that nobody knows is told of it."""
    assert "apprise" in {one.name for one in plugins.listing()}
    with pytest.raises(InvalidInput) as caught:
        open_notifier("pigeon://")
    assert "apprise+…:" in caught.value.faults[0].facts["known"]
