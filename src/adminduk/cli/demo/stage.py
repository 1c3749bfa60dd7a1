"""A story of an office as data, and how it is played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from attrs import define, field, frozen

from adminduk.checklist import Checklist
from adminduk.commands import Command
from adminduk.errors import Refused
from adminduk.office import Office, Receipt
from adminduk.records import Actor

__all__ = ["Ask", "Clock", "Letterbox", "Outcome", "Played", "Scene", "Step", "play", "seeded_ids"]


@frozen
class Ask:
    """What must be brought for these services, if these facts are known?"""

    services: tuple[str, ...]
    facts: dict[str, bool | int | str]


@frozen
class Step:
    """Somebody does something: all of the commands, or none if they are refused.

    Attributes:
        by: Who.
        does: What, in words; marked with `N_`.
        commands: What it is to the office.
        refused: The code of the refusal that it gets; empty if it is done.
    """

    by: Actor
    does: str
    commands: tuple[Command, ...]
    refused: str = ""


@frozen
class Scene:
    """What happens at one time and place.

    Attributes:
        at: When it begins; its steps are a minute apart.
        title: Where; marked with `N_`.
        told: What is to be known; marked with `N_`.
        steps: What is done.
        ask: The checklist that is asked for first.
    """

    at: datetime
    title: str
    told: str
    steps: tuple[Step, ...] = ()
    ask: Ask | None = None


@frozen
class Outcome:
    """How a step went: its receipts, or the refusal."""

    step: Step
    receipts: tuple[Receipt, ...] = ()
    refusal: Refused | None = None


@frozen
class Played:
    """A scene as it went, with the messages that it caused: to whom, and the text."""

    scene: Scene
    todo: Checklist | None
    outcomes: tuple[Outcome, ...]
    messages: tuple[tuple[str, str], ...]


@define
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = datetime(2021, 7, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Give the time it is set to."""
        return self.now


@define
class Letterbox:
    """A notifier that keeps what it is given."""

    letters: list[tuple[str, str]] = field(factory=list)

    def send(self, key: str, to: str, text: str) -> None:  # noqa: ARG002 - nothing comes twice here
        """Keep a message."""
        self.letters.append((to, text))


def seeded_ids() -> Callable[[], UUID]:
    """Give a source of ids that are the same each time."""
    random = Random(3523)  # noqa: S311 - nobody is to be kept from guessing them
    return lambda: UUID(int=random.getrandbits(128), version=4)


def play(
    office: Office, clock: Clock, letterbox: Letterbox, scenes: Iterable[Scene]
) -> Iterator[Played]:
    """Play the scenes of a story, one after the other.

    Args:
        office: Where it is played; it goes by this clock, and sends to this letterbox.
        clock: Is set to the time of each step.
        letterbox: Is emptied after each scene.
        scenes: The story.
    """
    for scene in scenes:
        clock.now = scene.at
        todo = None
        if scene.ask is not None:
            todo = office.checklist(*scene.ask.services, facts=scene.ask.facts)
        outcomes = []
        for step in scene.steps:
            outcomes.append(_do(office, step))
            clock.now += timedelta(minutes=1)
        office.deliver()
        yield Played(scene, todo, tuple(outcomes), tuple(letterbox.letters))
        letterbox.letters.clear()


def _do(office: Office, step: Step) -> Outcome:
    try:
        outcome = Outcome(step, tuple(office.do_all(step.commands, step.by)))
    except Refused as refusal:
        outcome = Outcome(step, refusal=refusal)
    code = outcome.refusal.code if outcome.refusal else ""
    assert code == step.refused, f"{step.does}: {code}"
    return outcome
