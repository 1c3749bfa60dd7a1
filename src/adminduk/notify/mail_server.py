"""Where mail is handed in, and the addresses of phones and posts there: all of it from one URL."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from attrs import field, frozen

from adminduk.errors import InvalidInput, Undeliverable
from adminduk.language import N_
from adminduk.notify.recipients import EXAMPLES, filled, places

__all__ = ["MailServer"]

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`|~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_PORTS: Final = {"smtps": 465, "smtp": 587}
_STARTTLS: Final = {"yes": True, "no": False}


@frozen
class MailServer:
    """A server that takes mail, and how recipients are written there.

    Attributes:
        host: Its name or address.
        port: Its port.
        wrapped: Whether TLS begins with the connection (`smtps:`).
        starttls: Whether it begins by STARTTLS, before anything else is said.
        user: Who hands mail in; empty: nobody need say.
        password: Of the user.
        sender: The address that mail is from.
        phones: The address of a phone number, as `{digits}@sms.example`.
        posts: The address of a post, as `{role}.{region}@tuban.example`.
    """

    host: str
    port: int
    wrapped: bool
    starttls: bool
    user: str
    password: str = field(repr=False)
    sender: str
    phones: str
    posts: str

    @classmethod
    def read(cls, url: str) -> MailServer:
        """Read `smtp://user:password@host:port/?from=…&to=…&post=…`, or `smtps:`.

        Raises:
            InvalidInput: That is no such URL.
        """
        try:
            server = cls._read(urlsplit(url))
        except (ValueError, KeyError):
            raise _invalid() from None  # its text may quote the password
        try:
            for one in EXAMPLES:
                server.address_of(one)
        except Undeliverable:
            raise _invalid() from None
        return server

    @classmethod
    def _read(cls, parts: SplitResult) -> MailServer:
        said = dict(parse_qsl(parts.query.replace("+", "%2B"), strict_parsing=True))
        starttls = _STARTTLS[said.pop("tls", "yes")]
        login = unquote(parts.username or ""), unquote(parts.password or "")
        if said.keys() != {"from", "to", "post"} or parts.path not in {"", "/"}:
            raise ValueError
        if not (_ADDRESS.fullmatch(said["from"]) and "".join(login).isascii()):
            raise ValueError  # another password cannot be said, and the error would hold it
        wrapped = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or _PORTS[parts.scheme],
            wrapped=wrapped,
            starttls=starttls and not wrapped,
            user=login[0],
            password=login[1],
            sender=said["from"],
            phones=said["to"],
            posts=said["post"],
        )

    @property
    def domain(self) -> str:
        """The domain in whose name mail is sent."""
        return self.sender.rpartition("@")[2]

    def address_of(self, to: str) -> str:
        """Give the address of a phone number, or of a post.

        Raises:
            Undeliverable: It is neither, or what it makes is no address.
        """
        said = places(to)
        address = filled(self.phones if "phone" in said else self.posts, said)
        if not _ADDRESS.fullmatch(address):
            raise Undeliverable(why="the recipient has no address at this server")
        return address


def _invalid() -> InvalidInput:
    return InvalidInput.at(
        "url",
        "smtp_url",
        N_("That names no mail server, or not how to write to phones and posts there."),
        N_(
            "a URL as smtp://user@host/?from=office@tuban.example&to={{digits}}@sms.example"
            "&post={{role}}.{{region}}@tuban.example"
        ),
    )
