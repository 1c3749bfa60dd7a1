"""A mail server that says at each step what it is told to: slowly, wrongly, or not at all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from attrs import define, field, frozen

__all__ = ["BROKEN", "SILENT", "STEPS", "Answer", "Late", "Slowly", "talking"]

HOST: Final = "127.0.0.1"
STEPS: Final = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "text", "QUIT")
"""All that is answered, in order; `text` is the end of the mail."""

SILENT: Final = None
BROKEN: Final = ""
"""Nothing is answered, or the connection ends."""


@frozen
class Slowly:
    """An answer of which each byte comes some seconds after the one before, without end."""

    seconds: float


@frozen
class Late:
    """What any server says, after some seconds."""

    seconds: float


Answer = str | Slowly | Late | None

_POLITE: Final[dict[str, str]] = {
    "greeting": "220 mail.example",
    "EHLO": "250 mail.example",
    "MAIL": "250 so be it",
    "RCPT": "250 so be it",
    "DATA": "354 go on",
    "text": "250 taken",
    "QUIT": "221 bye",
}


@define
class Rude:
    """Serves one connection after the other, each in a thread of its own.

    Attributes:
        says: What it answers, step by step, where that is not what any server says.
        texts: The mails that came whole.
        ended: How many connections are over.
    """

    says: Mapping[str, Answer]
    texts: list[bytes] = field(factory=list)
    ended: threading.Semaphore = field(factory=lambda: threading.Semaphore(0))
    _open: list[socket.socket] = field(factory=list)

    def serve(self, listening: socket.socket) -> None:
        """Take connections until nobody listens any more."""
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                self._open.append(connection)
                threading.Thread(target=self._serve_one, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """End what is still open."""
        for one in self._open:
            one.close()

    def _serve_one(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            step = "greeting"
            while self._answer(connection, step):
                line = lines.readline()
                if not line:
                    break
                step = line[:4].decode("ascii", "replace").strip().upper().replace("HELO", "EHLO")
                if step == "DATA" and step not in self.says:
                    self._answer(connection, step)
                    self.texts.append(b"".join(iter(lines.readline, b".\r\n")))
                    step = "text"
        self.ended.release()

    def _answer(self, connection: socket.socket, step: str) -> bool:
        """Answer a step; False: there is no next one."""
        answer = self.says.get(step, _POLITE.get(step, "500 what"))
        if isinstance(answer, Late):
            time.sleep(answer.seconds)
            answer = _POLITE[step]
        if answer is SILENT:
            while connection.recv(9999):  # until the other side hangs up
                pass
        elif isinstance(answer, Slowly):
            connection.sendall(b"250-")
            while True:
                time.sleep(answer.seconds)
                connection.sendall(b"x")
        elif answer:
            connection.sendall(f"{answer}\r\n".encode())
        return bool(answer) and not answer.startswith("421")


@contextmanager
def talking(**says: Answer) -> Iterator[tuple[Rude, int]]:
    """Run it; give it and its port."""
    rude = Rude(says)
    with socket.create_server((HOST, 0)) as listening:
        threading.Thread(target=rude.serve, args=(listening,), daemon=True).start()
        yield rude, listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    rude.close()
