"""The couriers that come with the library keep what every courier promises."""

from __future__ import annotations

import pytest

from adminduk.testing.kits import CourierKit


class TestWeekly(CourierKit):
    """It goes by the schedule: nothing is booked that could be looked at, and it is never away."""

    observed = False
    fails = False

    @pytest.fixture
    def courier_url(self) -> str:
        """Give the URL of it."""
        return "weekly:"
