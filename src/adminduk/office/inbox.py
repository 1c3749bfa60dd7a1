"""Whose turn it is: what waits at the posts of an actor, page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from attrs import frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import Ref, Row, Storage
from adminduk.records import Actor, Copy, Role
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
        next: The command that usually brings it on; empty where that depends.
    """

    kind: str
    id: str
    state: str
    region: str
    due: str
    queue: str
    taken_by: str = ""
    next: str = ""


@frozen
class Page:
    """A page of tasks, and where the next one starts (None: there is none)."""

    tasks: tuple[Task, ...]
    next: str | None


def inbox(
    storage: Storage,
    office: str,
    actor: Actor,
    *,
    after: str | None,
    limit: int,
    now: str,
    first: Callable[[], Sequence[tuple[str, Copy]]],
) -> Page:
    """Give the tasks at the actor's posts, those of one post after those of the other.

    Args:
        storage: The store.
        office: Of which office.
        actor: Whose posts.
        after: Where the page before ended.
        limit: The most tasks.
        now: The time, as sortable text.
        first: Gives the copies that are printed before all others, each with its place in order.
    """
    sources = [
        source for queue in _queues_of(actor) for source in _sources(storage, office, queue, first)
    ]
    place, position = _place_in(sources, after or "0|")
    tasks: list[Task] = []
    while True:
        rows, following = sources[place].page(position, limit - len(tasks))
        tasks += [_task(row, now) for row in rows]
        if following is None:
            place += 1
        position = following or ""
        if place == len(sources):
            return Page(tuple(tasks), None)
        if len(tasks) == limit:
            return Page(tuple(tasks), f"{place}|{position}")


@frozen
class _Served:
    """The copies that are printed before all others, in their order."""

    storage: Storage
    office: str
    placed: Sequence[tuple[str, Copy]]

    def page(self, position: str, limit: int) -> tuple[Sequence[Row], str | None]:
        """Give rows from a position on, and the position after them (None: there are no more)."""
        coming = [(place, (Copy.KIND, copy.id)) for place, copy in self.placed if place > position]
        rows = self.storage.load(self.office, [ref for _, ref in coming[:limit]])
        found = [rows[ref] for _, ref in coming[:limit] if ref in rows]
        return found, coming[limit - 1][0] if len(coming) > limit else None


@frozen
class _Queue:
    """What waits at a post, what is due first before the rest, without what is served already."""

    storage: Storage
    office: str
    queue: str
    without: Collection[Ref] = ()

    def page(self, position: str, limit: int) -> tuple[Sequence[Row], str | None]:
        """Give rows as above; there may be fewer than asked for, and more after them."""
        rows, following = self.storage.find(
            self.office, queue=self.queue, after=position or None, limit=limit
        )
        return [row for row in rows if row.ref not in self.without], following


def _sources(
    storage: Storage,
    office: str,
    queue: str,
    first: Callable[[], Sequence[tuple[str, Copy]]],
) -> list[_Served | _Queue]:
    """Give what a queue is read from: who prints sees first what is printed before all others."""
    if not queue.startswith(Role.PRINT_OPERATOR.value):
        return [_Queue(storage, office, queue)]
    placed = first()
    served = frozenset((Copy.KIND, copy.id) for _, copy in placed)
    return [_Served(storage, office, placed), _Queue(storage, office, queue, served)]


def _queues_of(actor: Actor) -> list[str]:
    """Give the queues of an actor's posts, each once; the head sees what the registry has."""
    queues = []
    for post in actor.posts:
        queues.append(str(post))
        if post.role is Role.HEAD_OF_OFFICE:
            queues.append(f"{Role.REGISTRY_OPERATOR.value}@{post.region}")
        if post.role is Role.DISTRICT_OPERATOR:  # villages without an operator of their own
            queues.append(f"{Role.VILLAGE_OPERATOR.value}@{post.region}")
    return list(dict.fromkeys(queues))


def _place_in(sources: Sequence[_Served | _Queue], after: str) -> tuple[int, str]:
    """Read where a page starts: which source, and where in it."""
    place, _, position = after.partition("|")
    if place not in map(str, range(len(sources))):
        raise InvalidInput.at(
            "after", "position", N_("No page ended there."), N_("what the page before gave as next")
        )
    return int(place), position


def _task(row: Row, now: str) -> Task:
    fields = orjson.loads(row.body)["fields"]
    taken = fields.get("taken")
    read_now = taken is not None and row.state == "submitted"
    return Task(
        kind=row.kind,
        id=row.id,
        state=row.state,
        region=row.region,
        due=row.due,
        queue=row.queue,
        taken_by=taken["by"] if read_now and stamp(_moment(taken["until"])) > now else "",
        next=_next(row, fields),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _next(row: Row, fields: Mapping[str, Any]) -> str:
    """Say what is usually done with what waits."""
    role = row.queue.partition("@")[0]
    if row.state == "at_office" and fields.get("heading") == "home":
        return _IN_THE_STORE[fields.get("fate") or fields["why"]]
    if (row.kind, row.state, role) in _AT_A_DESK:
        return _AT_A_DESK[row.kind, row.state, role]
    out, home = _USUAL.get((row.kind, row.state), ("", ""))
    return home if fields.get("heading") == "home" else out


_IN_THE_STORE: Final = {
    "destroyed": "void",
    "kept": "file",
    "returned": "turn_out",
    "unclaimed": "void",
    "condemned": "void",
    "misrouted": "turn_out",
}
"""What is done with what came home: an original by what becomes of it, a copy by why it came."""

_AT_A_DESK: Final = {
    ("application", "submitted", "front_desk"): "attend",
    ("application", "verified", "registry_operator"): "replace",
    ("copy", "ordered", "registry_operator"): "issue",
    ("copy", "at_office", "front_desk"): "to_counter",
}
"""What depends on the desk at which it waits."""

_USUAL: Final = {
    ("application", "draft"): ("submit", ""),
    ("application", "returned"): ("answer", ""),
    ("application", "submitted"): ("verify", ""),
    ("copy", "ordered"): ("print", ""),
    ("copy", "issued"): ("confirm", ""),
    ("original", "expected"): ("take_in", "take_in"),
    ("bag", "planned"): ("seal", ""),
    ("bag", "sealed"): ("depart", ""),
    ("bag", "departed"): ("arrive", ""),
    ("bag", "astray"): ("depart", ""),
    ("bag", "arrived"): ("count", ""),
    ("bag", "written_off"): ("resolve", ""),
    ("bag", "counted"): ("resolve", ""),
    **{
        (kind, state): ways
        for kind in ("copy", "original")
        for state, ways in {
            "at_office": ("plan", "void"),
            "at_district": ("collect", "plan"),
            "at_village": ("hand_over", "hand_in"),
            "at_counter": ("hand_over", "turn_home"),
            "missing": ("found", "found"),
            "void": ("destroy", "destroy"),
        }.items()
    },
}
"""What is usually done with what waits: with a paper on its way out, and on its way home."""
