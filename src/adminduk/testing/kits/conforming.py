"""The kits as `adminduk.testing.conformance` runs them, by pytest, on a URL that was chosen."""

from __future__ import annotations

import pytest

from adminduk.testing.conformance import Gateway, Place
from adminduk.testing.kits import CourierKit, MasterKit, NotifierKit, ScanKit, StorageKit

__all__ = ["TestCourier", "TestMaster", "TestNotifier", "TestScans", "TestStorage"]


class TestStorage(StorageKit):
    """The storage that was chosen."""

    shrinks = False  # only the first line of what failed is told

    @pytest.fixture
    def storage_url(self, place: Place) -> str:
        """Give the URL of an empty place; what its scheme is declared to lack is not asked."""
        for one in place.lacks:
            setattr(self, one, False)
        return place.url()


class TestScans(ScanKit):
    """The store of scans that was chosen: what it keeps cannot be damaged by its URL alone."""

    damages = False

    @pytest.fixture
    def scans_url(self, place: Place) -> str:
        """Give the URL of an empty place; what its scheme is declared to lack is not asked."""
        for one in place.lacks:
            setattr(self, one, False)
        return place.scans_url()


class TestNotifier(NotifierKit):
    """The notifier that was chosen: what it does with a message is for its owner to see."""

    observed = False
    fails = False
    drops_repeats = False
    gives_up = False

    @pytest.fixture
    def notifier_url(self, gateway: Gateway) -> str:
        """Give the URL that was chosen."""
        return gateway.url

    @pytest.fixture
    def recipient(self, gateway: Gateway) -> str:
        """Give the number that was named."""
        return gateway.recipient


class TestCourier(CourierKit):
    """The courier that was chosen: what it does with a bag is for its owner to see."""

    observed = False
    fails = False

    @pytest.fixture
    def courier_url(self, carrier: str) -> str:
        """Give the URL that was chosen."""
        return carrier


class TestMaster(MasterKit):
    """The master that was chosen."""

    @pytest.fixture
    def master_url(self, keeper: str) -> str:
        """Give the URL that was chosen."""
        return keeper
