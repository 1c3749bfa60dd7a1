"""The rules themselves: checked, compared, and what of them is not sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import Group, command, option
from adminduk.cli.printing import as_json, show
from adminduk.errors import InvalidInput
from adminduk.language import N_

if TYPE_CHECKING:
    from adminduk.catalogue import Catalogue, Citation, Overlay
    from adminduk.catalogue.differing import Difference
    from adminduk.catalogue.doubts import Doubt
    from adminduk.catalogue.outline import Tree

__all__ = ["catalogue"]

_NATIONAL: Final = "national"


class _Rules(Group):
    texts: ClassVar = {
        "check": N_("Check a folder of rules: everything wrong with it, each with its place."),
        "diff": N_("Say what differs between two catalogues: folders, or national."),
        "report": N_("List the rules that are not confirmed, for somebody who knows the law."),
    }


@click.group(cls=_Rules)
def catalogue() -> None:
    """Work on rules."""


_region = option(
    "--region",
    metavar="CODE",
    help=N_("Whose overlays, where a folder has those of several regencies."),
)


def _read(app: App, source: str, region: str | None) -> Catalogue:
    """Read the rules of a folder, with overlays laid over the national ones, or these alone.

    Raises:
        InvalidInput: Everything wrong with them.
        click.UsageError: The folder is of several regencies.
    """
    from adminduk.catalogue import load, load_directory
    from adminduk.catalogue.regional import holds_overlays, read_overlays

    if source == _NATIONAL:
        return load()
    folder = Path(source)
    if not holds_overlays(folder):
        return load_directory(folder)
    overlays = read_overlays(load(), [folder])
    return overlays.laid(_office(app, overlays.offices, region))


def _office(app: App, offices: Sequence[str], region: str | None) -> str:
    from adminduk.regions import regency

    if not offices or (region is None and len(offices) == 1):
        return "".join(offices)  # where none is sound, the faults say so
    named = "" if region is None else regency(region, "region").full()
    if named not in offices:
        text = N_("The overlays are of {offices}: say whose with --region.")
        raise click.UsageError(app.say(text, offices=", ".join(offices)))
    return named


@command
@click.argument("folder")
def check(app: App, folder: str, json_: bool) -> None:
    """Check a folder, and say what is in it."""
    from adminduk.catalogue.regional import holds_overlays

    try:
        found = _overlays(Path(folder)) if holds_overlays(Path(folder)) else _counts(Path(folder))
    except InvalidInput as error:
        if json_:
            raise
        for fault in error.faults:
            show(fault.message(app.language), hang="    ", err=True)
        click.get_current_context().exit(1)
    if json_:
        as_json(found)
    elif isinstance(found, dict):
        text = N_("No fault. Services {service}, papers {paper}, facts {fact}, laws {instrument}.")
        show(app.say(text, **found))
    else:
        for one in found:
            _print_overlay(app, one)
        app.tell(N_("No fault. Overlays: {number}."), number=len(found))


def _counts(folder: Path) -> dict[str, int]:
    """Count what is in a folder of rules such as the national ones."""
    from adminduk.catalogue import load_directory

    rules = load_directory(folder)
    return {
        "service": len(rules.periods),
        "paper": len(rules.papers),
        "fact": len(rules.facts),
        "instrument": len(rules.instruments),
    }


def _overlays(folder: Path) -> list[dict[str, Any]]:
    """Say of each overlay of a folder what it changes."""
    from adminduk.catalogue import load
    from adminduk.catalogue.regional import read_overlays

    overlays = read_overlays(load(), [folder])
    faults = overlays.faults(overlays.offices)
    if faults:
        raise InvalidInput(faults)
    return [_told(one) for _, one in overlays.placed]


def _told(overlay: Overlay) -> dict[str, Any]:
    return {
        "office": overlay.office,
        "service": overlay.service,
        "from": overlay.since.isoformat(),
        "until": _iso(overlay.until),
        "add": [one.paper.id for one in overlay.add],
        "relax": [one.paper.id for one in overlay.relax],
        "replace": [one.paper.id for one in overlay.replace],
        "standard": None if overlay.standard is None else overlay.standard.hours,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_CHANGES: Final = {
    "add": N_("Added: {papers}."),
    "relax": N_("No longer asked for: {papers}."),
    "replace": N_("Asked for otherwise: {papers}."),
}


def _print_overlay(app: App, told: Mapping[str, Any]) -> None:
    from adminduk import regions

    name = regions.get(regions.regency(told["office"])).name
    what = f"{told['service']}, {_days(app, told['from'], told['until'])}"
    show(f"{name} ({told['office']}), {what}", hang="    ")
    for kind, text in _CHANGES.items():
        if told[kind]:
            app.tell(text, indent="    ", papers=", ".join(told[kind]))
    if told["standard"] is not None:
        app.tell(N_("Standard: {hours} hours."), indent="    ", hours=told["standard"])


def _days(app: App, since: object, until: object) -> str:
    if until is None:
        return app.say(N_("from {since}"), since=since)
    return app.say(N_("from {since} until {until}"), since=since, until=until)


@command
@click.argument("one")
@click.argument("other")
@_region
def diff(app: App, one: str, other: str, region: str | None, json_: bool) -> None:
    """Say what differs."""
    from adminduk.catalogue.differing import differences

    found = list(differences(_read(app, one, region), _read(app, other, region)))
    if json_:
        as_json([_difference(it) for it in found])
        return
    for (path, since, until), group in groupby(found, key=_whereabouts):
        days = "" if since is None else f", {_days(app, since, until)}"
        show(f"{' '.join(path)}{days}", hang="    ")
        for it in group:
            _print_difference(app, it)
    if not found:
        app.tell(N_("They say the same."))


def _whereabouts(one: Difference) -> tuple[tuple[str, ...], date | None, date | None]:
    return one.path[:2], one.since, one.until


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "path": list(one.path),
        "from": _iso(one.since),
        "until": _iso(one.until),
        "before": one.before,
        "after": one.after,
    }


_MARKS: Final = {"added": "+ ", "removed": "- ", "changed": "~ "}


def _print_difference(app: App, one: Difference) -> None:
    place = ".".join(one.path[2:]) or app.say(N_("the whole"))
    start = f"  {_MARKS[one.kind]}"
    if one.kind == "changed":
        show(f"{place}: {one.before} → {one.after}", indent=start, hang="      ")
        return
    said = one.after if one.before is None else one.before
    if isinstance(said, dict):
        show(place, indent=start)
        _print_tree(said, "      ")
    else:
        show(f"{place}: {said}", indent=start, hang="      ")


def _print_tree(tree: Mapping[str, Tree], indent: str) -> None:
    for name, said in tree.items():
        if isinstance(said, str):
            show(f"{name}: {said}", indent=indent, hang=f"{indent}  ")
        else:
            show(name, indent=indent)
            _print_tree(said, f"{indent}  ")


@command
@click.argument("source", default=_NATIONAL)
@_region
def report(app: App, source: str, region: str | None, json_: bool) -> None:
    """List what is not confirmed."""
    from adminduk.catalogue.doubts import doubts

    rules = _read(app, source, region)
    found = list(doubts(rules))
    if json_:
        as_json([_doubt(one) for one in found])
        return
    for (kind, name, since), group in groupby(found, key=lambda one: (one.kind, one.id, one.since)):
        days = "" if since is None else f", {_days(app, since, None)}"
        show(f"{kind} {name}{days}")
        for one in group:
            _print_doubt(app, rules, one)
    app.tell(N_("Rules to be checked: {number}."), number=len(found))


def _doubt(one: Doubt) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "from": _iso(one.since),
        "rule": list(one.rule),
        "content": one.content.value,
        "cite": [
            {
                "instrument": it.instrument,
                "article": it.article or None,
                "certainty": it.certainty.value,
            }
            for it in one.cite
        ],
    }


_SURE: Final[Mapping[str, str]] = {
    "confirmed": N_("confirmed"),
    "reported": N_("reported"),
    "assumed": N_("assumed"),
}


def _print_doubt(app: App, rules: Catalogue, one: Doubt) -> None:
    rule = ".".join(one.rule) or app.say(N_("the whole"))
    cited = "; ".join(_cited(app, rules, it) for it in one.cite)
    content = app.say(_SURE[one.content])
    text = N_("{rule}: content {content}; {cited}")
    show(app.say(text, rule=rule, content=content, cited=cited), indent="  ", hang="      ")


def _cited(app: App, rules: Catalogue, one: Citation) -> str:
    title, sure = rules.instruments[one.instrument].title, app.say(_SURE[one.certainty])
    if not one.article:
        return app.say(N_("{title}, article not known"), title=title)
    text = N_("{title} art. {article} ({certainty})")
    return app.say(text, title=title, article=one.article, certainty=sure)


for _command in (check, diff, report):
    catalogue.add_command(_command)
