"""The office itself: made, its messages delivered, its time let pass."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from cli_cases import CASES, SITI, Book, as_file, by_courier, code_of, submission
from cli_running import Desk, not_translated, too_wide

from adminduk import Actor, Office, Role
from adminduk.commands import ComeBack
from adminduk.errors import Undeliverable
from adminduk.ports import Consignment

CODE = code_of(1)


class TestInit:
    """Making an office."""

    def test_says_how_to_go_on(self, tmp_path: Path):
        """What to write next is printed, ready to be copied."""
        url = f"sqlite:///{tmp_path / 'new.db'}"
        done = Desk().run("init", url, "--region", "35.23")
        assert done.code == 0
        first, then = done.out.splitlines()
        assert first == "Office 35.23 is ready. Name it with --office, or once for all:"
        assert then == f"  export ADMINDUK_OFFICE={url}"
        assert Desk(url).run("verify").code == 0

    def test_for_programs(self, tmp_path: Path):
        """The same as data."""
        url = f"sqlite:///{tmp_path / 'new.db'}"
        done = Desk().run("init", url, "--region", "35.23", "--json")
        assert done.json == {"office": "35.23", "url": url, "encrypted": False}

    def test_again_changes_nothing(self, half: Desk):
        """An office that exists is left as it is."""
        before = half.run("journal", "--json").json
        assert half.run("init", half.office, "--region", "35.23").code == 0
        assert half.run("journal", "--json").json == before


class TestDeliver:
    """Messages to people, once each."""

    def test_to_the_console(self, half: Desk):
        """Each message is a line on standard error, the number masked; then none is left."""
        done = half.run("deliver")
        assert done.err.count("…890") == 1
        assert CODE in done.err
        assert (
            done.out
            == "Sent 1; bags told to the courier 1; again later 0; parked 0; no longer so 0.\n"
        )
        assert half.run("deliver").out.startswith("No message is due.")

    def test_more_than_one_round(self, desk: Desk):
        """However many are due, one call delivers them."""
        cases = [
            {**line, "with": {**line["with"], "people": {"holder": {"name": "B", "nik": nik}}}}
            for number in range(1, 121)
            for nik in [f"352308170895{number:04}"]
            for line in by_courier(CASES["legalisir"], code_of(number))[:1]
        ]
        assert desk.run("apply", "-", stdin=as_file(cases)).code == 0
        assert desk.run("deliver", "--json").json == {
            "sent": 120,
            "bags": 0,
            "again": 0,
            "parked": 0,
            "past": 0,
        }

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, half: Desk):
        """Messages are in the language of the run."""
        done = Desk(half.office, language="id").run("deliver")
        assert not_translated(done.out + done.err) == []


class TestMessages:
    """What was not delivered, and what is sent again."""

    @pytest.fixture
    def parked(self, half: Desk) -> Desk:
        """Give an office of which a message is parked."""
        with Office.open(half.office, notifier=_Refusing()) as office:
            assert office.deliver().parked == 1
        return half

    def test_nothing(self, desk: Desk):
        """It says so."""
        assert desk.run("messages").out == "No message waits.\n"
        assert desk.run("messages", "--json").json == []

    def test_what_waits(self, half: Desk):
        """To whom and what, the number masked; the courier's, too; within 80 columns."""
        done = half.run("messages")
        assert "+62********890: " in done.out
        assert CODE in done.out
        assert "courier: " in done.out
        assert too_wide(done.out) == []
        assert half.run("messages", "--parked").out == "No message waits.\n"
        assert half.run("messages", "--limit", "1").out.endswith("says how much is shown.\n")

    def test_what_is_parked(self, parked: Desk):
        """It says how it is sent again, and is, by its key."""
        (one,) = parked.run("messages", "--parked", "--json").json
        done = parked.run("messages")
        assert f"{one['key']}  parked" in done.out
        assert done.out.endswith("adminduk messages --resend KEY, or --all\n")
        assert parked.run("messages", "--resend", one["key"]).out.startswith(
            "Messages to be sent again: 1."
        )
        assert parked.run("deliver", "--json").json["sent"] == 1
        assert parked.run("messages", "--resend", one["key"]).code == 1

    @pytest.mark.usefixtures("marked")
    def test_what_cannot_be_read(self, half: Desk):
        """It is said to be damaged, and nobody to have been erased; the others are shown."""
        with closing(apsw.Connection(half.office.removeprefix("sqlite:///"))) as raw:
            raw.execute("update messages set body = x'00' where cast(body as text) like '%code%'")
        done = half.run("messages")
        assert "It cannot be read: `adminduk verify` says what is damaged." in done.out
        assert "erased" not in done.out
        assert "courier: " in done.out
        told = half.run("messages", "--json").json
        assert sorted(one["damaged"] for one in told) == [False, True]
        assert not_translated(Desk(half.office, language="id").run("messages").out) == []
        assert half.run("deliver", "--json").json == {
            "sent": 0,
            "bags": 1,
            "again": 1,
            "parked": 0,
            "past": 0,
        }

    @pytest.mark.usefixtures("marked")
    def test_what_the_courier_refuses(self, half: Desk):
        """It says of which bag, and what to do; nobody reads that a person was erased."""
        joko = Actor("joko", Role.PRINT_OPERATOR, "35.23")
        with Office.open(half.office, courier=_Refusing()) as office:
            office.do(ComeBack(bag=f"BAG-{CODE}", reason="Mobil mogok"), by=joko)
            assert office.deliver().parked == 2
        done = half.run("messages", "--parked")
        assert f"courier: whether bag BAG-{CODE} is to be carried\n" in done.out
        assert "let the bag go another way" in done.out
        assert too_wide(done.out) == []
        assert not_translated(Desk(half.office, language="id").run("messages").out) == []

    def test_all_that_is_parked(self, parked: Desk):
        """At once; then nothing is left of it."""
        assert len(parked.run("messages", "--all", "--json").json["resent"]) == 1
        assert parked.run("messages", "--all", "--json").json == {"resent": []}

    def test_two_things_at_once(self, desk: Desk):
        """One is said."""
        assert desk.run("messages", "--all", "--resend", "x").code == 2

    @pytest.mark.usefixtures("marked")
    def test_in_the_language(self, parked: Desk):
        """Nothing of it stays English."""
        desk = Desk(parked.office, language="id")
        out = desk.run("messages").out + desk.run("messages", "--all").out
        out += desk.run("messages", "--limit", "1").out + desk.run("messages", "--parked").out
        assert not_translated(out) == []


class _Refusing:
    """A notifier that takes nothing, and a courier."""

    def send(self, key: str, to: str, text: str) -> None:
        """Give the message up."""
        del key, to, text
        raise Undeliverable(why="no such number")

    def book(self, consignment: Consignment) -> None:
        """Give the bag up."""
        raise Undeliverable(why=f"no such seal as {consignment.seal}")

    def cancel(self, bag: str) -> None:
        """Give it up."""
        raise Undeliverable(why=f"{bag} is on its way")


class TestTick:
    """What time alone brings."""

    def draft(self, desk: Desk, at: str) -> None:
        """Draft a case."""
        line = {
            "id": "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a",
            "by": SITI,
            "at": at,
            "do": "draft",
            "with": submission(CASES["legalisir"], CODE),
        }
        assert desk.run("apply", "-", stdin=as_file([line])).code == 0

    def test_nothing_is_due(self, desk: Desk):
        """A draft has time from when it is recorded."""
        self.draft(desk, "2021-07-12T08:15:00+07:00")
        done = desk.run("tick")
        assert (done.code, desk.run("tick", "--json").json) == (0, [])
        assert done.out.startswith("Nothing is due:")
        assert too_wide(done.out) == []

    def test_a_bag_is_closed(self, half: Desk):
        """A bag that was counted without a difference closes by itself, once."""
        lines = by_courier(CASES["birth"], CODE)
        finish = next(place for place, line in enumerate(lines) if line["do"] == "finish")
        half.run("apply", "-", stdin=as_file(lines[: finish + 1]))
        assert half.run("tick").out == f"bag BAG-{CODE}: closed\n"
        assert half.run("tick", "--json").json == []


class TestNotices:
    """What is closed at which door."""

    def test_none(self, desk: Desk):
        """Nothing is closed, and it says how something would be."""
        assert desk.run("notices").out.startswith("Nothing is closed.")
        assert desk.run("notices", "--json").json == []

    @pytest.mark.parametrize("until", ["2021-07-20", None])
    def test_one(self, desk: Desk, until: str | None):
        """Why, from when until when, which acts at which doors, and for whom it is open."""
        closed = {"acts": ["submit"], "channels": ["counter"], "since": "2021-06-29"}
        exception = {"services": ["legalisir"], "facts": {"purpose": ["school"]}}
        book = Book("notice")
        head = {"id": "endang", "role": "head_of_office", "region": "35.23"}
        days = {} if until is None else {"until": until}
        said = {**closed, **days, "stays_open": [exception], "reason": "Petugas sakit"}
        book.add(head, "announce", notice="N-1", **said)
        assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
        done = desk.run("notices")
        end = until or "it is lifted"
        assert done.out == (
            "N-1: Petugas sakit\n"
            f"  Closed from 2021-06-29 until {end}: submit; at: counter\n"
            "  Open all the same: legalisir purpose=school\n"
        )
        assert [one["id"] for one in desk.run("notices", "--json").json] == ["N-1"]
