"""Reading a case at the command line, who read what, and who acts for whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cli_cases import Book, as_file, code_of
from cli_running import Desk, Ran, not_translated, too_wide

from adminduk import Office

CODE = code_of(1)
HEAD = {"id": "endang", "role": "head_of_office", "region": "35.23"}
REGISTRAR, AUDITOR = "registry_operator:budi@35.23", "auditor:periksa@35.23"
COURIER = "courier:nur@35.23"


def read(desk: Desk, by: str, *more: str) -> Ran:
    """Read the case as somebody."""
    return Desk(desk.office, by=by, language=desk.language).run("case", CODE, *more)


def lend(desk: Desk) -> str:
    """Lend the front desk to the courier today; give the last day."""
    with Office.open(desk.office) as office:
        today = office.local(office._clock()).date()
    book = Book("delegation")
    until = (today + timedelta(days=3)).isoformat()
    post = {"role": "front_desk", "region": "35.23"}
    said = {"to": "nur", "post": post, "until": until, "reason": "Petugas sakit"}
    book.add(HEAD, "delegate", delegation="LOKET-1", **said)
    assert desk.run("apply", "-", stdin=as_file(book.lines)).code == 0
    return until


class TestCase:
    """All of it, numbers masked, once it is written down."""

    def test_is_read(self, half: Desk):
        """Who, what is asked, what was shown, and the papers; then it is in the journal."""
        done = read(half, REGISTRAR)
        assert done.code == 0
        first, services, applicant, *_, last = done.out.splitlines()
        assert first.startswith(f"{CODE}: verified, 35.23.")
        assert services == "  akta-lahir, kk-tambah-anak, kia-baru-0-5"
        assert applicant.startswith("  applicant: ")
        assert "*" in done.out
        assert "  Shown:\n" in done.out
        assert f"    {CODE}/1: " in done.out
        found = re.fullmatch(r"That you read it is written down: ([0-9a-f-]{36})\.", last)
        assert found is not None
        (entry,) = half.run("journal", found[1], "--json").json["entries"]
        assert (entry["do"], entry["by"]) == ("read", "budi")

    def test_for_programs(self, half: Desk):
        """The same as data, numbers masked as well."""
        told = read(half, REGISTRAR, "--json").json
        assert (told["code"], told["state"]) == (CODE, "verified")
        assert told["papers"][f"{CODE}/1"] == "bagged"
        assert {len(one["nik"]) for one in told["people"].values() if "nik" in one} == {16}

    def test_with_a_reason(self, half: Desk):
        """Of the auditor it is asked."""
        done = read(half, AUDITOR)
        assert done.code == 1
        assert "Why this case is read must be said." in done.err
        assert read(half, AUDITOR, "--reason", "Pengaduan 12").code == 0

    def test_by_nobody_who_may_not(self, half: Desk):
        """Who may is said."""
        done = read(half, COURIER)
        assert done.code == 1
        assert "courier may not do read here." in done.err


class TestReadings:
    """Who read a case, or what somebody read."""

    def test_of_a_case(self, half: Desk):
        """When, who, in which post, and why."""
        auditor = Desk(half.office, by=AUDITOR)
        assert auditor.run("readings", CODE).out.startswith("Nobody has read it.")
        read(half, REGISTRAR, "--reason", "Keberatan warga")
        done = auditor.run("readings", CODE)
        assert re.search(rf"{CODE} +budi +registry operator 35\.23 +Keberatan warga", done.out)
        (one,) = auditor.run("readings", CODE, "--json").json
        assert (one["by"], one["application"], one["reason"]) == ("budi", CODE, "Keberatan warga")

    def test_by_somebody(self, half: Desk):
        """On some days."""
        auditor = Desk(half.office, by=AUDITOR)
        read(half, REGISTRAR)
        (one,) = auditor.run("readings", "--reader", "budi", "--json").json
        assert one["application"] == CODE
        assert (
            auditor.run("readings", "--reader", "budi", "--last", "2021-07-12", "--json").json == []
        )

    @pytest.mark.parametrize("arguments", [(), (CODE, "--reader", "budi")], ids=len)
    def test_one_or_the_other(self, half: Desk, arguments: tuple[str, ...]):
        """What is asked is said."""
        done = Desk(half.office, by=AUDITOR).run("readings", *arguments)
        assert done.code == 2
        assert "Either the code of a case" in done.err

    def test_by_nobody_who_may_not(self, half: Desk):
        """Those of the office do not look over each other's shoulders."""
        assert Desk(half.office, by=REGISTRAR).run("readings", CODE).code == 1


class TestDelegations:
    """Who acts for whom."""

    def test_none(self, desk: Desk):
        """How a post is lent is said."""
        assert desk.run("delegations").out.startswith("No post is lent.")
        assert desk.run("delegations", "--json").json == []

    def test_one(self, half: Desk):
        """Who, as what, until when, why; and the journal names it with what was done by it."""
        until = lend(half)
        done = half.run("delegations")
        assert done.out.splitlines()[0] == "LOKET-1: Petugas sakit"
        assert re.search(rf"nur acts as front desk 35\.23, from \S+ until {until}\.", done.out)
        assert [one["to"] for one in half.run("delegations", "--json").json] == ["nur"]
        assert read(half, COURIER).code == 0
        assert "read: nur (front desk 35.23) by delegation LOKET-1" in half.run("journal").out
        (entry,) = [
            one for one in half.run("journal", "--json").json["entries"] if one["do"] == "read"
        ]
        assert (entry["through"], entry["approved_through"]) == ("LOKET-1", None)


@pytest.mark.usefixtures("marked")
def test_it_is_translated_and_fits(half: Desk):
    """Nothing is left in English, and no line is longer than a screen is wide."""
    lend(half)
    there = Desk(half.office, by=AUDITOR, language="id")
    told = [
        read(there, COURIER).out,
        there.run("readings", CODE).out,
        there.run("readings", "--reader", "nobody").out,
        there.run("delegations").out,
    ]
    for out in told:
        assert not_translated(out) == []
        assert too_wide(out) == []
