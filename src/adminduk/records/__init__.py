"""The records of an office: application, copy, original, bag; and the people in them."""

from adminduk.records.application import (
    Application,
    Case,
    Channel,
    DeliveryWay,
    Evidence,
    LastCopy,
    Letter,
    ProductLine,
    ProductOutcome,
    Scan,
    Shown,
    Verdict,
)
from adminduk.records.bag import Bag, Difference, DifferenceKind, DifferenceOutcome
from adminduk.records.person import Person
from adminduk.records.post import Actor, Post, Role
from adminduk.records.road import Collector, Copy, Heading, HomeReason, Original, Paper, Relation

__all__ = [
    "KINDS",
    "Actor",
    "Application",
    "Bag",
    "Case",
    "Channel",
    "Collector",
    "Copy",
    "DeliveryWay",
    "Difference",
    "DifferenceKind",
    "DifferenceOutcome",
    "Evidence",
    "Heading",
    "HomeReason",
    "LastCopy",
    "Letter",
    "Original",
    "Paper",
    "Person",
    "Post",
    "ProductLine",
    "ProductOutcome",
    "Record",
    "Relation",
    "Role",
    "Scan",
    "Shown",
    "Verdict",
]

Record = Application | Copy | Original | Bag
KINDS: dict[str, type[Application] | type[Copy] | type[Original] | type[Bag]] = {
    "application": Application,
    "copy": Copy,
    "original": Original,
    "bag": Bag,
}
