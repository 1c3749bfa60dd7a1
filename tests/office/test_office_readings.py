"""Who reads a case is written down, sees what their role needs, and disturbs nobody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from office_days import (
    AGUS,
    AMINAH,
    BUDI,
    DEWI,
    EKO,
    GEMULUNG,
    HADI,
    JOKO,
    KEREK,
    LESTARI,
    OWNER,
    SITI,
    SYSTEM,
    TUBAN,
    WAHYU,
    Town,
)
from test_office_erasure import ThrowAwayKeys

from adminduk import Actor, Role
from adminduk.errors import NotPermitted
from adminduk.records import Reading
from adminduk.values import NIK

AUDITOR = Actor("periksa", Role.AUDITOR, TUBAN)
WHOLE = (SITI, DEWI, BUDI, LESTARI, HADI, AUDITOR)
"""Who sees all of a case in their area."""


@pytest.fixture
def town() -> Town:
    """Give an office on a Monday morning."""
    return Town()


class TestReading:
    """The case in full, once it is written down."""

    @pytest.mark.parametrize("by", WHOLE, ids=lambda one: one.role)
    def test_by_who_works_on_it_or_audits(self, town: Town, by: Actor):
        """Numbers, answers, evidence, papers."""
        case = town.case("ktp-hilang")
        file = town.office.read(case.code, by=by, reason="Pengaduan 12")
        assert file.application == town.application(case)
        assert isinstance(file.application.case.people["holder"].nik, NIK)
        assert [one.key for one in file.papers] == sorted(
            f"{case.code}/{item}" for item in file.application.originals
        )
        assert file.reading == Reading(
            id=file.reading.id,
            region=file.application.region,
            state="noted",
            begun=town.office.local(town.clock.now),
            application=file.application.id,
            by=by.id,
            post=by.posts[0],
            reason="Pengaduan 12",
            version=1,
        )

    def test_by_who_prints(self, town: Town):
        """Names are compared; the rest is not for them, nor who fetched it."""
        case = town.at_village("ktp-hilang")
        town.siti.hand_over(case.copy, to=OWNER)
        file = town.office.read(case.code, by=WAHYU, reason="Cetakan dipertanyakan")
        seen = file.application.case
        assert seen.applicant.name == town.application(case).case.applicant.name
        assert {one.nik for one in seen.people.values()} == {None}
        assert (seen.applicant.phone, seen.facts, file.application.evidence) == (None, {}, ())
        assert {one.personal for one in file.papers} == {None}
        whole = town.office.read(case.code, by=AUDITOR, reason="Pengaduan 12")
        assert [one.personal for one in whole.papers if one.personal] == [OWNER]

    @pytest.mark.parametrize("by", [AGUS, SYSTEM, EKO, JOKO], ids=lambda one: one.id)
    def test_by_nobody_else(self, town: Town, by: Actor):
        """The courier, the clock, and other villages and districts."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_area" if by in {EKO, JOKO} else "wrong_role"):
            town.office.read(case.code, by=by, reason="Ingin tahu")

    def test_by_who_applied(self, town: Town):
        """Their own; not that of a neighbour."""
        own, other = town.draft("ktp-hilang", by=AMINAH), town.case("ktp-hilang")
        assert town.office.read(own.code, by=AMINAH).application == town.application(own)
        with town.refuses("wrong_area"):
            town.office.read(other.code, by=AMINAH)

    def test_of_what_was_erased(self):
        """There is a case, and nobody in it; that it is read is written down all the same."""
        keys = ThrowAwayKeys()
        town = Town(keyring=keys)
        case = town.case("ktp-hilang")
        keys.destroy(case.code)
        for by in (BUDI, WAHYU):
            town.clock.wait(minutes=1)
            file = town.office.read(case.code, by=by)
            assert file.application.personal is None
            assert (file.as_dict()["applicant"], file.as_dict()["people"]) == (None, {})
        assert [one.by for one in town.office.readings(case.code, by=HADI)] == ["budi", "wahyu"]

    def test_of_no_case(self, town: Town):
        """Nothing is read, and nothing is written down."""
        with town.refuses("not_found"):
            town.office.read("2222222222-2", by=BUDI)

    def test_numbers_are_masked_where_it_is_printed(self, town: Town):
        """The plain data is for the eyes of whoever stands there."""
        case = town.case("ktp-hilang")
        file = town.office.read(case.code, by=BUDI)
        nik = file.application.case.people["holder"].nik
        assert nik is not None
        assert file.as_dict()["people"]["holder"]["nik"] == str(nik)
        assert nik.full() not in repr(file.as_dict())

    def test_not_what_was_not_written_down(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """Where it cannot be written nothing is shown."""
        case = town.case("ktp-hilang")

        def fails(*_: object) -> int:
            raise OSError("the disk is full")

        monkeypatch.setattr(type(town.office.storage), "commit", fails)
        with pytest.raises(OSError, match="full"):
            town.office.read(case.code, by=BUDI)

    def test_changes_nothing_of_the_case(self, town: Town):
        """Its version, its chain and whoever is at work on it are left alone."""
        case = town.case("ktp-hilang")
        before = town.application(case)
        entries = town.office.journal(case.code)
        town.office.read(case.code, by=HADI)
        assert town.application(case) == before
        assert town.office.journal(case.code) == entries
        town.budi.verify(case, accepted=town.items(case), if_version=before.version)
        assert town.office.verify().clean

    def test_by_many_at_once(self, tmp_path: Path):
        """Each is written down, none waits for another's version, and one verifies meanwhile."""
        town = Town(f"sqlite:///{tmp_path / 'tuban.db'}")
        case = town.case("ktp-hilang")
        version = town.application(case).version
        readers = [Actor(f"pembaca-{n}", Role.REGISTRY_OPERATOR, TUBAN) for n in range(12)]
        with ThreadPoolExecutor(8) as pool:
            files = list(pool.map(lambda by: town.office.read(case.code, by=by), readers))
        town.budi.verify(case, accepted=town.items(case), if_version=version)
        assert len({file.reading.id for file in files}) == len(readers)
        found = town.office.readings(case.code, by=AUDITOR)
        assert {one.by for one in found} == {one.id for one in readers}
        assert town.office.verify().clean

    def test_in_a_post_that_is_lent(self, town: Town):
        """The reading names the post, the journal the delegation."""
        case = town.case("ktp-hilang")
        said = {"post": BUDI.posts[0], "until": date(2021, 7, 13), "reason": "Sakit"}
        town.hadi.delegate("D", to=AGUS.id, **said)
        file = town.office.read(case.code, by=AGUS)
        assert file.reading.post == BUDI.posts[0]
        (entry,) = [one for one in town.office.journal() if one.kind == "reading"]
        assert (entry.do, entry.by, entry.through) == ("read", "agus", "D")


class TestWhy:
    """Work explains itself; the rest is explained."""

    @pytest.mark.parametrize("by", [SITI, BUDI, HADI, WAHYU], ids=lambda one: one.role)
    def test_is_plain_while_it_is_worked_on(self, town: Town, by: Actor):
        """Nobody is asked."""
        case = town.case("ktp-hilang")
        assert town.office.read(case.code, by=by).reading.reason == ""

    @pytest.mark.parametrize("by", [SITI, BUDI, HADI, WAHYU], ids=lambda one: one.role)
    def test_is_said_when_it_has_ended(self, town: Town, by: Actor):
        """What is it read for, where nothing is left to do?"""
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        with town.refuses("reason_needed", at="with.reason"):
            town.office.read(case.code, by=by)
        assert town.office.read(case.code, by=by, reason="Keberatan").reading.reason == "Keberatan"

    def test_is_always_said_by_the_auditor(self, town: Town):
        """Of any case."""
        case = town.case("ktp-hilang")
        with town.refuses("reason_needed", at="with.reason"):
            town.office.read(case.code, by=AUDITOR)

    def test_is_not_asked_of_who_applied(self, town: Town):
        """It is theirs."""
        case = town.draft("ktp-hilang", by=AMINAH)
        town.clock.wait(days=31)
        town.office.tick()
        assert town.state(case) == "expired"
        assert town.office.read(case.code, by=AMINAH).application.state == "expired"

    def test_is_said_by_whom_the_office_asks(self, town: Town):
        """By others it is not."""
        town.hadi.change_settings("office", reading_reasons=["front_desk", "head_of_office"])
        case = town.case("ktp-hilang")
        for by in (LESTARI, HADI):
            with town.refuses("reason_needed", at="with.reason"):
                town.office.read(case.code, by=by)
        town.office.read(case.code, by=BUDI)
        town.hadi.change_settings("office", reading_reasons=[])
        town.office.read(case.code, by=LESTARI)

    def test_is_one_line_of_words(self, town: Town):
        """As everywhere."""
        case = town.case("ktp-hilang")
        for reason in ("  ", "a\nb", "x" * 1001):
            with town.refuses("text", at="reason"):
                town.office.read(case.code, by=BUDI, reason=reason)

    def test_is_not_said_of_another_time(self, town: Town):
        """Nobody read it yesterday who did not write it down then."""
        case = town.case("ktp-hilang")
        with town.refuses("read_now", at="at"):
            town.budi.read("R", application=case.code, at=town.clock.now)


class TestWhoRead:
    """For the subject, the head of office and the auditor."""

    @pytest.fixture
    def read(self, town: Town) -> str:
        """Let three people read a case of Aminah's, each an hour later."""
        case = town.draft("ktp-hilang", by=AMINAH)
        for by in (SITI, DEWI, SITI):
            town.clock.wait(hours=1)
            town.office.read(case.code, by=by, reason=f"oleh {by.id}")
        return case.code

    @pytest.mark.parametrize("by", [AUDITOR, HADI, AMINAH], ids=lambda one: one.role)
    def test_is_seen_by(self, town: Town, read: str, by: Actor):
        """In order, each with the post and the reason; and to look is no reading of the case."""
        found = town.office.readings(read, by=by)
        assert [(one.by, str(one.post), one.reason) for one in found] == [
            ("siti", f"village_operator@{GEMULUNG}", "oleh siti"),
            ("dewi", f"district_operator@{KEREK}", "oleh dewi"),
            ("siti", f"village_operator@{GEMULUNG}", "oleh siti"),
        ]
        assert [one.begun.hour for one in found] == [9, 10, 11]
        assert town.office.readings(read, by=by) == found

    @pytest.mark.parametrize(
        "by",
        [SITI, DEWI, BUDI, LESTARI, WAHYU, AGUS, Actor("warga", Role.APPLICANT, GEMULUNG)],
        ids=lambda one: one.id,
    )
    def test_is_not_seen_by(self, town: Town, read: str, by: Actor):
        """Nor who somebody's readings are of."""
        for ask in (
            lambda: town.office.readings(read, by=by),
            lambda: town.office.readings_by("siti", by=by),
        ):
            with town.refuses("wrong_role") as refused:
                ask()
            assert isinstance(refused.value, NotPermitted)
            assert refused.value.facts["may"] == ["head_of_office", "auditor"]

    def test_not_by_an_applicant_about_somebody(self, town: Town, read: str):
        """Of their own case they see who read it, not what else these people read."""
        assert town.office.readings(read, by=AMINAH)
        with town.refuses("wrong_role"):
            town.office.readings_by("siti", by=AMINAH)

    def test_of_no_case(self, town: Town):
        """There is nothing to see."""
        with town.refuses("not_found"):
            town.office.readings("2222222222-2", by=AUDITOR)

    def test_nor_by_another_office(self, town: Town, read: str):
        """Its auditor audits it."""
        away = Actor("periksa", Role.AUDITOR, "35.22")
        for ask in (
            lambda: town.office.readings(read, by=away),
            lambda: town.office.readings_by("siti", by=away),
            lambda: town.office.read(read, by=away, reason="x"),
        ):
            with town.refuses("other_office"):
                ask()

    def test_what_somebody_read(self, town: Town, read: str):
        """Over months, by the days at the office; a month back where nothing else is said."""
        other = town.case("ktp-hilang")
        town.clock.now = datetime(2021, 7, 31, 17, 30, tzinfo=UTC)  # it is August there
        town.office.read(other.code, by=SITI)
        found = town.office.readings_by("siti", by=AUDITOR)
        assert [one.application.full() for one in found] == [read, read, other.code]
        before = town.office.readings_by("siti", by=HADI, last=date(2021, 7, 31))
        assert [one.application.full() for one in before] == [read, read]
        assert town.office.readings_by("siti", by=HADI, first=date(2021, 8, 1)) == found[2:]
        assert town.office.readings_by("siti", by=HADI, last=date(2021, 7, 11)) == []
        assert town.office.readings_by("nobody", by=HADI) == []
        with town.refuses("period", at="last"):
            town.office.readings_by("siti", by=HADI, first=date(2021, 7, 2), last=date(2021, 7, 1))


class TestAnAuditor:
    """Reads everything, and causes nothing but readings."""

    def test_reads_everything(self, town: Town):
        """Cases, who read them, what happened, and what people are told, with masked numbers."""
        case = town.case("ktp-hilang")
        town.office.read(case.code, by=AUDITOR, reason="Pemeriksaan tahunan")
        assert town.office.readings(case.code, by=AUDITOR)
        assert town.office.find(GEMULUNG, by=AUDITOR).cases
        assert town.office.journal(case.code)
        told = [one.to for one in town.office.messages(parked=False)]
        assert told
        assert not any("081234567890" in one for one in told)
        assert {one.do for one in town.office.journal() if one.by == AUDITOR.id} == {"read"}
        assert town.office.inbox(AUDITOR).tasks == ()

    def test_approves_nothing(self, town: Town):
        """Whatever has to be approved."""
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.reject(case, ground="Bukan penduduk", approved_by=AUDITOR)
        with town.refuses("choice"):
            town.hadi.change_settings("office", approvals={"reject": "auditor"})
