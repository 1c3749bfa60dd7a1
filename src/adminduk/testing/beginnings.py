"""What begins something in a modelled office: mostly right, sometimes not."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from attrs import evolve

from adminduk import commands as c
from adminduk.office.sealing import next_seal
from adminduk.records import (
    Act,
    Actor,
    BlankRow,
    Blanks,
    Channel,
    DeliveryWay,
    Heading,
    Place,
    Post,
    Role,
    Seal,
    Shelved,
    Shift,
    StaysOpen,
    Timetable,
    Weekday,
    Witness,
)
from adminduk.records.index import IN_STOCK
from adminduk.testing.cast import CAST, HEADS, OFFICE, VILLAGES
from adminduk.testing.chance import Chance
from adminduk.testing.families import request, show_all

__all__ = [
    "is_bound",
    "new_adoption",
    "new_bag",
    "new_blanks",
    "new_case",
    "new_delegation",
    "new_minutes",
    "new_notice",
    "new_reading",
    "new_schedule",
    "new_seal",
    "new_settings",
    "some_blanks",
    "to_pack",
]


Fields = dict[str, Any]


def new_case(chance: Chance, by: Actor, kind: type[c.Draft]) -> c.Draft:
    """Begin an application: complete, but that now and then something is left out."""
    asked = request(chance.office, by, chance.day, chance.random)
    evidence = show_all(asked.todo, chance.random)
    if evidence and chance.one_in(8):
        del evidence[chance.random.choice(sorted(evidence))]
    facts = dict(asked.facts)
    if facts and chance.one_in(12):
        del facts[chance.random.choice(sorted(facts))]
    region = by.region.full()
    if by.role is Role.FRONT_DESK:
        region = "35.23.08.2001"
    if by.role is Role.DISTRICT_OPERATOR:
        region = {"35.23.08": "35.23.08.2002", "35.23.16": "35.23.16.1003"}[region]
    return kind(
        region=region,
        services=asked.services,
        applicant=asked.applicant,
        people=asked.people,
        facts=facts,
        evidence=evidence,
    )


_ANY_VILLAGE = next(one for one in CAST if one.role is Role.VILLAGE_OPERATOR)


def new_adoption(chance: Chance) -> c.Adopt:
    """Enter a case that was there before, its documents here and there."""
    asked = request(chance.office, _ANY_VILLAGE, chance.day, chance.random)
    products = [
        product
        for service in asked.services
        for product in chance.office.catalogue.service(service, chance.day).products
    ]
    places = list(Place)
    papers = [
        Shelved(
            product=product,
            place=chance.random.choice(places),
            blank=f"L{chance.random.randrange(1_000):06}" if product in {"ktp", "kia"} else "",
        )
        for product in chance.some(products)
    ]
    return c.Adopt(
        region=chance.random.choice(VILLAGES),
        services=asked.services,
        applicant=asked.applicant,
        people=asked.people,
        papers=tuple(papers),
        source="Buku ekspedisi 2021",
        approved_by=None if chance.one_in(6) else HEADS[1],
    )


def new_bag(chance: Chance, by: Actor, name: str) -> c.Plan:
    """Plan a bag: from the office to a district, or from a district home."""
    out = by.role is Role.PRINT_OPERATOR
    to = chance.random.choice(["35.23.08", "35.23.16"]) if out else OFFICE
    sender = Post(by.role, by.region)
    day = chance.day + timedelta(days=chance.random.randrange(3)) if chance.one_in(4) else None
    return c.Plan(bag=name, to=to, items=to_pack(chance, sender, to), day=day)


def new_blanks(chance: Chance, number: int) -> c.ReceiveBlanks:
    """Enter blanks that came; now and then some that came before."""
    product = chance.random.choice(["ktp", "ktp", "kia"])
    first = 50 * (number if not chance.one_in(8) else number - 1)
    length = chance.random.choice([3, 20, 40])
    return c.ReceiveBlanks(
        blanks=f"{product}/2021-{number}",
        first=f"L{first:06}",
        last=f"L{first + length - 1:06}",
        received_from="Ditjen Dukcapil",
        delivery_note=f"470/{number}",
    )


def some_blanks(chance: Chance, blanks: Blanks) -> Fields:
    """Choose some numbers of a range that follow each other; mostly all of one fate."""
    wanted = chance.random.choice([blanks.left, blanks.missing, blanks.with_fate("reserved")])
    spans = wanted if wanted and not chance.one_in(8) else blanks.numbers
    if not spans:
        spans = ((blanks.first.number, blanks.last.number),)
    first, last = chance.random.choice(spans)
    start = chance.random.randint(first, last)
    end = min(last, start + chance.random.randrange(5))
    return {"first": blanks.first.at(start), "last": blanks.first.at(end)}


def new_minutes(chance: Chance, number: str) -> c.Destroy:
    """Destroy some of what is void; now and then also something that is not."""
    states = ["void", "at_office"] if chance.one_in(6) else ["void"]
    papers = [
        row.id
        for kind in ("copy", "original")
        for state in states
        for row in chance.office.storage.find(OFFICE, kind=kind, state=state, limit=20)[0]
    ]
    in_stock = chance.office.storage.find(OFFICE, group=IN_STOCK, limit=10)[0]
    blanks = []
    if in_stock and chance.one_in(2):
        some = chance.office.record("blanks", chance.random.choice(in_stock).id)
        assert isinstance(some, Blanks)
        of = some if not chance.one_in(2) else evolve(some, missing=some.misprinted)
        blanks = [BlankRow(blanks=some.id, **some_blanks(chance, of))]
    nothing = () if blanks else ("2222222222-2/1",)
    return c.Destroy(
        minutes=number,
        papers=tuple(dict.fromkeys(chance.some(papers))) if papers else nothing,
        blanks=tuple(blanks),
        witnesses=(Witness(name="Saksi", position="Kepala Seksi"),),
        approved_by=None if chance.one_in(8) else HEADS[0],
    )


def new_notice(chance: Chance, name: str) -> c.Announce:
    """Close something somewhere for a few days; now and then with days the wrong way round."""
    until = chance.day + timedelta(days=chance.random.choice([-1, 0, 0, 3]))
    stays_open = StaysOpen(facts={"needed_at_once": (True,)})
    return c.Announce(
        notice=name,
        acts=tuple(chance.some(list(Act))),
        channels=tuple(chance.some(list(Channel))),
        until=None if chance.one_in(6) else until,
        stays_open=(stays_open,) if chance.one_in(2) else (),
        reason="petugas sakit",
    )


def new_delegation(chance: Chance, name: str) -> c.Delegate:
    """Lend a post that somebody has to somebody else; now and then one that is not lent."""
    post = chance.random.choice([post for one in CAST for post in one.posts])
    since = chance.day + timedelta(days=chance.random.choice([-1, 0, 1]))
    return c.Delegate(
        delegation=name,
        to=chance.random.choice(CAST).id,
        post=post,
        since=chance.random.choice([None, None, since]),
        until=chance.day + timedelta(days=chance.random.choice([0, 1, 20, 20, 200])),
        reason="petugas sakit",
    )


def new_reading(chance: Chance, code: str) -> c.Read:
    """Read a case; mostly it is said why."""
    return c.Read(application=code, reason="" if chance.one_in(2) else "pengaduan warga")


def new_settings(chance: Chance) -> c.ChangeSettings:
    """Change a few terms, and who must approve something."""
    may = chance.random.choice(["nobody", "registry_operator", "head_of_office", "applicant"])
    name = chance.random.choice(["replace", "replace", "verify", "print", "collect", "expire"])
    reasons = chance.random.choice([None, (), (Role.FRONT_DESK, Role.VILLAGE_OPERATOR)])
    return c.ChangeSettings(
        draft_days=chance.random.choice([None, 20, 40]),
        unclaimed_days=chance.random.choice([None, 14, 45]),
        operator_days=chance.random.choice([None, 1, 4]),
        closes=chance.random.choice([None, "12:00"]),
        remind_days=chance.random.choice([None, (), (20, 5)]),
        lapse_days=chance.random.choice([None, 10]),
        bag_days=chance.random.choice([None, 1, 5]),
        collect_against_originals=not chance.one_in(3),
        print_order=chance.random.choice([None, (), ("counter", "ktp-baru"), ("kk",)]),
        reading_reasons=reasons,
        approvals={} if chance.one_in(2) else {name: may},
    )


def new_schedule(chance: Chance) -> c.SetSchedule:
    """Set the courier's days of a district; sometimes there are none any more."""
    weekdays = chance.some(list(Weekday)) if not chance.one_in(3) else []
    timetable = Timetable(
        weekdays=tuple(weekdays),
        cut_off=chance.random.choice(["08:00", "23:59"]),
        days_before=chance.random.choice([0, 0, 2]),
        shift=chance.random.choice(list(Shift)),
        extra=() if chance.one_in(2) else [chance.day + timedelta(days=chance.random.randrange(4))],
    )
    return c.SetSchedule(
        schedule=chance.random.choice(["35.23.08", "35.23.16"]), timetable=timetable
    )


def new_seal(chance: Chance) -> c.SealJournal:
    """Seal what is under no seal yet; now and then by a seal that does not go on from the last."""
    office, seals = chance.office, chance.office.seals()
    before = (
        chance.random.choice(seals) if seals and chance.one_in(8) else next(reversed(seals), None)
    )
    at = office.local(datetime.combine(chance.day, time(), UTC))
    made = next_seal(office.storage, office.region, before, at)
    of_nothing = Seal(
        office=office.region, number=1, at=at, first=1, last=1, root="0" * 64, profile="0" * 64
    )
    return c.SealJournal(next=made or of_nothing)


def to_pack(chance: Chance, sender: Post, to: str) -> tuple[str, ...]:
    """Choose papers that are at hand with the sender and bound for where the bag goes."""
    state = "at_office" if sender.role is Role.PRINT_OPERATOR else "at_district"
    at_hand = [
        chance.office.record(kind, row.id)
        for kind in ("copy", "original")
        for row in chance.office.storage.find(OFFICE, kind=kind, state=state, limit=200)[0]
    ]
    ready = [paper.key for paper in at_hand if is_bound(paper, sender, to)]
    if at_hand and chance.one_in(10):
        ready.append(chance.random.choice(at_hand).key)
    if chance.one_in(25):
        ready.append("2222222222-2/1")  # which nobody has ever applied for
    return tuple(dict.fromkeys(ready[: chance.random.randrange(1, 8)]))


def is_bound(paper: Any, sender: Post, to: str) -> bool:
    """Whether a paper is at hand with a sender and goes where the bag goes."""
    if paper.custodian != sender:
        return False
    if sender.role is Role.DISTRICT_OPERATOR:
        return paper.heading is Heading.HOME
    fetched = getattr(paper, "way", None) is DeliveryWay.COUNTER
    there = paper.region.full().startswith(to)
    return paper.heading is Heading.OUT and there and not fetched
