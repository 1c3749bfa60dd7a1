"""Bags, row by row: planned, sealed, on the road, counted; every difference gets an owner."""

from __future__ import annotations

import pytest
from office_days import (
    AGUS,
    DEWI,
    EKO,
    HADI,
    JENU,
    KEREK,
    LESTARI,
    OWNER,
    RINI,
    SITI,
    SOCOREJO,
    TUBAN,
    WAHYU,
    Town,
    also,
)

from adminduk import Actor, Role
from adminduk.records import Difference, DifferenceKind, DifferenceOutcome
from adminduk.records.manifest import check_code


def differences(town: Town, bag: str) -> list[tuple[str, str, str]]:
    """Give what is different in a bag: which paper, how, who answers for it."""
    return [(one.item, one.kind.value, str(one.answerable)) for one in town.bag(bag).differences]


class TestPlan:
    """New or planned: what is to go in, and where to."""

    def test_out_to_a_district(self, town: Town):
        """Its sender keeps it until the courier comes."""
        case = town.printed("ktp-hilang")
        name = town.planned(case.copy)
        bag = town.bag(name)
        assert (bag.state, bag.plan, bag.sender, bag.receiver) == (
            "planned",
            (case.copy,),
            WAHYU.posts[0],
            DEWI.posts[0],
        )
        assert town.holder(name) == "print_operator@35.23"

    def test_with_the_trip(self, town: Town):
        """Where the courier drives more than once a day."""
        town.wahyu.plan("BAG-7", to=KEREK, trip="T-2")
        assert town.bag("BAG-7").trip == "T-2"

    def test_home_from_a_district(self, town: Town):
        """Originals and what was not delivered go home."""
        case = town.case("ktp-hilang", by=DEWI)
        bag = town.bag(town.planned(case.original("surat-hilang"), to=TUBAN, by=DEWI))
        assert (bag.goes_out, bag.sender, bag.receiver) == (False, DEWI.posts[0], WAHYU.posts[0])

    def test_again(self, town: Town):
        """Planned again, the new list holds."""
        one, other = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        name = town.planned(one.copy)
        town.wahyu.plan(name, to=KEREK, items=[other.copy])
        assert town.bag(name).plan == (other.copy,)

    def test_again_for_another_place(self, town: Town):
        """A bag keeps where it goes to."""
        name = town.planned()
        with town.refuses("destination", at="with.to"):
            town.wahyu.plan(name, to=JENU)

    @pytest.mark.parametrize(
        ("bring", "to"),
        [
            (Town.verified, KEREK),
            (Town.printed, JENU),
            (Town.at_district, KEREK),
            (Town.at_counter, KEREK),
        ],
    )
    def test_of_what_is_not_ready(self, town: Town, bring: object, to: str):
        """Not printed, bound elsewhere, gone already, to be fetched: each is named."""
        case = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        with town.refuses("not_ready") as refused:
            town.planned(case.copy, to=to)
        assert refused.value.facts["missing"] == [case.copy]

    def test_home_of_what_goes_out(self, town: Town):
        """It must turn home first."""
        case = town.at_district("ktp-hilang")
        with town.refuses("not_ready"):
            town.planned(case.copy, to=TUBAN, by=DEWI)

    def test_of_what_has_come_home(self, town: Town):
        """It was not claimed; it must be sent out again first."""
        case = town.at_district("ktp-hilang")
        town.dewi.turn_home(case.copy)
        town.home(case.copy)
        with town.refuses("not_ready"):
            town.planned(case.copy)

    def test_of_what_is_with_somebody_else(self, town: Town):
        """What Eko sends home Dewi does not pack."""
        case = town.printed("ktp-hilang", by=RINI, region=SOCOREJO)
        town.run(case.copy, to=JENU)
        town.eko.turn_home(case.copy)
        with town.refuses("not_ready"):
            town.planned(case.copy, to=TUBAN, by=DEWI)

    def test_of_what_is_missing(self, town: Town):
        """Who cannot find it answers for it, and has nothing to pack."""
        out, home = town.printed("ktp-hilang").copy, town.at_district("ktp-hilang").copy
        town.wahyu.report_missing(out)
        with town.refuses("not_ready"):
            town.planned(out)
        town.dewi.turn_home(home)
        town.dewi.report_missing(home)
        with town.refuses("not_ready"):
            town.planned(home, to=TUBAN, by=DEWI)

    def test_of_a_paper_that_there_is_not(self, town: Town):
        """Which one it is is said."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_found") as refused:
            town.planned(case.copies(7))
        assert refused.value.facts == {"kind": "copy", "id": case.copies(7)}

    @pytest.mark.parametrize("to", ["35.23.99", "35.23.08.2999"])
    def test_to_a_place_that_does_not_exist(self, town: Town, to: str):
        """There is no such district."""
        with town.refuses("not_found") as refused:
            town.planned(to=to)
        assert refused.value.facts == {"kind": "region", "id": to}

    @pytest.mark.parametrize(
        ("to", "by"),
        [
            (SITI.region.full(), WAHYU),
            (TUBAN, WAHYU),
            (TUBAN, also(LESTARI, (Role.PRINT_OPERATOR, TUBAN))),
            ("35", DEWI),
            (KEREK, DEWI),
        ],
    )
    def test_to_where_no_bag_goes(self, town: Town, to: str, by: Actor):
        """Bags go between the office and its districts."""
        with town.refuses("destination", at="with.to"):
            town.planned(to=to, by=by)

    def test_to_another_district(self, town: Town):
        """From district to district no bag goes."""
        with town.refuses("wrong_area"):
            town.planned(to=JENU, by=DEWI)

    @pytest.mark.parametrize(
        "both",
        [also(WAHYU, (Role.DISTRICT_OPERATOR, KEREK)), also(DEWI, (Role.PRINT_OPERATOR, TUBAN))],
        ids=lambda one: one.id,
    )
    def test_by_who_packs_at_both_ends(self, town: Town, both: Actor):
        """A bag is sent by the post it goes out from, whichever of them comes first."""
        assert town.bag(town.planned(to=KEREK, by=both)).sender == WAHYU.posts[0]
        assert town.bag(town.planned(to=TUBAN, by=both)).sender == DEWI.posts[0]

    def test_by_another_post(self, town: Town):
        """What Dewi plans Eko leaves alone."""
        name = town.planned(to=TUBAN, by=DEWI)
        with town.refuses("wrong_area"):
            town.eko.plan(name, to=TUBAN)

    def test_of_a_paper_named_twice(self, town: Town):
        """A tracking code may be written in several ways; it is one paper."""
        case = town.printed("ktp-hilang")
        with town.refuses("repeated"):
            town.planned(case.copy, case.copy.replace("-", "").lower())

    def test_in_two_bags(self, town: Town):
        """Both may plan it; once it is sealed into one, it is no longer to go into the other."""
        case, rest = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        one, other = town.planned(case.copy), town.planned(case.copy, rest.copy)
        town.wahyu.seal(one, count=1)
        with town.refuses("count_differs") as refused:
            town.wahyu.seal(other, count=2)
        assert refused.value.facts["missing"] == [case.copy]
        assert refused.value.facts["instead"] == ["plan"]


class TestCancel:
    """Planned, to cancelled."""

    def test_by_the_sender(self, town: Town):
        """What was planned can go into another bag."""
        case = town.printed("ktp-hilang")
        name = town.planned(case.copy)
        town.wahyu.cancel(name)
        assert (town.state(name), town.holder(name)) == ("cancelled", "")
        assert town.bag(name).plan == ()
        town.sealed(case.copy)

    def test_of_a_sealed_bag(self, town: Town):
        """It is opened first."""
        name = town.sealed(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now") as refused:
            town.wahyu.cancel(name)
        assert "unseal" in refused.value.facts["instead"]

    def test_by_the_courier(self, town: Town):
        """Only who plans it gives it up."""
        name = town.planned()
        with town.refuses("wrong_role"):
            town.agus.cancel(name)


class TestSeal:
    """Planned, to sealed: the packer's count and check code must agree."""

    def test_with_count_and_check_code(self, town: Town):
        """What two desks without a network compare."""
        case = town.printed("ktp-hilang")
        name = town.planned(case.copy)
        town.wahyu.seal(name, count=1, check=check_code([case.copy]).lower(), seal="S-1")
        bag = town.bag(name)
        assert (bag.state, bag.count, bag.check, bag.seal, bag.plan) == (
            "sealed",
            1,
            check_code([case.copy]),
            "S-1",
            (),
        )
        assert (town.paper(case.copy).bag, town.holder(case.copy)) == (name, "")
        tracked = town.office.track(case.code).papers
        assert tracked[0].answers == "print_operator@35.23"

    def test_with_another_count(self, town: Town):
        """Something was left out or slipped in."""
        name = town.planned(town.printed("ktp-hilang").copy)
        with town.refuses("count_differs") as refused:
            town.wahyu.seal(name, count=2)
        assert refused.value.facts["count"] == 1

    def test_with_another_check_code(self, town: Town):
        """The manifest in the packer's hand is an old one."""
        name = town.planned(town.printed("ktp-hilang").copy)
        with town.refuses("count_differs"):
            town.wahyu.seal(name, count=1, check="AAAAAA")

    @pytest.mark.parametrize(
        ("gone", "why"), [(False, "Nothing is planned"), (True, "nothing is left")]
    )
    def test_of_an_empty_bag(self, town: Town, *, gone: bool, why: str):
        """Nothing was planned, or nothing of it is left."""
        papers = [town.printed("ktp-hilang").copy] if gone else []
        name = town.planned(*papers)
        if gone:
            town.sealed(*papers)
        with town.refuses("plan_empty") as refused:
            town.wahyu.seal(name, count=0)
        assert why in refused.value.message("en")
        assert refused.value.facts["instead"] == ["plan", "cancel"]

    def test_by_another_post(self, town: Town):
        """Who packs it seals it."""
        name = town.planned(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.agus.seal(name, count=1)


class TestUnseal:
    """Sealed, back to planned: its papers are where they were."""

    def test_at_the_office(self, town: Town):
        """They are planned for it still."""
        case = town.printed("ktp-hilang")
        name = town.sealed(case.copy)
        town.wahyu.unseal(name, reason="Satu lagi")
        bag = town.bag(name)
        assert (bag.state, bag.plan, bag.note) == ("planned", (case.copy,), "Satu lagi")
        assert (bag.count, bag.check, bag.seal) == (0, "", "")
        assert (town.state(case.copy), town.paper(case.copy).bag, town.holder(case.copy)) == (
            "at_office",
            "",
            "print_operator@35.23",
        )

    def test_at_the_district(self, town: Town):
        """Also what goes home."""
        case = town.case("ktp-hilang", by=DEWI)
        item = case.original("surat-hilang")
        name = town.sealed(item, to=TUBAN, by=DEWI)
        town.dewi.unseal(name, reason="Satu lagi")
        assert (town.state(item), town.holder(item)) == ("at_district", str(DEWI.posts[0]))

    def test_by_its_receiver(self, town: Town):
        """Before it departs it is the sender's."""
        name = town.sealed(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_area"):
            town.dewi.unseal(name, reason="Ingin lihat")

    def test_in_the_transaction_that_sealed_it(self, town: Town):
        """Several commands at once see what those before them did."""
        from adminduk import commands as c

        case = town.printed("ktp-hilang")
        name = town.planned(case.copy)
        orders = [c.Seal(bag=name, count=1), c.Unseal(bag=name, reason="Salah")]
        town.office.do_all(orders, by=WAHYU)
        assert (town.state(case.copy), town.bag(name).plan) == ("at_office", (case.copy,))

    def test_in_a_transaction_that_sealed_two(self, town: Town):
        """The other one stays as it was sealed."""
        from adminduk import commands as c

        one, other = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        opened, sealed = town.planned(one.copy), town.planned(other.copy)
        orders = [
            c.Seal(bag=opened, count=1),
            c.Seal(bag=sealed, count=1),
            c.Unseal(bag=opened, reason="Salah"),
        ]
        town.office.do_all(orders, by=WAHYU)
        assert (town.state(one.copy), town.state(other.copy)) == ("at_office", "bagged")


class TestDepart:
    """Sealed, to departed: the courier answers for the bag and all that is in it."""

    def test_with_the_courier(self, town: Town):
        """Each paper in it is the courier's now, though only the bag was written."""
        case = town.printed("ktp-hilang")
        name = town.departed(case.copy)
        tracked = town.office.track(case.code)
        assert tracked.papers[0].answers == "courier@35.23"
        assert tracked.standing.word.value == "Dikirim"
        assert town.holder(name) == "courier@35.23"

    def test_of_a_bag_that_is_not_sealed(self, town: Town):
        """The courier takes nothing that is open."""
        name = town.planned(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.agus.depart(name)

    def test_with_somebody_else(self, town: Town):
        """The print operator does not drive."""
        name = town.sealed(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.wahyu.depart(name)


class TestComeBack:
    """Departed, back to sealed: the van broke down."""

    def test_and_depart_again(self, town: Town):
        """The sender answers for it meanwhile."""
        case = town.printed("ktp-hilang")
        name = town.departed(case.copy)
        assert town.word(case) == "Dikirim"
        town.wahyu.come_back(name, reason="Mobil mogok")
        assert (town.state(name), town.holder(name)) == ("sealed", "print_operator@35.23")
        assert town.bag(name).note == "Mobil mogok"
        assert town.word(case) == "Dicetak"
        town.agus.depart(name)

    def test_says_who_has_it(self, town: Town):
        """The courier does not say that it is back; who has it does."""
        name = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.agus.come_back(name, reason="Mobil mogok")
        with town.refuses("wrong_area"):
            town.dewi.come_back(name, reason="Mobil mogok")

    def test_of_what_has_arrived(self, town: Town):
        """Then it is the receiver's."""
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.wahyu.come_back(name, reason="Mobil mogok")


class TestArrive:
    """Departed, to arrived: the receiver says whether the seal is whole."""

    @pytest.mark.parametrize("whole", [True, False])
    def test_at_its_receiver(self, town: Town, *, whole: bool):
        """From now on the receiver answers for what is in it."""
        name = town.arrived(town.printed("ktp-hilang").copy, seal_whole=whole)
        assert (town.bag(name).seal_whole, town.holder(name)) == (whole, str(DEWI.posts[0]))

    def test_at_another_district(self, town: Town):
        """A bag for Kerek does not arrive in Jenu."""
        name = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_area"):
            town.eko.arrive(name, seal_whole=True)

    def test_of_what_has_not_departed(self, town: Town):
        """It is still at the office."""
        name = town.sealed(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.dewi.arrive(name, seal_whole=True)


class TestCount:
    """Arrived: papers are ticked, in parts if there are many."""

    def test_in_parts(self, town: Town):
        """Each is at the district when it is ticked."""
        papers = [town.printed("ktp-hilang").copy for _ in range(3)]
        name = town.arrived(*papers)
        town.dewi.count(name, arrived=papers[:1])
        town.dewi.count(name, arrived=papers[1:])
        assert {town.state(paper) for paper in papers} == {"at_district"}
        assert differences(town, name) == []

    def test_of_a_damaged_paper(self, town: Town):
        """It is there, and somebody answers for the damage."""
        case = town.printed("ktp-hilang")
        name = town.arrived(case.copy)
        town.dewi.count(name, damaged=[case.copy])
        assert differences(town, name) == [(case.copy, "damaged", "print_operator@35.23")]
        town.dewi.condemn(case.copy, reason="Patah", damaged=True)

    def test_under_a_broken_seal(self, town: Town):
        """Then it is the courier who answers."""
        case = town.printed("ktp-hilang")
        name = town.arrived(case.copy, seal_whole=False)
        town.dewi.count(name, damaged=[case.copy])
        assert differences(town, name) == [(case.copy, "damaged", "courier@35.23")]

    @pytest.mark.parametrize("bring", [Town.printed, Town.at_district])
    def test_of_a_paper_that_was_not_sealed_in(self, town: Town, bring: object):
        """It lies before the receiver, wherever it was thought to be."""
        extra = bring(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        name = town.arrived(town.printed("ktp-hilang").copy)
        town.dewi.count(name, extra=[extra.copy])
        assert town.state(extra.copy) == "at_district"
        assert differences(town, name) == [(extra.copy, "extra", "print_operator@35.23")]

    def test_of_a_paper_of_another_bag(self, town: Town):
        """It is missing from that bag no more."""
        stray, other = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        elsewhere = town.departed(stray.copy)
        name = town.arrived(other.copy)
        town.dewi.count(name, arrived=[other.copy], extra=[stray.copy])
        town.dewi.arrive(elsewhere, seal_whole=True)
        town.dewi.finish(elsewhere)
        assert differences(town, elsewhere) == []
        assert town.state(stray.copy) == "at_district"

    def test_of_what_is_condemned_and_went_to_the_wrong_district(self, town: Town):
        """That it is condemned counts for more: it never goes out again."""
        stray = town.printed("ktp-hilang")
        town.departed(stray.copy)
        town.budi.condemn(stray.copy, reason="Nama salah", approved_by=HADI)
        name = town.arrived(town.printed("ktp-hilang", by=RINI, region=SOCOREJO).copy, to=JENU)
        town.eko.count(name, extra=[stray.copy])
        paper = town.paper(stray.copy)
        assert (paper.heading, paper.why) == ("home", "condemned")

    def test_of_a_paper_on_its_way_home(self, town: Town):
        """The time for which it may lie unclaimed begins in the store, not on the way."""
        stray = town.at_counter("ktp-hilang")
        town.lestari.turn_home(stray.copy)
        name = town.arrived(town.printed("ktp-hilang").copy)
        town.dewi.count(name, extra=[stray.copy])
        paper = town.paper(stray.copy)
        assert (paper.state, paper.heading, paper.due) == ("at_district", "home", None)

    def test_of_a_paper_that_was_missing(self, town: Town):
        """What another bag lost turns up in this one."""
        stray = town.printed("ktp-hilang")
        before = town.arrived(stray.copy)
        town.dewi.finish(before)
        assert town.state(stray.copy) == "missing"
        name = town.arrived(town.printed("ktp-hilang").copy)
        town.dewi.count(name, extra=[stray.copy])
        assert town.state(stray.copy) == "at_district"

    def test_of_an_extra_paper_that_was_sealed_in(self, town: Town):
        """It simply arrived."""
        case = town.printed("ktp-hilang")
        name = town.arrived(case.copy)
        with town.refuses("in_this_bag"):
            town.dewi.count(name, extra=[case.copy])

    def test_of_an_arrived_paper_that_was_not_sealed_in(self, town: Town):
        """It is named as extra."""
        extra = town.printed("ktp-hilang")
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("not_in_bag"):
            town.dewi.count(name, arrived=[extra.copy])

    def test_of_a_paper_that_cannot_be_there(self, town: Town):
        """What was handed over is not in a bag."""
        case = town.at_village("ktp-hilang")
        town.siti.hand_over(case.copy, to=OWNER)
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.dewi.count(name, extra=[case.copy])

    def test_waits_at_the_district(self, town: Town):
        """What nobody collects there goes home after thirty days."""
        case = town.at_district("ktp-hilang")
        town.clock.wait(days=30)
        town.office.tick()
        assert (town.paper(case.copy).heading, town.state(case.copy)) == ("home", "at_district")

    def test_by_the_sender(self, town: Town):
        """Who opens it counts it."""
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_area"):
            town.wahyu.count(name)

    def test_before_it_arrived(self, town: Town):
        """It is not there yet."""
        name = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.dewi.count(name)


class TestFinish:
    """Arrived, to counted: what was not ticked is missing."""

    @pytest.mark.parametrize(("whole", "who"), [(True, "print_operator"), (False, "courier")])
    def test_with_a_paper_missing(self, town: Town, *, whole: bool, who: str):
        """Its sender answers if the seal was whole, else the courier."""
        there, gone = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        name = town.arrived(there.copy, gone.copy, seal_whole=whole)
        town.dewi.count(name, arrived=[there.copy])
        town.dewi.finish(name)
        assert (town.state(name), town.state(gone.copy)) == ("counted", "missing")
        assert differences(town, name) == [(gone.copy, "missing", f"{who}@35.23")]
        assert (town.holder(gone.copy), town.holder(name)) == (f"{who}@35.23", "")
        assert (town.paper(gone.copy).bag, town.paper(gone.copy).note) == ("", name)

    def test_found_afterwards(self, town: Town):
        """Behind the seat of the van: it is with the finder, and the difference is resolved."""
        gone = town.printed("ktp-hilang")
        name = town.arrived(gone.copy)
        town.dewi.finish(name)
        town.dewi.found(gone.copy)
        town.budi.resolve(name, item=gone.copy, outcome="found", owner=DEWI.posts[0])
        town.budi.close(name)
        assert town.state(name) == "closed"

    def test_in_the_transaction_that_sealed_it(self, town: Town):
        """What a van-load of commands sent at once has put into the bag is missing from it."""
        from adminduk import commands as c

        everybody = Actor(
            "wahyu",
            Role.PRINT_OPERATOR,
            TUBAN,
            also=(*DEWI.posts, *AGUS.posts),
        )
        case = town.printed("ktp-hilang")
        name = town.planned(case.copy)
        orders = [
            c.Seal(bag=name, count=1),
            c.Depart(bag=name),
            c.Arrive(bag=name, seal_whole=True),
            c.Finish(bag=name),
        ]
        town.office.do_all(orders, by=everybody)
        assert town.state(case.copy) == "missing"

    def test_by_the_courier(self, town: Town):
        """Nobody counts what they carried."""
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.agus.finish(name)

    def test_before_it_arrived(self, town: Town):
        """Then it is written off."""
        name = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now") as refused:
            town.dewi.finish(name)
        assert "arrive" in refused.value.facts["instead"]


class TestWriteOff:
    """Departed, to counted: nothing came."""

    def test_leaves_everything_missing(self, town: Town):
        """The courier answers for all of it."""
        papers = [town.printed("ktp-hilang").copy for _ in range(2)]
        name = town.departed(*papers)
        town.budi.write_off(name, reason="Mobil terbakar", approved_by=HADI)
        assert town.state(name) == "written_off"
        assert sorted(differences(town, name)) == sorted(
            (paper, "missing", "courier@35.23") for paper in papers
        )
        assert {town.state(paper) for paper in papers} == {"missing"}
        assert town.bag(name).note == "Mobil terbakar"

    def test_without_the_head(self, town: Town):
        """A bag is not written off by one person."""
        name = town.departed(town.printed("ktp-hilang").copy)
        with town.refuses("approval_needed"):
            town.budi.write_off(name, reason="Mobil terbakar")

    def test_of_what_has_arrived(self, town: Town):
        """It is counted."""
        name = town.arrived(town.printed("ktp-hilang").copy)
        with town.refuses("not_allowed_now"):
            town.budi.write_off(name, reason="Mobil terbakar", approved_by=HADI)


class TestResolve:
    """Counted: each difference gets its outcome and an owner."""

    def missing(self, town: Town) -> tuple[str, str]:
        """Count a bag whose only paper is missing."""
        case = town.printed("ktp-hilang")
        name = town.arrived(case.copy)
        town.dewi.finish(name)
        return name, case.copy

    def test_says_what_became_of_it(self, town: Town):
        """The registry decides; until then it is in the registry's inbox."""
        name, item = self.missing(town)
        assert name in [task.id for task in town.office.inbox(town.budi.actor).tasks]
        town.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        town.budi.resolve(name, item=item, outcome="lost", owner=AGUS.posts[0])
        assert town.bag(name).differences == (
            Difference(
                item,
                DifferenceKind.MISSING,
                WAHYU.posts[0],
                DifferenceOutcome.LOST,
                AGUS.posts[0],
            ),
        )

    def test_of_one_of_several(self, town: Town):
        """The others are still open."""
        papers = [town.printed("ktp-hilang").copy for _ in range(3)]
        name = town.arrived(*papers)
        town.dewi.finish(name)
        town.budi.declare_lost(papers[0], reason="Sudah dicari", approved_by=HADI)
        town.dewi.found(papers[1])
        for paper, outcome in zip(papers[:2], ("lost", "found"), strict=True):
            town.budi.resolve(name, item=paper, outcome=outcome, owner=AGUS.posts[0])
        outcomes = {one.item: one.outcome for one in town.bag(name).differences}
        assert outcomes == dict(zip(papers, ("lost", "found", None), strict=True))

    def test_of_what_is_no_difference(self, town: Town):
        """What arrived as it was sealed needs no outcome."""
        case = town.printed("ktp-hilang")
        name = town.run(case.copy)
        with town.refuses("no_difference"):
            town.budi.resolve(name, item=case.copy, outcome="noted", owner=DEWI.posts[0])

    def test_twice(self, town: Town):
        """What has an outcome has one."""
        name, item = self.missing(town)
        town.dewi.found(item)
        town.budi.resolve(name, item=item, outcome="found", owner=AGUS.posts[0])
        with town.refuses("no_difference"):
            town.budi.resolve(name, item=item, outcome="lost", owner=AGUS.posts[0])

    def test_by_the_receiver(self, town: Town):
        """Who counted does not decide what became of it."""
        name, item = self.missing(town)
        with town.refuses("wrong_role"):
            town.dewi.resolve(name, item=item, outcome="lost", owner=AGUS.posts[0])

    @pytest.mark.parametrize(
        ("outcome", "code", "instead"),
        [
            ("found", "still_missing", ["found", "declare_lost"]),
            ("lost", "not_lost", ["declare_lost"]),
            ("replaced", "not_replaced", ["replace"]),
        ],
    )
    def test_as_what_is_not_true(self, town: Town, outcome: str, code: str, instead: list[str]):
        """While it is missing, none of them is; it is said what would make it so."""
        name, item = self.missing(town)
        with town.refuses(code) as refused:
            town.budi.resolve(name, item=item, outcome=outcome, owner=DEWI.posts[0])
        assert refused.value.facts["instead"] == instead
        assert "resolve" not in town.budi.can(town.bag(name))

    @pytest.mark.parametrize("outcome", ["noted", "sent_on"])
    def test_of_what_is_missing_as_of_no_matter(self, town: Town, outcome: str):
        """What is missing is found, lost or replaced."""
        name, item = self.missing(town)
        with town.refuses("other_outcome") as refused:
            town.budi.resolve(name, item=item, outcome=outcome, owner=DEWI.posts[0])
        assert refused.value.facts["accepted"] == ["found", "lost", "replaced"]

    def test_as_replaced(self, town: Town):
        """A newer copy was ordered in its place."""
        name, item = self.missing(town)
        code = item.partition("/")[0]
        town.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        town.budi.replace(code, product="ktp", reason="Hilang", approved_by=HADI)
        town.budi.resolve(name, item=item, outcome="replaced", owner=WAHYU.posts[0])
        town.budi.close(name)
        assert town.state(name) == "closed"

    def test_of_what_went_to_the_wrong_district(self, town: Town):
        """Sent on is what is no longer where it was found."""
        stray = town.printed("ktp-hilang")
        town.departed(stray.copy)
        name = town.arrived(town.printed("ktp-hilang", by=RINI, region=SOCOREJO).copy, to=JENU)
        town.eko.count(name, extra=[stray.copy])
        town.eko.finish(name)
        resolve = {"item": stray.copy, "outcome": "sent_on", "owner": EKO.posts[0]}
        with town.refuses("not_sent_on") as refused:
            town.budi.resolve(name, **resolve)
        assert refused.value.facts["holder"] == str(EKO.posts[0])
        town.sealed(stray.copy, to=TUBAN, by=EKO)
        town.budi.resolve(name, **resolve)
        assert {one.outcome for one in town.bag(name).differences if one.item == stray.copy} == {
            DifferenceOutcome.SENT_ON
        }

    def test_of_two_differences_of_one_paper(self, town: Town):
        """Each has the outcome that fits it."""
        stray = town.printed("ktp-hilang")
        town.departed(stray.copy)
        name = town.arrived(town.printed("ktp-hilang", by=RINI, region=SOCOREJO).copy, to=JENU)
        town.eko.count(name, extra=[stray.copy])
        town.eko.finish(name)
        town.budi.resolve(name, item=stray.copy, outcome="noted", owner=EKO.posts[0])
        kinds = [one.kind for one in town.bag(name).open_differences if one.item == stray.copy]
        assert kinds == [DifferenceKind.MISROUTED]

    @pytest.mark.parametrize("owner", [SITI.posts[0], HADI.posts[0], EKO.posts[0]])
    def test_with_an_owner_who_had_nothing_to_do_with_it(self, town: Town, owner: object):
        """The owner had the bag or the paper, or is the registry."""
        name, item = self.missing(town)
        town.dewi.found(item)
        with town.refuses("not_involved", at="with.owner"):
            town.budi.resolve(name, item=item, outcome="found", owner=owner)

    def test_before_counting_is_finished(self, town: Town):
        """It may still turn up."""
        case = town.printed("ktp-hilang")
        name = town.arrived(case.copy)
        town.dewi.count(name, damaged=[case.copy])
        with town.refuses("not_allowed_now"):
            town.budi.resolve(name, item=case.copy, outcome="noted", owner=DEWI.posts[0])


class TestClose:
    """Counted, to closed: no difference is open."""

    @pytest.mark.parametrize("hand", ["budi", "hadi", "system"])
    def test_of_a_bag_in_order(self, town: Town, hand: str):
        """By the registry, the head, or by itself."""
        name = town.run(town.printed("ktp-hilang").copy)
        getattr(town, hand).close(name)
        assert (town.state(name), town.bag(name).due) == ("closed", None)

    def test_with_an_open_difference(self, town: Town):
        """Each must have its outcome first."""
        gone = town.printed("ktp-hilang").copy
        name = town.arrived(gone)
        town.dewi.finish(name)
        with town.refuses("differences_open") as refused:
            town.budi.close(name)
        assert refused.value.facts["missing"] == [gone]
        assert refused.value.facts["instead"] == ["resolve"]
        assert refused.value.facts["state"] == "counted"

    def test_by_the_receiver(self, town: Town):
        """The office closes its bags."""
        name = town.run(town.printed("ktp-hilang").copy)
        with town.refuses("wrong_role"):
            town.dewi.close(name)

    def test_by_the_receiver_of_another_district(self, town: Town):
        """A bag of Jenu is Eko's to receive and nobody else's."""
        case = town.printed("ktp-hilang", by=RINI, region=SOCOREJO)
        name = town.arrived(case.copy, to=JENU)
        assert town.holder(name) == str(EKO.posts[0])
        with town.refuses("wrong_area"):
            town.dewi.finish(name)


def test_a_bag_is_not_known(town: Town):
    """What nobody planned nobody seals."""
    with town.refuses("not_found"):
        town.wahyu.seal("BAG-0", count=1)
