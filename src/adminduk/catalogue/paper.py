"""The papers that a case brings: what is asked for, what takes its place, what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NewType

from attrs import frozen

from adminduk.catalogue.condition import ALWAYS, Condition
from adminduk.catalogue.law import Certainty, Citation, Id, Text
from adminduk.catalogue.showing import Ways
from adminduk.errors import InvalidInput
from adminduk.language import N_

__all__ = [
    "Item",
    "KnownPaper",
    "Paper",
    "ServiceId",
    "Substitute",
    "Surrender",
    "Validity",
    "check_period",
]

ServiceId = NewType("ServiceId", Id)
"""The id of a service that the catalogue knows."""


@frozen(kw_only=True)
class Paper:
    """A paper that services ask for; the same paper has the same id everywhere.

    Attributes:
        id: Its name, as `kk`.
        name: What it is called.
        form: Its number, if it is an official form, as `F-1.02`.
    """

    id: Id
    name: Text
    form: str = ""


KnownPaper = NewType("KnownPaper", Paper)
"""A paper that the catalogue knows."""


@frozen
class Surrender:
    """The original is taken in by the office.

    Attributes:
        due: Before which step.
        fate: What becomes of it.
    """

    due: Literal["handover", "verification"]
    fate: Literal["destroyed", "kept", "returned"]


@frozen(kw_only=True)
class Validity:
    """For how many days after the day on it a paper is taken."""

    days: int
    content: Certainty
    cite: tuple[Citation, ...]

    def __attrs_post_init__(self) -> None:
        if self.days < 1:
            raise InvalidInput.at("days", "too_few", N_("At least 1 belongs here."))


@frozen(kw_only=True)
class Substitute:
    """A paper in place of one that does not exist.

    Attributes:
        paper: Which paper.
        why: Why it takes the place.
        when: The condition under which it does.
        show: How it is shown, by channel.
        surrender: The original is taken in.
        content: How sure we are that it is accepted so.
        cite: Where that stands.
        valid: For how long it is taken, if not for ever.
    """

    paper: KnownPaper
    why: Text
    when: Condition
    show: Ways
    content: Certainty
    cite: tuple[Citation, ...]
    surrender: Surrender | None = None
    valid: Validity | None = None

    @property
    def id(self) -> Id:
        """The id of the paper."""
        return self.paper.id

    @property
    def name(self) -> Text:
        """The name of the paper."""
        return self.paper.name


@frozen(kw_only=True)
class Item:
    """A paper that a service asks for.

    Attributes:
        paper: Which paper.
        why: What it is needed for.
        when: The condition under which it is needed.
        substitutes: What takes its place; the first whose condition holds does.
        provided_by: Services that make it: in one application with them it is not asked for.
        show: How it is shown, by channel.
        surrender: The original is taken in.
        content: How sure we are that it is required so.
        cite: Where that stands.
        valid: For how long it is taken, if not for ever.
        since: From when, if not as long as its service.
        until: Until when (that day included), if not as long as its service.
    """

    paper: KnownPaper
    why: Text
    show: Ways
    content: Certainty
    cite: tuple[Citation, ...]
    when: Condition = ALWAYS
    substitutes: tuple[Substitute, ...] = ()
    provided_by: tuple[ServiceId, ...] = ()
    surrender: Surrender | None = None
    valid: Validity | None = None
    since: date | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        check_period(self.since, self.until)

    @property
    def id(self) -> Id:
        """The id of the paper."""
        return self.paper.id

    @property
    def name(self) -> Text:
        """The name of the paper."""
        return self.paper.name

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The paper, and those that may take its place."""
        return (self.paper, *(one.paper for one in self.substitutes))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its own condition and those of its substitutes."""
        return (self.when, *(one.when for one in self.substitutes))

    @property
    def relaxed(self) -> bool:
        """Whether it stands here only to say why a regency does not ask for it."""
        return self.when.never

    def in_force(self, on: date) -> bool:
        """Whether it is asked for by the rules of a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def check_period(since: date | None, until: date | None) -> None:
    """Check that a period does not end before it begins.

    Raises:
        InvalidInput: It does.
    """
    if since is not None and until is not None and until < since:
        raise InvalidInput.at("until", "period", N_("The end is before the beginning."))
