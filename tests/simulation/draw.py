"""Simulates what the docs show: `python tests/simulation/draw.py`, from the root of a clone.

Each command in docs/simulation.md is run as it stands, and what it prints is put below it; its
picture goes to docs/pictures. The tables of how many people are needed, and of how far chance
makes figures differ, are made anew as well.
"""

from __future__ import annotations

import re
import shlex
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from adminduk.cli import cli
from adminduk.simulation import Measure, Scenario, compare, read_scenario, simulate

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "simulation.md"
EXAMPLES: Final = ROOT / "examples" / "simulation"
PICTURES: Final = ROOT / "docs" / "pictures"

_SHOWN: Final = re.compile(r"```sh\n(adminduk simulate .*)\n```\n\n```text\n(?:.*\n)*?```\n")
_PEOPLE_NEEDED: Final = re.compile(r"(\| verifiers \|.*\n\|[-|]+\n)(?:\|.*\n)+")
_CHANCES: Final = re.compile(r"(\| by ten chances \|.*\n\|[-|]+\n)(?:\|.*\n)+")
_SPREAD: Final = {"days_mean": 1, "kept": 1, "peak": 0, "over": 0}
"""Figures, with how many digits after the point."""
_DAY_OF_WORK: Final = 8 * 3600
"""Seconds."""
_TWO_MONTHS: Final = date(2021, 7, 30)
_PEOPLE: Final = ((6, 4), (7, 4), (8, 4), (9, 4), (10, 4), (8, 3), (8, 5), (10, 5))


def commands() -> list[list[str]]:
    """Give the arguments of each command that the page shows, with files where they are."""
    found = (shlex.split(one[1])[1:] for one in _SHOWN.finditer(PAGE.read_text(encoding="utf-8")))
    return [[_there(one) for one in arguments] for arguments in found]


def _there(argument: str) -> str:
    if argument.endswith(".toml"):
        return str(EXAMPLES / argument)
    return str(PICTURES / argument) if argument.endswith(".png") else argument


def run(arguments: list[str]) -> str:
    """Run a command; give what it prints."""
    done = CliRunner().invoke(cli, ["--lang", "en", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def people(verifiers: int, printers: int) -> str:
    """Give the row of a table: what so many people come to."""
    office = Scenario(verifiers=verifiers, printers=printers, until=_TWO_MONTHS)
    result = simulate(office)
    read = office.a_day / (1 - office.returned_percent / 100) * office.verify_seconds
    busy = (
        read / (verifiers * _DAY_OF_WORK),
        office.a_day * office.print_seconds / (printers * _DAY_OF_WORK),
    )
    last = next(one for one in result.evenings if one.day == _TWO_MONTHS)
    made = result.made()
    cells = (
        verifiers,
        printers,
        f"{busy[0]:.0%}",
        f"{busy[1]:.0%}",
        f"{made.within(4):.0%}",
        made.most(0.9),
        f"{last.backlog:,}",
    )
    return "| " + " | ".join(map(str, cells)) + " |\n"


def chances(file: Path) -> str:
    """Give the row of another table: what a scenario comes to by ten chances."""
    (found,) = compare([read_scenario(file)], runs=10)
    cells = [_between(found.measure(name), digits) for name, digits in _SPREAD.items()]
    return "| " + " | ".join([f"`{file.name}`", *cells]) + " |\n"


def _between(measure: Measure, digits: int) -> str:
    mean, least, most = (
        f"{one or 0:,.{digits}f}" for one in (measure.mean, measure.least, measure.most)
    )
    return f"{mean} ({least}–{most})"


def page() -> str:
    """Give the page with everything in it made anew."""
    with ProcessPoolExecutor() as pool:
        tables = {
            _CHANCES: pool.map(chances, sorted(EXAMPLES.iterdir())),
            _PEOPLE_NEEDED: pool.map(people, *zip(*_PEOPLE, strict=True)),
        }
        outputs = pool.map(run, commands())
        text = _SHOWN.sub(
            lambda one: f"```sh\n{one[1]}\n```\n\n```text\n{next(outputs)}```\n",
            PAGE.read_text(encoding="utf-8"),
        )
        for table, rows in tables.items():
            text = _filled(table, "".join(rows), text)
    return text


def _filled(table: re.Pattern[str], rows: str, text: str) -> str:
    return table.sub(lambda one: one[1] + rows, text)


def main() -> None:
    """Write the page and the pictures."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
