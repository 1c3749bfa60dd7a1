"""The office's day: init, apply, inbox, track, journal, deliver, tick."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import IO, Any

import click

from adminduk.cli.context import App, as_json, json_option, refusals_exit_1
from adminduk.cli.slip import receipt_slip
from adminduk.codec import parse_json, read_order
from adminduk.errors import AdmindukError, InvalidInput
from adminduk.journal import Change
from adminduk.language import N_
from adminduk.office import Office
from adminduk.records import Actor

__all__ = ["apply", "deliver", "inbox", "init", "journal", "tick", "track"]

_LONGEST_LINE = 5 * 1024 * 1024


@click.command(help=N_("Make an office in a store."))
@click.argument("url")
@click.option("--region", required=True, metavar="CODE", help=N_("The regency, as 35.23."))
@json_option
@click.pass_obj
@refusals_exit_1
def init(app: App, url: str, region: str, json_: bool) -> None:
    """Make an office."""
    with Office.init(url, region) as office:
        if json_:
            as_json({"office": office.region.full(), "url": url})
        else:
            app.echo(
                N_("Office {region} is ready in {url}. Name it with --office or ADMINDUK_OFFICE."),
                region=office.region,
                url=url,
            )


@click.command(
    help=N_(
        "Run commands from a file (or - for standard input), one JSON object a"
        " line; prints a result a line."
    )
)
@click.argument("file", type=click.File("rb"))
@click.option("--stop", is_flag=True, help=N_("Stop at the first refusal."))
@click.option(
    "--slips",
    is_flag=True,
    help=N_(
        "Print the applicant's receipt (tanda terima) after each submission, on standard error."
    ),
)
@json_option
@click.pass_obj
@refusals_exit_1
def apply(app: App, file: IO[bytes], stop: bool, slips: bool, json_: bool) -> None:  # noqa: ARG001
    """Run commands."""
    sender = app.who() if app.actor else None
    refused = 0
    done = 0
    with app.office() as office:
        for place, line in enumerate(_lines(file), start=1):
            answer = _apply_line(app, office, sender, line, slips)
            as_json(answer)
            done += 1
            if not answer["ok"]:
                refused += 1
                if stop:
                    break
            if place % 100 == 0 and sys.stderr.isatty():
                click.echo(f"\r{place}", nl=False, err=True)
    click.echo(
        app.say(N_("{done} lines, {refused} refused."), done=done, refused=refused), err=True
    )
    if refused:
        click.get_current_context().exit(1)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Give the lines that are not blank; one that is too long is cut, and then no JSON."""
    while line := file.readline(_LONGEST_LINE):
        while not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
            rest = file.readline(_LONGEST_LINE)
            if len(rest) < _LONGEST_LINE or rest.endswith(b"\n"):
                break
        if line.strip():
            yield line


def _apply_line(
    app: App, office: Office, sender: Actor | None, line: bytes, slips: bool
) -> dict[str, Any]:
    id_: Any = None
    try:
        data = parse_json(line)
        id_ = data.get("id") if isinstance(data, dict) else None
        order = read_order(data)
        by = order.by or sender
        if by is None:
            raise InvalidInput.at("by", "missing", N_("Nobody was named."), N_("`by`, or --as"))
        if sender is not None and by != sender:
            raise InvalidInput.at(
                "by", "other_actor", N_("The line is by another actor than --as.")
            )
        receipt = office.do(order.command, by=by)
    except AdmindukError as error:
        return {
            "id": id_ if isinstance(id_, str) and len(id_) < 100 else None,
            "ok": False,
            "error": error.as_dict(app.language),
        }
    if slips and order.command.NAME == "submit" and not receipt.repeated:
        click.echo(receipt_slip(app, office, receipt), err=True)
    return receipt.as_dict()


@click.command(help=N_("Show what is to be done at the posts of --as, the most urgent first."))
@click.option("--limit", default=50, show_default=True, help=N_("The most rows."))
@click.option("--after", help=N_("Where the page before ended."))
@json_option
@click.pass_obj
@refusals_exit_1
def inbox(app: App, limit: int, after: str | None, json_: bool) -> None:
    """Show an inbox."""
    with app.office() as office:
        page = office.inbox(app.who(), after=after, limit=limit)
    if json_:
        as_json(
            {
                "tasks": [
                    {
                        "kind": one.kind,
                        "id": one.id,
                        "state": one.state,
                        "region": one.region,
                        "due": one.due,
                    }
                    for one in page.tasks
                ],
                "next": page.next,
            }
        )
        return
    if not page.tasks:
        app.echo(N_("Nothing waits here. What is submitted, printed or sent here will show up."))
        return
    rows = [
        (one.kind, one.id, one.state, one.region, one.due[:10] if one.due < "9999" else "–")
        for one in page.tasks
    ]
    app.table((N_("Kind"), N_("Id"), N_("State"), N_("Village"), N_("Due")), rows)
    if page.next:
        app.echo(N_("There is more: --after '{after}'"), after=page.next)


@click.command(help=N_("Say where a case is, by its tracking code."))
@click.argument("code")
@json_option
@click.pass_obj
@refusals_exit_1
def track(app: App, code: str, json_: bool) -> None:
    """Track a case."""
    with app.office() as office:
        tracking = office.track(code)
    data = tracking.as_dict(app.language)
    if json_:
        as_json(data)
        return
    detail = f" ({data['detail']})" if data["detail"] else ""
    click.echo(f"{tracking.code}: {data['word']}{detail}")
    for one in data["products"]:
        detail = f" ({one['detail']})" if one["detail"] else ""
        click.echo(f"  {one['product']}: {one['word']}{detail}")
    if data["papers"]:
        app.table(
            (N_("Paper"), N_("What"), N_("State"), N_("Answers for it"), N_("Bag")),
            [
                (one["id"], one["what"], one["state"], one["answers"] or "–", one["bag"] or "–")
                for one in data["papers"]
            ],
        )


@click.command(help=N_("Show the journal: of a case, a paper, a bag, or of the whole office."))
@click.argument("code", required=False)
@click.option("--after", default=0, help=N_("Entries after this number."))
@click.option("--limit", default=1000, show_default=True, help=N_("The most entries."))
@json_option
@click.pass_obj
@refusals_exit_1
def journal(app: App, code: str | None, after: int, limit: int, json_: bool) -> None:
    """Show the journal."""
    with app.office() as office:
        changes = office.journal(code, after=after, limit=limit)
    if json_:
        for one in changes:
            as_json(_as_dict(one))
        return
    if not changes:
        app.echo(N_("The journal has nothing about that yet."))
    for one in changes:
        state = f" -> {one.set['state']}" if "state" in one.set else ""
        click.echo(
            f"{one.seq:>6} {one.at.isoformat(timespec='minutes')} {one.do}"
            f" {one.kind} {one.id}{state}"
        )
        app.echo(
            N_("       by {by}, {post}{approved}"),
            by=one.by,
            post=one.post,
            approved=f" + {one.approved_by}" if one.approved_by else "",
        )


def _as_dict(change: Change) -> dict[str, Any]:
    """Give an entry without what is personal."""
    return {
        "seq": change.seq,
        "kind": change.kind,
        "id": change.id,
        "version": change.version,
        "command": change.command,
        "do": change.do,
        "by": change.by,
        "post": change.post,
        "approved_by": change.approved_by,
        "at": change.at.isoformat(),
        "recorded": change.recorded.isoformat(),
        "set": {name: value for name, value in change.set.items() if name != "personal"},
    }


@click.command(help=N_("Deliver the messages that are due, once."))
@click.option("--notifier", default="console:", show_default=True, help=N_("URL of the notifier."))
@json_option
@click.pass_obj
@refusals_exit_1
def deliver(app: App, notifier: str, json_: bool) -> None:
    """Deliver messages."""
    with app.office(notifier=notifier) as office:
        result = office.deliver()
    if json_:
        as_json({"sent": result.sent, "again": result.again, "parked": result.parked})
    else:
        app.echo(
            N_("Sent {sent}, to be tried again {again}, parked {parked}."),
            sent=result.sent,
            again=result.again,
            parked=result.parked,
        )


@click.command(help=N_("Let happen what time alone brings: what expires or goes home unclaimed."))
@json_option
@click.pass_obj
@refusals_exit_1
def tick(app: App, json_: bool) -> None:
    """Tick."""
    with app.office() as office:
        receipts = office.tick()
    if json_:
        for one in receipts:
            as_json(one.as_dict())
    else:
        app.echo(N_("{count} records changed."), count=sum(len(one.records) for one in receipts))
