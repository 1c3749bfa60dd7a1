"""Strategies for commands: valid in form, about records that need not exist."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st

from adminduk import commands as c
from adminduk.commands.blanks import OnNumbers
from adminduk.errors import InvalidInput
from adminduk.records import JournalSeal, Role, Settings
from adminduk.testing.strategies.blank import blank_rows, blanks_ids, last_of
from adminduk.testing.strategies.practice import retentions, seals, shelved, stays_open, timetables
from adminduk.testing.strategies.record import (
    actors,
    collectors,
    letters,
    persons,
    posts,
    shown,
    witnesses,
)
from adminduk.testing.strategies.region import TUBAN, known_region_codes
from adminduk.testing.strategies.value import blank_numbers, phones, tracking_codes
from adminduk.testing.strategies.word import (
    copy_ids,
    days,
    ids,
    labels,
    letter_numbers,
    original_ids,
    paper_ids,
    texts,
    times,
)
from adminduk.values import Level, RegionCode

__all__ = ["any_commands", "commands"]

C = TypeVar("C", bound=c.Command)
E = TypeVar("E", bound=StrEnum)
Strategy = st.SearchStrategy[Any]

_COUNTED: Final = ("arrived", "damaged", "extra")


def commands(
    kind: type[C], *, office: RegionCode = TUBAN, **fields: Strategy
) -> st.SearchStrategy[C]:
    """Draw a command of a kind; each field that may be left out sometimes is.

    Args:
        kind: The class of the command.
        office: The regency over whose districts and villages it is.
        fields: Where the fields of these names are drawn from instead; none is then left out.

    >>> from hypothesis import find
    >>> from adminduk.commands import Seal
    >>> find(commands(Seal, bag=st.just("BAG-7"), count=st.just(3)), lambda _: True).count
    3
    """
    usual = {**_usual(office), **_of_kind(kind, office)}
    required, optional = dict(fields), dict[str, Strategy]()
    for one in attrs.fields(kind):
        if one.name not in fields:
            where = required if one.default is attrs.NOTHING else optional
            where[one.name] = usual[one.name]
    drawn = st.fixed_dictionaries(required, optional=optional)
    if kind in _SENSIBLE:
        drawn = drawn.filter(_SENSIBLE[kind])
    if issubclass(kind, OnNumbers) and "last" not in fields:
        drawn = drawn.map(_with_last)
    return drawn.map(lambda values: kind(**values))


def _with_last(values: dict[str, Any]) -> dict[str, Any]:
    """Give the last number of a row, of which so far only the length was drawn."""
    length = values.pop("last", None)
    return values if length is None else values | {"last": last_of(values["first"], length)}


def any_commands(*, office: RegionCode = TUBAN) -> st.SearchStrategy[c.Command]:
    """Draw a command of any kind."""
    return _any_commands(office)


@lru_cache(maxsize=16)
def _any_commands(office: RegionCode) -> st.SearchStrategy[c.Command]:
    return st.one_of(*(commands(kind, office=office) for kind in c.BY_NAME.values()))


@lru_cache(maxsize=16)
def _usual(office: RegionCode) -> dict[str, Strategy]:
    """Give the strategy of each field by the name that it has in nearly every command."""
    people = st.dictionaries(ids(), persons(office=office), max_size=3)
    papers = st.lists(paper_ids(), max_size=5, unique=True).map(tuple)
    return {
        "id": st.uuids(),
        "at": times(),
        "if_version": st.integers(0, 1000),
        "approved_by": actors(office=office),
        "reason": texts(),
        # applications
        "application": tracking_codes(),
        "region": known_region_codes(within=office),
        "services": st.lists(ids(), max_size=3, unique=True).map(tuple),
        "applicant": persons(office=office),
        "people": people,
        "facts": st.dictionaries(ids(), st.booleans() | st.integers(0, 120) | ids(), max_size=5),
        "evidence": st.dictionaries(ids(), shown(), max_size=3),
        "act": ids(),
        "phone": phones(),
        "faults": st.dictionaries(ids(), texts(), max_size=3),
        "accepted": st.lists(ids(), max_size=5, unique=True).map(tuple),
        "ground": texts(),
        "product": ids(),
        "way": st.sampled_from(c.DeliveryWay),
        "letter": letters(),
        "authorisation": shown(),
        "channel": st.sampled_from(c.Channel),
        "papers": st.lists(shelved(), max_size=2).map(tuple),
        "source": texts(),
        # papers
        "item": paper_ids(),
        "copy": copy_ids(),
        "original": original_ids(),
        "blank": labels(),
        "signature": texts(),
        "link": st.from_regex(r"https://[a-z0-9][!-~]{0,60}", fullmatch=True),
        "fault": texts(),
        "to": collectors(),
        "originals": st.lists(ids(), max_size=3, unique=True).map(tuple),
        "unexpected": st.booleans(),
        "minutes": letter_numbers(),
        "place": texts(),
        "witnesses": st.lists(witnesses(), min_size=1, max_size=3).map(tuple),
        # bags
        "bag": labels().filter(_names_nobody),
        "items": papers,
        "day": days(),
        "trip": labels().filter(_names_nobody),
        "count": st.integers(0, 5000),
        "check": labels(),
        "seal": labels(),
        "seal_whole": st.booleans(),
        **dict.fromkeys(_COUNTED, papers),
        "outcome": st.sampled_from(c.DifferenceOutcome),
        "said": st.sampled_from(c.CourierSays),
        "own_van": st.booleans(),
        "note": texts(),
        # blanks
        "blanks": blanks_ids(),
        "first": blank_numbers(),
        "last": st.integers(0, 500),
        "received_from": texts(),
        "delivery_note": texts(),
        "operator": labels(),
        "purpose": texts(),
        "owner": posts(office=office),
        "post": posts(office=office),
        **_about_the_office(office),
    }


def _about_the_office(office: RegionCode) -> dict[str, Strategy]:
    """Give the strategies of what is said of notices, settings and schedules."""
    terms = "draft_days returned_days verify_hours take_minutes print_hours unclaimed_days"
    terms += " lapse_days operator_days counter_days"
    return {
        "notice": labels().filter(_names_nobody),
        "acts": _several(c.Act),
        "channels": _several(c.Channel),
        "since": days(),
        "until": days(),
        "delegation": labels().filter(_names_nobody),
        "reading": labels().filter(_names_nobody),
        "reading_reasons": st.lists(st.sampled_from(Role), max_size=3, unique=True).map(tuple),
        "stays_open": st.lists(stays_open(), max_size=2).map(tuple),
        "settings": st.just(Settings.ID),
        **dict.fromkeys([*terms.split(), "return_days", "bag_days"], st.integers(1, 3650)),
        "remind_days": st.lists(st.integers(1, 3650), max_size=3).map(tuple),
        "route": st.lists(known_region_codes(level=Level.DISTRICT, within=office), max_size=3).map(
            lambda found: tuple(dict.fromkeys(found))
        ),
        **dict.fromkeys(
            ["closes", "quiet_from", "quiet_until"], st.times().map(lambda hour: f"{hour:%H:%M}")
        ),
        "applicants_submit": st.booleans(),
        "collect_against_originals": st.booleans(),
        "print_order": st.lists(ids(), max_size=3, unique=True).map(tuple),
        "blanks_days": st.integers(1, 3650),
        "retention": st.lists(retentions(), max_size=3).map(tuple),
        "approvals": st.dictionaries(ids(), ids(), max_size=2),
        "schedule": known_region_codes(level=Level.DISTRICT, within=office),
        "timetable": timetables(),
        "of": st.just(JournalSeal.ID),
        "next": seals(office=office),
    }


def _names_nobody(label: str) -> bool:
    """Whether a bag or a notice can be called so: neither a person's number nor a code."""
    try:
        c.Cancel(bag=label)
    except InvalidInput:
        return False
    return True


def _several(kind: type[E]) -> st.SearchStrategy[tuple[E, ...]]:
    return st.lists(st.sampled_from(kind), min_size=1, unique=True).map(tuple)


def _of_kind(kind: type[c.Command], office: RegionCode) -> dict[str, Strategy]:
    """Give the strategies of fields that are of another type in commands of this kind."""
    if kind is c.MoveRules:
        return {"to": days()}
    if kind is c.Plan:
        return {"to": known_region_codes(level=Level.DISTRICT, within=office) | st.just(office)}
    if kind is c.Destroy:
        return {
            "papers": st.lists(paper_ids(), min_size=1, max_size=5, unique=True).map(tuple),
            "blanks": st.lists(blank_rows(), max_size=2).map(tuple),
        }
    if kind in {c.TransferBlanks, c.Delegate}:
        return {"to": texts() if kind is c.TransferBlanks else labels()}
    if kind in {c.Condemn, c.Erase}:
        erased: dict[str, Strategy] = {"ground": st.sampled_from(c.Ground), "ended": times()}
        return erased if kind is c.Erase else {"damaged": st.booleans()}
    return {"item": ids()} if kind in {c.Correct, c.Replace} else {}


def _counts_once(fields: dict[str, Any]) -> bool:
    counted = [paper for name in _COUNTED for paper in fields.get(name, ())]
    return len(set(counted)) == len(counted)


def _names_something(fields: dict[str, Any]) -> bool:
    return bool(fields.get("papers") or fields.get("blanks"))


_SENSIBLE: Final[dict[type[c.Command], Callable[[dict[str, Any]], bool]]] = {
    c.Count: _counts_once,
    c.Destroy: _names_something,
}
"""What the fields of a command must be like together."""
