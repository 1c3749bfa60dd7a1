"""Every service can be applied for and carried to its end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from office_days import OWNER, SITI, Clock, Person, Town

from adminduk.catalogue import load

MORNING = datetime(2025, 1, 6, 1, 30, tzinfo=UTC)
SERVICES = [one.id for one in load().services(MORNING.date())]
CHILD = Person(
    name="Bagus Santoso", nik="3523080101160001", birth_date=date(2016, 1, 1), sex="male"
)
ASKED: dict[str, dict[str, Any]] = {
    "ikd": {"facts": {"ktp_at_hand": True}},
    "kia-baru-5-17": {"people": {"child": CHILD}, "facts": {"child_age": 9}},
    "kia-perpanjang-5": {"people": {"child": CHILD}, "facts": {"child_age": 9}},
    "ktp-ganti-foto": {"facts": {"photo_reason": "body"}},
    "ktp-luar-domisili": {"facts": {"biometrics_recorded": True, "ktp_data_changed": False}},
    "pindah-ke-ln": {"facts": {"abroad_a_year": True}},
}
"""What is said where the usual answers are those of whom the service is not for."""


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_carried_to_its_end(service: str):
    """Submitted, verified, each of its documents made and handed over; then it is completed."""
    town = Town(clock=Clock(MORNING))
    case = town.verified(service, **ASKED.get(service, {}))
    made = load().service(service, MORNING.date()).products
    assert tuple(line.product for line in town.application(case).lines) == made
    for number in range(1, len(made) + 1):
        assert town.state(case) == "verified"
        town.print(case.copies(number))
        town.run(case.copies(number))
        town.siti.collect(case.copies(number))
        town.siti.hand_over(case.copies(number), to=OWNER)
    assert town.state(case) == "completed"


def test_of_one_document_one_case_is_open_whatever_it_is_called_in_it():
    """A husband whose new card comes with the marriage cannot ask for another meanwhile."""
    town = Town(clock=Clock(MORNING))
    wedding = town.order("akta-perkawinan")
    town.office.do(wedding, by=SITI)
    husband = wedding.people["husband"]
    with town.refuses("already_open"):
        town.case("ktp-rusak", people={"holder": husband})
