"""One request to a carrier and its answer: bounded in time and size, and never sent elsewhere."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from time import monotonic
from typing import Final
from urllib.parse import unquote, urlsplit

import orjson
from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = ["Answer", "Line"]

_STEP: Final = 10.0
"""Seconds that each step may take: to connect, to send, to wait for the next bytes."""
_WHOLE: Final = 20.0
"""Seconds that all may take together; less than the office waits for its courier."""
_LARGEST: Final = 5 * 1024 * 1024
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*|[0-9a-f:.]*:[0-9a-f:.]*")
_PATH: Final = re.compile(r"[/\w.~%-]*", re.ASCII)
_TOKEN: Final = re.compile(r"[!-~]*")


@frozen
class Answer:
    """What a carrier answered: its status, and at most 5 MiB."""

    status: int
    content: bytes


@frozen
class Line:
    """Where a carrier is reached; each request has a connection of its own.

    Redirections are not followed: what is said here, and the token, is for this carrier.

    Attributes:
        host: The name of its server.
        port: None: the usual one.
        path: Before the path of each request.
        token: By which it knows the office; may be empty.
        secure: Whether what is said is encrypted, to a server that somebody vouches for.
        whole: Seconds that an exchange may take.
    """

    host: str
    port: int | None
    path: str
    token: str = field(repr=False)
    secure: bool = True
    whole: float = _WHOLE

    @classmethod
    def read(cls, url: str) -> Line:
        """Read `carrier+https://TOKEN@carrier.example/v1`; without encryption only to this machine.

        Raises:
            InvalidInput: That is no such URL.
        """
        try:
            parts = urlsplit(url.removeprefix("carrier+"))
            host, port = parts.hostname or "", parts.port
        except ValueError:  # its text may quote the token
            raise _invalid() from None
        token, secure = unquote(parts.username or ""), parts.scheme == "https"
        strange = parts.query or parts.fragment or parts.password is not None
        fields = ((_HOST, host), (_TOKEN, token), (_PATH, parts.path))
        if strange or not all(pattern.fullmatch(text) for pattern, text in fields):
            raise _invalid()
        if not secure and host not in _HERE:
            raise _invalid()
        return cls(host, port, parts.path.rstrip("/"), token, secure)

    def ask(self, method: str, path: str, said: dict[str, object] | None = None) -> Answer:
        """Send a request, with something said as JSON, and give the whole answer.

        Raises:
            ConnectionError: There is none, or it is not whole, or too large.
        """
        body = b"" if said is None else orjson.dumps(said)
        headers = {"Content-Type": "application/json"} if body else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        end = monotonic() + self.whole
        try:
            with closing(self._connection()) as connection, _until(end, connection.sock):
                if isinstance(connection.sock, ssl.SSLSocket):
                    connection.sock.do_handshake()
                connection.request(method, self.path + path, body, headers)
                response = connection.getresponse()
                content = response.read(_LARGEST)
        except (OSError, HTTPException) as error:
            raise ConnectionError(f"no answer: {type(error).__name__}") from None
        if response.length or len(content) == _LARGEST:
            raise ConnectionError("the answer is not whole, or too large")
        return Answer(response.status, content)

    def _connection(self) -> HTTPConnection:
        """Connect; where it is to be encrypted, that is not agreed upon yet: it has its time."""
        if not self.secure:
            connection = HTTPConnection(self.host, self.port, timeout=_STEP)
            connection.connect()
            return connection
        context = ssl.create_default_context()
        connection = HTTPSConnection(self.host, self.port, timeout=_STEP, context=context)
        HTTPConnection.connect(connection)
        connection.sock = context.wrap_socket(
            connection.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        return connection


@contextmanager
def _until(moment: float, line: socket.socket) -> Iterator[None]:
    """End what goes on over a line when its time is over, though it be a byte now and then.

    Raises:
        TimeoutError: It is over, or was before anything was said.
    """
    seconds, over = moment - monotonic(), Event()
    if seconds <= 0:
        raise TimeoutError

    def end() -> None:
        over.set()
        with suppress(OSError):  # it has ended by itself
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def _invalid() -> InvalidInput:
    return InvalidInput.at(
        "url",
        "carrier_url",
        N_("That is no URL of a carrier."),
        N_("carrier+https://TOKEN@carrier.example/v1; carrier+http only to this machine"),
    )
