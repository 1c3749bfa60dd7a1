"""What families apply for, and where: the wishes of a day, each a case that can be submitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from adminduk import regions
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.records import Actor, DeliveryWay, Person, Relation, Role
from adminduk.testing.day.dealing import deal, drawn
from adminduk.testing.day.households import Family, Households
from adminduk.testing.day.scene import Case, Scene
from adminduk.values import RegionCode

__all__ = ["Wish", "case_of", "villages", "wishes"]

Facts = dict[str, bool | int | str]

_CARDS: Final = {"ktp-baru": 65, "ktp-hilang": 25, "ktp-rusak": 10}
_FAMILY_CARDS: Final = {"kk-ubah-data": 50, "kk-tambah-anak": 30, "kk-hilang": 20}
_OF_TEN: Final = 6
"""So many of ten applications are for a KTP, the others for a KK."""

_DOORS: Final = {Role.VILLAGE_OPERATOR: 74, Role.DISTRICT_OPERATOR: 11, Role.FRONT_DESK: 15}
_DRAFTED: Final = {"": 94, "operator": 4, "applicant": 2}
_FATES: Final = {"good": 85, "answered": 8, "unanswered": 2, "rejected": 2, "withdrawn": 3}
_WAYS: Final = {DeliveryWay.COURIER: 88, DeliveryWay.COUNTER: 12}
_KK_WAYS: Final = {DeliveryWay.COURIER: 84, DeliveryWay.COUNTER: 10, DeliveryWay.DIGITAL: 6}
_CHANNELS: Final = {
    Role.VILLAGE_OPERATOR: "village",
    Role.DISTRICT_OPERATOR: "district",
    Role.FRONT_DESK: "counter",
}

_USUAL: Final = {
    "ever_married": False,
    "joins_under_17": False,
    "foreign_resident": False,
    "child_has_nik": False,
    "child_has_akta": True,
}
"""Of questions that the people of a case do not answer themselves, the usual answers."""
_UNUSUAL: Final = 12
"""Once in so many times it is the other answer."""
_PER_VILLAGE: Final = 8


@frozen
class Wish:
    """What becomes of an application, dealt out before the day begins.

    Attributes:
        service: What is applied for.
        door: Where.
        drafted: Who drafts it first: `operator`, `applicant`, or nobody.
        fate: What the registry makes of it.
        way: How the document reaches the applicant.
    """

    service: str
    door: Role
    drafted: str
    fate: str
    way: DeliveryWay


def wishes(scene: Scene, number: int) -> list[Wish]:
    """Deal out what is applied for: of ten applications six for a KTP and four for a KK."""
    cards = (number * _OF_TEN + 5) // 10
    return [
        *_dealt(scene, cards, _CARDS, _WAYS),
        *_dealt(scene, number - cards, _FAMILY_CARDS, _KK_WAYS),
    ]


def _dealt(
    scene: Scene, number: int, services: Mapping[str, int], ways: Mapping[DeliveryWay, int]
) -> Iterator[Wish]:
    chance = scene.chance
    columns = zip(
        deal(chance, number, services),
        deal(chance, number, _DOORS),
        deal(chance, number, _DRAFTED),
        deal(chance, number, _FATES),
        deal(chance, number, ways),
        strict=True,
    )
    return (Wish(*column) for column in columns)


def villages(scene: Scene, applications: int) -> list[RegionCode]:
    """Choose the villages in which people apply: the more applications, the more of them."""
    every = [
        village.code
        for district in regions.children(scene.office)
        for village in regions.children(district.code)
    ]
    wanted = max(3, applications // _PER_VILLAGE)
    return sorted(scene.chance.sample(every, min(wanted, len(every))))


def case_of(scene: Scene, wish: Wish, village: RegionCode, households: Households) -> Case:
    """Let a family ask for something at a door."""
    family = households.family(village)
    relation = Relation.SELF
    if wish.service != "ktp-baru":
        relation = drawn(scene.chance, {Relation.SELF: 80, Relation.FAMILY: 14, Relation.OTHER: 6})
    people = _people(scene, wish.service, family)
    facts: Facts = {"applicant_relation": relation.value}
    for name, usual in _USUAL.items():
        facts[name] = usual if scene.chance.randrange(_UNUSUAL) else not usual
    door = _door(scene, wish.door, village)
    said, todo = _answered(scene, (wish.service,), people, facts, _CHANNELS[door.role])
    (product,) = scene.catalogue.service(wish.service, todo.on).products
    return Case(
        code=scene.code(),
        family=family,
        service=wish.service,
        product=product,
        door=door,
        applicant=_applicant(people, relation, family, households),
        people=people,
        facts=said,
        todo=todo,
        hands={door.id},
    )


def _door(scene: Scene, role: Role, village: RegionCode) -> Actor:
    if role is Role.VILLAGE_OPERATOR:
        return scene.staff.of_village(village)
    if role is Role.DISTRICT_OPERATOR:
        return scene.staff.of_district(village)
    return scene.one_of(scene.staff.counter)


def _people(scene: Scene, service: str, family: Family) -> dict[str, Person]:
    if service == "ktp-baru":
        return {"holder": family.youth}
    if service in {"ktp-hilang", "ktp-rusak"}:
        return {"holder": scene.chance.choice((family.head, family.spouse))}
    if service == "kk-tambah-anak":
        return {"head": family.head, "child": family.baby}
    return {"head": family.head}


def _applicant(
    people: dict[str, Person], relation: Relation, family: Family, households: Households
) -> Person:
    """Give who applies: mostly whom it is about."""
    if relation is Relation.OTHER:
        return households.family(family.village).head
    concerned = people.get("holder", family.head)
    if relation is Relation.SELF:
        return concerned
    return family.spouse if concerned is family.head else family.head


def _answered(
    scene: Scene, services: tuple[str, ...], people: dict[str, Person], usual: Facts, channel: str
) -> tuple[Facts, Checklist]:
    """Answer the questions of a case until its list is final; give the answers and the list."""
    said: dict[str, Any] = {}
    while True:
        facts = settle_facts(scene.catalogue, said, people, scene.first)
        todo = checklist(scene.catalogue, services, facts, scene.first, channel)
        if not todo.questions:
            return said, todo
        question = todo.questions[0]
        said[question.id] = usual[question.id]
