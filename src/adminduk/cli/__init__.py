"""The command line `adminduk`: for people, and with `--json` for programs.

Exit status 0: done; 1: refused, with the error on standard error; 2: misuse.
"""

from __future__ import annotations

import gettext
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.resources import as_file, files
from itertools import zip_longest
from keyword import iskeyword
from typing import Any, ClassVar, Final, NoReturn

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import Group, Option, app_of, option
from adminduk.cli.printing import WIDTH, show
from adminduk.language import DEFAULT_LANGUAGE, LANGUAGES, N_
from adminduk.logs import where

__all__ = ["cli", "main"]

_COMMANDS: Final = {
    "init": ("office", N_("Make an office in a store.")),
    "demo": ("demo", N_("Play the story of an office on a fresh file.")),
    "services": ("law", N_("List the services that can be applied for.")),
    "checklist": ("law", N_("Say what must be brought for services, and why.")),
    "interview": ("interview", N_("Ask what decides the list, question by question.")),
    "catalogue": ("catalogue", N_("Check rules, compare them, and list what is not sure.")),
    "nik": ("numbers", N_("Say what a NIK tells; it is never printed in full.")),
    "region": ("numbers", N_("Look a region up by its code or its name.")),
    "apply": ("applying", N_("Run commands from a file, one JSON object a line.")),
    "bundle": (
        "bundles",
        N_("Bring a village's work to the office in a file, where no network is."),
    ),
    "scans": ("scans", N_("Keep scans, give them out, check them, remove what nothing names.")),
    "inbox": ("day", N_("Show whose turn it is: what waits at the posts of --as.")),
    "find": ("desk", N_("Find the cases of a village, for a person without a code.")),
    "take": ("desk", N_("Take the next case to verify, so that nobody else reads it.")),
    "print": ("desk", N_("Print a batch: the copies that have waited longest.")),
    "blanks": ("blanks", N_("Balance the blanks: received, used, left, and for how long.")),
    "blank": ("blanks", N_("Say what became of a blank, by its number.")),
    "originals": ("custody", N_("List the originals that the office holds, and until when.")),
    "destroyable": ("custody", N_("Show what is void and waits to be destroyed.")),
    "destroy": ("custody", N_("Destroy all that is void, in one act, with minutes.")),
    "minutes": ("custody", N_("Show minutes (berita acara), or list those of some days.")),
    "schedule": ("courier", N_("Show when the courier goes where, and plan its bags.")),
    "trips": ("trips", N_("List the courier's trips, with their bags and stops.")),
    "trip": ("trips", N_("Show a trip stop by stop; take its bags along, or in.")),
    "manifest": ("courier", N_("List what is in a bag.")),
    "label": ("courier", N_("Fetch the courier's label for a sealed bag, to be printed.")),
    "late": ("promises", N_("List what is overdue, and what soon will be, and why.")),
    "promises": ("promises", N_("Give account of each promise for a month.")),
    "simulate": ("simulate", N_("Simulate an office: its backlog and days, if something changes.")),
    "count": ("courier", N_("Count papers by their ids; give their check code, with no office.")),
    "slip": ("slips", N_("Make a slip: tanda terima, kartu kendali, ekspedisi, as text or PDF.")),
    "notices": ("notices", N_("List what is closed at which door, and until when.")),
    "owed": ("owed", N_("Say which post answers for what, and since when.")),
    "delegations": ("delegations", N_("List the posts that are lent: who acts for whom.")),
    "case": ("reading", N_("Read a case; who does is written down.")),
    "readings": ("reading", N_("Say who read a case, or what somebody read.")),
    "track": ("day", N_("Say where a case is, by its tracking code.")),
    "progress": ("standing", N_("Say what a case has shown of what it must bring.")),
    "journal": ("day", N_("Show what happened: to a case, a paper, a bag, or to all.")),
    "person": ("privacy", N_("Write all that is held of a person, for that person.")),
    "erase": ("privacy", N_("Forget the people of a case that has ended, for good.")),
    "retention": ("privacy", N_("List the cases that were kept long enough; erase them.")),
    "breach": ("privacy", N_("Say whose data was laid open, and draft the notice.")),
    "deliver": ("office", N_("Deliver the messages that are due.")),
    "messages": ("messages", N_("List the messages that wait, and send parked ones again.")),
    "tick": ("office", N_("Let happen what time alone brings.")),
    "lifecycle": ("about", N_("Print the lifecycles as tables or diagrams.")),
    "schema": ("about", N_("Print the JSON Schema of what `apply` reads.")),
    "plugins": ("about", N_("List the plugins and what they hook.")),
    "verify": ("soundness", N_("Replay the journal and check everything stored.")),
    "seals": ("seals", N_("Seal the journal day by day, and prove by it what was written.")),
    "backup": ("backups", N_("Write the whole store into a file, while others go on working.")),
    "restore": ("backups", N_("Make the store of a backup, at a place where nothing is.")),
    "export": ("moving", N_("Write all of an office into a file, for any other storage.")),
    "import": ("moving", N_("Bring an office in from such a file, where it is not yet.")),
    "master": ("master", N_("Make a master key, and have another one take over.")),
    "conformance": (
        "conformance",
        N_("Hold a storage, scans, notifier, courier or master to what it promises."),
    ),
    "doctor": ("soundness", N_("Say whether everything needed is here and sound.")),
}
"""Every command: its module, imported when it is used, and what it does."""


class _Program(Group):
    """A group that imports a command when it is used."""

    texts: ClassVar = {name: text for name, (_, text) in _COMMANDS.items()}

    def found(self, name: str) -> click.Command:
        """Import a command."""
        module, _ = _COMMANDS[name]
        inside = f"{name}_" if iskeyword(name) else name
        imported: click.Command = getattr(import_module(f"adminduk.cli.{module}"), inside)
        return imported

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program is."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                app_of(ctx).say(
                    N_("The registry office: applications, checklists, and where each paper is.")
                )
            )

    def main(self, args: Sequence[str] | None = None, **settings: Any) -> NoReturn:  # type: ignore[override] # always standalone
        """Run the program; it always ends by SystemExit."""
        app = App(_spoken(_language(sys.argv[1:] if args is None else args)))
        try:
            code = super().main(args, **{**settings, "standalone_mode": False}, obj=app)
        except click.ClickException as error:
            _show(error)
            code = error.exit_code
        except click.Abort:
            app.tell(N_("Broken off. What was answered before took effect."), err=True)
            code = 1
        except Exception as error:  # noqa: BLE001 - what nobody foresaw; what it says may be anything
            if isinstance(error, OSError) and error.filename is None:  # of what is printed
                _show_unwritten(app, error)
            else:
                _show_unforeseen(app, error)
            code = 1
        sys.exit(code)


def _show(error: click.ClickException) -> None:
    """Show what click says, in its lines; what was typed brings no lines of its own."""
    message = " ".join(error.format_message().split())
    error.format_message = lambda: message  # type: ignore[method-assign] # what `show` asks
    said = io.StringIO()
    error.show(said)
    for line in said.getvalue().rstrip("\n").split("\n"):
        show(line, err=True)


def _show_unwritten(app: App, error: OSError) -> None:
    """Say that what is printed cannot be; it may be that nothing can be told."""
    with suppress(OSError):
        text = N_("The output cannot be written: {why}. What was done before took effect.")
        app.tell(text, why=error.strerror, err=True)


def _show_unforeseen(app: App, error: Exception) -> None:
    """Show where something went wrong that nobody foresaw, and not what was said of it."""
    for line in where(error):
        click.echo(line, err=True)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    text = N_(
        "This is a mistake in the program: {kind}. What it says is left out: it may tell of people."
    )
    app.tell(text, kind=kind, err=True)


def _language(arguments: Sequence[str]) -> str:
    """Find the language before the options are read, so that help and errors are in it too."""
    asked = os.environ.get("ADMINDUK_LANG", DEFAULT_LANGUAGE)
    for one, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        name, _, value = one.partition("=")
        if name == "--lang":
            asked = value or following
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _spoken(language: str) -> str:
    """Have click, which asks gettext for its own words, speak the language too.

    Gives the language that is spoken: English where the texts of the other are not installed.
    """
    with as_file(files("adminduk") / "locale") as folder:
        gettext.bindtextdomain("adminduk", str(folder))
        spoken = language if gettext.find("adminduk", str(folder), [language]) else "en"
    gettext.textdomain("adminduk")
    os.environ["LANGUAGE"] = spoken
    return spoken


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
)
@option(
    "--office",
    "url",
    envvar="ADMINDUK_OFFICE",
    metavar="URL",
    help=N_(
        "The office's store, as sqlite:///tuban.db; of several offices in one store,"
        " sqlite:///jatim.db#35.23."
    ),
)
@option(
    "--scans",
    envvar="ADMINDUK_SCANS",
    metavar="URL",
    help=N_("Where scans are kept, as file:///var/lib/adminduk/scans."),
)
@option(
    "--master",
    envvar="ADMINDUK_MASTER",
    metavar="URL",
    help=N_("The master key of an encrypted office, as file:///etc/adminduk/master.key."),
)
@option(
    "--as",
    "actor",
    envvar="ADMINDUK_AS",
    metavar="ROLE:ID@REGION",
    help=N_("Who acts, as village_operator:siti@35.23.08.2001."),
)
@option(
    "--rules",
    envvar="ADMINDUK_RULES",
    metavar="DIR",
    help=N_("A folder with what the regency lays over the national rules."),
)
@option(
    "--lang",
    envvar="ADMINDUK_LANG",
    type=click.Choice(LANGUAGES),
    default=DEFAULT_LANGUAGE,
    expose_value=False,  # it was read before all others
    help=N_("The language: id or en."),
)
@click.version_option(
    package_name="adminduk",
    message="%(prog)s %(version)s",
    cls=Option,
    help=N_("Show the version and exit."),
)
@click.pass_obj
def cli(
    app: App,
    *,
    url: str | None,
    scans: str | None,
    master: str | None,
    actor: str | None,
    rules: str | None,
) -> None:
    """Take the options that come before the command."""
    app.url, app.scans, app.master, app.actor, app.rules = url, scans, master, actor, rules


def main() -> None:
    """Run the command line; what the terminal cannot write is written as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="adminduk")
