"""The answer to what must be brought: a checklist of papers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from attrs import frozen

from adminduk.catalogue import (
    Attendance,
    Certainty,
    Citation,
    Deadline,
    Fact,
    Notice,
    Precedence,
    Surrender,
    Text,
    Validity,
    Way,
)

__all__ = ["Checklist", "ChecklistItem", "Status"]


class Status(StrEnum):
    """Whether an item must be brought."""

    NEEDED = "needed"
    UNDECIDED = "undecided"
    NOT_NEEDED = "not_needed"


@frozen(kw_only=True)
class ChecklistItem:
    """A paper on a checklist; several services that ask for it share it.

    Attributes:
        id: Which paper.
        name: What it is called.
        form: Its number, if it is an official form.
        status: Whether it must be brought.
        reason: Why.
        ways: How it may be shown on this channel; any of them will do.
        surrender: The office takes the original in.
        valid: For how long it is taken, if not for ever.
        services: Which services ask for it.
        in_place_of: The paper that it substitutes; empty if it is asked for itself.
        content: How sure we are that it is required so.
        cite: Where that stands.
        questions: Facts on which it still depends.
    """

    id: str
    name: Text
    status: Status
    reason: Text
    ways: frozenset[Way]
    services: tuple[str, ...]
    content: Certainty
    cite: tuple[Citation, ...]
    form: str = ""
    surrender: Surrender | None = None
    valid: Validity | None = None
    in_place_of: str = ""
    questions: frozenset[str] = frozenset()

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        taken = self.surrender
        return {
            "id": self.id,
            "name": self.name.in_language(language),
            "form": self.form or None,
            "status": self.status.value,
            "reason": self.reason.in_language(language),
            "ways": sorted(self.ways),
            "surrender": None if taken is None else {"due": taken.due, "fate": taken.fate},
            "valid_days": None if self.valid is None else self.valid.days,
            "services": list(self.services),
            "in_place_of": self.in_place_of or None,
            "content": self.content.value,
            "cite": [
                {
                    "instrument": one.instrument,
                    "article": one.article or None,
                    "certainty": one.certainty.value,
                }
                for one in self.cite
            ],
            "questions": sorted(self.questions),
        }


@frozen(kw_only=True)
class Checklist:
    """What must be brought for services by the rules of a day.

    Attributes:
        on: The day.
        channel: The door.
        items: Every paper of the services, needed or not.
        objections: Why what is asked for is not for this case.
        warnings: What should be said.
        attend: For what the person must come.
        after: What must have been done first, and is not applied for together.
        deadlines: Within how many days what happened must be reported.
        hours: Within how many hours all of it is done, once it is complete.
        questions: Facts that still decide something: first whether it is for this case at all,
            then whom it is about, then that on which most turns.
    """

    on: date
    channel: str
    items: tuple[ChecklistItem, ...]
    objections: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    attend: tuple[Attendance, ...]
    after: tuple[Precedence, ...]
    deadlines: tuple[Deadline, ...]
    hours: int
    questions: tuple[Fact, ...]

    @property
    def needed(self) -> tuple[ChecklistItem, ...]:
        """The papers that must be brought."""
        return tuple(one for one in self.items if one.status is Status.NEEDED)

    @property
    def final(self) -> bool:
        """Whether nothing is open and nothing speaks against it."""
        return not self.questions and not self.objections

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "on": self.on.isoformat(),
            "channel": self.channel,
            "final": self.final,
            "items": [one.as_dict(language) for one in self.items],
            "objections": [one.text.in_language(language) for one in self.objections],
            "warnings": [one.text.in_language(language) for one in self.warnings],
            "attend": [
                {"act": one.id, "text": one.text.in_language(language)} for one in self.attend
            ],
            "after": [
                {"service": one.service, "why": one.why.in_language(language)} for one in self.after
            ],
            "deadlines": [
                {"days": one.days, "kind": one.kind, "event": one.event.in_language(language)}
                for one in self.deadlines
            ],
            "hours": self.hours,
            "questions": [
                {
                    "fact": one.id,
                    "ask": one.ask.in_language(language),
                    "values": "number" if one.kind == "number" else list(one.domain),
                }
                for one in self.questions
            ],
        }
