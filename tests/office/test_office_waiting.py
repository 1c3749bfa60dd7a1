"""Documents that wait: people are reminded, then they travel home, and lapse by the office's terms.

At each step the applicant is told what is true.
"""

from __future__ import annotations

import pytest
from office_days import DEWI, KEREK, OWNER, SIDONGANTI, SITI, TUBAN, Case, Told, Town

from adminduk.records import LastCopy, Person, ProductOutcome

PHONE = "+6281234567890"


@pytest.fixture
def told() -> Told:
    """Give a notifier that keeps everything."""
    return Told()


@pytest.fixture
def town(told: Told) -> Town:
    """Give an office that writes English."""
    return Town(notifier=told, language="en")


def tick(town: Town, told: Told, **time: float) -> list[tuple[str, str]]:
    """Let time pass, and give who is told what."""
    told.since_last(town.office)
    town.clock.wait(**time)
    town.office.tick()
    return told.since_last(town.office)


def home(town: Town, case: Case) -> None:
    """Let a document that nobody claimed travel from the village to the office."""
    town.clock.wait(days=30)
    town.office.tick()
    town.dewi.hand_in(case.copy)
    town.run(case.copy, to=TUBAN, by=DEWI)


class TestReminders:
    """Fourteen days before a document goes home, and three."""

    def test_in_the_village(self, town: Town, told: Told):
        """By phone, until when it is there; each once, however often the office ticks."""
        case = town.at_village("ktp-hilang")
        assert tick(town, told, days=15) == []
        ((to, text),) = tick(town, told, days=1)
        assert (to, case.code in text, "2021-08-11" in text) == (PHONE, True, True)
        assert "with the village operator" in text
        assert tick(town, told, hours=1) == []
        assert tick(town, told, days=9) == []
        assert len(tick(town, told, days=2)) == 1
        assert tick(town, told, days=1) == []

    def test_of_who_has_no_phone(self, town: Town, told: Told):
        """The village operator is told, who knows the way to the house."""
        applicant = Person(name="Aminah Wulandari")
        town.at_village("ktp-hilang", applicant=applicant)
        ((to, _),) = tick(town, told, days=16)
        assert to == str(SITI.posts[0])

    def test_at_the_counter(self, town: Town, told: Told):
        """With the letter."""
        town.at_counter("ktp-hilang")
        ((to, text),) = tick(town, told, days=16)
        assert (to, "at the counter" in text) == (PHONE, True)

    def test_at_the_district(self, town: Town, told: Told):
        """It is the village operator who has not collected it; nobody is sent there in vain."""
        case = town.at_district("ktp-hilang")
        ((to, text),) = tick(town, told, days=16)
        assert (to, case.code in text) == (str(SITI.posts[0]), True)
        assert "for you to collect" in text

    def test_at_the_district_where_it_is_given_out(self, town: Town, told: Told):
        """The applicant who applied there fetches it there."""
        case = town.printed("kk-hilang", by=DEWI, region=SIDONGANTI)
        town.run(case.copy)
        ((to, text),) = tick(town, told, days=16)
        assert (to, "at the district" in text) == (PHONE, True)

    def test_of_what_was_fetched(self, town: Town, told: Told):
        """Nobody is reminded of what they have."""
        case = town.at_village("ktp-hilang")
        town.siti.hand_over(case.copy, to=OWNER)
        assert tick(town, told, days=27) == []

    def test_by_an_office_that_slept(self, town: Town, told: Told):
        """One reminder, not two at once."""
        case = town.at_village("ktp-hilang")
        assert len(tick(town, told, days=28)) == 1
        assert town.paper(case.copy).reminded == 2  # type: ignore[union-attr] # it is a copy

    def test_begin_anew_with_the_waiting(self, town: Town, told: Told):
        """Collected on the fifteenth day it waits another thirty; turned out again as well."""
        case = town.at_district("ktp-hilang")
        tick(town, told, days=16)
        town.siti.collect(case.copy)
        assert tick(town, told, days=15) == []
        assert len(tick(town, told, days=1)) == 1
        town.siti.turn_home(case.copy)
        town.siti.turn_out(case.copy)
        assert tick(town, told, days=15) == []
        assert len(tick(town, told, days=1)) == 1

    def test_by_terms_that_were_changed_meanwhile(self, town: Town, told: Told):
        """What waits anew until the very day it waited for before is reminded of all the same."""
        case = town.at_district("ktp-hilang")
        assert len(tick(town, told, days=16)) == 1
        town.hadi.change_settings("office", unclaimed_days=14)
        town.siti.collect(case.copy)
        assert len(tick(town, told, days=11)) == 1

    @pytest.mark.parametrize(("days", "when"), [((), []), ((30, 45), []), ((7, 7), [23])])
    def test_are_those_of_the_office(
        self, town: Town, told: Told, days: tuple[int, ...], when: list[int]
    ):
        """None, none that would come with the document itself, one."""
        town.hadi.change_settings("office", remind_days=days)
        town.at_village("ktp-hilang")
        assert [day for day in range(1, 30) if tick(town, told, days=1)] == when

    def test_too_early(self, town: Town):
        """Time alone reminds, and not before its time."""
        case = town.at_village("ktp-hilang")
        with town.refuses("not_due"):
            town.system.remind(case.copy)
        with town.refuses("wrong_role"):
            town.siti.remind(case.copy)
        assert "remind" not in town.system.can(town.paper(case.copy))
        town.clock.wait(days=16)
        assert "remind" in town.system.can(town.paper(case.copy))

    def test_are_journalled(self, town: Town, told: Told):
        """So that nobody says that they were never told."""
        case = town.at_village("ktp-hilang")
        tick(town, told, days=16)
        change = town.office.journal(case.copy)[-1]
        assert (change.do, change.by, change.set) == ("remind", "system", {"reminded": 1})


class TestUnclaimed:
    """Its time is past: it goes home, is kept, and is made void."""

    @pytest.mark.parametrize("place", [Town.at_village, Town.at_district, Town.at_counter])
    def test_the_applicant_is_told(self, town: Town, told: Told, place: object):
        """Where it goes, how long it is kept, and whom to ask."""
        case = place(town, "ktp-hilang")  # type: ignore[operator] # each brings a case
        tick(town, told, days=28)
        ((to, text),) = tick(town, told, days=2)
        assert (to, case.code in text, "60 days" in text) == (PHONE, True, True)

    def test_by_hand_it_is_told_as_well(self, town: Town, told: Told):
        """The operator knows that nobody will come."""
        case = town.at_village("ktp-hilang")
        told.since_last(town.office)
        town.siti.turn_home(case.copy)
        assert len(told.since_last(town.office)) == 1

    @pytest.mark.parametrize("at", ["at_village", "at_district", "at_office"])
    def test_in_time_it_goes_out_again(self, town: Town, at: str):
        """Wherever it is on its way home, and from there to the applicant."""
        case = town.at_village("ktp-hilang")
        town.clock.wait(days=30)
        town.office.tick()
        if at != "at_village":
            town.dewi.hand_in(case.copy)
        if at == "at_office":
            town.run(case.copy, to=TUBAN, by=DEWI)
        {"at_village": town.siti, "at_district": town.dewi, "at_office": town.wahyu}[at].turn_out(
            case.copy
        )
        if at == "at_office":
            town.run(case.copy, to=KEREK)
        if at != "at_village":
            town.siti.collect(case.copy)
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_at_the_office_it_lapses(self, town: Town, told: Told):
        """After sixty days it may be made void: that gives the product up, and ends the case."""
        case = town.at_village("ktp-hilang")
        home(town, case)
        town.clock.wait(days=59)
        with town.refuses("may_not_be_void"):
            town.wahyu.void(case.copy)
        town.clock.wait(days=1)
        (task,) = town.office.inbox(town.wahyu.actor).tasks
        assert (task.id, task.next) == (case.copy, "void")
        told.since_last(town.office)
        town.wahyu.void(case.copy)
        line = town.application(case).lines[0]
        assert (line.outcome, line.last) == (ProductOutcome.GIVEN_UP, LastCopy.GONE)
        assert (town.state(case), town.word(case)) == ("lapsed", "Dibatalkan")
        ((_, text),) = told.since_last(town.office)
        assert "ended without a document" in text
        assert town.office.verify().faults == ()

    def test_of_several_products_the_rest_goes_on(self, town: Town, told: Told):
        """What was fetched stays so; the case is completed, and the applicant told of both."""
        case = town.printed("akta-lahir", "kia-baru-0-5")
        town.run(case.copies(1), case.copies(2))
        for number in (1, 2):
            town.siti.collect(case.copies(number))
        town.siti.hand_over(case.copies(2), to=OWNER)
        home(town, case)
        town.clock.wait(days=60)
        told.since_last(town.office)
        town.wahyu.void(case.copy)
        assert town.state(case) == "completed"
        texts = [text for _, text in told.since_last(town.office)]
        assert len(texts) == 2
        assert "made void" in " ".join(texts)
        assert "completed" in " ".join(texts)

    def test_what_was_condemned_is_not_given_up(self, town: Town):
        """It is replaced, or the registry gives it up: void alone decides nothing."""
        case = town.at_village("ktp-hilang")
        home(town, case)
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=town.hadi.actor)
        town.wahyu.void(case.copy)
        assert town.state(case) == "verified"
        assert town.application(case).lines[0].outcome is ProductOutcome.OPEN

    def test_a_whole_road_with_nobody_at_its_end(self, town: Town, told: Told):
        """Everything that the applicant is told, in order."""
        town.at_village("ktp-hilang")
        heard = [text for _, text in tick(town, told)]
        for _ in range(32):
            heard += [text for _, text in tick(town, told, days=1)]
        begun = [text.partition(".")[0][:40] for text in heard]
        assert len(begun) == 3
        assert [one for one in begun if "Nobody fetched" in one] == begun[-1:]
