"""Mail servers that are slow, wrong or away, at each step of handing a message in."""

from __future__ import annotations

import threading
import time

import pytest
from rude_server import BROKEN, SILENT, STEPS, Answer, Late, Slowly, talking

from adminduk.errors import Undeliverable
from adminduk.notify.mail_server import MailServer
from adminduk.notify.smtp import SmtpNotifier

PHONE = "+6281234567890"
QUERY = "from=a@tuban.example&to={digits}@sms.example&post={role}.{region}@tuban.example"
BEFORE_IT_IS_TAKEN = STEPS[:-1]


def sent(
    port: int,
    seconds: float = 5.0,
    *,
    host: str = "127.0.0.1",
    scheme: str = "smtp",
    tls: str = "no",
) -> None:
    """Hand a message in there."""
    server = MailServer.read(f"{scheme}://{host}:{port}/?{QUERY}&tls={tls}")
    SmtpNotifier(server, seconds).send("1/0", PHONE, "Siap.")


@pytest.mark.parametrize("step", BEFORE_IT_IS_TAKEN)
class TestAtEachStep:
    """Nothing but a refusal of the recipient or the mail gives a message up."""

    @pytest.mark.parametrize("code", ["421", "451"])
    def test_not_now(self, step: str, code: str):
        """Tried again, whether or not the server ends the connection."""
        says = {step: f"{code} later"}
        with talking(**says) as (_, port), pytest.raises(OSError, match=rf"{code}|closed"):
            sent(port)

    def test_never(self, step: str):
        """Only of a recipient and of a mail is it for good."""
        error = Undeliverable if step in {"RCPT", "DATA", "text"} else ConnectionError
        with talking(**{step: "554 never"}) as (_, port), pytest.raises(error, match="554"):
            sent(port)

    def test_the_connection_ends(self, step: str):
        """Before an answer; where the mail had come whole it is sent again, under its key."""
        with talking(**{step: BROKEN}) as (rude, port):
            with pytest.raises(OSError, match=r"closed|reset"):
                sent(port)
            assert len(rude.texts) == (step == "text")

    @pytest.mark.parametrize("answer", [SILENT, Slowly(0.05)], ids=["silent", "byte by byte"])
    def test_its_time_is_over(self, step: str, answer: Answer):
        """However the answer does not come; neither thread nor connection is left of it."""
        with talking(**{step: answer}) as (rude, port):
            began = time.monotonic()
            with pytest.raises(OSError, match="in time"):
                sent(port, seconds=0.4)
            assert 0.3 < time.monotonic() - began < 15
            assert rude.ended.acquire(timeout=20)
        for one in threading.enumerate():
            if isinstance(one, threading.Timer):
                one.join(0.2)
                assert not one.is_alive()

    def test_what_is_no_answer(self, step: str):
        """As one that fails; nothing of it is taken for an answer."""
        says = {step: "what do you want"}
        with talking(**says) as (_, port), pytest.raises(OSError, match=r"answered|closed"):
            sent(port)


@pytest.mark.parametrize("answer", ["421 bye", "554 never", BROKEN, SILENT, Slowly(0.05)])
def test_how_it_parts_from_what_it_took_does_not_matter(answer: Answer):
    """It was taken, and is not sent again; nor is it waited for without end."""
    with talking(QUIT=answer) as (rude, port):
        began = time.monotonic()
        sent(port, seconds=1.5)
        assert time.monotonic() - began < 15
        assert len(rude.texts) == 1


def test_all_answers_together_have_their_time():
    """A server that takes its time for each would else take it many times over."""
    says = dict.fromkeys(("greeting", "EHLO", "MAIL", "RCPT"), Late(0.2))
    with talking(**says) as (rude, port), pytest.raises(TimeoutError):
        sent(port, seconds=0.5)
    assert rude.texts == []
    with talking(**says) as (rude, port):
        sent(port)
    assert len(rude.texts) == 1


def test_a_server_that_is_back_is_sent_to():
    """Each message has a connection of its own: none is kept that the server may have ended."""
    with talking(text="451 later") as (rude, port):
        for _ in range(2):
            with pytest.raises(ConnectionError, match="451"):
                sent(port)
        rude.says = {}
        sent(port)
        sent(port)
        assert len(rude.texts) == 4


class TestStarttls:
    """Where it does not come about nothing is said in the clear instead."""

    @pytest.mark.parametrize("answer", ["454 later", "554 never", "220 go on", BROKEN, SILENT])
    def test_that_is_offered_and_not_begun(self, answer: Answer):
        """Refused, or nothing like it follows."""
        says = {"EHLO": "250-mail.example\r\n250 STARTTLS", "STAR": answer, "MAIL": SILENT}
        with talking(**says) as (rude, port):
            began = time.monotonic()
            with pytest.raises(OSError, match=r"answered|closed|in time|timed out|SSL|EOF|reset"):
                sent(port, seconds=0.5, tls="yes")
            assert time.monotonic() - began < 15
            assert rude.texts == []


class TestLogin:
    """Who may not hand mail in can mend that: no message is given up."""

    @pytest.mark.parametrize("answer", ["454 later", "535 wrong", "530 by TLS", BROKEN, SILENT])
    def test_that_is_not_taken(self, answer: Answer):
        """Whatever the reason."""
        with talking(EHLO="250-mail.example\r\n250 AUTH PLAIN", AUTH=answer) as (rude, port):
            with pytest.raises(OSError, match=r"answered|closed|in time|reset"):
                sent(port, seconds=0.5, host="tuban:rahasia@127.0.0.1")
            assert rude.texts == []

    def test_that_is_not_offered(self):
        """The office is named, so nothing is handed in without its name."""
        with talking() as (rude, port), pytest.raises(OSError, match="AUTH"):
            sent(port, host="tuban:rahasia@127.0.0.1")
        assert rude.texts == []


def test_tls_that_is_not_spoken():
    """A server without it, where TLS is to begin at once: nothing is said to it."""
    with talking() as (rude, port):
        with pytest.raises(OSError, match=r"SSL|closed|reset"):
            sent(port, scheme="smtps")
        assert rude.texts == []


def test_tls_that_is_not_answered():
    """As any server that says nothing."""
    with talking(greeting=SILENT) as (_, port), pytest.raises(OSError, match="timed out"):
        sent(port, seconds=0.3, scheme="smtps")


def test_a_name_that_nobody_has():
    """It may be known tomorrow."""
    with pytest.raises(OSError, match=r"known|resol|name"):
        sent(25, host="mail.invalid")
