"""Whose turn it is: what waits at the posts of an actor, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson
from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Row, Storage
from adminduk.records import Actor, Role
from adminduk.records.index import stamp

__all__ = ["Page", "Task", "inbox"]


@frozen
class Task:
    """Something whose turn it is at a post.

    Attributes:
        kind: Kind of the record.
        id: Its id.
        state: Its state.
        region: Where it belongs.
        due: Sortable UTC time by which something should happen.
        queue: The post.
        taken_by: The verifier who reads it now; empty if nobody does.
    """

    kind: str
    id: str
    state: str
    region: str
    due: str
    queue: str
    taken_by: str = ""


@frozen
class Page:
    """A page of tasks, and where the next one starts (None: there is none)."""

    tasks: tuple[Task, ...]
    next: str | None


def inbox(
    storage: Storage, office: str, actor: Actor, *, after: str | None, limit: int, now: str
) -> Page:
    """Give the tasks at the actor's posts, those of one post after those of the other."""
    queues = _queues_of(actor)
    place, position = _place_in(queues, after or "0|")
    tasks: list[Task] = []
    while True:
        rows, following = storage.find(
            office, queue=queues[place], after=position or None, limit=limit - len(tasks)
        )
        tasks += [_task(row, now) for row in rows]
        if following is not None:
            return Page(tuple(tasks), f"{place}|{following}")
        place, position = place + 1, ""
        if place == len(queues):
            return Page(tuple(tasks), None)
        if len(tasks) == limit:
            return Page(tuple(tasks), f"{place}|")


def _queues_of(actor: Actor) -> list[str]:
    """Give the queues of an actor's posts; the head of office sees what the registry has."""
    queues = []
    for post in actor.posts:
        queues.append(str(post))
        if post.role is Role.HEAD_OF_OFFICE:
            queues.append(f"{Role.REGISTRY_OPERATOR.value}@{post.region}")
        if post.role is Role.DISTRICT_OPERATOR:  # villages without an operator of their own
            queues.append(f"{Role.VILLAGE_OPERATOR.value}@{post.region}")
    return queues


def _place_in(queues: Sequence[str], after: str) -> tuple[int, str]:
    """Read where a page starts: which queue, and where in it."""
    place, _, position = after.partition("|")
    if place not in map(str, range(len(queues))):
        raise InvalidInput.at(
            "after", "position", N_("No page ended there."), N_("what the page before gave as next")
        )
    return int(place), position


def _task(row: Row, now: str) -> Task:
    taken_by = ""
    if row.kind == "application" and row.state == "submitted":
        taken = orjson.loads(row.body)["fields"].get("taken")
        if taken is not None and stamp(datetime.fromisoformat(taken["until"])) > now:
            taken_by = taken["by"]
    return Task(row.kind, row.id, row.state, row.region, row.due, row.queue, taken_by)
