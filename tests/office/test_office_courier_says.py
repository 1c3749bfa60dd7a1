"""A courier that is silent, or says what others do not: people see it, and have a way out."""

from __future__ import annotations

import pytest
from office_days import AGUS, BUDI, DEWI, HADI, KEREK, WAHYU, Told, Town

from adminduk.decide import is_still_so
from adminduk.decide.inquiries import AGREES
from adminduk.records import CourierSays, Post


@pytest.fixture
def told() -> Told:
    """Give a notifier that keeps what it was given."""
    return Told()


@pytest.fixture
def town(told: Told) -> Town:
    """Give an office with it."""
    return Town(notifier=told)


def posts(*actors: object) -> list[str]:
    """Give their posts, as messages name them."""
    return sorted(str(one.posts[0]) for one in actors)  # type: ignore[attr-defined] # actors


def late(town: Town) -> dict[str, list[str]]:
    """Say which bags are late with whom."""
    return {
        one.post: [bag.id for bag in one.bags if bag.late]
        for one in town.office.owed()
        if any(bag.late for bag in one.bags)
    }


class TestABagThatNobodyFetches:
    """It lies sealed after its time: its sender comes to know, and may send it another way."""

    def test_is_asked_after(self, town: Town, told: Told):
        """Who packed it, who waits for it, and the registry; the office says with whom it lies."""
        bag = town.sealed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.clock.wait(days=2)
        (receipt,) = town.office.tick()
        assert receipt.records[0].state == "sealed"
        asked = told.since_last(town.office)
        assert sorted(to for to, _ in asked) == posts(WAHYU, DEWI, BUDI)
        assert all(bag in text and "tersegel" in text for _, text in asked)
        assert town.office.tick() == []
        assert late(town) == {posts(WAHYU)[0]: [bag]}

    def test_is_asked_after_again(self, town: Town):
        """Each time that its days are past; once for all that were missed."""
        bag = town.sealed(town.printed("ktp-hilang").copy)
        town.clock.wait(days=9)
        town.office.tick()
        assert town.bag(bag).asked == 4
        town.clock.wait(days=2)
        town.office.tick()
        assert town.bag(bag).asked == 5

    def test_is_not_told_when_it_has_left_meanwhile(self, town: Town, told: Told):
        """A gateway may have been away."""
        bag = town.sealed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.clock.wait(days=2)
        town.office.tick()
        town.agus.depart(bag)
        assert told.since_last(town.office) == []
        assert town.bag(bag).asked == 0

    def test_opened_and_sealed_anew_it_has_its_time_again(self, town: Town):
        """Nobody is asked after what was opened."""
        copy = town.printed("ktp-hilang").copy
        bag = town.sealed(copy)
        town.clock.wait(days=2)
        town.office.tick()
        town.wahyu.unseal(bag, reason="Tidak dijemput")
        assert (town.bag(bag).asked, town.office.tick()) == (0, [])
        town.wahyu.plan(bag, to=KEREK, items=[copy], own_van=True)
        town.wahyu.seal(bag, count=1)
        assert town.office.tick() == []
        assert late(town) == {}


class TestWhatTheCourierSays:
    """It moves nothing: who can look is told, and says what is so."""

    def test_is_kept_with_the_bag(self, town: Town):
        """Whoever had it still answers for it, and is seen with what was said."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.clock.wait(hours=5)
        town.agus.report(bag, said="delivered", note="Diterima satpam")
        kept = town.bag(bag)
        assert (kept.state, kept.custodian) == ("departed", AGUS.posts[0])
        (said,) = kept.said
        assert (said.what, said.at, said.note) == ("delivered", town.clock.now, "Diterima satpam")
        (held,) = town.office.owed(Post("courier", "35.23"))[0].bags
        assert (held.id, held.said) == (bag, "delivered")
        assert town.office.verify().faults == ()

    @pytest.mark.parametrize("said", list(CourierSays))
    def test_is_told_where_the_books_say_otherwise(self, town: Town, told: Told, said: str):
        """Once for each thing that it says, however often; collected it is by the books."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        for _ in range(2):
            town.agus.report(bag, said=said)
        heard = told.since_last(town.office)
        expected = [] if said == "collected" else posts(WAHYU, DEWI, BUDI)
        assert sorted(to for to, _ in heard) == expected
        assert all(bag in text and "2021-07-12" in text for _, text in heard)

    @pytest.mark.parametrize("said", ["delivered", "returned", "lost", "damaged"])
    def test_is_not_told_of_a_bag_that_was_taken_in(self, town: Town, told: Told, said: str):
        """Its receiver knows better."""
        bag = town.arrived(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.agus.report(bag, said=said)
        assert list(town.office.messages(parked=False)) == []
        assert town.bag(bag).said != ()

    def test_is_not_told_when_the_books_have_caught_up(self, town: Town, told: Told):
        """The message had waited."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.agus.report(bag, said="delivered")
        town.dewi.arrive(bag, seal_whole=True)
        assert told.since_last(town.office) == []

    def test_of_a_bag_that_lies_open(self, town: Town, told: Told):
        """A courier that says it has what nobody gave it."""
        bag = town.planned(town.printed("ktp-hilang").copy)
        told.since_last(town.office)
        town.agus.report(bag, said="collected")
        assert sorted(to for to, _ in told.since_last(town.office)) == posts(WAHYU, DEWI, BUDI)
        assert town.state(bag) == "planned"

    def test_is_the_same_in_whatever_order_it_comes(self, town: Town):
        """Of each kind the latest, in the order in which it happened."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        begun = town.clock.now
        town.clock.wait(hours=5)
        hours = {"delivered": 4, "not_delivered": 2}
        moments = {what: begun.replace(hour=begun.hour + hour) for what, hour in hours.items()}
        town.agus.report(bag, said="delivered", at=moments["delivered"])
        town.agus.report(bag, said="not_delivered", at=moments["not_delivered"])
        town.agus.report(bag, said="delivered", at=begun, note="lama")
        kept = [(one.what.value, one.at) for one in town.bag(bag).said]
        assert kept == [(what, moments[what]) for what in ("not_delivered", "delivered")]

    @pytest.mark.parametrize("anew", ["come_back", "seal"])
    def test_is_of_one_way(self, town: Town, anew: str):
        """Sent anew, nothing has been said of the bag yet."""
        copy = town.printed("ktp-hilang").copy
        bag = town.departed(copy) if anew == "come_back" else town.sealed(copy)
        town.agus.report(bag, said="lost")
        if anew == "come_back":
            town.wahyu.come_back(bag, reason="Mobil mogok")
        else:
            town.wahyu.unseal(bag, reason="Satu lagi")
            town.wahyu.seal(bag, count=1)
        assert town.bag(bag).said == ()

    def test_of_a_bag_that_was_written_off(self, town: Town, told: Told):
        """It is there after all: that is news."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.budi.write_off(bag, reason="Tidak datang", approved_by=HADI)
        told.since_last(town.office)
        town.agus.report(bag, said="lost")
        assert told.since_last(town.office) == []
        town.agus.report(bag, said="delivered")
        assert sorted(to for to, _ in told.since_last(town.office)) == posts(WAHYU, DEWI, BUDI)

    def test_ends_with_the_bag(self, town: Town):
        """Of one that is closed nothing more is written."""
        bag = town.run(town.printed("ktp-hilang").copy)
        town.budi.close(bag)
        with town.refuses("not_allowed_now"):
            town.agus.report(bag, said="delivered")

    def test_what_it_did_not_say_is_no_news(self, town: Town):
        """As a bag that was sealed anew."""
        bag = town.bag(town.sealed(town.printed("ktp-hilang").copy))
        assert not is_still_so("courier_says_lost", {}, bag)

    def test_every_kind_has_states_that_know_as_much(self):
        """None is forgotten."""
        assert set(AGREES) == set(CourierSays)
