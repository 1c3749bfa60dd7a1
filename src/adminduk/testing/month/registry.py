"""The registry: cases are read, judged and replaced; what is missing is settled; the head looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import define

from adminduk import commands as c
from adminduk.office import Task
from adminduk.records import (
    Act,
    Actor,
    Application,
    Bag,
    Channel,
    Difference,
    DifferenceOutcome,
    LastCopy,
    Paper,
    ProductOutcome,
)
from adminduk.testing.month.ground import Ground

__all__ = ["Registry"]

_A_DAY_EACH: Final = 0.3
"""Of the cases of a day so many can be read at one desk."""
_SIGNATURE: Final = "Kepala Dinas"
_LOOKED_FOR: Final = timedelta(days=7)
"""So long what is missing is looked for."""
_GIVEN_UP: Final = timedelta(days=6)
"""So long after it left a bag is waited for."""


@define
class Registry:
    """The desks that judge, and the head of office.

    Attributes:
        ground: Where it happens.
        a_day: How many cases come in on a day.
    """

    ground: Ground
    a_day: int

    def read_cases(self) -> None:
        """Everybody at work takes cases as the office gives them, as many as they can read."""
        ground = self.ground
        for by in ground.at_work(ground.scene.staff.registrars):
            for _ in range(round(self.a_day * _A_DAY_EACH) + 2):
                taken = ground.office.take_next(by)
                if taken is None:
                    break
                self._judge(by, taken.records[0].id)

    def _judge(self, by: Actor, code: str) -> None:
        ground = self.ground
        record = ground.record(Application, code)
        verdicts = {one.item: one.verdict for one in record.evidence}
        items = [one.id for one in ground.cases[code].todo.needed]
        fate = ground.wishes[code]
        if fate == "rejected":
            head = ground.scene.one_of(ground.scene.staff.heads)
            why = "bukan penduduk kabupaten ini"
            ground.do(by, c.Reject, application=code, ground=why, approved_by=head)
        elif fate in {"answered", "unanswered"} and items:
            if fate == "answered":
                ground.wishes[code] = "good"
            faults = ground.scene.chance.sample(items, ground.scene.chance.randint(1, len(items)))
            accepted = tuple(one for one in items if one not in faults)
            why_not = dict.fromkeys(faults, "tidak terbaca")
            ground.do(by, c.Return, application=code, faults=why_not, accepted=accepted)
            ground.met["returned"] += 1
        else:
            open_ = [one for one in items if (found := verdicts[one]) is None or not found.accepted]
            ground.do(by, c.Verify, application=code, accepted=tuple(open_))

    def work_off(self) -> None:
        """Do what else the inbox says: issue, replace, and settle what bags brought."""
        ground = self.ground
        by = ground.at_work(ground.scene.staff.registrars)[0]
        for task in ground.tasks(by):
            if task.next == "issue":
                link = f"https://example.invalid/{task.id}"
                ground.do(by, c.Issue, copy=task.id, signature=_SIGNATURE, link=link)
            elif task.next == "replace":
                self._replace(by, task)
            elif task.next == "resolve":
                self._resolve(by, task.id)

    def _replace(self, by: Actor, task: Task) -> None:
        ground = self.ground
        head = ground.scene.one_of(ground.scene.staff.heads)
        for line in ground.record(Application, task.id).lines:
            ended = line.outcome is not ProductOutcome.OPEN
            if not ended and line.last in {LastCopy.DEAD, LastCopy.GONE}:
                fields = {"product": line.product, "reason": "rusak atau hilang"}
                ground.do(by, c.Replace, application=task.id, **fields, approved_by=head)
                ground.met["replaced"] += 1

    def _resolve(self, by: Actor, name: str) -> None:
        """Say of each difference of a bag what is true of it by now, where something is."""
        for difference in self.ground.record(Bag, name).open_differences:
            bag = self.ground.record(Bag, name)
            if difference in bag.open_differences:  # one outcome may settle several
                self._settle(by, bag, difference)

    def _settle(self, by: Actor, bag: Bag, difference: Difference) -> None:
        ground = self.ground
        paper = paper_of(ground, difference.item)
        outcome = None
        if difference.kind.value == "missing":
            if paper.state == "missing":
                self._stop_looking(by, paper)
                paper = paper_of(ground, difference.item)
            if paper.state == "lost":
                outcome = DifferenceOutcome.LOST
            elif paper.state != "missing":
                outcome = DifferenceOutcome.FOUND
        elif difference.kind.value == "damaged":
            outcome = DifferenceOutcome.NOTED
        elif paper.custodian != bag.receiver:
            outcome = DifferenceOutcome.SENT_ON
        if outcome is not None:
            fields = {"item": paper.id, "outcome": outcome, "owner": difference.answerable}
            ground.do(by, c.Resolve, bag=bag.id, **fields)
            ground.met[f"settled: {outcome}"] += 1

    def _stop_looking(self, by: Actor, paper: Paper) -> None:
        """Declare lost what is missing too long."""
        ground = self.ground
        assert paper.missed is not None
        if ground.clock.now - paper.missed < _LOOKED_FOR or by.id == paper.reported_by:
            return
        head = next(one for one in ground.scene.staff.heads if one.id != paper.reported_by)
        ground.do(by, c.DeclareLost, item=paper.id, reason="tidak ditemukan", approved_by=head)
        ground.met["lost"] += 1

    def head_looks(self) -> None:
        """The head goes through what posts owe: writes bags off, and lets nothing be looked for."""
        ground = self.ground
        by = ground.at_work(ground.scene.staff.registrars)[0]
        head = ground.scene.staff.heads[0]
        for owed in ground.office.owed():
            for gone in owed.gone:
                if gone.state == "missing":
                    self._stop_looking(by, paper_of(ground, gone.id))
            for held in owed.bags:
                waited = held.since is not None and ground.clock.now - held.since > _GIVEN_UP
                if held.late and waited and held.state in {"departed", "astray"}:
                    reason = "tidak datang"
                    ground.do(by, c.WriteOff, bag=held.id, reason=reason, approved_by=head)
                    ground.met["bags written off"] += 1

    def close_the_counter(self) -> None:
        """Announce that hardly anybody is at work: the counter takes nothing in."""
        ground, days = self.ground, self.ground.sickness
        ground.do(
            ground.scene.staff.heads[0],
            c.Announce,
            notice="N-2021-07",
            acts=(Act.SUBMIT, Act.ATTEND),
            channels=(Channel.COUNTER,),
            since=days.first,
            until=days.last,
            reason="petugas sakit",
        )


def paper_of(ground: Ground, item: str) -> Paper:
    """Give a paper as it is now."""
    found = ground.office.record("copy" if item.rpartition("/")[2].isdigit() else "original", item)
    assert isinstance(found, Paper)
    return found
