"""Comparing two catalogues, and finding what in one is not confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from catalogue_rules import GONE, loaded, rules, spoilt
from hypothesis import given
from hypothesis import strategies as st
from overlay_rules import SURE, TEXT, laid, national, overlay, own_rules

from adminduk.catalogue import Catalogue, load
from adminduk.catalogue.differing import Difference, differences
from adminduk.catalogue.doubts import doubts

LAW = {"content": "confirmed", "cite": [{"instrument": "law", "certainty": "assumed"}]}

EVERYWHERE = [
    ("instrument[0].title", "UU 2/2000"),
    ("fact[1].ask.en", "Really?"),
    ("fact[3].cuts", [5, 16, 17]),
    ("fact[3].derived.measure", "days"),
    ("constraint[0].never[0].age", {"below": 17}),
    ("paper[0].form", GONE),
    ("showing[0].counter", ["seen", "scan"]),
    ("product[0].digital", True),
    ("product[0].subject[1]", ["holder.name"]),
    ("service[0].name.id", "lain"),
    ("service[0].applicants", ["self", "other"]),
    ("service[0].products", GONE),
    ("service[0].attend[0].text.en", "come"),
    ("service[0].standard.hours", 25),
    ("service[0].deadline.kind", "working"),
    ("service[0].party[0].needs", ["nik"]),
    ("service[0].objection[0].when[0].married", GONE),
    ("service[0].warning[0].content", "reported"),
    ("service[0].item[0].why.id", "lain"),
    ("service[0].item[0].from", date(2021, 1, 1)),
    ("service[0].item[1].when[1].lost", False),
    ("service[0].item[1].surrender.fate", "returned"),
    ("service[0].item[1].show.online", ["scan", "seen"]),
    ("service[0].item[1].substitute[0].cite[0].article", "2"),
    ("service[1].item[0].provided_by", GONE),
    ("service[1].cite[0].certainty", "reported"),
]
"""A place of each kind of rule, and what is put there that is sound too."""


def compared(one: Catalogue, other: Catalogue) -> list[Difference]:
    """Give all that differs."""
    return list(differences(one, other))


def said(one: Difference) -> tuple[str, str, Any, Any]:
    """Give a difference without its days."""
    return one.kind, ".".join(one.path), one.before, one.after


class TestDifferences:
    """What one says otherwise than another."""

    def test_of_the_same(self, tmp_path: Path):
        """Nothing, also where they are two that say the same."""
        assert compared(national(), loaded(tmp_path, rules())) == []
        assert compared(load(), load()) == []

    @pytest.mark.parametrize(("place", "value"), EVERYWHERE)
    def test_nothing_is_overlooked(self, tmp_path: Path, place: str, value: object):
        """Whatever is said otherwise in a file is found, at its place, and the other way round."""
        other = loaded(tmp_path, spoilt({place: value}))
        found = compared(national(), other)
        assert place.partition("[")[0] in {one.path[0] for one in found}
        there = {(one.path, str(one.before), str(one.after)) for one in found}
        back = {(one.path, str(one.after), str(one.before)) for one in compared(other, national())}
        assert back == there

    def test_a_value(self, tmp_path: Path):
        """Before and after, at the place where it stands."""
        other = loaded(tmp_path, spoilt({"service[0].standard.hours": 25}))
        (one,) = compared(national(), other)
        assert said(one) == ("changed", "service.ktp-baru.standard.hours", "24", "25")
        assert (one.since, one.until) == (date(2020, 7, 1), None)

    def test_a_condition(self, tmp_path: Path):
        """Conditions are told in a line."""
        other = loaded(tmp_path, spoilt({"service[0].item[1].when[0].age": {"from": 17}}))
        (one,) = compared(national(), other)
        place = "service.ktp-baru.item.card.when"
        assert said(one) == (
            "changed",
            place,
            "age 5–16/17+ | lost = true",
            "age 17+ | lost = true",
        )

    def test_an_item(self):
        """What is there in one only is told as a whole, from the day on."""
        added = {"paper": "letter", "why": TEXT, "show": "copy", **SURE}
        here = laid(own_rules(overlay(add=[added], until=date(2021, 12, 31))))
        *names, one = compared(national(), here)
        assert {it.path[0] for it in names} == {"instrument", "fact", "paper"}
        assert (one.kind, one.path) == ("added", ("service", "ktp-baru", "item", "letter"))
        assert (one.since, one.until) == (date(2021, 1, 1), date(2021, 12, 31))
        assert isinstance(one.after, dict)
        assert one.after["cite"] == "perbup ps 4 (reported)"

    def test_what_is_relaxed(self):
        """It stands there still, and holds in no case."""
        here = laid(own_rules(overlay(relax=[{"paper": "form", "why": TEXT, **SURE}])))
        found = {said(one)[1]: one.after for one in compared(national(), here)}
        assert found["service.ktp-baru.item.form.when"] == "never"

    def test_a_service(self, tmp_path: Path):
        """It is there from another day on, or not at all."""
        other = loaded(tmp_path, spoilt({"service[1].from": date(2021, 1, 1)}))
        (one,) = compared(national(), other)
        assert (one.kind, one.path) == ("removed", ("service", "other"))
        assert (one.since, one.until) == (date(2020, 7, 1), date(2020, 12, 31))

    @given(st.dates(date(2020, 7, 2), date(2030, 1, 1)))
    def test_what_differs_alike_is_told_once(self, cut: date):
        """However another overlay cuts the rules, a change before and after it is one change."""
        first = overlay(standard={"hours": 4, **SURE}, since=date(2020, 7, 1))
        then = overlay(relax=[{"paper": "form", "why": TEXT, **SURE}], since=cut)
        here = compared(national(), laid(own_rules(first, then)))
        days = {".".join(one.path[2:4]): (one.since, one.until) for one in here}
        assert days["standard.hours"] == (date(2020, 7, 1), None)
        assert days["item.form"] == (cut, None)
        assert len([one for one in here if one.path[-1] == "hours"]) == 1

    def test_what_differs_again(self):
        """Days between, on which nothing differs, are not passed over."""
        standard = {"hours": 4, **SURE}
        first = overlay(standard=standard, until=date(2021, 6, 30))
        then = overlay(standard=standard, since=date(2021, 7, 2))
        here = compared(national(), laid(own_rules(first, then)))
        assert [(one.since, one.until) for one in here if one.path[-1] == "hours"] == [
            (date(2021, 1, 1), date(2021, 6, 30)),
            (date(2021, 7, 2), None),
        ]

    def test_days_without_rules(self, tmp_path: Path):
        """Where neither has rules nothing differs."""
        (tmp_path / "one").mkdir()
        periods = {"service[1].until": date(2020, 12, 31)}
        again = {**rules()["service"][1], "from": date(2021, 2, 1)}
        one = loaded(tmp_path / "one", spoilt({**periods, "service[2]": again}))
        other = loaded(
            tmp_path, spoilt({**periods, "service[2]": {**again, "content": "reported"}})
        )
        (it,) = compared(one, other)
        assert (it.path, it.since) == (("service", "other", "content"), date(2021, 2, 1))

    def test_two_items_for_one_paper(self, tmp_path: Path):
        """The later one is told by its number."""
        form = {"paper": "form", "why": TEXT, "show": "copy", "from": date(2022, 1, 2), **LAW}
        changes = {"service[0].item[0].until": date(2022, 1, 1), "service[0].item[2]": form}
        (tmp_path / "one").mkdir()
        one = loaded(tmp_path / "one", spoilt(changes))
        later = {**changes, "service[0].item[2]": {**form, "content": "reported"}}
        other = loaded(tmp_path, spoilt(later))
        assert [said(it) for it in compared(one, other)] == [
            ("changed", "service.ktp-baru.item.form (2).content", "confirmed", "reported")
        ]


SURES = [
    ("service[0]", ()),
    ("service[0].standard", ("standard",)),
    ("service[0].deadline", ("deadline",)),
    ("service[0].attend[0]", ("attend", "biometrics")),
    ("service[0].objection[0]", ("objection", "young")),
    ("service[0].item[0]", ("item", "form")),
    ("service[0].item[1].substitute[1]", ("item", "card", "substitute", "oath")),
    ("product[0]", ()),
    ("showing[0]", ()),
]


class TestDoubts:
    """What somebody who knows the law should check."""

    def test_of_what_is_confirmed(self):
        """Nothing."""
        assert list(doubts(national())) == []

    @pytest.mark.parametrize(("place", "rule"), SURES)
    @pytest.mark.parametrize("what", ["content", "cite[0].certainty"])
    @pytest.mark.parametrize("sure", ["reported", "assumed"])
    def test_each(self, tmp_path: Path, place: str, rule: tuple[str, ...], what: str, sure: str):
        """A rule is told where its content or an article of it is not confirmed; no other is."""
        (one,) = doubts(loaded(tmp_path, spoilt({f"{place}.{what}": sure})))
        assert (one.kind, one.rule) == (place.partition("[")[0], rule)
        assert sure in {one.content, *(it.certainty for it in one.cite)}

    def test_the_national_rules(self):
        """Every one that is not confirmed is among them, each once."""
        found = [(one.kind, one.id, one.since, one.rule) for one in doubts(load())]
        assert len(found) == len(set(found))
        assert ("service", "ktp-hilang", date(2020, 7, 1), ("standard",)) in found
