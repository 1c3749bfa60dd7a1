"""What becomes of an office when something changes: simulate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

import click

from adminduk import regions
from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import WIDTH, as_json, show, table
from adminduk.cli.progress import progress
from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_, translate

if TYPE_CHECKING:
    from adminduk.simulation import Comparison, Measure, Result

__all__ = ["simulate"]

_MOST_SCENARIOS: Final = len(ascii_uppercase)
_WEEK: Final = 7
_ALL: Final = 100
_ASSUMED: Final = N_(
    "Published of Tuban: documents a day, days promised, one courier day a week. Assumed: how many "
    "people are at the desks, how long they take, and what is returned."
)
_BY_COURIER: Final = N_("Days by courier to {district}: mean")


@command
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[SCENARIO]...")
@option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help=N_("Change every scenario, as verifiers=6; may be repeated."),
)
@option(
    "--seed",
    type=click.IntRange(0, 10**9),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help=N_("The chance; the same gives the same again."),
)
@option(
    "--runs",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help=N_("Simulate by so many chances, and say how far they differ."),
)
@option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Draw what waits, day by day, into a file: SVG, PNG or PDF."),
)
def simulate(
    app: App,
    *,
    files: Sequence[Path],
    changes: Sequence[str],
    seed: int,
    runs: int,
    plot: Path | None,
    json_: bool,
) -> None:
    """Simulate scenarios; without one, Tuban on ordinary days and in the summer of 2021."""
    if any(find_spec(name) is None for name in ("simpy", "matplotlib")):
        raise Refused(
            "simulate_missing", N_("It needs what simulates: pip install 'adminduk[simulate]'")
        )
    from adminduk.simulation import compare, read_scenario, tuban
    from adminduk.simulation.picture import FORMS

    if len(files) > _MOST_SCENARIOS:
        raise click.UsageError(
            app.say(N_("At most {most} scenarios are compared."), most=_MOST_SCENARIOS)
        )
    if plot is not None and plot.suffix not in FORMS:
        raise click.UsageError(app.say(N_("A picture is one of {forms}."), forms=", ".join(FORMS)))
    scenarios = [read_scenario(one, changes) for one in files] or tuban(changes)
    with progress(app.say(N_("Simulating")), _ALL * len(scenarios) * runs) as tell:
        found = compare(scenarios, seed, runs, tell)
    if plot is not None:
        _draw(app, found, plot)
    if json_:
        as_json({"scenarios": [one.as_dict() for one in found]})
        return
    _print_measures(app, found)
    if len(found) == 1:
        show()
        _print_weeks(app, found[0].results[0])
    if not files:
        show()
        show(app.say(_ASSUMED))


def _draw(app: App, found: Sequence[Comparison], file: Path) -> None:
    from adminduk.simulation.picture import draw

    try:
        draw([one.results[0] for one in found], file, app.language)
    except OSError as error:
        text = N_("It cannot be written: {why}")
        raise InvalidInput.at(str(file), "unwritable", text, why=error.strerror) from None


def _print_measures(app: App, found: Sequence[Comparison]) -> None:
    from adminduk.simulation.comparing import MEASURES

    for letter, one in zip(ascii_uppercase, found, strict=False):
        show(translate(one.scenario.name, app.language), indent=f"{letter}  ", hang="   ")
    days = found[0].scenario.operator_days
    districts = dict.fromkeys(own.code for one in found for own in one.scenario.districts)
    labels = [
        "",
        *(app.say(one.text, days=days) for one in MEASURES.values()),
        *(app.say(_BY_COURIER, district=regions.get(code).name) for code in districts),
    ]
    columns = [
        [
            letter,
            *(_said(one.measure(name), figure.digits) for name, figure in MEASURES.items()),
            *(_said(one.days_to(code.full()), 1) for code in districts),
        ]
        for letter, one in zip(ascii_uppercase, found, strict=False)
    ]
    for abreast in _fitting(columns, WIDTH - max(map(len, labels))):
        heads, *rows = zip(labels, *abreast, strict=True)
        show()
        table(heads, rows)


def _fitting(columns: Sequence[list[str]], width: int) -> Iterator[list[list[str]]]:
    """Give as many columns at once as stand beside each other in a width, one at least."""
    abreast: list[list[str]] = []
    for column in columns:
        if abreast and sum(2 + max(map(len, one)) for one in (*abreast, column)) > width:
            yield abreast
            abreast = []
        abreast.append(column)
    yield abreast


def _said(measure: Measure, digits: int) -> str:
    """Say a figure, and between what the runs differ."""
    mean, least, most = (
        "?" if one is None else f"{one:,.{digits}f}"
        for one in (measure.mean, measure.least, measure.most)
    )
    if measure.least is None:
        return "–"
    return mean if mean == least == most else f"{mean} ({least}–{most})"


def _print_weeks(app: App, result: Result) -> None:
    """Print what came in and was handed over each week, and what waited where at its end."""
    from adminduk.simulation.result import WAITING

    heads = (N_("Week until"), N_("Came"), *WAITING.values(), N_("Handed over"))
    rows = []
    for first in range(0, len(result.evenings), _WEEK):
        week = result.evenings[first : first + _WEEK]
        last = week[-1].states
        rows.append(
            (
                week[-1].day.isoformat(),
                f"{sum(one.came for one in week):,}",
                *(f"{sum(last[one] for one in states):,}" for states in WAITING),
                f"{sum(one.handed_over for one in week):,}",
            )
        )
    table([app.say(head) for head in heads], rows)
