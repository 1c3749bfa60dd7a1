"""Bags that do not come as they should: late, written off too early, at the wrong door, opened."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from office_days import (
    AGUS,
    BUDI,
    DEWI,
    EKO,
    HADI,
    JENU,
    LESTARI,
    RINI,
    SITI,
    SOCOREJO,
    TUBAN,
    WAHYU,
    Case,
    Told,
    Town,
)

from adminduk import Actor


def in_jenu(town: Town) -> Case:
    """Print a document for a village of Jenu."""
    return town.printed("ktp-hilang", by=RINI, region=SOCOREJO)


def differences(town: Town, bag: str) -> dict[str, tuple[str, str | None]]:
    """Give what is different in a bag, and how it ended."""
    return {
        one.item: (one.kind.value, one.outcome and one.outcome.value)
        for one in town.bag(bag).differences
    }


def written_off(town: Town, *papers: str) -> str:
    """Write a bag off that never came."""
    bag = town.departed(*papers)
    town.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
    return bag


class TestAVanThatComesBack:
    """It broke down; the bags are with their sender again, and go with the next van."""

    def test_goes_out_again(self, town: Town):
        """Nothing is counted, nothing is missing, and the time begins anew."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        town.clock.wait(days=1)
        town.wahyu.come_back(bag, reason="Mobil mogok")
        assert (town.state(bag), town.holder(bag)) == ("sealed", str(WAHYU.posts[0]))
        town.clock.wait(days=6)
        town.agus.depart(bag)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        town.dewi.finish(bag)
        assert (town.state(case.copy), differences(town, bag)) == ("at_district", {})
        assert town.office.verify().faults == ()


class TestABagThatIsLate:
    """Departed, and not there in its time: everybody who has to do with it is asked."""

    def test_is_asked_after(self):
        """Who has it, who sent it, who waits for it, and the registry, each once."""
        told = Told()
        town = Town(notifier=told)
        bag = town.departed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.clock.wait(days=2)
        (receipt,) = town.office.tick()
        assert receipt.records[0].id == bag
        asked = told.since_last(town.office)
        assert all(bag in text and "2021-07-12" in text for _, text in asked)
        assert sorted(to for to, _ in asked) == sorted(
            str(one.posts[0]) for one in (AGUS, WAHYU, DEWI, BUDI)
        )
        assert town.office.tick() == []

    def test_is_asked_after_again(self, town: Town):
        """Each time that it should have been there, until it is."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        for times in (1, 2):
            town.clock.wait(days=2)
            town.office.tick()
            assert town.bag(bag).asked == times
        town.dewi.arrive(bag, seal_whole=True)
        assert town.bag(bag).asked == 0
        town.clock.wait(days=2)
        assert town.office.tick() == []

    def test_by_an_office_that_slept(self, town: Town):
        """Once, not for every time that was missed."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.clock.wait(days=9)
        assert len([one for one in town.office.tick() if one.records[0].id == bag]) == 1
        assert (town.bag(bag).asked, town.office.tick()) == (4, [])

    def test_written_off_it_is_told(self):
        """Who sent it, who waited for it, and who answers for it now."""
        told = Told()
        town = Town(notifier=told)
        bag = town.departed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
        heard = told.since_last(town.office)
        assert {to for to, _ in heard} == {str(one.posts[0]) for one in (AGUS, WAHYU, DEWI)}
        assert all(bag in text and str(AGUS.posts[0]) in text for _, text in heard)

    def test_in_the_time_of_the_office(self, town: Town):
        """Where islands are reached by boat, it is a week."""
        town.hadi.change_settings("office", bag_days=7)
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.clock.wait(days=6)
        assert town.office.tick() == []
        with town.refuses("not_due"):
            town.system.ask_after(bag)

    def test_is_past_its_time_in_the_inbox_of_who_waits(self, town: Town):
        """Sorted before what has time."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        task = next(one for one in town.office.inbox(DEWI).tasks if one.kind == "bag")
        assert (task.id, task.due) == (bag, "2021-07-14T01:00:00.000000Z")

    def test_sealed_it_waits_for_its_day(self, town: Town):
        """It should be gone when the courier's day is over."""
        case = town.printed("ktp-hilang")
        town.wahyu.plan("BAG-1", to="35.23.08", items=[case.copy], day=date(2021, 7, 20))
        town.wahyu.seal("BAG-1", count=1)
        assert town.bag("BAG-1").due == datetime(2021, 7, 20, 17, tzinfo=UTC)


class TestABagThatComesAfterItWasWrittenOff:
    """It is counted as if it had only been late."""

    def test_brings_everything_back(self, town: Town):
        """What was missing is found with it at once, and its owner is who answered for it."""
        papers = [town.printed("ktp-hilang").copy for _ in range(3)]
        bag = written_off(town, *papers)
        town.clock.wait(days=9)
        town.dewi.arrive(bag, seal_whole=True)
        assert {town.state(one) for one in papers} == {"bagged"}
        assert {town.paper(one).missed for one in papers} == {None}
        town.dewi.count(bag, arrived=papers)
        town.dewi.finish(bag)
        assert {town.state(one) for one in papers} == {"at_district"}
        assert differences(town, bag) == dict.fromkeys(papers, ("missing", "found"))
        assert {one.owner for one in town.bag(bag).differences} == {AGUS.posts[0]}
        town.office.tick()
        assert town.state(bag) == "closed"
        assert town.office.verify().faults == ()

    def test_with_some_of_it_gone_all_the_same(self, town: Town):
        """What is not in it is missing still; the difference is one."""
        there, gone = town.printed("ktp-hilang").copy, town.printed("ktp-hilang").copy
        bag = written_off(town, there, gone)
        town.dewi.arrive(bag, seal_whole=False)
        town.dewi.count(bag, arrived=[there])
        town.dewi.finish(bag)
        assert differences(town, bag) == {there: ("missing", "found"), gone: ("missing", None)}
        assert len(town.bag(bag).differences) == 2
        assert town.holder(gone) == str(AGUS.posts[0])

    def test_after_all_was_settled(self, town: Town):
        """Declared lost and replaced, the old copy comes home condemned; the new one goes on."""
        case = town.printed("ktp-hilang")
        bag = written_off(town, case.copy)
        town.budi.declare_lost(case.copy, reason="Terbakar", approved_by=HADI)
        town.budi.replace(case, product="ktp", reason="Terbakar", approved_by=HADI)
        town.budi.resolve(bag, item=case.copy, outcome="replaced", owner=AGUS.posts[0])
        town.print(case.copies(2))
        town.clock.wait(days=30)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        town.dewi.finish(bag)
        old = town.paper(case.copy)
        assert (old.state, old.condemned, old.heading.value) == ("at_district", True, "home")
        assert town.paper(case.copies(2)).alive  # type: ignore[union-attr] # it is a copy
        assert differences(town, bag) == {case.copy: ("missing", "replaced")}
        assert town.office.verify().faults == ()

    def test_declared_lost_and_not_replaced(self, town: Town):
        """The case waits for a new copy as before; the old one is paper again."""
        case = town.printed("ktp-hilang")
        bag = written_off(town, case.copy)
        town.budi.declare_lost(case.copy, reason="Terbakar", approved_by=HADI)
        town.dewi.arrive(bag, seal_whole=True)
        line = town.application(case).lines[0]
        assert (line.last.value, town.paper(case.copy).condemned) == ("dead", True)

    def test_with_an_original_that_was_declared_lost(self, town: Town):
        """It is its owner's, sound as it was; nobody has lost it any more."""
        item = town.case("ktp-hilang").original("surat-hilang")
        town.dewi.hand_in(item)
        bag = town.departed(item, to=TUBAN, by=DEWI)
        town.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
        town.budi.declare_lost(item, reason="Terbakar", approved_by=HADI)
        (lost,) = town.office.originals(HADI)
        assert (lost.answers, lost.damaged) == (str(AGUS.posts[0]), False)
        town.wahyu.arrive(bag, seal_whole=True)
        (held,) = town.office.originals(HADI)
        assert (held.answers, held.damaged) == (str(WAHYU.posts[0]), False)
        assert town.paper(item).answered is None

    def test_leaves_what_was_found_elsewhere(self, town: Town):
        """Somebody had it in hand already."""
        found, other = town.printed("ktp-hilang").copy, town.printed("ktp-hilang").copy
        bag = written_off(town, found, other)
        town.dewi.found(found)
        town.dewi.arrive(bag, seal_whole=True)
        assert (town.state(found), town.state(other)) == ("at_district", "bagged")

    def test_waits_for_the_registry_until_all_is_settled(self, town: Town):
        """Then for nobody; it is no end, for it may still turn up."""
        item = town.printed("ktp-hilang").copy
        bag = written_off(town, item)
        assert [one.id for one in town.office.inbox(BUDI).tasks] == [bag]
        town.budi.declare_lost(item, reason="Terbakar", approved_by=HADI)
        town.budi.resolve(bag, item=item, outcome="lost", owner=AGUS.posts[0])
        waiting = {one.id for one in town.office.inbox(BUDI).tasks}
        assert bag not in waiting
        town.office.tick()
        assert town.state(bag) == "written_off"

    def test_at_another_door(self, town: Town):
        """Only its receiver counts it."""
        bag = written_off(town, town.printed("ktp-hilang").copy)
        with town.refuses("wrong_area"):
            town.eko.arrive(bag, seal_whole=True)


class TestABagAtTheWrongDoor:
    """It was left at another district: it stays sealed, and somebody answers for it."""

    def test_is_taken_on(self, town: Town):
        """From hand to hand; in the end nothing is different."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        with town.refuses("wrong_area"):
            town.eko.arrive(bag, seal_whole=True)
        town.eko.stray(bag)
        assert (town.state(bag), town.holder(bag)) == ("astray", str(EKO.posts[0]))
        assert town.office.track(case.code).papers[0].answers == str(EKO.posts[0])
        assert bag in [one.id for one in town.office.inbox(AGUS).tasks]
        town.agus.depart(bag)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        town.dewi.finish(bag)
        assert differences(town, bag) == {}

    def test_two_that_were_swapped(self, town: Town):
        """Each lies where the other should; both are taken on."""
        kerek, jenu = town.printed("ktp-hilang"), in_jenu(town)
        one, other = town.departed(kerek.copy), town.departed(jenu.copy, to=JENU)
        town.eko.stray(one)
        town.dewi.stray(other)
        for bag in (one, other):
            town.agus.depart(bag)
        town.dewi.arrive(one, seal_whole=True)
        town.eko.arrive(other, seal_whole=True)
        town.dewi.count(one, arrived=[kerek.copy])
        town.eko.count(other, arrived=[jenu.copy])
        assert (town.holder(kerek.copy), town.holder(jenu.copy)) == (
            str(DEWI.posts[0]),
            str(EKO.posts[0]),
        )
        assert town.office.verify().faults == ()

    def test_is_fetched_by_its_receiver(self, town: Town):
        """Without waiting for the courier."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.eko.stray(bag)
        town.dewi.arrive(bag, seal_whole=True)
        assert town.holder(bag) == str(DEWI.posts[0])

    def test_comes_back_to_its_sender(self, town: Town):
        """And may be opened there."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.eko.stray(bag)
        with town.refuses("not_allowed_now"):
            town.wahyu.unseal(bag, reason="Salah alamat")
        town.wahyu.come_back(bag, reason="Salah alamat")
        town.wahyu.unseal(bag, reason="Salah alamat")

    def test_lost_there_its_holder_answers(self, town: Town):
        """Not the courier, who had left it."""
        item = town.printed("ktp-hilang").copy
        bag = town.departed(item)
        town.eko.stray(bag)
        town.budi.write_off(bag, reason="Kantor kebanjiran", approved_by=HADI)
        assert town.holder(item) == str(EKO.posts[0])

    def test_is_asked_after_there(self, town: Town):
        """It should have gone on."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.eko.stray(bag)
        town.clock.wait(days=2)
        town.office.tick()
        assert town.bag(bag).asked == 1

    @pytest.mark.parametrize("hand", [DEWI, WAHYU])
    def test_of_who_sent_it_or_is_to_have_it(self, town: Town, hand: Actor):
        """There it has arrived, or come back."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("not_astray") as refused:
            town.hand(hand).stray(bag)
        assert refused.value.facts["instead"] == ["come_back", "arrive"]

    @pytest.mark.parametrize("hand", [SITI, LESTARI, AGUS])
    def test_of_who_counts_no_bags(self, town: Town, hand: Actor):
        """Bags are left at districts and at the office."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.hand(hand).stray(bag)

    def test_on_its_way_home(self, town: Town):
        """A bag for the office, too, can be left at the next district."""
        item = town.case("ktp-hilang", by=DEWI).original("surat-hilang")
        bag = town.departed(item, to=TUBAN, by=DEWI)
        town.eko.stray(bag)
        town.agus.depart(bag)
        town.wahyu.arrive(bag, seal_whole=True)
        town.wahyu.count(bag, arrived=[item])
        assert town.holder(item) == str(WAHYU.posts[0])


class TestAPaperAtTheWrongDistrict:
    """No village collects it there."""

    def test_found_there_it_goes_home(self, town: Town):
        """Through the office to where it belongs."""
        case = town.at_district("ktp-hilang")
        town.dewi.report_missing(case.copy)
        town.eko.found(case.copy)
        paper = town.paper(case.copy)
        assert (paper.heading.value, paper.why) == ("home", "misrouted")
        with town.refuses("may_not_turn_out"):
            town.eko.turn_out(case.copy)
        town.run(case.copy, to=TUBAN, by=EKO)
        town.wahyu.turn_out(case.copy)
        town.run(case.copy)
        town.siti.collect(case.copy)

    def test_found_at_its_own_it_waits(self, town: Town):
        """As before it was missed."""
        case = town.at_district("ktp-hilang")
        town.dewi.report_missing(case.copy)
        town.dewi.found(case.copy)
        assert town.paper(case.copy).heading.value == "out"


def test_since_when_somebody_answers(town: Town):
    """From the moment at which it was handed on, as it was said to be."""
    case = town.at_village("ktp-hilang")
    assert town.paper(case.copy).since == town.clock.now
    town.clock.wait(days=3)
    town.siti.report_missing(case.copy)
    paper = town.paper(case.copy)
    assert (paper.since, paper.missed) == (town.clock.now.replace(day=12), town.clock.now)
    town.budi.declare_lost(case.copy, reason="Sudah dicari", approved_by=HADI)
    paper = town.paper(case.copy)
    assert (paper.since, paper.answered, paper.missed) == (None, SITI.posts[0], town.clock.now)
    town.siti.found(case.copy)
    paper = town.paper(case.copy)
    assert (paper.since, paper.answered, paper.missed) == (town.clock.now, None, None)
