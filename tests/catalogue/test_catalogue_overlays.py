"""Overlays: a regency's own rules, laid over the national ones, never by silence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from catalogue_rules import FILE, GONE, loaded, spoilt
from hypothesis import given
from hypothesis import strategies as st
from overlay_rules import (
    OFFICE,
    SURE,
    TEXT,
    faults_of_overlays,
    laid,
    national,
    overlay,
    own_rules,
    spoilt_overlays,
)

from adminduk.catalogue import CHANNELS, Catalogue, Item, Service, load, regional
from adminduk.checklist import Checklist, Status, checklist
from adminduk.errors import InvalidInput

BEFORE, FIRST, LATER = date(2020, 12, 31), date(2021, 1, 1), date(2024, 2, 29)

ADD = {"paper": "letter", "why": TEXT, "show": "copy", **SURE}
REPLACE = {"paper": "card", "why": TEXT, "show": "copy", **SURE}
RELAX = {"paper": "card", "why": TEXT, **SURE}
STANDARD = {"hours": 4, **SURE}
LAW = {"content": "confirmed", "cite": [{"instrument": "law", "certainty": "assumed"}]}


def items(catalogue: Catalogue, on: date) -> dict[str, Item]:
    """Give what the first service asks for on a day, by paper; what is relaxed is left out."""
    found = catalogue.service("ktp-baru", on).items_on(on)
    return {one.id: one for one in found if not one.relaxed}


def todo(catalogue: Catalogue, *services: str, **facts: Any) -> Checklist:
    """Give a list with one's own facts."""
    known = {"applicant_relation": "self", "age": 17, "married": False, "lost": False}
    return checklist(catalogue, services or ("ktp-baru",), known | facts, LATER, "counter")


class TestEachChange:
    """What a regency may do, and that the national rules stay as they are elsewhere."""

    def test_add(self):
        """A further paper, on its own basis."""
        rules = laid(own_rules(overlay(add=[ADD])))
        assert set(items(rules, LATER)) == {"form", "card", "letter"}
        (entry,) = [one for one in todo(rules).items if one.id == "letter"]
        assert (entry.status, entry.content, entry.reason.en) == ("needed", "reported", "regional")
        assert [str(one) for one in entry.cite] == ["perbup ps 4"]
        assert rules.instruments["perbup"].title == "Perbup 1/2021"

    def test_replace(self):
        """The paper is asked for otherwise, in the place it had."""
        rules = laid(own_rules(overlay(replace=[REPLACE])))
        assert list(items(rules, LATER)) == ["form", "card"]
        card = items(rules, LATER)["card"]
        assert card.show == rules.showings["copy"].ways
        assert (card.when.tables, card.substitutes, card.surrender) == ((), (), None)
        assert "letter" not in {one.id for one in todo(rules).items}

    def test_relax(self):
        """It is listed as not needed, with the regency's reason and basis, whatever the facts."""
        rules = laid(own_rules(overlay(relax=[RELAX])))
        assert set(items(rules, LATER)) == {"form"}
        for facts in ({}, {"lost": True}, {"age": 5}):
            (card,) = [one for one in todo(rules, **facts).items if one.id == "card"]
            assert (card.status, card.reason.en) == (Status.NOT_NEEDED, "regional")
            assert [str(one) for one in card.cite] == ["perbup ps 4"]
            assert (card.questions, card.surrender) == (frozenset(), None)
            assert {one.id for one in todo(rules, **facts).items} == {"form", "card"}

    def test_relaxed_here_and_asked_for_there(self):
        """Another service of the same application may still want it, by its own rule."""
        content = own_rules(overlay(service="other", relax=[RELAX]))
        (card,) = [
            one for one in todo(laid(content), "other", "ktp-baru").items if one.id == "card"
        ]
        assert (card.status, card.services) == (Status.NEEDED, ("ktp-baru",))
        assert [str(one) for one in card.cite] == ["law ps 1"]

    def test_relaxed_by_who_makes_it_too(self):
        """Both say why it is not needed, though the one would get it from the other."""
        content = own_rules(overlay(service="other", relax=[RELAX]), overlay(relax=[RELAX]))
        (card,) = [
            one for one in todo(laid(content), "other", "ktp-baru").items if one.id == "card"
        ]
        assert (card.status, card.services) == (Status.NOT_NEEDED, ("other", "ktp-baru"))

    def test_no_form_of_what_is_relaxed(self):
        """A form that is no longer asked for is none of the service's."""
        rules = laid(own_rules(overlay(relax=[{**RELAX, "paper": "form"}])))
        assert rules.service("ktp-baru", BEFORE).forms == ("F-1.02",)
        assert rules.service("ktp-baru", LATER).forms == ()

    def test_standard(self):
        """The office promises to be faster; nothing else is another."""
        rules = laid(own_rules(overlay(standard=STANDARD)))
        assert rules.service("ktp-baru", LATER).standard_hours == 4
        assert rules.service("ktp-baru", LATER).standard.content == "reported"
        assert rules.service("ktp-baru", LATER).items == national().service("ktp-baru", LATER).items

    def test_own_names(self):
        """A paper, a fact and an instrument of its own are there for what it adds."""
        rules = laid(spoilt_overlays({}))
        assert todo(rules, far=False).needed != todo(rules, far=True).needed
        assert [one.id for one in todo(rules).questions] == ["far"]
        assert "far" not in national().facts


class TestDays:
    """From when, and until when."""

    def test_from(self):
        """Before that day the national rules hold."""
        rules = laid(own_rules(overlay(add=[ADD])))
        assert set(items(rules, BEFORE)) == {"form", "card"}
        assert set(items(rules, FIRST)) == {"form", "card", "letter"}

    def test_until(self):
        """After that day they hold again."""
        rules = laid(own_rules(overlay(add=[ADD], until=date(2021, 12, 31))))
        assert "letter" in items(rules, date(2021, 12, 31))
        assert "letter" not in items(rules, date(2022, 1, 1))

    def test_one_after_the_other(self):
        """A rule of the regency that follows another is no contradiction of it."""
        first = overlay(relax=[RELAX], until=date(2021, 6, 30))
        then = overlay(replace=[REPLACE], since=date(2021, 7, 1))
        rules = laid(own_rules(first, then))
        assert set(items(rules, date(2021, 6, 30))) == {"form"}
        assert set(items(rules, date(2021, 7, 1))) == {"form", "card"}
        assert len(rules.periods["ktp-baru"]) == 3

    def test_the_last_day_there_is(self):
        """Nothing follows it."""
        rules = laid(own_rules(overlay(add=[ADD], until=date.max)))
        assert "letter" in items(rules, date.max)


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date | None]:
    """Give a period while the services have rules."""
    since = draw(st.dates(date(2020, 7, 1), date(2023, 1, 1)))
    until = draw(st.none() | st.integers(0, 900).map(lambda days: since + timedelta(days)))
    return since, until


CHANGES = st.sampled_from(
    [
        {"add": [ADD]},
        {"relax": [RELAX]},
        {"relax": [{**RELAX, "paper": "form"}]},
        {"replace": [REPLACE]},
        {"standard": STANDARD},
        {"service": "other", "relax": [RELAX]},
        {"service": "other", "add": [ADD]},
        {"service": "other", "standard": {**STANDARD, "hours": 1}},
    ]
)


@st.composite
def overlays(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Give a few overlays, which may contradict each other."""
    found = []
    for change in draw(st.lists(CHANGES, min_size=1, max_size=4)):
        since, until = draw(periods())
        found.append(overlay(**change, since=since, **({} if until is None else {"until": until})))
    return found


DAYS = st.dates(date(2020, 7, 1), date(2026, 1, 1))


def said(service: Service) -> tuple[Any, ...]:
    """Give what the rules of a time ask for, in no order."""
    return service.standard, {one.id: one for one in service.items}


class TestLaws:
    """What holds of all overlays."""

    @given(overlays())
    def test_none_of_a_regency_changes_nothing_there(self, told: list[dict[str, Any]]):
        """Another office has the national rules themselves: the same object."""
        content = own_rules(*told)
        assert laid(content, office="35.22") is national()
        assert laid() is national()

    @given(overlays(), DAYS)
    def test_a_service_has_rules_on_the_same_days(self, told: list[dict[str, Any]], on: date):
        """However it is cut: one rule for each day that had one."""
        content = own_rules(*told)
        if faults_of_overlays(content):
            return
        for periods_of_it in laid(content).periods.values():
            assert sum(one.in_force(on) for one in periods_of_it) == 1

    @given(overlays(), st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, told: list[dict[str, Any]], chance: Any):
        """Overlays that do not contradict each other are laid in any order, from any folders."""
        mixed = list(told)
        chance.shuffle(mixed)
        half = len(mixed) // 2
        one, others = own_rules(*told), [own_rules(*mixed[:half]), {"overlay": mixed[half:]}]
        assert bool(faults_of_overlays(one)) == bool(faults_of_overlays(*others))
        if not faults_of_overlays(one):
            left, right = laid(one).periods, laid(*others).periods
            for name, services in left.items():
                assert [one.since for one in services] == [one.since for one in right[name]]
                assert list(map(said, services)) == list(map(said, right[name]))

    @given(overlays(), DAYS)
    def test_outside_its_days_nothing_is_another(self, told: list[dict[str, Any]], on: date):
        """On a day on which no overlay of a service holds, it is as the law has it."""
        content = own_rules(*told)
        if faults_of_overlays(content):
            return
        rules = laid(content)
        for name in rules.periods:
            holding = [
                one
                for one in told
                if one["service"] == name and one["from"] <= on <= one.get("until", date.max)
            ]
            if not holding:
                here, there = rules.service(name, on), national().service(name, on)
                assert said(here) == said(there)

    @given(st.sampled_from([True, False]), st.sampled_from([0, 5, 17]), st.sampled_from(CHANNELS))
    def test_relaxing_is_leaving_out(self, lost: bool, age: int, channel: str):
        """What must be brought is what the list without that item says."""
        facts = {"applicant_relation": "self", "age": age, "married": False, "lost": lost}
        relaxed = laid(own_rules(overlay(relax=[{**RELAX, "paper": "form"}])))
        with_it = checklist(national(), ["ktp-baru"], facts, LATER, channel).needed
        without = checklist(relaxed, ["ktp-baru"], facts, LATER, channel).needed
        assert without == tuple(one for one in with_it if one.id != "form")

    @given(overlays())
    def test_contradictions_are_found(self, told: list[dict[str, Any]]):
        """Exactly where two overlays speak of one thing on one day, in either order."""
        faults = faults_of_overlays(own_rules(*told))
        found = {one.path for one in faults if one.code == "contradiction"}
        expected = {
            f"{FILE}: overlay[{place}].{what_of(later)}"
            for place, later in enumerate(told)
            for earlier in told[:place]
            if subject(earlier) == subject(later) and meet(earlier, later)
        }
        assert found == expected


def what_of(one: dict[str, Any]) -> str:
    """Give where an overlay says the one thing that it says."""
    return next((f"{kind}[0]" for kind in ("add", "relax", "replace") if kind in one), "standard")


def subject(one: dict[str, Any]) -> tuple[str, str]:
    """Give what an overlay changes."""
    kind = what_of(one).removesuffix("[0]")
    return one["service"], "" if kind == "standard" else one[kind][0]["paper"]


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two overlays hold on one day."""
    until = min(one.get("until", date.max), other.get("until", date.max))
    return bool(max(one["from"], other["from"]) <= until)


UNSOUND = [
    ("overlay[0].office", "35", "not_a_regency"),
    ("overlay[0].office", "35.23.08", "not_a_regency"),
    ("overlay[0].office", "35.99", "not_a_regency"),
    ("overlay[0].office", "Tuban", "region_code"),
    ("overlay[0].office", 35.23, "wrong_type"),
    ("overlay[0].office", GONE, "missing"),
    ("overlay[0].service", "paspor", "unknown_name"),
    ("overlay[0].from", GONE, "missing"),
    ("overlay[0].until", date(2020, 12, 31), "period"),
    ("overlay[0].add[0].paper", "passport", "unknown_name"),
    ("overlay[0].add[0].cite", GONE, "missing"),
    ("overlay[0].add[0].cite[0].instrument", "perda", "unknown_name"),
    ("overlay[0].add[0].content", GONE, "missing"),
    ("overlay[0].add[0].when[0].won", True, "unknown_fact"),
    ("overlay[0].relax[0].why", GONE, "missing"),
    ("overlay[0].relax[0].cite", GONE, "missing"),
    ("overlay[0].relax[0].show", "copy", "unknown_key"),
    ("overlay[0].replace[0].content", GONE, "missing"),
    ("overlay[0].standard.cite", GONE, "missing"),
    ("overlay[0].standard.hours", 0, "too_few"),
    ("overlay[0].remove", [], "unknown_key"),
    ("fact[0].ask", GONE, "missing"),
]
"""A place, what is put there, and what is found wrong there."""

UNSOUND_WHOLES = [
    ({"overlay[0].add[0].from": LATER}, "overlay[0].add[0]", "period"),
    ({"overlay[0].replace[0].until": LATER}, "overlay[0].replace[0]", "period"),
    ({"overlay[0].add[0].paper": "card"}, "overlay[0].add[0].paper", "asked_already"),
    ({"overlay[0].relax[0].paper": "letter"}, "overlay[0].relax[0].paper", "not_asked_for"),
    ({"overlay[0].relax[0].paper": "oath"}, "overlay[0].relax[0].paper", "not_asked_for"),
    ({"overlay[0].replace[0].paper": "oath"}, "overlay[0].replace[0].paper", "not_asked_for"),
    ({"overlay[0].relax[0].paper": "card"}, "overlay[0].replace[0]", "contradiction"),
    ({"overlay[0].from": date(2020, 6, 30)}, "overlay[0]", "no_rule"),
    ({"instrument[0].id": "law"}, "instrument[0].id", "repeated"),
    ({"paper[0].id": "card"}, "paper[0].id", "repeated"),
    ({"fact[0].id": "lost"}, "fact[0].id", "repeated"),
    ({"paper[1]": {"id": "letter-of-village", "name": TEXT}}, "paper[1].id", "repeated"),
    (
        {"fact[0].derived": {"from": "bride.nik", "measure": "present"}},
        "fact[0].derived.from",
        "unknown_name",
    ),
    (
        {"overlay[0].add[0].when": [{"age": {"below": 5}, "married": True}]},
        "overlay[0].add[0].when[0]",
        "unreachable",
    ),
    (
        {"overlay[0].add[0].when": [{"lost": True}, {"lost": False}]},
        "overlay[0].add[0].when",
        "always",
    ),
    (
        {"overlay[0].add[0].provided_by": ["ktp-baru"]},
        "overlay[0].add[0].provided_by",
        "unreachable",
    ),
    ({"service": [{"id": "own"}]}, "service", "unknown_key"),
]


class TestFaults:
    """Nothing is passed over: each fault has its path, and all are found at once."""

    def test_sound(self):
        """The overlays that are spoilt below are sound themselves."""
        assert faults_of_overlays(spoilt_overlays({})) == []

    @pytest.mark.parametrize(("place", "value", "code"), UNSOUND)
    def test_parts(self, place: str, value: object, code: str):
        """Whatever is wrong with one place is told of it."""
        found = [
            (one.path, one.code) for one in faults_of_overlays(spoilt_overlays({place: value}))
        ]
        assert (f"{FILE}: {place}", code) in found

    @pytest.mark.parametrize(("changes", "path", "code"), UNSOUND_WHOLES)
    def test_wholes(self, changes: dict[str, Any], path: str, code: str):
        """What each part allows and the whole does not."""
        found = [(one.path, one.code) for one in faults_of_overlays(spoilt_overlays(changes))]
        assert (f"{FILE}: {path}", code) in found

    def test_nothing_said(self):
        """An overlay that changes nothing is a mistake."""
        (fault,) = faults_of_overlays(own_rules(overlay()))
        assert (fault.path, fault.code) == (f"{FILE}: overlay[0]", "empty")

    def test_all_at_once(self):
        """Of every file and of every kind: what cannot be read and what cannot be laid."""
        one = own_rules(overlay(add=[{**ADD, "paper": "card"}], until="soon"), overlay(add=[ADD]))
        other = own_rules(overlay(relax=[{**RELAX, "paper": "oath"}]), overlay(add=[ADD]))
        for kind in ("instrument", "fact", "paper"):
            del other[kind]
        found = {one.path for one in faults_of_overlays(one, other)}
        assert found == {
            f"rules0/{FILE}: overlay[0].until",
            f"rules1/{FILE}: overlay[0].relax[0].paper",
            f"rules1/{FILE}: overlay[1].add[0]",
        }

    def test_what_ends_cannot_be_relaxed_beyond(self, tmp_path: Path):
        """The first day on which it is not asked for is named."""
        ending = loaded(tmp_path, spoilt({"service[0].item[0].until": date(2022, 1, 1)}))
        content = own_rules(overlay(relax=[{**RELAX, "paper": "form"}]))
        (fault,) = faults_of_overlays(content, over=ending)
        assert fault.message("en") == (
            f"{FILE}: overlay[0].relax[0].paper: On 2022-01-02 the service does not ask for this"
            " paper, so it cannot be relaxed."
        )

    def test_what_follows_can_be_relaxed_at_once(self, tmp_path: Path):
        """Two items for one paper, one after the other, are asked for on every day."""
        form = {"paper": "form", "why": TEXT, "show": "copy", "from": date(2022, 1, 2), **LAW}
        changes = {"service[0].item[0].until": date(2022, 1, 1), "service[0].item[2]": form}
        over = loaded(tmp_path, spoilt(changes))
        content = own_rules(overlay(relax=[{**RELAX, "paper": "form"}]))
        assert faults_of_overlays(content, over=over) == []
        rules = laid(content, over=over)
        for day in (date(2022, 1, 1), date(2022, 1, 2)):
            told = [one.id for one in rules.service("ktp-baru", day).items_on(day) if one.relaxed]
            assert told == ["form"]
            assert "form" not in items(rules, day)

    def test_what_comes_later_is_asked_already(self, tmp_path: Path):
        """An addition without an end meets the national item that begins one day."""
        later = {"service[0].item[0].from": date(2022, 1, 1)}
        over = loaded(tmp_path, spoilt(later))
        adding = overlay(add=[{**ADD, "paper": "form"}])
        assert [one.facts for one in faults_of_overlays(own_rules(adding), over=over)] == [
            {"day": "2022-01-01"}
        ]
        adding["until"] = date(2021, 12, 31)
        assert faults_of_overlays(own_rules(adding), over=over) == []

    def test_a_service_that_ends(self, tmp_path: Path):
        """An overlay without an end goes on where the service has no rules any more."""
        over = loaded(tmp_path, spoilt({"service[0].until": date(2022, 1, 1)}))
        (fault,) = faults_of_overlays(own_rules(overlay(add=[ADD])), over=over)
        assert (fault.code, fault.facts) == ("no_rule", {"day": "2022-01-02"})

    def test_of_another_regency(self):
        """What is wrong only in how its overlays are laid does not stop this office."""
        content = own_rules(
            overlay(add=[ADD]), overlay(office="35.22", add=[{**ADD, "paper": "card"}])
        )
        assert faults_of_overlays(content) == []
        assert [one.code for one in faults_of_overlays(content, office="35.22")] == [
            "asked_already"
        ]

    def test_no_rules(self, tmp_path: Path):
        """A folder without overlays is a mistake, too."""
        with pytest.raises(InvalidInput) as caught:
            regional(national(), OFFICE, (tmp_path,))
        assert [one.code for one in caught.value.faults] == ["no_rules"]
        with pytest.raises(InvalidInput) as caught:
            regional(national(), OFFICE, (tmp_path / "none",))
        assert [one.code for one in caught.value.faults] == ["unreadable"]


class TestExamples:
    """The examples of two real regencies."""

    FOLDER = Path(__file__).parents[2] / "examples" / "overlays"

    def test_no_office_is_meant_by_accident(self):
        """Each folder is of one office, and of no other."""
        for folder in sorted(self.FOLDER.iterdir()):
            assert regional(load(), "35.23", (folder,)) is load()

    def test_bengkalis(self):
        """A lost KTP-el: a copy of the family card and a statement of one's own, in 14 days."""
        rules = regional(load(), "14.03", (self.FOLDER / "bengkalis",))
        day = date(2026, 11, 28)
        found = checklist(rules, ["ktp-hilang"], {"applicant_relation": "self"}, day, "counter")
        assert [one.id for one in found.needed] == [
            "f-1-02",
            "surat-hilang",
            "kk",
            "pernyataan-kehilangan",
        ]
        assert rules.service("ktp-hilang", day).standard_hours == 14 * 24

    def test_mataram(self):
        """For the KIA of a small child copies do, where elsewhere the originals are seen."""
        rules = regional(load(), "52.71", (self.FOLDER / "kota-mataram",))
        facts = {"applicant_relation": "self", "child_age": 0}
        for day, ways in ((date(2022, 4, 8), {"seen"}), (date(2022, 4, 9), {"seen", "scan"})):
            found = checklist(rules, ["kia-baru-0-5"], facts, day, "counter").needed
            assert {one.id: set(one.ways) for one in found}.items() >= {
                "kk": ways,
                "ktp-orang-tua": ways,
            }.items()

    def test_of_the_page_on_regional_rules(self, tmp_path: Path):
        """What the page shows is sound, and does what the page says."""
        page = Path(__file__).parents[2] / "docs" / "regional-rules.md"
        (shown,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        (tmp_path / "tuban.toml").write_text(shown, encoding="utf-8")
        rules = regional(load(), "35.23", (tmp_path,))
        facts = {"applicant_relation": "other"}
        found = checklist(rules, ["ktp-hilang"], facts, LATER, "village")
        assert [one.id for one in found.needed] == ["f-1-02", "f-1-07", "pengantar-kecamatan"]
        assert rules.service("ktp-hilang", LATER).standard_hours == 8
