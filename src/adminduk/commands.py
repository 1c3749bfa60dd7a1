"""What an actor can ask of the office: one frozen class a command.

Every command has an `id` (sent again with the same id it takes effect once), `at` (when the
thing happened; the moment of recording where it is left out) and `if_version` (the version of
its record that the sender has seen; where given and past, the command is a conflict). One that
somebody else must approve has `approved_by`: who that was, never the same person as who sends it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from attrs import field, frozen

from adminduk.catalogue import Way
from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Actor,
    Collector,
    DeliveryWay,
    DifferenceOutcome,
    Letter,
    Person,
    Post,
    Relation,
    Scan,
    Shown,
)
from adminduk.records.choice import choice
from adminduk.values import RegionCode, TrackingCode

__all__ = [
    "BY_NAME",
    "Amend",
    "Answer",
    "Arrive",
    "Attend",
    "Cancel",
    "ChooseDelivery",
    "Close",
    "Collect",
    "Collector",
    "ComeBack",
    "Command",
    "Condemn",
    "Confirm",
    "Correct",
    "Count",
    "DeclareLost",
    "DeliveryWay",
    "Depart",
    "Destroy",
    "DifferenceOutcome",
    "Draft",
    "Expire",
    "Finish",
    "Found",
    "GiveUp",
    "HandIn",
    "HandOver",
    "Issue",
    "Letter",
    "Misprint",
    "MoveRules",
    "Plan",
    "Post",
    "Print",
    "RecordHandover",
    "Reject",
    "Relation",
    "Reopen",
    "Replace",
    "ReportMissing",
    "Resolve",
    "Return",
    "Revoke",
    "Scan",
    "Seal",
    "Shown",
    "Submit",
    "TakeIn",
    "ToCounter",
    "TurnHome",
    "TurnOut",
    "Unseal",
    "Verify",
    "Void",
    "Waive",
    "Way",
    "Withdraw",
    "WriteOff",
]

Fact = bool | int | str

_LONGEST_TEXT: Final = 1000
_LONGEST_LIST: Final = 20_000
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999
_LONG_NUMBER: Final = re.compile(r"(?:[0-9][._-]?){16}")
_PAPER: Final = re.compile(r"[0-9A-Za-z-]{11,12}/[a-z0-9][a-z0-9-]{0,59}")


def _text(_: object, attribute: object, value: str) -> None:
    name = attribute.name  # type: ignore[attr-defined]
    if not value.strip() or len(value) > _LONGEST_TEXT or _CONTROL.search(value):
        raise InvalidInput.at(
            name, "text", N_("Say it in words."), N_("one line of 1 to 1,000 characters")
        )


def _maybe_text(instance: object, attribute: object, value: str) -> None:
    if value:
        _text(instance, attribute, value)


def _label(_: object, attribute: object, value: str) -> None:
    name = attribute.name  # type: ignore[attr-defined]
    if not _LABEL.fullmatch(value):
        raise InvalidInput.at(
            name, "label", N_("That is not a label."), N_("1 to 40 letters, digits and . _ -")
        )


def _maybe_label(instance: object, attribute: object, value: str) -> None:
    if value:
        _label(instance, attribute, value)


def _is_code(value: str) -> bool:
    try:
        TrackingCode.parse(value)
    except InvalidInput:
        return False
    return True


def _upper(value: str) -> str:
    return value.upper()


def _bag_name(instance: object, attribute: object, value: str) -> None:
    _label(instance, attribute, value)
    if _LONG_NUMBER.search(value) or _is_code(value):
        name = attribute.name  # type: ignore[attr-defined]
        text = N_("A bag is not named by a NIK, a KK number or a tracking code.")
        raise InvalidInput.at(name, "label", text, N_("another name, as K-0812"))


def _paper_id(path: str, value: str) -> str:
    if _PAPER.fullmatch(value) and not _LONG_NUMBER.search(value):
        code, _, rest = value.partition("/")
        try:
            return f"{TrackingCode.parse(code)}/{rest}"
        except InvalidInput as error:
            raise InvalidInput(tuple(fault.under(path) for fault in error.faults)) from None
    raise InvalidInput.at(
        path,
        "paper_id",
        N_("That is not the id of a paper."),
        N_("a tracking code, a slash and a number or an item, as K7M2Q9XD4H-T/2"),
    )


def _paper(_: object, attribute: object, value: str) -> None:
    _paper_id(attribute.name, value)  # type: ignore[attr-defined]


def _papers(_: object, attribute: object, value: tuple[str, ...]) -> None:
    name = attribute.name  # type: ignore[attr-defined]
    if len(value) > _LONGEST_LIST:
        raise InvalidInput.at(name, "too_many", N_("Too many papers."), N_("at most 20,000"))
    named = {_paper_id(f"{name}[{place}]", one) for place, one in enumerate(value)}
    if len(named) < len(value):
        raise InvalidInput.at(
            name, "repeated", N_("A paper is named twice."), N_("each paper once")
        )


def _version(_: object, attribute: object, value: int | None) -> None:
    if value is not None and value < 0:
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(name, "version", N_("Versions count from 0."), N_("0 or more"))


def _code(value: TrackingCode | str | None) -> TrackingCode | None:
    return TrackingCode.parse(value) if isinstance(value, str) else value


def _its_code(value: TrackingCode | str) -> TrackingCode:
    return TrackingCode.parse(value) if isinstance(value, str) else value


def _region(value: RegionCode | str) -> RegionCode:
    return RegionCode.parse(value) if isinstance(value, str) else value


def _maybe_region(value: RegionCode | str | None) -> RegionCode | None:
    return RegionCode.parse(value) if isinstance(value, str) else value


def _way(value: DeliveryWay | str) -> DeliveryWay:
    return choice(DeliveryWay, value, "way")


def _outcome(value: DifferenceOutcome | str) -> DifferenceOutcome:
    return choice(DifferenceOutcome, value, "outcome")


@frozen(kw_only=True)
class Command:
    """What every command has.

    Attributes:
        id: Identifies the command for ever; the office gives one where it is left out.
        at: When the thing happened, with its offset from UTC.
        if_version: The version of the record that the sender has seen.
    """

    NAME: ClassVar[str]
    """Its name on the wire, and in the lifecycle of its record."""
    SUBJECT: ClassVar[str]
    """The field that names its record."""
    KINDS: ClassVar[tuple[str, ...]]
    """The kinds of record it can be about."""

    id: UUID | None = None
    at: datetime | None = None
    if_version: int | None = field(default=None, validator=_version)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.NAME = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() is None:
            raise InvalidInput.at(
                "at",
                "naive_time",
                N_("The time has no offset from UTC."),
                N_("a time as 2021-07-12T08:15:00+07:00"),
            )
        if self.at is not None and not _FIRST_YEAR <= self.at.year <= _LAST_YEAR:
            raise InvalidInput.at(
                "at", "no_such_time", N_("There is no such time."), N_("a year from 1900 to 2999")
            )


@frozen(kw_only=True)
class _OnApplication(Command):
    """A command about one application."""

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("application",)

    application: TrackingCode = field(converter=_its_code)


@frozen(kw_only=True)
class Draft(Command):
    """Begin or save an application that is not complete yet.

    Attributes:
        application: Its tracking code; the office gives one where it is left out.
        region: The village of the family.
        services: What is applied for.
        applicant: Who applies.
        people: The people the services are about, by party.
        facts: Answers to the questions of the checklist.
        evidence: How each item is shown.
    """

    SUBJECT: ClassVar = "application"
    KINDS: ClassVar = ("application",)

    application: TrackingCode | None = field(default=None, converter=_code)
    region: RegionCode | None = field(default=None, converter=_maybe_region)
    services: tuple[str, ...] = ()
    applicant: Person | None = None
    people: dict[str, Person] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    evidence: dict[str, Shown] = field(factory=dict)


@frozen(kw_only=True)
class Submit(Draft):
    """Apply: the list is final and everything on it is shown.

    A draft is submitted by its code; what is left out stays as it was drafted.
    """


@frozen(kw_only=True)
class Amend(_OnApplication):
    """Change what a draft or a returned application says or shows; what is left out stays."""

    applicant: Person | None = None
    people: dict[str, Person] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    evidence: dict[str, Shown] = field(factory=dict)


@frozen(kw_only=True)
class Answer(Amend):
    """Answer a return: every item that was named is shown anew."""


@frozen(kw_only=True)
class MoveRules(_OnApplication):
    """Move an application to the rules of a later day."""

    to: date


@frozen(kw_only=True)
class Attend(_OnApplication):
    """The person came for an act that needs them, as `biometrics`."""

    act: str


@frozen(kw_only=True)
class Correct(_OnApplication):
    """Correct a person's data by what an item that was shown says."""

    item: str
    people: dict[str, Person] = field()
    reason: str = field(validator=_text)


@frozen(kw_only=True)
class Return(_OnApplication):
    """Send an application back with everything that is missing or wrong, each with the reason.

    Attributes:
        faults: The reason for each item that is refused or missing.
        accepted: The other items, which the verifier has looked at.
    """

    faults: dict[str, str]
    accepted: tuple[str, ...] = ()


@frozen(kw_only=True)
class Reject(_OnApplication):
    """Refuse an application for good, on a ground that the law gives."""

    ground: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class Verify(_OnApplication):
    """Find an application complete and right; its products are ordered in the same step.

    Attributes:
        accepted: Every item that was not accepted before; the verifier has looked at each.
    """

    accepted: tuple[str, ...] = ()


@frozen(kw_only=True)
class Reopen(_OnApplication):
    """Take a verification back, while nothing has been delivered."""

    reason: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class Replace(_OnApplication):
    """Order a new copy of a product whose last copy can no longer be delivered.

    Attributes:
        product: Which product.
        reason: Why.
        people: Corrections of data, if a mistake was the reason.
        item: The item that was shown and proves the corrections.
    """

    product: str
    reason: str = field(validator=_text)
    people: dict[str, Person] = field(factory=dict)
    item: str = ""
    approved_by: Actor | None = None


@frozen(kw_only=True)
class GiveUp(_OnApplication):
    """End the delivery of a product that will not be delivered."""

    product: str
    reason: str = field(validator=_text)


@frozen(kw_only=True)
class ChooseDelivery(_OnApplication):
    """Choose how a product reaches the applicant.

    Attributes:
        product: Which product.
        way: By the courier, at the counter, or digitally.
        letter: The village operator's letter, for the counter.
    """

    product: str
    way: DeliveryWay = field(converter=_way)
    letter: Letter | None = None


@frozen(kw_only=True)
class Withdraw(_OnApplication):
    """Take an application back on the applicant's behalf.

    Attributes:
        reason: Why.
        authorisation: The power of attorney (form F-1.07), where an operator does it.
    """

    reason: str = field(validator=_text)
    authorisation: Shown | None = None


@frozen(kw_only=True)
class Expire(_OnApplication):
    """Let a draft or returned application end whose time is past."""


@frozen(kw_only=True)
class _OnCopy(Command):
    """A command about one copy."""

    SUBJECT: ClassVar = "copy"
    KINDS: ClassVar = ("copy",)

    copy: str = field(validator=_paper)


@frozen(kw_only=True)
class Print(_OnCopy):
    """Print a copy.

    Attributes:
        blank: Number of the security blank (KTP, KIA).
        signature: Whose signature it bears (KK, Akta).
    """

    blank: str = field(default="", converter=_upper, validator=_maybe_label)
    signature: str = field(default="", validator=_maybe_text)


@frozen(kw_only=True)
class Misprint(_OnCopy):
    """A blank was spoiled in printing; the copy stays ordered."""

    blank: str = field(converter=_upper, validator=_label)
    reason: str = field(validator=_text)


@frozen(kw_only=True)
class Issue(_OnCopy):
    """Issue a copy digitally.

    Attributes:
        signature: Whose electronic signature it bears.
        link: Where the applicant opens it.
    """

    signature: str = field(validator=_text)
    link: str = field(validator=_text)


@frozen(kw_only=True)
class Confirm(_OnCopy):
    """The applicant has opened a digital copy."""


@frozen(kw_only=True)
class Revoke(_OnCopy):
    """Take a faulty digital copy back."""

    fault: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class _OnPaper(Command):
    """A command about one paper: a copy (`CODE/2`) or an original (`CODE/kk-lama`)."""

    SUBJECT: ClassVar = "item"
    KINDS: ClassVar = ("copy", "original")

    item: str = field(validator=_paper)


@frozen(kw_only=True)
class Collect(_OnPaper):
    """The village operator collects a paper at the district.

    Attributes:
        originals_shown: The originals were shown, where the office asks for it.
    """

    originals_shown: bool = False


@frozen(kw_only=True)
class HandIn(_OnPaper):
    """The village operator hands a paper that goes home in at the district."""


@frozen(kw_only=True)
class ToCounter(_OnPaper):
    """Put a paper at the counter, to be fetched there."""


@frozen(kw_only=True)
class HandOver(_OnPaper):
    """Hand a paper to who collects it."""

    to: Collector


@frozen(kw_only=True)
class RecordHandover(_OnPaper):
    """Write down that a condemned paper was handed over all the same."""

    to: Collector
    reason: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class TurnHome(_OnPaper):
    """Send a paper back towards the office: nobody has claimed it."""


@frozen(kw_only=True)
class TurnOut(_OnPaper):
    """Send a paper that was going home towards the applicant again."""


@frozen(kw_only=True)
class Condemn(_OnPaper):
    """Declare that a paper may no longer be delivered.

    Attributes:
        reason: Why.
        damaged: The paper is damaged, as its holder sees; then nobody else needs to approve.
    """

    reason: str = field(validator=_text)
    damaged: bool = False
    approved_by: Actor | None = None


@frozen(kw_only=True)
class ReportMissing(_OnPaper):
    """The post that answers for a paper cannot find it."""

    reason: str = field(default="", validator=_maybe_text)


@frozen(kw_only=True)
class Found(_OnPaper):
    """A missing or lost paper is in the finder's hands."""


@frozen(kw_only=True)
class DeclareLost(_OnPaper):
    """Stop looking for a missing paper."""

    reason: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class Void(_OnPaper):
    """Make a paper that came home unusable."""


@frozen(kw_only=True)
class Destroy(_OnPaper):
    """Destroy a void paper, with minutes (berita acara)."""

    minutes: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class _OnOriginal(Command):
    """A command about one original."""

    SUBJECT: ClassVar = "original"
    KINDS: ClassVar = ("original",)

    original: str = field(validator=_paper)


@frozen(kw_only=True)
class TakeIn(_OnOriginal):
    """Take an original in from the applicant."""


@frozen(kw_only=True)
class Waive(_OnOriginal):
    """Do without an original that was expected."""

    reason: str = field(validator=_text)


@frozen(kw_only=True)
class _OnBag(Command):
    """A command about one bag."""

    SUBJECT: ClassVar = "bag"
    KINDS: ClassVar = ("bag",)

    bag: str = field(validator=_bag_name)


@frozen(kw_only=True)
class Plan(_OnBag):
    """Plan what goes into a bag; planned again, the new list holds.

    Attributes:
        to: The district it goes to, or the office.
        items: The papers.
        day: The courier's day.
        trip: The trip it is part of.
    """

    to: RegionCode = field(converter=_region)
    items: tuple[str, ...] = field(default=(), validator=_papers)
    day: date | None = None
    trip: str = field(default="", validator=_maybe_label)


@frozen(kw_only=True)
class Cancel(_OnBag):
    """Give up a planned bag."""


@frozen(kw_only=True)
class Seal(_OnBag):
    """Seal a bag over what was planned and is still there.

    Attributes:
        count: How many papers the packer counted.
        check: The check code of the manifest that the packer holds; compared where given.
        seal: Number of the seal.
    """

    count: int
    check: str = field(default="", validator=_maybe_label)
    seal: str = field(default="", validator=_maybe_label)


@frozen(kw_only=True)
class Unseal(_OnBag):
    """Open a bag again before it departs; its papers are where they were."""

    reason: str = field(validator=_text)


@frozen(kw_only=True)
class Depart(_OnBag):
    """The courier takes a sealed bag along, having seen its seal."""


@frozen(kw_only=True)
class ComeBack(_OnBag):
    """A departed bag is back with its sender, still sealed."""

    reason: str = field(validator=_text)


@frozen(kw_only=True)
class Arrive(_OnBag):
    """A bag has arrived.

    Attributes:
        seal_whole: Whether the seal was whole.
    """

    seal_whole: bool


@frozen(kw_only=True)
class Count(_OnBag):
    """Tick what is in an arrived bag; may be done in parts.

    Attributes:
        arrived: Papers of this bag that are there and sound.
        damaged: Papers of this bag that are there and damaged.
        extra: Papers that are there although they were not sealed into this bag.
    """

    arrived: tuple[str, ...] = field(default=(), validator=_papers)
    damaged: tuple[str, ...] = field(default=(), validator=_papers)
    extra: tuple[str, ...] = field(default=(), validator=_papers)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        everything = (*self.arrived, *self.damaged, *self.extra)
        if len({_paper_id("extra", one) for one in everything}) < len(everything):
            raise InvalidInput.at(
                "extra", "repeated", N_("A paper is named twice."), N_("each paper once")
            )


@frozen(kw_only=True)
class Finish(_OnBag):
    """Say that counting is done: what was not ticked is missing."""


@frozen(kw_only=True)
class WriteOff(_OnBag):
    """A departed bag will not come: everything in it is missing."""

    reason: str = field(validator=_text)
    approved_by: Actor | None = None


@frozen(kw_only=True)
class Resolve(_OnBag):
    """Give a difference its outcome and an owner."""

    item: str = field(validator=_paper)
    outcome: DifferenceOutcome = field(converter=_outcome)
    owner: Post


@frozen(kw_only=True)
class Close(_OnBag):
    """Close a counted bag whose differences all have an outcome."""


BY_NAME: Final[dict[str, type[Command]]] = {
    kind.NAME: kind
    for kind in globals().copy().values()
    if isinstance(kind, type)
    and issubclass(kind, Command)
    and kind is not Command
    and not kind.__name__.startswith("_")
}
"""Every command by its name on the wire."""
