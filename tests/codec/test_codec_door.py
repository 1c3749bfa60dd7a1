"""At the door the codec is strict, and says everything that is wrong at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given

from adminduk import Actor, commands
from adminduk.codec import Order, parse_json, read_order, structure, write_order
from adminduk.errors import InvalidInput
from adminduk.records import Person, Role, Scan
from adminduk.testing import strategies as draw

ID = "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a"
SITI = {"id": "siti", "role": "village_operator", "region": "35.23.08.2001"}
CODE = "2222222222-2"
NOTICE = {"notice": "N-1", "acts": ["submit"], "channels": ["counter"], "reason": "Banjir."}


def line(do: str = "close", **fields: Any) -> dict[str, Any]:
    """Give a line of work whose `with` holds these fields."""
    return {"id": ID, "by": SITI, "do": do, "with": fields}


def faults_of(data: object) -> list[tuple[str, str]]:
    """Give path and code of every fault of a line."""
    with pytest.raises(InvalidInput) as raised:
        read_order(data)
    return [(fault.path, fault.code) for fault in raised.value.faults]


@given(draw.orders())
def test_a_right_line_is_read_as_it_was_meant(order: Order):
    """Whatever command is written as a line is read again as the same command."""
    assert read_order(parse_json(write_order(order))) == order


class TestTheLine:
    """`{"id", "by", "at", "do", "with"}`, and nothing else."""

    def test_with_everything(self):
        """Who, when, at which version, what."""
        order = read_order(line(bag="BAG-7") | {"at": "2021-07-12T08:15:00+07:00", "if_version": 3})
        when = datetime(2021, 7, 12, 8, 15, tzinfo=timezone(timedelta(hours=7)))
        assert order.command == commands.Close(bag="BAG-7", id=UUID(ID), at=when, if_version=3)
        assert order.by == Actor("siti", Role.VILLAGE_OPERATOR, "35.23.08.2001")

    def test_whose_id_is_written_in_capitals(self):
        """It is the same id."""
        assert read_order(line(bag="BAG-7") | {"id": ID.upper()}).command.id == UUID(ID)

    def test_without_who(self):
        """Then whoever runs the file is asked."""
        data = line(bag="BAG-7")
        del data["by"]
        assert read_order(data).by is None

    @pytest.mark.parametrize("data", [None, True, 3, "x", [], [line(bag="B")]])
    def test_that_is_no_object(self, data: object):
        """A line is an object."""
        assert faults_of(data) == [("", "wrong_type")]

    def test_that_is_empty(self):
        """All that must be there is named."""
        assert faults_of({}) == [("id", "missing"), ("do", "missing"), ("with", "missing")]

    @pytest.mark.parametrize("do", [None, 3, "", "Close", "closes", ["close"]])
    def test_with_an_unknown_command(self, do: object):
        """The commands there are are named."""
        with pytest.raises(InvalidInput) as raised:
            read_order(line(bag="B") | {"do": do})
        (fault,) = raised.value.faults
        assert (fault.path, fault.code) == ("do", "unknown_command")
        assert "close" in fault.accepted.split(", ")

    @pytest.mark.parametrize("name", ["id", "by", "at", "if_version"])
    def test_in_which_something_is_null(self, name: str):
        """What is not known is left out; an id that is null would be no id."""
        ((path, _),) = faults_of(line(bag="B") | {name: None})
        assert path == name

    @pytest.mark.parametrize("name", ["id", "at", "if_version"])
    def test_whose_head_is_in_its_body(self, name: str):
        """What all commands have stands beside `with`, not in it."""
        value = {"id": ID, "at": "2021-07-12T08:15:00+07:00", "if_version": 1}[name]
        data = line(bag="B")
        data["with"][name] = value
        assert faults_of(data) == [(f"with.{name}", "unknown_key")]

    def test_all_of_it_at_once(self):
        """Head, actor and body: nobody is sent away twice."""
        data = {
            "id": "7",
            "by": {"id": "si ti", "role": "king", "region": "35-23", "age": 3},
            "at": "2021-07-12T08:15:00",
            "if_version": "3",
            "do": "draft",
            "whit": {},
            "with": {
                "region": 35,
                "services": "ktp-baru",
                "people": {"holder": {"nik": 3523084107900001, "birth_date": "2021-02-30"}},
                "facts": {"foundling": None},
                "evidence": {"kk": {"way": "shown", "scans": [{"digest": "x"}]}},
                "nope": 1,
            },
        }
        assert sorted(faults_of(data)) == [
            ("at", "naive_time"),
            ("by.age", "unknown_key"),
            ("by.id", "actor_id"),
            ("by.region", "region_code"),
            ("by.role", "choice"),
            ("id", "uuid"),
            ("if_version", "wrong_type"),
            ("whit", "unknown_key"),
            ("with.evidence.kk.scans[0].size", "missing"),
            ("with.evidence.kk.scans[0].type", "missing"),
            ("with.evidence.kk.way", "choice"),
            ("with.facts.foundling", "wrong_type"),
            ("with.nope", "unknown_key"),
            ("with.people.holder.birth_date", "no_such_day"),
            ("with.people.holder.nik", "not_text"),
            ("with.region", "not_text"),
            ("with.services", "wrong_type"),
        ]

    @pytest.mark.parametrize(
        ("do", "fields"),
        [
            ("draft", {"evidence": {"kk": {"way": "scan", "scans": [{}] * 40}}}),
            ("draft", {"people": {f"child-{n}": dict.fromkeys("abc", 1) for n in range(40)}}),
            ("verify", {"application": CODE, "accepted": [1] * 101}),
            ("announce", NOTICE | {"stays_open": [dict.fromkeys("abc", 1)] * 40}),
            ("draft", {"facts": dict.fromkeys((f"fact-{n}" for n in range(101)), 1.5)}),
            ("draft", dict.fromkeys((f"field-{n}" for n in range(101)), 1)),
        ],
    )
    def test_what_is_wrong_throughout_by_its_beginning(self, do: str, fields: dict[str, Any]):
        """A hundred faults show what is meant."""
        assert len(faults_of(line(do, **fields))) == 100

    def test_a_name_without_end_by_its_beginning(self):
        """Of what should not be there at all nothing long is repeated."""
        assert faults_of(line(bag="B") | {"x" * 1000: 1}) == [("x" * 80, "unknown_key")]

    def test_a_name_that_cannot_be_hides_no_other_fault(self):
        """It is a fault once, whatever stands under it; what stands beside it is read."""
        faults = {"KK": 1, "kk": 2}
        assert faults_of(line("return", application=CODE, faults=faults)) == [
            ("with.faults", "key"),
            ("with.faults.kk", "wrong_type"),
        ]

    def test_the_rules_of_all_fields_at_once(self):
        """Two texts that say nothing are two faults, and a wrong type hides neither."""
        assert faults_of(line("issue", copy=3, signature=" ", link="")) == [
            ("with.copy", "wrong_type"),
            ("with.signature", "text"),
            ("with.link", "text"),
        ]


class TestValues:
    """Each field takes what it is, and nothing that could be read as it."""

    @pytest.mark.parametrize(
        ("do", "fields", "fault"),
        [
            ("close", {"bag": 7}, ("with.bag", "wrong_type")),
            ("close", {"bag": "BAG 7"}, ("with.bag", "label")),
            ("close", {"bag": ""}, ("with.bag", "label")),
            ("close", {"bag": "B" * 41}, ("with.bag", "label")),
            ("seal", {"bag": "B", "count": 3.0}, ("with.count", "wrong_type")),
            ("seal", {"bag": "B", "count": True}, ("with.count", "wrong_type")),
            ("seal", {"bag": "B", "count": "3"}, ("with.count", "wrong_type")),
            ("seal", {"bag": "B", "count": 10**13}, ("with.count", "too_large")),
            ("arrive", {"bag": "B", "seal_whole": 1}, ("with.seal_whole", "wrong_type")),
            ("arrive", {"bag": "B", "seal_whole": "yes"}, ("with.seal_whole", "wrong_type")),
            ("arrive", {"bag": "B"}, ("with.seal_whole", "missing")),
            ("unseal", {"bag": "B", "reason": "a\nb"}, ("with.reason", "control_characters")),
            ("unseal", {"bag": "B", "reason": "a\u202eb"}, ("with.reason", "control_characters")),
            ("unseal", {"bag": "B", "reason": "x" * 1001}, ("with.reason", "text")),
            ("unseal", {"bag": "B", "reason": "x" * 2001}, ("with.reason", "too_long")),
            ("unseal", {"bag": "B", "reason": "   "}, ("with.reason", "text")),
            ("collect", {"item": "x"}, ("with.item", "paper_id")),
            ("collect", {"item": "2222222222-3/1"}, ("with.item", "tracking_check")),
            ("verify", {"application": "2222222222"}, ("with.application", "tracking_code")),
            ("verify", {"application": CODE, "accepted": "kk"}, ("with.accepted", "wrong_type")),
            ("verify", {"application": CODE, "accepted": [1]}, ("with.accepted[0]", "wrong_type")),
            (
                "count",
                {"bag": "B", "arrived": [f"{CODE}/1", f"{CODE}/1"]},
                ("with.arrived", "repeated"),
            ),
            (
                "count",
                {"bag": "B", "arrived": [f"{CODE}/1"], "damaged": ["22222222222/1"]},
                ("with.extra", "repeated"),
            ),
            (
                "plan",
                {"bag": "B", "to": "35.23.08", "day": "12-07-2021"},
                ("with.day", "wrong_type"),
            ),
            (
                "plan",
                {"bag": "B", "to": "35.23.08", "day": "2021-06-31"},
                ("with.day", "no_such_day"),
            ),
            ("plan", {"bag": "B", "to": "35.23.08", "items": ["x"]}, ("with.items[0]", "paper_id")),
            (
                "choose_delivery",
                {"application": CODE, "product": "kk", "way": "pigeon"},
                ("with.way", "choice"),
            ),
            (
                "choose_delivery",
                {"application": CODE, "product": "kk", "way": ["digital"]},
                ("with.way", "choice"),
            ),
            (
                "hand_over",
                {"item": f"{CODE}/1", "to": {"name": "4711", "relation": "self"}},
                ("with.to.name", "name_empty"),
            ),
            (
                "return",
                {"application": CODE, "faults": {"KK": "Buram"}},
                ("with.faults", "key"),
            ),
            (
                "return",
                {"application": CODE, "faults": {"kk": 1}},
                ("with.faults.kk", "wrong_type"),
            ),
            (
                "draft",
                {"facts": {"note": "a\u0000b"}},
                ("with.facts.note", "control_characters"),
            ),
            ("draft", {"facts": {"count": 10**12 + 1}}, ("with.facts.count", "too_large")),
            ("draft", {"facts": {"count": 1.5}}, ("with.facts.count", "wrong_type")),
            ("draft", {"facts": 3}, ("with.facts", "wrong_type")),
            ("draft", {"facts": ["lost"]}, ("with.facts", "wrong_type")),
            (
                "draft",
                {"people": {"child": {"birth_order": 41}}},
                ("with.people.child.birth_order", "birth_order"),
            ),
            ("draft", {"evidence": {"kk": {"way": "scan"}}}, ("with.evidence.kk.scans", "scans")),
            (
                "resolve",
                {
                    "bag": "B",
                    "item": f"{CODE}/1",
                    "outcome": "noted",
                    "owner": {"role": "courier", "region": "35.23.08"},
                },
                ("with.owner.region", "wrong_area"),
            ),
        ],
    )
    def test_that_are_wrong(self, do: str, fields: dict[str, Any], fault: tuple[str, str]):
        """The path leads to the field, the code says what is wrong with it."""
        assert faults_of(line(do, **fields)) == [fault]

    def test_at_the_edge(self):
        """As long and as large as may be is not too long or too large."""
        facts = {f"fact-{number}": True for number in range(998)}
        facts |= {"note": "x" * 2000, "count": -(10**12)}
        assert read_order(line("draft", facts=facts)).command.facts == facts  # type: ignore[attr-defined] # it has them

    def test_choices_are_named(self):
        """All of them, as they are written."""
        with pytest.raises(InvalidInput) as raised:
            read_order(line("choose_delivery", application=CODE, product="kk", way="pigeon"))
        assert raised.value.faults[0].accepted == "courier, counter, digital"

    @pytest.mark.parametrize(
        "time",
        [
            "2021-07-12T08:15:00",
            "2021-07-12T08:15+07:00",
            "2021-07-12 08:15:00+07:00",
            "2021-07-12T25:15:00+07:00",
            "2021-02-30T08:15:00+07:00",
            "2021-07-12T08:15:00.1234567Z",
            "2021-07-12T08:15:00+7:00",
            "\u0662021-07-12T08:15:00Z",
            "0001-01-01T00:00:00+14:00",
            "20210712T081500Z",
            1626052500,
            True,
        ],
    )
    def test_times_that_are_none(self, time: object):
        """Only a full time with its offset is one."""
        ((path, code),) = faults_of(line(bag="B") | {"at": time})
        assert path == "at"
        assert code in {"naive_time", "no_such_time", "wrong_type"}

    def test_what_has_no_day_is_no_time(self):
        """A day with an hour lacks its offset; anything else is something else."""
        assert faults_of(line(bag="B") | {"at": "2021-07-12 08:15"}) == [("at", "naive_time")]
        assert faults_of(line(bag="B") | {"at": "kemarin sore"}) == [("at", "wrong_type")]

    @pytest.mark.parametrize("time", ["2021-07-12T08:15:00Z", "2021-07-12T08:15:00.123456-03:30"])
    def test_times_that_are(self, time: str):
        """In any zone, to the microsecond."""
        order = read_order(line(bag="B") | {"at": time})
        assert order.command.at == datetime.fromisoformat(time)
        assert order.command.at.utcoffset() is not None

    @pytest.mark.parametrize("code", ["2222222222-2", "22222222222", "2222222222-2".lower()])
    def test_codes_as_people_write_them(self, code: str):
        """Without the hyphen and in small letters it is the same code."""
        order = read_order(line("verify", application=code))
        assert order.command.application.full() == CODE  # type: ignore[attr-defined] # it has one

    def test_nothing_personal_is_repeated(self):
        """A fault names the field, never what stood in it."""
        data = line("draft", people={"holder": {"nik": "3523084107900000", "name": "\u0007Aminah"}})
        with pytest.raises(InvalidInput) as raised:
            read_order(data)
        said = raised.value.message("en") + raised.value.message("id") + str(raised.value.as_dict())
        assert "352308" not in said
        assert "Aminah" not in said


class TestJSON:
    """What is not JSON, or too much of it, goes no further."""

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{",
            b"{'id': 1}",
            b'{"id": NaN}',
            b'{"id": 1} x',
            b"\xef\xbb\xbf{}",
            b'{"id": "\xff"}',
            b"[" * 5000,
            '{"id": "\ud800"}',
        ],
        ids=["empty", "open", "quotes", "nan", "rest", "bom", "utf-8", "deep", "surrogate"],
    )
    def test_that_is_none(self, data: bytes | str):
        """One object a line, in UTF-8."""
        with pytest.raises(InvalidInput) as raised:
            parse_json(data)
        assert [(one.path, one.code) for one in raised.value.faults] == [("", "not_json")]

    def test_that_is_too_large(self):
        """More than 4 MiB is no command."""
        with pytest.raises(InvalidInput) as raised:
            parse_json(b" " * (4 * 1024 * 1024 + 1))
        assert [(one.path, one.code) for one in raised.value.faults] == [("", "too_large")]
        assert parse_json(b"{}".ljust(4 * 1024 * 1024)) == {}

    def test_that_is_as_large_as_may_be(self):
        """A bag of thousands fits."""
        items = [f"{CODE}/{number}" for number in range(1, 20_001)]
        data = orjson.dumps(line("plan", bag="B", to="35.23.08", items=items))
        order = read_order(parse_json(data))
        assert len(order.command.items) == 20_000  # type: ignore[attr-defined] # it has them

    def test_with_more_papers_than_a_bag_holds(self):
        """One more is one too many."""
        items = [f"{CODE}/{number}" for number in range(1, 20_002)]
        assert faults_of(line("plan", bag="B", to="35.23.08", items=items)) == [
            ("with.items", "too_many")
        ]

    def test_with_more_keys_than_a_case_has(self):
        """A thousand facts are enough for anybody."""
        facts = {f"fact-{number}": True for number in range(1001)}
        assert faults_of(line("draft", facts=facts)) == [("with.facts", "wrong_type")]


class TestStructure:
    """Any class of the library is read the same way."""

    def test_a_person(self):
        """From plain data, strictly."""
        data = {"name": "Aminah", "nik": "3523084107900001", "birth_date": "1990-07-01"}
        person = structure(data, Person)
        assert person.nik is not None
        assert person.nik.full() == data["nik"]

    def test_as_the_first_thing_a_process_does(self):
        """Nothing has to be read or stored before it."""
        work = (
            "from adminduk.codec import structure; from adminduk.records import Person;"
            " print(structure({'nik': '3523084107900001'}, Person).nik.full())"
        )
        done = subprocess.run([sys.executable, "-c", work], capture_output=True, check=True)
        assert done.stdout.split() == [b"3523084107900001"]

    def test_paths_begin_where_it_begins(self):
        """At the top there is nothing before the field."""
        with pytest.raises(InvalidInput) as raised:
            structure({"digest": "0" * 64, "type": "text/html", "size": 1}, Scan)
        assert [(one.path, one.code) for one in raised.value.faults] == [("type", "scan_type")]
        with pytest.raises(InvalidInput) as raised:
            structure({"age": 31}, Person)
        assert [(one.path, one.code) for one in raised.value.faults] == [("age", "unknown_key")]

    @pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
    def test_a_time_that_is_none_in_utc(self, time: str):
        """It could not be compared with any other."""
        with pytest.raises(InvalidInput) as raised:
            structure(time, datetime)
        assert [one.code for one in raised.value.faults] == ["no_such_time"]


class TestCommandsMadeInPython:
    """The same rules hold for a program that makes commands itself."""

    def test_a_choice_by_its_value(self):
        """The text of a choice is that choice."""
        chosen = commands.ChooseDelivery(application=CODE, product="kk", way="digital")
        assert chosen.way is commands.DeliveryWay.DIGITAL

    def test_a_choice_that_there_is_not(self):
        """The choices are named."""
        with pytest.raises(InvalidInput) as raised:
            commands.ChooseDelivery(application=CODE, product="kk", way="pigeon")
        assert [(one.path, one.code) for one in raised.value.faults] == [("way", "choice")]

    def test_a_role_by_its_value(self):
        """Also of an actor."""
        assert Actor("siti", "village_operator", "35.23.08.2001").role is Role.VILLAGE_OPERATOR
        with pytest.raises(InvalidInput):
            Actor("siti", "king", "35.23")

    def test_a_time_of_the_wall_clock(self):
        """It needs its offset."""
        with pytest.raises(InvalidInput):
            commands.Close(bag="B", at=datetime(2021, 7, 12))  # noqa: DTZ001 - that is the fault
        assert commands.Close(bag="B", at=datetime(2021, 7, 12, tzinfo=UTC)).at is not None
