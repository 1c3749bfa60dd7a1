"""What the office holds of its applicants; its store, and what is destroyed of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from office_days import (
    DEWI,
    HADI,
    JENU,
    OWNER,
    RATNA,
    RINI,
    SITI,
    SOCOREJO,
    TUBAN,
    WITNESS,
    Town,
    shown,
)

from adminduk.office.custody import HeldOriginal
from adminduk.office.store import Pile
from adminduk.records.manifest import check_code

LETTER = "surat-hilang"


def held(town: Town, item: str) -> HeldOriginal | None:
    """Give what is said of an original to the head of office; None: it is not held."""
    return next((one for one in town.office.originals(HADI) if one.id == item), None)


class TestOriginals:
    """Nothing that was taken in is forgotten until it is back, filed or destroyed."""

    def test_from_hand_to_hand(self, town: Town):
        """Who answers for it is said at every step; in a bag that is the bag's holder."""
        case = town.at_village("ktp-hilang", handed_in=False)
        item = case.original(LETTER)
        assert held(town, item) is None
        town.siti.take_in(item)
        since = town.clock.now
        first = held(town, item)
        assert first is not None
        assert (first.answers, first.fate, first.since) == (str(SITI.posts[0]), "kept", since)
        town.siti.hand_over(case.copy, to=OWNER)
        town.dewi.hand_in(item)
        bag = town.departed(item, to=TUBAN, by=DEWI)
        moving = held(town, item)
        assert moving is not None
        assert (moving.answers, moving.bag, moving.since) == ("courier@35.23", bag, since)
        town.wahyu.arrive(bag, seal_whole=True)
        town.wahyu.count(bag, arrived=[item])
        town.wahyu.file(item)
        assert held(town, item) is None

    def test_that_is_late(self, town: Town):
        """After the end of its case it should be back within the office's term."""
        case = town.case("ktp-hilang")
        item = case.original(LETTER)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        town.clock.wait(days=14)
        on_time = held(town, item)
        assert on_time is not None
        assert (on_time.late, on_time.due) == (False, town.clock.now)
        town.clock.wait(seconds=1)
        late = held(town, item)
        assert late is not None
        assert late.late
        town.siti.hand_over(item, to=OWNER)
        assert held(town, item) is None

    def test_the_term_is_the_offices(self):
        """It is practice, and no law."""
        town = Town(settings={"return_days": 3})
        case = town.case("ktp-hilang")
        town.siti.withdraw(case, reason="Ketemu", authorisation=shown("f-1-07"))
        assert town.paper(case.original(LETTER)).due == town.clock.now + timedelta(days=3)

    def test_that_is_lost(self, town: Town):
        """Whoever lost it answers for it still."""
        case = town.case("ktp-hilang")
        item = case.original(LETTER)
        town.siti.report_missing(item)
        town.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        lost = held(town, item)
        assert lost is not None
        assert (lost.state, lost.answers) == ("lost", str(SITI.posts[0]))

    def test_each_sees_their_own(self, town: Town):
        """A village its own, a district that of its villages, the office all."""
        here = town.case("ktp-hilang").original(LETTER)
        there = town.case("ktp-hilang", by=RINI, region=SOCOREJO).original(LETTER)

        def seen(by: object) -> set[str]:
            return {one.id for one in town.office.originals(by)}  # type: ignore[arg-type] # an actor

        assert seen(SITI) == seen(DEWI) == {here}
        assert seen(RINI) == {there}
        assert seen(RATNA) == {here, there}

    def test_what_is_in_ones_hands_though_it_belongs_elsewhere(self, town: Town):
        """It was found there, and who found it answers for it."""
        item = town.case("ktp-hilang").original(LETTER)
        town.siti.report_missing(item)
        town.eko.found(item)
        assert [one.id for one in town.office.originals(town.eko.actor)] == [item]
        assert JENU in held(town, item).answers  # type: ignore[union-attr] # it is held

    def test_of_a_case(self, town: Town):
        """For its receipt: what is expected or back is not on it."""
        case = town.case("ktp-rusak", "ktp-hilang", handed_in=False)
        town.siti.take_in(case.original(LETTER))
        assert [one.what for one in town.office.originals_of(case.code)] == [LETTER]


class TestTheStore:
    """What came home is filed, or made void and destroyed."""

    def test_is_cleared_of_what_is_over(self, town: Town):
        """And of nothing else."""
        letter = town.delivered("ktp-hilang", home=LETTER)
        card = town.delivered("ktp-rusak", home="ktp-rusak")
        spoiled, good = town.printed("ktp-hilang").copy, town.printed("ktp-hilang").copy
        town.wahyu.condemn(spoiled, reason="Buram", damaged=True)
        open_case = town.case("ktp-rusak")
        early = open_case.original("ktp-rusak")
        town.dewi.hand_in(early)
        town.home(early)
        done = town.office.clear_store(town.wahyu.actor)
        assert {one.records[0].id for one in done} == {letter, card, spoiled}
        states = [town.state(item) for item in (letter, card, spoiled, good, early)]
        assert states == ["filed", "void", "void", "at_office", "at_office"]
        assert town.office.clear_store(town.wahyu.actor) == []

    def test_what_is_unclaimed_waits_for_its_term(self, town: Town):
        """Then it is over, too."""
        case = town.at_counter("ktp-hilang")
        town.lestari.turn_home(case.copy)
        assert town.office.clear_store(town.wahyu.actor) == []
        town.clock.wait(days=60)
        assert [one.records[0].id for one in town.office.clear_store(town.wahyu.actor)] == [
            case.copy
        ]

    def test_many_at_once(self, town: Town, monkeypatch: pytest.MonkeyPatch):
        """Cases are looked up some at a time."""
        monkeypatch.setattr("adminduk.office.store._AT_ONCE", 2)
        cards = {town.delivered("ktp-rusak", home="ktp-rusak") for _ in range(5)}
        done = town.office.clear_store(town.wahyu.actor)
        assert {one.records[0].id for one in done} == cards
        assert {one.id for one in town.office.void_papers()} == cards
        town.office.destroy_void("BA-1", town.wahyu.actor, witnesses=[WITNESS], approved_by=HADI)
        assert town.office.minutes_sheet("BA-1").piles == (Pile("original", "ktp-rusak", 5),)

    def test_by_another(self, town: Town):
        """The store is the print operator's."""
        town.delivered("ktp-hilang", home=LETTER)
        with town.refuses("wrong_role"):
            town.office.clear_store(town.lestari.actor)

    def test_all_that_is_void_is_destroyed_at_once(self, town: Town):
        """Its minutes count it by its sort, and have the check code of such a bag."""
        card = town.delivered("ktp-rusak", home="ktp-rusak")
        spoiled = town.printed("ktp-hilang").copy
        town.wahyu.condemn(spoiled, reason="Buram", damaged=True)
        town.office.clear_store(town.wahyu.actor)
        check = check_code([card, spoiled])
        town.office.destroy_void(
            "470/1/BA/2021",
            town.wahyu.actor,
            witnesses=[WITNESS],
            approved_by=HADI,
            reason="Rusak",
        )
        sheet = town.office.minutes_sheet("470/1/ba/2021")
        assert sheet.piles == (Pile("copy", "ktp", 1), Pile("original", "ktp-rusak", 1))
        assert (sheet.check, sheet.day) == (check, town.clock.now.date())
        assert sheet.minutes.reason == "Rusak"
        with town.refuses("missing", at="papers"):
            town.office.destroy_void(
                "470/2/BA/2021", town.wahyu.actor, witnesses=[WITNESS], approved_by=HADI
            )

    def test_minutes_that_there_are_not(self, town: Town):
        """A number that nobody has given."""
        with town.refuses("not_found"):
            town.office.minutes_sheet("BA-7")
