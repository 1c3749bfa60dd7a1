"""The applicant's receipt (tanda terima) as text."""

from __future__ import annotations

from adminduk.cli.context import App
from adminduk.language import N_
from adminduk.office import Office, Receipt
from adminduk.records import Application

__all__ = ["receipt_slip"]

_WIDTH = 60


def receipt_slip(app: App, office: Office, receipt: Receipt) -> str:
    """Give the slip that the applicant takes home after a submission; no NIK is on it in full."""
    record = office.record("application", receipt.records[0].id)
    assert isinstance(record, Application)
    case = record.case
    name = str(case.applicant.name) if case.applicant.name else "–"
    nik = str(case.applicant.nik) if case.applicant.nik else "–"
    on = str(record.rules)
    services = [
        f"  - {office.catalogue.service(one, record.rules).name.in_language(app.language)}"
        for one in record.services
        if record.rules is not None
    ]
    later = [f"  - {item}" for item in record.originals]
    lines = [
        "=" * _WIDTH,
        app.say(N_("RECEIPT (TANDA TERIMA)")).center(_WIDTH).rstrip(),
        "=" * _WIDTH,
        app.say(N_("Tracking code : {code}"), code=record.key),
        app.say(N_("Applicant     : {name}"), name=name),
        app.say(N_("NIK           : {nik}"), nik=nik),
        app.say(N_("Received on   : {on}"), on=on),
        app.say(N_("Received by   : {post}"), post=str(record.holder)),
        app.say(N_("Applied for   :")),
        *services,
    ]
    if later:
        lines += [app.say(N_("Originals to hand in :")), *later]
    lines += [
        "-" * _WIDTH,
        app.say(N_("Everything is free. Follow it: adminduk track {code}"), code=record.key),
        "=" * _WIDTH,
    ]
    return "\n".join(lines)
