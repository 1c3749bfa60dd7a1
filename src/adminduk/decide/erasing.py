"""Erasing the people of a case: only what is over, and every paper of which has its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.language import N_
from adminduk.lifecycle import table_of
from adminduk.records import Application, Copy, Erasure, Ground, Original, Paper, Role
from adminduk.records.changed import changed
from adminduk.records.settings import kept_until

__all__ = ["confirm_erasure", "erase"]


def erase(docket: Docket, command: c.Erase) -> None:
    """Take all that tells of people out of a case and its papers; what is sealed loses its key.

    The shell destroys the key once this is committed, never before.
    """
    application = docket.application(command.application.full())
    if application.state not in table_of(Application.KIND).ends:
        text = N_("{id} is {state}: only the people of a case that has ended are erased.")
        raise docket.refuse("not_ended", text, id=application.key, state=application.state)
    papers = [*_papers(docket, application)]
    if somewhere := [one.id for one in papers if _is_somewhere(one)]:
        text = N_("Papers of {id} are still with somebody: {missing}. First bring each to its end.")
        raise docket.refuse("papers_open", text, id=application.key, missing=somewhere)
    _check_ground(docket, command, application)
    erasure = Erasure(
        id=application.id,
        region=application.region,
        state="new",
        begun=docket.begun,
        ground=command.ground,
        reason=command.reason,
        by=docket.actor.id,
        approved_by=docket.besides.approver,
    )
    docket.add(erasure, "erase")
    # What was shown goes, too: scans that nothing names any more are collected.
    docket.put(changed(application, personal=None, evidence=(), keys=(), subjects=()))
    for paper in papers:
        linked = {"link": ""} if isinstance(paper, Copy) else {}
        docket.put(changed(paper, personal=None, **linked))


def confirm_erasure(docket: Docket, command: c.ConfirmErasure) -> None:
    """Write down that the key was destroyed."""
    erasure = docket.find((Erasure.KIND, command.application.full()))
    assert isinstance(erasure, Erasure), "that there is one was checked before"
    docket.move(erasure, "confirm_erasure")


def _papers(docket: Docket, application: Application) -> Iterator[Paper]:
    for number in range(1, application.copies + 1):
        yield docket.copy(f"{application.key}/{number}")
    yield from docket.originals(application)


_WITH_NOBODY = frozenset({"lost", "issued", "waived", "expected"})
"""States that are not the end of a paper, in which no post has it in hand."""


def _is_somewhere(paper: Copy | Original) -> bool:
    return paper.state not in table_of(paper.KIND).ends | _WITH_NOBODY


def _check_ground(docket: Docket, command: c.Erase, application: Application) -> None:
    """Check that what is erased because it was kept long enough was; time does nothing else."""
    if command.ground is not Ground.RETENTION:
        if docket.post.role is Role.SYSTEM:
            text = N_("By itself only that is erased which was kept as long as the office has set.")
            raise docket.refuse("not_due", text, id=application.key)
        return
    ended = max(command.ended or docket.begun, application.begun)
    until = kept_until(docket.settings.retention, application.services, ended)
    if until is None:
        text = N_(
            "The office has not set how long {missing} is kept: `change_settings`, retention."
        )
        raise docket.refuse("no_retention", text, missing=list(application.services))
    if until > docket.moment.recorded:
        text = N_("{id} is kept until {until}.")
        raise docket.refuse("not_due", text, id=application.key, until=_day(docket, until))


def _day(docket: Docket, moment: datetime) -> str:
    return docket.rules.local(moment).date().isoformat()
