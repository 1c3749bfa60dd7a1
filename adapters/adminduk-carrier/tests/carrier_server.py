"""A carrier that really runs here: it keeps consignments truthfully, and may lie about it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import cycle, islice
from threading import Event, Lock, Thread
from typing import Any, ClassVar

from attrs import define, field
from pypdf import PdfWriter

from adminduk.ports import Consignment

__all__ = ["HOST", "SECRET", "TOKEN", "Carrier", "Lie", "running", "signed"]

HOST = "127.0.0.1"
TOKEN = "rahasia-123"
SECRET = "whsec_" + base64.b64encode(b"kunci kurir cepat Tuban!").decode()
_FIELDS = {"reference": str, "sender": str, "receiver": str, "day": str, "count": int, "seal": str}

Lie = Callable[["Handler"], None]
"""What is done with a request instead of answering it truthfully."""


@define
class Carrier:
    """Keeps consignments by their keys.

    Attributes:
        port: Where it listens.
        kept: Each consignment as it was described last, with its state.
        lies: What is done with the next requests instead; each once.
        heard: What it was asked, in order.
        released: Set when it is over: nothing waits any longer.
    """

    port: int = 0
    kept: dict[str, dict[str, Any]] = field(factory=dict)
    lies: deque[Lie] = field(factory=deque)
    heard: list[str] = field(factory=list)
    released: Event = field(factory=Event)
    lock: Any = field(factory=Lock)

    @property
    def url(self) -> str:
        """The URL of its courier."""
        return f"carrier+http://{TOKEN}@{HOST}:{self.port}/v1"

    @property
    def carried(self) -> list[Consignment]:
        """What is to be carried now."""
        return [
            Consignment(
                bag=one["reference"],
                **{name: one[name] for name in _FIELDS if name != "reference"},
            )
            for one in self.kept.values()
            if one["state"] == "booked"
        ]

    def collect(self, bag: str) -> None:
        """Fetch a bag: it can be cancelled no more."""
        next(one for one in self.kept.values() if one["reference"] == bag)["state"] = "collected"

    def carry_out(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Do what is asked, and give status and answer."""
        version, kind, key, *more = path.strip("/").split("/")
        assert (version, kind) == ("v1", "consignments")
        with self.lock:
            one = self.kept.get(key)
            if method == "GET" and more == ["label"]:
                is_booked = one is not None and one["state"] == "booked"
                return (200, _label(one["reference"])) if one and is_booked else (404, b"{}")
            if one is not None and one["state"] == "collected":
                return 409, b'{"error": "it is on its way"}'
            if method == "PUT":
                said = json.loads(body)
                if {name: type(value) for name, value in said.items()} != _FIELDS:
                    return 422, b'{"error": "not a consignment"}'
                self.kept[key] = {"id": key, **said, "state": "booked"}
                return 200 if one else 201, json.dumps(self.kept[key] | {"price": None}).encode()
            cancelled = {**(one or {}), "id": key, "state": "cancelled"}
            if one is not None:
                self.kept[key] = cancelled
            return 200, json.dumps(cancelled).encode()


def _label(reference: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(283, 425)
    writer.add_metadata({"/Title": reference})
    with BytesIO() as made:
        writer.write(made)
        return made.getvalue()


class Handler(BaseHTTPRequestHandler):
    """Takes one request after the other."""

    protocol_version = "HTTP/1.1"
    carrier: ClassVar[Carrier]

    def handle_any(self) -> None:
        """Answer truthfully, or with the next lie."""
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.carrier.heard.append(self.command)
        self.close_connection = True
        with suppress(ConnectionError):  # whoever asked has gone
            if self.carrier.lies:
                self.carrier.lies.popleft()(self)
            elif self.headers["Authorization"] != f"Bearer {TOKEN}":
                self.answer(401, b"{}")
            else:
                self.answer(*self.truth())

    def do_PUT(self) -> None:
        self.handle_any()

    do_DELETE = do_GET = do_PUT  # noqa: N815 - so they are called for

    def truth(self) -> tuple[int, bytes]:
        """Carry the request out."""
        return self.carrier.carry_out(self.command, self.path, self.content)

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        """Write an answer."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def wait(self, seconds: float) -> None:
        """Wait, but not longer than the test."""
        self.carrier.released.wait(seconds)

    def trickle(self, content: bytes) -> None:
        """Write a byte now and then, for as long as anybody should have listened."""
        for one in islice(cycle(content), 300):
            self.wfile.write(bytes([one]))
            self.wfile.flush()
            if self.carrier.released.wait(0.05):
                return

    def log_message(self, *said: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 100  # with fewer, some of many at once are heard a second later


@contextmanager
def running(encrypted: ssl.SSLContext | None = None) -> Iterator[Carrier]:
    """Run one; with a certificate it speaks encrypted only."""
    carrier = Carrier()
    handler = type("TheHandler", (Handler,), {"carrier": carrier})
    server = _Server((HOST, 0), handler)
    if encrypted is not None:
        server.socket = encrypted.wrap_socket(server.socket, server_side=True)
    carrier.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield carrier
    finally:
        carrier.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def signed(
    body: bytes, *, id_: str = "msg_1", at: float | None = None, secret: str = SECRET
) -> dict[str, str]:
    """Sign an event as Standard Webhooks says, without the library that is to verify it."""
    stamp = str(int(time.time() if at is None else at))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{id_}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Webhook-Id": id_,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(mac).decode()}",
    }
