"""What the fields of commands accept, and the text from which they are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Act,
    Channel,
    CourierSays,
    DeliveryWay,
    DifferenceOutcome,
    Ground,
    Role,
    checks,
)
from adminduk.records.checks import day, label, maybe_label
from adminduk.records.checks import line as text
from adminduk.records.choice import choice
from adminduk.values import BlankNumber, Phone, RegionCode, TrackingCode

__all__ = [
    "acts",
    "bag_name",
    "blank",
    "blanks_id",
    "channel",
    "channels",
    "code",
    "day",
    "ground",
    "its_code",
    "label",
    "letter_number",
    "link",
    "maybe_blank",
    "maybe_label",
    "maybe_name",
    "maybe_region",
    "maybe_regions",
    "maybe_roles",
    "maybe_text",
    "names",
    "outcome",
    "paper",
    "paper_id",
    "papers",
    "region",
    "some",
    "text",
    "upper",
    "version",
    "way",
    "with_offset",
]

_LONGEST_LIST: Final = 20_000
_LONG_NUMBER: Final = re.compile(r"(?:[0-9][._-]?){16}")
_LINK: Final = re.compile(r"https://[A-Za-z0-9\[][!-~]{0,499}")
_LETTER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_PAPER: Final = re.compile(r"[0-9A-Za-z-]{11,12}/[a-z0-9][a-z0-9-]{0,59}")


def maybe_text(instance: object, attribute: object, value: str) -> None:
    """Accept one line of words, or nothing."""
    if value:
        text(instance, attribute, value)


def _is_code(value: str) -> bool:
    try:
        TrackingCode.parse(value)
    except InvalidInput:
        return False
    return True


def upper(value: str) -> str:
    """Write in capitals, as a blank's number is printed."""
    return value.upper()


def bag_name(instance: object, attribute: object, value: str) -> None:
    """Accept a label that could not be taken for a person's number or a tracking code."""
    label(instance, attribute, value)
    if _LONG_NUMBER.search(value) or _is_code(value):
        name = attribute.name  # type: ignore[attr-defined]
        said = N_("Nothing is named by a NIK, a KK number or a tracking code.")
        raise InvalidInput.at(name, "label", said, N_("another name, as K-0812"))


def maybe_name(instance: object, attribute: object, value: str) -> None:
    """Accept what `bag_name` does, or nothing."""
    if value != "":
        bag_name(instance, attribute, value)


def blanks_id(instance: object, attribute: object, value: str) -> None:
    """Accept the id of a range of blanks whose name is nobody's number."""
    checks.blanks_id(instance, attribute, value)
    bag_name(instance, attribute, value.partition("/")[2])


def letter_number(_: object, attribute: object, value: str) -> None:
    """Accept a number as an office gives to its letters, and that is nothing else's."""
    if (
        not _LETTER.fullmatch(value)
        or _LONG_NUMBER.search(value.replace("/", ""))
        or _is_code(value.partition("/")[0])
    ):
        name = attribute.name  # type: ignore[attr-defined]
        text, accepted = N_("That is no number of a letter."), N_("a number as 470/45/BA/2021")
        raise InvalidInput.at(name, "letter_number", text, accepted)


def link(_: object, attribute: object, value: str) -> None:
    """Accept the address of a page that may be sent to people: nothing else acts when opened."""
    if not _LINK.fullmatch(value):
        name = attribute.name  # type: ignore[attr-defined]
        text = N_("That is no address of a page.")
        raise InvalidInput.at(name, "link", text, N_("https:// and so on, without spaces"))


def paper_id(path: str, value: str) -> str:
    """Give the id of a paper in its one spelling.

    Raises:
        InvalidInput: It is not the id of a paper; `path` says where it was read.
    """
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


def paper(_: object, attribute: object, value: str) -> None:
    """Accept the id of a paper."""
    paper_id(attribute.name, value)  # type: ignore[attr-defined]


def papers(_: object, attribute: object, value: tuple[str, ...]) -> None:
    """Accept the ids of many papers, none of them twice."""
    name = attribute.name  # type: ignore[attr-defined]
    if len(value) > _LONGEST_LIST:
        raise InvalidInput.at(name, "too_many", N_("Too many papers."), N_("at most 20,000"))
    named = {paper_id(f"{name}[{place}]", one) for place, one in enumerate(value)}
    if len(named) < len(value):
        raise InvalidInput.at(
            name, "repeated", N_("A paper is named twice."), N_("each paper once")
        )


def names(value: Iterable[str]) -> tuple[str, ...]:
    """Take names, each once."""
    return tuple(dict.fromkeys(value))


def acts(value: tuple[Act | str, ...]) -> tuple[Act, ...]:
    """Make acts of their names, each once."""
    return tuple(
        dict.fromkeys(choice(Act, one, f"acts[{place}]") for place, one in enumerate(value))
    )


def channel(value: Channel | str) -> Channel:
    """Make a door of its name."""
    return choice(Channel, value, "channel")


def channels(value: tuple[Channel | str, ...]) -> tuple[Channel, ...]:
    """Make doors of their names, each once."""
    return tuple(
        dict.fromkeys(choice(Channel, one, f"channels[{place}]") for place, one in enumerate(value))
    )


def maybe_roles(value: Iterable[Role | str] | None) -> tuple[Role, ...] | None:
    """Make roles of their names, each once, where there are any."""
    if value is None:
        return None
    named = (choice(Role, one, f"reading_reasons[{place}]") for place, one in enumerate(value))
    return tuple(dict.fromkeys(named))


def some(_: object, attribute: object, value: tuple[object, ...]) -> None:
    """Accept a list with something in it."""
    if not value:
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(name, "missing", N_("Nothing is named."), N_("at least one"))


def version(_: object, attribute: object, value: int | None) -> None:
    """Accept the version of a record, or none."""
    if value is not None and value < 0:
        name = attribute.name  # type: ignore[attr-defined]
        raise InvalidInput.at(name, "version", N_("Versions count from 0."), N_("0 or more"))


def code(value: TrackingCode | str | None) -> TrackingCode | None:
    """Read a tracking code where there is one."""
    return TrackingCode.parse(value) if isinstance(value, str) else value


def its_code(value: TrackingCode | str) -> TrackingCode:
    """Read a tracking code."""
    return TrackingCode.parse(value) if isinstance(value, str) else value


def ground(value: Ground | str) -> Ground:
    """Read on which ground something is erased."""
    return choice(Ground, value, "ground")


def with_offset(_: object, attribute: object, value: datetime | None) -> None:
    """Accept a time whose offset from UTC is known, or none."""
    if value is not None and value.utcoffset() is None:
        name = attribute.name  # type: ignore[attr-defined]
        text = N_("The time has no offset from UTC.")
        raise InvalidInput.at(name, "naive_time", text, N_("a time as 2021-07-12T08:15:00+07:00"))


def blank(value: BlankNumber | str) -> BlankNumber:
    """Read the number of a blank."""
    return BlankNumber.parse(value) if isinstance(value, str) else value


def maybe_blank(value: BlankNumber | str | None) -> BlankNumber | None:
    """Read the number of a blank where there is one."""
    return BlankNumber.parse(value) if isinstance(value, str) else value


def region(value: RegionCode | str) -> RegionCode:
    """Read the code of a region."""
    return RegionCode.parse(value) if isinstance(value, str) else value


def maybe_region(value: RegionCode | str | None) -> RegionCode | None:
    """Read the code of a region where there is one."""
    return RegionCode.parse(value) if isinstance(value, str) else value


def maybe_phone(value: Phone | str | None) -> Phone | None:
    """Read a phone number where there is one."""
    return Phone.parse(value) if isinstance(value, str) else value


def maybe_regions(
    value: Iterable[RegionCode | str] | None,
) -> tuple[RegionCode, ...] | None:
    """Read codes of regions, each once, where there are any."""
    return None if value is None else tuple(dict.fromkeys(map(region, value)))


def way(value: DeliveryWay | str) -> DeliveryWay:
    """Read a way of delivery."""
    return choice(DeliveryWay, value, "way")


def outcome(value: DifferenceOutcome | str) -> DifferenceOutcome:
    """Read the outcome of a difference."""
    return choice(DifferenceOutcome, value, "outcome")


def courier_says(value: CourierSays | str) -> CourierSays:
    """Read what a courier says of a bag."""
    return choice(CourierSays, value, "said")
