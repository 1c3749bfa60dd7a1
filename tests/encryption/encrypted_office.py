"""An encrypted office on a file, at work, and what is looked for in its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from adminduk import Office
from adminduk.codec import Order, dump
from adminduk.commands import Command, Submit
from adminduk.office.encryption.keyring import EncryptingKeyring
from adminduk.testing.day import orders
from adminduk.values import TrackingCode

OFFICE = "35.23"
LATER = datetime(2021, 9, 1, tzinfo=UTC)


class Nobody:
    """A notifier that reaches everybody, and tells nobody."""

    def send(self, key: str, to: str, text: str) -> None:
        """Take a message."""


def office_at(folder: Path, **options: Any) -> Office:
    """Open the office of a folder, with its master; one that is not there is made."""
    usual: dict[str, Any] = {"clock": lambda: LATER, "notifier": Nobody()}
    url, master = url_of(folder), f"file://{folder / 'master.key'}"
    return Office.open(url, OFFICE, master=master, **(usual | options))


def url_of(folder: Path) -> str:
    """Give the URL of the store of a folder."""
    return f"sqlite:///{folder / 'office.db'}"


def ring_of(office: Office) -> EncryptingKeyring:
    """Give the keyring of an office."""
    assert isinstance(office._keyring, EncryptingKeyring)
    return office._keyring


@cache
def day() -> tuple[Order, ...]:
    """Give what is done on a small day."""
    return tuple(orders(8, seed=4))


def begun() -> tuple[Order, ...]:
    """Give what has been done of it where an office is in the middle of it."""
    return day()[: len(day()) // 3]


def rest() -> tuple[Order, ...]:
    """Give what is still to be done then."""
    return day()[len(begun()) :]


def first() -> tuple[Order, str]:
    """Give what begins the first case, and its code."""
    one = next(one for one in day() if isinstance(one.command, Submit))
    assert isinstance(one.command.application, TrackingCode)
    return one, one.command.application.full()


def do_all(office: Office, every: Iterable[Order]) -> None:
    """Do it; none may be refused."""
    for one in every:
        assert one.by is not None
        office.do(one.command, by=one.by)


def codes_of(office: Office) -> list[str]:
    """Give the tracking codes of all cases."""
    return [one.key for one in office._shelf.records(kind="application")]


def personal(commands: Iterable[Command]) -> set[str]:
    """Give what commands say of people: names, numbers, birth dates, phones, why."""
    found = set()
    for one in commands:
        told = dump(one)
        to = told.get("to")
        people = [
            told.get("applicant"),
            to if isinstance(to, dict) else None,
            *told.get("people", {}).values(),
        ]
        if (
            told.get("application") and one.NAME != "replace"
        ):  # why a paper is made anew is not told
            people += [told.get("reason"), told.get("faults")]
        for person in people:
            found |= {text for text in _texts(person) if len(text) > 5}  # else in much by chance
    return found - {"female", "family", "parent", "image/jpeg"}


def _texts(told: Any) -> Iterator[str]:
    """Give what a text, or a person, says; a scan is kept elsewhere."""
    every = told.values() if isinstance(told, dict) else [told]
    yield from (one for one in every if isinstance(one, str))


def bytes_of(folder: Path) -> bytes:
    """Give all that is in the files of the store of a folder."""
    return b"".join(one.read_bytes() for one in sorted(folder.glob("office.db*")))
