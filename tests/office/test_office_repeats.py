"""The same command sent again has one effect and the first answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from attrs import evolve
from office_days import BUDI, DEWI, HADI, JOKO, LESTARI, MONDAY, SITI, Town, without_notes

from adminduk import Actor, Office, Role, commands
from adminduk.errors import StorageFailure

ONE = UUID("7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a")


class LosesReplies:
    """A storage that commits, and whose answer is lost on the way."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self.line_is_down = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)

    def commit(self, *batch: Any) -> int:
        """Write everything; say so only if the line is up."""
        seq = self._storage.commit(*batch)
        if self.line_is_down:
            raise StorageFailure(url="sqlite:", why="the line is down")
        return int(seq)


def sent_once(town: Town) -> tuple[commands.Submit, Any]:
    """Submit a case; give the order and its receipt."""
    order = evolve(town.order("ktp-hilang"), id=ONE)
    return order, town.office.do(order, by=SITI)


class TestTheSameAgain:
    """The same id, actor and content answer the first receipt."""

    def test_thrice(self, town: Town):
        """Nothing is written the second and the third time; each is told that it is a repeat."""
        order, first = sent_once(town)
        journal = town.office.journal()
        for _ in range(2):
            again = town.office.do(order, by=SITI)
            assert again == evolve(first, repeated=True)
        assert town.office.journal() == journal

    def test_without_a_code_of_its_own(self, town: Town):
        """The office gave the code; sent again, the same one is answered."""
        order, first = sent_once(town)
        assert order.application is None
        assert town.office.do(order, by=SITI).records == first.records

    def test_from_another_thread(self, town: Town):
        """Whoever waits for the answer gets it."""
        order, first = sent_once(town)
        with ThreadPoolExecutor(1) as pool:
            again = pool.submit(town.office.do, order, SITI).result()
        assert without_notes(again) == without_notes(first)

    @pytest.mark.parametrize("url", ["memory:", "sqlite"])
    def test_from_many_threads_at_once(self, tmp_path: Path, url: str):
        """One of them carries it out."""
        town = Town("memory:" if url == "memory:" else f"sqlite:///{tmp_path / 'office.db'}")
        order = evolve(town.order("ktp-hilang"), id=ONE)
        barrier = threading.Barrier(8)

        def send(_: int) -> Any:
            barrier.wait()
            return town.office.do(order, by=SITI)

        with ThreadPoolExecutor(8) as pool:
            receipts = list(pool.map(send, range(8)))
        assert sum(not receipt.repeated for receipt in receipts) == 1
        assert len({receipt.records for receipt in receipts}) == 1

    def test_after_a_lost_reply(self, town: Town):
        """The commit had happened; the answer comes with the second try."""
        shelf = town.office._execution.shelf
        lossy = LosesReplies(shelf.storage)
        object.__setattr__(shelf, "storage", lossy)
        order = evolve(town.order("ktp-hilang"), id=ONE)
        with pytest.raises(StorageFailure):
            town.office.do(order, by=SITI)
        lossy.line_is_down = False
        receipt = town.office.do(order, by=SITI)
        assert (receipt.repeated, receipt.records[0].state) == (True, "submitted")

    def test_after_the_case_went_on(self, town: Town):
        """It is looked up before the state: what was done in time stays done."""
        order, first = sent_once(town)
        code = first.records[0].id
        town.budi.reject(code, ground="Bukan penduduk", approved_by=HADI)
        assert town.office.do(order, by=SITI).records == first.records

    def test_after_the_actor_lost_the_role(self, town: Town):
        """It is looked up before the permission as well."""
        order, first = sent_once(town)
        moved = Actor("siti", Role.COURIER, "35.23")
        assert town.office.do(order, by=moved).records == first.records

    def test_after_its_version_is_past(self, town: Town):
        """The version that it expected was right when it took effect."""
        case = town.draft("ktp-hilang")
        order = commands.Submit(id=ONE, application=case.code, if_version=1)
        first = town.office.do(order, by=SITI)
        assert town.office.do(order, by=SITI) == evolve(first, repeated=True)

    def test_after_the_clock_was_set_back(self, town: Town):
        """Its own time would now lie in the future; it was not when it took effect."""
        order = evolve(town.order("ktp-hilang"), id=ONE, at=MONDAY)
        first = town.office.do(order, by=SITI)
        town.clock.wait(hours=-1)
        assert town.office.do(order, by=SITI).records == first.records

    def test_twice_in_one_transaction(self, town: Town):
        """The second is a repeat of the first."""
        order = evolve(town.order("ktp-hilang"), id=ONE)
        first, second = town.office.do_all([order, order], by=SITI)
        assert (first.repeated, second.repeated) == (False, True)
        assert first.records == second.records

    def test_with_new_ones_beside_it(self, town: Town):
        """What of a transaction was done before is answered, the rest is done."""
        order, _ = sent_once(town)
        other = town.order("kk-hilang")
        receipts = town.office.do_all([order, other], by=SITI)
        assert [receipt.repeated for receipt in receipts] == [True, False]

    def test_a_refusal_is_not_remembered(self, town: Town):
        """What was refused may be sent again with the same id when it can happen."""
        case = town.case("ktp-hilang", handed_in=False)
        take_in = commands.Waive(id=ONE, original=case.original("surat-hilang"), reason="Disimpan")
        with town.refuses("wrong_role"):
            town.office.do(take_in, by=SITI)
        assert not town.office.do(take_in, by=BUDI).repeated


@pytest.mark.parametrize(
    "change",
    [
        lambda order, by: (evolve(order, facts={"applicant_relation": "family"}), by),
        lambda order, by: (evolve(order, at=MONDAY - timedelta(hours=1)), by),
        lambda order, by: (evolve(order, if_version=0), by),
        lambda _, by: (commands.Withdraw(id=ONE, application="2222222222-2", reason="x"), by),
        lambda order, _: (order, DEWI),
    ],
    ids=["facts", "time", "version", "another command", "another actor"],
)
def test_an_id_used_for_something_else_is_refused(
    town: Town, change: Callable[[Any, Actor], tuple[commands.Command, Actor]]
):
    """Other content or another actor is another command: it needs an id of its own."""
    order, _ = sent_once(town)
    command, by = change(order, SITI)
    with town.refuses("command_reused") as refused:
        town.office.do(command, by=by)
    assert refused.value.facts == {"id": str(ONE)}


def test_reuse_is_noticed_before_permission(town: Town):
    """Somebody who may not do it at all is told of the id, too: it is looked up first."""
    order, _ = sent_once(town)
    with town.refuses("command_reused"):
        town.office.do(order, by=JOKO)


def test_reuse_within_a_transaction_undoes_it(town: Town):
    """Two different commands of one id in one transaction: neither happens."""
    one = evolve(town.order("ktp-hilang"), id=ONE)
    other = evolve(town.order("kk-hilang"), id=ONE)
    with town.refuses("command_reused"):
        town.office.do_all([one, other], by=SITI)


def test_the_id_tells_commands_apart_not_their_content(town: Town):
    """The same content with another id is another command, refused by what it would do."""
    people = town.family("ktp-hilang")
    order = town.order("ktp-hilang", people=people)
    town.office.do(evolve(order, id=uuid4()), by=SITI)
    with town.refuses("already_open"):
        town.office.do(evolve(order, id=uuid4()), by=SITI)


def test_ids_are_of_one_office(tmp_path: Path):
    """Two offices in one store may use the same id."""
    url = f"sqlite:///{tmp_path / 'both.db'}"
    tuban = Town(url)
    order = evolve(tuban.order("ktp-hilang", by=LESTARI), id=ONE)
    tuban.office.do(order, by=LESTARI)
    with Office.init(url, "35.22", clock=tuban.clock) as bojonegoro:
        desk = Actor("lestari", Role.FRONT_DESK, "35.22")
        there = evolve(order, region="35.22.01.2001")
        assert not bojonegoro.do(there, by=desk).repeated
