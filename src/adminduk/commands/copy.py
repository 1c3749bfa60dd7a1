"""What can be asked about a copy of a product."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command

__all__ = ["Confirm", "FollowBlanks", "Issue", "Misprint", "Print", "Remind", "Revoke"]


@frozen(kw_only=True, slots=False)
class _OnCopy(Command):
    """A command about one copy."""

    SUBJECT: ClassVar = "copy"
    KINDS: ClassVar = ("copy",)

    copy: str = field(validator=fields.paper)


@frozen(kw_only=True, slots=False)
class Print(_OnCopy):
    """Print a copy.

    Attributes:
        blank: Number of the security blank (KTP, KIA).
        signature: Whose signature it bears (KK, Akta).
    """

    blank: str = field(default="", converter=fields.upper, validator=fields.maybe_label)
    signature: str = field(default="", validator=fields.maybe_text)


@frozen(kw_only=True, slots=False)
class Misprint(_OnCopy):
    """A blank was spoiled in printing; the copy stays ordered."""

    blank: str = field(converter=fields.upper, validator=fields.label)
    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class FollowBlanks(_OnCopy):
    """Let what was promised stand still while there is no blank for it, and run on afterwards."""


@frozen(kw_only=True, slots=False)
class Issue(_OnCopy):
    """Issue a copy digitally.

    Attributes:
        signature: Whose electronic signature it bears.
        link: Where the applicant opens it: they are sent it, so it is an address of https only.
    """

    signature: str = field(validator=fields.text)
    link: str = field(validator=fields.link, repr=False)


@frozen(kw_only=True, slots=False)
class Confirm(_OnCopy):
    """The applicant has opened a digital copy."""


@frozen(kw_only=True, slots=False)
class Remind(_OnCopy):
    """Remind the applicant of a copy that waits for them, before it goes home."""


@frozen(kw_only=True, slots=False)
class Revoke(_OnCopy):
    """Take a faulty digital copy back."""

    fault: str = field(validator=fields.text)
