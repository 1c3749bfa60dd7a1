"""Whatever is sent: it is taken or refused, in bounded time and memory, and in words."""

from __future__ import annotations

import tempfile
import tracemalloc
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from catalogue_rules import rules, spoilt, toml
from hostile_promise import EVIL, NUMBER, many, refusal
from hypothesis import given
from hypothesis import strategies as st

from adminduk import regions
from adminduk.catalogue import load_directory
from adminduk.cli.app import App, parse_actor
from adminduk.cli.applying import _answer
from adminduk.codec import parse_json, read_order
from adminduk.office import Office
from adminduk.storage.position import read_position
from adminduk.testing import strategies as draw
from adminduk.testing.day import orders
from adminduk.values import NIK, KKNumber, PersonName, Phone, RegionCode, TrackingCode, Value

PARSERS: list[type[Value]] = [NIK, KKNumber, PersonName, Phone, RegionCode, TrackingCode]
ID = "7b0f4c1e-2f5d-4c9a-8a55-0d6d3f0c1b2a"


def read(line: bytes) -> object:
    """Read a line as the door does."""
    return read_order(parse_json(line))


def load(data: bytes) -> object:
    """Load a folder with this file of rules."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rules.toml").write_bytes(data)
        return load_directory(Path(folder))


def as_toml(content: dict[str, Any]) -> bytes:
    """Write rules as a file."""
    return "".join(f"{toml(key)} = {toml(one)}\n" for key, one in content.items()).encode()


def codes(error: Any) -> set[str]:
    """Give the codes of the faults of a refusal."""
    return {fault.code for fault in error.faults}


class TestWhatever:
    """Properties of every input."""

    @many(60, 60_000)
    @given(draw.malformed_lines())
    def test_malformed_lines(self, line: bytes):
        """An order that is wrong in one way is refused in words."""
        assert refusal(lambda: read(line)) is not None

    @many(60, 20_000)
    @given(st.binary(max_size=200))
    def test_any_bytes(self, data: bytes):
        """Bytes of any kind are refused in words."""
        assert refusal(lambda: read(data)) is not None

    @many(60, 10_000)
    @given(st.text(max_size=60) | draw.malformed_niks())
    def test_every_parser(self, text: str):
        """A text is a value or refused, wherever it is read."""
        for kind in PARSERS:
            refusal(lambda kind=kind: kind.parse(text))  # type: ignore[misc]
        refusal(lambda: parse_actor(text))
        refusal(lambda: read_position(text))
        regions.search(text)

    @many(15, 5_000)
    @given(st.integers(0), st.binary(max_size=12), st.integers(0, 40))
    def test_malformed_rules(self, place: int, junk: bytes, gone: int):
        """A file of rules with something else in one place loads or is refused in words."""
        data = as_toml(rules())
        at = place % len(data)
        refusal(lambda: load(data[:at] + junk + data[at + gone :]))

    @many(10, 5_000)
    @given(draw.malformed_lines() | draw.lines())
    def test_nothing_is_written(self, line: bytes):
        """A line that is refused leaves a busy store as it was; one that is taken is sound."""
        office, before = busy()
        stores = office.storage._offices  # type: ignore[attr-defined] # looked at from inside
        answer, _ = _answer(App("en"), office, None, 1, line)
        if answer["ok"]:
            assert office.verify().clean
            stores["35.23"] = deepcopy(before)
        assert stores["35.23"] == before


@cache
def busy() -> tuple[Office, Any]:
    """Give an office in which a day has passed, and all that is stored."""
    office = Office.open("memory:", "35.23")
    for order in orders(applications=5):
        assert order.by is not None
        office.do(order.command, by=order.by)
    return office, deepcopy(office.storage._offices["35.23"])  # type: ignore[attr-defined]


HEAD = b'{"id": "' + ID.encode() + b'", "do": "draft", "with": {}'
LINES: dict[str, tuple[bytes, str]] = {
    "a version of 5,000 digits": (b'{"if_version": ' + b"9" * 5000 + b"}", "not_json"),
    "a version beyond all": (HEAD + b', "if_version": 18446744073709551615}', "too_large"),
    "a version with a part": (HEAD + b', "if_version": 1e3}', "wrong_type"),
    "nested without end": (b'{"with": ' + b"[" * 1_000_000, "not_json"),
    "infinity": (b'{"if_version": Infinity}', "not_json"),
    "a mark before it": (b"\xef\xbb\xbf{}", "not_json"),
    "UTF-16": ('{"id": 1}'.encode("utf-16"), "not_json"),
    "NUL in a name": (b'{"a\\u0000b": 1}', "unknown_key"),
    "the same key twice": (HEAD + b', "id": 2}', "uuid"),
    "100 MB": (b" " * 100_000_000, "too_large"),
}


@pytest.mark.parametrize(("line", "code"), LINES.values(), ids=LINES)
def test_lines_beyond_all(line: bytes, code: str):
    """What no program should send is refused like everything else."""
    assert code in codes(refusal(lambda: read(line)))


@pytest.mark.parametrize("place", ["line", "with", "people", "approved_by"])
def test_of_countless_faults_the_first_are_told(place: str):
    """A line of 4 MB with half a million unknown keys is answered in few words."""
    junk = {f"{number:x}": 0 for number in range(300_000)}
    line: dict[str, Any] = {"id": ID, "do": "reject", "with": {}}
    where = {"line": line, "with": line["with"]}.get(place)
    if where is None:
        line["with"][place] = junk if place == "approved_by" else {"child": junk}
        line["do"] = "reject" if place == "approved_by" else "draft"
    else:
        where.update(junk)
    data = orjson.dumps(line)
    tracemalloc.start()
    error: Any = refusal(lambda: read(data))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 100 <= len(error.faults) <= 110
    assert most < 100_000_000


def test_of_a_table_that_is_wrong_throughout_the_beginning_is_told():
    """Of a thousand persons with a hundred faults each, a hundred faults."""
    people = {f"p{number}": dict.fromkeys(map(str, range(100)), 0) for number in range(1000)}
    line = {"id": ID, "do": "draft", "with": {"people": people}}
    error: Any = refusal(lambda: read(orjson.dumps(line)))
    under = [fault for fault in error.faults if fault.path.startswith("with.people")]
    assert len(under) == 100


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL)
def test_a_name_that_is_repeated_hides_nothing(text: str):
    """An unknown key is named so that it can be shown, and no number in full."""
    error: Any = refusal(lambda: read_order({text: 1, "id": ID, "do": text, "with": {text: 1}}))
    assert {"unknown_key", "unknown_command"} <= codes(error)
    assert NUMBER not in repr([fault.path for fault in error.faults])


@pytest.mark.parametrize(
    "text", ["\u3164", "Si\u3164ti", "Siti\u034f", "\u115f\u1160", "Siti\ufe0f"]
)
def test_a_name_of_letters_that_nobody_sees(text: str):
    """Unicode counts fillers as letters; on paper there is no name."""
    assert codes(refusal(lambda: PersonName.parse(text))) == {"name_characters"}


RULES: dict[str, tuple[bytes, str]] = {
    "a cut of 24,000 bits": (
        as_toml(spoilt({"fact[3].cuts[1]": "@"})).replace(b'"@"', b"0x" + b"f" * 6000),
        "too_large",
    ),
    "a term of 24,000 bits": (
        as_toml(spoilt({"service[0].deadline.days": "@"})).replace(b'"@"', b"0x" + b"f" * 6000),
        "too_large",
    ),
    "a key of 50,000 parts": (b".".join([b"a"] * 50_000) + b" = 1", "too_large"),
    "a heading of 50,000 parts": (b"[" + b".".join([b"a"] * 50_000) + b"]", "too_large"),
    "a file of 1 MB": (b"#" * 1_000_000, "too_large"),
    "nested without end": (b"a = " + b"[" * 100_000, "no_toml"),
    "an escape sequence for a key": (b'"\\u001b[2J" = 1', "unknown_key"),
    "a NIK for a key": (b"3523081703880004 = 1", "unknown_key"),
    "UTF-16": ("a = 1".encode("utf-16"), "no_toml"),
}


@pytest.mark.parametrize(("data", "code"), RULES.values(), ids=RULES)
def test_rules_beyond_all(data: bytes, code: str):
    """A file that would take endless time, memory or digits is refused like any other."""
    assert code in codes(refusal(lambda: load(data)))


@pytest.mark.parametrize("place", ["item", "constraint"])
def test_a_rule_on_too_many_facts(place: str):
    """Two to the power of forty cases are not tried one by one."""
    content = rules()
    names = [f"f{number}" for number in range(40)]
    ask = {"id": "teks", "en": "text"}
    content["fact"] += [{"id": name, "kind": "yes_no", "ask": ask} for name in names]
    if place == "item":
        content["service"][0]["item"][0]["when"] = [{name: True} for name in names]
    else:
        content["constraint"].append({"never": [dict.fromkeys(names, True)]})
    assert codes(refusal(lambda: load(as_toml(content)))) == {"too_many_cases"}


@pytest.mark.parametrize("length", [1_000, 100_000, 10_000_000])
@pytest.mark.parametrize("unit", ["9", "a", " ", "a.", "#0", "3523-", "\u0301", "0812 "])
def test_no_parser_grows_with_the_square(unit: str, length: int):
    """Ten million characters take about as long as they take to be counted."""
    text = unit * (length // len(unit))
    for kind in PARSERS:
        assert refusal(lambda kind=kind: kind.parse(text)) is not None  # type: ignore[misc]
    assert refusal(lambda: read_position(text)) is not None
    assert regions.search(text) == ()


@pytest.mark.parametrize("length", [80, 300])
@pytest.mark.parametrize("before", range(1, 17))
@pytest.mark.parametrize("number", [NUMBER, f"{NUMBER}4"])
def test_a_number_where_a_text_is_cut(number: str, before: int, length: int):
    """A cut leaves no number nearly in full, and makes none of a longer one."""
    text = "x" * (length - before) + number + "y" * 1000
    for error in (
        refusal(lambda: Office.open("memory:", "35.23").manifest(text)),
        refusal(lambda: read_order({text: 1})),
    ):
        assert error is not None
        if number == NUMBER:
            assert NUMBER[:8] not in str(error.as_dict("en"))
