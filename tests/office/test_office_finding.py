"""Somebody comes without a tracking code: their case is found by village and day, or by NIK."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from office_days import (
    AGUS,
    AMINAH,
    BUDI,
    DEWI,
    EKO,
    GEMULUNG,
    HADI,
    JENU,
    JOKO,
    KEREK,
    LESTARI,
    RINI,
    SIDONGANTI,
    SITI,
    SOCOREJO,
    SYSTEM,
    TUBAN,
    WAHYU,
    Case,
    Town,
    also,
)
from test_office_erasure import ThrowAwayKeys

from adminduk import Actor, Person, Role
from adminduk.office.finding import Found, FoundPage

AUDITOR = Actor("tri", Role.AUDITOR, TUBAN)
TODAY = date(2021, 7, 12)


def submitted(town: Town, days: int, *services: str) -> list[Case]:
    """Submit a case a day, the last one today."""
    cases = []
    for number in range(days):
        town.clock.wait(days=1 if number else 0)
        cases.append(town.case(*services or ("ktp-hilang",)))
    return cases


def codes(page: FoundPage) -> list[str]:
    """Give the codes of what was found."""
    return [one.code for one in page.cases]


def all_pages(town: Town, limit: int, **wanted: Any) -> list[str]:
    """Find page by page."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = town.office.find(GEMULUNG, LESTARI, limit=limit, after=after, **wanted)
        assert len(page.cases) <= limit
        found += codes(page)
        after = page.next
        if after is None:
            return found


class TestByVillage:
    """The cases of a village that began on certain days."""

    def test_shows_a_case(self, town: Town):
        """Its code, where it stands, what it is about, its day, the applicant's name."""
        case = town.case("ktp-hilang", "kk-hilang")
        (found,) = town.office.find(GEMULUNG, LESTARI).cases
        assert found == Found(
            code=case.code,
            state="submitted",
            region=GEMULUNG,
            services=("ktp-hilang", "kk-hilang"),
            day=TODAY,
            applicant="Aminah Wulandari",
        )

    def test_shows_no_number_of_anybody(self, town: Town):
        """Neither NIK nor family card, nor a name but the applicant's."""
        case = town.case("ktp-hilang")
        holder = town.application(case).case.people["holder"]
        said = repr(town.office.find(GEMULUNG, LESTARI))
        assert holder.nik is not None
        assert holder.nik.full() not in said
        assert "352308" not in said
        assert "Slamet" not in said
        assert "3456" not in said

    def test_is_of_that_village(self, town: Town):
        """Not of its neighbour."""
        case = town.case("ktp-hilang")
        other = town.case("ktp-hilang", by=JOKO, region=SIDONGANTI)
        assert codes(town.office.find(GEMULUNG, LESTARI)) == [case.code]
        assert codes(town.office.find(SIDONGANTI, LESTARI)) == [other.code]

    def test_newest_day_first(self, town: Town):
        """What was submitted last is what people mostly ask for."""
        cases = submitted(town, 4)
        assert codes(town.office.find(GEMULUNG, LESTARI)) == [one.code for one in reversed(cases)]

    def test_of_certain_days(self, town: Town):
        """First and last included, by the clock of the office."""
        cases = submitted(town, 5)
        first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
        page = town.office.find(GEMULUNG, LESTARI, first=first, last=last)
        assert codes(page) == [one.code for one in (cases[3], cases[2], cases[1])]

    def test_by_the_local_day(self, town: Town):
        """Shortly after midnight in Tuban it is still the day before in Greenwich."""
        town.clock.wait(hours=17)  # 18:00 UTC
        case = town.case("ktp-hilang")
        tomorrow = TODAY + timedelta(days=1)
        page = town.office.find(GEMULUNG, LESTARI, first=tomorrow, last=tomorrow)
        assert codes(page) == [case.code]
        assert page.cases[0].day == tomorrow
        assert codes(town.office.find(GEMULUNG, LESTARI, first=TODAY, last=TODAY)) == []

    def test_by_the_day_on_which_it_began(self, town: Town):
        """A case that was drafted a week before it was submitted is found by the draft's day."""
        case = town.draft("ktp-hilang")
        town.clock.wait(days=7)
        town.siti.submit(case)
        page = town.office.find(GEMULUNG, LESTARI, first=TODAY, last=TODAY)
        assert [(one.code, one.state) for one in page.cases] == [(case.code, "submitted")]

    def test_of_the_last_month_where_no_day_is_said(self, town: Town):
        """Thirty days before today, and today."""
        case = town.case("ktp-hilang")
        town.clock.wait(days=30)
        assert codes(town.office.find(GEMULUNG, LESTARI)) == [case.code]
        town.clock.wait(days=1)
        assert codes(town.office.find(GEMULUNG, LESTARI)) == []
        assert codes(town.office.find(GEMULUNG, LESTARI, last=TODAY)) == [case.code]

    def test_of_a_service(self, town: Town):
        """Whatever else it asks for."""
        both = town.case("ktp-hilang", "kk-hilang")
        town.case("ktp-hilang")
        assert codes(town.office.find(GEMULUNG, LESTARI, service="kk-hilang")) == [both.code]
        assert codes(town.office.find(GEMULUNG, LESTARI, service="akta-lahir")) == []

    def test_in_any_state(self, town: Town):
        """Also what is drafted, and what has ended."""
        draft, ended = town.draft("ktp-hilang"), town.case("ktp-hilang")
        town.budi.reject(ended, ground="Bukan penduduk", approved_by=HADI)
        found = {one.code: one.state for one in town.office.find(GEMULUNG, LESTARI).cases}
        assert found == {draft.code: "draft", ended.code: "rejected"}


class TestPages:
    """A long list comes in pages."""

    @pytest.mark.parametrize("limit", [1, 2, 3, 50])
    def test_together_give_everything_once(self, town: Town, limit: int):
        """However long they are, over several days."""
        cases = {one.code for number in (3, 4) for one in submitted(town, number)}
        cases |= {town.case("kk-hilang").code for _ in range(3)}
        found = all_pages(town, limit)
        assert len(found) == len(set(found))
        assert set(found) == cases

    @pytest.mark.parametrize("limit", [1, 2, 50])
    def test_of_a_service(self, town: Town, limit: int):
        """What is left out does not end a page too early."""
        wanted = []
        for number in range(6):
            case = town.case("kk-hilang" if number % 3 == 0 else "ktp-hilang")
            wanted += [case.code] if number % 3 == 0 else []
            town.clock.wait(hours=10)
        assert all_pages(town, limit, service="kk-hilang") == list(reversed(wanted))

    def test_are_stable_while_others_submit(self, town: Town):
        """What comes meanwhile is not put before what was shown, and nothing is left out."""
        before = [one.code for one in reversed(submitted(town, 4))]
        page = town.office.find(GEMULUNG, LESTARI, limit=2)
        assert codes(page) == before[:2]
        town.clock.wait(hours=1)
        town.case("kk-hilang")
        rest = town.office.find(GEMULUNG, LESTARI, limit=2, after=page.next)
        assert codes(rest) == before[2:]

    def test_of_one_day_are_stable_too(self, town: Town):
        """A case that is submitted while one turns the page comes after those that were there."""
        before = set()
        for _ in range(3):
            before.add(town.case("ktp-hilang").code)
            town.clock.wait(minutes=5)
        page = town.office.find(GEMULUNG, LESTARI, limit=2)
        new = town.case("ktp-hilang").code
        rest = town.office.find(GEMULUNG, LESTARI, limit=5, after=page.next)
        assert {*codes(page), *codes(rest)} == before | {new}
        assert codes(rest)[-1] == new

    @pytest.mark.parametrize(
        "after", ["", "x", "2021-07-12", "2021-07-13|", "2020-01-01|", "2021-07-12|nowhere"]
    )
    def test_begin_where_one_ended(self, town: Town, after: str):
        """Anything else is refused."""
        town.case("ktp-hilang")
        with town.refuses("position"):
            town.office.find(GEMULUNG, LESTARI, after=after)

    def test_are_stable_whatever_becomes_of_the_cases(self, town: Town):
        """What is verified or returned between two pages is seen once all the same."""
        cases = []
        for _ in range(6):
            cases.append(town.case("ktp-hilang"))
            town.clock.wait(minutes=5)
        first = town.office.find(GEMULUNG, LESTARI, limit=2)
        for case in cases:
            town.verify(case)
        rest = town.office.find(GEMULUNG, LESTARI, after=first.next)
        assert [*codes(first), *codes(rest)] == [case.code for case in cases]

    def test_of_nothing(self, town: Town):
        """A page has one case at least, and a village."""
        with town.refuses("too_few"):
            town.office.find(GEMULUNG, LESTARI, limit=0)
        with town.refuses("not_a_village"):
            town.office.find("35.23.08", LESTARI)


class TestPeriods:
    """Within a year, and not the wrong way round."""

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (TODAY, TODAY - timedelta(days=1)),
            (TODAY - timedelta(days=366), TODAY),
            (TODAY + timedelta(days=1), None),
            (date.min, date.max),
        ],
        ids=["wrong way round", "more than a year", "after today", "for ever"],
    )
    def test_that_are_refused(self, town: Town, first: date, last: date | None):
        """The last day is named."""
        with town.refuses("period") as refused:
            town.office.find(GEMULUNG, LESTARI, first=first, last=last)
        assert [one.path for one in refused.value.faults] == ["last"]  # type: ignore[attr-defined] # bad input

    def test_of_a_year(self, town: Town):
        """A leap year at most."""
        case = town.case("ktp-hilang")
        page = town.office.find(GEMULUNG, LESTARI, first=TODAY - timedelta(days=365), last=TODAY)
        assert codes(page) == [case.code]

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_at_the_ends_of_all_days(self, town: Town, day: date):
        """Nothing began then."""
        town.case("ktp-hilang")
        assert town.office.find(GEMULUNG, LESTARI, last=day) == FoundPage((), None)


class TestWhoMayFind:
    """Who meets people or decides, each in their own area."""

    @pytest.mark.parametrize(
        "by", [SITI, DEWI, LESTARI, BUDI, HADI, AUDITOR], ids=lambda one: one.role
    )
    def test_may(self, town: Town, by: Actor):
        """By village and day, and by NIK."""
        case = town.case("ktp-hilang")
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        assert codes(town.office.find(GEMULUNG, by)) == [case.code]
        assert [one.code for one in town.office.find_person(nik, by)] == [case.code]

    @pytest.mark.parametrize("by", [AMINAH, WAHYU, AGUS, SYSTEM], ids=lambda one: one.role)
    def test_may_not(self, town: Town, by: Actor):
        """Who prints or carries has no need to; an applicant has the code."""
        case = town.case("ktp-hilang")
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        with town.refuses("wrong_role") as refused:
            town.office.find(GEMULUNG, by)
        assert "front_desk" in refused.value.facts["may"]
        with town.refuses("wrong_role"):
            town.office.find_person(nik, by)

    @pytest.mark.parametrize(
        ("by", "village"),
        [(SITI, SIDONGANTI), (SITI, SOCOREJO), (DEWI, SOCOREJO), (EKO, GEMULUNG)],
    )
    def test_not_elsewhere(self, town: Town, by: Actor, village: str):
        """A village operator in their village, a district operator in their district."""
        with town.refuses("wrong_area") as refused:
            town.office.find(village, by)
        assert refused.value.facts["region"] == village

    def test_not_elsewhere_by_who_has_another_post_there(self, town: Town):
        """In which they find nobody."""
        both = also(SITI, (Role.PRINT_OPERATOR, TUBAN))
        with town.refuses("wrong_area"):
            town.office.find(SIDONGANTI, both)

    @pytest.mark.parametrize("region", [KEREK, TUBAN])
    def test_not_above(self, town: Town, region: str):
        """A village operator does not look in the whole district."""
        with town.refuses("wrong_area"):
            town.office.find(region, SITI)

    def test_in_any_of_several_posts(self, town: Town):
        """Who is operator of two villages looks in both."""
        both = also(SITI, (Role.VILLAGE_OPERATOR, SIDONGANTI))
        case = town.case("ktp-hilang", by=JOKO, region=SIDONGANTI)
        assert codes(town.office.find(SIDONGANTI, both)) == [case.code]

    def test_in_one_of_several_posts(self, town: Town):
        """Who prints, and is operator of a village besides, finds people of that village."""
        case = town.case("ktp-hilang")
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        both = also(WAHYU, (Role.VILLAGE_OPERATOR, GEMULUNG))
        assert [one.code for one in town.office.find_person(nik, both)] == [case.code]


class TestByNik:
    """The cases that are about a person."""

    def about(self, town: Town, region: str = GEMULUNG, by: Actor = SITI) -> tuple[Case, str]:
        """Submit a case, and give it with its holder's NIK."""
        case = town.case("ktp-hilang", by=by, region=region)
        nik = town.application(case).case.people["holder"].nik
        assert nik is not None
        return case, nik.full()

    def test_finds_every_case_of_theirs(self, town: Town):
        """Whatever it is about, whoever submitted it, and no other person's."""
        case, nik = self.about(town)
        self.about(town)
        holder = town.application(case).case.people["holder"]
        draft = town.draft("ktp-baru", people={"holder": holder})
        found = town.office.find_person(nik, LESTARI)
        assert {one.code for one in found} == {case.code, draft.code}
        assert {one.applicant for one in found} == {"Aminah Wulandari"}
        assert nik not in repr(found)

    def test_finds_the_applicant_too(self, town: Town):
        """Who applies for somebody else."""
        _, nik = self.about(town)
        applicant = Person(name="Sri Rahayu", nik=nik)
        case = town.case("kk-hilang", applicant=applicant)
        found = {one.code: one.applicant for one in town.office.find_person(nik, LESTARI)}
        assert found[case.code] == "Sri Rahayu"
        assert len(found) == 2

    def test_in_the_area_of_who_looks(self, town: Town):
        """The same person has moved to another district: each sees their own."""
        here, nik = self.about(town)
        holder = town.application(here).case.people["holder"]
        there = town.draft("ktp-hilang", by=RINI, region=SOCOREJO, people={"holder": holder})
        assert [one.code for one in town.office.find_person(nik, DEWI)] == [here.code]
        assert [one.code for one in town.office.find_person(nik, EKO)] == [there.code]
        assert {one.code for one in town.office.find_person(nik, BUDI)} == {here.code, there.code}
        assert EKO.region.full() == JENU

    def test_of_nobody_known(self, town: Town):
        """An empty list, not an error."""
        self.about(town)
        assert town.office.find_person("3523085207900099", LESTARI) == []

    @pytest.mark.parametrize("nik", ["", "352308", "3523084503900001x", "3523083213900001"])
    def test_of_what_is_no_nik(self, town: Town, nik: str):
        """It is refused, and not repeated in the refusal."""
        with town.refuses("invalid_input") as refused:
            town.office.find_person(nik, LESTARI)
        assert not nik or nik not in str(refused.value)

    def test_after_a_correction(self, town: Town):
        """By the right number, no longer by the wrong one."""
        case, wrong = self.about(town)
        right = f"{wrong[:-1]}{(int(wrong[-1]) + 5) % 10}"
        holder = evolve(town.application(case).case.people["holder"], nik=right)
        town.budi.correct(case, item="f-1-02", people={"holder": holder}, reason="Salah ketik")
        assert town.office.find_person(wrong, LESTARI) == []
        assert [one.code for one in town.office.find_person(right, LESTARI)] == [case.code]


def test_an_erased_person_is_found_without_a_name():
    """Their key was destroyed: that there was a case is still known, not of whom."""
    keys = ThrowAwayKeys()
    town = Town(keyring=keys)
    case, other = town.case("ktp-hilang"), town.case("kk-hilang")
    keys.destroy(case.code)
    found = {one.code: one.applicant for one in town.office.find(GEMULUNG, LESTARI).cases}
    assert found == {case.code: "", other.code: "Aminah Wulandari"}
