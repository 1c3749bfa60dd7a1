"""Simulates what the docs show: `python tests/simulation/draw.py`, from the root of a clone.

Each command in docs/simulation.md is run as it stands, and what it prints is put below it; its
picture goes to docs/pictures. The table of how many people are needed is made anew as well.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from adminduk.cli import cli
from adminduk.simulation import Scenario, simulate

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "simulation.md"
EXAMPLES: Final = ROOT / "examples" / "simulation"
PICTURES: Final = ROOT / "docs" / "pictures"

_SHOWN: Final = re.compile(r"```sh\n(adminduk simulate .*)\n```\n\n```text\n(?:.*\n)*?```\n")
_TABLE: Final = re.compile(r"(\| verifiers \|.*\n\|[-|]+\n)(?:\|.*\n)+")
_DAY_OF_WORK: Final = 8 * 3600
"""Seconds."""
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


def people(until: date) -> Iterator[str]:
    """Give the rows of the table: what so many people come to by a day."""
    for verifiers, printers in _PEOPLE:
        office = Scenario(verifiers=verifiers, printers=printers, until=until)
        result = simulate(office)
        read = office.a_day / (1 - office.returned_percent / 100) * office.verify_seconds
        busy = (
            read / (verifiers * _DAY_OF_WORK),
            office.a_day * office.print_seconds / (printers * _DAY_OF_WORK),
        )
        last = next(one for one in result.evenings if one.day == until)
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
        yield "| " + " | ".join(map(str, cells)) + " |\n"


def page() -> str:
    """Give the page with everything in it made anew."""
    outputs = iter([run(one) for one in commands()])
    text = _SHOWN.sub(
        lambda one: f"```sh\n{one[1]}\n```\n\n```text\n{next(outputs)}```\n",
        PAGE.read_text(encoding="utf-8"),
    )
    rows = "".join(people(date(2021, 7, 30)))
    return _TABLE.sub(lambda one: one[1] + rows, text)


def main() -> None:
    """Write the page and the pictures."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
