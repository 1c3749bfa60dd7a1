"""Reading a case: that somebody did is a record of its own, so that nobody at work is disturbed."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.lifecycle import table_of
from adminduk.records import OFFICE_ROLES, Application, Reading, Role

__all__ = ["read"]


def read(docket: Docket, command: c.Read) -> None:
    """Write down who reads a case, in which post, and why."""
    application = docket.application(command.application.full())
    if command.at is not None:
        text, accepted = N_("A case is read when that is recorded."), N_("no time")
        raise InvalidInput.at("at", "read_now", text, accepted)
    if not command.reason and _must_say_why(docket, application):
        text, accepted = N_("Why this case is read must be said."), N_("a reason in words")
        raise InvalidInput.at("with.reason", "reason_needed", text, accepted)
    reading = Reading(
        id=command.reading,
        region=application.region,
        state="new",
        begun=docket.begun,
        application=application.id,
        by=docket.actor.id,
        post=docket.post,
        reason=command.reason,
    )
    docket.add(reading, "read")


def _must_say_why(docket: Docket, application: Application) -> bool:
    """Whether the reason is not plain already.

    Assumed, as no article is known that asks for one: work on a case explains that it is read. Who
    audits says what for, and so does everybody of the office when the case has ended. The office
    may ask more roles for a reason.
    """
    role = docket.post.role
    if role is Role.AUDITOR or role in docket.settings.reading_reasons:
        return True
    return role in OFFICE_ROLES and application.state in table_of(Application.KIND).ends
