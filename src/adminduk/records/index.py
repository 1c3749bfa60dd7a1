"""Where a stored record is found, and what it alone may hold: pure functions of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from adminduk.records.application import Application, LastCopy, ProductOutcome
from adminduk.records.bag import Bag
from adminduk.records.blanks import Blanks
from adminduk.records.delegation import Delegation
from adminduk.records.kinds import Record
from adminduk.records.minutes import Minutes
from adminduk.records.notice import Notice
from adminduk.records.post import Post, Role
from adminduk.records.promise import DeliveryWay
from adminduk.records.reading import Reading
from adminduk.records.road import Copy, Heading, Original
from adminduk.values import Level, RegionCode

__all__ = [
    "IN_FORCE",
    "IN_STOCK",
    "NEVER",
    "OPEN_STATES",
    "Index",
    "claims_of",
    "day_group",
    "day_key",
    "index_of",
    "latest_of",
    "lent_to",
    "number_key",
    "promised_key",
    "read_key",
    "reader_key",
    "stamp",
    "trip_key",
]

NEVER: Final = "9999-12-31T00:00:00.000000Z"
"""The due time of what is due at no time."""

IN_FORCE: Final = "@in_force"
"""The group of the notices that are in force; no bag or case is called so."""

IN_STOCK: Final = "@in_stock"
"""The group of the ranges of blanks with numbers to be used, and of the latest of each product.

It tells of each product whether the office keeps a ledger of its blanks, and which are left.
"""

OPEN_STATES: Final = frozenset({"submitted", "returned", "verified"})
"""States in which an application holds its subjects and products against others."""


@frozen(slots=False)
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
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def index_of(record: Record) -> Index:
    """Give the index columns of a record."""
    return Index(
        state=record.state,
        region=record.region.full(),
        queue=_QUEUES.get(type(record), _nobodys)(record),
        due=NEVER if record.due is None else stamp(record.due),
        group=_group(record),
        keys=_keys(record),
    )


def day_key(region: RegionCode, day: date) -> str:
    """Give the key by which what began in a region on a day is found.

    In a village those are cases, in the office's regency minutes.
    """
    return f"{region.full()}|{day.isoformat()}"


def day_group(day: date) -> str:
    """Give the group of the bags of one of the courier's days, or that were begun on it."""
    return f"@{day.isoformat()}"


def trip_key(trip: str) -> str:
    """Give the key by which the bags of one of the courier's trips are found."""
    return f"trip|{trip}"


def number_key(number: str) -> str:
    """Give the text whose blind key finds the cases about a NIK or a family card's number."""
    return f"number|{number}"


def promised_key(month: date) -> str:
    """Give the key by which the cases of which something is promised for a month are found."""
    return f"@{month:%Y-%m}"


def read_key(code: str) -> str:
    """Give the key by which the readings of a case are found."""
    return f"read|{code}"


def reader_key(actor: str, month: date) -> str:
    """Give the key by which is found what somebody read in a month."""
    return f"reader|{actor}|{month:%Y-%m}"


def lent_to(actor: str) -> str:
    """Give the group of the delegations that are in force for an actor, by their id."""
    return f"@lent|{actor}"


def _keys(record: Record) -> tuple[str, ...]:
    if isinstance(record, Bag) and record.trip_name:
        return (trip_key(record.trip_name),)
    if isinstance(record, Reading):
        month = record.begun.date()
        return (read_key(record.application.full()), reader_key(record.by, month))
    if not isinstance(record, Application | Minutes):
        return ()
    day = day_key(record.region, record.begun.date())
    if isinstance(record, Minutes):
        return (day,)
    months = {
        promised_key(line.promise.day(line.way))
        for line in record.lines
        if line.promise is not None
    }
    return (day, *sorted((*months, *record.keys)))


def latest_of(product: str) -> str:
    """Give the claim that the latest range of a product's blanks holds."""
    return f"latest:{product}"


def claims_of(record: Record) -> frozenset[str]:
    """Give the keys that no other record of the office may hold while this one does."""
    if isinstance(record, Application):
        return frozenset(record.subjects if record.state in OPEN_STATES else ())
    if isinstance(record, Copy):
        blanks = {f"blank:{record.kind}:{n}" for n in (record.blank, *record.spoiled) if n}
        alive = (
            {f"deliverable:{record.application.full()}/{record.product}"} if record.alive else set()
        )
        return frozenset(blanks | alive)
    if isinstance(record, Blanks) and record.latest:
        return frozenset({latest_of(record.product)})
    return frozenset()


def _group(record: Record) -> str:
    if isinstance(record, Copy | Original):
        return record.bag or record.application.full()
    if isinstance(record, Bag):
        return day_group(record.day or record.begun.date())
    if isinstance(record, Blanks):
        return IN_STOCK if record.latest or record.in_stock else ""
    if record.state != "in_force":
        return ""
    if isinstance(record, Delegation):
        return lent_to(record.to)
    return IN_FORCE if isinstance(record, Notice) else ""


@lru_cache(maxsize=10_000)  # there are as many as posts, and each is asked for every record
def _post(role: Role, region: RegionCode, level: Level) -> str:
    return str(Post(role, region.ancestor(level)))


def _at_office(role: Role, region: RegionCode) -> str:
    return _post(role, region, Level.REGENCY)


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
        return _post(Role.VILLAGE_OPERATOR, record.region, Level.VILLAGE)
    if record.state == "at_office" and _out(record) and record.way is DeliveryWay.COUNTER:
        return _at_office(Role.FRONT_DESK, record.region)
    return _queue_on_the_road(record)


def _queue_of_original(record: Original) -> str:
    return str(record.post) if record.state == "expected" else _queue_on_the_road(record)


def _queue_on_the_road(record: Copy | Original) -> str:
    if record.state == "void":
        return _at_office(Role.PRINT_OPERATOR, record.region)
    if record.state == "at_district" and _out(record):
        return _post(Role.VILLAGE_OPERATOR, record.region, Level.VILLAGE)
    if record.state == "bagged" or record.custodian is None:
        return ""
    return str(record.custodian)


def _out(record: Copy | Original) -> bool:
    return record.heading is Heading.OUT


def _queue_of_bag(record: Bag) -> str:
    if record.state == "planned":
        return str(record.sender)
    if record.state in {"sealed", "astray"}:
        return _at_office(Role.COURIER, record.region)
    if record.state in {"departed", "arrived"}:
        return str(record.receiver)
    if record.state in {"counted", "written_off"} and record.open_differences:
        return _at_office(Role.REGISTRY_OPERATOR, record.region)
    return ""


def _nobodys(_: Record) -> str:
    return ""


_QUEUES: Final[dict[type[Any], Callable[[Any], str]]] = {
    Application: _queue_of_application,
    Copy: _queue_of_copy,
    Original: _queue_of_original,
    Bag: _queue_of_bag,
}
