"""A played story, told to people or given to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from adminduk.catalogue import Catalogue
from adminduk.cli.app import App
from adminduk.cli.demo.stage import Outcome, Played
from adminduk.cli.law import print_checklist
from adminduk.cli.printing import show
from adminduk.language import N_
from adminduk.office import Receipt, Touched
from adminduk.values import Phone

__all__ = ["as_dict", "tell"]


def tell(
    app: App, catalogue: Catalogue, number: int, played: Played, names: Mapping[str, str]
) -> None:
    """Tell a scene: where and why, what each does, and what comes of it.

    Args:
        app: The language.
        catalogue: The rules.
        number: Which scene it is.
        played: The scene as it went.
        names: The names of places in its texts.
    """
    scene = played.scene
    show()
    show(f"{number}. {app.say(scene.title, **names)}", hang="   ")
    show(app.say(scene.told, **names))
    if played.todo is not None:
        show()
        print_checklist(app, catalogue, played.todo)
    for outcome in played.outcomes:
        show()
        _tell_outcome(app, outcome, names)
    for to, text in played.messages:
        show()
        whom = Phone.parse(to).masked() if to.startswith("+") else to
        show(app.say(N_("Message to {whom}: {text}"), whom=whom, text=text), hang="  ")


def _tell_outcome(app: App, outcome: Outcome, names: Mapping[str, str]) -> None:
    by = outcome.step.by
    does = app.say(outcome.step.does, **names)
    show(f"{by.id} ({app.name(by.role)}): {does}", hang="  ")
    if outcome.refusal is not None:
        why = outcome.refusal.message(app.language)
        show(app.say(N_("refused: {why}"), why=why), indent="  x  ", hang="     ")
    for line in _touched(app, outcome.receipts):
        show(line, indent="  -> ", hang="     ")


def _touched(app: App, receipts: Sequence[Receipt]) -> list[str]:
    """Give the records that changed, those of one kind and state together, as they are now."""
    latest = {(one.kind, one.id): one for receipt in receipts for one in receipt.records}
    return [
        f"{app.name(kind)} {', '.join(one.id for one in group)}: {app.name(state)}"
        for (kind, state), group in groupby(latest.values(), key=_kind_and_state)
    ]


def _kind_and_state(touched: Touched) -> tuple[str, str]:
    return touched.kind, touched.state


def as_dict(app: App, played: Played, names: Mapping[str, str]) -> dict[str, Any]:
    """Give a scene for programs."""
    return {
        "at": played.scene.at.isoformat(),
        "title": app.say(played.scene.title, **names),
        "checklist": None if played.todo is None else played.todo.as_dict(app.language),
        "steps": [
            {
                "by": one.step.by.id,
                "do": [command.NAME for command in one.step.commands],
                "ok": one.refusal is None,
                "answers": [receipt.as_dict() for receipt in one.receipts],
                "error": None if one.refusal is None else one.refusal.as_dict(app.language),
            }
            for one in played.outcomes
        ],
        "messages": [text for _, text in played.messages],
    }
