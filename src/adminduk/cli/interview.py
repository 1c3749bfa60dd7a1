"""A dialogue that ends in a page to take home: interview."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.law import asking, read_answer, read_facts, rules_and_notices
from adminduk.cli.printing import as_json, show, show_command
from adminduk.errors import InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.catalogue import Fact, FactValue
    from adminduk.checklist import Interview

__all__ = ["interview"]

_UNKNOWN: Final = "?"
_BACK: Final = "<"
_EXPECTED: Final = (
    N_("That is no answer. Type the number before one of them."),
    N_("That is no answer. Type a whole number from 0."),
)


@command
@asking
def interview(  # noqa: PLR0917 - given by name
    app: App,
    service: tuple[str, ...],
    facts: tuple[str, ...],
    channel: str,
    day: date | None,
    json_: bool,
) -> None:
    """Ask until the list is final; for programs, say what to ask next."""
    from adminduk.checklist import Interview, settle_facts

    on = day or app.today()
    catalogue, _ = rules_and_notices(app)
    known = settle_facts(catalogue, read_facts(catalogue, facts), {}, on)
    asked = tuple(dict.fromkeys(service))
    begun = Interview(catalogue=catalogue, services=asked, on=on, channel=channel, facts=known)
    if json_:
        as_json({"ask": _asked(app, begun), **begun.todo.as_dict(app.language)})
        return
    ended = _dialogue(app, begun)
    if ended.question is not None:
        app.tell(N_("Go on where you stopped:"))
        show_command(_resuming(app, ended))
        click.get_current_context().exit(1)
    show()
    for line in _page(app, ended):
        show(line)


def _page(app: App, interview: Interview) -> list[str]:
    from adminduk.checklist import take_home

    names = [interview.catalogue.service(one, interview.on).name for one in interview.services]
    return take_home(interview.todo, names, app.language).splitlines()


def _asked(app: App, interview: Interview) -> dict[str, object] | None:
    fact = interview.question
    if fact is None:
        return None
    return {
        "fact": fact.id,
        "ask": fact.ask.in_language(app.language),
        "kind": fact.kind,
        "answers": list(interview.answers),
    }


def _dialogue(app: App, interview: Interview) -> Interview:
    """Ask until nothing is left to ask, or until nobody answers any more."""
    if interview.question is not None:
        app.tell(N_("? where you do not know; < to go back."))
    before: list[Interview] = []
    while (fact := interview.question) is not None:
        _ask(app, interview, fact)
        answer = _read()
        if answer is None:
            break
        if answer == _BACK:
            interview = before.pop() if before else interview
            continue
        try:
            after = _after(interview, fact, answer)
        except InvalidInput:
            app.tell(_EXPECTED[fact.kind == "number"], indent="  ")
            continue
        before.append(interview)
        interview = after
    return interview


def _ask(app: App, interview: Interview, fact: Fact) -> None:
    show()
    show(fact.ask.in_language(app.language))
    for place, text in enumerate(_choices(app, fact, interview.answers), start=1):
        show(text, indent=f"  {place}. ", hang="     ")
    if fact.kind == "number":
        app.tell(N_("a number"), indent="  ")


def _choices(app: App, fact: Fact, answers: Sequence[FactValue]) -> Iterator[str]:
    """Give the answers to choose from, in words."""
    if fact.kind == "yes_no":
        yield from (app.say(N_("yes")) if answer else app.say(N_("no")) for answer in answers)
    elif fact.kind == "choice":
        told = {str(name): text.in_language(app.language) for name, text in fact.values.items()}
        yield from (told[str(answer)] for answer in answers)


def _read() -> str | None:
    """Read an answer; None where nobody answers any more."""
    click.echo("> ", nl=False)
    try:
        line = sys.stdin.readline() if sys.stdin else ""  # there is none where it was closed
    except (KeyboardInterrupt, UnicodeDecodeError):
        line = ""
    if not line:
        click.echo()
    return line.strip() if line else None


def _after(interview: Interview, fact: Fact, answer: str) -> Interview:
    """Take an answer: the number of a choice, or the answer itself."""
    if answer in {_UNKNOWN, ""}:
        return interview.unanswered()
    if fact.kind != "number" and answer in map(str, range(1, len(interview.answers) + 1)):
        return interview.answered(interview.answers[int(answer) - 1])
    return interview.answered(read_answer(fact, answer))


def _resuming(app: App, interview: Interview) -> str:
    """Give the command that goes on with all that is known."""
    chosen = {"--office": app.url, "--rules": app.rules}
    office = [f"{name} {shlex.quote(value)}" for name, value in chosen.items() if value]
    said = [f"--fact {name}={str(value).lower()}" for name, value in interview.facts.items()]
    where = f"--channel {interview.channel} --on {interview.on}"
    return " ".join(
        ["adminduk", *office, "interview", shlex.join(interview.services), where, *said]
    )
