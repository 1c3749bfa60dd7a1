"""At the desks of the registry: a case is read by one verifier, copies are printed in batches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from office_days import BUDI, GEMULUNG, HADI, RATNA, SIGNED, WAHYU, Case, Town, also

from adminduk import Actor, Role
from adminduk.records import Copy, Taken


def reader(town: Town, case: Case) -> str:
    """Say who reads a case, as the inbox of the registry shows it."""
    tasks = {task.id: task for task in town.office.inbox(BUDI).tasks}
    return tasks[case.code].taken_by


def blank(town: Town, case: Case, number: int = 1) -> str:
    """Say on which blank a copy was printed."""
    copy = town.paper(case.copies(number))
    assert isinstance(copy, Copy)
    return copy.blank


def ordered(town: Town, number: int, service: str = "ktp-hilang") -> list[Case]:
    """Order copies, one an hour."""
    cases = []
    for _ in range(number):
        cases.append(town.verified(service))
        town.clock.wait(hours=1)
    return cases


class TestTaking:
    """A verifier takes a case to read it, so that nobody reads it twice."""

    def test_is_told_to_the_others(self, town: Town):
        """Who reads it is said in their inbox, and when they try."""
        case = town.case("ktp-hilang")
        assert reader(town, case) == ""
        town.budi.take(case)
        assert reader(town, case) == "budi"
        assert "take" not in town.ratna.can(town.application(case))
        with town.refuses("taken") as refused:
            town.ratna.take(case)
        assert refused.value.facts == {
            "command": "take",
            "by": "budi",
            "id": case.code,
            "until": "2021-07-12T08:30+07:00",
            "time": "08:30",
        }

    def test_ends_by_itself(self, town: Town):
        """After half an hour it is anybody's; to the minute."""
        case = town.case("ktp-hilang")
        town.budi.take(case)
        town.clock.wait(minutes=29, seconds=59)
        with town.refuses("taken"):
            town.ratna.take(case)
        town.clock.wait(seconds=1)
        assert reader(town, case) == ""
        assert "take" in town.ratna.can(town.application(case))
        town.ratna.take(case)
        assert reader(town, case) == "ratna"
        with town.refuses("taken"):
            town.budi.take(case)

    def test_lasts_as_long_as_the_office_sets(self):
        """An office where cases are long gives more time."""
        town = Town(settings={"take_minutes": 90})
        case = town.case("ktp-hilang")
        town.budi.take(case)
        until = town.clock.now + timedelta(minutes=90)
        assert town.application(case).taken == Taken("budi", until)

    def test_again_prolongs(self, town: Town):
        """From when it is taken again."""
        case = town.case("ktp-hilang")
        town.budi.take(case)
        town.clock.wait(minutes=20)
        assert "take" in town.budi.can(town.application(case))
        town.budi.take(case)
        town.clock.wait(minutes=20)
        with town.refuses("taken"):
            town.ratna.take(case)

    def test_does_not_decide(self, town: Town):
        """Its state and its time stay; whoever has looked at it may verify it all the same."""
        case = town.case("ktp-hilang")
        due = town.application(case).due
        town.budi.take(case)
        assert (town.state(case), town.application(case).due) == ("submitted", due)
        town.verify(case, by=RATNA)
        assert town.state(case) == "verified"

    def test_is_not_for_own_work(self, town: Town):
        """Who corrected it may not verify it, so there is no point in reading it."""
        case = town.case("ktp-hilang")
        holder = town.application(case).case.people["holder"]
        town.budi.correct(case, item="f-1-02", people={"holder": holder}, reason="Salah ketik")
        assert "take" not in town.budi.can(town.application(case))
        with town.refuses("own_work"):
            town.budi.take(case)
        town.ratna.take(case)

    @pytest.mark.parametrize("bring", [Town.draft, Town.verified])
    def test_is_of_submitted_cases(self, town: Town, bring: object):
        """Of others there is nothing to verify."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # both bring a case
        with town.refuses("not_allowed_now"):
            town.budi.take(case)

    @pytest.mark.parametrize("name", ["hadi", "siti", "lestari", "wahyu"])
    def test_is_for_verifiers(self, town: Town, name: str):
        """Also the head of office, who verifies nothing, takes none."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_role"):
            getattr(town, name).take(case)


class TestTakingTheNext:
    """Each verifier is given the most urgent case that nobody reads."""

    def test_gives_the_oldest_first(self, town: Town):
        """What was submitted first is due first."""
        cases = []
        for _ in range(2):
            cases.append(town.case("ktp-hilang"))
            town.clock.wait(hours=1)
        receipt = town.office.take_next(BUDI)
        assert receipt is not None
        assert receipt.records[0].id == cases[0].code
        assert [reader(town, case) for case in cases] == ["budi", ""]

    def test_gives_two_verifiers_two_cases(self, town: Town):
        """And a third nothing, where there are two."""
        cases = {town.case("ktp-hilang").code, town.case("kk-hilang").code}
        taken = [town.office.take_next(by) for by in (BUDI, RATNA)]
        assert {one.records[0].id for one in taken if one is not None} == cases
        assert town.office.take_next(Actor("yudi", Role.REGISTRY_OPERATOR, "35.23")) is None

    def test_gives_back_what_is_being_read(self, town: Town):
        """Who asks again before it was decided gets the same case, for another half hour."""
        town.case("ktp-hilang")
        town.clock.wait(hours=1)
        town.case("kk-hilang")
        first, again = town.office.take_next(BUDI), town.office.take_next(BUDI)
        assert first is not None
        assert again is not None
        assert first.records[0].id == again.records[0].id

    def test_goes_on_when_it_was_decided(self, town: Town):
        """The next one."""
        cases = [town.case("ktp-hilang")]
        town.clock.wait(hours=1)
        cases.append(town.case("kk-hilang"))
        town.office.take_next(BUDI)
        town.verify(cases[0])
        receipt = town.office.take_next(BUDI)
        assert receipt is not None
        assert receipt.records[0].id == cases[1].code

    def test_passes_over_own_work(self, town: Town):
        """What one has submitted another verifies."""
        both = also(BUDI, (Role.VILLAGE_OPERATOR, GEMULUNG))
        own = town.case("ktp-hilang", by=both)
        town.clock.wait(hours=1)
        other = town.case("ktp-hilang")
        receipt = town.office.take_next(both)
        assert receipt is not None
        assert receipt.records[0].id == other.code
        town.verify(other, by=RATNA)
        assert town.office.take_next(both) is None
        assert reader(town, own) == ""

    def test_passes_over_who_has_not_come(self, town: Town):
        """A case that waits for the person waits at the front desk."""
        town.case("ktp-baru")
        assert town.office.take_next(BUDI) is None

    def test_gives_nothing_where_nothing_waits(self, town: Town):
        """Neither a draft nor what is verified."""
        town.draft("ktp-hilang")
        town.verified("ktp-hilang")
        assert town.office.take_next(BUDI) is None

    def test_is_for_verifiers(self, town: Town):
        """It is said at the first case, not passed over in silence."""
        town.case("ktp-hilang")
        with town.refuses("wrong_role"):
            town.office.take_next(HADI)


@pytest.fixture
def file_town(tmp_path: Path) -> Iterator[Town]:
    """Give an office in a SQLite file, with ids that threads may draw at once."""
    town = Town(f"sqlite:///{tmp_path / 'office.db'}", ids=uuid4)
    yield town
    town.office.close()


def test_eight_verifiers_at_once_take_eight_cases(file_town: Town):
    """Whoever is faster: none is taken twice, and one of nine goes away with nothing."""
    town = file_town
    cases = {town.case("ktp-hilang").code for _ in range(8)}
    barrier = threading.Barrier(9)

    def take(number: int) -> str | None:
        barrier.wait()
        by = Actor(f"verifier-{number}", Role.REGISTRY_OPERATOR, "35.23")
        receipt = town.office.take_next(by)
        return None if receipt is None else receipt.records[0].id

    with ThreadPoolExecutor(9) as pool:
        taken = list(pool.map(take, range(9)))
    assert taken.count(None) == 1
    assert {one for one in taken if one is not None} == cases
    assert town.office.verify().faults == ()


class TestABatchOnBlanks:
    """The copies that have waited longest, each on the next blank that was scanned."""

    def test_one_blank_each_in_the_order_scanned(self, town: Town):
        """The first blank is the oldest copy's."""
        cases = ordered(town, 3)
        receipts = town.office.print_batch("ktp", WAHYU, blanks=["A-7", "a-3", "A-9"])
        assert [one.records[0].id for one in receipts] == [case.copy for case in cases]
        assert [blank(town, case) for case in cases] == ["A-7", "A-3", "A-9"]

    def test_leaves_those_for_which_no_blank_is_there(self, town: Town):
        """The youngest wait for the next batch."""
        cases = ordered(town, 3)
        town.office.print_batch("ktp", WAHYU, blanks=["A-1", "A-2"])
        assert [town.state(case.copy) for case in cases] == ["at_office", "at_office", "ordered"]

    def test_leaves_other_products(self, town: Town):
        """Each has blanks of its own."""
        other = town.verified("akta-lahir", "kia-baru-0-5")
        town.clock.wait(hours=1)
        case = town.verified("ktp-hilang")
        town.office.print_batch("ktp", WAHYU, blanks=["A-1"])
        assert blank(town, case) == "A-1"
        assert [town.state(other.copies(one)) for one in (1, 2)] == ["ordered", "ordered"]

    def test_all_or_none(self, town: Town):
        """One blank was used before: nothing is printed, and which one it is is said."""
        cases = ordered(town, 4)
        town.office.print_batch("ktp", WAHYU, blanks=["A-1"])
        with town.refuses("blank_used") as refused:
            town.office.print_batch("ktp", WAHYU, blanks=["A-2", "A-1", "A-3"])
        assert refused.value.facts["blank"] == "A-1"
        assert {town.state(case.copy) for case in cases[1:]} == {"ordered"}
        town.office.print_batch("ktp", WAHYU, blanks=["A-2", "A-4", "A-3"])
        assert [blank(town, case) for case in cases] == ["A-1", "A-2", "A-4", "A-3"]

    def test_a_blank_that_is_scanned_twice(self, town: Town):
        """It bears one document."""
        cases = ordered(town, 2)
        with town.refuses("blank_used"):
            town.office.print_batch("ktp", WAHYU, blanks=["A-1", "a-1"])
        assert {town.state(case.copy) for case in cases} == {"ordered"}

    def test_a_blank_that_was_spoiled(self, town: Town):
        """For whichever copy it was."""
        cases = ordered(town, 2)
        town.wahyu.misprint(cases[1].copy, blank="A-1", reason="Tinta habis")
        with town.refuses("blank_used"):
            town.office.print_batch("ktp", WAHYU, blanks=["A-1"])
        with town.refuses("blank_used"):
            town.office.print_batch("ktp", WAHYU, blanks=["A-2", "A-1"])

    def test_more_blanks_than_copies(self, town: Town):
        """How many wait is said."""
        ordered(town, 2)
        with town.refuses("blanks") as refused:
            town.office.print_batch("ktp", WAHYU, blanks=["A-1", "A-2", "A-3"])
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert (fault.path, fault.facts) == ("blanks", {"waiting": 2})

    def test_blanks_where_nothing_waits(self, town: Town):
        """They are not used up in silence."""
        with town.refuses("blanks"):
            town.office.print_batch("ktp", WAHYU, blanks=["A-1"])

    def test_no_blanks_for_what_waits(self, town: Town):
        """Without one no card is printed."""
        ordered(town, 1)
        with town.refuses("blanks"):
            town.office.print_batch("ktp", WAHYU)

    def test_no_blanks_where_nothing_waits(self, town: Town):
        """There is nothing to do."""
        assert town.office.print_batch("ktp", WAHYU) == []

    def test_as_many_as_were_scanned(self, town: Town):
        """The limit is for plain paper; of blanks all are used."""
        cases = ordered(town, 3)
        blanks = ["A-1", "A-2", "A-3"]
        assert len(town.office.print_batch("ktp", WAHYU, blanks=blanks, limit=2)) == 3
        assert [blank(town, case) for case in cases] == blanks

    def test_a_word_that_is_no_blank(self, town: Town):
        """Something else was scanned."""
        ordered(town, 1)
        with town.refuses("label"):
            town.office.print_batch("ktp", WAHYU, blanks=["A 1"])


class TestABatchOnPlainPaper:
    """The copies that have waited longest, each with a signature."""

    def test_bears_the_signature(self, town: Town):
        """All of them the same."""
        cases = ordered(town, 2, "kk-hilang")
        town.office.print_batch("kk", WAHYU, signature=SIGNED)
        papers = [town.paper(case.copy) for case in cases]
        assert [(one.state, one.signature) for one in papers] == [("at_office", SIGNED)] * 2  # type: ignore[union-attr] # they are copies

    def test_as_many_as_the_limit(self, town: Town):
        """The oldest."""
        cases = ordered(town, 3, "kk-hilang")
        receipts = town.office.print_batch("kk", WAHYU, signature=SIGNED, limit=2)
        assert [one.records[0].id for one in receipts] == [case.copy for case in cases[:2]]
        assert town.state(cases[2].copy) == "ordered"

    def test_without_a_signature(self, town: Town):
        """It would be no document."""
        (case,) = ordered(town, 1, "kk-hilang")
        with town.refuses("form"):
            town.office.print_batch("kk", WAHYU)
        assert town.state(case.copy) == "ordered"

    def test_where_nothing_waits(self, town: Town):
        """Nothing is printed."""
        assert town.office.print_batch("kk", WAHYU, signature=SIGNED) == []

    def test_leaves_what_is_issued_digitally(self, town: Town):
        """It is nobody's to print."""
        case = town.verified("kk-hilang")
        town.siti.choose_delivery(case, product="kk", way="digital")
        assert town.office.print_batch("kk", WAHYU, signature=SIGNED) == []


class TestAnyBatch:
    """Whatever it is printed on."""

    def test_of_a_product_that_there_is_not(self, town: Town):
        """Those that there are are named."""
        with town.refuses("unknown_product") as refused:
            town.office.print_batch("sim", WAHYU)
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert fault.path == "product"
        assert {"ktp", "kk", "kia", "akta-lahir"} <= set(fault.accepted.split(", "))

    def test_by_somebody_else(self, town: Town):
        """Only the print operator prints."""
        (case,) = ordered(town, 1)
        with town.refuses("wrong_role"):
            town.office.print_batch("ktp", BUDI, blanks=["A-1"])
        assert town.state(case.copy) == "ordered"


def test_a_batch_that_makes_no_sense(town: Town):
    """Blanks are for what is printed on blanks, and a batch has one copy at least."""
    town.verified("kk-hilang")
    with town.refuses("no_blank"):
        town.office.print_batch("kk", WAHYU, blanks=["B-1"], signature="Endang Sulastri")
    for limit in (0, 10**30):
        with town.refuses("batch"):
            town.office.print_batch("kk", WAHYU, signature="Endang Sulastri", limit=limit)
    with town.refuses("batch"):
        town.office.print_batch("ktp", WAHYU, blanks="ABC")
