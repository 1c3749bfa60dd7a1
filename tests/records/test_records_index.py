"""Where a record is found: whose turn it is, when it is due, what it alone may hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from attrs import evolve
from office_days import DEWI, GEMULUNG, KEREK, LETTER, MONDAY, TUBAN, Town
from office_states import everything

from adminduk.records import (
    KINDS,
    Application,
    Bag,
    Blanks,
    Copy,
    Delegation,
    Heading,
    Minutes,
    Notice,
    Original,
    Reading,
    Record,
)
from adminduk.records.index import (
    IN_FORCE,
    IN_STOCK,
    NEVER,
    claims_of,
    day_group,
    day_key,
    index_of,
    lent_to,
    promised_key,
    stamp,
    trip_key,
)

VILLAGE, DISTRICT = f"village_operator@{GEMULUNG}", f"district_operator@{KEREK}"
REGISTRY, PRINTER = f"registry_operator@{TUBAN}", f"print_operator@{TUBAN}"
DESK, COURIER = f"front_desk@{TUBAN}", f"courier@{TUBAN}"
NOBODY = ""


@pytest.fixture(scope="module")
def things() -> list[Record]:
    """Give something in every state."""
    return everything(Town())


def queues(things: list[Record], kind: str) -> dict[str, set[str]]:
    """Give whose turn it is, by state."""
    found: dict[str, set[str]] = {}
    for record in things:
        if kind == record.KIND:
            found.setdefault(record.state, set()).add(index_of(record).queue)
    return found


class TestWhoseTurnItIs:
    """A record is in one inbox, or in none."""

    def test_of_an_application(self, things: list[Record]):
        """Its holder, the registry, the front desk while the person must come; else nobody."""
        assert queues(things, "application") == {
            "draft": {VILLAGE, f"applicant@{GEMULUNG}"},
            "submitted": {REGISTRY, DESK},
            "returned": {VILLAGE, DISTRICT},
            "verified": {NOBODY, REGISTRY},
            "completed": {NOBODY},
            "rejected": {NOBODY},
            "withdrawn": {NOBODY},
            "expired": {NOBODY},
            "lapsed": {NOBODY},
        }

    def test_of_a_copy(self, things: list[Record]):
        """Whoever makes it, holds it, or is to collect it."""
        found = queues(things, "copy")
        assert found == {
            "ordered": {PRINTER, REGISTRY},
            "issued": {VILLAGE},
            "at_office": {PRINTER},
            "at_district": {VILLAGE, DISTRICT},
            "at_village": {VILLAGE},
            "at_counter": {DESK},
            "bagged": {NOBODY},
            "missing": {VILLAGE},
            "void": {PRINTER},
            **{
                key: {NOBODY}
                for key in ("lost", "destroyed", "handed_over", "revoked", "cancelled")
            },
        }

    def test_of_an_original(self, things: list[Record]):
        """Who is to take it in; then whoever holds it."""
        assert queues(things, "original") == {
            "expected": {VILLAGE},
            "at_office": {PRINTER},
            "at_district": {DISTRICT},
            "at_village": {VILLAGE},
            "at_counter": {DESK},
            "bagged": {NOBODY},
            "missing": {VILLAGE},
            "void": {PRINTER},
            **{end: {NOBODY} for end in ("lost", "destroyed", "handed_over", "waived", "filed")},
        }

    def test_of_a_bag(self, things: list[Record]):
        """Its sender, the courier, its receiver; the registry while something is open."""
        assert queues(things, "bag") == {
            "planned": {PRINTER},
            "sealed": {COURIER},
            "departed": {DISTRICT},
            "astray": {COURIER},
            "arrived": {DISTRICT},
            "written_off": {NOBODY, REGISTRY},
            "counted": {NOBODY, REGISTRY},
            "closed": {NOBODY},
            "cancelled": {NOBODY},
        }

    @pytest.mark.parametrize(
        "kind", ["blanks", "minutes", "notice", "schedule", "settings", "seal"]
    )
    def test_of_what_is_the_offices_own(self, things: list[Record], kind: str):
        """Nobody has to do anything about it."""
        assert set().union(*queues(things, kind).values()) == {NOBODY}

    def test_of_what_is_to_be_fetched(self):
        """On the office's shelf, but the front desk's to fetch."""
        town = Town()
        case = town.printed("ktp-hilang")
        town.siti.choose_delivery(case, product="ktp", way="counter", letter=LETTER)
        assert index_of(town.paper(case.copy)).queue == DESK

    def test_of_what_goes_home_from_the_district(self):
        """The district sends it, no village collects it."""
        town = Town()
        case = town.at_district("ktp-hilang")
        assert index_of(town.paper(case.copy)).queue == VILLAGE
        town.dewi.turn_home(case.copy)
        assert index_of(town.paper(case.copy)).queue == str(DEWI.posts[0])


class TestColumns:
    """The other columns."""

    def test_what_is_due_at_no_time_is_due_last(self, things: list[Record]):
        """A time that sorts after every other."""
        for record in things:
            due = index_of(record).due
            assert (due == NEVER) == (record.due is None)
            assert due <= NEVER

    def test_the_group_is_the_bag_or_the_case(self, things: list[Record]):
        """The papers of a bag are found by it, those of no bag by their case."""
        for record in things:
            group = index_of(record).group
            if isinstance(record, Copy | Original):
                assert group == (record.bag or record.application.full())
            elif isinstance(record, Notice) and record.state == "in_force":
                assert group == IN_FORCE
            elif isinstance(record, Delegation) and record.state == "in_force":
                assert group == lent_to(record.to) != lent_to(record.id)
            elif isinstance(record, Blanks) and record.state == "in_ledger":
                assert group == IN_STOCK
            elif isinstance(record, Bag):
                assert group == day_group(record.begun.date())
            else:
                assert group == ""

    def test_the_group_of_a_bag_is_its_day(self):
        """The bags of one of the courier's days are found together; else those begun on a day."""
        town = Town()
        bag = town.bag(town.planned())
        assert index_of(bag).group == day_group(date(2021, 7, 12))
        of_tuesday = evolve(bag, day=date(2021, 7, 13))
        assert index_of(of_tuesday).group == day_group(date(2021, 7, 13)) != IN_FORCE
        assert index_of(of_tuesday).group != index_of(evolve(bag, day=date(2021, 7, 14))).group

    def test_a_bag_is_found_by_its_trip(self):
        """By the label of it, else by its day; one that has neither is of no trip."""
        town = Town()
        bag = town.bag(town.planned())
        assert index_of(bag).keys == ()
        of_tuesday = evolve(bag, day=date(2021, 7, 13))
        assert index_of(of_tuesday).keys == (trip_key("2021-07-13"),)
        assert index_of(evolve(of_tuesday, trip="SELATAN")).keys == (trip_key("SELATAN"),)

    def test_only_applications_are_found_by_people(self, things: list[Record]):
        """By village and day, by the month of a promise, and by keys that tell nothing; sorted."""
        for record in things:
            keys = index_of(record).keys
            if isinstance(record, Minutes):  # by the day alone
                assert keys == (day_key(record.region, record.begun.date()),)
                continue
            if isinstance(record, Reading):  # by its case, and by who read it in which month
                assert keys == (
                    f"read|{record.application.full()}",
                    f"reader|{record.by}|{record.begun:%Y-%m}",
                )
                continue
            assert bool(keys) == isinstance(record, Application)
            if isinstance(record, Application):
                by_day, *others = keys
                months = {key for key in others if key.startswith("@")}
                blind = [key for key in others if key not in months]
                assert by_day == day_key(record.region, record.begun.date())
                assert by_day.startswith(record.region.full())
                assert others == sorted(set(others))
                promised = {one.promise.day(one.way) for one in record.lines if one.promise}
                assert months == {promised_key(day) for day in promised}
                assert all(re.fullmatch("[0-9a-f]{32}", key) for key in blind)

    def test_a_stamp_sorts_as_time_does(self):
        """In UTC, to the microsecond, whatever the zone."""
        wib = timezone(timedelta(hours=7))
        assert stamp(datetime(2021, 7, 12, 8, 0, tzinfo=wib)) == "2021-07-12T01:00:00.000000Z"
        moments = [MONDAY + timedelta(microseconds=step) for step in (0, 1, 10, 1_000_000)]
        assert sorted(map(stamp, moments)) == [stamp(one) for one in moments]
        assert stamp(datetime(2021, 7, 12, tzinfo=UTC)) < NEVER


class TestClaims:
    """What no other record of the office may hold at the same time."""

    def test_of_an_application_while_it_is_open(self, things: list[Record]):
        """From the submission to the end: neither a draft nor a case that has ended."""
        for record in things:
            if isinstance(record, Application):
                is_open = record.state in {"submitted", "returned", "verified"}
                asks_for_one = bool(record.lines)
                assert bool(claims_of(record)) == (is_open and asks_for_one)

    def test_of_a_copy_while_it_is_deliverable(self, things: list[Record]):
        """One copy of a product; its blank for ever."""
        gone = {"void", "destroyed", "lost", "revoked", "cancelled"}
        for record in things:
            if isinstance(record, Copy):
                claims = claims_of(record)
                deliverable = {one for one in claims if one.startswith("deliverable:")}
                alive = record.state not in gone and not record.condemned
                assert bool(deliverable) == alive
                assert {one for one in claims if one.startswith("blank:")} == {
                    f"blank:{record.kind}:{blank}"
                    for blank in (record.blank, *record.spoiled)
                    if blank
                }

    def test_of_the_latest_range_of_blanks(self, things: list[Record]):
        """So that two ranges that come at once come one after the other."""
        claims = {one.id: claims_of(one) for one in things if isinstance(one, Blanks)}
        assert claims.pop("kia/C") == {"latest:kia"}
        assert set(claims.values()) == {frozenset()}

    def test_of_nothing_else(self, things: list[Record]):
        """Originals and bags, notices, schedules, settings and seals stand in nobody's way."""
        holders = (Application, Copy, Blanks)
        others = [record for record in things if not isinstance(record, holders)]
        assert {record.KIND for record in others} == set(KINDS) - {
            "erasure",
            *(one.KIND for one in holders),
        }
        assert {claims_of(record) for record in others} == {frozenset()}

    def test_a_condemned_copy_lets_go(self):
        """At once, wherever it is: the next can be printed."""
        town = Town()
        copy = town.paper(town.at_village("ktp-hilang").copy)
        assert any(one.startswith("deliverable:") for one in claims_of(copy))
        condemned = evolve(copy, condemned=True, heading=Heading.HOME)
        assert not any(one.startswith("deliverable:") for one in claims_of(condemned))
