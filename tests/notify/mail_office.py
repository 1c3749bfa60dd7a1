"""A mail server that really runs here, with whatever may be wrong with one."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import define, field
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adminduk.testing.kits import Taken

__all__ = ["HOST", "NOBODY", "PATTERNS", "MailOffice", "certified", "running"]

HOST = "127.0.0.1"
NOBODY = "+6280000000000"
"""A number that the gateway does not know."""
PATTERNS = (
    "from=disdukcapil@tuban.example&to={digits}@sms.example&post={role}.{region}@tuban.example"
)


@define
class MailOffice:
    """Takes mail, and shows a repeat under one key once.

    Attributes:
        mails: All that came whole, also repeats.
        answer: What is said of a mail in the end; None: the connection ends without a word.
        pause: For so many seconds it says nothing then.
        to_recipient: What is said of every recipient but `NOBODY`.
        to_sender: What is said of the sender.
        logins: Who has said what password.
    """

    mails: list[EmailMessage] = field(factory=list)
    answer: str | None = "250 taken"
    pause: float = 0
    to_recipient: str = "250 so be it"
    to_sender: str = "250 so be it"
    logins: list[tuple[bytes, bytes]] = field(factory=list)

    @property
    def taken(self) -> list[Taken]:
        """What a reader is shown."""
        by_key = {one["X-Adminduk-Key"]: one for one in self.mails}
        return [
            Taken(str(one["To"]), "\n".join(one.get_content().splitlines()), key)
            for key, one in by_key.items()
        ]

    async def handle_MAIL(  # noqa: N802, D102 - as the server calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(  # noqa: N802, D102
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address.startswith(NOBODY.lstrip("+")):
            return f"550 <{address}>: no such number"
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, D102
        del session
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert [mail["To"]] == envelope.rcpt_tos
        self.mails.append(mail)
        await asyncio.sleep(self.pause)
        if self.answer is None:
            assert server.transport is not None
            server.transport.abort()
            return "421 gone"
        return self.answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Know one user."""
        del server, session, envelope, mechanism
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        right = data.password == b"rahasia/9"
        return AuthResult(success=right, handled=right)  # else the server says so


@contextmanager
def running(office: MailOffice, **more: Any) -> Iterator[Callable[..., str]]:
    """Run it; give what makes its URL."""
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # what the server logs is not ours
    server = Controller(office, hostname=HOST, port=port, **more)
    server.start()

    def url(scheme: str = "smtp", login: str = "", more: str = "&tls=no") -> str:
        return f"{scheme}://{login}{HOST}:{port}/?{quote(PATTERNS, safe='=&@')}{more}"

    try:
        yield url
    finally:
        server.stop()


def certified(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Give a certificate of this host that only those trust who are told to, and its server's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, own = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    own.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, own)
    return file, context
