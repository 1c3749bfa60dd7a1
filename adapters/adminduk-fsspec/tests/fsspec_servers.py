"""Real servers on this machine, and lines to them that fail in ways of ours."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from moto.server import ThreadedMotoServer

BUCKET = "pindaian"
KEY = "key=KUNCI&secret=RAHASIA"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server of S3 with a bucket; give its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        told(f"{host}:{port}", "PUT", f"/{BUCKET}")
        yield f"{host}:{port}"
    finally:
        server.stop()


def told(server: str, method: str, path: str, body: bytes = b"") -> bytes:
    """Ask a server something, and give its answer."""
    line = http.client.HTTPConnection(server, timeout=10)
    line.request(method, path, body)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    assert answer.status < 300, content
    return content


Line = Callable[[socket.socket, socket.socket], None]


@contextmanager
def line_to(server: str, passed: Line) -> Iterator[str]:
    """Give the address of a line to a server; `passed` is told both its ends for each call."""
    host, port = server.split(":")
    with socket.create_server(("127.0.0.1", 0)) as door:

        def call(caller: socket.socket) -> None:
            with caller, socket.create_connection((host, int(port))) as called, suppress(OSError):
                passed(caller, called)

        def answer() -> None:
            with suppress(OSError):  # closed
                while True:
                    threading.Thread(target=call, args=[door.accept()[0]], daemon=True).start()

        threading.Thread(target=answer, daemon=True).start()
        yield "127.0.0.1:{}".format(door.getsockname()[1])
        door.shutdown(socket.SHUT_RDWR)
