"""Slips that go with a case: tanda terima for the applicant, kartu kendali with its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk.errors import NotAllowedNow
from adminduk.journal import Change
from adminduk.language import N_
from adminduk.office import Office
from adminduk.records import Application, Original, Post
from adminduk.slips.slip import Column, Paper, Section, Slip, Table
from adminduk.slips.wording import Wording

__all__ = ["control_card", "receipt"]

_ROOM: Final = 6
"""Rows of a control card that are empty, for what is done while there is no network."""


def receipt(office: Office, code: str) -> Slip:
    """Make the tanda terima that an applicant takes home.

    Raises:
        InvalidInput: That is no tracking code.
        NotFound: There is no case of that code here, or its people were erased.
        NotAllowedNow: It is a draft.
    """
    case, words = _case(office, code), Wording(office.language, office.catalogue)
    return Slip(
        paper=Paper.A5,
        office=words.office(office.region),
        title=words.say(N_("Receipt (tanda terima)")),
        code=case.key,
        scanned=case.key,
        facts=_facts(office, case, words),
        sections=(
            *_lists(office, case, words),
            Section(
                "",
                (words.say(N_("Everything is free. Ask for it by the code above.")),),
            ),
        ),
        signers=(words.say(N_("Applicant")), words.name(case.holder.role)),
        foot=case.key,
        language=words.language,
    )


def control_card(office: Office, code: str) -> Slip:
    """Make the kartu kendali that stays with the file: what was done, by whom, and room for more.

    Raises as `receipt`.
    """
    case, words = _case(office, code), Wording(office.language, office.catalogue)
    columns = (
        Column(head=words.say(N_("Done"))),
        Column(head=words.say(N_("When"))),
        Column(head=words.say(N_("By")), share=1),
        Column(head=words.say(N_("Initials")), share=1),
    )
    rows = [*_steps(office, case, words), *[("",) * len(columns)] * _ROOM]
    return Slip(
        office=words.office(office.region),
        title=words.say(N_("Control card (kartu kendali)")),
        code=case.key,
        scanned=case.key,
        facts=_facts(office, case, words),
        sections=(
            *_lists(office, case, words),
            Section(words.say(N_("Steps")), table=Table(columns, rows)),
        ),
        foot=case.key,
        language=words.language,
    )


def _case(office: Office, code: str) -> Application:
    record = office.record(Application.KIND, office.track(code).code)
    assert isinstance(record, Application)
    if record.rules is None:
        raise NotAllowedNow(command="slip", id=record.key, state=record.state, instead=["submit"])
    return record


def _facts(office: Office, case: Application, words: Wording) -> tuple[tuple[str, str], ...]:
    applicant = case.case.applicant
    came_in = next((one for one in office.journal(case.key) if one.do in _CAME_IN), None)
    facts = [
        (N_("Applicant"), str(applicant.name or "–")),
        (N_("NIK"), str(applicant.nik or "–")),
        (N_("Village"), words.place(case.region)),
        (N_("Received by"), words.post(case.holder)),
    ]
    if came_in is not None:
        facts.append((N_("Received on"), words.moment(office.local(came_in.at))))
    return tuple((words.say(name), value) for name, value in facts)


_CAME_IN: Final = frozenset({"submit", "adopt"})


def _lists(office: Office, case: Application, words: Wording) -> Iterator[Section]:
    """List what is applied for, what was shown, and what is still to be handed in."""
    assert case.rules is not None, "what came in keeps its rules"
    catalogue = office.catalogue
    originals = office.records((Original.KIND, f"{case.key}/{item}") for item in case.originals)
    due = [
        catalogue.papers[one.item].name
        for one in originals
        if isinstance(one, Original) and one.state == "expected"
    ]
    services = [catalogue.service(one, case.rules).name for one in case.services]
    shown = [catalogue.papers[one.item].name for one in case.evidence]
    for heading, names in (
        (N_("Applied for"), services),
        (N_("Shown"), shown),
        (N_("To be handed in, the original"), due),
    ):
        if names:
            items = tuple(one.in_language(words.language) for one in names)
            yield Section(words.say(heading), items=items)


def _steps(office: Office, case: Application, words: Wording) -> Iterator[tuple[str, ...]]:
    """Give what was done about a case and its papers, a row for each command."""
    told: set[str] = set()
    for change in office.journal(case.key):
        if change.command not in told:
            told.add(change.command)
            yield _step(office, change, words)


def _step(office: Office, change: Change, words: Wording) -> tuple[str, ...]:
    role, _, region = change.post.partition("@")
    post = words.post(Post(role, region))
    when = words.moment(office.local(change.at))
    return words.name(change.do), when, f"{change.by} ({post})", ""
