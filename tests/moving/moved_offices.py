"""Offices with a history of their own, and what a storage holds, to be held against another's."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from adminduk.office.moving.taking import take_out_of
from adminduk.ports import Storage
from adminduk.testing.chance import Chance
from adminduk.testing.driven import OFFICE
from adminduk.testing.model import OfficeModel

__all__ = ["OFFICE", "driven", "exported", "holds", "park_some"]

_ALL = 100_000


def driven(seed: int, parts: int) -> OfficeModel:
    """Give an office in memory after some parts of days, with messages that wait and are parked."""
    model = OfficeModel()
    chance = Random(seed)  # noqa: S311 - chance that can be repeated
    incidents = ["somebody_applies", "the_courier_comes", "some_stories_go_on", "time_passes"]
    for _ in range(parts):
        model.part_of_a_day(
            seed=chance.getrandbits(32),
            acts=chance.randrange(16),
            incident=chance.choice(incidents),
        )
    while parts and len(model.waiting()) < 4:
        model.somebody_applies(Chance(model.office, model.now.date(), chance))
    park_some(model.office.storage)
    return model


def park_some(storage: Storage) -> None:
    """Park every second message that waits."""
    waiting = storage.messages(OFFICE, parked=False, limit=_ALL)
    late = "9999-12-31T00:00:00.000000Z"
    lent = storage.lease(OFFICE, now=late, until="2021", limit=len(waiting) + 1)
    for one in lent[::2]:
        storage.settle(OFFICE, one.message.key, one.token, again=None, parked=True)


@cache
def exported(seed: int, parts: int) -> tuple[OfficeModel, bytes]:
    """Give such an office, with its export."""
    model = driven(seed, parts)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "office.jsonl"
        take_out_of(model.office.storage, file, keyring=model.keyring)
        return model, file.read_bytes()


def holds(storage: Storage, office: str = OFFICE) -> tuple[Any, ...]:
    """Give all that an office holds, by the calls of the port alone."""
    return (
        storage.offices().get(office),
        list(storage.journal(office, limit=_ALL)),
        list(storage.find(office, limit=_ALL)[0]),
        list(storage.claims(office, limit=_ALL)),
        list(storage.commands(office, limit=_ALL)),
        list(storage.messages(office, parked=False, limit=_ALL)),
        list(storage.messages(office, parked=True, limit=_ALL)),
        list(storage.keys(office, limit=_ALL)),
    )
