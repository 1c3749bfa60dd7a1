"""Reading rules from files: every fault is found, all at once, each with its path."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from catalogue_rules import FILE, GONE, faults_of, loaded, rules, spoilt, write

from adminduk.catalogue import load_directory
from adminduk.errors import InvalidInput

ITEM = "service[0].item[1]"
SUBSTITUTE = f"{ITEM}.substitute[0]"
NEW_CONSTRAINT = "constraint[1]"

UNSOUND_PARTS = [
    ("instrument[0].title", GONE, "missing"),
    ("instrument[0].title", " ", "empty"),
    ("instrument[0].year", "2000", "wrong_type"),
    ("instrument[0].signed", datetime(2000, 1, 1, 0, 0), "wrong_type"),  # noqa: DTZ001
    ("instrument[0].colour", "red", "unknown_key"),
    ("service[1].id", "Other!", "bad_id"),
    ("service[1].id", 7, "wrong_type"),
    ("fact[1].kind", "maybe", "unknown_name"),
    ("fact[1].ask.en", GONE, "missing"),
    ("fact[0].values.self", "text", "wrong_type"),
    ("fact[0].values.{}", {"id": "a", "en": "b"}, "bad_id"),
    ("fact[3].cuts[1]", 17.0, "wrong_type"),
    ("fact[3].derived.from", "holder.age", "person_path"),
    ("fact[3].derived.from", "holder", "person_path"),
    ("fact[3].derived.from", "The holder.birth_date", "person_path"),
    ("fact[3].derived.from", "stranger.birth_date", "unknown_name"),
    ("fact[3].derived.measure", "weeks", "unknown_name"),
    ("paper[1].name", "card", "wrong_type"),
    ("showing[0].online", GONE, "missing"),
    ("showing[0].online[0]", "told", "unknown_name"),
    ("showing[0].online", ["scan", "scan"], "repeated"),
    ("showing[0].online", [], "empty"),
    ("product[0].form", "gold", "unknown_name"),
    ("product[0].digital", 0, "wrong_type"),
    ("product[0].subject[0][0]", "holder.blood", "person_path"),
    ("product[0].fee", 5000, "unknown_key"),
    ("service[0].fee", 5000, "unknown_key"),
    ("service[0].from", "2020-07-01", "wrong_type"),
    ("service[0].from", GONE, "missing"),
    ("service[0].until", date(2020, 6, 30), "period"),
    ("service[0].applicants[0]", "neighbour", "unknown_name"),
    ("service[0].products[0]", "passport", "unknown_name"),
    ("service[0].attend[0].id", "Come here", "bad_id"),
    ("service[0].standard", GONE, "missing"),
    ("service[0].standard.hours", 0, "too_few"),
    ("service[0].standard.hours", True, "wrong_type"),
    ("service[0].deadline.days", -1, "too_few"),
    ("service[0].deadline.kind", "lunar", "unknown_name"),
    ("service[0].deadline.event", GONE, "missing"),
    ("service[0].party[0].needs[1]", "shoe_size", "unknown_name"),
    ("service[0].content", "sure", "unknown_name"),
    ("service[0].cite", GONE, "missing"),
    ("service[0].cite", [], "empty"),
    ("service[0].cite[0].instrument", "magna-carta", "unknown_name"),
    ("service[0].cite[0].certainty", "reported", None),
    (f"{ITEM}.paper", "passport", "unknown_name"),
    (f"{ITEM}.cite", GONE, "missing"),
    (f"{ITEM}.show", "by-phone", "unknown_name"),
    (f"{ITEM}.show.online", GONE, "missing"),
    (f"{ITEM}.show.phone", ["scan"], "unknown_key"),
    (f"{ITEM}.surrender.fate", "eaten", "unknown_name"),
    (f"{ITEM}.when", {"lost": True}, "wrong_type"),
    (f"{ITEM}.when", [], "no_condition"),
    (f"{ITEM}.when", [{}], "no_condition"),
    (f"{ITEM}.when[1].won", True, "unknown_fact"),
    (f"{ITEM}.when[1].lost", "yes", "unknown_value"),
    (f"{ITEM}.when[1].lost", [True, False], "unknown_value"),
    (f"{ITEM}.when[1].lost", [True, "yes"], "unknown_value"),
    (f"{ITEM}.when[1].lost", [True, True], "unknown_value"),
    (f"{ITEM}.when[0].age", {"from": 5.0}, "unknown_value"),
    (f"{ITEM}.when[0].age", 5, "unknown_value"),
    (f"{ITEM}.when[0].age", {"from": 6}, "unknown_value"),
    (f"{ITEM}.when[0].age", {"from": 5, "to": 17}, "unknown_value"),
    (f"{ITEM}.when[0].age", {}, "unknown_value"),
    (f"{ITEM}.when[0].age", {"from": 17, "below": 5}, "unknown_value"),
    (f"{SUBSTITUTE}.paper", "passport", "unknown_name"),
    (f"{SUBSTITUTE}.when", GONE, "missing"),
    (f"{SUBSTITUTE}.cite[0].article", 1, "wrong_type"),
    ("service[0].objection[0].when", GONE, "missing"),
    ("service[0].warning[0].text.id", "", "empty"),
    ("service[1].item[0].provided_by[0]", "ktp-tua", "unknown_name"),
    ("constraint[0].never[0].married", "perhaps", "unknown_value"),
]
"""A place, what is put there, and what is found wrong there (None: nothing)."""

UNSOUND_WHOLES = [
    ({"instrument[0].year": GONE}, "instrument[0].year", "missing"),
    ({"fact[1].values": {"a": {"id": "a", "en": "a"}}}, "fact[1].kind", "fact_kind"),
    ({"fact[0].values.other": GONE}, "fact[0].kind", "fact_kind"),
    ({"fact[3].cuts": [17, 5]}, "fact[3].kind", "fact_kind"),
    ({"fact[3].cuts": [0, 5]}, "fact[3].kind", "fact_kind"),
    (
        {"fact[1].derived": {"from": "holder.birth_date", "measure": "days"}},
        "fact[1].derived",
        "derivation",
    ),
    (
        {"fact[3].derived.from": "holder.phone"},
        "fact[3].derived.measure",
        "derivation",
    ),
    ({"service[0].cite[0].article": GONE}, "service[0].cite[0].certainty", "no_article"),
    ({"fact[2].id": "lost"}, "fact[2].id", "repeated"),
    ({"paper[2].id": "card"}, "paper[2].id", "repeated"),
    (
        {"service[0].party[1]": {"id": "holder", "needs": ["kk"]}},
        "service[0].party[1].id",
        "repeated",
    ),
    ({"service[0].item[0].paper": "card"}, "service[0].item[1].paper", "repeated"),
    ({"service[1].id": "ktp-baru"}, "service[1]", "overlap"),
    (
        {
            "service[1].id": "ktp-baru",
            "service[1].from": date(2019, 1, 1),
            "service[1].until": date(2020, 7, 1),
        },
        "service[1]",
        "overlap",
    ),
    (
        {"service[0].item[0].from": date(2021, 1, 1)} | {"service[0].until": date(2020, 12, 31)},
        "service[0].item[0]",
        "period",
    ),
    ({"service[0].item[0].until": date(2020, 6, 30)}, "service[0].item[0]", "period"),
    (
        {"service[0].item[0].from": date(2021, 1, 2), "service[0].item[0].until": date(2021, 1, 1)},
        "service[0].item[0].until",
        "period",
    ),
    ({"service[0].party[0].id": "bride"}, "service[0].products[0]", "no_subject"),
    (
        {"service[1].item[0].provided_by": ["other"]},
        "service[1].item[0].provided_by",
        "unreachable",
    ),
    ({f"{ITEM}.when[0]": {"age": {"below": 5}, "married": True}}, f"{ITEM}.when[0]", "unreachable"),
    (
        {"service[0].objection[0].when": [{"lost": True}, {"lost": False}]},
        "service[0].objection[0].when",
        "always",
    ),
    (
        {"service[0].party[0].when": [{"age": {"from": 5}}, {"married": False}]},
        "service[0].party[0].when",
        "always",
    ),
    ({f"{ITEM}.when": [{"lost": False}]}, f"{ITEM}.substitute[0]", "unreachable"),
    (
        {f"{SUBSTITUTE}.when[1]": {"age": {"below": 5}, "married": True}},
        f"{SUBSTITUTE}.when[1]",
        "unreachable",
    ),
    ({f"{SUBSTITUTE}.when": [{"lost": True}]}, f"{ITEM}.substitute[1]", "unreachable"),
    ({f"{ITEM}.when": [{"lost": True}]}, ITEM, "unreachable"),
    ({f"{SUBSTITUTE}.paper": "card"}, f"{SUBSTITUTE}.paper", "repeated"),
    ({f"{SUBSTITUTE}.paper": "oath"}, f"{ITEM}.substitute[1].paper", "repeated"),
    (
        {NEW_CONSTRAINT: {"never": [{"lost": True}, {"lost": False}]}},
        NEW_CONSTRAINT,
        "contradiction",
    ),
    ({NEW_CONSTRAINT: {"never": [{"lost": True}]}}, f"{ITEM}.when[1]", "unreachable"),
]
"""Changes to sound rules, and where that makes which fault."""


def found(folder: Path, changes: dict[str, Any]) -> dict[str, str]:
    """Give the code of each fault that changes make, by its path."""
    write(folder, spoilt(changes))
    return {one.path.removeprefix(f"{FILE}: "): one.code for one in faults_of(folder)}


class TestSoundRules:
    """Rules without a fault load, whatever files they are spread over."""

    def test_they_load(self, tmp_path: Path):
        """The rules that these tests spoil are sound, so that a fault found is the one planted."""
        catalogue = loaded(tmp_path, rules())
        service = catalogue.service("ktp-baru", date(2021, 7, 12))
        assert [item.id for item in service.items] == ["form", "card"]
        assert service.items[1].conditions[0].holds({"age": 5, "lost": False}) is True

    def test_a_kind_a_file(self, tmp_path: Path):
        """What names something may be read before it is; files of other names do not count."""
        for number, (kind, tables) in enumerate(reversed(rules().items())):
            write(tmp_path, {kind: tables}, f"{number}.toml")
        (tmp_path / "README.md").write_bytes(b"\xff no rules")
        assert [one.id for one in load_directory(tmp_path).services(date(2021, 1, 1))] == [
            "ktp-baru",
            "other",
        ]

    def test_periods_that_follow_each_other(self, tmp_path: Path):
        """One service may have rules for several times; the oldest come first."""
        changed = spoilt({"service[1].id": "ktp-baru", "service[1].from": date(2019, 1, 1)})
        changed["service"][1]["until"] = date(2020, 6, 30)
        changed["service"][1]["item"][0].pop("provided_by")
        periods = loaded(tmp_path, changed).periods["ktp-baru"]
        assert [one.since for one in periods] == [date(2019, 1, 1), date(2020, 7, 1)]

    def test_an_item_may_change_within_its_service(self, tmp_path: Path):
        """The same paper may be asked for twice, if never on the same day."""
        again = rules()["service"][0]["item"][0]
        changed = spoilt({"service[0].item[0].until": date(2021, 1, 1)})
        changed["service"][0]["item"].append(again | {"from": date(2021, 1, 2)})
        service = loaded(tmp_path, changed).service("ktp-baru", date(2021, 1, 1))
        for day in (1, 2):
            asked = service.items_on(date(2021, 1, day))
            assert sorted(one.id for one in asked) == ["card", "form"]


class TestFaults:
    """Whatever is wrong is named with the path to it, and with nothing else."""

    @pytest.mark.parametrize(("path", "value", "code"), UNSOUND_PARTS)
    def test_of_a_part(self, tmp_path: Path, path: str, value: object, code: str | None):
        """A value of the wrong type, an unknown name, a missing or unknown key, an empty text."""
        expected = {} if code is None else {path: code}
        assert found(tmp_path, {path: value}) == expected

    @pytest.mark.parametrize(("changes", "path", "code"), UNSOUND_WHOLES)
    def test_of_the_whole(self, tmp_path: Path, changes: dict[str, Any], path: str, code: str):
        """Parts that are sound alone but not together: repeated, overlapping, dead, unreachable."""
        assert found(tmp_path, changes).get(path) == code

    def test_all_at_once(self, tmp_path: Path):
        """Faults of different parts, also within one table, are told together."""
        changes = {
            "fact[2].ask.en": 5,
            "paper[0].name": GONE,
            "service[0].from": "now",
            f"{ITEM}.when[0].age": {"from": 6},
            f"{ITEM}.when[1].lost": "no",
            f"{SUBSTITUTE}.show": "by-phone",
            "service[1].cite": [],
        }
        assert set(found(tmp_path, changes)) == set(changes)

    def test_all_files_at_once(self, tmp_path: Path):
        """A file that cannot be read keeps no fault of another secret."""
        write(tmp_path, spoilt({"fact[1].kind": "maybe"}))
        (tmp_path / "broken.toml").write_text("[[service]\n", encoding="utf-8")
        (tmp_path / "folder.toml").mkdir()
        assert [(one.path, one.code) for one in faults_of(tmp_path)] == [
            ("broken.toml", "no_toml"),
            ("folder.toml", "unreadable"),
            (f"{FILE}: fact[1].kind", "unknown_name"),
        ]

    @pytest.mark.parametrize(
        "path", ["paper[1].name", "fact[1].ask", "showing[0].village", "instrument[0].title"]
    )
    def test_named_once(self, tmp_path: Path, path: str):
        """What is wrong with a part is not told again for every rule that names it."""
        assert found(tmp_path, {path: 7}) == {path: "wrong_type"}

    def test_what_would_be_accepted(self, tmp_path: Path):
        """The message says what there is to choose from."""
        write(tmp_path, spoilt({f"{ITEM}.when[0].age": {"from": 6}, "fact[1].kind": "maybe"}))
        with pytest.raises(InvalidInput) as error:
            load_directory(tmp_path)
        message = error.value.message("en")
        assert (
            f"{FILE}: fact[1].kind: There is no maybe. Accepted: yes_no, choice, number" in message
        )
        assert "Accepted: from, below: 5, 17" in message


class TestFilesThatAreNoRules:
    """Files of any content, and folders without any, are refused by name."""

    @pytest.mark.parametrize(
        "content",
        [
            b"\x00\x01\x02\xff\xfe",
            b"\xef\xbb\xbf\xff",
            b"PK\x03\x04 a zip",
            b"{json: true}",
            b"a = 1\na = 2",
            b"a = " + b"9" * 5000,
            b"a = 2020-02-30",
            b"a = " + b"[" * 100_000,
            b"a = 'open",
        ],
        ids=lambda content: repr(content[:12]),
    )
    def test_no_toml(self, tmp_path: Path, content: bytes):
        """Binary files, other formats, numbers and nesting past all bounds."""
        (tmp_path / FILE).write_bytes(content)
        assert [(one.path, one.code) for one in faults_of(tmp_path)] == [(FILE, "no_toml")]

    def test_no_such_table(self, tmp_path: Path):
        """A table of another name, or one that is no list, is named with those that there are."""
        write(tmp_path, rules() | {"services": [], "fact": {"id": "lost"}, "title": "x"})
        faults = {one.path: one for one in faults_of(tmp_path)}
        assert faults[f"{FILE}: services"].code == "unknown_key"
        assert faults[f"{FILE}: title"].code == "unknown_key"
        assert faults[f"{FILE}: fact"].code == "wrong_type"
        assert "[[service]]" in faults[f"{FILE}: services"].message("en")

    @pytest.mark.parametrize("kind", ["instrument", "fact", "constraint", "paper", "service"])
    def test_no_table_in_the_list(self, tmp_path: Path, kind: str):
        """What stands where a table must is named by its place."""
        assert found(tmp_path, {f"{kind}[0]": 3})[f"{kind}[0]"] == "wrong_type"

    def test_empty_folder(self, tmp_path: Path):
        """A folder without rules is refused: an office without rules would ask for nothing."""
        assert [one.code for one in faults_of(tmp_path)] == ["no_rules"]
        (tmp_path / FILE).write_bytes(b"")
        assert [one.code for one in faults_of(tmp_path)] == ["no_rules"]

    def test_no_folder(self, tmp_path: Path):
        """Neither a missing folder nor a file is a folder."""
        (tmp_path / "file").write_bytes(b"")
        for name in ("missing", "file"):
            assert [one.code for one in faults_of(tmp_path / name)] == ["unreadable"]

    def test_a_link_to_nowhere(self, tmp_path: Path):
        """A file that cannot be opened is named."""
        (tmp_path / FILE).symlink_to(tmp_path / "nowhere")
        assert [(one.path, one.code) for one in faults_of(tmp_path)] == [(FILE, "unreadable")]
