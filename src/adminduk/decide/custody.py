"""Originals of the applicant's: taken in, done without, filed, given back."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.decide.settling import back_by, let_go, stays
from adminduk.decide.world import paper_ref
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.records import Application, Fate, Heading, Original
from adminduk.records.changed import changed

__all__ = ["file", "give_back", "take_in", "waive"]


def take_in(docket: Docket, command: c.TakeIn) -> None:
    """Take an original in from the applicant.

    What stays with the office goes there; so does what is lent, to be compared. What nobody asked
    for, or asks for any more, is to be given back where it is.
    """
    ref = paper_ref(command.original)
    application = docket.application(ref[1].partition("/")[0])
    original = docket.find(ref)
    if original is None and command.unexpected:
        original = _unexpected(docket, application, ref[1])
    if not isinstance(original, Original):
        raise NotFound(kind=Original.KIND, id=ref[1])
    original = docket.move(original, "take_in", custodian=docket.post, taken_in=docket.begun)
    if original.surrendered and not stays(application, original):
        let_go(docket, application, original)
    elif not original.surrendered:
        docket.put(changed(original, due=back_by(docket, application)))


def _unexpected(docket: Docket, application: Application, key: str) -> Original:
    """Begin the life of an original that was left with the office, and belongs to the case now."""
    item = key.partition("/")[2]
    if item not in docket.rules.catalogue.papers:
        raise InvalidInput.at(
            "with.original",
            "unknown_paper",
            N_("No rule knows of such a paper."),
            ", ".join(docket.rules.catalogue.papers),
        )
    docket.put(changed(application, originals=(*application.originals, item)))
    return Original(
        id=key,
        application=application.id,
        region=application.region,
        state="new",
        begun=docket.begun,
        heading=Heading.OUT,
        irregular=True,
        item=item,
        due_before="",
        fate=Fate.RETURNED,
        post=docket.post,
    )


def waive(docket: Docket, command: c.Waive) -> None:
    """Do without an original that was expected."""
    docket.move(docket.original(command.original), "waive", note=command.reason)


def give_back(docket: Docket, command: c.GiveBack) -> None:
    """Let an original head for its owner that was to stay with the office."""
    original = docket.original(command.original)
    original = docket.move(original, "give_back", note=command.reason)
    let_go(docket, docket.application(original.application.full()), original)


def file(docket: Docket, command: c.File) -> None:
    """Put an original into the file of its case, where nobody answers for it by itself."""
    docket.move(docket.original(command.original), "file", custodian=None, due=None)
