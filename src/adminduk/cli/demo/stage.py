"""A story of an office as data, and how it is played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from attrs import define, field, frozen

from adminduk import regions
from adminduk.checklist import Checklist
from adminduk.commands import Command
from adminduk.errors import AdmindukError
from adminduk.office import Office, Receipt
from adminduk.office.manifests import Manifest
from adminduk.records import Actor, Bag, Copy, Heading, Original, Post, Schedule

__all__ = [
    "Ask",
    "Clock",
    "Letterbox",
    "Outcome",
    "Played",
    "Result",
    "Scene",
    "Step",
    "play",
    "seeded_ids",
]


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
        plans: First of all the bags of the courier's next day are planned.
        manifest: The bag whose list is looked at when it is done.
        after: Minutes since the step before.
    """

    by: Actor
    does: str
    commands: tuple[Command, ...] = ()
    refused: str = ""
    plans: bool = False
    manifest: str = ""
    after: int = 1


@frozen
class Scene:
    """What happens at one time and place.

    Attributes:
        at: When it begins.
        title: When and where; marked with `N_`.
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
class Result:
    """A record as a step left it.

    Attributes:
        kind: What kind of record it is.
        id: Which one.
        state: Its state.
        what: The product of a copy, the district of a schedule; of others nothing.
        condemned: It is a paper that may no longer be delivered.
        goes_home: It is a paper on its way to the office.
        holder: The post that answers for a paper or bag; None where there is none, or in a bag.
        bag: The bag that a paper is in.
    """

    kind: str
    id: str
    state: str
    what: str = ""
    condemned: bool = False
    goes_home: bool = False
    holder: Post | None = None
    bag: str = ""


@frozen
class Outcome:
    """How a step went: its receipts with what they changed, or the refusal."""

    step: Step
    receipts: tuple[Receipt, ...] = ()
    results: tuple[Result, ...] = ()
    manifest: Manifest | None = None
    refusal: AdmindukError | None = None


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

    now: datetime = datetime(2021, 6, 28, tzinfo=UTC)

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
        for number, step in enumerate(scene.steps):
            clock.now += timedelta(minutes=step.after if number else 0)
            outcomes.append(_do(office, step))
        office.deliver()
        yield Played(scene, todo, tuple(outcomes), tuple(letterbox.letters))
        letterbox.letters.clear()


def _do(office: Office, step: Step) -> Outcome:
    try:
        planned = office.plan_bags(step.by) if step.plans else []
        receipts = (*planned, *office.do_all(step.commands, step.by))
        manifest = office.manifest(step.manifest) if step.manifest else None
        outcome = Outcome(step, receipts, _results(office, receipts), manifest)
    except AdmindukError as refusal:
        outcome = Outcome(step, refusal=refusal)
    code = outcome.refusal.code if outcome.refusal else ""
    assert code == step.refused, f"{step.does}: {outcome.refusal}"
    return outcome


def _results(office: Office, receipts: Iterable[Receipt]) -> tuple[Result, ...]:
    """Give the records that changed, each once, as they are now."""
    touched = dict.fromkeys((one.kind, one.id) for each in receipts for one in each.records)
    return tuple(_result(office, kind, id_) for kind, id_ in touched)


def _result(office: Office, kind: str, id_: str) -> Result:
    record = office.record(kind, id_)
    if isinstance(record, Schedule):
        return Result(kind, id_, record.state, regions.get(record.region).name)
    if isinstance(record, Bag):
        return Result(kind, id_, record.state, holder=record.custodian)
    if not isinstance(record, Copy | Original):
        return Result(kind, id_, record.state)
    what = record.product if isinstance(record, Copy) else ""
    return Result(
        kind=kind,
        id=id_,
        state=record.state,
        what=what,
        condemned=record.condemned,
        goes_home=record.heading is Heading.HOME,
        holder=record.custodian,
        bag=record.bag,
    )
