"""Cases that were there before the library: entered with their documents where they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from office_days import (
    BUDI,
    DEWI,
    GEMULUNG,
    HADI,
    KEREK,
    LESTARI,
    OWNER,
    RATNA,
    SITI,
    TUBAN,
    WAHYU,
    Case,
    Town,
)

from adminduk import Actor, commands
from adminduk.commands import Shelved
from adminduk.errors import InvalidInput
from adminduk.records import Copy, DeliveryWay, LastCopy, ProductOutcome

SOURCE = "Buku ekspedisi 2021, no. 117"
CARD = {"product": "ktp", "blank": "L-117"}
FAMILY_CARD = {"product": "kk"}


def order(town: Town, *services: str, **said: Any) -> commands.Adopt:
    """Make the order to adopt a case of a family of its own, approved by the head of office."""
    of = town.order(*services or ("ktp-hilang",))
    usual = {
        "region": GEMULUNG,
        "services": of.services,
        "applicant": of.applicant,
        "people": of.people,
        "source": SOURCE,
        "approved_by": HADI,
    }
    return commands.Adopt(**usual | said)


def adopted(town: Town, *services: str, by: Actor = BUDI, **said: Any) -> Case:
    """Adopt a case; usually that of a lost card, which is ordered where nothing is said of it."""
    return Case(town.office.do(order(town, *services, **said), by=by).records[0].id)


def shelved(place: str, **paper: Any) -> tuple[Shelved, ...]:
    """Say where the card of the case is."""
    return (Shelved(place=place, **CARD | paper),)


def copy_of(town: Town, case: Case, number: int = 1) -> Copy:
    """Give a copy of a case."""
    found = town.paper(case.copies(number))
    assert isinstance(found, Copy)
    return found


class TestTheCase:
    """It is verified, as somebody did before the library was there."""

    def test_is_verified_and_marked(self, town: Town):
        """From where it was entered stands in its record, and that nobody verified it here."""
        case = adopted(town, papers=shelved("village"))
        application = town.application(case)
        assert (application.state, application.adopted) == ("verified", SOURCE)
        assert (application.submitted_by, application.rules) == ("budi", date(2021, 7, 12))
        assert copy_of(town, case).adopted
        journal = town.office.journal(case.code)
        assert {(one.do, one.by, one.approved_by) for one in journal} == {("adopt", "budi", "hadi")}

    def test_is_told_from_one_that_was_verified_here(self, town: Town):
        """Which is not marked."""
        case = town.verified("ktp-hilang")
        assert town.application(case).adopted == ""
        assert not copy_of(town, case).adopted

    def test_is_found_and_tracked_like_any_other(self, town: Town):
        """By its village, by its people, by its code."""
        case = adopted(town, papers=shelved("village"))
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        assert [one.code for one in town.office.find(GEMULUNG, LESTARI).cases] == [case.code]
        assert [one.code for one in town.office.find_person(nik, LESTARI)] == [case.code]
        assert town.word(case) == "Siap Diambil"

    def test_may_bring_its_code(self, town: Town):
        """A second one of that code is refused."""
        code = town.case("kk-hilang").code
        with town.refuses("id_taken"):
            adopted(town, application=code)

    def test_needs_no_evidence(self, town: Town):
        """What was shown lies in a folder; originals are not waited for."""
        application = town.application(adopted(town, "kk-tambah-anak"))
        assert (application.evidence, application.originals, application.due) == ((), (), None)

    def test_is_not_verified_by_who_adopted_it(self, town: Town):
        """Reopened it is looked at by somebody else, as any application."""
        case = adopted(town, papers=shelved("village"))
        town.budi.reopen(case, reason="Salah", approved_by=HADI)
        with town.refuses("own_work"):
            town.budi.verify(case)


class TestPlaces:
    """Each place gives the state and the post that answers."""

    @pytest.mark.parametrize(
        ("place", "state", "post"),
        [
            ("office", "at_office", f"print_operator@{TUBAN}"),
            ("counter", "at_counter", f"front_desk@{TUBAN}"),
            ("district", "at_district", f"district_operator@{KEREK}"),
            ("village", "at_village", f"village_operator@{GEMULUNG}"),
            ("handed_over", "handed_over", ""),
        ],
    )
    def test_of_a_card(self, town: Town, place: str, state: str, post: str):
        """On its blank, wherever it lies."""
        case = adopted(town, papers=shelved(place))
        assert (town.state(case.copy), town.holder(case.copy)) == (state, post)
        assert copy_of(town, case).blank == "L-117"

    @pytest.mark.parametrize("place", ["counter", "district", "village"])
    def test_where_it_is_claimed(self, town: Town, place: str):
        """It waits as long as any other, from today on; then it goes home."""
        case = adopted(town, papers=shelved(place))
        assert copy_of(town, case).due == town.clock.now + timedelta(days=30)
        town.clock.wait(days=30)
        assert [one.records[0].id for one in town.office.tick()] == [case.copy]

    @pytest.mark.parametrize("place", ["office", "handed_over"])
    def test_where_nobody_claims_it(self, town: Town, place: str):
        """It waits for nothing."""
        case = adopted(town, papers=shelved(place))
        assert copy_of(town, case).due is None

    def test_at_the_counter_is_fetched_there(self, town: Town):
        """Every other goes by the courier."""
        at_counter = adopted(town, papers=shelved("counter"))
        at_office = adopted(town, papers=shelved("office", blank="L-118"))
        ways = [copy_of(town, one).way for one in (at_counter, at_office)]
        assert ways == [DeliveryWay.COUNTER, DeliveryWay.COURIER]
        lines = [town.application(one).lines[0].way for one in (at_counter, at_office)]
        assert lines == ways

    def test_is_none_that_there_is(self, town: Town):
        """On the moon."""
        with town.refuses("choice"):
            shelved("moon")


class TestWhatIsNotNamed:
    """A product of which no document is told is ordered, to be printed."""

    def test_is_ordered(self, town: Town):
        """It is in the print queue, due in its time."""
        case = adopted(town)
        copy = copy_of(town, case)
        assert (copy.state, copy.adopted) == ("ordered", False)
        assert copy.due == town.clock.now + timedelta(hours=24)
        assert case.copy in [task.id for task in town.office.inbox(WAHYU).tasks]

    def test_beside_what_is_named(self, town: Town):
        """The one lies in the village, the other is printed."""
        case = adopted(town, "ktp-hilang", "kk-hilang", papers=(Shelved(place="village", **CARD),))
        states = {
            copy_of(town, case, number).product: town.state(case.copies(number))
            for number in (1, 2)
        }
        assert states == {"ktp": "at_village", "kk": "ordered"}
        numbers = {line.product: line.numbers for line in town.application(case).lines}
        assert sorted(numbers.values()) == [(1,), (2,)]
        assert {line.last for line in town.application(case).lines} == {LastCopy.ALIVE}


class TestHandedOver:
    """What people have already counts as delivered."""

    def test_of_several(self, town: Town):
        """The case is open for the rest."""
        papers = (Shelved(place="handed_over", **CARD), Shelved(place="village", **FAMILY_CARD))
        case = adopted(town, "ktp-hilang", "kk-hilang", papers=papers)
        outcomes = {line.product: line.outcome for line in town.application(case).lines}
        assert outcomes == {"ktp": ProductOutcome.DELIVERED, "kk": ProductOutcome.OPEN}
        assert town.state(case) == "verified"

    def test_of_all(self, town: Town):
        """The case is completed at once."""
        papers = (Shelved(place="handed_over", **CARD), Shelved(place="handed_over", **FAMILY_CARD))
        case = adopted(town, "ktp-hilang", "kk-hilang", papers=papers)
        assert (town.state(case), town.word(case)) == ("completed", "Sudah Diambil")
        assert town.office.verify().faults == ()


class TestClaims:
    """An adopted case stands in another's way as any case does."""

    def test_a_second_case_about_the_same(self, town: Town):
        """Nobody applies for what is on its way already."""
        case = adopted(town, papers=shelved("village"))
        people = town.application(case).case.people
        with town.refuses("already_open") as refused:
            town.case("ktp-hilang", people=people)
        assert refused.value.facts["application"] == case.code
        with town.refuses("already_open"):
            adopted(town, people=people, papers=shelved("office", blank="L-118"))

    def test_one_that_is_open_already(self, town: Town):
        """What was submitted here is not adopted besides."""
        case = town.case("ktp-hilang")
        with town.refuses("already_open"):
            adopted(town, people=town.application(case).case.people)

    def test_none_once_it_is_completed(self, town: Town):
        """Who has their card may lose it again."""
        case = adopted(town, papers=shelved("handed_over"))
        again = town.case("ktp-hilang", people=town.application(case).case.people)
        assert town.state(again) == "submitted"

    def test_a_blank_that_was_used(self, town: Town):
        """Here, or by another case that was adopted; nothing of the case is entered."""
        first = adopted(town, papers=shelved("village"))
        with town.refuses("blank_used") as refused:
            adopted(town, papers=shelved("office"))
        assert refused.value.facts == {"blank": "L-117", "id": first.copy}
        copy = town.verified("ktp-hilang").copy
        with town.refuses("blank_used"):
            town.wahyu.print(copy, blank="L-117")

    def test_a_blank_whose_card_was_handed_over(self, town: Town):
        """A blank is used for good."""
        adopted(town, papers=shelved("handed_over"))
        with town.refuses("blank_used"):
            adopted(town, papers=shelved("village"))


class TestWrongInput:
    """What does not fit is refused, each fault in its place."""

    @pytest.mark.parametrize(
        ("paper", "path", "code"),
        [
            ({"product": "ktp"}, "blank", "blank"),
            ({"product": "kk", "blank": "L-1"}, "blank", "blank"),
            ({"product": "kia", "blank": "L-1"}, "product", "unknown_product"),
            ({"product": "sim"}, "product", "unknown_product"),
        ],
        ids=["no blank", "no blank needed", "another product", "no product"],
    )
    def test_of_a_paper(self, town: Town, paper: dict[str, str], path: str, code: str):
        """Of a lost card and a lost family card, told at once with its place in the list."""
        papers = (Shelved(place="office", **paper),)
        with town.refuses(code) as refused:
            adopted(town, "ktp-hilang", "kk-hilang", papers=papers)
        faults = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert [(one.path, one.code) for one in faults] == [(f"with.papers[0].{path}", code)]

    def test_of_a_paper_that_is_named_twice(self, town: Town):
        """In two places at once it is not."""
        papers = (*shelved("village"), *shelved("office", blank="L-118"))
        with town.refuses("repeated") as refused:
            adopted(town, papers=papers)
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert fault.path == "with.papers[1].product"

    def test_of_several_papers_at_once(self, town: Town):
        """None is kept back."""
        papers = (Shelved(place="office", product="ktp"), Shelved(place="office", product="sim"))
        with town.refuses("blank") as refused:
            adopted(town, papers=papers)
        faults = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert [one.code for one in faults] == ["blank", "unknown_product"]
        assert faults[0].accepted == "the number of its blank"

    def test_of_a_paper_that_none_of_the_services_makes(self, town: Town):
        """Those that they make are named."""
        papers = (Shelved(place="office", product="sim"),)
        with town.refuses("unknown_product") as refused:
            adopted(town, "akta-lahir", "kk-tambah-anak", papers=papers)
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert fault.accepted == "akta-lahir, kk"

    @pytest.mark.parametrize("source", ["", " ", "no.\n7"])
    def test_of_the_source(self, town: Town, source: str):
        """Where it stands must be said, in one line."""
        with town.refuses("text"):
            adopted(town, source=source)

    def test_of_people(self, town: Town):
        """Without their numbers nobody knows whether the case is there twice."""
        with town.refuses("missing") as refused:
            adopted(town, people={})
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert (fault.path, fault.facts) == ("with.people.holder.nik", {"need": "nik"})

    def test_of_somebody_whom_no_service_is_about(self, town: Town):
        """As in any application."""
        of = order(town)
        with town.refuses("unknown_party"):
            town.office.do(evolve(of, people={**of.people, "uncle": of.applicant}), by=BUDI)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"services": ()}, "missing"),
            ({"services": ("ktp-hilang", "ktp-hilang")}, "repeated"),
            ({"services": ("sim-baru",)}, "unknown_service"),
            ({"region": KEREK}, "not_a_village"),
            ({"region": "35.23.08.2999"}, "not_found"),
            ({"region": "35.22.01.2001"}, "wrong_area"),
        ],
    )
    def test_of_what_and_where(self, town: Town, said: dict[str, Any], code: str):
        """As in any application."""
        with town.refuses(code):
            adopted(town, **said)


class TestWhoAdopts:
    """The registry, with the approval of the head of office."""

    @pytest.mark.parametrize("approver", [None, BUDI, RATNA, LESTARI])
    def test_not_without_the_head(self, town: Town, approver: Actor | None):
        """Not alone, not approved by oneself or by a colleague."""
        with town.refuses("approval_needed") as refused:
            adopted(town, approved_by=approver)
        assert refused.value.facts["may"] == ["head_of_office"]

    def test_the_head_needs_another(self, town: Town):
        """As in all that the head approves."""
        with town.refuses("approval_needed"):
            adopted(town, by=HADI)
        case = adopted(town, by=HADI, approved_by=evolve(HADI, id="yuni"))
        assert town.state(case) == "verified"

    @pytest.mark.parametrize("by", [SITI, DEWI, LESTARI, WAHYU], ids=lambda one: one.role)
    def test_nobody_else(self, town: Town, by: Actor):
        """Who takes applications takes them by the usual way."""
        with town.refuses("wrong_role"):
            adopted(town, by=by)


class TestFromThereOn:
    """It goes on like any other case."""

    def test_from_the_village(self, town: Town):
        """It is handed over where it lies."""
        case = adopted(town, papers=shelved("village"))
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_from_the_district(self, town: Town):
        """It is collected there first."""
        case = adopted(town, papers=shelved("district"))
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_from_the_counter(self, town: Town):
        """Its owner fetches it."""
        case = adopted(town, papers=shelved("counter"))
        town.lestari.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_from_the_office(self, town: Town):
        """In a bag, with what was printed here."""
        case, other = adopted(town, papers=shelved("office")), town.printed("ktp-hilang")
        town.run(case.copy, other.copy)
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"
        assert town.office.verify().faults == ()

    def test_from_the_print_queue(self, town: Town):
        """Printed, bagged, collected, handed over."""
        case = adopted(town)
        town.print(case.copy)
        town.run(case.copy)
        town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_what_is_faulty_is_replaced(self, town: Town):
        """The card of before is condemned, a new one is ordered."""
        case = adopted(town, papers=shelved("village"))
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        town.budi.replace(case, product="ktp", reason="Patah", approved_by=HADI)
        assert copy_of(town, case, 2).replaces == 1
        assert town.state(case.copies(2)) == "ordered"

    def test_everything_is_as_its_journal_says(self, town: Town):
        """Of every place, beside a case that was verified here."""
        for number, place in enumerate(("office", "counter", "district", "village", "handed_over")):
            adopted(town, papers=shelved(place, blank=f"L-{number}"))
        adopted(town)
        town.printed("ktp-hilang")
        report = town.office.verify()
        assert (report.faults, report.records > 12) == ((), True)


class TestWhatCannotBeSo:
    """What would leave a case that nobody can bring to its end is not entered."""

    @pytest.mark.parametrize("blank", ["a b", "x" * 41, "L\n1", 5])
    def test_an_odd_blank(self, blank: Any):
        """A blank has a number, as one that is printed on here."""
        with pytest.raises(InvalidInput) as raised:
            Shelved(product="ktp", place="village", blank=blank)
        assert [one.code for one in raised.value.faults] == ["label"]

    def test_a_blank_in_small_letters(self, town: Town):
        """It is the same blank, and each is used once."""
        adopted(town, papers=shelved("village", blank="ab1"))
        with town.refuses("blank_used"):
            adopted(town, papers=shelved("village", blank="AB1"))

    def test_facts_that_no_rule_knows(self, town: Town):
        """They are asked for whenever a door is closed, and would stop the case then."""
        with town.refuses("unknown_fact"):
            adopted(town, facts={"bogus": 1})

    def test_somebody_who_is_not_born_yet(self, town: Town):
        """Their age is a fact as well."""
        people = town.family("akta-lahir")
        child = evolve(people["child"], birth_date=date(2030, 1, 1))
        with town.refuses("in_the_future"):
            adopted(town, "akta-lahir", people={**people, "child": child})

    def test_a_service_without_a_document(self, town: Town):
        """There is nothing on a shelf."""
        with town.refuses("nothing_to_adopt", at="with.services"):
            adopted(town, "legalisir")

    def test_a_return_is_answered_in_the_village(self, town: Town):
        """Reopened, it is held by the village operator, who can answer."""
        case = adopted(town, papers=shelved("village"))
        town.budi.reopen(case, reason="Salah", approved_by=HADI)
        assert str(town.application(case).holder) == f"village_operator@{GEMULUNG}"

    def test_nobody_is_told_of_what_is_long_past(self, town: Town):
        """A case whose documents were all handed over sends no message."""
        adopted(town, papers=shelved("handed_over"))
        assert town.office.storage.messages(TUBAN, parked=False) == []
