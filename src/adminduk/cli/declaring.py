"""How a command is declared: its options, and how its refusals are shown."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

import click

from adminduk.cli.app import App
from adminduk.cli.printing import as_json, show
from adminduk.errors import AdmindukError
from adminduk.language import N_, translate

__all__ = ["Decorator", "Group", "Option", "app_of", "command", "option", "show_error"]

Function = Callable[..., None]
Decorator = Callable[[Function], Function]


def app_of(context: click.Context) -> App:
    """Give the options that came before the command."""
    app = context.find_object(App)
    assert app is not None, "the program makes it before it reads an option"
    return app


class Group(click.Group):
    """A group of commands that speaks the chosen language.

    Attributes:
        texts: What each command does, by its name, in the order in which they are listed.
    """

    texts: ClassVar[Mapping[str, str]]

    def found(self, name: str) -> click.Command:
        """Give a command that is listed."""
        return self.commands[name]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - always the same
        """Give the names of the commands."""
        return list(self.texts)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, with its help in the chosen language."""
        if cmd_name not in self.texts:
            return None
        found = self.found(cmd_name)
        found.help = app_of(ctx).say(self.texts[cmd_name])
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without looking one up."""
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl([(name, app_of(ctx).say(text)) for name, text in self.texts.items()])


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


def show_error(app: App, error: AdmindukError, *, json_: bool) -> None:
    """Print an error on standard error."""
    if json_:
        as_json(error.as_dict(app.language), err=True)
    else:
        show(error.message(app.language), err=True)


def command(function: Function) -> click.Command:
    """Make a command of a function of the app and the options; its help is in the list of commands.

    A refusal ends the program with 1, the error on standard error.
    """

    @wraps(function)
    def run(app: App, /, **options: Any) -> None:
        try:
            function(app, **options)
        except AdmindukError as error:
            show_error(app, error, json_=options["json_"])
            click.get_current_context().exit(1)

    made = click.command(click.pass_obj(run))
    made.params.append(
        Option(["--json", "json_"], is_flag=True, help=N_("Print JSON for programs."))
    )
    return made
