"""What can be applied for, and what must be brought: services, checklist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show, table
from adminduk.errors import InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.catalogue import Catalogue, Citation, Fact, FactValue
    from adminduk.checklist import Checklist, ChecklistItem
    from adminduk.records import Notice

__all__ = [
    "asking",
    "checklist",
    "print_checklist",
    "read_answer",
    "read_day",
    "read_facts",
    "rules_and_notices",
    "services",
]


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read a day as the library reads it elsewhere; None if there is none."""
    from adminduk.codec import structure

    if value is None:
        return None
    try:
        return structure(value, date)
    except InvalidInput as error:
        raise click.BadParameter(error.message(ctx.obj.language), ctx, param) from None


_on = option(
    "--on",
    "day",
    metavar="DATE",
    callback=read_day,
    help=N_("The day whose rules hold, as 2021-07-12; today if left out."),
)


_facts = option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("An answer to a question of the list; may be repeated."),
)
_channel = option(
    "--channel",
    type=click.Choice(["village", "district", "counter", "online"]),
    default="village",
    show_default=True,
    help=N_("The door by which it is applied for."),
)


def asking(function: Callable[..., None]) -> Callable[..., None]:
    """Add what a list is asked for by: services, facts, a door and a day."""
    arguments = click.argument("service", nargs=-1, required=True)
    return arguments(_facts(_channel(_on(function))))


@command
@_on
def services(app: App, day: date | None, json_: bool) -> None:
    """Print the services by the rules of a day."""
    from adminduk.catalogue import load

    on = day or app.today()
    found = load().services(on)
    if json_:
        as_json(
            [
                {
                    "id": one.id,
                    "name": {"id": one.name.id, "en": one.name.en},
                    "products": list(one.products),
                }
                for one in found
            ]
        )
    elif found:
        heads = (app.say(N_("Service")), app.say(N_("Name")))
        table(heads, [(one.id, one.name.in_language(app.language)) for one in found])
        show()
        app.tell(N_("All of it is free. What to bring: adminduk checklist SERVICE"))
    else:
        app.tell(N_("No rules are known to hold on {day}. Ask for a later day."), day=on)


@command
@asking
def checklist(  # noqa: PLR0917 - given by name
    app: App,
    service: tuple[str, ...],
    facts: tuple[str, ...],
    channel: str,
    day: date | None,
    json_: bool,
) -> None:
    """Print a checklist."""
    from adminduk import checklist as lists

    catalogue, notices = rules_and_notices(app)
    on = day or app.today()
    given = read_facts(catalogue, facts)
    known = lists.settle_facts(catalogue, given, {}, on)
    todo = lists.checklist(catalogue, service, known, on, channel)
    closed = _closing(notices, channel, on, service, known)
    if json_:
        closing = [{"notice": one.id, "reason": one.reason} for one in closed]
        as_json({**todo.as_dict(app.language), "closed_by": closing})
        return
    print_checklist(app, catalogue, todo)
    for notice in closed:
        text = N_("This door is closed by notice {notice} until {until}: {reason}")
        until = notice.until or app.say(N_("it is lifted"))
        app.tell(text, notice=notice.id, until=until, reason=notice.reason)
        if notice.stays_open:
            open_for = "; ".join(map(str, notice.stays_open))
            app.tell(N_("Open all the same: {cases}"), indent="    ", cases=open_for)


def rules_and_notices(app: App) -> tuple[Catalogue, list[Notice]]:
    """Give the rules and the notices of the office; where none was named, what is national."""
    if app.url:
        with app.office() as office:
            return office.catalogue, office.notices()
    if app.rules:
        text = N_("--rules are those of an office: name it too, as --office memory:#35.23.")
        raise click.UsageError(app.say(text))
    from adminduk.catalogue import load

    return load(), []


def _closing(
    notices: Iterable[Notice],
    channel: str,
    on: date,
    services: tuple[str, ...],
    facts: Mapping[str, bool | int | str],
) -> list[Notice]:
    """Give the notices that close the door for such a case."""
    from adminduk.records import Act, Channel

    door = Channel(channel)
    return [one for one in notices if one.closes(Act.SUBMIT, door, on, services, facts)]


_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_YES_NO: Final = {
    "ya": True,
    "yes": True,
    "true": True,
    "tidak": False,
    "no": False,
    "false": False,
}


def read_facts(catalogue: Catalogue, told: Iterable[str]) -> dict[str, FactValue]:
    """Read answers given as NAME=VALUE.

    Raises:
        InvalidInput: One question is answered in two ways.
    """
    read: dict[str, FactValue] = {}
    for name, value in (_fact(catalogue, one) for one in told):
        if read.setdefault(name, value) != value:
            text = N_("The facts contradict each other, or what is said of the people.")
            raise InvalidInput.at(f"facts.{name[:80]}", "facts_contradict", text)
    return read


def _fact(catalogue: Catalogue, text: str) -> tuple[str, FactValue]:
    """Read an answer with the name of its fact."""
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(text, param_hint="--fact")
    fact = catalogue.facts.get(name)
    return name, value if fact is None else read_answer(fact, value)


def read_answer(fact: Fact, value: str) -> FactValue:
    """Read an answer as the kind of its fact asks; what is odd is for the catalogue to say."""
    if fact.kind == "yes_no":
        return _YES_NO.get(value.lower(), value)
    if fact.kind == "number" and _NUMBER.fullmatch(value):
        return int(value)
    return value


def print_checklist(app: App, catalogue: Catalogue, todo: Checklist) -> None:
    """Print a checklist for people."""
    from adminduk.checklist.page import DAYS

    for notice in todo.objections:
        show(notice.text.in_language(app.language), indent="[!] ", hang="    ")
    _print_items(app, catalogue, todo)
    for act in todo.attend:
        app.tell(N_("The person comes to the district or the office:"), indent="[o] ", hang="    ")
        show(act.text.in_language(app.language), indent="    ")
    for first in todo.after:
        app.tell(N_("First, or together with it: {service}."), service=first.service)
        show(first.why.in_language(app.language), indent="    ")
    for notice in todo.warnings:
        show(notice.text.in_language(app.language), indent="[i] ", hang="    ")
    for one in todo.deadlines:
        event = one.event.in_language(app.language)
        app.tell(DAYS[one.kind], days=one.days, event=event)
    if todo.questions:
        app.tell(N_("Answers to these questions decide the rest (--fact NAME=VALUE):"))
        for fact in todo.questions:
            _print_question(app, fact)
    elif todo.final:
        app.tell(N_("The list is final. Everything is free."))


def _print_items(app: App, catalogue: Catalogue, todo: Checklist) -> None:
    for item in todo.items:
        if item.status != "not_needed":
            _print_item(app, catalogue, item)
        elif _is_relaxed(catalogue, item, todo.on):
            _print_relaxed(app, catalogue, item)


_MARKS: Final = {"needed": "[x] ", "undecided": "[?] "}


def _print_item(app: App, catalogue: Catalogue, item: ChecklistItem) -> None:
    ways = ", ".join(app.say(_WAYS[way]) for way in sorted(item.ways))
    name = item.name.in_language(app.language)
    show(f"{name} ({item.id}): {ways}", indent=_MARKS[item.status], hang="    ")
    show(item.reason.in_language(app.language), indent="    ")
    if item.surrender is not None:
        app.tell(_SURRENDER[item.surrender.due], indent="    ")
    show(_sources(app, catalogue, item.cite), indent="    ")


def _is_relaxed(catalogue: Catalogue, item: ChecklistItem, on: date) -> bool:
    """Say whether a paper is not needed because the regency does not ask for it."""
    return any(
        one.relaxed and one.id == item.id
        for name in item.services
        for one in catalogue.service(name, on).items_on(on)
    )


def _print_relaxed(app: App, catalogue: Catalogue, item: ChecklistItem) -> None:
    name = item.name.in_language(app.language)
    text = N_("{name} ({id}): not needed in this regency")
    show(app.say(text, name=name, id=item.id), indent="[-] ", hang="    ")
    show(item.reason.in_language(app.language), indent="    ")
    show(_sources(app, catalogue, item.cite), indent="    ")


_WAYS: Final[Mapping[str, str]] = {
    "scan": N_("scanned"),
    "seen": N_("shown"),
    "handed_in": N_("handed in"),
}
_SURRENDER: Final = {
    "handover": N_("The original is handed in before the document is handed over."),
    "verification": N_("The original is handed in before the application is verified."),
}


def _sources(app: App, catalogue: Catalogue, citations: Iterable[Citation]) -> str:
    named = []
    for one in citations:
        title = catalogue.instruments[one.instrument].title
        article = app.say(N_("art. {article}"), article=one.article) if one.article else ""
        named.append(f"{title} {article}".strip())
    return app.say(N_("By {sources}."), sources="; ".join(named))


def _print_question(app: App, fact: Fact) -> None:
    show(f"{fact.id}: {fact.ask.in_language(app.language)}", indent="  ", hang="    ")
    if fact.kind == "yes_no":
        app.tell(N_("yes or no"), indent="    ")
    for value, text in fact.values.items():
        show(f"{value}: {text.in_language(app.language)}", indent="    ", hang="      ")
