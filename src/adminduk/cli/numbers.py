"""What a NIK tells, and which region has a code or a name: nik, region."""

from __future__ import annotations

from typing import Final

import click

from adminduk import regions
from adminduk.cli.app import App
from adminduk.cli.declaring import command
from adminduk.cli.printing import as_json, show
from adminduk.language import N_
from adminduk.regions import Region
from adminduk.regions.nik import nik_warnings
from adminduk.values import NIK, RegionCode

__all__ = ["nik", "region"]

_MOST_BELOW: Final = 60

_SEX: Final = {"male": N_("male"), "female": N_("female")}


@command
@click.argument("number")
def nik(app: App, number: str, json_: bool) -> None:
    """Explain a NIK."""
    parsed = NIK.parse(number)
    warnings = nik_warnings(parsed)
    place = regions.get(parsed.region).name if regions.exists(parsed.region) else None
    today = app.today()
    days = [day.isoformat() for day in parsed.birth_dates() if day <= today]
    if json_:
        as_json(
            {
                "nik": parsed.masked(),
                "region": parsed.region.full(),
                "place": place,
                "sex": parsed.sex.value,
                "birth_dates": days,
                "warnings": [one.as_dict(app.language) for one in warnings],
            }
        )
        return
    app.tell(
        N_("NIK {nik}: first issued in {place} ({region}); {sex}; born {days}."),
        nik=parsed,
        place=place or "?",
        region=parsed.region,
        sex=app.say(_SEX[parsed.sex]),
        days=" / ".join(days),
    )
    for warning in warnings:
        show(warning.message(app.language), indent="[i] ", hang="    ")


@command
@click.argument("code_or_name")
def region(app: App, code_or_name: str, json_: bool) -> None:
    """Look a region up: of a code, itself and what is below it; of a name, what is called so."""
    if code_or_name[:1].isdigit():
        _show_code(app, regions.get(RegionCode.parse(code_or_name)), json_)
    else:
        _show_found(app, regions.search(code_or_name), json_)


def _show_code(app: App, one: Region, json_: bool) -> None:
    below = regions.children(one.code)
    if json_:
        as_json(
            {
                **_as_dict(one),
                "within": [_as_dict(up) for up in _above(one)],
                "below": [_as_dict(child) for child in below],
            }
        )
        return
    show(", ".join([f"{one.code}  {one.name}", *(up.name for up in _above(one))]))
    for child in below[:_MOST_BELOW]:
        show(f"  {child.code}  {child.name}")
    if below[_MOST_BELOW:]:
        app.tell(N_("  and {count} more"), count=len(below) - _MOST_BELOW)


def _show_found(app: App, found: tuple[Region, ...], json_: bool) -> None:
    if json_:
        as_json(
            [{**_as_dict(one), "within": [_as_dict(up) for up in _above(one)]} for one in found]
        )
        return
    for one in found:
        show(", ".join([f"{one.code}  {one.name}", *(up.name for up in _above(one))]))
    if not found:
        app.tell(N_("No region is called so. A part of its name is enough."))


def _above(one: Region) -> list[Region]:
    up = regions.parent(one.code)
    return [] if up is None else [up, *_above(up)]


def _as_dict(one: Region) -> dict[str, str]:
    return {"code": one.code.full(), "name": one.name, "level": one.level.name.lower()}
