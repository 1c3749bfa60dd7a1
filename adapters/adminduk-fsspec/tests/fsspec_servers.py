"""Real servers on this machine, and a line to them that fails in ways of ours."""

from __future__ import annotations

import asyncio
import http.client
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncssh
from moto.server import ThreadedMotoServer

from adminduk.plugins import open_scans
from adminduk_fsspec.store import RemoteScans

BUCKET = "pindaian"
KEY = "KUNCI"
SECRET = "RAHASIA"
PART = 65536


def s3_url(server: str, place: str, seconds: int = 60) -> str:
    """Give the URL of a store in a server of S3."""
    return f"s3://{place}?key={KEY}&secret={SECRET}&endpoint_url=http://{server}&seconds={seconds}"


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


def told(server: str, method: str, path: str, body: bytes = b"") -> None:
    """Tell a server to do something."""
    line = http.client.HTTPConnection(server, timeout=10)
    line.request(method, path, body)
    assert line.getresponse().status < 300
    line.close()


def damaging(url: str) -> Callable[[str], None]:
    """Give what changes the last byte of what a store keeps of a digest."""

    def change(digest: str) -> None:
        store = open_scans(url)
        assert isinstance(store, RemoteScans)
        ((name, _),) = store._copies(digest).items()
        store._write(f"{digest[:2]}/{digest[2:4]}/{name}", b"".join(store.read(digest))[:-1] + b"x")

    return change


@contextmanager
def sftp_server(folder: Path, key: asyncssh.SSHKey, port: int = 0) -> Iterator[int]:
    """Run a server of SFTP for the user `desa`, below a folder; give its port."""
    callers: list[asyncssh.SSHServerConnection] = []

    class Door(asyncssh.SSHServer):
        def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
            callers.append(conn)

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("desa", SECRET)

    def below(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder))

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            Door, "127.0.0.1", port, server_host_keys=[key], sftp_factory=below
        )

    async def stop(server: asyncssh.SSHAcceptor) -> None:
        server.close()
        for caller in callers:
            caller.abort()
        await server.wait_closed()

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield server.get_port()
    finally:
        asyncio.run_coroutine_threadsafe(stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


Manner = Callable[[bytes, Callable[[bytes], None]], bool]
"""Is told what comes, and by what to answer by itself; says whether that goes on to the server."""


class Line:
    """A line to a server, in between: it passes all until it is told other manners."""

    def __init__(self, server: str) -> None:
        host, port = server.split(":")
        self._server = host, int(port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._door.getsockname()[1]}"
        self.manner: Manner = lambda _come, _answer: True
        self.ends_answers = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Answer nobody any more."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._door.accept()
                called = socket.create_connection(self._server)
                for way in ((caller, called, True), (called, caller, False)):
                    threading.Thread(target=self._pass, args=way, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, there: bool) -> None:
        with source, sink, suppress(OSError):
            while come := source.recv(PART):
                goes_on = self.manner(come, source.sendall) if there else not self.ends_answers
                if not goes_on:
                    break
                sink.sendall(come)
            for one in (source, sink):
                one.shutdown(socket.SHUT_RDWR)


def answering(status: int, code: str) -> Manner:
    """Make a manner: to answer everything with an error of S3."""
    body = f"<Error><Code>{code}</Code><Message>{SECRET}</Message></Error>".encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"

    def answer(_come: bytes, back: Callable[[bytes], None]) -> bool:
        back(head.encode() + body)
        return False

    return answer


def cutting(after: int) -> Manner:
    """Make a manner: to end the line when so many bytes have come of what is put."""
    come_so_far = 0

    def cut(come: bytes, _back: Callable[[bytes], None]) -> bool:
        nonlocal come_so_far
        come_so_far = 0 if come.startswith((b"GET", b"PUT", b"HEAD")) else come_so_far + len(come)
        return come_so_far < after

    return cut
