"""At the doors: families apply in villages, districts and at the counter, and answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from attrs import define, evolve, field

from adminduk import commands as c
from adminduk import regions
from adminduk.catalogue import Way
from adminduk.office import Task
from adminduk.records import Act, Actor, Application, Channel, DeliveryWay, Letter, Role, Shown
from adminduk.testing.day.asking import Wish, case_of, wishes
from adminduk.testing.day.households import Households
from adminduk.testing.day.scene import Case
from adminduk.testing.month.ground import Ground
from adminduk.values import RegionCode

__all__ = ["Doors"]

_LEFT: Final = "buku-nikah"
"""The paper that a family leaves though nobody asked for it."""
_POWER: Final = "f-1-07"
"""The item under which a power of attorney is kept with a case."""
_DEALT: Final = 100
_WAITED_FOR: Final = timedelta(days=14)
"""So long a person may take to come for the biometrics."""


@define
class Doors:
    """Where people apply, and answer what is asked of them.

    Attributes:
        ground: Where it happens.
        households: Who lives where.
    """

    ground: Ground
    households: Households
    _drafted: dict[date, list[tuple[Case, dict[str, Shown], DeliveryWay]]] = field(
        factory=lambda: defaultdict(list), init=False
    )
    _villages: list[RegionCode] = field(factory=list, init=False)
    _wishes: list[Wish] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._villages = [
            village.code
            for district in regions.children(self.ground.scene.office)
            for village in regions.children(district.code)
        ]

    @property
    def _counter_is_closed(self) -> bool:
        return any(
            Act.SUBMIT in one.acts and Channel.COUNTER in one.channels
            for one in self.ground.office.notices()
            if one.since <= self.ground.today
        )

    def people_apply(self, number: int) -> None:
        """So many families apply today, besides those whose draft is complete."""
        scene = self.ground.scene
        scene.first = self.ground.today
        for case, evidence, way in self._drafted.pop(self.ground.today, []):
            if self.ground.record(Application, case.code).state != "draft":
                self.ground.met["drafts that waited too long"] += 1
            elif self._is_shut(case.door):
                self._drafted[self.ground.days_on(1, 1)].append((case, evidence, way))
            else:
                self._submit(case, {"application": case.code}, evidence, way)
        closed = self._counter_is_closed
        for wish in self._next_wishes(number):
            village = scene.chance.choice(self._villages)
            self._apply(self._at_an_open_door(wish, village, closed=closed), village)

    def _next_wishes(self, number: int) -> list[Wish]:
        """Give what is wished for next; it is dealt out for many at once, so that rare is rare."""
        while len(self._wishes) < number:
            self._wishes += wishes(self.ground.scene, max(number, _DEALT))
            self.ground.scene.chance.shuffle(self._wishes)
        dealt, self._wishes = self._wishes[:number], self._wishes[number:]
        return dealt

    def _at_an_open_door(self, wish: Wish, village: RegionCode, *, closed: bool) -> Wish:
        """Who finds a door closed goes to the one that is open."""
        door = wish.door
        if door is Role.FRONT_DESK and closed:
            door = Role.VILLAGE_OPERATOR
        if door is Role.VILLAGE_OPERATOR and village.full() in self.ground.ill:
            door = Role.DISTRICT_OPERATOR
        return evolve(wish, door=door)

    def _apply(self, wish: Wish, village: RegionCode) -> None:
        ground, scene = self.ground, self.ground.scene
        case = case_of(scene, wish, village, self.households)
        ground.cases[case.code], ground.wishes[case.code] = case, wish.fate
        ground.met["applications"] += 1
        says: dict[str, Any] = {
            "application": case.code,
            "region": case.village,
            "services": (case.service,),
            "applicant": case.applicant,
            "people": case.people,
        }
        evidence = {one.id: scene.show(*one.ways) for one in case.todo.needed}
        if not wish.drafted:
            self._submit(case, says, evidence, wish.way)
            return
        drafter = case.door
        if wish.drafted == "applicant":
            drafter = scene.staff.applicant(case.village, case.family.number)
            case.hands.add(drafter.id)
        ground.do(drafter, c.Draft, **says)
        ground.met["drafts"] += 1
        if not ground.chance(0.2, "drafts given up"):
            self._drafted[ground.days_on(1, 2)].append((case, evidence, wish.way))

    def _submit(
        self, case: Case, says: dict[str, Any], evidence: dict[str, Shown], way: DeliveryWay
    ) -> None:
        ground, scene = self.ground, self.ground.scene
        case.shown |= evidence
        door = case.door
        ground.do(door, c.Submit, **says, facts=case.facts, evidence=evidence)
        if door.role is not Role.FRONT_DESK and way is not DeliveryWay.COURIER:
            letter = None
            if way is DeliveryWay.COUNTER:
                number = scene.chance.randrange(1, 400)
                letter = Letter(f"470/{number}/{case.village.full()}", ground.today)
                ground.met["counter letters"] += 1
            fields = {"product": case.product, "way": way, "letter": letter}
            ground.do(door, c.ChooseDelivery, application=case.code, **fields)
        if ground.chance(ground.rates.left_something, "left with the office"):
            ground.do(door, c.TakeIn, original=case.paper(_LEFT), unexpected=True)
        if ground.wishes[case.code] == "withdrawn":
            power = case.shown[_POWER] = scene.show(Way.SCAN)
            reason = "salah layanan"
            ground.do(door, c.Withdraw, application=case.code, reason=reason, authorisation=power)

    def _is_shut(self, door: Actor) -> bool:
        at_counter = door.role is Role.FRONT_DESK and self._counter_is_closed
        return at_counter or door.region.full() in self.ground.ill

    def people_come_for_acts(self) -> None:
        """Whom a case waits for comes to the counter or the district; the rest is refused."""
        ground = self.ground
        desk = ground.one_of(ground.scene.staff.counter)
        for task in ground.tasks(desk):
            if task.next == "attend":
                self._attend(desk, ground.cases[task.id])

    def _attend(self, desk: Actor, case: Case) -> None:
        ground = self.ground
        if not ground.visit(f"{case.code} attends", ground.rates.stays_away, 0, 3):
            begun = ground.visits.setdefault(f"{case.code} waits", ground.today)
            assert begun is not None
            if ground.today - begun > _WAITED_FOR:
                head = ground.scene.one_of(ground.scene.staff.heads)
                registrar = ground.one_of(ground.scene.staff.registrars)
                ground.do(
                    registrar,
                    c.Reject,
                    application=case.code,
                    ground="pemohon tidak datang",
                    approved_by=head,
                )
            return
        at_counter = case.door.role is Role.FRONT_DESK and not self._counter_is_closed
        by = desk if at_counter else ground.scene.staff.of_district(case.village)
        for act in case.todo.attend:
            ground.do(by, c.Attend, application=case.code, act=act.id)

    def operators_answer(self, by: Actor, tasks: Iterable[Task]) -> None:
        """What was returned is shown anew; some never do it, and it ends by itself."""
        ground = self.ground
        for task in tasks:
            if task.next != "answer" or ground.wishes[task.id] == "unanswered":
                continue
            if not ground.visit(f"{task.id} answers", 0, 0, 4):
                continue
            case = ground.cases[task.id]
            ways = {one.id: one.ways for one in case.todo.needed}
            faults = ground.record(Application, task.id).case.faults
            evidence = {one: ground.scene.show(*ways[one]) for one in faults}
            case.shown |= evidence
            ground.do(by, c.Answer, application=task.id, evidence=evidence)
