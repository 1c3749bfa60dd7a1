"""What a case has shown of its list, and what is odd about its people."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from office_days import SITI, Person, Town, scan

from adminduk import commands
from adminduk.catalogue import Way
from adminduk.checklist import Stage
from adminduk.records import Shown
from adminduk.values import NIK, PersonName, Sex


def test_of_a_draft(town: Town):
    """Missing is what it has not shown yet."""
    order = town.order("ktp-hilang")
    names = ("region", "services", "applicant", "people", "facts")
    draft = commands.Draft(**{name: getattr(order, name) for name in names})
    receipt = town.office.do(draft, by=SITI)
    found = town.office.progress(receipt.records[0].id)
    assert found.progress.at(Stage.MISSING) == tuple(one.id for one in found.todo.needed)
    assert not found.progress.complete


def test_of_what_was_submitted(town: Town):
    """All was there, or it would not have been taken."""
    found = town.office.progress(town.case("ktp-hilang").code)
    assert found.progress.complete
    assert set(found.progress.stages) == {one.id for one in found.todo.needed}


def test_a_letter_of_a_day_long_past(town: Town):
    """It is told as too old, and stops nobody: how long it is taken is only reported."""
    order = town.order("ktp-pindah-datang")
    day = town.clock.now.date()
    letter = Shown(Way.SCAN, (scan("skpwni"),), day - timedelta(days=20))
    receipt = town.office.do(evolve(order, evidence={**order.evidence, "skpwni": letter}), by=SITI)
    code = receipt.records[0].id
    assert town.office.progress(code).progress.complete
    town.clock.wait(days=11)
    assert town.office.progress(code).progress.at(Stage.EXPIRED) == ("skpwni",)


def test_a_first_name_of_one_word(town: Town):
    """A name that is recorded for the first time is held against the rules of names."""
    order = town.order("akta-lahir")
    child = evolve(order.people["child"], name=PersonName.parse("Adi"))
    receipt = town.office.do(evolve(order, people={**order.people, "child": child}), by=SITI)
    warnings = town.office.progress(receipt.records[0].id).warnings
    assert [(one.path, one.code) for one in warnings] == [("people.child.name", "name_one_word")]


def test_a_name_that_was_recorded_before(town: Town):
    """It is as it is."""
    case = town.case("ktp-hilang", people={"holder": Person(name="Siti", nik="3523084107900001")})
    assert town.office.progress(case.code).warnings == ()


def test_a_nik_that_disagrees(town: Town):
    """With what is said of its holder; it is no error."""
    holder = Person(name="Siti", nik=NIK.parse("3523084107900001"), sex=Sex.MALE)
    case = town.case("ktp-hilang", people={"holder": holder})
    (odd,) = town.office.progress(case.code).warnings
    assert (odd.path, odd.code) == ("people.holder.nik", "nik_sex_differs")


def test_for_programs(town: Town):
    """Everything in one document, warnings of rules and of people together."""
    case = town.case("ktp-hilang", facts={"police_letter_days": 40})
    told = town.office.progress(case.code).as_dict("en")
    assert told["complete"] is True
    assert set(told["items"].values()) == {"accepted"}
    assert [one["code"] for one in told["warnings"]] == ["police-letter-old"]
