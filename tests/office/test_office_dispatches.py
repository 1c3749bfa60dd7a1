"""What was sent out keeps its number for good, and what a bag held is known for good."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_days import DEWI, JENU, KEREK, RINI, SOCOREJO, TUBAN, Town

from adminduk.records.manifest import check_code

YEAR = (date(2021, 1, 1), date(2021, 12, 31))
STEPS = ("send", "send both", "come back", "next month", "next year")


def numbered(town: Town, first: date, last: date) -> list[tuple[int, str, str]]:
    """Give number, bag and paper of what was sent out."""
    return [(one.number, one.bag.id, one.paper.id) for one in town.office.dispatches(first, last)]


def test_each_paper_of_a_bag_has_a_line(town: Town):
    """With the days on which it was printed and sent, and where it goes."""
    cases = [town.printed("ktp-hilang") for _ in range(2)]
    town.clock.wait(days=2)
    bag = town.departed(*(case.copy for case in cases))
    first, second = town.office.dispatches(*YEAR)
    assert (first.number, second.number) == (1, 2)
    assert {first.paper.id, second.paper.id} == {case.copy for case in cases}
    assert (first.made, first.sent.date()) == (date(2021, 7, 12), date(2021, 7, 14))
    assert (first.bag.id, str(first.bag.receiver)) == (bag, f"district_operator@{KEREK}")


def test_what_did_not_leave_has_none(town: Town):
    """Nor has what goes home to the office."""
    town.sealed(town.printed("ktp-hilang").copy)
    home = town.at_district("ktp-hilang")
    town.dewi.turn_home(home.copy)
    before = numbered(town, *YEAR)
    town.departed(home.copy, to=TUBAN, by=DEWI)
    assert numbered(town, *YEAR) == before
    assert len(before) == 1


def test_a_bag_that_came_back_is_entered_again(town: Town):
    """Its first lines stay where they are, and say so."""
    bag = town.departed(town.printed("ktp-hilang").copy)
    town.wahyu.come_back(bag, reason="the van broke down")
    town.agus.depart(bag)
    assert [one.came_back for one in town.office.dispatches(*YEAR)] == [True, False]


def test_a_bag_that_is_taken_on_from_the_wrong_place_is_not(town: Town):
    """It did not leave the office twice; only once it came back it does."""
    bag = town.departed(town.printed("ktp-hilang").copy)
    town.eko.stray(bag)
    town.agus.depart(bag)
    assert [one.number for one in town.office.dispatches(*YEAR)] == [1]
    town.eko.stray(bag)
    town.wahyu.come_back(bag, reason="the van broke down")
    town.agus.depart(bag)
    told = [(one.number, one.came_back) for one in town.office.dispatches(*YEAR)]
    assert told == [(1, True), (2, False)]


def test_what_is_in_a_bag_is_known_for_good(town: Town):
    """Also of what was opened and sealed anew: it is what was sealed last."""
    papers = [town.printed("ktp-hilang").copy for _ in range(3)]
    bag = town.sealed(*papers)
    town.wahyu.unseal(bag, reason="one is fetched at the counter")
    town.wahyu.plan(bag, to=KEREK, items=papers[:2])
    town.wahyu.seal(bag, count=2)
    sealed = town.office.manifest(bag)
    town.agus.depart(bag)
    town.dewi.arrive(bag, seal_whole=True)
    town.dewi.count(bag, arrived=papers[:1])
    town.dewi.finish(bag)
    counted = town.office.manifest(bag)
    assert [one.id for one in counted.lines] == sorted(papers[:2])
    assert (counted.check, counted.state) == (sealed.check, "counted")
    assert counted.check == check_code(papers[:2])


@given(st.lists(st.sampled_from(STEPS), max_size=9))
def test_a_number_once_given_is_never_given_otherwise(steps: list[str]):
    """Lines of a year count from one, without gaps, whatever is sent out later."""
    town = Town()
    entered: list[tuple[int, str, str]] = []
    bag = ""
    for step in steps:
        if step.startswith("send"):
            papers = [town.printed("ktp-hilang").copy for _ in range(2)]
            bag = town.departed(*papers)
            if step == "send both":
                town.departed(town.printed("kk-hilang", region=SOCOREJO, by=RINI).copy, to=JENU)
        elif step == "come back" and bag:
            town.wahyu.come_back(bag, reason="the van broke down")
            town.agus.depart(bag)
        else:
            town.clock.wait(days={"next month": 31, "next year": 365}.get(step, 0))
        now = numbered(town, *YEAR)
        assert now[: len(entered)] == entered
        assert [number for number, _, _ in now] == list(range(1, len(now) + 1))
        later = numbered(town, date(2022, 1, 1), date(2022, 12, 31))
        assert [number for number, _, _ in later] == list(range(1, len(later) + 1))
        entered = now


def test_the_months_of_a_year_are_the_year(town: Town):
    """Asked for in parts, each line has the number that it has in the whole."""
    for _ in range(4):
        town.departed(town.printed("ktp-hilang").copy)
        town.clock.wait(days=20)
    halves = [(YEAR[0], date(2021, 7, 31)), (date(2021, 8, 1), YEAR[1])]
    parts = [line for half in halves for line in numbered(town, *half)]
    assert parts == numbered(town, *YEAR)
    assert len(parts) == 4
    assert numbered(town, *halves[0])


@pytest.mark.parametrize("by", ["dewi", "siti", "lestari"])
def test_what_lies_at_a_post_to_be_given_out(town: Town, by: str):
    """What it holds on its way out; what goes home, or is held by another, is not given out."""
    there = {"dewi": town.at_district, "siti": town.at_village, "lestari": town.at_counter}[by]
    kept, home = there("ktp-hilang"), there("ktp-hilang")
    town.hand(getattr(town, by).actor).turn_home(home.copy)
    found = town.office.to_hand_over(getattr(town, by).actor)
    assert [one.id for one in found] == [kept.copy]
    assert town.office.to_hand_over(town.joko.actor) == []
