"""Checks that prove an adapter: the same that hold what comes with the library.

A storage is proved by a class with one fixture, which gives the URL of an empty place, a new one
for each check::

    from adminduk.testing.kits import StorageKit

    class TestExample(StorageKit):
        @pytest.fixture
        def storage_url(self, tmp_path):
            return f"example:///{tmp_path}/x"

What the storage cannot have is declared, as `several_processes = False`; the checks that need it
are skipped, and say so. A notifier is proved by `NotifierKit` in the same way; what arrived it is
shown by the fixture `taken`. So is a courier by `CourierKit`, with the fixture `carried`; a store
of scans by `ScanKit`, with the fixtures `scans_url` and `damage`; and a master, which wraps keys,
by `MasterKit`, with the fixture `master_url`.
`adminduk conformance` runs the same checks on a URL.
"""

import pytest

pytest.register_assert_rewrite(
    *(
        f"{__name__}.{module}"
        for module in (
            "base",
            "committing",
            "claiming",
            "keeping_keys",
            "reading",
            "delivering",
            "waking",
            "finding",
            "threads",
            "processes",
            "scale",
            "endings",
            "notifier",
            "courier",
            "master",
            "scans",
            "agreement",
        )
    )
)

from adminduk.testing.kits.base import (  # noqa: E402 - after pytest knows of them
    CAPABILITIES,
    CARRYING,
    KEEPING,
    SENDING,
)
from adminduk.testing.kits.courier import CourierKit  # noqa: E402 - likewise
from adminduk.testing.kits.master import MasterKit  # noqa: E402 - likewise
from adminduk.testing.kits.notifier import NotifierKit, Taken  # noqa: E402 - likewise
from adminduk.testing.kits.scans import ScanKit  # noqa: E402 - likewise
from adminduk.testing.kits.storage import StorageKit  # noqa: E402 - likewise

__all__ = [
    "CAPABILITIES",
    "CARRYING",
    "KEEPING",
    "SENDING",
    "CourierKit",
    "MasterKit",
    "NotifierKit",
    "ScanKit",
    "StorageKit",
    "Taken",
]
