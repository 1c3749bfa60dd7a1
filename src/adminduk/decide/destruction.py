"""Destruction: many void papers in one act of the office, with minutes (berita acara)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk import commands as c
from adminduk.decide.blanks import destroy_blanks
from adminduk.decide.docket import Docket
from adminduk.decide.guards import holds
from adminduk.errors import Refused
from adminduk.language import LANGUAGES, N_, translate
from adminduk.names import in_words
from adminduk.records import Fate, Minutes, Original, Paper

__all__ = ["destroy"]


def destroy(docket: Docket, command: c.Destroy) -> None:
    """Destroy papers and sign the minutes; the office itself does it, and only what is void."""
    papers = [docket.paper(item) for item in command.papers]
    minutes = Minutes(
        id=command.minutes,
        region=docket.rules.office,
        state="new",
        begun=docket.begun,
        papers=tuple(paper.id for paper in papers),
        blanks=command.blanks,
        place=command.place,
        witnesses=command.witnesses,
        reason=command.reason,
        by=docket.actor.id,
        approved_by=docket.besides.approver,
    )
    docket.add(minutes, "destroy")
    not_void = [paper for paper in papers if paper.state != "void"]
    if not_void:
        raise _refusal(docket, not_void)
    for place, row in enumerate(command.blanks):
        destroy_blanks(docket, row, minutes.id, f"with.blanks[{place}]")
    for paper in papers:
        docket.move(paper, "destroy", custodian=None, minutes=minutes.id)


_USUAL: Final = {
    "at_district": "plan",
    "at_village": "hand_in",
    "at_counter": "turn_home",
    "bagged": "count",
    "missing": "found",
    "lost": "found",
}
"""What brings a paper nearer to the store, by where it is."""
_BY_FATE: Final = {Fate.DESTROYED: "void", Fate.KEPT: "file", Fate.RETURNED: "turn_out"}
"""What is done with an original in the store."""


def _refusal(docket: Docket, papers: list[Paper]) -> Refused:
    """Name each paper that is not void, and what is to be done with it first."""
    first = {paper.id: _first(docket, paper) for paper in papers}
    return docket.refuse(
        "not_void",
        N_("Only what is void is destroyed. Not void: {named}."),
        missing=[paper.id for paper in papers],
        first=first,
        named={language: list(_named(papers, first, language)) for language in LANGUAGES},
        instead=list(dict.fromkeys(filter(None, first.values()))),
    )


def _first(docket: Docket, paper: Paper) -> str:
    """Say what is to be done with a paper first; empty where nothing is left to be done."""
    if paper.state == "at_office" and isinstance(paper, Original):
        return _BY_FATE[paper.fate]
    if paper.state == "at_office":
        return "void" if holds("may_be_void", docket, paper) else "condemn"
    return _USUAL.get(paper.state, "")


def _named(papers: list[Paper], first: dict[str, str], language: str) -> Iterator[str]:
    for paper in papers:
        text = N_("{id} ({state}; first: {command})") if first[paper.id] else N_("{id} ({state})")
        yield translate(text, language).format(
            id=paper.id,
            state=in_words(paper.state, language),
            command=in_words(first[paper.id], language),
        )
