"""A carrier is told of bags by HTTP, whatever its server does."""

from __future__ import annotations

import logging
import socket
import ssl
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from itertools import product
from pathlib import Path
from threading import Event

import pytest
from attrs import evolve
from mail_office import certified
from pypdf import PdfReader

from adminduk import plugins
from adminduk.errors import InvalidInput, Undeliverable
from adminduk.plugins import open_courier
from adminduk.ports import Consignment, Courier, Labels
from adminduk.testing.kits import CourierKit
from adminduk_carrier.courier import CarrierCourier
from adminduk_carrier.line import Line
from carrier_server import HOST, TOKEN, Carrier, Handler, Lie, running

BAG = Consignment("K-7", "35.23", "35.23.08", "2021-07-14", 12, "S-4711")


class TestKit(CourierKit):
    """What every courier promises."""

    @pytest.fixture
    def courier_url(self, carrier: Carrier) -> str:
        """Give the URL of the carrier."""
        return carrier.url

    @pytest.fixture
    def carried(self, carrier: Carrier) -> Callable[[], list[Consignment]]:
        """Look at what it keeps."""
        return lambda: carrier.carried

    @pytest.fixture
    def failing_url(self) -> str:
        """Give the URL of a port at which nobody listens."""
        with socket.create_server((HOST, 0)) as free:
            return Carrier(free.getsockname()[1]).url


@pytest.fixture
def courier(carrier: Carrier) -> Courier:
    """Give the courier."""
    return open_courier(carrier.url)


def asked(
    courier: Courier, carrier: Carrier, lie: Lie, of: Callable[[CarrierCourier], object]
) -> None:
    """Ask a courier for something that is answered with a lie, and expect no answer."""
    assert isinstance(courier, CarrierCourier)
    carrier.lies.append(lie)
    with pytest.raises(ConnectionError):
        of(courier)
    while carrier.lies:  # the lie was this one's
        time.sleep(0.01)


def answers(status: int, content: bytes = b"{}", **headers: str) -> Lie:
    """Answer so, and do nothing."""
    return lambda handler: handler.answer(status, content, **headers)


def loses_the_answer(handler: Handler) -> None:
    """Carry out what is asked, and hang up."""
    handler.truth()


def says_half(handler: Handler) -> None:
    """Carry it out, and hang up in the middle of the answer."""
    status, content = handler.truth()
    handler.answer(status, content[:-9], Content_Length=str(len(content)))


def babbles(handler: Handler) -> None:
    """Carry it out, and answer what nobody can read."""
    handler.answer(handler.truth()[0], b'{"id": ')


def speaks_of_another(handler: Handler) -> None:
    """Carry it out, and answer with another number of papers, or another state."""
    status, content = handler.truth()
    handler.answer(status, content.replace(b": 12", b": 11").replace(b"cancelled", b"booked"))


def says_another_state(handler: Handler) -> None:
    """Carry it out, and answer that it is still being thought about."""
    status, content = handler.truth()
    handler.answer(status, content.replace(b"booked", b"waiting").replace(b"cancelled", b"waiting"))


def says_another_key(handler: Handler) -> None:
    """Carry it out, and answer as if it were of another consignment."""
    status, content = handler.truth()
    handler.answer(status, content.replace(b'"id": "', b'"id": "x'))


def announces_more(handler: Handler) -> None:
    """Carry it out, and hang up before all is said that was announced."""
    status, content = handler.truth()
    handler.answer(status, content, Content_Length=str(len(content) + 9))


def never_ends(handler: Handler) -> None:
    """Carry it out, answer, and go on for ever."""
    status, content = handler.truth()
    handler.send_response(status)
    handler.end_headers()
    handler.wfile.write(content)
    handler.trickle(b" ")


def floods(handler: Handler) -> None:
    """Carry it out, and answer without end."""
    handler.truth()
    handler.send_response(200)
    handler.end_headers()
    while not handler.carrier.released.is_set():
        handler.wfile.write(b" " * 65536)


def is_huge(handler: Handler) -> None:
    """Carry it out, and answer with six megabytes after what is asked for."""
    status, content = handler.truth()
    handler.answer(status, content + b" " * 6 * 1024 * 1024)


def is_silent(handler: Handler) -> None:
    """Take the request, and say nothing."""
    handler.wait(30)


def trickles(handler: Handler) -> None:
    """Write headers for ever, a letter now and then."""
    handler.trickle(b"HTTP/1.1 200 OK\r\n" + b"X-More: yes\r\n" * 80)


def trickles_its_answer(handler: Handler) -> None:
    """Carry it out, and write the answer for ever."""
    handler.truth()
    handler.send_response(200)
    handler.end_headers()
    handler.trickle(b" ")


def goes_on_with_100(handler: Handler) -> None:
    """Say for ever that the answer is yet to come."""
    handler.trickle(b"HTTP/1.1 100 Continue\r\n\r\n" * 9)


def is_no_server(handler: Handler) -> None:
    """Answer in another language."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


NO_ANSWER: dict[str, Lie] = {
    **{str(status): answers(status) for status in (204, 304, 401, 403, 404, 408, 429)},
    **{str(status): answers(status) for status in (500, 502, 503, 504)},
    "a portal": answers(200, b"<html>Masuk dulu</html>"),
    "a list": answers(200, b"[]"),
    "nested": answers(200, b"[" * 100_000),
    "half a character": answers(200, b'"\xff"'),
    **{
        lie.__name__: lie
        for lie in (
            *(loses_the_answer, says_half, announces_more, babbles, speaks_of_another),
            *(says_another_state, says_another_key, floods, is_huge, is_no_server),
        )
    },
}
"""What is no answer: it is asked again."""
ENDLESS = (is_silent, trickles, trickles_its_answer, never_ends, answers(100), goes_on_with_100)
"""What is given up only when its time is over."""
OF_CONSIGNMENTS = {"speaks_of_another", "says_another_state", "says_another_key"}
"""Lies that are none about a label."""


@pytest.mark.parametrize("lie", NO_ANSWER)
def test_what_is_no_answer_is_tried_again(carrier: Carrier, courier: Courier, lie: str):
    """In bounded time; asked again the bag is booked once, and cancelled once."""
    asked(courier, carrier, NO_ANSWER[lie], lambda one: one.book(BAG))
    courier.book(BAG)
    assert carrier.carried == [BAG]
    asked(courier, carrier, NO_ANSWER[lie], lambda one: one.cancel(BAG.bag))
    courier.cancel(BAG.bag)
    assert carrier.carried == []
    assert len(carrier.kept) == 1


ASKS: tuple[Callable[[CarrierCourier], object], ...] = (
    lambda one: one.book(BAG),
    lambda one: one.cancel(BAG.bag),
    lambda one: one.label(BAG.bag),
)


def gives_up(
    lie: Lie, of: Callable[[CarrierCourier], object], encrypted: ssl.SSLContext | None
) -> None:
    """Ask a carrier of its own for what would be waited for without end."""
    scheme = "carrier+https:" if encrypted else "carrier+http:"
    with running(encrypted) as carrier:
        line = Line.read(carrier.url.replace("carrier+http:", scheme))
        courier, begun = CarrierCourier(evolve(line, whole=0.5)), time.monotonic()
        carrier.lies.extend([lie] * 9)
        while not carrier.heard:  # a busy machine may have had no time to ask
            with pytest.raises(ConnectionError):
                of(courier)
            assert time.monotonic() - begun < 9


def test_what_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever is asked, encrypted or not; all at once, as each takes as long as it may."""
    certificate, context = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    cases = list(product(ENDLESS, ASKS, (None, context)))
    with ThreadPoolExecutor(len(cases)) as pool:
        for done in [pool.submit(gives_up, *case) for case in cases]:
            done.result()


@pytest.mark.parametrize("status", [400, 409, 410, 422])
def test_what_is_refused_for_good_is_given_up(carrier: Carrier, courier: Courier, status: int):
    """A person must look."""
    carrier.lies.extend([answers(status)] * 2)
    for ask in (lambda: courier.book(BAG), lambda: courier.cancel(BAG.bag)):
        with pytest.raises(Undeliverable, match=str(status)):
            ask()


def test_what_is_on_its_way_cannot_be_cancelled(carrier: Carrier, courier: Courier):
    """The carrier says so, and it is not asked again."""
    courier.book(BAG)
    carrier.collect(BAG.bag)
    with pytest.raises(Undeliverable):
        courier.cancel(BAG.bag)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_goes_nowhere_else(carrier: Carrier, courier: Courier, status: int):
    """What the office says, and its token, is for one carrier alone."""
    elsewhere = []
    with socket.create_server((HOST, 0)) as other:
        other.setblocking(False)
        address = f"http://{HOST}:{other.getsockname()[1]}/"
        carrier.lies.append(answers(status, Location=address))
        with pytest.raises(ConnectionError):
            courier.book(BAG)
        with pytest.raises(BlockingIOError):
            elsewhere.append(other.accept())
    assert elsewhere == []
    assert carrier.heard == ["PUT"]


def test_each_request_says_who_asks(carrier: Carrier):
    """Without the right token nothing is done, and it is asked again: it may be mended."""
    for other in ("salah@", "@", ""):
        with pytest.raises(ConnectionError, match="401"):
            open_courier(carrier.url.replace(f"{TOKEN}@", other)).book(BAG)
    assert carrier.kept == {}


def test_the_key_is_that_of_the_bag(carrier: Carrier, courier: Courier):
    """Whatever process asks, and whenever: it is for ever the same."""
    courier.book(BAG)
    assert list(carrier.kept) == ["b1852c01-e90e-5560-a408-cb2790bb44b1"]


@pytest.mark.parametrize("bag", [".", "..", "../K-7", "K-7/label", "K-7?x=1", "K-7#1", "%2e"])
def test_no_name_of_a_bag_leads_elsewhere(carrier: Carrier, courier: Courier, bag: str):
    """It is said in the body; the path has a key."""
    courier.book(evolve(BAG, bag=bag))
    assert [one.bag for one in carrier.carried] == [bag]


class TestItsLabel:
    """As PDF, for a person to print."""

    def test_of_a_bag_that_is_booked(self, courier: Courier):
        """It is that of the bag."""
        assert isinstance(courier, Labels)
        courier.book(BAG)
        label = courier.label(BAG.bag)
        assert label is not None
        metadata = PdfReader(BytesIO(label)).metadata
        assert metadata is not None
        assert metadata.title == "K-7"

    def test_of_a_bag_that_is_not(self, courier: Courier):
        """There is none, before and after."""
        assert isinstance(courier, Labels)
        assert courier.label(BAG.bag) is None
        courier.book(BAG)
        courier.cancel(BAG.bag)
        assert courier.label(BAG.bag) is None

    @pytest.mark.parametrize(
        "lie",
        [
            *(name for name in NO_ANSWER if name not in {"404", *OF_CONSIGNMENTS}),
            *("a page", "cut off", "refused"),
        ],
    )
    def test_what_is_no_label_is_none(self, carrier: Carrier, courier: Courier, lie: str):
        """Half a page is not printed."""
        assert isinstance(courier, Labels)
        more = {
            "a page": answers(200, b"<html>%%EOF"),
            "cut off": answers(200, b"%PDF-1.7\n1 0 obj"),
            "refused": answers(409, b"%PDF-1.7\n%%EOF"),
        }
        courier.book(BAG)
        asked(courier, carrier, {**NO_ANSWER, **more}[lie], lambda one: one.label(BAG.bag))


def test_several_threads_are_not_held_up_by_one(carrier: Carrier, courier: Courier):
    """A request that hangs is its own."""
    carrier.lies.append(is_silent)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(courier.book, BAG)
        while not carrier.heard:
            time.sleep(0.01)
        names = [f"K-{number}" for number in range(5)]
        list(pool.map(lambda name: courier.book(evolve(BAG, bag=name)), names))
        assert not first.done()
        carrier.released.set()
        with pytest.raises(ConnectionError):
            first.result()
    assert {one.bag for one in carrier.carried} == set(names)


@pytest.mark.parametrize(
    "url",
    [
        "carrier+https:",
        "carrier+https://",
        f"carrier+https://{TOKEN}@",
        f"carrier+https://{TOKEN}@carrier.example:port/",
        f"carrier+https://{TOKEN}@[::1/",
        f"carrier+https://siti:{TOKEN}@carrier.example/",
        f"carrier+https://{TOKEN}%0d%0aX@carrier.example/",
        f"carrier+https://{TOKEN}@carrier.example/?x=y",
        f"carrier+https://{TOKEN}@carrier.example/#x",
        f"carrier+https://{TOKEN}@carrier.example/a b",
        f"carrier+https://{TOKEN}@a..b/",
        f"carrier+https://{TOKEN}@{'a' * 64}.example/",
        f"carrier+https://{TOKEN}@kurír.example/",
        f"carrier+https://{TOKEN}@carrier example/",
        f"carrier+https://{TOKEN}@[::1%25eth0]/",
        f"carrier+http://{TOKEN}@carrier.example/v1",
        f"carrier+http://{TOKEN}@127.0.0.1.carrier.example/v1",
    ],
)
def test_a_url_of_no_use_is_refused(url: str):
    """At once, with its token in nothing that is said of it; nothing is said unencrypted."""
    with pytest.raises(InvalidInput) as caught:
        open_courier(url)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.message("en")
    assert TOKEN not in told.replace(url, "")


def test_a_stranger_is_told_nothing(carrier: Carrier):
    """A server that nobody vouches for, as one that does not speak TLS, is no carrier."""
    url = carrier.url.replace("carrier+http:", "carrier+https:")
    with pytest.raises(ConnectionError):
        open_courier(url).book(BAG)
    assert carrier.heard == []


def test_one_that_somebody_vouches_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It is told, encrypted, by whoever trusts its certificate."""
    certificate, context = certified(tmp_path)
    with running(context) as carrier:
        line = Line.read(carrier.url.replace("carrier+http:", "carrier+https:"))
        courier = CarrierCourier(line)
        with pytest.raises(ConnectionError):
            courier.book(BAG)
        assert carrier.heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        courier.book(BAG)
        assert carrier.carried == [BAG]


def test_a_greeting_that_never_ends():
    """Who is to encrypt and says a byte now and then has no more time than others."""
    over = Event()

    def greet(server: socket.socket) -> None:
        line, _ = server.accept()
        with line, suppress(OSError):
            line.recv(65_536)
            line.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 KiB begins
            while not over.wait(0.05):
                line.sendall(b"\x02")

    with socket.create_server((HOST, 0)) as server, ThreadPoolExecutor(1) as pool:
        pool.submit(greet, server)
        url = f"carrier+https://{TOKEN}@{HOST}:{server.getsockname()[1]}/"
        begun = time.monotonic()
        try:
            with pytest.raises(ConnectionError):
                CarrierCourier(evolve(Line.read(url), whole=0.3)).book(BAG)
        finally:
            over.set()
        assert time.monotonic() - begun < 5


def test_nothing_is_said_when_the_time_is_over(carrier: Carrier):
    """Whoever connects so late has asked anew meanwhile."""
    courier = CarrierCourier(evolve(Line.read(carrier.url), whole=0))
    for _ in range(20):
        with pytest.raises(ConnectionError):
            courier.book(BAG)
    assert carrier.heard == []


def test_its_token_is_in_no_error_and_no_log(carrier: Carrier, caplog: pytest.LogCaptureFixture):
    """Nor in what is shown of the courier."""
    courier = open_courier(carrier.url)
    assert TOKEN not in repr(courier)
    with caplog.at_level(logging.DEBUG):
        for lie in (answers(500, TOKEN.encode()), is_no_server, loses_the_answer):
            carrier.lies.append(lie)
            with pytest.raises(ConnectionError) as caught:
                courier.book(BAG)
            assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert TOKEN not in caplog.text


def test_it_is_found():
    """By its entry point; whoever writes a scheme that nobody knows is told of it."""
    assert "carrier" in {one.name for one in plugins.listing()}
    with pytest.raises(InvalidInput) as caught:
        open_courier("pigeon://")
    assert "carrier+https:" in caught.value.faults[0].facts["known"]
