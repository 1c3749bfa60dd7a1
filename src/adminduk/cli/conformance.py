"""Whether a storage, scans, a notifier, courier or master keep what each promises: conformance."""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show
from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.values import Phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from adminduk.testing.conformance import Finding

__all__ = ["conformance"]

_WORDS: Final = {"passed": N_("passed"), "failed": N_("failed"), "skipped": N_("skipped")}
_WIDTH: Final = 9


@command
@option(
    "--storage",
    "template",
    metavar="URL",
    help=N_(
        "An empty place, a new one for each check: {tmp} in it becomes a new folder that is"
        " removed afterwards, {n} a new name; as sqlite:///{tmp}/x.db. A store that holds an"
        " office is not touched."
    ),
)
@option(
    "--scans",
    metavar="URL",
    help=N_("A store of scans, at an empty place for each check: as file://{tmp}/scans."),
)
@option(
    "--notifier",
    metavar="URL",
    help=N_("A notifier; some fifty messages are really sent, to the number of --phone."),
)
@option(
    "--phone", metavar="PHONE", help=N_("The phone number that the messages of --notifier go to.")
)
@option(
    "--courier",
    metavar="URL",
    help=N_("A courier; some sixty bags are really booked, and cancelled again afterwards."),
)
@option(
    "--master",
    "keeper",
    metavar="URL",
    help=N_("A master key, as file:///etc/adminduk/master.key; nothing is kept that it wraps."),
)
def conformance(app: App, json_: bool, **asked: str | None) -> None:
    """Run every check; one that fails ends the program with 1."""
    if any(find_spec(name) is None for name in ("pytest", "hypothesis")):
        raise Refused(
            "testing_missing",
            N_("It needs what helps to test: pip install 'adminduk[testing]'"),
        )
    tell = None if json_ else lambda one: _show(app, one)
    findings = _findings(app, tell, **asked)
    counts = {name: Counter(one.outcome for one in findings)[name] for name in _WORDS}
    if json_:
        checks = [one.as_dict() for one in findings]
        as_json({"ok": not counts["failed"], **counts, "checks": checks})
    else:
        app.tell(
            N_("{passed} checks passed, {failed} failed, {skipped} skipped; {seconds} seconds."),
            passed=counts["passed"],
            failed=counts["failed"],
            skipped=counts["skipped"],
            seconds=round(sum(one.seconds for one in findings)),
        )
    if counts["failed"]:
        click.get_current_context().exit(1)


def _findings(
    app: App,
    tell: Callable[[Finding], None] | None,
    *,
    template: str | None,
    scans: str | None,
    notifier: str | None,
    phone: str | None,
    courier: str | None,
    keeper: str | None,
) -> list[Finding]:
    from adminduk.testing import conformance as kits

    if [template, scans, notifier, courier, keeper].count(None) != 4:  # noqa: PLR2004 - one of five
        raise click.UsageError(
            app.say(
                N_(
                    "Name one thing to check: --storage, --scans, --notifier, --courier or"
                    " --master."
                )
            )
        )
    if template is not None:
        return kits.conform(template, tell=tell)
    if scans is not None:
        return kits.conform_scans(scans, tell=tell)
    if keeper is not None:
        return kits.conform_master(keeper, tell=tell)
    if courier is not None:
        return kits.conform_courier(courier, tell=tell)
    assert notifier is not None
    if phone is None:
        raise click.UsageError(
            app.say(N_("Messages are really sent: say to which number by --phone."))
        )
    return kits.conform_notifier(notifier, Phone.parse(phone).full(), tell=tell)


def _show(app: App, one: Finding) -> None:
    show(f"{app.say(_WORDS[one.outcome]):{_WIDTH}}{one.name}")
    if one.outcome == "failed":
        app.tell(N_("It promises: {promise}"), promise=one.promise, indent=" " * _WIDTH)
        show(one.why, indent=" " * _WIDTH)
    elif one.outcome == "skipped":
        app.tell(
            N_("Not checked, as this is missing: {missing}."), missing=one.why, indent=" " * _WIDTH
        )
