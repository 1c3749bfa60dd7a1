"""The records of an office: application, copy, original, bag; and the people in them."""

from adminduk.records.application import (
    Application,
    Case,
    Channel,
    Evidence,
    LastCopy,
    Letter,
    ProductLine,
    ProductOutcome,
    Scan,
    Shown,
    Taken,
    Verdict,
)
from adminduk.records.bag import (
    Bag,
    CourierSays,
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Said,
)
from adminduk.records.blanks import BlankRow, Blanks, Reservation, Transfer
from adminduk.records.delegation import Delegation
from adminduk.records.erasure import Erasure, Ground
from adminduk.records.kinds import KINDS, Record
from adminduk.records.minutes import Minutes, Witness
from adminduk.records.notice import Act, Notice, StaysOpen
from adminduk.records.person import Person
from adminduk.records.post import OFFICE_ROLES, Actor, Post, Role
from adminduk.records.promise import DeliveryWay, Goal, Pause, Promise
from adminduk.records.reading import Reading
from adminduk.records.road import (
    GONE,
    Collector,
    Copy,
    Fate,
    Heading,
    HomeReason,
    Original,
    Paper,
    Relation,
)
from adminduk.records.schedule import Moved, Schedule, Shift, Timetable, Weekday
from adminduk.records.seal import JournalSeal, Seal
from adminduk.records.settings import Retention, Settings
from adminduk.records.shelved import Place, Shelved

__all__ = [
    "GONE",
    "KINDS",
    "OFFICE_ROLES",
    "Act",
    "Actor",
    "Application",
    "Bag",
    "BlankRow",
    "Blanks",
    "Case",
    "Channel",
    "Collector",
    "Copy",
    "CourierSays",
    "Delegation",
    "DeliveryWay",
    "Difference",
    "DifferenceKind",
    "DifferenceOutcome",
    "Erasure",
    "Evidence",
    "Fate",
    "Goal",
    "Ground",
    "Heading",
    "HomeReason",
    "JournalSeal",
    "LastCopy",
    "Letter",
    "Minutes",
    "Moved",
    "Notice",
    "Original",
    "Paper",
    "Pause",
    "Person",
    "Place",
    "Post",
    "ProductLine",
    "ProductOutcome",
    "Promise",
    "Reading",
    "Record",
    "Relation",
    "Reservation",
    "Retention",
    "Role",
    "Said",
    "Scan",
    "Schedule",
    "Seal",
    "Settings",
    "Shelved",
    "Shift",
    "Shown",
    "StaysOpen",
    "Taken",
    "Timetable",
    "Transfer",
    "Verdict",
    "Weekday",
    "Witness",
]
