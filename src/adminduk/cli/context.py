"""What every command of the command line shares: the office, the actor, the language."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
from attrs import define

from adminduk.errors import AdmindukError, InvalidInput
from adminduk.language import N_, translate
from adminduk.office import Office
from adminduk.records import Actor, Role

__all__ = ["App", "as_json", "parse_actor", "refusals_exit_1"]

P = ParamSpec("P")
R = TypeVar("R")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@define
class App:
    """The options that come before the command."""

    url: str | None
    actor: str | None
    language: str

    def say(self, text: str, **facts: object) -> str:
        """Give a sentence in the chosen language."""
        return translate(text, self.language).format(**facts)

    def echo(self, text: str = "", **facts: object) -> None:
        """Print a sentence for people."""
        click.echo(_CONTROL.sub("�", self.say(text, **facts) if text else ""))

    def table(self, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """Print a table that fits 80 columns."""
        from rich.box import SIMPLE
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE, pad_edge=False, show_edge=False)
        for head in heads:
            table.add_column(self.say(head), overflow="fold")
        for row in rows:
            table.add_row(*(Text(_CONTROL.sub("�", str(cell))) for cell in row))
        console = Console(width=None if sys.stdout.isatty() else 80, highlight=False)
        console.print(table)

    def office(self, **options: Any) -> Office:
        """Open the office that was named.

        Raises:
            InvalidInput: None was named.
        """
        if not self.url:
            raise InvalidInput.at(
                "--office",
                "missing",
                N_("No office was named."),
                N_("--office URL or ADMINDUK_OFFICE, as sqlite:///tuban.db; make one with `init`"),
            )
        return Office.open(self.url, language=self.language, **options)

    def who(self) -> Actor:
        """Give the actor that was named.

        Raises:
            InvalidInput: None was named, or not in the right form.
        """
        if not self.actor:
            raise InvalidInput.at("--as", "missing", N_("Nobody was named."), _AS)
        return parse_actor(self.actor)


_AS = N_("--as ROLE:ID@REGION or ADMINDUK_AS, as village_operator:siti@35.23.08.2001")


def parse_actor(text: str) -> Actor:
    """Read `ROLE:ID@REGION`; further posts follow after commas, as `,ROLE@REGION`."""
    first, *more = text.split(",")
    match = re.fullmatch(r"([a-z_]+):([^@]+)@([0-9.]+)", first)
    if match is None or match[1] not in set(Role):
        raise InvalidInput.at("--as", "actor", N_("That is no actor."), _AS)
    from adminduk.records import Post

    also = []
    for one in more:
        role, _, region = one.partition("@")
        if role not in set(Role):
            raise InvalidInput.at("--as", "actor", N_("That is no actor."), _AS)
        also.append(Post(Role(role), region))
    return Actor(match[2], Role(match[1]), match[3], tuple(also))


def as_json(data: Any) -> None:
    """Print data for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=None))


def refusals_exit_1(function: Callable[P, R]) -> Callable[P, R]:
    """Let errors of the library end the program with 1, the error on standard error."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        context = click.get_current_context()
        app: App = context.obj
        try:
            return function(*args, **kwargs)
        except AdmindukError as error:
            if kwargs.get("json_"):
                click.echo(json.dumps(error.as_dict(app.language), ensure_ascii=False), err=True)
            else:
                click.echo(_CONTROL.sub("�", error.message(app.language)), err=True)
            context.exit(1)

    return run


json_option = click.option("--json", "json_", is_flag=True, help=N_("Print JSON for programs."))
