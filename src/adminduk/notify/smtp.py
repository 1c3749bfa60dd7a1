"""A notifier that sends each message as a mail, as to a gateway that makes short messages of it."""

from __future__ import annotations

import ssl
import time
from contextlib import closing, suppress
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import formatdate
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from socket import SHUT_RDWR
from threading import Timer
from typing import Any, Final
from urllib.parse import quote

from attrs import frozen

from adminduk.errors import Undeliverable
from adminduk.notify.mail_server import MailServer

__all__ = ["SmtpNotifier"]

_SECONDS: Final = 25
"""How long it may take to hand a message in: less than an office waits for a notifier, so that what
it takes to have failed is not sent after all.
"""

_FOR_GOOD: Final = 500
"""From here on an answer says that the same will never be taken (RFC 5321, section 4.2.1)."""

_POLICY: Final = LINES.clone(cte_type="7bit", max_line_length=900)
"""How a mail is written: plain letters as they are, so that simple gateways can read them."""


class _Timed(SMTP):
    """A connection whose time is over at some moment, however slowly answers come."""

    def __init__(self, host: str, port: int, name: str, timeout: float, **how: Any) -> None:
        self._until = time.monotonic() + timeout
        super().__init__(host, port, name, timeout=timeout, **how)

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer.

        Raises:
            TimeoutError: The time is over, though each byte may have come in time.
        """
        watch = Timer(self._until - time.monotonic(), self._hang_up)
        watch.start()
        try:
            return super().getreply()
        except SMTPServerDisconnected:
            if time.monotonic() < self._until:
                raise
            raise TimeoutError("the mail server did not answer in time") from None
        finally:
            watch.cancel()

    def _hang_up(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(SHUT_RDWR)


class _TimedSSL(_Timed, SMTP_SSL):
    """The same, in TLS from the start."""


@frozen
class SmtpNotifier:
    """Hands each message in as a mail, on a connection of its own.

    The key is in the headers `Message-ID` and `X-Adminduk-Key`, so that a receiver can drop a
    repeat: where the connection ends before the server has answered, the message is sent again.

    Attributes:
        server: Where mail is handed in.
        seconds: How long it may take, all answers of the server together.
    """

    server: MailServer
    seconds: float = _SECONDS

    def send(self, key: str, to: str, text: str) -> None:
        """Hand a message in.

        Raises:
            Undeliverable: The server refuses the recipient, or the mail, for good.
            OSError: It cannot be handed in now.
        """
        address = self.server.address_of(to)
        mail = self._mail(key, address, text)
        try:
            with closing(self._connection()) as connection:
                self._greet(connection)
                connection.sendmail(self.server.sender, [address], mail)
                with suppress(OSError):  # it was taken, however the two part
                    connection.quit()
        except SMTPRecipientsRefused as refused:
            ((code, _),) = refused.recipients.values()
            raise _failure(code, final=True) from None  # its own text holds the number
        except SMTPResponseException as answer:
            raise _failure(answer.smtp_code, final=isinstance(answer, SMTPDataError)) from None

    def _connection(self) -> SMTP:
        server = self.server
        place = server.host, server.port, server.domain
        if server.wrapped:
            context = ssl.create_default_context()
            return _TimedSSL(*place, self.seconds, context=context)
        return _Timed(*place, self.seconds)

    def _greet(self, connection: SMTP) -> None:
        if self.server.starttls:
            connection.starttls(context=ssl.create_default_context())
        if self.server.user:
            connection.login(self.server.user, self.server.password)

    def _mail(self, key: str, address: str, text: str) -> bytes:
        """Write the mail; no header holds what somebody typed."""
        plain_key = quote(key)
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = self.server.sender
        mail["To"] = address
        mail["Date"] = formatdate()
        mail["Message-ID"] = f"<{plain_key}@{self.server.domain}>"
        mail["X-Adminduk-Key"] = plain_key
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
        mail.set_content(text)
        return mail.as_bytes()


def _failure(code: int, *, final: bool) -> Exception:
    """Make the error of an answer; only of the recipient and of the mail is a refusal final.

    Any other is of the office, which may mend it: its name, its password, its sender.
    """
    if final and code >= _FOR_GOOD:
        return Undeliverable(why=f"the mail server answered {code}")
    return ConnectionError(f"the mail server answered {code}")
