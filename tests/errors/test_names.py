"""Every name that people may read has its words."""

from __future__ import annotations

import pytest

from adminduk import commands
from adminduk.catalogue import load
from adminduk.lifecycle import table_of
from adminduk.names import NAMES, in_words
from adminduk.office.promises import Outcome
from adminduk.office.stages import Stage
from adminduk.records import (
    KINDS,
    Channel,
    CourierSays,
    DifferenceKind,
    DifferenceOutcome,
    ProductOutcome,
    Role,
)
from adminduk.records.blanks import FATES
from adminduk.values import Level

ROLES = {role.value for role in Role}
STATES = {state for kind in KINDS for state in table_of(kind).states}
LEVELS = {level.name.lower() for level in Level}
OTHERS = {"case", "message", "office", "product", "region", "trip"}
"""What may not be found, besides records."""
FATES_OF_BLANKS = {"received", *FATES, "left", "skipped", "never_received"}
"""What can have become of a blank, and why one is not there."""
DIFFERENCES = {*DifferenceKind, *DifferenceOutcome}
"""How what arrived can differ, and what became of that."""
DOORS = {door.value for door in Channel}
PROMISED = {*Outcome, *Stage, *ProductOutcome} - {ProductOutcome.DELIVERED} | {"unknown"}
"""What becomes of a promise, what a product waits for, how it ends."""
SAID = {*CourierSays}
"""What a courier can say of a bag."""
ACTS = {act.id for periods in load().periods.values() for one in periods for act in one.attend}
"""What a person must come for."""


@pytest.mark.parametrize(
    "names",
    [
        ROLES,
        set(KINDS),
        STATES,
        set(commands.BY_NAME),
        LEVELS,
        DOORS,
        ACTS,
        OTHERS,
        FATES_OF_BLANKS,
        PROMISED,
        DIFFERENCES,
        SAID,
    ],
    ids=[
        "roles",
        "kinds",
        "states",
        "commands",
        "levels",
        "doors",
        "acts",
        "others",
        "fates",
        "promises",
        "differences",
        "said",
    ],
)
def test_every_one_is_listed_for_translators(names: set[str]):
    """None is shown as programs write it."""
    assert {name.replace("_", " ") for name in names} - set(NAMES) == set()


def test_nothing_else_is_listed():
    """What is no name any more is not translated either."""
    every = (
        ROLES
        | set(KINDS)
        | STATES
        | set(commands.BY_NAME)
        | LEVELS
        | DOORS
        | ACTS
        | OTHERS
        | PROMISED
        | FATES_OF_BLANKS
        | DIFFERENCES
        | SAID
    )
    assert set(NAMES) - {name.replace("_", " ") for name in every} == set()


def test_each_is_listed_once():
    """`village` is a level, `draft` a state and a command; the word is the same."""
    assert len(NAMES) == len(set(NAMES))


def test_a_name_is_read_in_words():
    """Without underscores."""
    assert in_words("village_operator", "en") == "village operator"
    assert in_words("at_office", "en") == "at office"
