"""What the library, its plugins and a store are: lifecycle, schema, plugins, verify, doctor."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

import click

from adminduk import plugins as hooks
from adminduk.cli.context import App, as_json, json_option, refusals_exit_1
from adminduk.language import N_
from adminduk.schema import command_schema

__all__ = ["doctor", "lifecycle", "plugins", "schema", "verify"]

_KINDS = ("application", "copy", "original", "bag")
_SAFE_SQLITE = (3, 51, 3)


@click.command(help=N_("Print the lifecycles: as tables (md) or diagrams (mermaid)."))
@click.argument("kind", nargs=-1, type=click.Choice(_KINDS))
@click.option(
    "--format", "format_", type=click.Choice(["md", "mermaid"]), default="md", show_default=True
)
@click.pass_obj
@refusals_exit_1
def lifecycle(app: App, kind: tuple[str, ...], format_: str) -> None:  # noqa: ARG001
    """Print lifecycles."""
    from adminduk.lifecycle.drawing import markdown, mermaid

    draw = mermaid if format_ == "mermaid" else markdown
    for one in kind or _KINDS:
        click.echo(draw(one))


@click.command(help=N_("Print the JSON Schema of the commands that `apply` reads."))
@refusals_exit_1
def schema() -> None:
    """Print the schema."""
    as_json(command_schema())


@click.command(help=N_("List the plugins and what they hook."))
@json_option
@click.pass_obj
@refusals_exit_1
def plugins(app: App, json_: bool) -> None:
    """List plugins."""
    found = hooks.listing()
    failed = hooks.failures()
    if json_:
        as_json(
            {
                "plugins": [
                    {"name": one.name, "version": one.version, "hooks": list(one.hooks)}
                    for one in found
                ],
                "failures": failed,
            }
        )
        return
    app.table(
        (N_("Plugin"), N_("Version"), N_("Hooks")),
        [(one.name, one.version, ", ".join(one.hooks)) for one in found],
    )
    for name, why in failed.items():
        app.echo(N_("Plugin {name} could not be loaded: {why}"), name=name, why=why)


@click.command(help=N_("Replay the journal and check everything stored."))
@json_option
@click.pass_obj
@refusals_exit_1
def verify(app: App, json_: bool) -> None:
    """Verify a store."""
    shown = sys.stderr.isatty()

    def progress(records: int) -> None:
        if shown and records % 100 == 0:
            click.echo(f"\r{records}", nl=False, err=True)

    with app.office() as office:
        report = office.verify(progress)
    if json_:
        as_json(
            {
                "ok": report.clean,
                "records": report.records,
                "entries": report.entries,
                "claims": report.claims,
                "faults": list(report.faults),
            }
        )
    else:
        app.echo(
            N_("{records} records, {entries} journal entries, {claims} claims: {faults} faults."),
            records=report.records,
            entries=report.entries,
            claims=report.claims,
            faults=len(report.faults),
        )
        for fault in report.faults:
            click.echo(f"  {fault}")
    if not report.clean:
        click.get_current_context().exit(1)


@click.command(help=N_("Say whether everything the library needs is here and sound."))
@json_option
@click.pass_obj
@refusals_exit_1
def doctor(app: App, json_: bool) -> None:
    """Examine the surroundings."""
    import apsw

    sqlite = apsw.sqlite_lib_version()
    sound = tuple(map(int, sqlite.split("."))) >= _SAFE_SQLITE
    failed = hooks.failures()
    checks = {
        "adminduk": (True, version("adminduk")),
        "python": (True, platform.python_version()),
        "sqlite": (sound, sqlite),
        "plugins": (not failed, ", ".join(failed) or "–"),
    }
    if app.url:
        with app.office() as office:
            checks["office"] = (True, office.region.full())
    if json_:
        as_json({name: {"ok": ok, "value": value} for name, (ok, value) in checks.items()})
    else:
        for name, (ok, value) in checks.items():
            click.echo(f"{'ok ' if ok else '!! '} {name}: {value}")
        if not sound:
            app.echo(
                N_(
                    "This SQLite can corrupt a file that several processes write; at least"
                    " 3.51.3 is needed: install a newer apsw."
                )
            )
    if not all(ok for ok, _ in checks.values()):
        click.get_current_context().exit(1)
