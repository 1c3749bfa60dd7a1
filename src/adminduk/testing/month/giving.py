"""Where documents are given out: villages, districts and the counter, and their way there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import define

from adminduk import commands as c
from adminduk import regions
from adminduk.errors import Refused
from adminduk.office import Task
from adminduk.records import Actor, Copy, Paper, Role
from adminduk.testing.month.doors import Doors
from adminduk.testing.month.ground import Ground
from adminduk.testing.month.registry import paper_of
from adminduk.values import RegionCode

__all__ = ["Giving"]

_GOES: Final = 0.45
"""On so many days a village operator with something to do there goes to the district."""


@define
class Giving:
    """The operators of villages and districts, and the counter.

    Attributes:
        ground: Where it happens.
        doors: Where what was returned is answered.
    """

    ground: Ground
    doors: Doors

    def somebody_finds(self) -> None:
        """What fell somewhere, or was mislaid, is found by who has it there."""
        ground = self.ground
        due = [one for one in ground.finds if one[0] <= ground.today]
        ground.finds = [one for one in ground.finds if one[0] > ground.today]
        for _, by, item in due:
            if paper_of(ground, item).state in {"missing", "lost"}:
                ground.do(by, c.Found, item=item)
                ground.met["found"] += 1
            elif paper_of(ground, item).state == "bagged":  # nobody has missed it yet
                ground.finds.append((ground.days_on(1, 1), by, item))

    def villages_work(self) -> None:
        """Each village operator who is not ill does what the inbox says."""
        for district in regions.children(self.ground.scene.office):
            for village in regions.children(district.code):
                if village.code.full() not in self.ground.ill:
                    self._village_works(village.code)

    def _village_works(self, village: RegionCode) -> None:
        ground = self.ground
        by = ground.scene.staff.of_village(village)
        tasks = ground.tasks(by)
        if not tasks:
            return
        self.doors.operators_answer(by, tasks)
        self._confirm(by, tasks)
        self._give_out(by)
        to_do = [one for one in tasks if one.next in {"collect", "hand_in"}]
        if to_do and ground.chance(_GOES):
            self._go_to_the_district(by, to_do)

    def _confirm(self, by: Actor, tasks: Iterable[Task]) -> None:
        for task in tasks:
            if task.next == "confirm" and self.ground.visit(task.id, 0, 0, 4):
                self.ground.do(by, c.Confirm, copy=task.id)

    def _go_to_the_district(self, by: Actor, tasks: Iterable[Task]) -> None:
        """Hand in what goes home, and collect what has come; the rest is fetched there."""
        ground = self.ground
        clerk = ground.scene.staff.of_district(by.region)
        for task in tasks:
            case = ground.cases[task.id.partition("/")[0]]
            if task.next == "hand_in":
                if paper_of(ground, task.id).state == "at_village":  # or it was given out
                    ground.do(clerk, c.HandIn, item=task.id)
            elif case.door.role is not Role.DISTRICT_OPERATOR:
                originals = case.scanned if task.kind == Copy.KIND else ()
                ground.do(by, c.Collect, item=task.id, originals=originals)

    def districts_work(self) -> None:
        """Each district operator answers, and gives out what was applied for there."""
        for district in regions.children(self.ground.scene.office):
            by = self.ground.scene.staff.of_district(district.code)
            self.doors.operators_answer(by, self.ground.tasks(by))
            self._give_out(by)

    def counter_works(self) -> None:
        """The counter lays out what is to be fetched there, and gives it out."""
        ground = self.ground
        by = ground.one_of(ground.scene.staff.counter)
        tasks = ground.tasks(by)
        self.doors.operators_answer(by, tasks)
        self._give_out(by)
        for task in tasks:
            if task.next == "to_counter":
                ground.do(by, c.ToCounter, item=task.id)
            elif task.next == "turn_home" and paper_of(ground, task.id).state == "at_counter":
                ground.do(by, c.TurnHome, item=task.id)

    def _give_out(self, by: Actor) -> None:
        """Give out what somebody comes for, of all that lies there to be given out."""
        for paper in self.ground.office.to_hand_over(by):
            case = self.ground.cases[paper.application.full()]
            if by.role is Role.DISTRICT_OPERATOR and case.door != by:
                continue
            never = self.ground.rates.unclaimed if isinstance(paper, Copy) else 0
            if self.ground.visit(paper.id, never, 0, 6):
                self._give(by, paper)

    def _give(self, by: Actor, paper: Paper) -> None:
        ground = self.ground
        if ground.chance(ground.rates.mislaid, "mislaid"):
            ground.do(by, c.ReportMissing, item=paper.id, reason="tidak ada di lemari")
            if ground.chance(ground.rates.turns_up):
                ground.finds.append((ground.days_on(1, 9), by, paper.id))
            return
        case = ground.cases[paper.application.full()]
        to = ground.scene.collector(case)
        command = c.HandOver(item=paper.id, to=to)
        try:
            ground.office.do(command, by=by)
        except Refused as refused:
            if refused.code != "originals_due":
                raise
            if ground.chance(ground.rates.forgets_originals, "came without originals"):
                ground.visits[paper.id] = ground.days_on(1, 4)
                return
            for item in refused.facts["missing"]:
                ground.do(by, c.TakeIn, original=case.paper(item))
            ground.do(by, c.HandOver, item=paper.id, to=to)
        if isinstance(paper, Copy):
            ground.met["handed over"] += 1
        else:
            ground.met["originals given back"] += 1
