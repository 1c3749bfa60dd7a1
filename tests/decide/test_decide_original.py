"""Originals that the office takes in: expected, taken in; given back, filed or destroyed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve
from office_days import (
    HADI,
    JENU,
    KEREK,
    OWNER,
    RINI,
    SOCOREJO,
    TUBAN,
    WITNESS,
    Case,
    Town,
    shown,
)

from adminduk.catalogue import Catalogue, Item, Surrender, load
from adminduk.records import Heading, HomeReason, Original

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


def fate(town: Town, item: str) -> tuple[str, str]:
    """Say what becomes of an original, and where it heads."""
    original = town.paper(item)
    assert isinstance(original, Original)
    return original.fate.value, original.heading.value


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

    def test_since_when_is_known(self, town: Town):
        """For whoever asks where their paper is."""
        case = expected(town)
        assert town.paper(case.original(POLICE_LETTER)).taken_in is None  # type: ignore[union-attr] # an original
        town.clock.wait(days=1)
        town.siti.take_in(case.original(POLICE_LETTER))
        taken_in = town.paper(case.original(POLICE_LETTER)).taken_in  # type: ignore[union-attr] # an original
        assert taken_in == town.clock.now

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

    def test_that_turns_up_after_all(self, town: Town):
        """Done without, and brought later: the office has it, and it goes the usual way."""
        case = town.at_village("ktp-hilang", handed_in=False)
        item = case.original(POLICE_LETTER)
        town.budi.waive(item, reason="Polisi menyimpan aslinya")
        town.siti.hand_over(case.copy, to=OWNER)
        town.siti.take_in(item)
        assert (town.state(item), town.paper(item).heading) == ("at_village", Heading.HOME)

    def test_that_turns_up_when_nothing_came_of_it(self, town: Town):
        """A case that was rejected needs it no more: it is given back where it was brought."""
        case = expected(town)
        item = case.original(POLICE_LETTER)
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        assert town.state(item) == "waived"
        town.siti.take_in(item)
        assert fate(town, item) == ("returned", "out")
        town.siti.hand_over(item, to=OWNER)


class TestUnexpected:
    """Nobody asked for it, and it was left with the office all the same."""

    def test_is_lent_and_given_back(self, town: Town):
        """It is written down as what it is, and its owner fetches it."""
        case = town.case("ktp-hilang")
        item = case.original("buku-nikah")
        town.siti.take_in(item, unexpected=True)
        original = town.paper(item)
        assert (original.state, original.irregular) == ("at_village", True)
        assert fate(town, item) == ("returned", "out")
        assert town.application(case).originals == (POLICE_LETTER, "buku-nikah")
        town.siti.hand_over(item, to=OWNER)

    def test_of_a_case_that_has_ended(self, town: Town):
        """It was forgotten there; by when it should be back is known at once."""
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        town.lestari.take_in(case.original("buku-nikah"), unexpected=True)
        assert town.paper(case.original("buku-nikah")).due == town.clock.now + timedelta(days=14)

    def test_goes_home_from_where_it_was_found(self, town: Town):
        """Left at the counter, it goes out to the village with the courier."""
        case = town.case("ktp-hilang")
        item = case.original("buku-nikah")
        town.lestari.take_in(item, unexpected=True)
        town.lestari.turn_home(item)
        town.wahyu.turn_out(item)
        town.run(item)
        town.siti.collect(item)
        town.siti.hand_over(item, to=OWNER)

    def test_of_which_the_case_knows(self, town: Town):
        """Then it is what was asked for, and goes the way of that."""
        case = expected(town)
        town.siti.take_in(case.original(POLICE_LETTER), unexpected=True)
        assert fate(town, case.original(POLICE_LETTER)) == ("kept", "home")

    def test_that_is_no_paper(self, town: Town):
        """Its name is one of those that the rules know."""
        case = expected(town)
        with town.refuses("unknown_paper", at="with.original"):
            town.siti.take_in(case.original("kucing"), unexpected=True)

    def test_of_no_case(self, town: Town):
        """A paper belongs to somebody's case."""
        with town.refuses("not_found"):
            town.siti.take_in("2222222222-2/buku-nikah", unexpected=True)

    def test_in_another_village(self, town: Town):
        """Joko's village is another one."""
        case = expected(town)
        with town.refuses("wrong_area"):
            town.joko.take_in(case.original("buku-nikah"), unexpected=True)


class TestWithdrawn:
    """A new document takes its place: it is destroyed with minutes, and not before."""

    def test_travels_home_and_is_destroyed(self, town: Town):
        """From the village to the district, in a bag to the office, void, destroyed."""
        item = town.delivered("ktp-rusak", home="ktp-rusak")
        assert town.holder(item) == "print_operator@35.23"
        with town.refuses("may_not_be_filed"):
            town.wahyu.file(item)
        assert town.wahyu.can(town.paper(item)) >= {"void"}
        town.wahyu.void(item)
        town.wahyu.destroy("BA-9/2021", papers=[item], witnesses=[WITNESS], approved_by=HADI)
        assert (town.state(item), town.paper(item).minutes) == ("destroyed", "BA-9/2021")

    def test_while_the_new_one_is_not_there(self, town: Town):
        """The old card is all that its owner has until then."""
        case = town.at_village("ktp-rusak")
        item = case.original("ktp-rusak")
        town.dewi.hand_in(item)
        town.home(item)
        with town.refuses("may_not_be_void"):
            town.wahyu.void(item)
        assert "void" not in town.wahyu.can(town.paper(item))
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        town.budi.give_up(case, product="ktp", reason="Pindah")
        town.dewi.hand_in(case.copy)
        town.home(case.copy)
        town.wahyu.void(case.copy)
        assert town.state(case) == "lapsed"
        assert fate(town, item) == ("returned", "out")

    def test_of_two_documents_one_is_delivered(self, town: Town):
        """What was withdrawn for the other is its owner's still."""
        case = town.printed("ktp-rusak", "kk-rusak")
        lines = {one.product: one.numbers[0] for one in town.application(case).lines}
        card, family = case.original("ktp-rusak"), case.original("kk-rusak")
        kk, ktp = case.copies(lines["kk"]), case.copies(lines["ktp"])
        town.run(kk, ktp)
        town.siti.collect(kk)
        town.siti.hand_over(kk, to=OWNER)
        town.dewi.condemn(ktp, reason="Patah", damaged=True)
        town.budi.give_up(case, product="ktp", reason="Pindah")
        town.home(ktp)
        town.wahyu.void(ktp)
        assert town.state(case) == "completed"
        assert fate(town, card) == ("returned", "out")
        assert fate(town, family) == ("kept", "home")

    def test_that_should_not_have_been(self, town: Town):
        """The registry gives it back; from wherever it is, it heads for its owner."""
        case = town.case("ktp-rusak")
        item = case.original("ktp-rusak")
        town.budi.give_back(item, reason="Kartu masih utuh")
        assert fate(town, item) == ("returned", "out")
        assert town.paper(item).note == "Kartu masih utuh"
        with town.refuses("lent"):
            town.budi.give_back(item, reason="Kartu masih utuh")
        assert "give_back" not in town.budi.can(town.paper(item))
        town.siti.hand_over(item, to=OWNER)

    def test_is_not_given_back_in_the_village(self, town: Town):
        """What the law withdraws the village does not let go."""
        case = town.case("ktp-rusak")
        with town.refuses("wrong_role"):
            town.siti.give_back(case.original("ktp-rusak"), reason="Kasihan")


class TestKept:
    """It is filed with the case, and never destroyed."""

    def test_travels_home_and_is_filed(self, town: Town):
        """Nobody answers for it by itself any more."""
        item = town.delivered("ktp-hilang", home=POLICE_LETTER)
        with town.refuses("may_not_be_void"):
            town.wahyu.void(item)
        town.wahyu.file(item)
        assert (town.state(item), town.holder(item)) == ("filed", "")
        assert not town.wahyu.can(town.paper(item))

    def test_while_its_case_is_open(self, town: Town):
        """Until the document is there, it may have to go back."""
        case = town.at_village("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.dewi.hand_in(item)
        town.home(item)
        with town.refuses("may_not_be_filed"):
            town.wahyu.file(item)

    def test_by_another(self, town: Town):
        """The file is with the store."""
        item = town.delivered("ktp-hilang", home=POLICE_LETTER)
        with town.refuses("wrong_role"):
            town.lestari.file(item)

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
        due = town.paper(item).due
        town.wahyu.count(bag, arrived=[item])
        assert town.paper(item).due == due is not None
        town.run(item, to=KEREK)
        assert town.state(item) == "at_district"

    def test_that_is_lost(self, town: Town):
        """Who lost it stays known; found again it goes on as before."""
        case = town.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        town.siti.report_missing(item)
        town.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        original = town.paper(item)
        assert original.answered == town.siti.actor.posts[0]
        assert "original_lost" not in town.told(case)
        town.verify(case)
        town.dewi.found(item)
        original = town.paper(item)
        assert (original.state, original.condemned, original.heading) == (
            "at_district",
            False,
            Heading.HOME,
        )

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

    def test_heads_out_with_the_verification(self, lending: Town):
        """Nothing keeps it in the store any more; by when it should be back is known."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.dewi.hand_in(item)
        lending.home(item)
        assert lending.paper(item).due is None
        lending.verify(case)
        assert fate(lending, item) == ("returned", "out")
        assert lending.paper(item).due == lending.clock.now + timedelta(days=14)
        lending.print(case.copy)
        lending.run(item, case.copy)

    def test_that_is_still_in_the_village(self, lending: Town):
        """It may have to come first, to get a margin note; the term runs all the same."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.verify(case)
        assert fate(lending, item) == ("returned", "home")
        due = lending.paper(item).due
        lending.dewi.hand_in(item)
        lending.home(item)
        assert lending.paper(item).due == due == lending.clock.now + timedelta(days=14)
        tasks = {one.id: one.next for one in lending.office.inbox(lending.wahyu.actor).tasks}
        assert tasks == {case.copy: "print", item: "turn_out"}
        lending.wahyu.turn_out(item)
        assert lending.paper(item).due == due

    def test_that_is_lost(self, lending: Town):
        """Its owner is told; and told nothing when it is found, for then it comes."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.siti.report_missing(item)
        lending.budi.declare_lost(item, reason="Sudah dicari", approved_by=HADI)
        assert lending.told(case)["original_lost"] == 1
        lending.siti.found(item)
        lending.siti.turn_out(item)
        lending.siti.hand_over(item, to=OWNER)

    def test_that_is_damaged(self, lending: Town):
        """It is its owner's all the same: bagged, collected and handed back as it is."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.dewi.hand_in(item)
        bag = lending.arrived(item, to=TUBAN, by=lending.dewi.actor)
        lending.wahyu.count(bag, damaged=[item])
        lending.wahyu.condemn(item, reason="Basah", damaged=True)
        assert fate(lending, item) == ("returned", "home")
        lending.verify(case)
        lending.run(item, to=KEREK)
        assert lending.paper(item).condemned
        lending.siti.collect(item)
        lending.siti.hand_over(item, to=OWNER)

    def test_that_went_to_the_wrong_district(self, lending: Town):
        """Damaged or not, it comes home and goes out again."""
        case = lending.case("ktp-hilang")
        item = case.original(POLICE_LETTER)
        lending.siti.turn_out(item)
        lending.siti.condemn(item, reason="Basah", damaged=True)
        lending.siti.turn_home(item)
        lending.dewi.hand_in(item)
        lending.home(item)
        lending.wahyu.turn_out(item)
        stray = lending.printed("ktp-hilang", by=RINI, region=SOCOREJO)
        bag = lending.arrived(stray.copy, to=JENU)
        lending.eko.count(bag, arrived=[stray.copy], extra=[item])
        assert lending.paper(item).why is HomeReason.MISROUTED

    def test_is_not_destroyed(self, lending: Town):
        """It is not the office's to destroy, nor to file."""
        case = expected(lending)
        item = case.original(POLICE_LETTER)
        lending.lestari.take_in(item)
        lending.lestari.turn_home(item)
        with lending.refuses("may_not_be_void"):
            lending.wahyu.void(item)
        with lending.refuses("may_not_be_filed"):
            lending.wahyu.file(item)


def test_an_original_is_not_turned_home_by_time(town: Town):
    """Only documents of the office go home unclaimed; an original waits for its owner."""
    case = town.case("ktp-hilang")
    town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
    town.clock.wait(days=400)
    assert town.office.tick() == []
    assert town.paper(case.original(POLICE_LETTER)).heading is Heading.OUT
