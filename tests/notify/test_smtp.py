"""Messages by mail, on a real server: what it says decides what becomes of a message."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable, Iterator
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_office import HOST, NOBODY, PATTERNS, MailOffice, certified, running

from adminduk.errors import InvalidInput, Undeliverable
from adminduk.notify.mail_server import MailServer
from adminduk.notify.smtp import SmtpNotifier
from adminduk.plugins import open_notifier
from adminduk.testing.kits import NotifierKit, Taken

PHONE = "+6281234567890"
POST = "village_operator@35.23.08.2001"
URL = Callable[..., str]


@pytest.fixture
def mail_office() -> MailOffice:
    """Give what takes the mail."""
    return MailOffice()


@pytest.fixture
def url(mail_office: MailOffice) -> Iterator[URL]:
    """Give what makes the URL of its server."""
    with running(mail_office) as url:
        yield url


class TestKit(NotifierKit):
    """What every notifier promises."""

    @pytest.fixture
    def notifier_url(self, url: URL) -> str:
        """Give the URL of a server that runs."""
        return url()

    @pytest.fixture
    def taken(self, mail_office: MailOffice) -> Callable[[], list[Taken]]:
        """Look at the mail."""
        return lambda: mail_office.taken

    @pytest.fixture
    def failing_url(self) -> str:
        """Give the URL of a port at which nobody listens."""
        with socket.create_server((HOST, 0)) as free:
            return f"smtp://{HOST}:{free.getsockname()[1]}/?{PATTERNS}&tls=no"

    @pytest.fixture
    def unreachable(self) -> str:
        """Give a number that the gateway does not know."""
        return NOBODY


class TestAMail:
    """What a gateway reads."""

    def test_has_recipient_and_key(self, url: URL, mail_office: MailOffice):
        """The key is that of the message, so that it can drop a repeat; no machine answers it."""
        open_notifier(url()).send("4ff7/0", PHONE, "Akta sudah siap diambil.")
        open_notifier(url()).send("4ff7/1", POST, "Akta sudah siap diambil.")
        mail, other = mail_office.mails
        assert mail["To"] == "6281234567890@sms.example"
        assert other["To"] == "village_operator.35.23.08.2001@tuban.example"
        assert mail["From"] == "disdukcapil@tuban.example"
        assert mail["X-Adminduk-Key"] == "4ff7/0"
        assert mail["Message-ID"] == "<4ff7/0@tuban.example>"
        assert mail["Auto-Submitted"] == "auto-generated"

    def test_of_plain_letters_is_plain(self, url: URL, mail_office: MailOffice):
        """One line, as it is: the simplest gateway can read it."""
        text = "Berkas K7M2Q9XD4H-T lengkap. " * 5
        open_notifier(url()).send("1/0", PHONE, text)
        assert mail_office.mails[0]["Content-Transfer-Encoding"] == "7bit"
        assert mail_office.mails[0].get_payload().rstrip("\r\n") == text

    def test_of_other_letters_is_utf_8(self, url: URL, mail_office: MailOffice):
        """Written so that every server lets it through."""
        open_notifier(url()).send("1/0", PHONE, "Żółć – 名前")
        mail = mail_office.mails[0]
        assert mail.get_content_charset() == "utf-8"
        assert mail.as_bytes().isascii()

    def test_a_line_with_a_dot_does_not_end_it(self, url: URL, mail_office: MailOffice):
        """Nor begin a command."""
        open_notifier(url()).send("1/0", PHONE, "a\n.\nRCPT TO:<b@c.example>")
        assert mail_office.taken == [
            Taken("6281234567890@sms.example", "a\n.\nRCPT TO:<b@c.example>", "1/0")
        ]

    @given(st.text(min_size=1, max_size=30), st.text(st.characters(codec="utf-8"), max_size=60))
    def test_has_the_same_headers_whatever_is_typed(self, key: str, text: str):
        """No line of a key or a text becomes one."""
        notifier = SmtpNotifier(MailServer.read(f"smtp://{HOST}/?{PATTERNS}"))
        key = key.encode("utf-8", "replace").decode()
        written = notifier._mail(key, "1@sms.example", text)
        head = written.split(SMTP.linesep.encode() * 2, 1)[0].split(SMTP.linesep.encode())
        names = [line.split(b":")[0] for line in head if not line.startswith(b" ")]
        assert sorted(names) == [
            *(b"Auto-Submitted", b"Content-Transfer-Encoding", b"Content-Type", b"Date"),
            *(b"From", b"MIME-Version", b"Message-ID", b"To", b"X-Adminduk-Key"),
        ]

    @pytest.mark.parametrize(
        "to",
        ["", "siti", "+62812\r\nBcc: x@y.example", f"{PHONE},x@y.example", "siti@rumah.example"],
    )
    def test_goes_to_no_other_recipient(self, url: URL, mail_office: MailOffice, to: str):
        """What is neither number nor post is given up before anything is said."""
        with pytest.raises(Undeliverable):
            open_notifier(url()).send("1/0", to, "Siap.")
        assert mail_office.mails == []


class TestAnAnswer:
    """Whether a message is taken, tried again or given up is what the server says."""

    @pytest.mark.parametrize("field", ["to_recipient", "to_sender", "answer"])
    def test_not_now(self, url: URL, mail_office: MailOffice, field: str):
        """To be tried again, whatever it is about."""
        setattr(mail_office, field, "451 try later")
        with pytest.raises(ConnectionError, match="451"):
            open_notifier(url()).send("1/0", PHONE, "Siap.")

    @pytest.mark.parametrize("field", ["to_recipient", "answer"])
    def test_never(self, url: URL, mail_office: MailOffice, field: str):
        """Of a recipient or a mail that is refused nothing is tried again."""
        setattr(mail_office, field, f"550 <{PHONE}> unknown")
        with pytest.raises(Undeliverable) as caught:
            open_notifier(url()).send("1/0", PHONE, "Siap.")
        assert caught.value.facts == {"why": "the mail server answered 550"}
        told = "".join(traceback.format_exception(caught.value))
        assert PHONE.lstrip("+") not in told, "as the server said it"

    def test_to_the_office(self, url: URL, mail_office: MailOffice):
        """A sender that is refused can be mended: every message waits for that."""
        mail_office.to_sender = "550 not you"
        with pytest.raises(ConnectionError, match="550"):
            open_notifier(url()).send("1/0", PHONE, "Siap.")

    def test_none(self, url: URL, mail_office: MailOffice):
        """It may have been taken: sent again under the same key, the reader sees it once."""
        notifier = open_notifier(url())
        mail_office.answer = None
        with pytest.raises(OSError, match="closed"):
            notifier.send("1/0", PHONE, "Siap.")
        mail_office.answer = "250 taken"
        notifier.send("1/0", PHONE, "Siap.")
        assert len(mail_office.mails) == 2
        assert mail_office.taken == [Taken("6281234567890@sms.example", "Siap.", "1/0")]

    def test_too_late(self, url: URL, mail_office: MailOffice):
        """As none."""
        mail_office.pause = 5
        with pytest.raises(OSError, match="in time"):
            SmtpNotifier(MailServer.read(url()), seconds=0.2).send("1/0", PHONE, "Siap.")


class TestTls:
    """What is said is read by nobody on the way, unless the office wants it so."""

    @pytest.fixture
    def trusted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
        """Give what a server needs whose certificate is trusted here."""
        file, context = certified(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        return {"context": context}

    def test_by_starttls(self, trusted: dict[str, object], mail_office: MailOffice):
        """Name and password come after it."""
        more = {"auth_required": True, "authenticator": mail_office.authenticate}
        with running(mail_office, tls_context=trusted["context"], **more) as url:
            open_notifier(url(login="tuban:rahasia%2F9@", more="")).send("1/0", PHONE, "Siap.")
            assert mail_office.logins == [(b"tuban", b"rahasia/9")]
            assert len(mail_office.mails) == 1
            with pytest.raises(ConnectionError, match="535"):  # the office can mend it
                open_notifier(url(login="tuban:lama@", more="")).send("1/1", PHONE, "Siap.")

    def test_from_the_start(self, trusted: dict[str, object], mail_office: MailOffice):
        """By `smtps:`."""
        with running(mail_office, ssl_context=trusted["context"]) as url:
            open_notifier(url("smtps", more="")).send("1/0", PHONE, "Siap.")
        assert len(mail_office.mails) == 1

    @pytest.mark.parametrize(("scheme", "way"), [("smtp", "tls_context"), ("smtps", "ssl_context")])
    def test_with_a_stranger(self, tmp_path: Path, mail_office: MailOffice, scheme: str, way: str):
        """A certificate that nobody vouches for: nothing is said to it."""
        _, context = certified(tmp_path)
        with running(mail_office, **{way: context}) as url, pytest.raises(OSError, match="CERT"):
            open_notifier(url(scheme, "tuban:rahasia@", more="")).send("1/0", PHONE, "Siap.")
        assert mail_office.mails == []

    @pytest.mark.parametrize(("scheme", "way"), [("smtp", "tls_context"), ("smtps", "ssl_context")])
    def test_with_another_server(
        self, trusted: dict[str, object], mail_office: MailOffice, scheme: str, way: str
    ):
        """A certificate that is trusted, and is of another name."""
        with running(mail_office, **{way: trusted["context"]}) as url:
            other = url(scheme, "tuban:rahasia@", more="").replace(HOST, "localhost")
            with pytest.raises(OSError, match="CERT"):
                open_notifier(other).send("1/0", PHONE, "Siap.")
        assert mail_office.mails == []

    def test_that_a_server_does_not_have(self, url: URL, mail_office: MailOffice):
        """Nothing is said in the clear instead."""
        with pytest.raises(OSError, match="STARTTLS"):
            open_notifier(url(login="tuban:rahasia@", more="")).send("1/0", PHONE, "Siap.")
        assert mail_office.mails == []


class TestAUrl:
    """All that is to be known is in it."""

    def test_is_read(self):
        """A `+` is a `+`; ports are the usual ones."""
        read = MailServer.read(
            "smtp://tuban:r%40hasia@mail.example/?from=a+b@c.example&to=s+{phone}@d.example&post=x@y"
        )
        assert (read.host, read.port, read.user, read.password) == (
            *("mail.example", 587, "tuban"),
            "r@hasia",
        )
        assert read.starttls
        assert read.domain == "c.example"
        assert read.address_of(PHONE) == f"s+{PHONE}@d.example"
        assert read.address_of(POST) == "x@y"
        other = MailServer.read(f"smtps://mail.example?{PATTERNS}")
        assert (other.port, other.wrapped, other.starttls) == (465, True, False)

    @pytest.mark.parametrize(
        "url",
        [
            "smtp:",
            "smtp://mail.example",
            "smtp://u:rahasia@mail.example/?from=a@b&to={phone}@c",
            f"smtp://u:rahasia@mail.example:port/?{PATTERNS}",
            f"smtp://u:rahasia@mail.example:99999/?{PATTERNS}",
            f"smtp://u:rahasia@mail.example/x?{PATTERNS}",
            f"smtp://u:rahasia@[mail.example/?{PATTERNS}",
            f"smtp://u:rahasia%C3%A9@mail.example/?{PATTERNS}",
            f"smtp://u:rahasia@mail.example/?{PATTERNS}&tls=maybe",
            f"smtp://u:rahasia@mail.example/?{PATTERNS}&subject=x",
            "smtp://u:rahasia@mail.example/?from=a%0D%0Ab@c&to={phone}@c&post=d@e",
            "smtp://u:rahasia@mail.example/?from=a@b&to={phone}&post=d@e",
            "smtp://u:rahasia@mail.example/?from=a@b&to={role}@c&post=d@e",
            "smtp://u:rahasia@mail.example/?from=a@b&to={phone}@c&post={phone}@e",
        ],
    )
    def test_that_is_none_is_refused(self, url: str):
        """At once, and the password is in nothing that is said of it."""
        with pytest.raises(InvalidInput) as caught:
            open_notifier(url)
        assert caught.value.faults[0].code == "smtp_url"
        told = "".join(traceback.format_exception(caught.value)) + caught.value.message("en")
        assert "rahasia" not in told.replace(url, "")

    def test_does_not_show_its_password(self):
        """Nor does what was made of it."""
        notifier = open_notifier(f"smtp://u:rahasia@mail.example/?{PATTERNS}")
        assert "rahasia" not in repr(notifier)
