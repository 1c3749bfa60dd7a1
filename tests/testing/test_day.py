"""A day of an office as it is made for tests: a fresh office takes all of it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson
import pytest

from adminduk import Office
from adminduk.codec import Order, parse_json, read_order
from adminduk.errors import InvalidInput, NoRuleInForce
from adminduk.records import DeliveryWay, Relation, Role
from adminduk.regions.zones import WIB
from adminduk.testing.day import lines, orders
from adminduk.testing.day.agenda import Agenda, Process
from adminduk.testing.day.dealing import deal
from adminduk.testing.day.hours import Hours
from adminduk.testing.day.households import Households
from adminduk.testing.day.staff import Desks, Staff
from adminduk.values import NIK, KKNumber, RegionCode
from adminduk.working_days import WorkingDays

SMALL, SEED = 40, 1
DAY: Final = date(2021, 7, 12)
USUAL: Final = set(
    "draft submit choose_delivery withdraw attend return answer reject verify replace"  # noqa: SIM905 - many names read best in a line
    " print misprint issue confirm plan seal depart arrive count finish found resolve close"
    " collect to_counter take_in hand_over condemn turn_home hand_in void destroy file"
    " receive_blanks".split()
)
"""Every command that a day cannot do without."""


@lru_cache(maxsize=1)
def small_day() -> tuple[Order, ...]:
    """Give the day that most of the tests look at."""
    return tuple(orders(SMALL, SEED))


def chance() -> Random:
    """Give a chance that can be repeated."""
    return Random(1)  # noqa: S311 - what is wanted is that it can be repeated


def commands_of(name: str) -> Iterator[Any]:
    """Give the commands of a kind."""
    return (one.command for one in small_day() if name == one.command.NAME)


def first_asked() -> dict[str, Any]:
    """Give what each application asked for, by its code."""
    asked: dict[str, Any] = {}
    for one in small_day():
        if one.command.NAME in {"draft", "submit"}:
            asked.setdefault(one.command.application.full(), one.command)
    return asked


class TestOffice:
    """A fresh office takes the whole day."""

    def test_nothing_is_refused(self):
        """Every command takes effect, and what is stored is what the journal says."""
        with Office.open("memory:", region="35.23") as office:
            for order in small_day():
                assert order.by is not None
                assert not office.do(order.command, by=order.by).repeated
            assert office.verify().clean

    def test_sent_again_it_changes_nothing(self):
        """A second time every line of the file gives its first answer."""
        written = list(lines(SMALL, SEED))
        with Office.open("memory:", region="35.23") as office:
            for again in (False, True):
                for line in written:
                    order = read_order(parse_json(line))
                    assert order.by is not None
                    assert office.do(order.command, by=order.by).repeated is again

    @pytest.mark.parametrize(
        ("region", "day"),
        [
            ("31.71", date(2021, 9, 27)),
            ("31.71", date(2021, 9, 28)),
            ("91.71", date(2021, 7, 17)),
            ("11.01", date(2020, 7, 1)),
        ],
        ids=["before the rules change", "after it", "a weekend in the east", "the first day"],
    )
    def test_other_offices_and_days(self, region: str, day: date):
        """Rules change from day to day, and mornings are not everywhere at once."""
        with Office.open("memory:", region=region) as office:
            for order in orders(SMALL, SEED, day, region):
                assert order.by is not None
                office.do(order.command, by=order.by)
            assert office.verify().clean

    def test_not_everything_is_fetched(self):
        """Of many documents a few are left where they wait, and hardly anything else is open."""
        with Office.open("memory:", region="35.23") as office:
            for order in orders(200, SEED):
                assert order.by is not None
                office.do(order.command, by=order.by)

            def number(kind: str, *states: str) -> int:
                find = office.storage.find
                pages = (find("35.23", kind=kind, state=one, limit=500)[0] for one in states)
                return sum(map(len, pages))

            waiting = number("copy", "at_village", "at_district", "at_counter")
            assert 1 <= waiting <= 20
            assert number("copy", "handed_over") > 150
            assert number("original", "filed") > 80
            assert number("original", "destroyed") > 5
            assert number("original", "void") == 0
            assert number("copy", "ordered", "bagged", "missing", "at_office") == 0
            assert number("bag", "closed") == sum(
                order.command.NAME == "finish" for order in orders(200, SEED)
            )


class TestContent:
    """What is in a day."""

    @pytest.mark.parametrize("number", [SMALL, 7, 1, 0])
    def test_of_ten_six_are_for_a_ktp(self, number: int):
        """And four for a KK, rounded."""
        kinds = Counter(
            one.command.services[0].partition("-")[0]
            for one in orders(number, SEED)
            if one.command.NAME in {"submit", "draft"} and one.command.services
        )
        cards = round(number * 0.6)
        assert kinds == Counter(ktp=cards, kk=number - cards)

    def test_every_service_is_asked_for(self):
        """At every door."""
        asked = {services for one in first_asked().values() for services in one.services}
        cards = {"ktp-baru", "ktp-hilang", "ktp-rusak"}
        assert asked == cards | {"kk-ubah-data", "kk-tambah-anak", "kk-hilang"}
        doors = {one.by.role for one in small_day() if one.command.NAME == "submit" and one.by}
        assert doors == {Role.VILLAGE_OPERATOR, Role.DISTRICT_OPERATOR, Role.FRONT_DESK}

    def test_everything_usual_happens(self):
        """Also what goes wrong: misprints, a missing paper, a damaged one."""
        assert {one.command.NAME for one in small_day()} == USUAL

    def test_documents_go_every_way(self):
        """By courier, at the counter with a letter, and digitally."""
        chosen = list(commands_of("choose_delivery"))
        assert {one.way for one in chosen} == {DeliveryWay.COUNTER, DeliveryWay.DIGITAL}
        assert all((one.way is DeliveryWay.COUNTER) == bool(one.letter) for one in chosen)
        assert {one.bag.partition("-")[0] for one in commands_of("plan")} == {"KIRIM", "PULANG"}

    def test_everybody_may_come_for_a_document(self):
        """Somebody else with a power of attorney."""
        receivers = [one.to for one in commands_of("hand_over")]
        assert {one.relation for one in receivers} == set(Relation)
        for one in receivers:
            assert (one.relation is Relation.OTHER) == (one.authorisation is not None)

    def test_several_people_do_the_work(self):
        """At each kind of post, and in several villages."""
        at = {(one.command.NAME, one.by.id) for one in small_day() if one.by is not None}
        several = Counter(name for name, _ in at)
        assert (several["verify"], several["print"], several["depart"]) == (5, 3, 2)
        assert several["submit"] > 5
        assert len({one.region for one in first_asked().values()}) > 3

    def test_blanks_and_seals_are_used_once(self):
        """A spoiled blank too."""
        blanks = [one.blank for name in ("print", "misprint") for one in commands_of(name)]
        used = [one for one in blanks if one]
        assert len(set(used)) == len(used) > 20
        seals = [one.seal for one in commands_of("seal")]
        assert len(set(seals)) == len(seals)

    def test_two_bags_miss_a_paper_and_one_is_wet(self):
        """They are the first that hold several; each difference gets its outcome."""
        outcomes = Counter(one.outcome.value for one in commands_of("resolve"))
        assert outcomes == {"found": 2, "replaced": 1}
        (damaged,) = [one for one in commands_of("count") if one.damaged]
        (condemned,) = commands_of("condemn")
        assert damaged.damaged == (condemned.item,)

    def test_it_happens_in_working_hours(self):
        """One thing after another, from the day on, over some weeks."""
        times = [one.command.at for one in small_day()]
        assert all(one < other for one, other in pairwise(times))
        assert {one.at.date() for one in commands_of("submit")} == {DAY}
        assert timedelta(days=14) < times[-1] - times[0] < timedelta(days=60)
        for at in times:
            assert WorkingDays().is_working(at.date())
            assert time(8) <= at.time() < time(15, 31)
            assert at.utcoffset() == timedelta(hours=7)


class TestPeople:
    """Nobody in it exists."""

    def people(self) -> Iterator[dict[str, Any]]:
        """Give everybody, as they are written in the file."""
        for line in lines(SMALL, SEED):
            told = orjson.loads(line)["with"]
            yield from chain([told.get("applicant", {})], told.get("people", {}).values())

    def test_their_numbers_are_numbers_of_nobody(self):
        """They can be read, and their serials are higher than any that are given out."""
        niks = {one["nik"] for one in self.people() if "nik" in one}
        cards = {one["kk"] for one in self.people() if "kk" in one}
        assert len(niks) >= SMALL
        assert min(NIK.parse(one).serial for one in niks) > 9000
        assert min(KKNumber.parse(one).serial for one in cards) > 9000

    def test_a_number_says_what_is_said_of_its_bearer(self):
        """Their sex, and the day of their birth."""
        for one in self.people():
            if "nik" in one:
                nik = NIK.parse(one["nik"])
                assert nik.sex.value == one["sex"]
                assert date.fromisoformat(one["birth_date"]) in nik.birth_dates()

    def test_they_are_from_the_district_in_which_they_apply(self):
        """As their numbers say."""
        for asked in first_asked().values():
            for one in asked.people.values():
                assert one.nik is None or one.nik.region == asked.region.parent
                assert one.kk.region == asked.region.parent

    def test_no_two_families_share_a_number(self):
        """Not even where more are born on a day than there are serials."""
        households = Households(chance(), DAY)
        numbers = [households._number("352308", DAY) for _ in range(1200)]
        assert len(set(numbers)) == 1200
        assert {one[6:12] for one in numbers} == {"120721", "110721"}
        assert all(NIK.parse(one) for one in numbers)


class TestFile:
    """The file is the same for a seed, and another for another."""

    def run(self, *arguments: str, hashes: str = "0") -> bytes:
        """Write a day as people do it."""
        command = [sys.executable, "-m", "adminduk.testing.day", "--applications=20", *arguments]
        env = {"PYTHONHASHSEED": hashes, "PYTHONPATH": ":".join(sys.path)}
        return subprocess.run(command, check=True, capture_output=True, env=env).stdout

    def test_the_same_seed_gives_the_same_bytes(self, tmp_path: Path):
        """In another process too, in which sets have another order; also into a file."""
        first = self.run("--seed=7", hashes="1")
        path = tmp_path / "day.jsonl"
        assert self.run("--seed=7", f"--out={path}", hashes="2") == b""
        assert first == path.read_bytes() == b"".join(lines(20, 7))
        assert first.count(b"\n") > 100

    def test_another_seed_gives_other_bytes(self):
        """Nothing of it is the same but what is fixed."""
        ids = [{orjson.loads(one)["id"] for one in lines(20, seed)} for seed in (1, 2)]
        assert not ids[0] & ids[1]

    def test_day_and_region_are_chosen(self):
        """As they are named."""
        day = map(orjson.loads, self.run("--day=2021-10-04", "--region=31.71").splitlines())
        first = next(one for one in day if "region" in one["with"])
        assert first["at"].startswith("2021-10-04T08:")
        assert first["with"]["region"].startswith("31.71.")

    def test_every_line_is_read_as_the_order_that_was_meant(self):
        """And says nothing that is empty."""
        for line, order in zip(lines(SMALL, SEED), small_day(), strict=True):
            assert read_order(parse_json(line)) == order
            assert set(orjson.loads(line)) == {"id", "by", "at", "do", "with"}
            assert not {b":null", b":[]", b":{}", b':""'} & set(_pieces(line))

    def test_no_such_office(self):
        """A district has none, nor has a regency that does not exist."""
        for region in ("35.23.08", "35.99"):
            with pytest.raises(InvalidInput):
                orders(1, SEED, DAY, region)
        with pytest.raises(NoRuleInForce):
            orders(1, SEED, date(2019, 1, 1))
        with pytest.raises(subprocess.CalledProcessError) as failed:
            self.run("--region=35")
        assert b"35.23" in failed.value.stderr


def _pieces(line: bytes) -> Iterator[bytes]:
    """Cut a line before each colon and after what follows it, up to four bytes."""
    for place in range(len(line)):
        if line[place : place + 1] == b":":
            yield from (line[place : place + length] for length in (3, 5))


class TestParts:
    """What the day is made with."""

    def test_shares_are_exact(self):
        """In a hundred each has its share; the usual one gets what is left."""
        dealt = Counter(deal(chance(), 200, {"usual": 90, "odd": 8, "rare": 2}))
        assert dealt == {"usual": 180, "odd": 16, "rare": 4}

    def test_what_is_rare_happens_also_to_few(self):
        """As far as there is room for it."""
        shares = {"usual": 98, "odd": 1, "rare": 1}
        assert Counter(deal(chance(), 3, shares)) == {"usual": 1, "odd": 1, "rare": 1}
        assert len(deal(chance(), 1, shares)) == 1

    def test_work_that_is_not_done_waits_for_the_morning(self):
        """Over a weekend and a holiday too."""
        hours = Hours(WIB, WorkingDays())
        friday = hours.at(date(2021, 7, 16), 440)
        assert hours.later(friday, 60 * 60) == hours.at(date(2021, 7, 19), 50)
        monday = hours.at(date(2021, 7, 19), 449)
        assert hours.later(monday, 60) == hours.at(date(2021, 7, 21), 0)  # Idul Adha between

    def test_the_courier_comes_on_a_day_of_the_week(self):
        """On the working day after, where it is a holiday."""
        hours = Hours(WIB, WorkingDays())
        assert hours.weekday_after(DAY, 0) == date(2021, 7, 19)
        assert hours.weekday_after(DAY, 1) == date(2021, 7, 13)
        assert hours.weekday_after(date(2021, 7, 13), 1) == date(2021, 7, 21)

    def test_who_is_free_first_takes_what_comes(self):
        """But for those who must not."""
        hours = Hours(WIB, WorkingDays())
        staff = Staff(RegionCode.parse("35.23"))
        desks = Desks(staff.heads, hours)
        now = hours.at(DAY, 0)
        taken = [desks.take(now, 60) for _ in range(3)]
        assert [who.id for who, _ in taken] == ["kepala", "wakil", "kepala"]
        assert [done for _, done in taken] == [hours.at(DAY, one) for one in (1, 1, 2)]
        who, done = desks.take(now, 60, but={"wakil"})
        assert (who.id, done) == ("kepala", hours.at(DAY, 3))

    def test_processes_go_on_in_the_order_of_time(self):
        """And what is given at once is a little apart."""
        hours = Hours(WIB, WorkingDays())
        agenda = Agenda(hours.at(DAY, 0), chance())
        told = []

        def process(name: str, *minutes: int) -> Process:
            for minute in minutes:
                yield hours.at(DAY, minute)
                told.append((name, minute))

        agenda.start(process("a", 1, 4))
        agenda.start(process("b", 2, 3))
        assert list(agenda.orders()) == []
        assert told == [("a", 1), ("b", 2), ("b", 3), ("a", 4)]
