"""The receipt (tanda terima) that an applicant takes home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from adminduk import regions
from adminduk.cli.app import App
from adminduk.cli.printing import broken, safe
from adminduk.cli.promised import promise_lines
from adminduk.language import N_
from adminduk.records import Application

if TYPE_CHECKING:
    from adminduk.office import Office

__all__ = ["slip"]

_WIDTH: Final = 60
_BULLET: Final = "  - "


def slip(app: App, office: Office, code: str) -> str:
    """Give the receipt of an application as text, to be printed; no NIK is on it in full."""
    record = office.record("application", code)
    assert isinstance(record, Application)
    lines = [
        "-" * _WIDTH,
        app.say(N_("RECEIPT (TANDA TERIMA)")).center(_WIDTH).rstrip(),
        "-" * _WIDTH,
        *_facts(app, record),
        *_lists(app, office, record),
        *_promised(app, office, code),
        app.say(N_("Everything is free. Ask for it by the code above, at the village hall.")),
        "-" * _WIDTH,
    ]
    fitted = (one for line in lines for one in broken(safe(line), _WIDTH, hang=_hang(line)))
    return "\n".join(fitted) + "\n\n"


def _hang(line: str) -> str:
    return "    " if line.startswith(_BULLET) else ""


def _facts(app: App, record: Application) -> Iterator[str]:
    applicant = record.case.applicant
    yield app.say(N_("Tracking code: {code}"), code=record.key)
    yield app.say(N_("Applicant: {name}"), name=applicant.name or "–")
    yield app.say(N_("NIK: {nik}"), nik=applicant.nik or "–")
    yield app.say(
        N_("Received: {day}, {place} ({role})"),
        day=record.rules,
        place=regions.get(record.holder.region).name,
        role=app.name(record.holder.role),
    )


def _promised(app: App, office: Office, code: str) -> Iterator[str]:
    """Say when each document can be had."""
    products = office.track(code).as_dict(app.language)["products"]
    lines = [f"{_BULLET}{line}" for line in promise_lines(app, products)]
    yield from [app.say(N_("Promised:")), *lines] if lines else ()


def _lists(app: App, office: Office, record: Application) -> Iterator[str]:
    """List what is applied for, what was shown, and what is still to be handed in."""
    assert record.rules is not None, "what was submitted keeps its rules"
    catalogue, language = office.catalogue, app.language
    expected = [
        item
        for item in record.originals
        if office.record("original", f"{record.key}/{item}").state == "expected"
    ]
    services = (catalogue.service(one, record.rules).name for one in record.services)
    shown = (catalogue.papers[one.item].name for one in record.evidence)
    due = (catalogue.papers[item].name for item in expected)
    for title, names in (
        (N_("Applied for:"), services),
        (N_("Shown:"), shown),
        (N_("To be handed in, the original:"), due),
    ):
        found = [f"{_BULLET}{name.in_language(language)}" for name in names]
        yield from [app.say(title), *found] if found else ()
