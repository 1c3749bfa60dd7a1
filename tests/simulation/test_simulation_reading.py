"""Reading scenarios: strictly, from TOML or JSON, and changed line by line."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from adminduk.errors import InvalidInput, NoRuleInForce
from adminduk.language import LANGUAGES
from adminduk.records import Act, Channel, Weekday
from adminduk.simulation import Scenario, read_scenario, simulate, tuban
from adminduk.simulation.changes import Desk
from adminduk.values import RegionCode

WHOLE = """
since = 2021-08-02
until = 2021-08-13
documents = {kk-hilang = 5}
verifiers = 2
arrivals = "even"
holidays = [2021-08-09]

[courier]
weekdays = ["tuesday", "friday"]

[[staffing]]
since = 2021-08-03
until = 2021-08-04
percent = 50
desks = ["print"]

[[closings]]
acts = ["submit"]
since = 2021-08-03

[[blanks]]
product = "ktp"
day = 2021-08-05
count = 100

[[districts]]
code = "35.23.08"
courier = {weekdays = ["monday"]}
"""


ILL = "{since = 2021-06-05, until = 2021-06-08, percent = 50},"
SUBMIT, ATTEND = '"submit"', '"submit", "attend"'
CLOSED = "{{since = 2021-06-05, acts = [{}]}}"
SPARED = "{{since = 2021-06-05, acts = ['submit'], stays_open = [{{{}}}]}}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give where a scenario is."""
    return tmp_path / "august.toml"


def _faults(file: Path, text: str, *changes: str) -> list[tuple[str, str]]:
    """Give what is wrong with a file: where, and what."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_scenario(file, changes)
    for language in LANGUAGES:
        assert "{" not in caught.value.message(language)
    return [(one.path.removeprefix(f"{file}: "), one.code) for one in caught.value.faults]


class TestReading:
    """What is well."""

    def test_everything(self, file: Path):
        """As it is said; named by the file; what is left out is as in Tuban."""
        file.write_text(WHOLE, encoding="utf-8")
        read = read_scenario(file)
        assert (read.name, read.since, read.verifiers) == ("august", date(2021, 8, 2), 2)
        assert read.courier.weekdays == (Weekday.TUESDAY, Weekday.FRIDAY)
        assert read.staffing[0].desks == (Desk.PRINT,)
        assert (read.closings[0].acts, read.closings[0].channels) == (
            (Act.SUBMIT,),
            (Channel.COUNTER,),
        )
        assert read.districts[0].code == RegionCode.parse("35.23.08")
        assert read.printers == Scenario().printers

    def test_nothing(self, file: Path):
        """An empty file is the office as it stands, under another name."""
        file.write_text("", encoding="utf-8")
        assert read_scenario(file, ["name=ordinary"]) == Scenario() == tuban()[0]

    def test_what_an_editor_puts_before_it(self, file: Path):
        """A mark of the encoding, as Windows has it, is no part of it."""
        file.write_text("verifiers = 3", encoding="utf-8-sig")
        assert read_scenario(file).verifiers == 3

    def test_json(self, file: Path):
        """The same in JSON, for programs."""
        other = file.with_suffix(".json")
        other.write_text('{"name": "x", "since": "2021-08-02", "verifiers": 2}', encoding="utf-8")
        assert read_scenario(other) == Scenario(name="x", since=date(2021, 8, 2), verifiers=2)

    def test_changed(self, file: Path):
        """Line by line, also within what the file says; a word needs no quotation marks."""
        file.write_text(WHOLE, encoding="utf-8")
        lines = ["verifiers = 9", "courier.cut_off=09:00", "work=even", "documents.ktp-rusak=7"]
        read = read_scenario(file, lines)
        assert (read.verifiers, read.courier.cut_off, read.work) == (9, "09:00", "even")
        assert read.courier.weekdays == (Weekday.TUESDAY, Weekday.FRIDAY)
        assert read.documents == {"kk-hilang": 5, "ktp-rusak": 7}
        assert tuban(["documents.ktp-rusak=7"])[1].documents == {
            "ktp-rusak": 7,
            "kk-ubah-data": 400,
        }


class TestFaults:
    """What is wrong is said with the file and the path, all of it at once."""

    @pytest.mark.parametrize(
        ("text", "path", "code"),
        [
            ("verifyers = 3", "verifyers", "unknown_key"),
            ('verifiers = "3"', "verifiers", "wrong_type"),
            ("verifiers = 3.5", "verifiers", "wrong_type"),
            ("verifiers = -1", "verifiers", "out_of_range"),
            ("verify_seconds = 0", "verify_seconds", "out_of_range"),
            ("counter_percent = 101", "counter_percent", "out_of_range"),
            ("returned_percent = 91", "returned_percent", "out_of_range"),
            ("documents = {ktp-gratis = 3}", "documents.ktp-gratis", "unknown_service"),
            ("documents = {legalisir = 3}", "documents.legalisir", "not_one"),
            ("documents = {kk-hilang = -3}", "documents.kk-hilang", "out_of_range"),
            ("documents = {kk-hilang = 10001}", "documents.kk-hilang", "out_of_range"),
            ("documents = {kk-hilang = 6000, ktp-hilang = 6000}", "documents", "too_many"),
            ("since = 9999-12-31\nuntil = 9999-12-31", "since", "too_far"),
            ("verifiers = 1001", "verifiers", "out_of_range"),
            ("misprint_percent = 91", "misprint_percent", "out_of_range"),
            (f"holidays = [{'2021-06-03,' * 401}]", "holidays", "too_many"),
            (f"staffing = [{ILL * 401}]", "staffing", "too_many"),
            (f"staffing = [{ILL.replace('50', '1000') * 3}]", "staffing", "too_many"),
            (
                "staffing = [" + ILL.replace("50", "50, desks = []") + "]",
                "staffing[0].desks",
                "empty",
            ),
            (f"closings = [{CLOSED.format('')}]", "closings[0].acts", "empty"),
            (f"closings = [{CLOSED.format(ATTEND)}]", "closings[0].acts[1]", "attend"),
            (
                f"closings = [{CLOSED.format(SUBMIT).replace('}', ', channels = []}')}]",
                "closings[0].channels",
                "empty",
            ),
            (
                "closings = [" + SPARED.format("services = ['kk-hilang', 'none']") + "]",
                "closings[0].stays_open[0].services[1]",
                "unknown_service",
            ),
            (
                "closings = [" + SPARED.format("facts = {lost = [true]}") + "]",
                "closings[0].stays_open[0].facts",
                "facts",
            ),
            (
                "districts = [" + 2 * "{code = '35.23.08', courier = {weekdays = []}}," + "]",
                "districts[1].code",
                "twice",
            ),
            ("since = 2021-10-01", "until", "ends_before"),
            ("until = 2022-06-03", "until", "too_long"),
            ('closes = "08:00"', "closes", "ends_before"),
            ('opens = "8"', "opens", "hour"),
            ('region = "35.99"', "region", "no_regency"),
            ('region = "35.23.08"', "region", "no_regency"),
            ('name = ""', "name", "text"),
            (
                '[[districts]]\ncode = "35.22.08"\ncourier = {weekdays = []}',
                "districts[0].code",
                "no_district",
            ),
            (
                '[[blanks]]\nproduct = "kk"\nday = 2021-06-05\ncount = 1',
                "blanks[0].product",
                "unknown_product",
            ),
            (
                '[[blanks]]\nproduct = "ktp"\nday = 2021-06-05\ncount = 0',
                "blanks[0].count",
                "out_of_range",
            ),
            (
                "[[staffing]]\nsince = 2021-06-05\nuntil = 2021-06-04\npercent = 50",
                "staffing[0].until",
                "ends_before",
            ),
            ("[[staffing]]\nsince = 2021-06-05", "staffing[0].until", "missing"),
            (
                '[[closings]]\nsince = 2021-06-05\nacts = ["sleep"]',
                "closings[0].acts[0]",
                "choice",
            ),
            (
                '[courier]\nweekdays = ["someday"]',
                "courier.weekdays[0]",
                "choice",
            ),
        ],
    )
    def test_in_the_content(self, file: Path, text: str, path: str, code: str):
        """The first that is found of each."""
        assert _faults(file, text)[0] == (path, code)

    def test_all_at_once(self, file: Path):
        """Not one after the other."""
        faults = _faults(file, 'verifiers = -1\nprinters = -1\nregion = "x"\nnonsense = 1')
        assert [path for path, _ in faults] == ["nonsense", "region", "verifiers", "printers"]

    def test_what_there_is(self, file: Path):
        """Of a name that is wrong it says which there are, there."""
        file.write_text("verifyers = 3\ncourier = {weekday = []}", encoding="utf-8")
        with pytest.raises(InvalidInput) as caught:
            read_scenario(file)
        accepted = {one.path.removeprefix(f"{file}: "): one.accepted for one in caught.value.faults}
        assert "verifiers" in accepted["verifyers"].split(", ")
        assert accepted["courier.weekday"].startswith("weekdays, cut_off, ")

    @pytest.mark.parametrize(
        "text", ["verifiers = ", "\x00", "a" * 300_000, "[" * 50_000, "a." * 9_000 + "a = 1"]
    )
    def test_no_toml(self, file: Path, text: str):
        """It says so, of the file."""
        ((path, code),) = _faults(file, text)
        assert (path, code in {"no_toml", "too_large"}) == (str(file), True)

    def test_no_text(self, file: Path):
        """Nor are bytes that are none."""
        file.write_bytes(b"\xff\xfe")
        with pytest.raises(InvalidInput):
            read_scenario(file)

    @pytest.mark.parametrize("text", ["[]", "{", '{"verifiers": 1.5}', "null"])
    def test_no_json(self, file: Path, text: str):
        """A list is no scenario; whatever is wrong, the file is named."""
        other = file.with_suffix(".json")
        other.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidInput) as caught:
            read_scenario(other)
        assert all(one.path.startswith(str(other)) for one in caught.value.faults)

    def test_no_file(self, file: Path):
        """It says why it cannot be read."""
        with pytest.raises(InvalidInput) as caught:
            read_scenario(file)
        assert str(file) in caught.value.message("en")
        assert os.strerror(2) in caught.value.message("id")

    @pytest.mark.parametrize(
        "line", ["", "verifiers", "=3", "a b=3", "verifiers=3\nprinters", "[", "a." * 9_000 + "a=1"]
    )
    def test_no_change(self, file: Path, line: str):
        """What changes nothing is refused."""
        assert _faults(file, "", line) == [("--set", "no_toml")]

    def test_a_day_without_rules(self):
        """There is never a default."""
        scenario = Scenario(since=date(2019, 3, 4), until=date(2019, 3, 5))
        with pytest.raises(NoRuleInForce):
            simulate(scenario)

    def test_kept_to_in_programs(self):
        """Who makes one in Python is held to the same."""
        with pytest.raises(InvalidInput):
            Scenario(verifiers=-1)
