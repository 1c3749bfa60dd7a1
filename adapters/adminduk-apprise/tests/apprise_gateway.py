"""A gateway of messages that really runs here: it takes the JSON of Apprise by HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import quote

from attrs import define, field

from adminduk.testing.kits import Taken

__all__ = ["HOST", "PLACES", "Gateway", "running"]

HOST = "127.0.0.1"
PLACES = f"{quote(':to')}={{to}}&{quote(':key')}={{key}}"


@define
class Gateway:
    """Keeps what it takes, each key once.

    Attributes:
        port: Where it listens.
        answer: What it says to a message.
        inbox: What it took.
    """

    port: int = 0
    answer: int = 200
    inbox: dict[str, Taken] = field(factory=dict)

    def url(self, more: str = "") -> str:
        """Give the URL of its notifier."""
        return f"apprise+json://tuban:rahasia@{HOST}:{self.port}/?{PLACES}{more}"


class _Handler(BaseHTTPRequestHandler):
    gateway: ClassVar[Gateway]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.gateway.answer < 400:
            taken = Taken(body["to"], body["message"], body["key"])
            self.gateway.inbox.setdefault(taken.key, taken)
        self.send_response(self.gateway.answer)
        self.end_headers()

    def log_message(self, *said: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Gateway]:
    """Run one."""
    gateway = Gateway()
    handler = type("Handler", (_Handler,), {"gateway": gateway})
    server = ThreadingHTTPServer((HOST, 0), handler)
    gateway.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
