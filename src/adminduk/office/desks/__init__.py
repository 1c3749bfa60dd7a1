"""The desks of an office, each with what is done at it; `Office` is all of them."""

from __future__ import annotations

from adminduk.office.desks.authority import AuthorityDesk
from adminduk.office.desks.courier import CourierDesk
from adminduk.office.desks.evidence import EvidenceDesk
from adminduk.office.desks.keys import KeyDesk
from adminduk.office.desks.printing import PrintDesk
from adminduk.office.desks.privacy import PrivacyDesk
from adminduk.office.desks.promises import PromiseDesk
from adminduk.office.desks.scans import ScanDesk
from adminduk.office.desks.store import StoreDesk

__all__ = [
    "AuthorityDesk",
    "CourierDesk",
    "EvidenceDesk",
    "KeyDesk",
    "PrintDesk",
    "PrivacyDesk",
    "PromiseDesk",
    "ScanDesk",
    "StoreDesk",
]
