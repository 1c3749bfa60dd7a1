"""The office's day: whose turn it is, where a case is, what happened: inbox, track, journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import Decorator, command, option
from adminduk.cli.printing import as_json, show, table
from adminduk.language import DEFAULT_LANGUAGE, N_
from adminduk.records.index import NEVER
from adminduk.records.words import MEANING, Word

if TYPE_CHECKING:
    from adminduk.journal import Change
    from adminduk.office import Page, Task, Tracking

__all__ = [
    "inbox",
    "journal",
    "limit_option",
    "post_in_words",
    "print_journal",
    "print_tracking",
    "track",
]


def limit_option(default: int, text: str = N_("The most to show.")) -> Decorator:
    """Add the option that says how much at most."""
    return option(
        "--limit",
        type=click.IntRange(1, 10_000),
        default=default,
        show_default=True,
        help=text,
    )


@command
@limit_option(50)
@option("--after", metavar="PLACE", help=N_("Where the page before ended."))
def inbox(app: App, limit: int, after: str | None, json_: bool) -> None:
    """Show what waits at the posts of the actor, the most urgent first."""
    actor = app.who()
    with app.office() as office:
        page = office.inbox(actor, after=after, limit=limit)
    if json_:
        tasks = [
            {
                "kind": one.kind,
                "id": one.id,
                "state": one.state,
                "region": one.region,
                "queue": one.queue,
                "due": None if one.due == NEVER else one.due,
                "taken_by": one.taken_by or None,
                "next": one.next or None,
            }
            for one in page.tasks
        ]
        as_json({"tasks": tasks, "next": page.next})
    elif page.tasks:
        _print_page(app, page)
    else:
        app.tell(N_("Nothing waits here. What is submitted, printed or sent here will show up."))


def _print_page(app: App, page: Page) -> None:
    heads = (N_("Due"), N_("Id"), N_("Village"), N_("Next"), N_("What"))
    rows = [
        (
            "–"
            if one.due == NEVER
            else f"{datetime.fromisoformat(one.due).astimezone(app.zone):%Y-%m-%d}",
            one.id,
            one.region,
            app.name(one.next) if one.next else "–",
            _what(app, one),
        )
        for one in page.tasks
    ]
    table([app.say(head) for head in heads], rows)
    if page.next:
        app.tell(N_("There is more: --after '{place}'"), place=page.next)


def _what(app: App, task: Task) -> str:
    what = f"{app.name(task.kind)}: {app.name(task.state)}"
    if not task.taken_by:
        return what
    return app.say(N_("{what}, {by} is reading it"), what=what, by=task.taken_by)


@command
@click.argument("code")
def track(app: App, code: str, json_: bool) -> None:
    """Say where a case is."""
    with app.office() as office:
        tracking = office.track(code)
    if json_:
        as_json(tracking.as_dict(app.language))
    else:
        print_tracking(app, tracking)


def print_tracking(app: App, tracking: Tracking) -> None:
    """Print where a case is, for people."""
    data = tracking.as_dict(app.language)
    show(f"{tracking.code}: {_word(app, data)}")
    show(", ".join(tracking.services), indent="  ")
    if data["products"]:
        show()
        rows = [
            (one["product"], app.say(_WAYS[one["way"]]), _word(app, one))
            for one in data["products"]
        ]
        table([app.say(head) for head in (N_("Document"), N_("Way"), N_("Where it stands"))], rows)
    _print_promises(app, tracking)
    for one in data["waits_for"]:
        show()
        app.tell(N_("The person must still come for: {act}"), act=app.name(one["act"]))
        if one["closed_by"]:
            text = N_("At the counter that is closed until {until} by notice {notice}.")
            until = one["until"] or app.say(N_("it is lifted"))
            app.tell(text, until=until, notice=one["closed_by"])
    if data["papers"]:
        show()
        heads = (N_("Paper"), N_("What"), N_("State"), N_("Who answers for it"))
        table([app.say(head) for head in heads], [_paper(app, one) for one in data["papers"]])


def _print_promises(app: App, tracking: Tracking) -> None:
    from adminduk.office.promised import as_it_stands

    promised = {one.product: one.promise for one in tracking.products if one.promise is not None}
    if promised:
        show()
        app.tell(N_("Promised:"))
    for product, account in promised.items():
        show(f"{product}: {as_it_stands(account, app.language)}", indent="  ", hang="    ")


_WAYS: Final = {
    "courier": N_("by courier"),
    "counter": N_("at the counter"),
    "digital": N_("digital"),
}


def _word(app: App, data: dict[str, Any]) -> str:
    """Give the word that villages know; who reads another language is told what it means."""
    meaning = "" if app.language == DEFAULT_LANGUAGE else MEANING[Word(data["word"])]
    said = ", ".join(one for one in (meaning, data["detail"]) if one)
    return f"{data['word']} ({said})" if said else str(data["word"])


def _paper(app: App, data: dict[str, Any]) -> tuple[str, ...]:
    """Give the row of a paper; within its case the code needs no repeating."""
    holder = post_in_words(app, data["answers"]) if data["answers"] else "–"
    if data["bag"]:
        holder = app.say(N_("{holder}, in bag {bag}"), holder=holder, bag=data["bag"])
    number = data["id"].partition("/")[2]
    what = data["what"] if number.isdigit() else app.name("original")
    state = app.name(data["state"])
    if data["condemned"]:
        state += ", " + app.say(N_("condemned"))
    if data["heading"] == "home" and data["answers"]:
        state += ", " + app.say(N_("on its way to the office"))
    return f"/{number}", what, state, holder


def post_in_words(app: App, post: str) -> str:
    """Give a post as people read it."""
    role, _, region = post.partition("@")
    return f"{app.name(role)} {region}"


@command
@click.argument("code", required=False)
@option("--after", type=click.IntRange(0), default=0, help=N_("Only entries after this number."))
@limit_option(1000)
def journal(app: App, code: str | None, after: int, limit: int, json_: bool) -> None:
    """Show what happened, in order."""
    with app.office() as office:
        changes = office.journal(code, after=after, limit=limit)
    following = changes[-1].seq if len(changes) == limit else None
    if json_:
        as_json({"entries": [_as_dict(one) for one in changes], "next": following})
    elif changes:
        print_journal(app, changes)
        if following:
            app.tell(N_("There may be more: --after {place}"), place=following)
    else:
        app.tell(N_("Nothing has happened yet. Every command that takes effect is written here."))


def print_journal(app: App, changes: Iterable[Change]) -> None:
    """Print entries for people, those of one command together."""
    for _, group in groupby(changes, key=lambda one: one.command):
        _print_command(app, list(group))


def _print_command(app: App, changes: Sequence[Change]) -> None:
    first = changes[0]
    by = _lent(app, f"{first.by} ({post_in_words(app, first.post)})", first.through)
    if first.approved_by:
        approver = _lent(app, first.approved_by, first.approved_through)
        by = app.say(N_("{by}, approved by {approver}"), by=by, approver=approver)
    when = f"{first.at.astimezone(app.zone):%Y-%m-%d %H:%M}"
    show(f"{first.seq:>6}  {when}  {app.name(first.do)}: {by}", hang=" " * 26)
    for one in changes:
        said = ", ".join(_effects(app, one.set))
        text = f"{app.name(one.kind)} {one.id}"
        show(f"{text}: {said}" if said else text, indent=" " * 26)


def _lent(app: App, who: str, delegation: str) -> str:
    """Say by which delegation somebody acts, if by one."""
    if not delegation:
        return who
    return app.say(N_("{who} by delegation {delegation}"), who=who, delegation=delegation)


def _effects(app: App, changed: dict[str, Any]) -> Iterator[str]:
    """Say what became of a record: its state, where it goes, and why."""
    if "state" in changed:
        yield app.name(changed["state"])
    if changed.get("bag"):
        yield f"{app.name('bag')} {changed['bag']}"
    if changed.get("condemned"):
        yield app.say(N_("condemned"))
    if changed.get("heading"):
        yield app.say(N_("on its way to the office"))
    if changed.get("note"):
        yield f"“{changed['note']}”"


_NOT_TOLD: Final = frozenset({"personal", "link"})


def _as_dict(change: Change) -> dict[str, Any]:
    """Give an entry without what is personal, and without what opens a document."""
    told = {name: value for name, value in change.set.items() if name not in _NOT_TOLD}
    given = {name: value or None for name, value in change.as_dict().items() if name in _EMPTY}
    return {**change.as_dict(), **given, "set": told}


_EMPTY: Final = frozenset({"through", "approved_by", "approved_through"})
"""What is empty where there is none."""
