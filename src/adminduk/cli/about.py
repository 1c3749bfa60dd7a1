"""What the library and its plugins are: lifecycle, schema, plugins."""

from __future__ import annotations

import click
from attrs import asdict

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show, table
from adminduk.language import N_

__all__ = ["lifecycle", "plugins", "schema"]

_KINDS = ("application", "copy", "original", "bag")


@command
@click.argument("kind", nargs=-1, type=click.Choice(_KINDS))
@option(
    "--format",
    "form",
    type=click.Choice(["md", "mermaid"]),
    default="md",
    show_default=True,
    help=N_("As tables (md) or as diagrams (mermaid)."),
)
def lifecycle(app: App, kind: tuple[str, ...], form: str, json_: bool) -> None:  # noqa: ARG001 - the same in every language
    """Print lifecycles."""
    from adminduk.lifecycle import table_of
    from adminduk.lifecycle.drawing import markdown, mermaid

    kinds = kind or _KINDS
    if json_:
        as_json(
            {
                one: [
                    {
                        "state": arrow.source,
                        "event": arrow.event,
                        "guards": list(arrow.guards),
                        "next": arrow.target,
                    }
                    for arrow in table_of(one)
                ]
                for one in kinds
            }
        )
        return
    draw = mermaid if form == "mermaid" else markdown
    for one in kinds:
        click.echo(draw(one))


@command
def schema(app: App, json_: bool) -> None:  # noqa: ARG001 - JSON in every language
    """Print the schema."""
    from adminduk.schema import command_schema

    as_json(command_schema())


@command
def plugins(app: App, json_: bool) -> None:
    """List the plugins, those that are not allowed, and those that could not be loaded."""
    from adminduk import plugins as hooks

    found, failed, left_out, absent = (
        *(hooks.listing(), hooks.failures()),
        *(hooks.left_out(), hooks.absent()),
    )
    if json_:
        as_json(
            {
                "plugins": list(map(asdict, found)),
                "not_allowed": list(map(asdict, left_out)),
                "not_installed": absent,
                "failures": failed,
            }
        )
        return
    heads = (N_("Plugin"), N_("From"), N_("Hooks"))
    table(
        [app.say(head) for head in heads],
        [(one.name, f"{one.distribution} {one.version}", ", ".join(one.hooks)) for one in found],
    )
    for one in left_out:
        show()
        app.tell(
            N_("Plugin {name} of {distribution} {version} is not allowed, and was not loaded."),
            name=one.name,
            distribution=one.distribution,
            version=one.version,
        )
    for name in absent:
        show()
        text = N_("{variable} allows the plugins of {name}, and there are none here.")
        app.tell(text, variable=hooks.ALLOWED, name=name)
    for name, why in failed.items():
        show()
        app.tell(N_("Plugin {name} could not be loaded: {why}"), name=name, why=why)
