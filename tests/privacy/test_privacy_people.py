"""What is given to a person of themself, and what is said of a breach."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cli_cases import as_file
from cli_running import Desk
from encrypted_office import OFFICE, do_all, office_at
from leaking import BIRTH, CARD, DIGITAL, NUMBERS, RETURNED, SEEN, found_in, story

from adminduk import Actor, Office, Person, Role
from adminduk import commands as c
from adminduk.codec import read_order
from adminduk.codec.order import parse_json
from adminduk.errors import InvalidInput, NotPermitted
from adminduk.masters.local import make_master
from adminduk.office.case_file import CaseFile
from adminduk.records import Scan, Shown

ENDANG = Actor("endang", Role.HEAD_OF_OFFICE, OFFICE)
RINI = Actor("rini", Role.REGISTRY_OPERATOR, OFFICE)
ANI = Actor("ani", Role.AUDITOR, OFFICE)
FATHER, _KK, MOTHER, HOLDER = NUMBERS.values()
BEFORE, AFTER = datetime(2021, 7, 1, tzinfo=UTC), datetime(2021, 8, 1, tzinfo=UTC)
HEAD = "head_of_office:endang@35.23"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a master key."""
    make_master(tmp_path / "master.key")
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """Give an encrypted office at the end of its day."""
    with office_at(folder) as office:
        do_all(
            office, [read_order(parse_json(line)) for line in as_file(story(_SCAN)).splitlines()]
        )
        yield office


_SCAN = {"digest": "0" * 64, "type": "image/jpeg", "size": 240_000}


SITI = Actor("siti", Role.VILLAGE_OPERATOR, "35.23.08.2001")
SHOWN = Shown("scan", (Scan("0" * 64, "image/jpeg", 90_000),))


def draft_of(code: str) -> c.Draft:
    """Begin a case."""
    applicant = Person(name="Sumiati")
    services = ("ktp-hilang",)
    return c.Draft(application=code, region="35.23.08.2001", services=services, applicant=applicant)


class TestOwnData:
    """All of it in full, for them; of others nothing that names them."""

    def test_of_the_applicant(self, office: Office):
        """What they are in each case, what they said, what happened."""
        told = office.personal_data(FATHER, RINI, reason="470/9").as_dict()
        assert told["nik"] == FATHER
        roles = {one["code"]: one["roles"] for one in told["cases"]}
        assert roles == {one: ["applicant", "head"] for one in (BIRTH, DIGITAL, RETURNED)}
        birth = next(one for one in told["cases"] if one["code"] == BIRTH)
        assert birth["you"]["applicant"]["name"] == "Zulkarnaen Wiradikusuma"
        assert birth["you"]["applicant"]["phone"] == "+6281273915568"
        assert birth["answers"]["birth_letter"] is True
        assert birth["others"] == {
            "mother": {"name": "K… P…", "nik": "3523**********83"},
            "child": {"name": "C… W…"},
        }
        assert birth["papers"][0]["received_by"]["name"] == "Zulkarnaen Wiradikusuma"
        assert {one["do"] for one in birth["history"]} >= {"submit", "verify", "print", "hand_over"}
        assert all(one["purpose"] and one["kept"] for one in told["about"])

    def test_it_is_written_down(self, office: Office):
        """Who carried the request out read the case; the person is told who did, in which post."""
        office.personal_data(MOTHER, RINI, reason="470/9")
        noted = office.readings(BIRTH, ANI)
        assert [(one.by, one.reason) for one in noted] == [("rini", "470/9")]
        (birth,) = office.personal_data(MOTHER, RINI, reason="470/10").as_dict()["cases"]
        assert [one["by"] for one in birth["read"]] == ["registry_operator@35.23"] * 2

    def test_of_another_in_the_case(self, office: Office):
        """A mother is told of herself; what the applicant said is the applicant's."""
        (birth,) = office.personal_data(MOTHER, RINI, reason="470/9").as_dict()["cases"]
        assert birth["roles"] == ["mother"]
        assert birth["you"] == {"mother": {"name": "Kartikasari Prawirodihardjo", "nik": MOTHER}}
        assert not birth.keys() & {"answers", "returned", "reason", "scans"}
        assert birth["papers"][0]["received_by"]["name"] == "Z… W…"
        others = json.dumps({**birth, "you": {}})
        assert not found_in(others)

    def test_what_is_not_there(self, office: Office):
        """Nobody of that number; or they were erased."""
        assert office.personal_data("3523081010900007", RINI, reason="x").cases == ()
        office.do(c.Erase(application=SEEN, ground="request", approved_by=RINI), by=ENDANG)
        assert office.personal_data(HOLDER, RINI, reason="x").as_dict()["cases"][0]["code"] == CARD

    def test_erased_meanwhile(self, office: Office, monkeypatch: pytest.MonkeyPatch):
        """What is forgotten after it was found is left out; the rest is told."""
        read, codes = office.read, list[str]()

        def erasing(code: str, by: Actor, *, reason: str) -> CaseFile:
            if not codes:
                office.do(c.Erase(application=SEEN, ground="request", approved_by=RINI), by=ENDANG)
            codes.append(code)
            return read(code, by, reason=reason)

        monkeypatch.setattr(office, "read", erasing)
        told = office.personal_data(HOLDER, RINI, reason="x").as_dict()
        assert SEEN in codes
        assert [one["code"] for one in told["cases"]] == [one for one in codes if one != SEEN]

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.AUDITOR, Role.PRINT_OPERATOR])
    def test_who_may_not(self, office: Office, role: Role):
        """The registry answers, or the head of office."""
        with pytest.raises(NotPermitted) as refused:
            office.personal_data(FATHER, Actor("x", role, OFFICE), reason="x")
        assert refused.value.facts["may"] == ["registry_operator", "head_of_office"]

    @pytest.mark.parametrize(("nik", "reason"), [("12", "x"), (FATHER, " ")])
    def test_what_is_asked_wrong(self, office: Office, nik: str, reason: str):
        """A number that is none; no reason."""
        with pytest.raises(InvalidInput):
            office.personal_data(nik, RINI, reason=reason)


class TestBreach:
    """Whose data, which, since when; masked, and in both languages."""

    def test_who_and_what(self, office: Office):
        """Each once for a case; a child's is specific; what is encrypted is said."""
        told = office.breach(BEFORE, AFTER, by=ANI, found=AFTER)
        assert (told.cases, told.people, told.erased, told.forgotten) == (5, 4, 0, 0)
        parties = {(one.code, one.party, one.is_child) for one in told.affected}
        assert parties == {
            (BIRTH, "applicant", False),
            (BIRTH, "mother", False),
            (BIRTH, "child", True),
            (CARD, "applicant", False),
            (DIGITAL, "applicant", False),
            (RETURNED, "applicant", False),
            (SEEN, "applicant", False),
        }
        assert {"name", "number", "phone", "child", "descent", "scan", "words"} <= told.kinds.keys()
        assert told.kinds["child"] >= 1
        assert "health" not in told.kinds
        assert told.encrypted
        assert told.by - told.found == timedelta(hours=72)
        assert not found_in(json.dumps(told.as_dict(), ensure_ascii=False) + repr(told))
        for language, law in (("id", "UU 27/2022 ps 46(1)"), ("en", "3 x 24 hours")):
            assert law in " ".join(told.notice(language))

    @pytest.mark.parametrize(
        ("party", "born", "is_child"),
        [
            ("child", None, True),
            ("holder", None, False),
            ("holder", date(2003, 9, 2), True),
            ("holder", date(2003, 9, 1), False),
        ],
    )
    def test_a_child(self, office: Office, party: str, born: date | None, is_child: bool):
        """By what they are in the case, or by their age when it began."""
        person = Person(name="Melati", birth_date=born)
        draft = c.Draft(
            application="K7M2Q9XD4H-T",
            region="35.23.10.2006",
            services=("akta-lahir" if party == "child" else "ktp-baru",),
            applicant=Person(name="Sumiati"),
            people={party: person},
        )
        office.do(draft, by=Actor("lilik", Role.VILLAGE_OPERATOR, "35.23.10.2006"))
        told = office.breach(BEFORE, by=ANI, region="35.23.10.2006")
        assert [(one.party, one.is_child) for one in told.affected] == [
            ("applicant", False),
            (party, is_child),
        ]
        assert told.kinds.get("child", 0) == is_child

    def test_who_read_them(self, office: Office):
        """In that time, each with the number of cases."""
        office.read(BIRTH, ANI, reason="Pengawasan")
        office.read(BIRTH, ANI, reason="Pengawasan")
        office.read(CARD, ANI, reason="Pengawasan")
        now = office.readings(BIRTH, ANI)[0].begun
        assert office.breach(BEFORE, now, by=ANI).readers == {("ani", "auditor@35.23"): 2}
        assert office.breach(BEFORE, AFTER, by=ANI).readers == {}
        told = office.breach(BEFORE, now, by=ANI).as_dict()
        assert told["readers"] == [{"by": "ani", "post": "auditor@35.23", "cases": 2}]

    def test_when(self, office: Office):
        """What began later was not there."""
        assert office.breach(BEFORE, BEFORE, by=ANI).affected == ()
        with pytest.raises(InvalidInput):
            office.breach(AFTER, BEFORE, by=ANI)

    def test_where(self, office: Office):
        """Of a region, or of some cases."""
        assert office.breach(BEFORE, AFTER, by=ANI, region="35.23.08").cases == 5
        assert office.breach(BEFORE, AFTER, by=ANI, region="35.23.10").cases == 0
        assert office.breach(BEFORE, AFTER, by=ANI, cases=[CARD]).people == 1

    def test_who_was_erased(self, office: Office):
        """Before it nobody is affected; after it nobody can be told, and that is said."""
        office.do(c.Erase(application=SEEN, ground="request", approved_by=RINI), by=ENDANG)
        later = datetime(2021, 10, 1, tzinfo=UTC)
        assert (told := office.breach(later, later, by=ANI)).erased == 1
        assert told.forgotten == 0
        told = office.breach(BEFORE, AFTER, by=ANI)
        assert (told.erased, told.forgotten) == (0, 1)
        assert SEEN not in {one.code for one in told.affected}
        assert "1" in next(line for line in told.notice("en") if "erased since" in line)

    def test_who_may_not(self, office: Office):
        """The head of office, and the auditor; whom to tell is for the head alone."""
        with pytest.raises(NotPermitted):
            office.breach(BEFORE, by=RINI)
        with pytest.raises(NotPermitted):
            office.breach(BEFORE, by=ANI, contacts=True)
        told = office.breach(BEFORE, AFTER, by=ENDANG, contacts=True)
        assert all(one.contact and one.contact["name"] for one in told.affected)
        assert not found_in(json.dumps(told.masked().as_dict(), ensure_ascii=False) + repr(told))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give the head of an office that is not encrypted, at the end of its day."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    Desk().run("init", url, "--region", "35.23")
    assert Desk(url).run("apply", "-", stdin=as_file(story(_SCAN))).code == 0
    return Desk(url, by=HEAD)


class TestCommandLine:
    """Numbers are read, not typed where a shell keeps them; what names people goes into files."""

    @pytest.mark.parametrize("json_", [(), ("--json",)])
    def test_person(self, desk: Desk, tmp_path: Path, json_: tuple[str, ...]):
        """Into a new file that nobody else reads; nothing of it on the screen."""
        file = tmp_path / "own.json"
        words = ("person", "--output", str(file), "--reason", "470/9", *json_)
        done = desk.run(*words, stdin=f"{FATHER}\n".encode())
        assert (done.code, found_in(done.out + done.err)) == (0, set())
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(json.loads(file.read_text())["cases"]) == 3
        before = file.read_bytes()
        assert desk.run(*words, stdin=f"{MOTHER}\n".encode()).code == 1
        assert file.read_bytes() == before

    def test_nobody(self, desk: Desk, tmp_path: Path):
        """It says what is not found so."""
        done = desk.run("person", "3523081010900007", "-o", str(tmp_path / "x"), "--reason", "x")
        assert "without their NIK" in done.out

    def test_breach(self, desk: Desk, tmp_path: Path):
        """Masked on the screen; in full only in a file, for the head of office."""
        file = tmp_path / "contacts.json"
        words = (
            "breach",
            "--since",
            "2021-07-01",
            "--until",
            "2021-07-31",
            "--contacts",
            str(file),
        )
        done = desk.run(*words)
        assert (done.code, found_in(done.out + done.err)) == (0, set())
        assert "Z… W…" in done.out
        assert "It is not encrypted." in done.out
        assert found_in(file.read_text()) == {"name", "phone"}
        auditor = Desk(desk.office, by="auditor:ani@35.23")
        assert auditor.run(*words[:-1], str(tmp_path / "y")).code == 1
        codes = tmp_path / "codes"
        codes.write_text(f"{CARD}\n\n")
        hour = ("--since", "2021-07-12T08:00:00+07:00", "--found", "2021-07-13T00:00:00")
        told = auditor.run("breach", *hour, "--cases", str(codes), "--json").json
        assert (told["cases"], told["by"]) == (1, "2021-07-16T00:00:00+07:00")

    def test_breach_of_nobody(self, desk: Desk):
        """It says why."""
        done = desk.run("breach", "--since", "2020-01-01", "--until", "2020-01-02")
        assert "Nobody's data was there" in done.out
        assert desk.run("breach", "--since", "yesterday").code == 2

    def test_erase_where_nothing_is_encrypted(self, desk: Desk):
        """Refused, and why."""
        approver = ("--approver", "registry_operator:rini@35.23")
        done = desk.run("erase", SEEN, "--ground", "request", *approver)
        assert (done.code, "not encrypted" in done.err) == (1, True)

    def test_retention(self, desk: Desk):
        """Empty, it says what to do; set, it lists what is due and refuses what it cannot erase."""
        assert "names no number" in " ".join(desk.run("retention").out.split())
        basis = "Perbup 1/2020 ps 3 (invented)"
        settings = {"retention": [{"years": 1, "basis": basis}]}
        line = {"id": str(UUID(int=1)), "do": "change_settings", "with": settings}
        assert desk.run("apply", "-", stdin=as_file([line])).code == 0
        assert "No case has been kept" in desk.run("retention").out
        done = desk.run("retention", "--within", "366")
        assert CARD in done.out
        assert basis in done.out
        told = desk.run("retention", "--within", "366", "--json").json
        assert {one["code"] for one in told["due"]} == {BIRTH, CARD, DIGITAL, SEEN}
        assert desk.run("retention", "--erase").code == 0


def test_erased_from_the_command_line(folder: Path):
    """In an encrypted office: the case goes on to be told, its people are not."""
    with office_at(folder) as office:
        do_all(
            office, [read_order(parse_json(line)) for line in as_file(story(_SCAN)).splitlines()]
        )
        office.do(c.ChangeSettings(retention=(c.Retention(years=1, basis="x"),)), by=ENDANG)
    environment = {"ADMINDUK_MASTER": (folder / "master.key").as_uri(), "ADMINDUK_LANG": None}
    desk = Desk(f"sqlite:///{folder / 'office.db'}", HEAD, environment=environment)
    approver = ("--approver", "registry_operator:rini@35.23")
    done = desk.run("erase", SEEN, "--ground", "request", "--reason", "470/9", *approver)
    assert (done.code, done.err) == (0, "")
    assert "scans collect" in " ".join(done.out.split())
    assert desk.run("track", CARD).code == 0
    said = desk.run("retention", "--erase")
    assert "papers" in said.err.lower()
    told = desk.run("retention", "--erase", "--json")
    assert told.code == 1  # papers of them are still with somebody
    assert told.json["erased"] == []
    assert {one["code"] for one in told.json["refused"].values()} == {"papers_open"}
    assert desk.run("erase", RETURNED, "--ground", "request", *approver, "--json").code == 1
    with office_at(folder) as office:
        office.do(draft_of("N4WG2ECYFB-7"), by=SITI)
        office.do(c.Withdraw(application="N4WG2ECYFB-7", reason="x", authorisation=SHOWN), by=SITI)
    told = desk.run("erase", "N4WG2ECYFB-7", "--ground", "purpose", *approver, "--json")
    assert told.json["records"][0]["state"] == "erasing"
    assert desk.run("verify").code == 0
