"""Lifecycles, and the table of authority, with a fault in them: something can no longer happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from adminduk import authority
from adminduk import commands as c
from adminduk.decide import guards, verification
from adminduk.lifecycle import Arrow
from adminduk.lifecycle.table import Table
from adminduk.testing.proof import deciding

__all__ = ["FAULTS"]

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]


def _without(kind: str, event: str, source: str) -> Fault:
    """Let something no longer happen to a record in a state."""

    def put(patch: Patch) -> None:
        original = Table.arrows

        def arrows(table: Table, state: str, name: str) -> tuple[Arrow, ...]:
            gone = (table.kind, state, name) == (kind, source, event)
            return () if gone else original(table, state, name)

        patch.setattr(Table, "arrows", arrows)

    return put


def _nobody_may(command: type[c.Command]) -> Fault:
    return lambda patch: patch.setitem(authority.TABLE, command, ())


def _always(guard: str) -> Fault:
    return lambda patch: patch.setitem(guards.GUARDS, guard, lambda *_: True)


def _reopened_copies_stay_good(patch: Patch) -> None:
    patch.setattr(verification, "condemn_paper", lambda *_: None)


def _cases_claim_nothing(patch: Patch) -> None:
    patch.setattr(deciding, "claims_of", lambda _: frozenset())


FAULTS: Final[dict[str, tuple[str, Fault]]] = {
    "nothing_is_made_void": ("road", _without("copy", "void", "at_office")),
    "nothing_void_is_destroyed": ("road", _without("copy", "destroy", "void")),
    "no_bag_arrives": ("road", _without("bag", "arrive", "departed")),
    "no_plan_is_cancelled": ("road", _without("bag", "cancel", "planned")),
    "nothing_is_handed_in": ("road", _nobody_may(c.HandIn)),
    "no_bag_is_closed": ("road", _nobody_may(c.Close)),
    "nothing_is_given_up": ("desk", _nobody_may(c.GiveUp)),
    "drafts_do_not_expire": ("desk", _without("application", "expire", "draft")),
    "nothing_is_lost": ("again", _without("copy", "declare_lost", "missing")),
    "originals_are_not_due": ("due", _always("due_originals_in")),
    "differences_stay_open": ("road", _always("none_open")),
    "whatever_goes_home_is_given_out": ("again", _always("heading_out")),
    "reopened_copies_stay_good": ("again", _reopened_copies_stay_good),
    "cases_claim_nothing": ("two-cases", _cases_claim_nothing),
}
"""By name: the size in which it is found, and how it is put into the running library."""
