"""Every kind of record."""

from __future__ import annotations

from typing import get_args

from adminduk.records.application import Application
from adminduk.records.bag import Bag
from adminduk.records.blanks import Blanks
from adminduk.records.delegation import Delegation
from adminduk.records.erasure import Erasure
from adminduk.records.minutes import Minutes
from adminduk.records.notice import Notice
from adminduk.records.reading import Reading
from adminduk.records.road import Copy, Original
from adminduk.records.schedule import Schedule
from adminduk.records.seal import JournalSeal
from adminduk.records.settings import Settings

__all__ = ["KINDS", "Record"]

Record = (
    Application
    | Copy
    | Original
    | Bag
    | Blanks
    | Minutes
    | Notice
    | Delegation
    | Reading
    | Schedule
    | Settings
    | JournalSeal
    | Erasure
)
KINDS: dict[str, type[Record]] = {kind.KIND: kind for kind in get_args(Record)}
"""Each by its name."""
