"""What must be brought, and what a number says: services, checklist, nik, region."""

from __future__ import annotations

from datetime import date, datetime

import click

from adminduk import checklist as lists
from adminduk import regions
from adminduk.catalogue import load
from adminduk.cli.context import App, as_json, json_option, refusals_exit_1
from adminduk.codec import structure
from adminduk.language import N_
from adminduk.regions.nik import nik_warnings
from adminduk.values import NIK, RegionCode

__all__ = ["checklist", "nik", "region", "services"]


@click.command(help=N_("List the services that can be applied for."))
@click.option("--on", metavar="DATE", help=N_("The day whose rules hold; today if left out."))
@json_option
@click.pass_obj
@refusals_exit_1
def services(app: App, on: str | None, json_: bool) -> None:
    """List the services."""
    day = structure(on, date) if on else _today()
    found = load().services(day)
    if json_:
        as_json(
            [
                {
                    "id": one.id,
                    "name": {"id": one.name.id, "en": one.name.en},
                    "products": list(one.products),
                    "forms": list(one.forms),
                }
                for one in found
            ]
        )
        return
    rows = [
        (one.id, one.name.in_language(app.language), ", ".join(one.products) or "–")
        for one in found
    ]
    app.table((N_("Service"), N_("Name"), N_("Documents")), rows)
    app.echo(N_("All documents are free. Ask for a list: adminduk checklist SERVICE"))


def _today() -> date:
    return datetime.now().astimezone().date()


@click.command(help=N_("Say what must be brought for services, why, and by which rule."))
@click.argument("service", nargs=-1, required=True)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("What is known, as lost=police; may be repeated."),
)
@click.option("--on", metavar="DATE", help=N_("The day whose rules hold; today if left out."))
@click.option(
    "--channel",
    type=click.Choice(["village", "district", "counter", "online"]),
    default="village",
    help=N_("The door by which it is applied for."),
)
@json_option
@click.pass_obj
@refusals_exit_1
def checklist(
    app: App,
    service: tuple[str, ...],
    facts: tuple[str, ...],
    on: str | None,
    channel: str,
    json_: bool,
) -> None:
    """Print a checklist."""
    day = structure(on, date) if on else _today()
    given = dict(_fact(one) for one in facts)
    catalogue = load()
    known = lists.settle_facts(catalogue, given, {}, day)
    todo = lists.checklist(catalogue, service, known, day, channel)
    if json_:
        as_json(todo.as_dict(app.language))
        return
    _print_list(app, todo)


def _fact(text: str) -> tuple[str, bool | int | str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(text, param_hint="--fact")
    words: dict[str, bool] = {
        "yes": True,
        "ya": True,
        "true": True,
        "no": False,
        "tidak": False,
        "false": False,
    }
    if value.lower() in words:
        return name, words[value.lower()]
    return name, int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value


def _print_list(app: App, todo: lists.Checklist) -> None:
    marks = {"needed": "[x]", "undecided": "[?]"}
    for item in todo.items:
        if item.status not in marks:
            continue
        ways = ", ".join(sorted(way.value for way in item.ways))
        click.echo(
            f"{marks[item.status]} {item.id}: {item.name.in_language(app.language)} ({ways})"
        )
        if item.surrender is not None:
            app.echo(N_("      The original is handed in before {due}."), due=item.surrender.due)
        sources = "; ".join(str(one) for one in item.cite)
        click.echo(f"      {sources} [{item.content}]")
    for objection in todo.objections:
        click.echo(f"[!] {objection.text.in_language(app.language)}")
    for warning in todo.warnings:
        click.echo(f"[i] {warning.text.in_language(app.language)}")
    if todo.questions:
        app.echo(N_("Questions that decide the rest (answer with --fact NAME=VALUE):"))
        for one in todo.questions:
            click.echo(f"  {one.id}: {one.ask.in_language(app.language)}")
    elif todo.final:
        app.echo(N_("The list is final. All documents are free."))


@click.command(help=N_("Say what a NIK tells, with warnings; it is never printed in full."))
@click.argument("number")
@json_option
@click.pass_obj
@refusals_exit_1
def nik(app: App, number: str, json_: bool) -> None:
    """Explain a NIK."""
    parsed = NIK.parse(number)
    warnings = nik_warnings(parsed)
    code = parsed.region
    place = regions.get(code).name if regions.exists(code) else "?"
    data = {
        "nik": str(parsed),
        "region": code.full(),
        "place": place,
        "sex": parsed.sex.value,
        "birth_dates": [day.isoformat() for day in parsed.birth_dates()],
        "warnings": [one.as_dict(app.language) for one in warnings],
    }
    if json_:
        as_json(data)
        return
    app.echo(
        N_("NIK {nik}: first issued in {place} ({region}); {sex}; born {days}."),
        nik=data["nik"],
        place=place,
        region=data["region"],
        sex=data["sex"],
        days=" / ".join(data["birth_dates"]),
    )
    for warning in warnings:
        click.echo(f"[i] {warning.message(app.language)}")


@click.command(help=N_("Look a region up by its code or by its name."))
@click.argument("code_or_name")
@json_option
@click.pass_obj
@refusals_exit_1
def region(app: App, code_or_name: str, json_: bool) -> None:
    """Look a region up."""
    if code_or_name[:1].isdigit():
        one = regions.get(RegionCode.parse(code_or_name))
        above = []
        parent = regions.parent(one.code)
        while parent is not None:
            above.append(parent)
            parent = regions.parent(parent.code)
        below = regions.children(one.code)
        if json_:
            as_json(
                {
                    "code": one.code.full(),
                    "name": one.name,
                    "level": one.level.name.lower(),
                    "within": [up.name for up in above],
                    "children": len(below),
                }
            )
            return
        click.echo(f"{one.code}  {one.name}" + "".join(f", {up.name}" for up in above))
        for child in below[:60]:
            click.echo(f"  {child.code}  {child.name}")
        return
    found = regions.search(code_or_name, limit=20)
    if json_:
        as_json(
            [
                {"code": one.code.full(), "name": one.name, "level": one.level.name.lower()}
                for one in found
            ]
        )
        return
    for one in found:
        parent = regions.parent(one.code)
        click.echo(f"{one.code}  {one.name}" + (f", {parent.name}" if parent else ""))
    if not found:
        app.echo(N_("No region has a name like that."))
