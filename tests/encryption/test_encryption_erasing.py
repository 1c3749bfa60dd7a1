"""Erasing a person by destroying the key of their case; whoever may do so is not said here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from attrs import evolve
from encrypted_office import (
    LATER,
    OFFICE,
    begun,
    codes_of,
    day,
    do_all,
    first,
    office_at,
    rest,
    ring_of,
)

from adminduk import Actor, Office, Role
from adminduk.errors import AdmindukError, NotFound, Refused
from adminduk.ports import Batch, JournalEntry
from adminduk.records import Application


def entries(office: Office) -> list[JournalEntry]:
    """Give the journal as it is stored."""
    return list(office.storage.journal(OFFICE, limit=10_000))


@pytest.fixture
def erased(office: Office) -> list[str]:
    """Give the cases of an office, all of which were erased."""
    codes = codes_of(office)
    assert all(ring_of(office).destroy(one) for one in codes)
    return codes


class TestAfterIt:
    """The office goes on, and knows nothing of the people."""

    def test_everything_stored_verifies(self, office: Office):
        """The chain is the same to the byte; so are records, columns and claims."""
        before, found = entries(office), office.verify()
        for code in codes_of(office):
            ring_of(office).destroy(code)
        assert entries(office) == before
        after = office.verify()
        assert set(after.lost) == set(codes_of(office)), "as nobody decided it"
        assert evolve(after, lost=()) == found
        assert found.clean

    def test_records_have_no_people(self, office: Office, folder: Path, erased: list[str]):
        """In no process, also in one that had read them before."""
        with office_at(folder) as other:
            for one in (office, other):
                cases = [one.record("application", code) for code in erased]
                assert {isinstance(case, Application) and case.personal for case in cases} == {None}

    def test_who_read_it_before_reads_it_no_more(self, office: Office, folder: Path):
        """Though that process keeps the key, unwrapped."""
        code = codes_of(office)[0]
        with office_at(folder) as other:
            case = other.record("application", code)
            assert isinstance(case, Application)
            assert case.case.applicant
            ring_of(office).destroy(code)
            after = other.record("application", code)
            assert isinstance(after, Application)
            assert after.personal is None

    def test_a_case_is_still_followed(self, office: Office, erased: list[str]):
        """By its code; what happened to it is told as before."""
        for code in erased:
            assert office.track(code).code == code
            assert office.journal(code)

    def test_nobody_is_told_anything(self, office: Office, erased: list[str]):
        """What waits is dropped, and holds nothing else up."""
        waiting = [one for one in office.messages(parked=False) if one.to != ""]
        assert waiting == []
        assert not any(one.damaged for one in office.messages(parked=False))
        done = office.deliver()
        assert (done.sent, done.parked, done.again) == (0, 0, 0)
        assert done.past > 0
        assert list(office.messages(parked=False)) == []
        assert len(erased) > 0

    def test_what_needs_the_people_is_refused(self, office: Office, erased: list[str]):
        """And says so; nothing else than our own errors comes of any command."""
        told = set()
        for one in rest():
            assert one.by is not None
            try:
                office.do(one.command, by=one.by)
            except AdmindukError as error:
                told.add(error.code)
        assert "erased" in told
        with pytest.raises(AdmindukError) as caught:
            office.progress(erased[0])
        assert caught.value.code == "erased"
        assert caught.value.message("en").startswith(f"The people of {erased[0]} were erased")
        assert office.verify().clean

    def test_what_was_done_is_answered_again(self, office: Office, erased: list[str]):
        """A lost reply is found whatever became of the case."""
        assert erased
        for one in begun():
            assert one.by is not None
            assert office.do(one.command, by=one.by).repeated

    def test_time_passes(self, office: Office, erased: list[str]):
        """What is due happens, and every post and list can be read."""
        for code in erased:
            record = office.record("application", code)
            for one in day():
                assert one.by is not None
                assert isinstance(office.allowed(one.by, record), list)
        auditor = Actor("ani", Role.AUDITOR, OFFICE)
        assert office.find(office.record("application", erased[0]).region, auditor) is not None
        assert isinstance(office.tick(), list)
        assert office.verify().clean


class TestDestroying:
    """Is said once, and for good."""

    def test_again_changes_nothing(self, office: Office, folder: Path):
        """Nor does it from another process."""
        code = codes_of(office)[0]
        assert ring_of(office).destroy(code)
        assert not ring_of(office).destroy(code)
        with office_at(folder) as other:
            assert not ring_of(other).destroy(code)

    def test_before_there_is_a_case(self, folder: Path):
        """It is opened without its people, whoever was about to."""
        one, code = first()
        with office_at(folder) as office:
            assert not ring_of(office).destroy(code)
            do_all(office, [one])
            case = office.record("application", code)
            assert isinstance(case, Application)
            assert case.personal is None
            assert office.verify().clean

    def test_between_looking_and_committing(self, folder: Path):
        """Of a new case: the commit is tried again, and keeps nothing of its people."""
        one, code = first()
        with office_at(folder) as office, office_at(folder) as other:
            ring = ring_of(other)
            commit = office.storage.commit
            destroyed = []

            def overtaken(name: str, batch: Batch) -> int:
                if not destroyed:
                    destroyed.append(ring.destroy(code))
                return commit(name, batch)

            office.storage.commit = overtaken  # type: ignore[method-assign]
            do_all(office, [one])
            assert destroyed == [False]
            case = office.record("application", code)
            assert isinstance(case, Application)
            assert case.personal is None
            assert office.verify().clean

    def test_while_others_work(self, office: Office, folder: Path):
        """What they then write of the case nobody reads."""
        codes = codes_of(office)
        with office_at(folder) as other:
            for place, one in enumerate(rest()):
                assert one.by is not None
                with suppress(Refused, NotFound):
                    other.do(one.command, by=one.by)
                if place < len(codes):
                    ring_of(office).destroy(codes[place])
            assert other.verify().clean
        for code in codes:
            case = office.record("application", code)
            assert isinstance(case, Application)
            assert case.personal is None

    def test_where_nothing_is_encrypted(self):
        """It is refused: nothing would be lost by it."""
        with Office.open("memory:", OFFICE, clock=lambda: LATER) as office:
            do_all(office, [first()[0]])
            with pytest.raises(Refused) as caught:
                office._keyring.destroy(codes_of(office)[0])
            assert caught.value.code == "nothing_encrypted"
