"""Sealing the journal: each seal goes on where the one before it ended, and names it."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.language import N_
from adminduk.records import JournalSeal

__all__ = ["seal_journal"]


def seal_journal(docket: Docket, command: c.SealJournal) -> None:
    """Put the next seal in the place of the newest."""
    stored = docket.find((JournalSeal.KIND, command.of))
    assert stored is None or isinstance(stored, JournalSeal)
    seal, before = command.next, None if stored is None else stored.newest
    goes_on = (1, 1, "") if before is None else (before.number + 1, before.last + 1, before.digest)
    if (
        (seal.number, seal.first, seal.before) != goes_on
        or seal.last < seal.first
        or seal.office != docket.rules.office
        or seal.at > docket.moment.recorded
    ):
        raise docket.refuse(
            "other_seal",
            N_(
                "The next seal is number {number} and begins at entry {first};"
                " `adminduk seals make` works it out."
            ),
            number=goes_on[0],
            first=goes_on[1],
            before=goes_on[2],
        )
    newest = stored or JournalSeal(
        region=docket.rules.office, state="new", begun=docket.begun, newest=seal
    )
    docket.move(newest, command.NAME, newest=seal)
