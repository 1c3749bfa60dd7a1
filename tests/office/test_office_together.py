"""Several at once: versions, claims, transactions, threads and processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from attrs import evolve
from office_days import BUDI, HADI, OWNER, RATNA, SITI, WAHYU, Case, Town

from adminduk import AdmindukError, Office, commands
from adminduk.errors import Conflict, IdTaken, Refused
from adminduk.records import Actor, Notice, Post, Role

HERE = Path(__file__).parent


@pytest.fixture
def file_town(tmp_path: Path) -> Iterator[Town]:
    """Give an office in a SQLite file, with ids that threads may draw at once."""
    town = Town(f"sqlite:///{tmp_path / 'office.db'}", ids=uuid4)
    yield town
    town.office.close()


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run work in threads that start together; give what each gave."""
    barrier = threading.Barrier(count)

    def start(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


class Interrupted:
    """A storage in which somebody else is faster, once or always."""

    def __init__(
        self,
        town: Town,
        meanwhile: Callable[[], object],
        times: int = 1,
        between: str = "commit",
    ) -> None:
        self._storage = town.office._execution.shelf.storage
        self._meanwhile = meanwhile
        self._between = between
        self.times = times
        self.commits = 0
        object.__setattr__(town.office._execution.shelf, "storage", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)

    def commit(self, *batch: Any) -> int:
        """Commit, after the others."""
        self.commits += 1
        self._let_others("commit")
        return int(self._storage.commit(*batch))

    def load(self, *refs: Any, **more: Any) -> Any:
        """Load, before the others."""
        found = self._storage.load(*refs, **more)
        self._let_others("load")
        return found

    def _let_others(self, where: str) -> None:
        if self.times and where == self._between:
            self.times -= 1
            self._meanwhile()


def behind(town: Town) -> Office:
    """Give another office on the same storage, whose work is not interrupted."""
    office = town.office
    return Office(office.storage, office.region, keyring=office._keyring, clock=town.clock)


class TestVersions:
    """What somebody else changed meanwhile is noticed."""

    def test_an_expected_version(self, town: Town):
        """With the version that it is, the command takes effect."""
        case = town.case("ktp-hilang")
        town.budi.verify(case, accepted=town.items(case), if_version=1)
        assert town.application(case).version == 2

    @pytest.mark.parametrize("seen", [0, 1, 3])
    def test_a_version_that_is_not_now(self, town: Town, seen: int):
        """A past version and one that is not yet are both conflicts; which it is is said."""
        case = town.draft("ktp-hilang")
        town.siti.submit(case)
        with town.refuses("conflict") as refused:
            town.budi.reject(case, ground="Bukan", approved_by=HADI, if_version=seen)
        assert refused.value.facts == {"ids": [case.code], "version": 2, "if_version": seen}

    def test_the_version_is_compared_last(self, town: Town):
        """Who may not do it at all is told that, not that it was changed."""
        case = town.case("ktp-hilang")
        with town.refuses("wrong_role"):
            town.siti.reject(case, ground="Bukan", approved_by=HADI, if_version=7)

    def test_a_new_record_is_version_nought(self, town: Town):
        """Who begins one may say that there is none."""
        order = town.order("ktp-hilang", if_version=0)
        assert town.office.do(order, by=SITI).records[0].version == 1

    def test_without_a_version_it_is_tried_again(self, town: Town):
        """Decided anew on what is there now."""
        case = town.verified("ktp-hilang")
        other = behind(town)
        letter = commands.Letter("1", town.clock.now.date())
        choose = commands.ChooseDelivery(
            application=case.code, product="ktp", way="counter", letter=letter
        )
        storage = Interrupted(town, lambda: other.do(choose, by=SITI), times=1)
        town.wahyu.print(case.copy, blank="A1")
        assert storage.commits == 2
        copy = town.paper(case.copy)
        assert (copy.state, copy.way) == ("at_office", "counter")  # type: ignore[union-attr] # it is a copy

    def test_with_a_version_it_is_not_tried_again(self, town: Town):
        """Who named a version decides anew themselves."""
        case = town.verified("ktp-hilang")
        other = behind(town)
        give_up = commands.GiveUp(application=case.code, product="ktp", reason="Pindah")
        storage = Interrupted(town, lambda: other.do(give_up, by=BUDI))
        with pytest.raises(Conflict) as raised:
            town.wahyu.print(case.copy, blank="A1", if_version=1)
        assert storage.commits == 1
        assert case.copy in raised.value.facts["ids"]

    def test_tried_again_it_may_be_refused(self, town: Town):
        """What the other did may make it impossible; nothing of it is left."""
        case = town.verified("ktp-hilang")
        other = behind(town)
        give_up = commands.GiveUp(application=case.code, product="ktp", reason="Pindah")
        Interrupted(town, lambda: other.do(give_up, by=BUDI))
        with pytest.raises(Refused) as raised:
            town.wahyu.print(case.copy, blank="A1")
        assert raised.value.code == "not_allowed_now"
        assert town.office.verify().clean

    def test_a_refusal_rests_on_one_moment(self, town: Town):
        """While the plan is read, another one takes its place: not the old one is sealed over."""
        urgent, other = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        name = town.planned(urgent.copy)
        elsewhere = behind(town)

        def another_plan() -> None:
            plan = commands.Plan(bag=name, to="35.23.08", items=(other.copy,))
            elsewhere.do(plan, by=WAHYU)
            elsewhere.do(commands.ReportMissing(item=urgent.copy), by=WAHYU)

        storage = Interrupted(town, another_plan, times=1, between="load")
        town.wahyu.seal(name, count=1)
        assert storage.times == 0
        assert (town.state(urgent.copy), town.state(other.copy)) == ("missing", "bagged")

    def test_what_there_was_not_is_not_there_later_in_the_same_commit(self, town: Town):
        """A record that somebody else begins meanwhile is neither lost nor written over."""
        case = town.case("ktp-hilang")
        other = behind(town)
        both = Actor(HADI.id, HADI.role, HADI.region, (Post(Role.FRONT_DESK, HADI.region),))

        def announce(reason: str) -> commands.Announce:
            return commands.Announce(
                notice="N", acts=("collect",), channels=("online",), reason=reason
            )

        Interrupted(town, lambda: other.do(announce("theirs"), by=HADI), between="load")
        submit = commands.Submit(application=case.code)
        with pytest.raises(IdTaken):
            town.office.do_all([announce("ours"), submit], by=both)
        notice = town.office.record("notice", "N")
        assert isinstance(notice, Notice)
        assert (notice.reason, notice.version) == ("theirs", 1)
        assert town.office.verify().faults == ()

    def test_settings_that_come_meanwhile_hold(self, town: Town):
        """Also where there were none before."""
        case = town.case("ktp-hilang")
        other = behind(town)
        change = commands.ChangeSettings(take_minutes=5)
        Interrupted(town, lambda: other.do(change, by=HADI), between="load")
        town.budi.take(case)
        taken = town.application(case).taken
        assert taken is not None
        assert taken.until - town.clock.now < timedelta(minutes=6)

    def test_never_left_alone_it_gives_up(self, town: Town):
        """After a hundred tries it is a conflict."""
        case = town.verified("akta-lahir")
        other = behind(town)
        choose = [
            commands.ChooseDelivery(application=case.code, product="akta-lahir", way=way)
            for way in ("digital", "courier")
        ]
        turns = iter(range(1000))
        storage = Interrupted(town, lambda: other.do(choose[next(turns) % 2], by=SITI), times=1000)
        with pytest.raises(Conflict):
            town.budi.give_up(case, product="akta-lahir", reason="Pindah")
        assert storage.commits == 100

    def test_one_of_sixteen_wins(self, file_town: Town):
        """All have seen the same version; one is right, the others are told."""
        case = file_town.case("ktp-hilang")

        def reject(number: int) -> str:
            try:
                file_town.hand(BUDI if number % 2 else RATNA).reject(
                    case, ground=f"Alasan {number}", approved_by=HADI, if_version=1
                )
            except AdmindukError as error:
                return error.code
            return "won"

        answers = Counter(at_once(16, reject))
        assert answers["won"] == 1
        assert set(answers) <= {"won", "conflict", "not_allowed_now"}
        assert file_town.office.verify().clean


class TestAllOrNothing:
    """Several commands in one transaction."""

    def test_all_of_them(self, town: Town):
        """They follow one another, and see what those before them did."""
        case = town.verified("ktp-hilang")
        name = "BAG-1"
        orders = [
            commands.Print(copy=case.copy, blank="A1"),
            commands.Plan(bag=name, to="35.23.08", items=(case.copy,)),
            commands.Seal(bag=name, count=1),
        ]
        receipts = town.office.do_all(orders, by=WAHYU)
        assert [receipt.records[0].state for receipt in receipts] == [
            "at_office",
            "planned",
            "sealed",
        ]
        entries = town.office.journal(case.copy)
        assert [change.version for change in entries] == [1, 2, 3]
        assert town.office.verify().clean

    def test_none_of_them(self, town: Town):
        """The third is refused: the first two did not happen either."""
        case = town.verified("ktp-hilang")
        orders = [
            commands.Print(copy=case.copy, blank="A1"),
            commands.Plan(bag="BAG-1", to="35.23.08", items=(case.copy,)),
            commands.Seal(bag="BAG-1", count=2),
        ]
        with town.refuses("count_differs"):
            town.office.do_all(orders, by=WAHYU)
        assert town.state(case.copy) == "ordered"
        with town.refuses("not_found"):
            town.bag("BAG-1")

    def test_a_draft_and_its_submission(self, town: Town):
        """A case may begin and go on in one transaction."""
        order = town.order("ktp-hilang", application="2222222222-2")
        said = ("application", "region", "services", "applicant", "people", "facts", "evidence")
        draft = commands.Draft(**{name: getattr(order, name) for name in said})
        submit = commands.Submit(application="2222222222-2")
        town.office.do_all([draft, submit], by=SITI)
        assert town.state(Case("2222222222-2")) == "submitted"

    def test_what_one_lets_go_another_may_take(self, town: Town):
        """One case is withdrawn and another of the same person begun, in one transaction."""
        people = town.family("ktp-hilang")
        first = town.case("ktp-hilang", people=people)
        order = town.order("ktp-hilang", people=people)
        form = order.evidence["f-1-02"]
        withdraw = commands.Withdraw(application=first.code, reason="Salah", authorisation=form)
        town.office.do_all([withdraw, order], by=SITI)
        assert town.office.verify().clean

    def test_two_of_the_same_person(self, town: Town):
        """They stand in each other's way also within one transaction."""
        people = town.family("ktp-hilang")
        orders = [town.order("ktp-hilang", people=people) for _ in range(2)]
        with town.refuses("already_open"):
            town.office.do_all(orders, by=SITI)

    def test_nothing_at_all(self, town: Town):
        """No command, no receipt."""
        assert town.office.do_all([], by=SITI) == []


class TestClaims:
    """What only one may hold is held by one, however many come at once."""

    def test_one_open_case_of_a_person(self, file_town: Town):
        """Of sixteen that submit at once one wins; each other is told the code of that one."""
        people = file_town.family("ktp-hilang")
        orders = [file_town.order("ktp-hilang", people=people) for _ in range(16)]

        def submit(number: int) -> tuple[str, str]:
            try:
                receipt = file_town.office.do(orders[number], by=SITI)
            except Refused as refused:
                return refused.code, refused.facts["application"]
            return "won", receipt.records[0].id

        answers = at_once(16, submit)
        codes = {code for _, code in answers}
        assert Counter(word for word, _ in answers) == {"won": 1, "already_open": 15}
        assert len(codes) == 1
        assert file_town.office.verify().clean

    def test_a_blank_is_used_once(self, file_town: Town):
        """Two presses, one blank in both hands: one is told to scan again."""
        cases = [file_town.verified("ktp-hilang") for _ in range(8)]

        def print_on_it(number: int) -> str:
            try:
                file_town.wahyu.print(cases[number].copy, blank="A1")
            except Refused as refused:
                return refused.code
            return "won"

        assert Counter(at_once(8, print_on_it)) == {"won": 1, "blank_used": 7}

    def test_of_a_child_told_in_two_ways(self, town: Town):
        """A birth is told by mother, day, name and order: typed in other letters it is the same."""
        people = town.family("akta-lahir")
        town.case("akta-lahir", people=people)
        child = evolve(people["child"], name="BINTANG  pertiwi")
        with town.refuses("already_open"):
            town.case("akta-lahir", people={**people, "child": child})
        twin = evolve(people["child"], birth_order=2)
        town.case("akta-lahir", people={**people, "child": twin})

    def test_a_kia_with_the_birth_and_alone(self, town: Town):
        """Asked for with the birth by the mother, and alone by the NIK: told her, it is seen."""
        people = town.family("akta-lahir", "kia-baru-0-5")
        first = town.case("akta-lahir", "kia-baru-0-5", people=people)
        mother, child = people["mother"], people["child"]
        nik = town.family("ktp-hilang")["holder"].nik
        known = {"mother": mother, "child": evolve(child, nik=nik)}
        with town.refuses("already_open") as refused:
            town.case("kia-baru-0-5", people=known)
        assert refused.value.facts["application"] == first.code
        # Of a child whose mother nobody can name any more it is given all the same.
        town.case("kia-baru-0-5", people={"child": known["child"]})

    def test_one_bag_of_a_name(self, file_town: Town):
        """Four plan a bag of one name: they plan the same bag, one after the other."""

        def plan(_: int) -> int:
            return file_town.wahyu.plan("BAG-1", to="35.23.08").records[0].version

        assert sorted(at_once(4, plan)) == [1, 2, 3, 4]


COUNTING = """
import sys
from uuid import uuid4
from office_days import SITI, Town, BUDI
from adminduk import AdmindukError
town = Town(sys.argv[1], ids=uuid4)
won = 0
for number in range(10):
    try:
        case = town.case("ktp-hilang")
        won += 1
    except AdmindukError as error:
        assert error.code == "already_open", error
        case = None
    if case is not None:
        town.verify(case)
        town.wahyu.print(case.copy, blank=str(number))
print(won)
"""


def test_several_processes_share_a_file(tmp_path: Path):
    """Three of them submit the same ten families; each family has one case, printed once."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTING, url],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)])},
        )
        for _ in range(3)
    ]
    answers = [child.communicate(timeout=60)[0] for child in children]
    assert sum(map(int, answers)) == 10
    with Office.open(url) as office:
        report = office.verify()
        assert report.clean
        found = [change.id for change in office.journal(limit=10_000) if change.do == "print"]
        assert len(found) == len(set(found)) == 10


def test_readers_and_a_writer(file_town: Town):
    """While one hands over, others follow the case: they see it before or after, never between."""
    case = file_town.at_village("ktp-hilang")
    seen = []

    def work(number: int) -> None:
        if number == 0:
            file_town.siti.hand_over(case.copy, to=OWNER)
        for _ in range(5):
            tracked = file_town.office.track(case.code)
            seen.append((tracked.state, tracked.standing.word.value))

    at_once(6, work)
    assert set(seen) <= {("verified", "Siap Diambil"), ("completed", "Sudah Diambil")}
