"""Notices of the head of office: what they close at which door, what stays open, until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from office_days import (
    AMINAH,
    BUDI,
    DEWI,
    GEMULUNG,
    LESTARI,
    LETTER,
    OWNER,
    SITI,
    TUBAN,
    WAHYU,
    Case,
    Town,
    also,
)

from adminduk import Actor, Role, commands
from adminduk.commands import StaysOpen
from adminduk.records import Notice

LOST = ("ktp-hilang", "kk-hilang")
TUBAN_2021: dict[str, Any] = {
    "acts": ("submit", "attend"),
    "channels": ("counter",),
    "since": date(2021, 6, 29),
    "stays_open": (
        StaysOpen(services=("legalisir",), facts={"purpose": ("school", "work")}),
        StaysOpen(services=LOST, facts={"needed_at_once": (True,)}),
    ),
    "reason": "Kasus Covid-19 meningkat.",
}
"""What the office of Tuban announced on 29 June 2021, until further notice."""


def announce(town: Town, name: str = "N-1", **said: Any) -> str:
    """Let the head of office close something: usually applying at the counter, from today on."""
    usual = {"acts": ("submit",), "channels": ("counter",), "reason": "Petugas sakit."}
    town.hadi.announce(name, **usual | said)
    return name


def notice(town: Town, name: str = "N-1") -> Notice:
    """Give a notice as it is now."""
    found = town.office.record("notice", name)
    assert isinstance(found, Notice)
    return found


class TestADoor:
    """It is closed for what the notice says, and for nothing else."""

    def test_is_closed_to_applications(self, town: Town):
        """Who comes to the counter is told which notice it is, until when, why, and who is open."""
        announce(town, until=date(2021, 7, 20))
        with town.refuses("closed") as refused:
            town.case("ktp-hilang", by=LESTARI)
        assert refused.value.facts == {
            "command": "submit",
            "notice": "N-1",
            "act": "submit",
            "channel": "counter",
            "until": "2021-07-20",
            "end": "2021-07-20",
            "reason": "Petugas sakit.",
            "stays_open": [],
            "may": ["village_operator", "district_operator"],
            "instead": [],
        }

    @pytest.mark.parametrize("by", [SITI, DEWI], ids=lambda one: one.role)
    def test_leaves_the_others_open(self, town: Town, by: Actor):
        """In village and district applications are taken as ever."""
        announce(town)
        assert town.state(town.case("ktp-hilang", by=by)) == "submitted"

    def test_online_is_one_where_applicants_submit(self):
        """Then the applicant is named among those whose door is open."""
        town = Town(settings={"applicants_submit": True})
        announce(town, channels=("counter", "district"))
        with town.refuses("closed") as refused:
            town.case("ktp-hilang", by=LESTARI)
        assert refused.value.facts["may"] == ["applicant", "village_operator"]
        case = town.draft("ktp-hilang", by=AMINAH)
        town.siti.submit(case, evidence=town.order("ktp-hilang").evidence)
        assert town.state(case) == "submitted"

    def test_all_of_them(self, town: Town):
        """Then nobody is named; what was drafted waits."""
        case = town.draft("ktp-hilang")
        announce(town, channels=("village", "district", "counter", "online"))
        with town.refuses("closed") as refused:
            town.siti.submit(case)
        assert refused.value.facts["may"] == []
        assert "submit" not in town.siti.can(town.application(case))
        assert town.state(case) == "draft"

    def test_until_it_is_lifted(self, town: Town):
        """Where no last day is named that is said, in the words of who asks."""
        announce(town)
        with town.refuses("closed") as refused:
            town.case("ktp-hilang", by=LESTARI)
        assert refused.value.facts["until"] is None
        assert "until it is lifted" in refused.value.message("en")
        assert "Open all the same" not in refused.value.message("en")

    def test_is_open_to_drafts(self, town: Town):
        """A draft asks nothing of the office; it is submitted once the door is open again."""
        announce(town)
        case = town.draft("ktp-hilang", by=LESTARI)
        with town.refuses("closed"):
            town.lestari.submit(case)
        assert "submit" not in town.lestari.can(town.application(case))
        town.hadi.lift("N-1")
        assert "submit" in town.lestari.can(town.application(case))
        town.lestari.submit(case)
        assert town.state(case) == "submitted"

    def test_is_open_to_other_acts(self, town: Town):
        """Closed to who applies, it gives documents out."""
        case = town.at_counter("ktp-hilang")
        announce(town)
        town.lestari.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_of_one_post_is_not_that_of_another(self, town: Town):
        """Who sits at the counter and in the village takes in the village what is drafted there."""
        both = also(LESTARI, (Role.VILLAGE_OPERATOR, GEMULUNG))
        case = town.draft("ktp-hilang")
        announce(town)
        assert "submit" in town.hand(both).can(town.application(case))

    def test_is_closed_to_a_draft_about_a_child(self, town: Town):
        """Whose age is counted on the day on which it is submitted."""
        case = town.draft("akta-lahir", by=LESTARI)
        announce(town)
        with town.refuses("closed"):
            town.lestari.submit(case)

    def test_that_is_opened_in_the_same_transaction(self, town: Town):
        """What follows the lifting finds it open."""
        both = also(LESTARI, (Role.HEAD_OF_OFFICE, TUBAN))
        order = town.order("ktp-hilang", by=LESTARI)
        announce(town, until=date(2021, 7, 20))
        town.office.do_all([commands.Lift(notice="N-1"), order], by=both)
        assert notice(town).due is None

    def test_is_closed_to_who_collects(self, town: Town):
        """Nothing is handed over there; its delivery can be chosen anew, or it is waited for."""
        case = town.at_counter("ktp-hilang")
        announce(town, acts=("collect",))
        assert "hand_over" not in town.lestari.can(town.paper(case.copy))
        with town.refuses("closed") as refused:
            town.lestari.hand_over(case.copy, to=OWNER)
        assert refused.value.facts["act"] == "collect"
        assert refused.value.facts["instead"] == ["choose_delivery"]
        town.hadi.lift("N-1")
        assert "hand_over" in town.lestari.can(town.paper(case.copy))
        town.lestari.hand_over(case.copy, to=OWNER)

    def test_in_the_village_is_not_that_of_the_office(self, town: Town):
        """What the village has, the village hands over."""
        case = town.at_village("ktp-hilang")
        announce(town, acts=("collect",), channels=("counter", "district"))
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_is_closed_by_any_of_several_notices(self, town: Town):
        """When the one is lifted the other still holds."""
        announce(town, "N-1")
        announce(town, "N-2", reason="Listrik padam.")
        town.hadi.lift("N-1")
        with town.refuses("closed") as refused:
            town.case("ktp-hilang", by=LESTARI)
        assert refused.value.facts["notice"] == "N-2"


class TestDays:
    """From a day until another, both included, by the clock of the office."""

    @pytest.mark.parametrize(
        ("now", "closed"),
        [
            (datetime(2021, 7, 13, 16, 59, tzinfo=UTC), False),
            (datetime(2021, 7, 13, 17, 0, tzinfo=UTC), True),
            (datetime(2021, 7, 16, 16, 59, tzinfo=UTC), True),
            (datetime(2021, 7, 16, 17, 0, tzinfo=UTC), False),
        ],
        ids=["the evening before", "midnight", "the last evening", "the midnight after"],
    )
    def test_begin_and_end_at_midnight(self, town: Town, now: datetime, closed: bool):
        """From the 14th to the 16th: in Tuban midnight is at 17:00 UTC."""
        announce(town, since=date(2021, 7, 14), until=date(2021, 7, 16))
        town.clock.now = now
        if closed:
            with town.refuses("closed"):
                town.case("ktp-hilang", by=LESTARI)
        else:
            assert town.state(town.case("ktp-hilang", by=LESTARI)) == "submitted"

    def test_of_one_day(self, town: Town):
        """First and last day may be the same; the first is today where none is said."""
        announce(town, until=date(2021, 7, 12))
        assert notice(town).since == date(2021, 7, 12)
        with town.refuses("closed"):
            town.case("ktp-hilang", by=LESTARI)
        town.clock.wait(days=1)
        assert town.state(town.case("ktp-hilang", by=LESTARI)) == "submitted"

    def test_without_an_end(self, town: Town):
        """Until it is lifted, and the refusal knows no day."""
        announce(town)
        town.clock.wait(days=400)
        assert town.office.tick() == []
        with town.refuses("closed") as refused:
            town.case("legalisir", by=LESTARI, facts={"document_kind": "paper"})
        assert refused.value.facts["until"] is None

    def test_to_the_end_of_all_days(self, town: Town):
        """There is no midnight after it: it holds until it is lifted."""
        announce(town, until=date.max)
        assert notice(town).due is None
        with town.refuses("closed"):
            town.case("ktp-hilang", by=LESTARI)

    def test_are_those_on_which_it_happened(self, town: Town):
        """What was taken before and is recorded later was taken at an open door."""
        before = town.clock.now
        town.clock.wait(days=1)
        announce(town)
        town.clock.wait(days=1)
        order = town.order("ktp-hilang", by=LESTARI, at=before)
        assert town.office.do(order, by=LESTARI).records[0].state == "submitted"


class TestWhatStaysOpen:
    """Cases for which a closed act is open all the same: by services and by facts."""

    def test_is_said_in_the_refusal(self, town: Town):
        """So that who comes for nothing learns what they could have come for."""
        announce(town, **TUBAN_2021)
        with town.refuses("closed") as refused:
            town.case("kk-ubah-data", by=LESTARI)
        assert refused.value.facts["stays_open"] == [
            "legalisir purpose=school/work",
            "ktp-hilang kk-hilang needed_at_once=true",
        ]
        assert "Open all the same" in refused.value.message("en")

    @pytest.mark.parametrize("purpose", ["school", "work", "other"])
    def test_by_a_fact(self, town: Town, purpose: str):
        """Copies are legalised for school and for work, and for nothing else."""
        announce(town, **TUBAN_2021)
        order = town.order("legalisir", by=LESTARI, facts={"purpose": purpose})
        if purpose == "other":
            with town.refuses("closed"):
                town.office.do(order, by=LESTARI)
        else:
            assert town.office.do(order, by=LESTARI).records[0].state == "submitted"

    def test_is_not_what_nobody_has_told(self, town: Town):
        """A fact that is not known keeps nothing open."""
        announce(town, **TUBAN_2021)
        order = town.order("legalisir", by=LESTARI)
        assert "purpose" not in order.facts
        with town.refuses("closed"):
            town.office.do(order, by=LESTARI)

    @pytest.mark.parametrize("service", LOST)
    def test_by_a_service_and_a_fact(self, town: Town, service: str):
        """What was lost and is needed at once is applied for at the counter; else it waits."""
        announce(town, **TUBAN_2021)
        with town.refuses("closed"):
            town.case(service, by=LESTARI, facts={"needed_at_once": False})
        case = town.case(service, by=LESTARI, facts={"needed_at_once": True})
        assert town.state(case) == "submitted"

    def test_is_for_all_services_of_a_case(self, town: Town):
        """One that is not named closes the others too."""
        announce(town, **TUBAN_2021)
        with town.refuses("closed"):
            town.case("ktp-hilang", "kk-ubah-data", by=LESTARI, facts={"needed_at_once": True})
        both = town.case(*LOST, by=LESTARI, facts={"needed_at_once": True})
        assert town.state(both) == "submitted"

    def test_by_facts_of_any_service(self, town: Town):
        """Where no service is named it may be any."""
        announce(town, stays_open=(StaysOpen(facts={"needed_at_once": (True,)}),))
        assert (
            town.state(town.case("kk-ubah-data", by=LESTARI, facts={"needed_at_once": True}))
            == "submitted"
        )

    def test_by_facts_as_they_were_when_it_was_applied_for(self, town: Town):
        """A child is no older for its documents than on the day whose rules the case keeps."""
        case = town.at_village("akta-lahir")
        town.clock.wait(days=90)
        early = StaysOpen(facts={"days_since_birth": (0,)})
        announce(town, acts=("collect",), channels=("village",), stays_open=(early,))
        town.siti.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_by_services_whatever_the_facts(self, town: Town):
        """Where no fact is named."""
        announce(town, stays_open=(StaysOpen(services=("kk-hilang",)),))
        assert town.state(town.case("kk-hilang", by=LESTARI)) == "submitted"
        with town.refuses("closed"):
            town.case("ktp-hilang", by=LESTARI)


class TestTubanIn2021:
    """The counter is closed to who applies and who is to be recorded, not to who collects."""

    def test_an_urgent_document_is_collected(self, town: Town):
        """Applied for in the village, fetched at the counter with the operator's letter."""
        announce(town, **TUBAN_2021)
        case = town.printed("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        town.lestari.to_counter(case.copy)
        town.lestari.hand_over(case.copy, to=OWNER)
        assert town.state(case) == "completed"

    def test_the_holder_of_a_first_card_is_recorded_at_the_district(self, town: Town):
        """The counter says whose door is open."""
        announce(town, **TUBAN_2021)
        case = town.case("ktp-baru")
        assert "attend" not in town.lestari.can(town.application(case))
        with town.refuses("closed") as refused:
            town.lestari.attend(case, act="biometrics")
        assert refused.value.facts["may"] == ["district_operator"]
        assert "attend" in town.dewi.can(town.application(case))
        town.dewi.attend(case, act="biometrics")
        assert town.application(case).attended == ("biometrics",)


class TestACaseThatWaitsForThePerson:
    """It is nobody's fault: it is not late."""

    def waiting(self, town: Town) -> Case:
        """Submit a case whose person cannot come."""
        announce(town, acts=("attend",), channels=("counter", "district"))
        return town.case("ktp-baru")

    def test_has_no_time_by_which_it_should_be_verified(self, town: Town):
        """However long the door is closed."""
        case = self.waiting(town)
        with town.refuses("closed") as refused:
            town.dewi.attend(case, act="biometrics")
        assert refused.value.facts["may"] == []
        town.clock.wait(days=90)
        town.office.tick()
        application = town.application(case)
        assert (application.state, application.due) == ("submitted", None)

    def test_gets_one_when_the_person_has_come(self, town: Town):
        """From then on the registry has its 24 hours."""
        case = self.waiting(town)
        town.clock.wait(days=90)
        town.hadi.lift("N-1")
        town.lestari.attend(case, act="biometrics")
        assert town.application(case).due == town.clock.now + timedelta(hours=24)

    def test_gets_none_while_it_is_returned(self, town: Town):
        """Then its applicant has until the end of the return; who comes does not change that."""
        case = town.case("ktp-baru")
        items = town.items(case)
        town.budi.send_back(case, faults={items[0]: "Buram"}, accepted=items[1:])
        due = town.application(case).due
        town.clock.wait(days=3)
        town.lestari.attend(case, act="biometrics")
        assert town.application(case).due == due


class TestWrongInput:
    """A notice that makes no sense is refused, with every fault in its place."""

    @pytest.mark.parametrize(
        ("said", "path", "code"),
        [
            ({"until": date(2021, 7, 11)}, "with.until", "ends_before_it_begins"),
            (
                {"since": date(2021, 8, 2), "until": date(2021, 8, 1)},
                "with.until",
                "ends_before_it_begins",
            ),
            (
                {"stays_open": (StaysOpen(services=("ktp-hilang", "ktp-emas")),)},
                "with.stays_open[0].services[1]",
                "unknown_service",
            ),
            (
                {"stays_open": (StaysOpen(), StaysOpen(facts={"weather": ("rain",)}))},
                "with.stays_open[1].facts.weather",
                "unknown_fact",
            ),
            (
                {"stays_open": (StaysOpen(facts={"purpose": ("school", "holiday")}),)},
                "with.stays_open[0].facts.purpose",
                "unknown_value",
            ),
            (
                {"stays_open": (StaysOpen(facts={"needed_at_once": ("yes",)}),)},
                "with.stays_open[0].facts.needed_at_once",
                "unknown_value",
            ),
            (
                {"stays_open": (StaysOpen(facts={"purpose": ()}),)},
                "with.stays_open[0].facts.purpose",
                "unknown_value",
            ),
            ({"acts": ()}, "acts", "missing"),
            ({"channels": ()}, "channels", "missing"),
            ({"acts": ("submit", "sleep")}, "acts[1]", "choice"),
            ({"channels": ("window",)}, "channels[0]", "choice"),
            ({"reason": " "}, "reason", "text"),
        ],
    )
    def test_is_told_by_path_and_code(self, town: Town, said: dict[str, Any], path: str, code: str):
        """Nothing is announced."""
        with town.refuses(code) as refused:
            announce(town, **said)
        assert [one.path for one in refused.value.faults] == [path]  # type: ignore[attr-defined] # bad input
        assert town.office.notices() == []

    def test_is_told_all_at_once(self, town: Town):
        """Of several faults none is kept back."""
        odd = StaysOpen(services=("ktp-emas",), facts={"weather": (True,), "purpose": ("fun",)})
        with town.refuses("unknown_service") as refused:
            announce(town, stays_open=(odd,))
        faults = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert [one.code for one in faults] == ["unknown_service", "unknown_fact", "unknown_value"]
        accepted = [one.accepted.split(", ") for one in faults]
        assert "ktp-hilang" in accepted[0]
        assert "purpose" in accepted[1]
        assert "school" in accepted[2]

    @pytest.mark.parametrize("name", ["", "3523084503900001", "K7M2Q9XD4H-T", "PPKM 2021"])
    def test_is_also_a_name_that_is_none(self, town: Town, name: str):
        """It is shown to everybody, as a bag's is."""
        with town.refuses("label"):
            announce(town, name)

    def test_things_are_named_once(self, town: Town):
        """An act or a door that is said twice is one."""
        announce(town, acts=("submit", "submit"), channels=("counter", "online", "counter"))
        found = notice(town)
        assert (found.acts, found.channels) == (("submit",), ("counter", "online"))


class TestTheHeadOfOffice:
    """Closes and opens; nobody else does."""

    @pytest.mark.parametrize("by", [BUDI, LESTARI, DEWI, SITI, WAHYU], ids=lambda one: one.role)
    def test_is_the_only_one(self, town: Town, by: Actor):
        """Neither the registry nor a desk."""
        with town.refuses("wrong_role"):
            town.hand(by).announce("N-1", acts=("submit",), channels=("counter",), reason="Libur")
        announce(town)
        with town.refuses("wrong_role"):
            town.hand(by).lift("N-1")
        assert [one.id for one in town.office.notices()] == ["N-1"]

    def test_uses_a_name_once(self, town: Town):
        """Also after the notice of that name was lifted."""
        announce(town)
        with town.refuses("id_taken"):
            announce(town, reason="Listrik padam.")
        town.hadi.lift("N-1")
        with town.refuses("id_taken"):
            announce(town)

    def test_lifts_once(self, town: Town):
        """What is lifted is lifted."""
        announce(town)
        town.hadi.lift("N-1")
        with town.refuses("not_allowed_now"):
            town.hadi.lift("N-1")

    def test_lifts_what_there_is(self, town: Town):
        """No notice of that name."""
        with town.refuses("not_found"):
            town.hadi.lift("N-1")

    def test_may_lift_before_the_last_day(self, town: Town):
        """The door is open at once."""
        announce(town, until=date(2021, 7, 20))
        town.hadi.lift("N-1")
        assert town.state(town.case("ktp-hilang", by=LESTARI)) == "submitted"
        assert town.office.notices() == []


class TestTheSystem:
    """Lifts a notice after its last day, once."""

    def test_waits_for_the_end_of_the_last_day(self, town: Town):
        """Not a minute earlier: the clock of the office is seven hours ahead of UTC."""
        announce(town, until=date(2021, 7, 16))
        town.clock.now = datetime(2021, 7, 16, 16, 59, tzinfo=UTC)
        assert town.office.tick() == []
        with town.refuses("not_due"):
            town.system.lift("N-1")
        assert "lift" not in town.system.can(notice(town))
        town.clock.now = datetime(2021, 7, 16, 17, 0, tzinfo=UTC)
        assert "lift" in town.system.can(notice(town))
        (receipt,) = town.office.tick()
        assert [(one.kind, one.id, one.state) for one in receipt.records] == [
            ("notice", "N-1", "lifted")
        ]

    def test_does_it_once(self, town: Town):
        """A second tick finds nothing to do."""
        announce(town, until=date(2021, 7, 12))
        town.clock.wait(days=1)
        assert len(town.office.tick()) == 1
        assert town.office.tick() == []
        assert [one.do for one in town.office.journal() if one.kind == "notice"] == [
            "announce",
            "lift",
        ]
        assert town.office.verify().faults == ()

    def test_leaves_what_has_no_end(self, town: Town):
        """Only the head of office lifts that."""
        announce(town)
        with town.refuses("not_due"):
            town.system.lift("N-1")
