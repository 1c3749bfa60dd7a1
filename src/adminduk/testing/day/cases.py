"""The life of an application, from the door to the document."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from attrs import define

from adminduk import commands as c
from adminduk.catalogue import Way
from adminduk.records import DeliveryWay, Letter, Role, Shown
from adminduk.testing.day.agenda import Process, Steps
from adminduk.testing.day.asking import Wish
from adminduk.testing.day.giving import Giving
from adminduk.testing.day.making import print_copy, send_digitally
from adminduk.testing.day.road import Road
from adminduk.testing.day.scene import Case, Parcel, Scene

__all__ = ["Cases"]

_FAULTS: Final = ("tidak terbaca", "tanda tangan belum ada", "halaman kedua kurang")


@define
class Cases:
    """How applications go through an office.

    Attributes:
        scene: Where it happens.
        road: How documents reach the districts.
        giving: How they reach who applied.
    """

    scene: Scene
    road: Road
    giving: Giving

    def live(self, case: Case, wish: Wish, arrival: datetime) -> Process:
        """Let an application be submitted, judged, and what it asks for be made and delivered."""
        yield arrival
        yield from self._submitted(case, wish)
        if wish.fate == "withdrawn":
            yield from self._withdrawn(case)
            return
        way = yield from self._chosen(case, wish)
        came = yield from self._attended(case)
        if not came:
            return
        verified = yield from self._judged(case, wish.fate)
        if not verified:
            return
        if way is DeliveryWay.DIGITAL:
            yield from send_digitally(self.scene, case)
            return
        yield from print_copy(self.scene, case)
        parcel = Parcel(case, case.paper(case.copies))
        if way is DeliveryWay.COUNTER:
            yield from self.giving.at_counter(parcel)
        else:
            self.road.send(parcel)

    def _submitted(self, case: Case, wish: Wish) -> Process:
        scene = self.scene
        says: dict[str, Any] = {
            "application": case.code,
            "region": case.village,
            "services": (case.service,),
            "applicant": case.applicant,
            "people": case.people,
        }
        drafter = case.door
        if wish.drafted == "applicant":
            drafter = scene.staff.applicant(case.village, case.family.number)
            case.hands.add(drafter.id)
        if wish.drafted:
            scene.give(drafter, c.Draft, **says)
            yield scene.later(15, 90)
            says = {"application": case.code}
        evidence = {one.id: scene.show(*one.ways) for one in case.todo.needed}
        case.shown |= evidence
        for one in case.todo.needed:
            if one.surrender is not None:
                handed_in = evidence[one.id].way is Way.HANDED_IN
                (case.taken if handed_in else case.expected).append(one.id)
        scene.give(case.door, c.Submit, **says, facts=case.facts, evidence=evidence)

    def _withdrawn(self, case: Case) -> Process:
        scene = self.scene
        yield scene.later(2, 20)
        power = scene.show(Way.SCAN)
        scene.give(
            case.door,
            c.Withdraw,
            application=case.code,
            reason="salah layanan",
            authorisation=power,
        )
        yield from self.giving.give_back(case)

    def _chosen(self, case: Case, wish: Wish) -> Steps[DeliveryWay]:
        """Choose how the document comes, where it does not come the usual way of its door."""
        scene = self.scene
        at_counter = case.door.role is Role.FRONT_DESK
        if at_counter and wish.way is not DeliveryWay.DIGITAL:
            return DeliveryWay.COUNTER
        if wish.way is not DeliveryWay.COURIER:
            letter = None
            if wish.way is DeliveryWay.COUNTER:
                number = scene.chance.randrange(1, 400)
                letter = Letter(f"470/{number}/{case.village.full()}", scene.now.date())
            fields = {"product": case.product, "way": wish.way, "letter": letter}
            yield scene.later(1, 5)
            scene.give(case.door, c.ChooseDelivery, application=case.code, **fields)
        return wish.way

    def _attended(self, case: Case) -> Steps[bool]:
        """Let the person come for what needs them; a few never do."""
        scene = self.scene
        for act in case.todo.attend:
            if case.door.role is Role.VILLAGE_OPERATOR:
                yield scene.in_days(1, 3) if scene.chance.random() < 0.5 else scene.later(30, 240)  # noqa: PLR2004 - half of them go at once
                if scene.chance.random() < 0.03:  # noqa: PLR2004 - a few
                    return False
            else:
                yield scene.later(3, 30)
            at_counter = case.door.role is Role.FRONT_DESK
            desk = case.door if at_counter else scene.staff.of_district(case.village)
            scene.give(desk, c.Attend, application=case.code, act=act.id)
        return True

    def _judged(self, case: Case, fate: str) -> Steps[bool]:
        """Let the registry look at everything; say whether it is complete and right."""
        scene = self.scene
        code = case.code
        items = [one.id for one in case.todo.needed]
        registrar, done = scene.verifying.take(
            scene.now, scene.chance.randrange(45, 150), but=case.hands
        )
        yield done
        if fate == "rejected":
            ground = "bukan penduduk kabupaten ini"
            head = scene.one_of(scene.staff.heads)
            scene.give(registrar, c.Reject, application=code, ground=ground, approved_by=head)
            yield from self.giving.give_back(case)
            return False
        accepted = items
        if fate in {"answered", "unanswered"}:
            accepted = scene.chance.sample(items, scene.chance.randrange(1, min(3, len(items) + 1)))
            good = tuple(one for one in items if one not in accepted)
            faults = {one: scene.chance.choice(_FAULTS) for one in accepted}
            scene.give(registrar, c.Return, application=code, faults=faults, accepted=good)
            if fate == "unanswered":
                return False
            yield scene.later(60, 900)
            scene.give(case.door, c.Answer, application=code, evidence=self._anew(case, accepted))
            registrar, done = scene.verifying.take(scene.now, 60, but=case.hands)
            yield done
        scene.give(registrar, c.Verify, application=code, accepted=tuple(accepted))
        for item in case.taken:
            self.giving.bring_home(case, item, case.door)
        return True

    def _anew(self, case: Case, items: list[str]) -> dict[str, Shown]:
        """Show items anew; what is handed in now is no longer expected."""
        ways = {one.id: one.ways for one in case.todo.needed}
        anew = {item: self.scene.show(*ways[item]) for item in items}
        case.shown |= anew
        for item, shown in anew.items():
            if shown.way is Way.HANDED_IN and item in case.expected:
                case.expected.remove(item)
                case.taken.append(item)
        return anew
