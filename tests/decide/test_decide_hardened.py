"""What hostile or careless input once got through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from office_days import GEMULUNG, SITI, Town, shown, town

from adminduk import commands
from adminduk.codec import read_order
from adminduk.errors import InvalidInput

__all__ = ["town"]


def codes(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    """Give path and code of every fault."""
    return [(fault.path, fault.code) for fault in error.value.faults]


def test_evidence_that_no_service_asks_for(town: Town) -> None:
    """It is refused with its path, in a submission and in a draft."""
    order = town.order("kk-hilang")
    odd = evolve(order, evidence={**order.evidence, "nonsense": shown("nonsense")})
    with pytest.raises(InvalidInput) as error:
        town.office.do(odd, by=SITI)
    assert codes(error) == [("with.evidence.nonsense", "unknown_item")]


def test_somebody_whom_no_service_is_about(town: Town) -> None:
    """A draft that names them could never be submitted, so it is refused at once."""
    order = town.order("kk-hilang")
    odd = commands.Draft(
        region=GEMULUNG,
        services=order.services,
        applicant=order.applicant,
        people={**order.people, "uncle": order.applicant},
    )
    with pytest.raises(InvalidInput) as error:
        town.office.do(odd, by=SITI)
    assert codes(error) == [("with.people.uncle", "unknown_party")]


def test_a_kia_without_a_subject(town: Town) -> None:
    """Of a child without NIK and mother nobody knows whether it has a KIA already."""
    order = town.order("kia-baru-0-5")
    child = evolve(order.people["child"], nik=None)
    with pytest.raises(InvalidInput) as error:
        town.office.do(evolve(order, people={"child": child}), by=SITI)
    assert ("with.people.child.nik", "missing") in codes(error)


@pytest.mark.parametrize("name", ["3523080101900001", "3523.0801.0190.0001", "K7M2Q9XD4H-T"])
def test_a_bag_named_by_a_number_of_a_person_or_a_case(name: str) -> None:
    """Its name is shown to everybody, and must not shadow a case in the journal."""
    with pytest.raises(InvalidInput) as error:
        commands.Depart(bag=name)
    assert codes(error) == [("bag", "label")]


def test_a_paper_named_by_a_nik() -> None:
    """The id of a paper is shown in full, so it is no place for a NIK."""
    with pytest.raises(InvalidInput) as error:
        commands.Waive(original="K7M2Q9XD4H-T/a3523080101900001", reason="x")
    assert codes(error) == [("original", "paper_id")]
    assert "3523080101900001" not in str(error.value)


@pytest.mark.parametrize(
    "odd", [{"reason": "\ud800", "product": "ktp"}, {"reason": "x", "product": "\udfff"}]
)
def test_half_of_a_character(town: Town, odd: dict[str, Any]) -> None:
    """Text that cannot be written is refused as such, and nothing happens."""
    case = town.verified("ktp-hilang")
    before = len(town.office.journal())
    with pytest.raises(InvalidInput) as error:
        town.office.do(commands.GiveUp(application=case.code, **odd), by=town.budi.actor)
    assert codes(error) == [("", "not_writable")]
    assert len(town.office.journal()) == before


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_a_year_that_is_none(year: int) -> None:
    """No office was open then."""
    with pytest.raises(InvalidInput) as error:
        commands.Depart(bag="K-1", at=datetime(year, 1, 1, tzinfo=UTC))
    assert codes(error) == [("at", "no_such_time")]


def test_a_blank_in_small_letters() -> None:
    """It is the same blank."""
    assert commands.Print(copy="K7M2Q9XD4H-T/1", blank="a1").blank == "A1"


def test_a_list_that_is_wrong_throughout() -> None:
    """Its first hundred faults tell enough."""
    line = {
        "id": "00000000-0000-4000-8000-000000000001",
        "do": "plan",
        "with": {"bag": "K-1", "to": "35.23.08", "items": [1] * 5000},
    }
    with pytest.raises(InvalidInput) as error:
        read_order(line)
    assert len(error.value.faults) == 100


def test_found_again_at_the_office_it_still_lapses(town: Town) -> None:
    """What nobody claimed and was missing for a while waits anew, and may then be made void."""
    case = town.printed("ktp-hilang")
    letter = commands.Letter("470/1", town.clock.now.date())
    town.siti.choose_delivery(case, product="ktp", way="counter", letter=letter)
    town.lestari.to_counter(case.copy)
    town.lestari.turn_home(case.copy)
    town.wahyu.report_missing(case.copy)
    town.wahyu.found(case.copy)
    assert town.office.record("copy", case.copy).due is not None
