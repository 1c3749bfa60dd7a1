"""The kit as `adminduk.testing.conformance` runs it, by pytest, on a URL that was chosen."""

from __future__ import annotations

import pytest

from adminduk.testing.conformance import Place
from adminduk.testing.kits import StorageKit

__all__ = ["TestStorage"]


class TestStorage(StorageKit):
    """The storage that was chosen."""

    shrinks = False  # only the first line of what failed is told

    @pytest.fixture
    def storage_url(self, place: Place) -> str:
        """Give the URL of an empty place; what its scheme is declared to lack is not asked."""
        for one in place.lacks:
            setattr(self, one, False)
        return place.url()
