"""Originals that the office takes in: expected, taken in, given back or destroyed."""

from __future__ import annotations

import pytest
from attrs import evolve
from office_days import HADI, KEREK, OWNER, TUBAN, WITNESS, Case, Town, shown

from adminduk.catalogue import Catalogue, Item, Surrender, load
from adminduk.records import Heading

POLICE_LETTER = "surat-hilang"


def expected(town: Town) -> Case:
    """Submit a case whose police letter was only scanned."""
    return town.case("ktp-hilang", handed_in=False)


def letter_is(surrender: Surrender) -> Catalogue:
    """Give the rules with another fate of the police letter."""
    rules = load()

    def changed(item: Item) -> Item:
        return evolve(item, surrender=surrender) if item.id == POLICE_LETTER else item

    periods = {
        name: tuple(evolve(one, items=tuple(map(changed, one.items))) for one in services)
        for name, services in rules.periods.items()
    }
    return evolve(rules, periods=periods)


@pytest.fixture
def lending(monkeypatch: pytest.MonkeyPatch) -> Town:
    """Give an office that wants the police letter before verification, and gives it back."""
    monkeypatch.setattr(
        "adminduk.office.load_catalogue", lambda: letter_is(Surrender("verification", "returned"))
    )
    return Town()


class TestTakenIn:
    """What the office takes in is expected from the submission on."""

    def test_at_submission_where_it_was_handed_in(self, town: Town):
        """The operator who takes the case in holds it, on its way to the office."""
        case = town.case("ktp-hilang")
        original = town.paper(case.original(POLICE_LETTER))
        assert (original.state, original.heading) == ("at_village", Heading.HOME)
        assert town.holder(original.id) == str(town.siti.actor.posts[0])

    @pytest.mark.parametrize(
        ("hand", "place"),
        [("siti", "at_village"), ("dewi", "at_district"), ("lestari", "at_counter")],
    )
    def test_later(self, town: Town, hand: str, place: str):
        """What was scanned is handed in later, to whoever the applicant comes to."""
        case = expected(town)
        item = case.original(POLICE_LETTER)
        assert town.state(item) == "expected"
        getattr(town, hand).take_in(item)
        assert town.state(item) == place
        assert town.holder(item) == str(getattr(town, hand).actor.posts[0])

    def test_when_a_return_is_answered(self, town: Town):
        """Handed in with the answer, it is taken in with it."""
        case = expected(town)
        town.budi.send_back(case, faults={POLICE_LETTER: "Buram"}, accepted=["f-1-02"])
        town.siti.answer(case, evidence={POLICE_LETTER: shown(POLICE_LETTER, "handed_in")})
        assert town.state(case.original(POLICE_LETTER)) == "at_village"

    def test_twice(self, town: Town):
        """It is there already."""
        case = town.case("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.take_in(case.original(POLICE_LETTER))

    def test_in_another_village(self, town: Town):
        """Joko's village is another one."""
        case = expected(town)
        with town.refuses("wrong_area"):
            town.joko.take_in(case.original(POLICE_LETTER))

    def test_that_nobody_asked_for(self, town: Town):
        """A paper that is not on the list is not taken in."""
        case = expected(town)
        with town.refuses("not_found"):
            town.siti.take_in(case.original("buku-nikah"))

    def test_a_copy_is_no_original(self, town: Town):
        """The two are told apart by their ids."""
        case = town.verified("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.take_in(case.copy)
        with town.refuses("not_allowed_now"):
            town.wahyu.print(case.original(POLICE_LETTER), blank="A1")


class TestWaived:
    """Expected, and done without."""

    def test_by_the_registry(self, town: Town):
        """Then nothing stands against handing the document over."""
        case = town.at_village("ktp-hilang", handed_in=False)
        town.budi.waive(case.original(POLICE_LETTER), reason="Polisi menyimpan aslinya")
        original = town.paper(case.original(POLICE_LETTER))
        assert (original.state, original.note) == ("waived", "Polisi menyimpan aslinya")
        town.siti.hand_over(case.copy, to=OWNER)

    def test_in_the_village(self, town: Town):
        """What the law asks for the village does not let go."""
        case = expected(town)
        with town.refuses("wrong_role"):
            town.siti.waive(case.original(POLICE_LETTER), reason="Tidak perlu")

    def test_of_what_was_taken_in(self, town: Town):
        """It is there; there is nothing to do without."""
        case = town.case("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.budi.waive(case.original(POLICE_LETTER), reason="Tidak perlu")


class TestSurrendered:
    """It stays with the office and is destroyed with minutes."""

    def test_travels_home_and_is_destroyed(self, town: Town):
        """From the village to the district, in a bag to the office, void, destroyed."""
        case = town.at_village("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.siti.hand_over(case.copy, to=OWNER)
        town.dewi.hand_in(item)
        town.home(item)
        assert town.holder(item) == "print_operator@35.23"
        town.wahyu.void(item)
        town.wahyu.destroy("BA-9/2021", papers=[item], witnesses=[WITNESS], approved_by=HADI)
        assert (town.state(item), town.paper(item).minutes) == ("destroyed", "BA-9/2021")

    def test_from_the_counter(self, town: Town):
        """What the front desk took in it passes on to the store; nobody left it unclaimed."""
        case = expected(town)
        item = case.original(POLICE_LETTER)
        town.lestari.take_in(item)
        town.lestari.turn_home(item)
        original = town.paper(item)
        assert (original.state, original.why, original.due) == ("at_office", None, None)

    def test_is_not_handed_back(self, town: Town):
        """What is surrendered heads home."""
        case = town.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        with town.refuses("heading_home"):
            town.siti.hand_over(item, to=OWNER)
        with town.refuses("may_not_turn_out"):
            town.siti.turn_out(item)

    def test_goes_back_if_nothing_was_produced(self, town: Town):
        """A rejected case keeps nothing: from wherever it is, it heads out to its owner."""
        case = town.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.dewi.hand_in(item)
        town.home(item)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        assert town.paper(item).heading is Heading.OUT
        with town.refuses("may_not_be_void"):
            town.wahyu.void(item)
        town.run(item, to=KEREK)
        town.siti.collect(item)
        town.siti.hand_over(item, to=OWNER)
        assert town.state(item) == "handed_over"

    def test_goes_back_also_from_a_bag(self, town: Town):
        """The case ends while it is on its way home: from the office it goes out again."""
        case = town.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.dewi.hand_in(item)
        bag = town.departed(item, to=TUBAN, by=town.dewi.actor)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        town.wahyu.arrive(bag, seal_whole=True)
        town.wahyu.count(bag, arrived=[item])
        assert town.paper(item).due is None
        town.run(item, to=KEREK)
        assert town.state(item) == "at_district"

    def test_that_cannot_be_found(self, town: Town):
        """Missing, found by somebody else, and home after all."""
        case = town.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.siti.report_missing(item)
        town.dewi.found(item)
        town.home(item)
        assert town.state(item) == "at_office"


class TestLent:
    """It is wanted before verification, and given back."""

    def test_is_due_before_verification(self, lending: Town):
        """Without it the case is not verified."""
        case = expected(lending)
        assert "verify" not in lending.budi.can(lending.application(case))
        with lending.refuses("originals_due") as refused:
            lending.verify(case)
        assert refused.value.facts["missing"] == [POLICE_LETTER]
        assert refused.value.facts["instead"] == ["take_in", "waive"]
        lending.siti.take_in(case.original(POLICE_LETTER))
        lending.verify(case)

    def test_may_be_done_without(self, lending: Town):
        """Waived, it stands in nobody's way."""
        case = expected(lending)
        lending.budi.waive(case.original(POLICE_LETTER), reason="Polisi menyimpan aslinya")
        lending.verify(case)

    def test_is_given_back_at_once(self, lending: Town):
        """Compared in the village, it turns out again and is handed back there."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.siti.turn_out(item)
        lending.siti.hand_over(item, to=OWNER)
        assert lending.state(item) == "handed_over"

    def test_is_given_back_from_the_office(self, lending: Town):
        """Sent in, it goes out in a bag, and is handed back at the district."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.dewi.hand_in(item)
        lending.home(item)
        lending.wahyu.turn_out(item)
        lending.run(item, to=KEREK)
        lending.dewi.hand_over(item, to=OWNER)
        assert lending.state(item) == "handed_over"

    def test_is_given_back_at_the_counter(self, lending: Town):
        """From the store it may be fetched at the counter, without a letter."""
        case = expected(lending)
        item = case.original(POLICE_LETTER)
        lending.lestari.take_in(item)
        lending.lestari.turn_home(item)
        lending.wahyu.turn_out(item)
        lending.lestari.to_counter(item)
        lending.lestari.hand_over(item, to=OWNER)
        assert lending.state(item) == "handed_over"

    def test_heads_out_with_the_end_of_its_case(self, lending: Town):
        """What was forgotten in the village is the applicant's again."""
        case = lending.at_village("ktp-hilang")
        lending.siti.hand_over(case.copy, to=OWNER)
        lending.siti.hand_over(case.original(POLICE_LETTER), to=OWNER)

    def test_is_not_destroyed(self, lending: Town):
        """It is not the office's to destroy."""
        case = expected(lending)
        item = case.original(POLICE_LETTER)
        lending.lestari.take_in(item)
        lending.lestari.turn_home(item)
        with lending.refuses("may_not_be_void"):
            lending.wahyu.void(item)


def test_an_original_is_not_turned_home_by_time(town: Town):
    """Only documents of the office go home unclaimed; an original waits for its owner."""
    case = town.case("ktp-hilang")
    town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
    town.clock.wait(days=400)
    assert town.office.tick() == []
    assert town.paper(case.original(POLICE_LETTER)).heading is Heading.OUT
