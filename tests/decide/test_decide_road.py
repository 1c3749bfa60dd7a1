"""The road of a paper, row by row: from hand to hand, with what goes wrong on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve
from office_days import (
    BUDI,
    HADI,
    JENU,
    LETTER,
    OWNER,
    RATNA,
    RINI,
    SITI,
    SOCOREJO,
    Town,
    scan,
)

from adminduk import Actor, Role
from adminduk.records import Collector, Relation

PLACES = {
    "at_office": Town.printed,
    "at_district": Town.at_district,
    "at_village": Town.at_village,
    "at_counter": Town.at_counter,
}
HOLDERS = {
    "at_office": "wahyu",
    "at_district": "dewi",
    "at_village": "siti",
    "at_counter": "lestari",
}


def heading(town: Town, item: str) -> tuple[str, str, str]:
    """Say where a paper is, where it goes and why."""
    paper = town.paper(item)
    return paper.state, paper.heading.value, paper.why.value if paper.why else ""


def missing(town: Town, place: str = "at_village") -> str:
    """Bring a copy to a place, where it cannot be found."""
    case = PLACES[place](town, "ktp-hilang")
    getattr(town, HOLDERS[place]).report_missing(case.copy, reason="Tidak ada di laci")
    return case.copy


def lost(town: Town) -> str:
    """Declare a copy lost."""
    item = missing(town)
    town.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
    return item


def unclaimed(town: Town) -> str:
    """Bring a copy to the village and turn it home, because nobody came."""
    case = town.at_village("ktp-hilang")
    town.siti.turn_home(case.copy)
    return case.copy


class TestCollect:
    """At the district, to the village: the village operator answers for it."""

    def test_tells_the_applicant(self, town: Town):
        """It waits for thirty days, and a message goes out."""
        case = town.at_district("ktp-hilang")
        assert town.office.track(case.code).standing.detail == "at the district"
        town.clock.wait(days=2)
        town.siti.collect(case.copy)
        paper = town.paper(case.copy)
        assert (paper.state, town.holder(case.copy)) == ("at_village", str(SITI.posts[0]))
        assert paper.due == town.clock.now + timedelta(days=30)

    def test_against_the_originals_where_the_office_asks(self):
        """Some offices give documents out against the original files only."""
        town = Town(settings={"collect_against_originals": True})
        case = town.at_district("ktp-hilang")
        scanned = [one.item for one in town.application(case).evidence if one.shown.scans]
        with town.refuses("originals_not_shown") as refused:
            town.siti.collect(case.copy, originals=scanned[1:])
        assert refused.value.facts["missing"] == scanned[:1]
        town.siti.collect(case.copy, originals=scanned)
        assert town.paper(case.copy).originals == tuple(scanned)  # type: ignore[union-attr] # a copy

    def test_against_originals_of_the_case_only(self, town: Town):
        """What the case has not shown is no original of it."""
        case = town.at_district("ktp-hilang")
        with town.refuses("unknown_item", at="with.originals[0]"):
            town.siti.collect(case.copy, originals=["ijazah"])

    def test_of_another_village(self, town: Town):
        """Joko collects for Sidonganti only."""
        case = town.at_district("ktp-hilang")
        with town.refuses("wrong_area"):
            town.joko.collect(case.copy)

    def test_of_what_goes_home(self, town: Town):
        """What is on its way home is not given out."""
        item = unclaimed(town)
        town.dewi.hand_in(item)
        with town.refuses("heading_home"):
            town.siti.collect(item)

    def test_from_the_office(self, town: Town):
        """It must be at the district."""
        case = town.printed("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.collect(case.copy)


class TestHandIn:
    """In the village and going home, to the district."""

    def test_by_the_district_above(self, town: Town):
        """Dewi takes it over."""
        item = unclaimed(town)
        town.dewi.hand_in(item)
        assert heading(town, item) == ("at_district", "home", "unclaimed")
        assert town.holder(item) == "district_operator@35.23.08"

    def test_by_another_district(self, town: Town):
        """Eko's district does not hold that village."""
        item = unclaimed(town)
        with town.refuses("wrong_area"):
            town.eko.hand_in(item)

    def test_of_what_goes_out(self, town: Town):
        """It is turned home first."""
        case = town.at_village("ktp-hilang")
        with town.refuses("heading_out") as refused:
            town.dewi.hand_in(case.copy)
        assert "turn_home" in refused.value.facts["instead"]


class TestToCounter:
    """At the office, to the counter."""

    def test_waits_there(self, town: Town):
        """For thirty days, as everywhere where it can be fetched."""
        case = town.at_counter("ktp-hilang")
        assert town.paper(case.copy).due == town.clock.now + timedelta(days=30)

    def test_of_what_is_couriered(self, town: Town):
        """Its delivery is chosen first."""
        case = town.printed("ktp-hilang")
        with town.refuses("not_for_counter") as refused:
            town.lestari.to_counter(case.copy)
        assert refused.value.facts["instead"] == ["choose_delivery"]

    def test_of_what_goes_home(self, town: Town):
        """What nobody fetched must be sent out again first."""
        case = town.at_counter("ktp-hilang")
        town.lestari.turn_home(case.copy)
        with town.refuses("heading_home"):
            town.lestari.to_counter(case.copy)

    def test_by_the_print_operator(self, town: Town):
        """The counter is the front desk's."""
        case = town.printed("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        with town.refuses("wrong_role"):
            town.wahyu.to_counter(case.copy)


class TestHandOver:
    """In the village, at the district or the counter, to who collects it."""

    @pytest.mark.parametrize("place", ["at_village", "at_district", "at_counter"])
    def test_by_who_holds_it(self, town: Town, place: str):
        """Nobody answers for it any more; who received it is written down."""
        case = PLACES[place](town, "ktp-hilang")
        getattr(town, HOLDERS[place]).hand_over(case.copy, to=OWNER)
        paper = town.paper(case.copy)
        assert (paper.state, paper.custodian, paper.personal) == ("handed_over", None, OWNER)
        assert paper.due is None

    def test_by_somebody_else(self, town: Town):
        """What Siti holds, Dewi does not hand over."""
        case = town.at_village("ktp-hilang")
        with town.refuses("wrong_area"):
            town.dewi.hand_over(case.copy, to=OWNER)

    def test_to_a_neighbour(self, town: Town):
        """A stand-in brings form F-1.07."""
        case = town.at_village("ktp-hilang")
        neighbour = Collector(name="Wati", relation=Relation.OTHER)
        with town.refuses("missing", at="with.to.authorisation"):
            town.siti.hand_over(case.copy, to=neighbour)
        town.siti.hand_over(case.copy, to=evolve(neighbour, authorisation=scan("f-1-07")))

    def test_to_the_family(self, town: Town):
        """Who is on the family card needs no form."""
        case = town.at_village("ktp-hilang")
        town.siti.hand_over(case.copy, to=Collector(name="Slamet", relation=Relation.FAMILY))

    def test_before_a_due_original_is_in(self, town: Town):
        """The old card is handed in for the new one; or the registry does without it."""
        case = town.at_village("kk-ubah-data", handed_in=False)
        with town.refuses("originals_due") as refused:
            town.siti.hand_over(case.copy, to=OWNER)
        assert refused.value.facts["instead"] == ["take_in", "waive"]
        town.siti.take_in(case.original("kk"))
        town.siti.hand_over(case.copy, to=OWNER)

    def test_of_what_is_in_the_store(self, town: Town):
        """The print operator gives nothing to applicants."""
        case = town.printed("ktp-hilang")
        with town.refuses("wrong_role"):
            town.wahyu.hand_over(case.copy, to=OWNER)

    def test_of_what_is_missing(self, town: Town):
        """It must be found first."""
        item = missing(town)
        with town.refuses("not_allowed_now") as refused:
            town.siti.hand_over(item, to=OWNER)
        assert "found" in refused.value.facts["instead"]


class TestRecordHandover:
    """A condemned copy was handed over all the same: what happened can be written down."""

    def condemned(self, town: Town, place: str) -> str:
        """Condemn a copy where it is."""
        case = PLACES[place](town, "ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        return case.copy

    @pytest.mark.parametrize("place", ["at_village", "at_district"])
    def test_is_marked_irregular(self, town: Town, place: str):
        """It is handed over and delivers nothing."""
        item = self.condemned(town, place)
        hand = getattr(town, HOLDERS[place])
        hand.record_handover(item, to=OWNER, reason="Terlanjur", approved_by=BUDI)
        paper = town.paper(item)
        assert (paper.state, paper.irregular, paper.custodian) == ("handed_over", True, None)
        assert (paper.note, paper.personal) == ("Terlanjur", OWNER)

    def test_of_what_may_be_handed_over(self, town: Town):
        """Then it is simply handed over."""
        case = town.at_village("ktp-hilang")
        with town.refuses("not_condemned"):
            town.siti.record_handover(case.copy, to=OWNER, reason="X", approved_by=BUDI)

    def test_without_the_registry(self, town: Town):
        """Somebody at the office must know."""
        item = self.condemned(town, "at_village")
        with town.refuses("approval_needed"):
            town.siti.record_handover(item, to=OWNER, reason="Terlanjur")

    def test_and_found_with_its_receiver_stays_so(self, town: Town):
        """Handed over is an end: nothing happens to it here any more."""
        item = self.condemned(town, "at_village")
        town.siti.record_handover(item, to=OWNER, reason="Terlanjur", approved_by=BUDI)
        with town.refuses("not_allowed_now"):
            town.siti.found(item)


class TestTurnHome:
    """Going out, to going home: nobody claims it."""

    @pytest.mark.parametrize("place", ["at_village", "at_district"])
    def test_by_who_holds_it(self, town: Town, place: str):
        """It stays where it is until it is handed in or bagged."""
        case = PLACES[place](town, "ktp-hilang")
        getattr(town, HOLDERS[place]).turn_home(case.copy)
        assert heading(town, case.copy) == (place, "home", "unclaimed")
        assert town.paper(case.copy).due is None
        assert town.word(case) == "Dikembalikan"

    def test_from_the_counter(self, town: Town):
        """It is back in the store, where it may lie for sixty days."""
        case = town.at_counter("ktp-hilang")
        town.lestari.turn_home(case.copy)
        assert heading(town, case.copy) == ("at_office", "home", "unclaimed")
        assert town.holder(case.copy) == "print_operator@35.23"
        assert town.paper(case.copy).due == town.clock.now + timedelta(days=60)

    def test_of_what_goes_home_already(self, town: Town):
        """Once is enough."""
        item = unclaimed(town)
        with town.refuses("heading_home"):
            town.siti.turn_home(item)

    def test_by_the_system_too_early(self, town: Town):
        """Time alone turns it home when thirty days are past."""
        case = town.at_village("ktp-hilang")
        town.clock.wait(days=29)
        with town.refuses("not_due"):
            town.system.turn_home(case.copy)
        town.clock.wait(days=1)
        town.system.turn_home(case.copy)

    def test_by_another_village(self, town: Town):
        """Joko does not hold it."""
        case = town.at_village("ktp-hilang")
        with town.refuses("wrong_area"):
            town.joko.turn_home(case.copy)


class TestTurnOut:
    """Going home, to going out: it was only unclaimed, or only misrouted."""

    def test_of_what_was_unclaimed(self, town: Town):
        """The applicant came after all; it waits for another thirty days."""
        item = unclaimed(town)
        town.clock.wait(days=3)
        town.siti.turn_out(item)
        assert heading(town, item) == ("at_village", "out", "")
        assert town.paper(item).due == town.clock.now + timedelta(days=30)

    def test_of_what_is_condemned(self, town: Town):
        """It never goes out again."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        with town.refuses("may_not_turn_out"):
            town.siti.turn_out(case.copy)

    def test_of_what_was_unclaimed_and_then_condemned(self, town: Town):
        """Why it went home first does not matter any more."""
        item = unclaimed(town)
        town.siti.condemn(item, reason="Patah", damaged=True)
        with town.refuses("may_not_turn_out"):
            town.siti.turn_out(item)

    def test_of_a_case_that_is_looked_at_again(self, town: Town):
        """What it is a copy of may change: it is condemned with the reopening."""
        item = unclaimed(town)
        town.budi.reopen(item.partition("/")[0], reason="Nama salah", approved_by=HADI)
        with town.refuses("may_not_turn_out"):
            town.siti.turn_out(item)

    def test_of_what_goes_out(self, town: Town):
        """It is on its way."""
        case = town.at_village("ktp-hilang")
        with town.refuses("heading_out"):
            town.siti.turn_out(case.copy)


class TestCondemn:
    """Anywhere: it may no longer be delivered."""

    @pytest.mark.parametrize("place", PLACES)
    def test_by_the_registry(self, town: Town, place: str):
        """It turns home from where it is; from the counter it is taken to the store."""
        case = PLACES[place](town, "ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        where = "at_office" if place == "at_counter" else place
        assert heading(town, case.copy) == (where, "home", "condemned")
        assert (town.paper(case.copy).note, town.paper(case.copy).due) == ("Nama salah", None)
        holder = "wahyu" if place == "at_counter" else HOLDERS[place]
        assert town.holder(case.copy) == str(getattr(town, holder).actor.posts[0])

    @pytest.mark.parametrize("place", PLACES)
    def test_damaged_by_who_holds_it(self, town: Town, place: str):
        """Who sees that it is damaged needs nobody to approve."""
        case = PLACES[place](town, "ktp-hilang")
        getattr(town, HOLDERS[place]).condemn(case.copy, reason="Patah", damaged=True)
        assert town.paper(case.copy).condemned

    def test_not_damaged_by_who_holds_it(self, town: Town):
        """Whether it is right only the registry can say."""
        case = town.at_village("ktp-hilang")
        with town.refuses("wrong_role"):
            town.siti.condemn(case.copy, reason="Nama salah")

    def test_damaged_by_who_does_not_hold_it(self, town: Town):
        """Nobody sees a card that is elsewhere."""
        case = town.at_village("ktp-hilang")
        with town.refuses("wrong_area"):
            town.dewi.condemn(case.copy, reason="Patah", damaged=True)

    def test_without_the_head(self, town: Town):
        """The registry needs the head of office."""
        case = town.at_village("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.condemn(case.copy, reason="Nama salah", approved_by=RATNA)

    def test_in_a_bag(self, town: Town):
        """It stays in the bag and turns home on arrival."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        assert heading(town, case.copy) == ("bagged", "out", "")
        assert town.paper(case.copy).note == "Nama salah"
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        assert heading(town, case.copy) == ("at_district", "home", "condemned")

    def test_in_a_bag_that_is_opened_again(self, town: Town):
        """It turns home in the store, is planned no more, and can be made void."""
        case, other = town.printed("ktp-hilang"), town.printed("ktp-hilang")
        bag = town.sealed(case.copy, other.copy)
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        town.wahyu.unseal(bag, reason="Nama salah")
        assert heading(town, case.copy) == ("at_office", "home", "condemned")
        assert town.bag(bag).plan == (other.copy,)
        town.wahyu.void(case.copy)

    def test_while_missing(self, town: Town):
        """Found, it goes home."""
        item = missing(town)
        town.budi.condemn(item, reason="Nama salah", approved_by=HADI)
        town.siti.found(item)
        assert heading(town, item) == ("at_village", "home", "condemned")
        assert town.paper(item).condemned

    def test_twice(self, town: Town):
        """It is condemned already."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        with town.refuses("condemned"):
            town.siti.condemn(case.copy, reason="Patah", damaged=True)

    def test_of_what_is_handed_over(self, town: Town):
        """What is with its owner is out of the office's hands."""
        case = town.at_village("ktp-hilang")
        town.siti.hand_over(case.copy, to=OWNER)
        with town.refuses("not_allowed_now"):
            town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)


class TestMissing:
    """Reported missing: its holder goes on answering for it."""

    @pytest.mark.parametrize("place", PLACES)
    def test_by_who_holds_it(self, town: Town, place: str):
        """Whoever held it last answers for it."""
        item = missing(town, place)
        paper = town.paper(item)
        assert (paper.state, paper.note, paper.due) == ("missing", "Tidak ada di laci", None)
        assert town.holder(item) == str(getattr(town, HOLDERS[place]).actor.posts[0])
        tracked = town.office.track(item.partition("/")[0]).standing
        assert (tracked.word.value, tracked.detail) == ("Dikembalikan", "being looked for")

    def test_by_somebody_else(self, town: Town):
        """Nobody else can know."""
        case = town.at_village("ktp-hilang")
        with town.refuses("wrong_area"):
            town.dewi.report_missing(case.copy)

    def test_of_what_is_in_a_bag(self, town: Town):
        """That shows when the bag is counted."""
        case = town.printed("ktp-hilang")
        town.sealed(case.copy)
        with town.refuses("wrong_area"):
            town.wahyu.report_missing(case.copy)


class TestFound:
    """Missing or lost, and with the finder now, wherever that is."""

    @pytest.mark.parametrize("place", PLACES)
    def test_by_each_post(self, town: Town, place: str):
        """It is at the finder's place, and goes where it went before."""
        item = missing(town)
        getattr(town, HOLDERS[place]).found(item)
        assert heading(town, item) == (place, "out", "")
        assert town.holder(item) == str(getattr(town, HOLDERS[place]).actor.posts[0])
        assert town.paper(item).reported_by == ""

    def test_is_waited_for_again(self, town: Town):
        """Where it can be fetched it waits for thirty days, in the store for nobody."""
        item = missing(town)
        town.clock.wait(days=5)
        town.siti.found(item)
        assert town.paper(item).due == town.clock.now + timedelta(days=30)
        town.siti.report_missing(item)
        town.wahyu.found(item)
        assert town.paper(item).due is None

    def test_on_its_way_home_it_waits_for_nobody(self, town: Town):
        """Only in the store does the time begin after which what was unclaimed is made void."""
        item = unclaimed(town)
        town.siti.report_missing(item)
        town.siti.found(item)
        assert town.paper(item).due is None
        town.siti.report_missing(item)
        town.wahyu.found(item)
        assert town.paper(item).due == town.clock.now + timedelta(days=60)
        condemned = lost(town)
        town.wahyu.found(condemned)
        assert town.paper(condemned).due is None

    def test_in_another_village(self, town: Town):
        """Rini found it in Socorejo: she holds it now and may hand it over."""
        item = missing(town)
        town.rini.found(item)
        assert town.holder(item) == f"village_operator@{SOCOREJO}"
        town.rini.hand_over(item, to=OWNER)

    def test_after_it_was_declared_lost(self, town: Town):
        """Another may have been made by now: it goes home, condemned."""
        item = lost(town)
        town.siti.found(item)
        assert heading(town, item) == ("at_village", "home", "condemned")
        assert town.paper(item).condemned

    def test_at_the_counter_while_going_home(self, town: Town):
        """It is taken to the store, and why it goes home stays as it was."""
        item = lost(town)
        town.lestari.found(item)
        town.lestari.turn_home(item)
        assert heading(town, item) == ("at_office", "home", "condemned")
        assert town.paper(item).due is None

    def test_of_what_is_not_missing(self, town: Town):
        """It is where it is."""
        case = town.at_village("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.found(case.copy)

    def test_by_the_registry(self, town: Town):
        """Who holds papers finds papers."""
        item = missing(town)
        with town.refuses("wrong_role"):
            town.budi.found(item)


class TestDeclareLost:
    """Missing, to lost: the registry stops looking, with the head's approval."""

    def test_and_replaced(self, town: Town):
        """Nobody answers for it; another copy is ordered."""
        item = lost(town)
        assert (town.state(item), town.holder(item)) == ("lost", "")
        assert town.paper(item).note == "Sudah dicari"
        case = item.partition("/")[0]
        town.budi.replace(case, product="ktp", reason="Hilang di desa", approved_by=HADI)
        assert town.state(f"{case}/2") == "ordered"

    def test_by_who_reported_it(self, town: Town):
        """Who lost it does not end the search, neither deciding nor approving."""
        both = Actor("lina", Role.REGISTRY_OPERATOR, "35.23", also=SITI.posts)
        chief = Actor("lina", Role.HEAD_OF_OFFICE, "35.23")
        case = town.at_village("ktp-hilang")
        town.hand(both).report_missing(case.copy)
        assert "declare_lost" not in town.hand(both).can(town.paper(case.copy))
        assert "declare_lost" in town.budi.can(town.paper(case.copy))
        with town.refuses("own_report"):
            town.hand(both).declare_lost(case.copy, reason="Hilang", approved_by=HADI)
        with town.refuses("own_report"):
            town.budi.declare_lost(case.copy, reason="Hilang", approved_by=chief)
        town.budi.declare_lost(case.copy, reason="Hilang", approved_by=HADI)

    def test_without_the_head(self, town: Town):
        """A second person must agree."""
        item = missing(town)
        with town.refuses("approval_needed"):
            town.budi.declare_lost(item, reason="Hilang")

    def test_where_the_office_asks_nobody_to_agree(self):
        """Then the registry alone does."""
        town = Town(settings={"approvals": {"declare_lost": "nobody"}})
        item = missing(town)
        town.budi.declare_lost(item, reason="Hilang")
        assert town.state(item) == "lost"

    def test_of_what_is_there(self, town: Town):
        """It must be missing first."""
        case = town.at_village("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.budi.declare_lost(case.copy, reason="Hilang", approved_by=HADI)


class TestVoid:
    """Home, to void: unusable for good."""

    def test_past_its_term(self, town: Town):
        """Sixty days in the store, and nobody came."""
        case = town.at_counter("ktp-hilang")
        town.lestari.turn_home(case.copy)
        town.clock.wait(days=59)
        with town.refuses("may_not_be_void"):
            town.wahyu.void(case.copy)
        town.clock.wait(days=1)
        town.wahyu.void(case.copy)
        assert (town.state(case.copy), town.paper(case.copy).due) == ("void", None)

    def test_unclaimed_in_the_village_past_its_term(self, town: Town):
        """The sixty days begin when it is back in the store."""
        item = unclaimed(town)
        town.dewi.hand_in(item)
        town.clock.wait(days=90)
        town.home(item)
        with town.refuses("may_not_be_void"):
            town.wahyu.void(item)
        town.clock.wait(days=60)
        town.wahyu.void(item)

    def test_of_what_goes_out(self, town: Town):
        """It may still be delivered."""
        case = town.printed("ktp-hilang")
        with town.refuses("may_not_be_void"):
            town.wahyu.void(case.copy)

    def test_of_what_is_not_home_yet(self, town: Town):
        """Only in the office's own store."""
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        with town.refuses("not_allowed_now"):
            town.wahyu.void(case.copy)

    def test_by_the_front_desk(self, town: Town):
        """The store is the print operator's."""
        case = town.printed("ktp-hilang")
        town.wahyu.condemn(case.copy, reason="Buram", damaged=True)
        with town.refuses("wrong_role"):
            town.lestari.void(case.copy)


def test_what_went_to_the_wrong_district_goes_home_and_out_again(town: Town):
    """Eko finds it among his papers; it goes home as misrouted and out to the right district."""
    wrong = town.printed("ktp-hilang", by=RINI, region=SOCOREJO)
    stray = town.printed("ktp-hilang")
    bag = town.arrived(wrong.copy, to=JENU)
    town.eko.count(bag, arrived=[wrong.copy], extra=[stray.copy])
    assert heading(town, stray.copy) == ("at_district", "home", "misrouted")
    assert town.paper(stray.copy).due is None
    kinds = [one.kind.value for one in town.bag(bag).differences]
    assert kinds == ["misrouted", "extra"]
    town.run(stray.copy, to="35.23", by=town.eko.actor)
    tasks = {one.id: one.next for one in town.office.inbox(town.wahyu.actor).tasks}
    assert tasks == {stray.copy: "turn_out"}, "the print operator is told what to do with it"
    town.wahyu.turn_out(stray.copy)
    town.run(stray.copy)
    town.siti.collect(stray.copy)
    town.siti.hand_over(stray.copy, to=OWNER)
    assert town.state(stray) == "completed"
