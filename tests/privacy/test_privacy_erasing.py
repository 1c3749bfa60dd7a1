"""Erasing people: what has ended, by two, or because it was kept long enough; and for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import apsw
import pytest
from encrypted_office import OFFICE, bytes_of, codes_of, day, do_all, office_at, personal
from office_days import Town

from adminduk import Actor, Office, Role
from adminduk import commands as c
from adminduk.commands import Ground, Retention
from adminduk.errors import AdmindukError, NotPermitted, Refused, StorageFailure
from adminduk.masters.local import make_master
from adminduk.records import Application, Copy, Erasure
from adminduk.records.settings import kept_until

ENDANG = Actor("endang", Role.HEAD_OF_OFFICE, OFFICE)
RINI = Actor("rini", Role.REGISTRY_OPERATOR, OFFICE)
SYSTEM = Actor("system", Role.SYSTEM, OFFICE)
FIVE = Retention(years=5, basis="Perbup 1/2020 ps 3 (invented)")


class Clock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.now = datetime(2021, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give one."""
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a master key."""
    make_master(tmp_path / "master.key")
    return tmp_path


@pytest.fixture
def office(folder: Path, clock: Clock) -> Iterator[Office]:
    """Give an encrypted office at the end of its day."""
    with office_at(folder, clock=clock) as office:
        do_all(office, day())
        yield office


def erase(office: Office, code: str, **said: object) -> None:
    """Erase a case, as its people asked."""
    usual = {"ground": "request", "approved_by": RINI, "reason": "Surat 470/9"}
    office.do(c.Erase(application=code, **(usual | said)), by=ENDANG)  # type: ignore[arg-type]


def case_of(office: Office, code: str) -> Application:
    """Give a case."""
    found = office.record("application", code)
    assert isinstance(found, Application)
    return found


def ended(office: Office) -> list[str]:
    """Give the codes of the cases that were completed."""
    return [one for one in codes_of(office) if case_of(office, one).state == "completed"]


class TestKeys:
    """Whoever can write the store cannot erase anybody, or bring them back, without a trace."""

    def test_one_that_nobody_erased_is_told(self, office: Office):
        """Nothing stored has changed; but nobody reads of these people any more."""
        code = ended(office)[0]
        assert office.verify().lost == ()
        office.storage.destroy_key(OFFICE, code)
        assert (office.verify().clean, office.verify().lost) == (True, (code,))
        erase(office, ended(office)[1])
        assert office.verify().lost == (code,)

    def test_one_that_is_there_again_is_a_fault(self, office: Office, folder: Path):
        """Of somebody who was erased everything could be read again."""
        code = ended(office)[0]
        wrapped = office.storage.keys_of(OFFICE, [code])[code]
        erase(office, code)
        (file,) = folder.glob("*.db")
        with closing(apsw.Connection(str(file))) as connection:
            connection.execute("update data_keys set wrapped = ? where owner = ?", (wrapped, code))
        assert office.verify().faults == (
            f"erasure {code}: the key that was destroyed is there again",
        )


class TestErasing:
    """The key is destroyed, and what would still tell of people is taken out."""

    def test_nothing_of_them_is_left(self, office: Office, folder: Path):
        """Of all cases: neither keys, nor what is sealed, nor a search key; all of it verifies."""
        codes = ended(office)
        assert codes
        niks = {case_of(office, one).case.applicant.nik for one in codes}
        for code in codes:
            erase(office, code)
        for code in codes:
            case = case_of(office, code)
            assert (case.personal, case.keys, case.subjects) == (None, (), ())
            assert case.evidence == ()
            assert office.storage.keys_of(OFFICE, [code]) == {code: b""}
            found = office.record("erasure", code)
            assert isinstance(found, Erasure)
            assert (found.state, found.ground, found.by) == ("erased", Ground.REQUEST, "endang")
            assert found.approved_by == "rini"
        auditor = Actor("ani", Role.AUDITOR, OFFICE)
        assert not any(office.find_person(nik, auditor) for nik in niks if nik)
        assert office.verify().clean
        told = personal(one.command for one in day())
        assert not [text for text in told if text.encode() in bytes_of(folder)]

    def test_its_papers_name_nobody(self, office: Office):
        """What is stored of it now has no envelope left; what it was stands in the journal."""
        codes = ended(office)
        rows = [row for row in office._shelf.rows() if row.id.partition("/")[0] in codes]
        assert {"application", "copy"} <= {row.kind for row in rows if b'"personal"' in row.body}
        for code in codes:
            erase(office, code)
        rows = [row for row in office._shelf.rows() if row.id.partition("/")[0] in codes]
        assert not [row.ref for row in rows if b'"personal"' in row.body or b'"scans"' in row.body]

    def test_no_document_is_opened_any_more(self, folder: Path):
        """A digital copy forgets where it is."""
        town = Town(master=(folder / "master.key").as_uri())
        case = town.case("akta-lahir")
        town.siti.choose_delivery(case, product="akta-lahir", way="digital")
        town.verify(case)
        town.budi.issue(case.copy, signature="Kepala Dinas", link="https://disdukcapil.example/a")
        copy = town.office.record("copy", case.copy)
        assert isinstance(copy, Copy)
        assert copy.link
        town.hadi.erase(case, ground="request", approved_by=town.budi.actor)
        copy = town.office.record("copy", case.copy)
        assert isinstance(copy, Copy)
        assert copy.link == ""
        assert town.office.verify().clean

    def test_the_journal_tells_of_it(self, office: Office):
        """Who did, who approved it, on which ground; and that the key was destroyed after."""
        code = ended(office)[0]
        erase(office, code)
        told = [one for one in office.journal() if one.kind == "erasure"]
        assert [(one.do, one.by, one.approved_by) for one in told] == [
            ("erase", "endang", "rini"),
            ("confirm_erasure", "system", ""),
        ]
        assert told[0].set["ground"] == "request"

    def test_the_others_stay(self, office: Office):
        """Each case has its own key."""
        gone, stays, *_ = ended(office)
        before = case_of(office, stays)
        erase(office, gone)
        assert case_of(office, stays) == before
        assert before.personal is not None

    def test_twice(self, office: Office):
        """It is done; the same command again is answered as before."""
        code = ended(office)[0]
        command = c.Erase(application=code, ground="request", approved_by=RINI)
        first = office.do(command, by=ENDANG)
        with pytest.raises(Refused, match="not_allowed_now"):
            erase(office, code)
        assert first.records[0].state == "erasing"


class TestWhoMay:
    """The head of office with somebody of the registry; time alone only what is due."""

    @pytest.mark.parametrize("by", [RINI, Actor("siti", Role.VILLAGE_OPERATOR, "35.23.08.2001")])
    def test_nobody_else(self, office: Office, by: Actor):
        """Those who may are named."""
        with pytest.raises(NotPermitted) as refused:
            office.do(c.Erase(application=ended(office)[0], ground="request"), by=by)
        assert "head_of_office" in " ".join(refused.value.facts["may"])

    @pytest.mark.parametrize("approver", [None, ENDANG])
    def test_not_alone(self, office: Office, approver: Actor | None):
        """Another person agrees."""
        with pytest.raises(Refused, match="approval_needed"):
            erase(office, ended(office)[0], approved_by=approver)

    @pytest.mark.parametrize("role", ["nobody", "head_of_office", "print_operator"])
    def test_in_every_office_so(self, office: Office, role: str):
        """No head of office sets that they decide it alone, or with somebody else."""
        with pytest.raises(AdmindukError) as refused:
            office.do(c.ChangeSettings(approvals={"erase": role}), by=ENDANG)
        assert [one.code for one in refused.value.facts["faults"]] == ["unknown_command"]

    def test_not_by_itself(self, office: Office):
        """What nobody has set a time for is kept."""
        code = ended(office)[0]
        for ground, refusal in (("purpose", "not_due"), ("retention", "no_retention")):
            with pytest.raises(Refused, match=refusal):
                office.do(c.Erase(application=code, ground=ground), by=SYSTEM)


class TestWhatIsNotOver:
    """Is not erased, and it is said what is to be done first."""

    def test_an_open_case(self, folder: Path):
        """Somebody still waits for something."""
        with office_at(folder) as office:
            do_all(office, day()[: len(day()) // 3])
            code = next(
                one for one in codes_of(office) if case_of(office, one).state == "submitted"
            )
            with pytest.raises(Refused, match="not_ended"):
                erase(office, code)
            assert case_of(office, code).personal is not None

    def test_an_office_that_is_not_encrypted(self, clock: Clock):
        """Nothing would be lost by it: the journal stays readable."""
        with Office.open("memory:", OFFICE, clock=clock) as office:
            do_all(office, day())
            office.do(c.ChangeSettings(retention=(FIVE,)), by=ENDANG)
            entries = len(office.journal())
            with pytest.raises(Refused, match="nothing_encrypted"):
                erase(office, ended(office)[0])
            clock.now += timedelta(days=366 * 6)
            with pytest.raises(Refused, match="nothing_encrypted"):
                office.erase_due()
            assert len(office.journal()) == entries


class TestRetention:
    """Cases are kept as long as the office has set, and not a day less."""

    def test_what_is_not_set_is_kept(self, office: Office, clock: Clock):
        """The law names no number of years."""
        clock.now += timedelta(days=365 * 99)
        assert office.due_for_erasure() == []
        assert office.erase_due() == ([], {})

    def test_by_their_end(self, office: Office, clock: Clock):
        """From the day on which each ended; listed before, done after, and once."""
        office.do(c.ChangeSettings(retention=(FIVE,)), by=ENDANG)
        assert office.due_for_erasure() == []
        soon = office.due_for_erasure(within=timedelta(days=366 * 5))
        assert {one.code for one in soon} >= set(ended(office))
        assert all(one.basis == (FIVE.basis,) for one in soon)
        first = soon[0].until
        assert first == soon[0].ended.replace(year=soon[0].ended.year + 5)
        clock.now = first - timedelta(seconds=1)
        assert office.erase_due() == ([], {})
        clock.now = max(one.until for one in soon)
        done, refused = office.erase_due()
        assert refused == {}
        assert {one.records[0].id for one in done} == {one.code for one in soon}
        assert office.erase_due() == ([], {})
        assert not any(case_of(office, one.code).personal for one in soon)
        assert office.verify().clean

    @pytest.mark.parametrize("by", [SYSTEM, ENDANG])
    def test_not_by_another_end(self, office: Office, clock: Clock, by: Actor):
        """Neither before its time, nor by an end that the journal does not tell."""
        office.do(c.ChangeSettings(retention=(FIVE,)), by=ENDANG)
        one = office.due_for_erasure(within=timedelta(days=366 * 5))[0]

        def erased(ended: datetime | None) -> str:
            command = c.Erase(
                application=one.code, ground="retention", ended=ended, approved_by=RINI
            )
            with pytest.raises(Refused) as refused:
                office.do(command, by=by)
            return refused.value.code

        assert erased(one.ended) == "not_due"
        clock.now = one.until
        assert erased(one.ended - timedelta(seconds=1)) == "other_end"
        clock.now += timedelta(days=366)
        assert erased(one.ended + timedelta(seconds=1)) == "other_end"
        assert erased(None) != "erased"
        assert case_of(office, one.code).personal is not None

    def test_the_longest_of_several(self, office: Office):
        """A case of several services is kept as long as each of them."""
        services = [case_of(office, one).services for one in ended(office)]
        named = services[0][0]
        rules = (FIVE, Retention(years=30, basis="Lain", services=(named,)))
        office.do(c.ChangeSettings(retention=rules), by=ENDANG)
        years = {
            one.code: one.until.year - one.ended.year
            for one in office.due_for_erasure(within=timedelta(days=366 * 40))
        }
        for code in ended(office):
            assert years[code] == (30 if named in case_of(office, code).services else 5)

    @pytest.mark.parametrize(
        ("rules", "fault"),
        [
            ((Retention(years=1, basis="x", services=("paspor",)),), "unknown_service"),
            ((FIVE, FIVE), "twice"),
        ],
    )
    def test_what_is_set_wrong(self, office: Office, rules: tuple[Retention, ...], fault: str):
        """Is named."""
        with pytest.raises(AdmindukError) as refused:
            office.do(c.ChangeSettings(retention=rules), by=ENDANG)
        assert [one.code for one in refused.value.facts["faults"]] == [fault]

    @pytest.mark.parametrize(
        ("services", "until"),
        [
            (("ktp-hilang",), date(2026, 3, 1)),
            (("akta-lahir",), date(2053, 3, 1)),
            (("ktp-hilang", "akta-lahir"), date(2053, 3, 1)),
            ((), None),
        ],
    )
    def test_until_when(self, services: tuple[str, ...], until: date | None):
        """What is named by its own rule, else by that of the rest; never shorter by a leap day."""
        thirty = Retention(years=29, basis="x", services=("akta-lahir",))
        ended = datetime(2024, 2, 29, tzinfo=UTC)
        two = Retention(years=2, basis="x")
        found = kept_until((two, thirty), services, ended)
        assert (found and found.date()) == until
        if services:
            assert kept_until((thirty,), ("ktp-hilang", "akta-lahir"), ended) is None

    @pytest.mark.parametrize("years", [0, -1, 101])
    def test_no_time(self, years: int):
        """Less than a year or more than a century is a slip of the pen."""
        with pytest.raises(ValueError, match="years"):
            Retention(years=years, basis="x")


class TestBrokenOff:
    """Between the decision and the key nothing is lost, and nothing is destroyed undecided."""

    def test_the_decision_comes_first(self, office: Office, monkeypatch: pytest.MonkeyPatch):
        """Where it cannot be written the key stays."""
        code = ended(office)[0]

        def fails(*_: object) -> int:
            raise StorageFailure(url="x", why="full")

        with monkeypatch.context() as patch:
            patch.setattr(office.storage, "commit", fails)
            with pytest.raises(StorageFailure):
                erase(office, code)
        assert case_of(office, code).personal is not None

    @pytest.mark.parametrize("ends", ["tick", "again"])
    def test_what_was_decided_is_ended(self, office: Office, folder: Path, clock: Clock, ends: str):
        """By the next tick, or by who asks again for the lost answer."""
        code = ended(office)[0]
        command = c.Erase(id=UUID(int=1), application=code, ground="request", approved_by=RINI)

        class Ended(BaseException):
            pass

        def dies(_: str, __: str) -> bool:
            raise Ended

        office.storage.destroy_key = dies  # type: ignore[method-assign]
        with pytest.raises(Ended):
            office.do(command, by=ENDANG)
        assert office.storage.keys_of(OFFICE, [code])[code] != b""
        with office_at(folder, clock=clock) as after:
            assert case_of(after, code).personal is None
            if ends == "tick":
                after.tick()
            else:
                assert after.do(command, by=ENDANG).repeated
            assert after.storage.keys_of(OFFICE, [code]) == {code: b""}
            found = after.record("erasure", code)
            assert isinstance(found, Erasure)
            assert found.state == "erased"
            assert not [one for one in after.tick() if one.records[0].kind == "erasure"]
            assert after.verify().clean
