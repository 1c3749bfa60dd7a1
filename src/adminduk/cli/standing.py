"""What a case has shown of what it must bring: progress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json, show
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.checklist import ChecklistItem
    from adminduk.office.standing import CaseProgress

__all__ = ["progress"]

_SAID: Final[Mapping[str, str]] = {
    "accepted": N_("[x] {paper}: there"),
    "missing": N_("[ ] {paper}: missing"),
    "wrong_way": N_("[ ] {paper}: not shown as it must be here"),
    "expired": N_("[!] {paper}: older than {days} days"),
}


@command
@click.argument("code")
def progress(app: App, code: str, json_: bool) -> None:
    """Say what is there, and what is missing."""
    with app.office() as office:
        standing = office.progress(code)
    if json_:
        as_json(standing.as_dict(app.language))
    else:
        _print(app, standing)


def _print(app: App, standing: CaseProgress) -> None:
    items = {one.id: one for one in standing.todo.items}
    for paper, stage in standing.progress.stages.items():
        _print_item(app, items[paper], stage)
    for paper in standing.progress.undecided:
        name = items[paper].name.in_language(app.language)
        app.tell(N_("[?] {paper}: open whether it is needed"), paper=name)
    for notice in standing.todo.warnings:
        show(notice.text.in_language(app.language), indent="[i] ", hang="    ")
    for fault in standing.warnings:
        show(fault.message(app.language), indent="[i] ", hang="    ")
    if standing.progress.complete:
        app.tell(N_("Everything is there."))
    else:
        app.tell(N_("It is not complete. How each paper is shown: adminduk checklist SERVICE"))


def _print_item(app: App, item: ChecklistItem, stage: str) -> None:
    days = 0 if item.valid is None else item.valid.days
    app.tell(_SAID[stage], paper=item.name.in_language(app.language), days=days)
