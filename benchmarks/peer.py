"""The same case for another program: its six commands as plain values, and who carries them out.

A peer does what we do as far as its library is made for it: each command is a transaction of its
own, as durable as ours; it reads what is there, refuses a wrong state and own work,
writes the current state and one entry of the history with everything that was said. It is spared
the law, areas, claims, repeats of commands, search keys, hash chains and messages.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final, Protocol
from uuid import UUID

from attrs import frozen

from adminduk import Office
from adminduk.codec import dump
from adminduk.ports import Storage
from benchmarks.row import Row, per_operation
from benchmarks.run import Run
from benchmarks.timing import Step, interleave
from benchmarks.town import (
    ACCEPTED,
    COLLECTOR,
    LETTER,
    Given,
    chance,
    code_of,
    counter_road,
    office_on,
    order,
)

__all__ = ["COMMANDS", "Peer", "PlainCase", "beside", "check_other", "check_state"]

COMMANDS: Final = 6
_ROUNDS: Final = 150
_WARM: Final = 10


@frozen
class PlainCase:
    """A case as plain values.

    Attributes:
        code: Its tracking code.
        ids: The ids of its six commands.
        order: What is applied for, with people, facts and what is shown.
        accepted: The items that the registry accepts.
        letter: The letter with which the card is fetched.
        collector: Who fetches it.
    """

    code: str
    ids: tuple[str, ...]
    order: dict[str, Any]
    accepted: list[str]
    letter: dict[str, Any]
    collector: dict[str, Any]


class Peer(Protocol):
    """Another program that carries cases out."""

    def play(self, case: PlainCase) -> None:
        """Carry the six commands out, each durably."""

    def check(self, cases: int) -> None:
        """Check that so many cases are completed, with their history, and that it was durable."""

    def close(self) -> None:
        """Let go of the file."""


def plain(number: int) -> PlainCase:
    """Give the case of a number as plain values."""
    random = chance(f"peer {number}")
    return PlainCase(
        code=code_of(number).full(),
        ids=tuple(str(UUID(int=random.getrandbits(128), version=4)) for _ in range(COMMANDS)),
        order=dump(order(number)),
        accepted=list(ACCEPTED),
        letter=dump(LETTER),
        collector=dump(COLLECTOR),
    )


def check_state(state: str, wanted: str, submitter: str = "", by: str = "") -> None:
    """Refuse a command in another state, and the verification of own work."""
    if state != wanted:
        raise ValueError(f"not while it is {state}")
    if by:
        check_other(submitter, by)


def check_other(submitter: str, by: str) -> None:
    """Refuse the verification of own work."""
    if by == submitter:
        raise ValueError("nobody verifies what they submitted")


def beside(
    run: Run,
    name: str,
    limit: float | None,
    sides: tuple[Storage, Peer],
    durably: str = "synchronous=FULL",
) -> Row:
    """Time whole cases of ours and of a peer in turns, and check that both did them."""
    storage, peer = sides
    rounds = run.rounds(_ROUNDS) + _WARM
    with office_on(storage) as office:
        steps = (
            Step(
                partial(_play, office, counter_road(number)),
                partial(peer.play, plain(number)),
            )
            for number in range(rounds)
        )
        times = interleave(steps, warm=_WARM)
        completed = office.storage.find(office.region.full(), state="completed", limit=rounds + 1)
        if len(completed[0]) != rounds:
            raise RuntimeError(f"{len(completed[0])} cases are completed, not {rounds}")
    peer.check(rounds)
    peer.close()
    return per_operation(name, limit, times, f"a case of {COMMANDS} commands, {durably}")


def _play(office: Office, road: list[Given]) -> None:
    for command, by in road:
        office.do(command, by=by)
