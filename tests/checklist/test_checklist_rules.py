"""What a checklist does with services, days, doors and facts, by small examples."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from checklist_laws import (
    DAY,
    FIRST_DAY,
    HANDED_IN,
    SCAN,
    SEEN,
    SURE,
    TEXT,
    catalogue_of,
    fact,
    item,
    law,
    notice,
    service,
    substitute,
    ways,
)

from adminduk.catalogue import (
    Attendance,
    Catalogue,
    Certainty,
    Citation,
    Condition,
    Derivation,
    Precedence,
    Surrender,
    Text,
    load,
)
from adminduk.checklist import Checklist, ChecklistItem, Status, checklist, settle_facts
from adminduk.errors import InvalidInput, NoRuleInForce, UnknownService
from adminduk.records import Person

LOST = Condition(({"lost": frozenset({True})},))
MARRIED = Condition(({"married": frozenset({True})},))
UNPLACED = Citation("law", Certainty.ASSUMED)  # type: ignore[arg-type] # an invented law


NOW = date(2025, 1, 2)
"""A day on which every service has rules."""

BASE = catalogue_of(
    {
        "lost": fact("lost", True, False),
        "married": fact("married", True, False),
        "age": fact("age", 0, 5, 17, derived=Derivation("child.birth_date", "years")),
        "days": fact("days", 0, 61, derived=Derivation("child.birth_date", "days")),
        "has_nik": fact("has_nik", True, False, derived=Derivation("child.nik", "present")),
        "who": fact("who", "self", "other"),
    },
    [Condition(({"age": frozenset({0, 5}), "married": frozenset({True})},))],
)


def asked(
    rules: Catalogue, *services: str, channel: str = "village", on: date = DAY, **known: Any
) -> Checklist:
    """Ask for a checklist."""
    return checklist(rules, services, known, on, channel)


def only(todo: Checklist) -> ChecklistItem:
    """Give the one paper of a list."""
    (one,) = todo.items
    return one


class TestOneItem:
    """When a paper is needed."""

    def test_always(self):
        """Without a condition."""
        todo = asked(law(service("kk", item("p"))), "kk")
        assert (only(todo).status, todo.final) == (Status.NEEDED, True)

    @pytest.mark.parametrize(
        ("known", "status"),
        [
            ({}, Status.UNDECIDED),
            ({"lost": True}, Status.NEEDED),
            ({"lost": False}, Status.NOT_NEEDED),
        ],
    )
    def test_on_a_condition(self, known: dict[str, bool], status: Status):
        """By what is known; what is not known is asked."""
        todo = asked(law(service("kk", item("p", when=LOST)), base=BASE), "kk", **known)
        assert only(todo).status is status
        assert [one.id for one in todo.questions] == ([] if known else ["lost"])

    def test_by_what_cannot_be_otherwise(self):
        """A child is not married: what is asked only of the married is not undecided."""
        rules = law(service("kk", item("p", when=MARRIED)), base=BASE)
        assert only(asked(rules, "kk", age=5)).status is Status.NOT_NEEDED
        assert only(asked(rules, "kk", age=17)).status is Status.UNDECIDED

    def test_whatever_the_answer(self):
        """Needed if lost and if not lost: the question does not matter and is not put."""
        always = Condition(({"lost": frozenset({True})}, {"lost": frozenset({False})}))
        todo = asked(law(service("kk", item("p", when=always)), base=BASE), "kk")
        assert (only(todo).status, todo.questions) == (Status.NEEDED, ())

    def test_by_the_fact_that_matters(self):
        """Needed of what is lost, by married and unmarried alike: only the loss is asked about."""
        lost = frozenset({True})
        when = Condition(
            (
                {"lost": lost, "married": frozenset({True})},
                {"lost": lost, "married": frozenset({False})},
            )
        )
        todo = asked(law(service("kk", item("p", when=when)), base=BASE), "kk")
        assert [one.id for one in todo.questions] == ["lost"]

    def test_by_facts_that_go_together(self):
        """Where each is so only if the other is, both are asked about: neither decides alone."""
        tied = [
            Condition(({"lost": frozenset({lost}), "married": frozenset({not lost})},))
            for lost in (True, False)
        ]
        both = Condition(({"lost": frozenset({True}), "married": frozenset({True})},))
        rules = law(service("kk", item("p", when=both)), base=catalogue_of(BASE.facts, tied))
        assert [one.id for one in asked(rules, "kk").questions] == ["lost", "married"]

    def test_with_a_substitute(self):
        """Another paper takes its place; both are open until that is known."""
        rules = law(service("kk", item("p", substitutes=(substitute("q", LOST),))), base=BASE)
        todo = asked(rules, "kk")
        assert [(one.id, one.status) for one in todo.items] == [
            ("p", Status.UNDECIDED),
            ("q", Status.UNDECIDED),
        ]
        assert [one.in_place_of for one in todo.items] == ["", "p"]
        assert [one.id for one in asked(rules, "kk", lost=True).needed] == ["q"]
        assert [one.id for one in asked(rules, "kk", lost=False).needed] == ["p"]

    def test_that_is_not_needed_is_shown_as_it_would_be(self):
        """The substitute as what it is, for its own reason."""
        instead = substitute("q", MARRIED, why=Text("ganti", "instead"))
        rules = law(service("kk", item("p", when=LOST, substitutes=(instead,))), base=BASE)
        assert [
            (one.id, one.status, one.in_place_of, one.reason.en)
            for one in asked(rules, "kk", lost=False).items
        ] == [
            ("p", Status.NOT_NEEDED, "", "text"),
            ("q", Status.NOT_NEEDED, "p", "instead"),
        ]

    def test_with_two_substitutes(self):
        """The first whose condition holds takes the place."""
        instead = (substitute("q", LOST), substitute("r", Condition()))
        rules = law(service("kk", item("p", substitutes=instead)), base=BASE)
        assert [one.id for one in asked(rules, "kk", lost=True).needed] == ["q"]
        assert [one.id for one in asked(rules, "kk", lost=False).needed] == ["r"]


class TestSeveralServices:
    """What is asked for together is brought once."""

    def test_share_a_paper(self):
        """It is listed once, with who asks for it."""
        rules = law(service("kk", item("p"), item("q")), service("ktp", item("p")))
        todo = asked(rules, "kk", "ktp")
        assert [(one.id, one.services) for one in todo.items] == [
            ("p", ("kk", "ktp")),
            ("q", ("kk",)),
        ]

    def test_the_first_says_why(self):
        """One reason is enough."""
        rules = law(
            service("kk", item("p", why=Text("kartu", "card"))),
            service("ktp", item("p", why=Text("foto", "photograph"))),
        )
        assert only(asked(rules, "kk", "ktp")).reason.en == "card"
        assert only(asked(rules, "ktp", "kk")).reason.en == "photograph"

    def test_it_satisfies_both(self):
        """One accepts a scan or a look, the other only a look: it is looked at."""
        rules = law(
            service("kk", item("p", show=ways({SCAN, SEEN}))),
            service("ktp", item("p", show=ways({SEEN}))),
        )
        assert only(asked(rules, "kk", "ktp")).ways == {SEEN}

    def test_where_no_way_satisfies_both_it_is_handed_in(self):
        """Who hands it in lets it be seen as well."""
        rules = law(
            service("kk", item("p", show=ways({SEEN}))),
            service("ktp", item("p", show=ways({HANDED_IN}))),
        )
        assert only(asked(rules, "kk", "ktp")).ways == {HANDED_IN}

    @pytest.mark.parametrize("turned", [False, True])
    def test_the_earlier_surrender_counts(self, *, turned: bool):
        """Due before verification for one is due before verification."""
        services = [
            service("kk", item("p", surrender=Surrender("handover", "kept"))),
            service("ktp", item("p", surrender=Surrender("verification", "kept"))),
        ]
        rules = law(*reversed(services) if turned else services)
        todo = asked(rules, *(["ktp", "kk"] if turned else ["kk", "ktp"]))
        assert only(todo).surrender == Surrender("verification", "kept")

    @pytest.mark.parametrize("turned", [False, True])
    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            ("returned", "kept", "kept"),
            ("kept", "destroyed", "destroyed"),
            ("returned", "destroyed", "destroyed"),
        ],
    )
    def test_what_one_takes_is_not_lent(self, one: str, other: str, both: str, *, turned: bool):
        """Who withdraws it gets it, though another gives it back."""
        services = [
            service("kk", item("p", surrender=Surrender("verification", one))),  # type: ignore[arg-type] # a fate
            service("ktp", item("p", surrender=Surrender("handover", other))),  # type: ignore[arg-type] # a fate
        ]
        rules = law(*services)
        todo = asked(rules, *(["ktp", "kk"] if turned else ["kk", "ktp"]))
        assert only(todo).surrender == Surrender("verification", both)  # type: ignore[arg-type] # a fate

    def test_one_makes_what_the_other_asks_for(self):
        """Applied for together, it need not be brought; alone, it must."""
        rules = law(
            service("akta", item("q")),
            service("kk", item("p", provided_by=("akta",))),
        )
        assert [one.id for one in asked(rules, "kk").needed] == ["p"]
        todo = asked(rules, "kk", "akta")
        assert [(one.id, one.status) for one in todo.items] == [
            ("q", Status.NEEDED),
            ("p", Status.NOT_NEEDED),
        ]
        assert todo.items[1].reason.en == "It is made in the same application."
        assert todo.items[1].in_place_of == ""

    def test_in_the_order_in_which_they_are_named(self):
        """The list reads as it was asked for."""
        rules = law(service("kk", item("p")), service("ktp", item("q")))
        assert [one.id for one in asked(rules, "ktp", "kk").items] == ["q", "p"]


class TestWhoApplies:
    """A service may be for some applicants only."""

    BASE = catalogue_of(
        {"applicant_relation": fact("applicant_relation", "self", "family", "other")}, []
    )

    def test_is_told_to_the_others(self):
        """Who may apply is said; of whom nothing is known yet is asked."""
        rules = law(service("kk", item("p"), applicants=("self", "family")), base=self.BASE)
        (objection,) = asked(rules, "kk", applicant_relation="other").objections
        assert (objection.id, objection.text.en) == (
            "applicant",
            "Those who can apply: text, text.",
        )
        assert asked(rules, "kk", applicant_relation="family").final
        assert [one.id for one in asked(rules, "kk").questions] == ["applicant_relation"]

    @pytest.mark.parametrize("applicants", [(), ("self", "family", "other")])
    def test_may_be_anybody(self, applicants: tuple[str, ...]):
        """Then nobody is asked who they are."""
        rules = law(service("kk", item("p"), applicants=applicants), base=self.BASE)
        assert asked(rules, "kk").final

    def test_is_not_asked_where_no_rule_knows_of_it(self):
        """A law without that fact turns nobody away."""
        assert asked(law(service("kk", item("p"), applicants=("self",))), "kk").final


class TestDays:
    """Every rule has its day."""

    RULES = law(
        service("kk", item("p"), until=date(2021, 6, 30)),
        service("kk", item("q"), since=date(2021, 8, 1)),
        service(
            "ktp",
            item("p", until=date(2021, 7, 31)),
            item("q", since=date(2021, 8, 1)),
        ),
    )

    @pytest.mark.parametrize(
        ("on", "papers"),
        [(FIRST_DAY, ["p"]), (date(2021, 6, 30), ["p"]), (date(2021, 8, 1), ["q"])],
    )
    def test_by_the_rules_of_the_day(self, on: date, papers: list[str]):
        """From the first day to the last, that day included."""
        assert [one.id for one in asked(self.RULES, "kk", on=on).items] == papers

    @pytest.mark.parametrize(
        "on", [FIRST_DAY - timedelta(days=1), date(2021, 7, 1), date(2021, 7, 31)]
    )
    def test_on_a_day_without_rules(self, on: date):
        """Before the first and between two: never the nearest instead."""
        with pytest.raises(NoRuleInForce) as raised:
            asked(self.RULES, "kk", on=on)
        assert raised.value.facts == {
            "rule": "kk",
            "on": on.isoformat(),
            "known": ["2020-07-01 – 2021-06-30", "2021-08-01 – …"],
        }

    def test_one_of_several_has_none(self):
        """Then nothing can be said of all of them together."""
        with pytest.raises(NoRuleInForce):
            asked(self.RULES, "ktp", "kk", on=date(2021, 7, 12))

    def test_an_item_has_days_of_its_own(self):
        """Within the rules of a service something may begin or end."""
        assert [one.id for one in asked(self.RULES, "ktp", on=date(2021, 7, 31)).items] == ["p"]
        assert [one.id for one in asked(self.RULES, "ktp", on=date(2021, 8, 1)).items] == ["q"]

    def test_of_a_service_that_there_is_not(self):
        """Those there are are named."""
        with pytest.raises(UnknownService) as raised:
            asked(self.RULES, "sim")
        assert raised.value.facts["known"] == ["kk", "ktp"]


class TestDoors:
    """How a paper is shown depends on the door."""

    RULES = law(service("kk", item("p", show=ways({SCAN}, counter={SEEN, HANDED_IN}))))

    def test_at_each(self):
        """A scan where the file goes online, the paper at the counter."""
        assert {
            channel: only(asked(self.RULES, "kk", channel=channel)).ways
            for channel in ("village", "district", "online", "counter")
        } == {
            "village": {SCAN},
            "district": {SCAN},
            "online": {SCAN},
            "counter": {SEEN, HANDED_IN},
        }

    def test_of_nothing(self):
        """Without a service there is no list."""
        with pytest.raises(InvalidInput) as raised:
            asked(self.RULES, channel="village")
        assert raised.value.faults[0].path == "services"

    def test_at_one_that_there_is_not(self):
        """The doors are named."""
        with pytest.raises(InvalidInput) as raised:
            asked(self.RULES, "kk", channel="window")
        (fault,) = raised.value.faults
        assert (fault.path, fault.code, fault.accepted) == (
            "channel",
            "choice",
            "village, district, counter, online",
        )


class TestFacts:
    """What was said, and what follows from the people."""

    BORN = date(2004, 2, 29)

    @pytest.mark.parametrize(
        ("on", "age"),
        [
            (date(2009, 2, 28), 0),
            (date(2009, 3, 1), 5),
            (date(2021, 2, 28), 5),
            (date(2021, 3, 1), 17),
        ],
    )
    def test_an_age_is_counted_to_the_birthday(self, on: date, age: int):
        """Who was born on 29 February is a year older on 1 March."""
        child = Person(birth_date=self.BORN)
        assert settle_facts(BASE, {}, {"child": child}, on)["age"] == age

    @pytest.mark.parametrize(("after", "part"), [(0, 0), (60, 0), (61, 61), (900, 61)])
    def test_days_are_counted_one_by_one(self, after: int, part: int):
        """Only on which side of a cut they lie matters."""
        child = Person(birth_date=DAY - timedelta(days=after))
        assert settle_facts(BASE, {}, {"child": child}, DAY)["days"] == part

    def test_what_is_known_is_present(self):
        """What is not known says nothing: it may exist all the same."""
        child = Person(nik="3523084107900001")
        assert settle_facts(BASE, {}, {"child": child}, DAY) == {"has_nik": True}
        assert settle_facts(BASE, {}, {"child": Person(name="Ani")}, DAY) == {}

    def test_a_birth_that_has_not_been(self):
        """It is a mistake, and where it stands is said."""
        child = Person(birth_date=DAY + timedelta(days=1))
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, {}, {"child": child}, DAY)
        assert [(one.path, one.code) for one in raised.value.faults] == [
            ("people.child.birth_date", "in_the_future")
        ]

    @pytest.mark.parametrize(
        ("given", "code", "accepted"),
        [
            ({"shoe_size": 42}, "unknown_fact", ", ".join(BASE.facts)),
            ({"lost": "yes"}, "unknown_value", "true, false"),
            ({"lost": 1}, "unknown_value", "true, false"),
            ({"age": -1}, "unknown_value", "a whole number from 0"),
            ({"age": True}, "unknown_value", "a whole number from 0"),
            ({"age": "17"}, "unknown_value", "a whole number from 0"),
            ({"who": "cousin"}, "unknown_value", "self, other"),
            ({"who": True}, "unknown_value", "self, other"),
        ],
    )
    def test_that_are_none(self, given: dict[str, Any], code: str, accepted: str):
        """What would be an answer is said."""
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, given, {}, DAY)
        ((path, found),) = [(one.path, one.code) for one in raised.value.faults]
        assert (path, found) == (f"facts.{next(iter(given))}", code)
        assert raised.value.faults[0].accepted == accepted

    def test_with_a_name_without_end(self):
        """It is repeated by its beginning."""
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, {"x" * 1000: 1}, {}, DAY)
        assert raised.value.faults[0].path == f"facts.{'x' * 80}"

    def test_all_at_once(self):
        """Every fact that is none is named."""
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, {"lost": 3, "x": 1, "married": True}, {}, DAY)
        assert [one.path for one in raised.value.faults] == ["facts.lost", "facts.x"]

    def test_a_number_stands_for_its_part(self):
        """Twelve is as good as five."""
        assert settle_facts(BASE, {"age": 12}, {}, DAY) == {"age": 5}

    def test_said_otherwise_than_the_people_say(self):
        """Somebody mistyped one of them."""
        child = Person(birth_date=date(2019, 1, 1))
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, {"age": 17}, {"child": child}, DAY)
        assert ("facts.age", "facts_contradict") in [
            (one.path, one.code) for one in raised.value.faults
        ]

    def test_that_cannot_be_together(self):
        """A married child of four: both are named, and nothing else."""
        with pytest.raises(InvalidInput) as raised:
            settle_facts(BASE, {"age": 4, "married": True, "lost": True}, {}, DAY)
        assert [(one.path, one.code) for one in raised.value.faults] == [
            ("facts.age", "facts_contradict"),
            ("facts.married", "facts_contradict"),
        ]


def test_as_programs_read_it():
    """Every paper with its reason and its law, what is open, and what speaks against it."""
    rules = law(
        service(
            "kk",
            item(
                "p", surrender=Surrender("handover", "kept"), substitutes=(substitute("q", LOST),)
            ),
            objections=(notice("objection", MARRIED),),
            warnings=(notice("warning", Condition()),),
        ),
        service("ktp", item("r", when=Condition(({"age": frozenset({17})},)), cite=(UNPLACED,))),
        base=BASE,
    )
    paper = {
        "name": "text",
        "form": None,
        "status": "undecided",
        "reason": "text",
        "ways": ["scan"],
        "valid_days": None,
        "surrender": None,
        "services": ["kk"],
        "in_place_of": None,
        "content": "confirmed",
        "cite": [{"instrument": "law", "article": "1", "certainty": "confirmed"}],
        "questions": ["lost"],
    }
    assert asked(rules, "kk", "ktp", married=True).as_dict("en") == {
        "on": "2021-07-12",
        "channel": "village",
        "final": False,
        "items": [
            {**paper, "id": "p", "surrender": {"due": "handover", "fate": "kept"}},
            {**paper, "id": "q", "in_place_of": "p"},
            {
                **paper,
                "id": "r",
                "status": "needed",
                "services": ["ktp"],
                "cite": [{"instrument": "law", "article": None, "certainty": "assumed"}],
                "questions": [],
            },
        ],
        "objections": ["text"],
        "warnings": ["text"],
        "attend": [],
        "after": [],
        "deadlines": [],
        "hours": 24,
        "questions": [{"fact": "lost", "ask": "text", "values": [True, False]}],
    }
    question = {"fact": "age", "ask": "teks", "values": "number"}
    assert asked(rules, "ktp").as_dict("id")["questions"] == [question]


class TestTheLaw:
    """The rules that come with the library, as villages meet them."""

    def test_a_birth_is_one_visit(self):
        """Certificate, family card and child's card: what they share is brought once."""
        child = Person(name="Bintang", birth_date=date(2021, 7, 2))
        services = ("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
        known = {
            "applicant_relation": "self",
            "birth_letter": True,
            "foundling": False,
            "parents_marriage": "recorded",
            "child_has_nik": False,
            "child_has_akta": False,
        }
        facts = settle_facts(load(), known, {"child": child}, DAY)
        todo = checklist(load(), services, facts, DAY, "village")
        needed = [one.id for one in todo.needed]
        assert todo.final
        assert len(needed) == len(set(needed))
        (card,) = [one for one in todo.needed if one.id == "kk"]
        assert set(card.services) == set(services)
        assert "akta-lahir" not in needed

    def test_every_item_says_why_and_cites(self):
        """In both languages, by the article where it is known."""
        for name in (one.id for one in load().services(NOW)):
            for one in checklist(load(), (name,), {}, NOW, "village").items:
                assert one.reason.id
                assert one.reason.en
                assert one.cite

    def test_every_item_can_be_shown_at_every_door(self):
        """There is no paper that some door cannot take."""
        for name in (one.id for one in load().services(NOW)):
            for channel in ("village", "district", "counter", "online"):
                for one in checklist(load(), (name,), {}, NOW, channel).items:
                    assert one.ways


def test_what_two_services_say_is_said_once():
    """A warning by its text, an act and what comes first by what they are."""
    act = Attendance(id="biometrics", text=TEXT, **SURE)  # type: ignore[arg-type] # an id that is right
    first = Precedence(service="c", why=TEXT, **SURE)  # type: ignore[arg-type] # as above
    same = {"warnings": (notice("late", LOST),), "attend": (act,), "after": (first,)}
    other = same | {"after": (evolve(first, content=Certainty.ASSUMED),)}
    rules = law(service("a", item("p"), **same), service("b", item("q"), **other), base=BASE)
    todo = checklist(rules, ("a", "b"), {"lost": True}, DAY, "village")
    assert [one.id for one in todo.warnings] == ["late"]
    assert [one.id for one in todo.attend] == ["biometrics"]
    assert [one.service for one in todo.after] == ["c"]
