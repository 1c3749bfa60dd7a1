"""How a command is declared: its options, and how its refusals are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from adminduk.cli.app import App
from adminduk.cli.printing import as_json, show
from adminduk.errors import AdmindukError
from adminduk.language import N_, translate

__all__ = ["Decorator", "Option", "command", "option"]

Function = Callable[..., None]
Decorator = Callable[[Function], Function]


class Option(click.Option):
    """An option whose help is marked with `N_`, and shown in the chosen language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give what the help says of the option."""
        english, app = self.help, ctx.find_object(App)
        if english and app:
            self.help = translate(english, app.language)
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


def option(*names: str, **settings: Any) -> Decorator:
    """Add an option to a command."""
    return click.option(*names, cls=Option, **settings)


def command(function: Function) -> click.Command:
    """Make a command of a function of the app and the options; its help is in the list of commands.

    A refusal ends the program with 1, the error on standard error.
    """

    @wraps(function)
    def run(app: App, /, **options: Any) -> None:
        try:
            function(app, **options)
        except AdmindukError as error:
            if options["json_"]:
                as_json(error.as_dict(app.language), err=True)
            else:
                show(error.message(app.language), err=True)
            click.get_current_context().exit(1)

    made = click.command(click.pass_obj(run))
    made.params.append(
        Option(["--json", "json_"], is_flag=True, help=N_("Print JSON for programs."))
    )
    return made
