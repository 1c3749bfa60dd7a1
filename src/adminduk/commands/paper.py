"""What can be asked about a paper on the road, be it a copy or an original."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.records import Collector

__all__ = [
    "Collect",
    "Condemn",
    "DeclareLost",
    "Found",
    "HandIn",
    "HandOver",
    "RecordHandover",
    "ReportMissing",
    "ToCounter",
    "TurnHome",
    "TurnOut",
    "Void",
]


@frozen(kw_only=True, slots=False)
class _OnPaper(Command):
    """A command about one paper: a copy (`CODE/2`) or an original (`CODE/kk-lama`)."""

    SUBJECT: ClassVar = "item"
    KINDS: ClassVar = ("copy", "original")

    item: str = field(validator=fields.paper)


@frozen(kw_only=True, slots=False)
class Collect(_OnPaper):
    """The village operator collects a paper at the district.

    Attributes:
        originals: Items of the case whose originals are shown, where the office asks for them.
    """

    originals: tuple[str, ...] = field(default=(), converter=fields.names)


@frozen(kw_only=True, slots=False)
class HandIn(_OnPaper):
    """The village operator hands a paper that goes home in at the district."""


@frozen(kw_only=True, slots=False)
class ToCounter(_OnPaper):
    """Put a paper at the counter, to be fetched there."""


@frozen(kw_only=True, slots=False)
class HandOver(_OnPaper):
    """Hand a paper to who collects it."""

    to: Collector


@frozen(kw_only=True, slots=False)
class RecordHandover(_OnPaper):
    """Write down that a condemned paper was handed over all the same."""

    to: Collector
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class TurnHome(_OnPaper):
    """Send a paper back towards the office: nobody has claimed it."""


@frozen(kw_only=True, slots=False)
class TurnOut(_OnPaper):
    """Send a paper that was going home towards the applicant again."""


@frozen(kw_only=True, slots=False)
class Condemn(_OnPaper):
    """Declare that a paper may no longer be delivered.

    Attributes:
        reason: Why.
        damaged: The paper is damaged, as its holder sees; then nobody else needs to approve.
    """

    reason: str = field(validator=fields.text)
    damaged: bool = False


@frozen(kw_only=True, slots=False)
class ReportMissing(_OnPaper):
    """The post that answers for a paper cannot find it."""

    reason: str = field(default="", validator=fields.maybe_text)


@frozen(kw_only=True, slots=False)
class Found(_OnPaper):
    """A missing or lost paper is in the finder's hands."""


@frozen(kw_only=True, slots=False)
class DeclareLost(_OnPaper):
    """Stop looking for a missing paper."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Void(_OnPaper):
    """Make a paper that came home unusable."""
