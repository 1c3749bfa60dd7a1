"""What can be asked of which minutes (berita acara) are made."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import BlankRow, Witness

__all__ = ["Destroy"]


@frozen(kw_only=True, slots=False)
class Destroy(Command):
    """Destroy void papers and blanks, all in one act, with minutes (berita acara).

    Attributes:
        minutes: The number of the minutes, as the office numbers its letters.
        papers: The ids of the copies and originals.
        blanks: Numbered blanks on which nothing is printed, or that were misprinted.
        place: Where; the office itself where it is left out.
        witnesses: Who sees it and signs; at least one.
        reason: Why, in words.
    """

    SUBJECT: ClassVar = "minutes"
    KINDS: ClassVar = ("minutes",)

    minutes: str = field(converter=fields.upper, validator=fields.letter_number)
    papers: tuple[str, ...] = field(default=(), validator=fields.papers)
    blanks: tuple[BlankRow, ...] = ()
    place: str = field(default="", validator=fields.maybe_text)
    witnesses: tuple[Witness, ...] = field(validator=fields.some)
    reason: str = field(default="", validator=fields.maybe_text)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.papers and not self.blanks:
            raise InvalidInput.at(
                "papers", "missing", N_("Nothing is named."), N_("papers, blanks, or both")
            )
