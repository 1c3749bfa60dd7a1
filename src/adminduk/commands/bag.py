"""What can be asked about a bag."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from adminduk.commands import fields
from adminduk.commands.base import Command
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import CourierSays, DifferenceOutcome, Post
from adminduk.values import RegionCode

__all__ = [
    "Arrive",
    "AskAfter",
    "Cancel",
    "Close",
    "ComeBack",
    "Count",
    "Depart",
    "Finish",
    "Plan",
    "Report",
    "Resolve",
    "Seal",
    "Stray",
    "Unseal",
    "WriteOff",
]


@frozen(kw_only=True, slots=False)
class _OnBag(Command):
    """A command about one bag."""

    SUBJECT: ClassVar = "bag"
    KINDS: ClassVar = ("bag",)

    bag: str = field(validator=fields.bag_name)


@frozen(kw_only=True, slots=False)
class Plan(_OnBag):
    """Plan what goes into a bag; planned again, the new list holds.

    Attributes:
        to: The district it goes to, or the office.
        items: The papers.
        day: The courier's day.
        trip: The trip it is part of.
        own_van: The office's own people carry it; no other courier is told of it.
    """

    to: RegionCode = field(converter=fields.region)
    items: tuple[str, ...] = field(default=(), validator=fields.papers)
    day: date | None = field(default=None, validator=fields.day)
    trip: str = field(default="", validator=fields.maybe_name)
    own_van: bool = False


@frozen(kw_only=True, slots=False)
class Cancel(_OnBag):
    """Give up a planned bag."""


@frozen(kw_only=True, slots=False)
class Seal(_OnBag):
    """Seal a bag over what was planned and is still there.

    Attributes:
        count: How many papers the packer counted.
        check: The check code of the manifest that the packer holds; compared where given.
        seal: Number of the seal.
    """

    count: int
    check: str = field(default="", validator=fields.maybe_label)
    seal: str = field(default="", validator=fields.maybe_label)


@frozen(kw_only=True, slots=False)
class Unseal(_OnBag):
    """Open a bag again before it departs; its papers are where they were."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Depart(_OnBag):
    """The courier takes a sealed bag along, having seen its seal.

    Attributes:
        own_van: The office's own people do, and no other courier is to come for it any more.
    """

    own_van: bool = False


@frozen(kw_only=True, slots=False)
class ComeBack(_OnBag):
    """A departed bag is back with its sender, still sealed."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Stray(_OnBag):
    """A bag for somebody else was left at this post; it stays sealed until it is taken on."""


@frozen(kw_only=True, slots=False)
class Report(_OnBag):
    """What the courier says of a bag; it moves nothing, as others have to say so, too.

    Attributes:
        said: What became of it.
        note: In the courier's words.
    """

    said: CourierSays = field(converter=fields.courier_says)
    note: str = field(default="", validator=fields.maybe_text)


@frozen(kw_only=True, slots=False)
class AskAfter(_OnBag):
    """Ask after a bag that has not left, or not arrived, in its time."""


@frozen(kw_only=True, slots=False)
class Arrive(_OnBag):
    """A bag has arrived, be it after it was written off.

    Attributes:
        seal_whole: Whether the seal was whole.
    """

    seal_whole: bool


@frozen(kw_only=True, slots=False)
class Count(_OnBag):
    """Tick what is in an arrived bag; may be done in parts.

    Attributes:
        arrived: Papers of this bag that are there and sound.
        damaged: Papers of this bag that are there and damaged.
        extra: Papers that are there although they were not sealed into this bag.
    """

    arrived: tuple[str, ...] = field(default=(), validator=fields.papers)
    damaged: tuple[str, ...] = field(default=(), validator=fields.papers)
    extra: tuple[str, ...] = field(default=(), validator=fields.papers)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        everything = (*self.arrived, *self.damaged, *self.extra)
        if len({fields.paper_id("extra", one) for one in everything}) < len(everything):
            raise InvalidInput.at(
                "extra", "repeated", N_("A paper is named twice."), N_("each paper once")
            )


@frozen(kw_only=True, slots=False)
class Finish(_OnBag):
    """Say that counting is done: what was not ticked is missing."""


@frozen(kw_only=True, slots=False)
class WriteOff(_OnBag):
    """A departed bag will not come: everything in it is missing."""

    reason: str = field(validator=fields.text)


@frozen(kw_only=True, slots=False)
class Resolve(_OnBag):
    """Give a difference its outcome and an owner."""

    item: str = field(validator=fields.paper)
    outcome: DifferenceOutcome = field(converter=fields.outcome)
    owner: Post


@frozen(kw_only=True, slots=False)
class Close(_OnBag):
    """Close a counted bag whose differences all have an outcome."""
