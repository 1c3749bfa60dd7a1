"""Where a stored record is found, and what it alone may hold: pure functions of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from attrs import frozen

from adminduk.records.application import Application, DeliveryWay, LastCopy, ProductOutcome
from adminduk.records.bag import Bag
from adminduk.records.post import Post, Role
from adminduk.records.road import Copy, Heading, Original
from adminduk.values import Level, RegionCode

__all__ = ["NEVER", "OPEN_STATES", "Index", "claims_of", "index_of", "stamp"]

NEVER: Final = "9999-12-31T00:00:00.000000Z"
"""The due time of what is due at no time."""

OPEN_STATES: Final = frozenset({"submitted", "returned", "verified"})
"""States in which an application holds its subjects and products against others."""


@frozen
class Index:
    """The columns by which a record is found; what each means is said by the storage port."""

    state: str
    region: str
    queue: str
    due: str
    group: str
    keys: tuple[str, ...] = ()


def stamp(moment: datetime) -> str:
    """Write a moment as sortable UTC text with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def index_of(record: Application | Copy | Original | Bag) -> Index:
    """Give the index columns of a record."""
    return Index(
        state=record.state,
        region=record.region.full(),
        queue=_QUEUES[type(record)](record),
        due=NEVER if record.due is None else stamp(record.due),
        group=_group(record),
        keys=record.keys if isinstance(record, Application) else (),
    )


def claims_of(record: Application | Copy | Original | Bag) -> frozenset[str]:
    """Give the keys that no other record of the office may hold while this one does."""
    if isinstance(record, Application):
        return frozenset(record.subjects if record.state in OPEN_STATES else ())
    if isinstance(record, Copy):
        blanks = {f"blank:{record.product}:{n}" for n in (record.blank, *record.spoiled) if n}
        alive = {f"deliverable:{record.application}/{record.product}"} if record.alive else set()
        return frozenset(blanks | alive)
    return frozenset()


def _group(record: Application | Copy | Original | Bag) -> str:
    if isinstance(record, Copy | Original):
        return record.bag or record.application.full()
    return ""


def _at_office(role: Role, region: RegionCode) -> str:
    return str(Post(role, region.ancestor(Level.REGENCY)))


def _queue_of_application(record: Application) -> str:
    if record.state in {"draft", "returned"}:
        return str(record.holder)
    if record.state == "submitted":
        waits = set(record.attend) - set(record.attended)
        return _at_office(Role.FRONT_DESK if waits else Role.REGISTRY_OPERATOR, record.region)
    if record.state == "verified" and any(
        line.outcome is ProductOutcome.OPEN and line.last in {LastCopy.DEAD, LastCopy.GONE}
        for line in record.lines
    ):
        return _at_office(Role.REGISTRY_OPERATOR, record.region)
    return ""


def _queue_of_copy(record: Copy) -> str:
    if record.state == "ordered":
        digital = record.way is DeliveryWay.DIGITAL
        role = Role.REGISTRY_OPERATOR if digital else Role.PRINT_OPERATOR
        return _at_office(role, record.region)
    if record.state == "issued":
        return str(Post(Role.VILLAGE_OPERATOR, record.region))
    if record.state == "at_office" and _out(record) and record.way is DeliveryWay.COUNTER:
        return _at_office(Role.FRONT_DESK, record.region)
    return _queue_on_the_road(record)


def _queue_of_original(record: Original) -> str:
    return str(record.post) if record.state == "expected" else _queue_on_the_road(record)


def _queue_on_the_road(record: Copy | Original) -> str:
    if record.state == "void":
        return _at_office(Role.PRINT_OPERATOR, record.region)
    if record.state == "at_district" and _out(record):
        return str(Post(Role.VILLAGE_OPERATOR, record.region))
    if record.state == "bagged" or record.custodian is None:
        return ""
    return str(record.custodian)


def _out(record: Copy | Original) -> bool:
    return record.heading is Heading.OUT


def _queue_of_bag(record: Bag) -> str:
    if record.state == "planned":
        return str(record.sender)
    if record.state == "sealed":
        return _at_office(Role.COURIER, record.region)
    if record.state in {"departed", "arrived"}:
        return str(record.receiver)
    if record.state == "counted" and record.open_differences:
        return _at_office(Role.REGISTRY_OPERATOR, record.region)
    return ""


_QUEUES: Final[dict[type[Any], Callable[[Any], str]]] = {
    Application: _queue_of_application,
    Copy: _queue_of_copy,
    Original: _queue_of_original,
    Bag: _queue_of_bag,
}
