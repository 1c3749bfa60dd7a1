"""Slips that go with papers on the road: ekspedisi keluar, ekspedisi penyerahan, Buku Ekspedisi."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from adminduk.decide import paper_ref
from adminduk.language import N_
from adminduk.office import Office
from adminduk.records import Actor, Application, Copy, Original, Role
from adminduk.records import Paper as Document
from adminduk.records.manifest import check_code
from adminduk.records.post import Post
from adminduk.slips.slip import Align, Column, Paper, Section, Slip, Table
from adminduk.slips.wording import Wording
from adminduk.values import RegionCode

__all__ = ["dispatch", "dispatch_book", "handover"]


def dispatch(office: Office, bag: str) -> Slip:
    """Make the ekspedisi keluar of a bag: what leaves, counted by village, to be ticked there.

    Raises:
        NotFound: There is no such bag.
    """
    words = Wording(office.language, office.catalogue)
    manifest = office.manifest(bag)
    sender, receiver = _post(manifest.sender), _post(manifest.receiver)
    papers = _papers(office, [one.id for one in manifest.lines])
    totals = _totals(manifest.bag, [one.id for one in papers])
    facts = [
        (N_("From"), words.post(sender)),
        (N_("To"), words.post(receiver)),
        (N_("Courier's day"), "–" if manifest.day is None else words.day(manifest.day)),
        (N_("Papers"), str(len(papers))),
        (N_("Check code"), manifest.check),
    ]
    return Slip(
        office=words.office(office.region),
        title=words.say(N_("Dispatch note (ekspedisi keluar)")),
        code=manifest.bag,
        scanned=totals,
        facts=tuple((words.say(name), value) for name, value in facts),
        sections=(
            Section(words.say(N_("By village")), table=_by_village(papers, words)),
            Section(
                words.say(N_("Papers")),
                (words.say(N_("Tick each paper, count, then compare count and check code.")),),
                table=_listed(office, papers, words, N_("There"), tall=False),
            ),
        ),
        signers=(words.name(sender.role), words.name(Role.COURIER), words.name(receiver.role)),
        foot=totals,
        language=words.language,
    )


def handover(office: Office, by: Actor) -> Slip:
    """Make the ekspedisi penyerahan of an actor: what their posts hold to be given out.

    Raises:
        InvalidInput: The actor is not of this office.
    """
    words = Wording(office.language, office.catalogue)
    papers = office.to_hand_over(by)
    posts = tuple(dict.fromkeys(one.custodian for one in papers if one.custodian)) or by.posts[:1]
    totals = _totals(str(posts[0]), [one.id for one in papers])
    facts = [
        (N_("Held by"), ", ".join(map(words.post, posts))),
        (N_("Papers"), str(len(papers))),
        (N_("Check code"), check_code(one.id for one in papers)),
    ]
    return Slip(
        paper=Paper.A4_ACROSS,
        office=words.office(office.region),
        title=words.say(N_("Handover list (ekspedisi penyerahan)")),
        scanned=totals,
        facts=tuple((words.say(name), value) for name, value in facts),
        sections=(
            Section(
                "",
                () if papers else (words.say(N_("Nothing lies here to be given out.")),),
                table=_listed(office, papers, words, N_("Received by, day, signature"), tall=True),
            ),
        ),
        signers=tuple(dict.fromkeys(words.name(post.role) for post in posts)),
        foot=totals,
        language=words.language,
    )


def dispatch_book(office: Office, first: date, last: date) -> Slip:
    """Make the pages of the Buku Ekspedisi of some days, with its six columns.

    Its lines are numbered through the year, in the order in which the bags left.

    Raises:
        InvalidInput: The period is not one.
    """
    words = Wording(office.language, office.catalogue)
    found = office.dispatches(first, last)
    cases = _cases(office, [one.paper for one in found])
    columns = (
        Column(head=words.say(N_("No.")), align=Align.RIGHT),
        Column(head=words.say(N_("Date sent"))),
        Column(head=words.say(N_("Date and number of the document"))),
        Column(head=words.say(N_("Short content")), share=3),
        Column(head=words.say(N_("Addressed to")), share=2),
        Column(head=words.say(N_("Remarks")), share=2),
    )
    rows = [
        (
            str(one.number),
            words.day(one.sent.date()),
            f"{words.day(one.made)}, {one.paper.id}",
            f"{words.what(one.paper)}, {words.whose(cases[one.paper.application], one.paper)}",
            words.post(one.bag.receiver),
            words.say(N_("{bag}, came back") if one.came_back else "{bag}", bag=one.bag.id),
        )
        for one in found
    ]
    days = (words.day(first), words.day(last))
    return Slip(
        paper=Paper.A4_ACROSS,
        office=words.office(office.region),
        title=words.say(N_("Dispatch book (buku ekspedisi)")),
        facts=(
            (words.say(N_("Days")), " – ".join(dict.fromkeys(days))),
            (words.say(N_("Papers")), str(len(rows))),
        ),
        sections=(
            Section(
                "",
                () if rows else (words.say(N_("Nothing was sent out in those days.")),),
                table=Table(columns, rows),
            ),
        ),
        signers=(words.name(Role.PRINT_OPERATOR), words.name(Role.HEAD_OF_OFFICE)),
        foot=f"{first.isoformat()} {last.isoformat()} {len(rows)}",
        language=words.language,
    )


def _post(text: str) -> Post:
    role, _, region = text.partition("@")
    return Post(Role(role), RegionCode.parse(region))


def _totals(name: str, items: Sequence[str]) -> str:
    """Give what a desk without a network compares: what it is about, the count, the check code."""
    return f"{name} {len(items)} {check_code(items)}"


def _papers(office: Office, items: Iterable[str]) -> list[Document]:
    found = office.records(paper_ref(one) for one in items)
    return [one for one in found if isinstance(one, Copy | Original)]


def _cases(office: Office, papers: Iterable[Document]) -> dict[object, Application]:
    codes = dict.fromkeys(one.application.full() for one in papers)
    found = office.records((Application.KIND, code) for code in codes)
    return {one.id: one for one in found if isinstance(one, Application)}


def _by_village(papers: Sequence[Document], words: Wording) -> Table:
    columns = (
        Column(head=words.say(N_("Village")), share=1),
        Column(head=words.say(N_("Papers")), align=Align.RIGHT),
    )
    counts = Counter(one.region for one in papers)
    rows = [(words.place(region), str(count)) for region, count in sorted(counts.items())]
    return Table(columns, rows)


def _listed(
    office: Office, papers: Sequence[Document], words: Wording, last: str, *, tall: bool
) -> Table:
    """List papers, with a last column to write in."""
    columns = (
        Column(head=words.say(N_("No.")), align=Align.RIGHT),
        Column(head=words.say(N_("Paper")), code=True),
        Column(head=words.say(N_("What")), share=3),
        Column(head=words.say(N_("For")), share=3),
        Column(head=words.say(N_("Village")), share=2),
        Column(head=words.say(last), share=4 if tall else 0),
    )
    cases = _cases(office, papers)
    rows = [
        (
            str(number),
            one.id,
            words.what(one),
            words.whose(cases[one.application], one),
            words.place(one.region),
            "",
        )
        for number, one in enumerate(papers, start=1)
    ]
    return Table(columns, rows, tall)
