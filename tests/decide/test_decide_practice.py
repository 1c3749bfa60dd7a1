"""What an office sets for itself: its terms, who approves what, the courier's schedules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from office_days import (
    BUDI,
    DEWI,
    HADI,
    JENU,
    KEREK,
    LESTARI,
    LETTER,
    OWNER,
    RATNA,
    SITI,
    WAHYU,
    Town,
)

from adminduk import Actor, commands
from adminduk.commands import Moved, Timetable
from adminduk.records import Schedule, Settings

TERMS = [
    "draft_days",
    "returned_days",
    "verify_hours",
    "take_minutes",
    "print_hours",
    "unclaimed_days",
    "lapse_days",
    "return_days",
]


def settings(town: Town) -> Settings:
    """Give the settings as they are now."""
    found = town.office.record("settings", "office")
    assert isinstance(found, Settings)
    return found


def said(record: Settings) -> dict[str, Any]:
    """Give what settings set, but not when and how often."""
    return attrs.asdict(record, filter=lambda one, _: one.name not in {"begun", "version"})


def schedule(town: Town, district: str = KEREK) -> Schedule:
    """Give a schedule as it is now."""
    found = town.office.record("schedule", district)
    assert isinstance(found, Schedule)
    return found


class TestTerms:
    """An office may have terms of its own; what is left out stays."""

    def test_are_the_usual_ones_where_nothing_is_set(self, town: Town):
        """There is no record of them then."""
        with town.refuses("not_found"):
            settings(town)
        case = town.draft("ktp-hilang")
        assert town.application(case).due == town.clock.now + timedelta(days=30)

    def test_that_are_left_out_stay(self, town: Town):
        """Each change changes what it says."""
        usual = Settings(region=town.office.region, state="in_force", begun=town.clock.now)
        town.hadi.change_settings("office", draft_days=10, applicants_submit=True)
        assert said(settings(town)) == said(usual) | {
            "draft_days": 10,
            "applicants_submit": True,
        }
        town.hadi.change_settings("office", returned_days=12, applicants_submit=False)
        assert said(settings(town)) == said(usual) | {"draft_days": 10, "returned_days": 12}

    @pytest.mark.parametrize("name", TERMS)
    def test_are_changed_one_by_one(self, town: Town, name: str):
        """The others are as they were."""
        before = Settings(region=town.office.region, state="in_force", begun=town.clock.now)
        town.hadi.change_settings("office", **{name: 77})
        assert said(settings(town)) == said(before) | {name: 77}

    @pytest.mark.parametrize("name", TERMS)
    @pytest.mark.parametrize("odd", [0, -1, 3651])
    def test_out_of_range(self, town: Town, name: str, odd: int):
        """At least one, at most ten years of days; which one it was is said."""
        with town.refuses("term") as refused:
            town.hadi.change_settings("office", **{name: odd})
        assert [one.path for one in refused.value.faults] == [name]  # type: ignore[attr-defined] # bad input

    @pytest.mark.parametrize("edge", [1, 3650])
    def test_at_the_edge(self, town: Town, edge: int):
        """One, and ten years."""
        town.hadi.change_settings("office", draft_days=edge)
        case = town.draft("ktp-hilang")
        assert town.application(case).due == town.clock.now + timedelta(days=edge)

    @pytest.mark.parametrize("name", ["operator_days", "counter_days"])
    def test_of_making_may_be_the_standard_again(self, town: Town, name: str):
        """Said so by a 0, as where nothing was ever set; no time is shorter."""
        town.hadi.change_settings("office", **{name: 4})
        town.hadi.change_settings("office", **{name: 0})
        assert getattr(settings(town), name) == 0
        with town.refuses("term", at=name):
            town.hadi.change_settings("office", **{name: -1})

    def test_hold_for_what_begins_from_then_on(self, town: Town):
        """What has a time by which it is due keeps it."""
        before = town.draft("ktp-hilang")
        town.hadi.change_settings("office", draft_days=10)
        after = town.draft("ktp-hilang")
        days = [(town.application(one).due - town.clock.now).days for one in (before, after)]  # type: ignore[operator] # they are due
        assert days == [30, 10]

    def test_of_printing(self, town: Town):
        """An ordered copy should be printed within a day, or as the office has set."""
        assert town.paper(town.verified("ktp-hilang").copy).due == town.clock.now + timedelta(
            hours=24
        )
        town.hadi.change_settings("office", print_hours=4)
        copy = town.verified("ktp-hilang").copy
        assert town.paper(copy).due == town.clock.now + timedelta(hours=4)
        town.print(copy)
        assert town.paper(copy).due is None

    def test_there_is_one_record_of_them(self, town: Town):
        """No second one under another name."""
        with town.refuses("choice"):
            town.hadi.change_settings("another", draft_days=10)

    def test_are_changed_at_once_and_again(self, town: Town):
        """Each change is journalled, also one that says what held before."""
        for _ in range(2):
            town.hadi.change_settings("office", draft_days=10)
        assert settings(town).version == 2
        assert town.office.verify().faults == ()


class TestApprovals:
    """Who must approve a command besides; the office may say who, or that nobody must."""

    def test_by_nobody(self, town: Town):
        """Then the command goes through without one."""
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.reject(case, ground="Bukan penduduk")
        town.hadi.change_settings("office", approvals={"reject": "nobody"})
        town.budi.reject(case, ground="Bukan penduduk")
        assert town.state(case) == "rejected"

    def test_by_another_role(self, town: Town):
        """That role approves in place of the usual one, which no longer does."""
        town.hadi.change_settings("office", approvals={"reject": "registry_operator"})
        case = town.case("ktp-hilang")
        for approver in (None, HADI, BUDI):
            with town.refuses("approval_needed") as refused:
                town.budi.reject(case, ground="Bukan penduduk", approved_by=approver)
            assert refused.value.facts["may"] == ["registry_operator"]
        town.budi.reject(case, ground="Bukan penduduk", approved_by=RATNA)
        assert town.state(case) == "rejected"

    def test_by_the_head_where_the_registry_did(self, town: Town):
        """A handover that should not have been is written down with the head's approval."""
        town.hadi.change_settings("office", approvals={"record_handover": "head_of_office"})
        case = town.at_village("ktp-hilang")
        town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
        said = {"to": OWNER, "reason": "Terlanjur"}
        with town.refuses("approval_needed"):
            town.siti.record_handover(case.copy, **said, approved_by=BUDI)
        town.siti.record_handover(case.copy, **said, approved_by=HADI)
        assert town.state(case.copy) == "handed_over"

    def test_of_other_commands_stay(self, town: Town):
        """Said for one command it is said for that one; a later change adds to it."""
        town.hadi.change_settings("office", approvals={"reject": "nobody"})
        town.hadi.change_settings("office", approvals={"reopen": "registry_operator"})
        assert settings(town).approvals == {"reject": "nobody", "reopen": "registry_operator"}
        case = town.at_village("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.condemn(case.copy, reason="Nama salah")

    def test_can_be_as_usual_again(self, town: Town):
        """The usual role is one of the choices."""
        town.hadi.change_settings("office", approvals={"reject": "nobody"})
        town.hadi.change_settings("office", approvals={"reject": "head_of_office"})
        case = town.case("ktp-hilang")
        with town.refuses("approval_needed"):
            town.budi.reject(case, ground="Bukan penduduk")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)

    def test_are_not_asked_where_nobody_has_to(self, town: Town):
        """Who holds a damaged paper condemns it alone, whoever else must approve."""
        town.hadi.change_settings("office", approvals={"condemn": "registry_operator"})
        case = town.at_village("ktp-hilang")
        town.siti.condemn(case.copy, reason="Patah", damaged=True)
        assert town.paper(case.copy).condemned

    @pytest.mark.parametrize("name", ["expire", "remind", "change_settings", "seal_journal", "fly"])
    def test_of_what_nobody_else_is_asked(self, town: Town, name: str):
        """Of what time alone brings, or of the setting itself; the other commands are named."""
        with town.refuses("unknown_command") as refused:
            town.hadi.change_settings("office", approvals={name: "nobody"})
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert fault.path == f"with.approvals.{name}"
        assert {"reject", "adopt", "record_handover"} <= set(fault.accepted.split(", "))
        assert {"expire", "change_settings"}.isdisjoint(fault.accepted.split(", "))

    @pytest.mark.parametrize(
        "role", ["village_operator", "courier", "system", "auditor", "king", ""]
    )
    def test_by_a_role_that_approves_nothing(self, town: Town, role: str):
        """Somebody of the office itself, or nobody."""
        with town.refuses("choice") as refused:
            town.hadi.change_settings("office", approvals={"reject": role})
        (fault,) = refused.value.faults  # type: ignore[attr-defined] # bad input
        assert (fault.path, fault.accepted) == (
            "with.approvals.reject",
            "registry_operator, print_operator, front_desk, head_of_office, nobody",
        )

    def test_that_are_odd_are_told_all_at_once(self, town: Town):
        """And nothing of the rest is changed."""
        with town.refuses("unknown_command") as refused:
            town.hadi.change_settings(
                "office", draft_days=10, approvals={"fly": "nobody", "reject": "king"}
            )
        codes = [one.code for one in refused.value.faults]  # type: ignore[attr-defined] # bad input
        assert codes == ["unknown_command", "choice"]


class TestAgainstTheOriginals:
    """Whether the village operator must show the originals to collect at the district."""

    def test_where_the_office_asks(self, town: Town):
        """Not shown, nothing is given out."""
        case = town.at_district("ktp-hilang")
        town.hadi.change_settings("office", collect_against_originals=True)
        with town.refuses("originals_not_shown"):
            town.siti.collect(case.copy)
        town.siti.collect(case.copy, originals=town.items(case))
        assert town.state(case.copy) == "at_village"


@pytest.mark.parametrize("by", [BUDI, LESTARI, DEWI, SITI, WAHYU], ids=lambda one: one.role)
def test_only_the_head_changes_settings(town: Town, by: Actor):
    """Neither who would be free of an approval nor anybody else."""
    with town.refuses("wrong_role") as refused:
        town.hand(by).change_settings("office", approvals={"reject": "nobody"})
    assert refused.value.facts["may"] == ["head_of_office"]


class TestSchedules:
    """The days on which the courier goes to a district."""

    def test_are_set_by_district(self, town: Town):
        """Each has its own; the registry or the head of office sets it."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("tuesday", "friday")))
        town.hadi.set_schedule(JENU, timetable=Timetable(weekdays=("monday",)))
        assert schedule(town).timetable.weekdays == ("tuesday", "friday")
        assert schedule(town, JENU).timetable.weekdays == ("monday",)
        assert schedule(town).region.full() == KEREK

    def test_are_set_anew_as_a_whole(self, town: Town):
        """What the new one leaves out is as usual again; when it first was set stays."""
        first = Timetable(
            weekdays=("tuesday",),
            cut_off="10:30",
            days_before=1,
            shift="skip",
            moved=(Moved(date(2021, 7, 20), date(2021, 7, 21)),),
        )
        town.budi.set_schedule(KEREK, timetable=first)
        begun = schedule(town).begun
        town.clock.wait(days=1)
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("friday",)))
        found = schedule(town)
        assert found.timetable == Timetable(weekdays=("friday",))
        assert (found.begun, found.version) == (begun, 2)

    def test_may_have_no_day(self, town: Town):
        """Then the courier goes when there is something: a bag is planned for any day, or none."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=()))
        case = town.printed("ktp-hilang")
        assert town.bag(town.planned(case.copy)).day is None
        town.wahyu.plan("BAG-7", to=KEREK, items=[case.copy], day=date(2021, 7, 18))
        assert town.bag("BAG-7").day == date(2021, 7, 18)

    def test_may_have_a_day_that_never_comes(self, town: Town):
        """Saturdays, and never when nobody works: as if it had no day."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("saturday",), shift="skip"))
        assert town.office.schedule() == []
        assert town.bag(town.planned()).day is None
        town.wahyu.plan("BAG-7", to=KEREK, day=date(2021, 7, 18))
        assert town.bag("BAG-7").day == date(2021, 7, 18)
        assert town.office.plan_bags(WAHYU) == []

    def test_know_no_day_of_another_century(self, town: Town):
        """However far the day that is asked for, there is an answer."""
        town.budi.set_schedule(KEREK, timetable=Timetable(weekdays=("monday",)))
        for day in (date.min, date.max):
            with town.refuses("no_run"):
                town.wahyu.plan("BAG-7", to=KEREK, day=day)

    @pytest.mark.parametrize(
        ("region", "code"),
        [
            ("35.23", "not_a_district"),
            ("35.23.08.2001", "not_a_district"),
            ("35.23.99", "not_found"),
            ("35.22.01", "wrong_area"),
        ],
    )
    def test_are_of_a_district_of_the_office(self, town: Town, region: str, code: str):
        """Not of a regency or a village, of none that does not exist, of nobody else's."""
        at = "with.schedule" if code == "not_a_district" else ""
        with town.refuses(code, at=at) as refused:
            town.budi.set_schedule(region, timetable=Timetable(weekdays=("monday",)))
        if code == "not_found":
            assert refused.value.facts == {"kind": "region", "id": region}

    @pytest.mark.parametrize("by", [WAHYU, LESTARI, DEWI, SITI], ids=lambda one: one.role)
    def test_are_set_at_the_registry(self, town: Town, by: Actor):
        """Not by who packs, nor by who waits for it."""
        with town.refuses("wrong_role"):
            town.hand(by).set_schedule(KEREK, timetable=Timetable(weekdays=("monday",)))

    @pytest.mark.parametrize(
        ("odd", "path", "code"),
        [
            ({"weekdays": ("someday",)}, "weekdays[0]", "choice"),
            ({"weekdays": (), "cut_off": "24:00"}, "cut_off", "hour"),
            ({"weekdays": (), "cut_off": "8:00"}, "cut_off", "hour"),
            ({"weekdays": (), "cut_off": "08:00\n"}, "cut_off", "hour"),
            ({"weekdays": (), "days_before": 8}, "days_before", "days"),
            ({"weekdays": (), "days_before": -1}, "days_before", "days"),
            ({"weekdays": (), "shift": "perhaps"}, "shift", "choice"),
        ],
    )
    def test_that_make_no_sense(self, town: Town, odd: dict[str, Any], path: str, code: str):
        """No such day, no such hour, not in the week before, no such way to shift."""
        with town.refuses(code) as refused:
            Timetable(**odd)
        assert [one.path for one in refused.value.faults] == [path]  # type: ignore[attr-defined] # bad input

    @pytest.mark.parametrize("days", [21, -21])
    def test_move_a_run_by_less_than_three_weeks(self, town: Town, days: int):
        """Further, the next run is nearer."""
        day = date(2021, 7, 20)
        Moved(day, day + timedelta(days=days - (1 if days > 0 else -1)))
        with town.refuses("too_far"):
            Moved(day, day + timedelta(days=days))


def test_a_copy_for_the_counter_is_printed_in_its_time_too(town: Town):
    """Whatever way it goes, it waits to be printed for as long."""
    case = town.case("ktp-hilang")
    town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
    town.verify(case)
    assert town.paper(case.copy).due == town.clock.now + timedelta(hours=24)


def test_settings_are_sent_by_their_name(town: Town):
    """The id of their record may be left out: there is one."""
    receipt = town.office.do(commands.ChangeSettings(draft_days=10), by=HADI)
    assert [(one.kind, one.id) for one in receipt.records] == [("settings", "office")]
