"""The command line `adminduk`: for people, and with `--json` for programs.

Exit status 0: done; 1: refused, with the error on standard error; 2: misuse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from adminduk.cli import about, law, work
from adminduk.cli.context import App
from adminduk.cli.demo import demo
from adminduk.language import DEFAULT_LANGUAGE, LANGUAGES, N_, translate

__all__ = ["cli", "main"]


@click.group(
    help=N_("The registry office: applications, checklists, custody of every paper."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option(
    "--office",
    "url",
    envvar="ADMINDUK_OFFICE",
    metavar="URL",
    help=N_("The office's store, as sqlite:///tuban.db."),
)
@click.option(
    "--as",
    "actor",
    envvar="ADMINDUK_AS",
    metavar="ROLE:ID@REGION",
    help=N_("Who acts, as village_operator:siti@35.23.08.2001."),
)
@click.option(
    "--lang",
    "language",
    envvar="ADMINDUK_LANG",
    type=click.Choice(LANGUAGES),
    default=DEFAULT_LANGUAGE,
    help=N_("The language: id or en."),
)
@click.version_option(package_name="adminduk")
@click.pass_context
def cli(context: click.Context, url: str | None, actor: str | None, language: str) -> None:
    """Take the options that come before the command."""
    context.obj = App(url, actor, language)


for _command in (
    work.init,
    demo,
    law.services,
    law.checklist,
    law.nik,
    law.region,
    work.apply,
    work.inbox,
    work.track,
    work.journal,
    work.deliver,
    work.tick,
    about.lifecycle,
    about.schema,
    about.plugins,
    about.verify,
    about.doctor,
):
    cli.add_command(_command)


def _language(arguments: Sequence[str]) -> str:
    """Find the language before the options are read, so that help is in it too."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return os.environ.get("ADMINDUK_LANG", DEFAULT_LANGUAGE)


def _localise(command: click.Command, language: str) -> None:
    command.help = translate(command.help, language) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translate(parameter.help, language)
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _localise(one, language)


def main() -> None:
    """Run the command line."""
    language = _language(sys.argv[1:])
    if language in LANGUAGES:
        _localise(cli, language)
    cli(prog_name="adminduk")
