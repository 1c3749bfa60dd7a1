"""What a walk came to: counts for people and programs, and the way to what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from attrs import evolve

from adminduk.codec import Order, write_order
from adminduk.lifecycle import table_of
from adminduk.records import Application
from adminduk.testing.proof.moves import Move
from adminduk.testing.proof.walk import Arrow, Walk

__all__ = ["counts", "lines", "never", "table", "way"]

KINDS = ("application", "copy", "original", "bag")


def counts(walk: Walk) -> dict[str, Any]:
    """Count what there was to see in a walk."""
    depths = [0]
    for before in walk.came[1:]:
        depths.append(depths[before] + 1)
    states = {(one.KIND, one.state) for one in walk.values}
    return {
        "states": len(walk.states),
        "steps": len(walk.onward),
        "decisions": walk.decisions,
        "deepest": max(depths),
        "ends": dict(Counter(_ends(walk))),
        "reached": {kind: sorted(state for one, state in states if one == kind) for kind in KINDS},
        "cut": walk.cut,
    }


def _ends(walk: Walk) -> Iterator[str]:
    """Give how each case ended, of every state in which nothing is left to do."""
    for state in filter(walk.is_end, walk.states):
        yield from (one.state for one in walk.records(state) if isinstance(one, Application))


def never(taken: Iterable[Arrow]) -> list[str]:
    """Name the arrows of the lifecycles that no walk went."""
    known = set(taken)
    return [
        f"{kind}: {one.event} {one.source} → {one.target}"
        for kind in KINDS
        for one in table_of(kind)
        if (kind, one.source, one.event, one.target) not in known
    ]


def way(walk: Walk) -> list[Move]:
    """Give the shortest way to what is wrong."""
    assert walk.fault is not None
    last = [] if walk.fault.move is None else [walk.fault.move]
    return [*walk.path(walk.fault.state), *last]


def lines(moves: Iterable[Move]) -> Iterator[str]:
    """Write a way as lines for `adminduk apply`; that time passes is a remark between them."""
    for number, move in enumerate(moves, start=1):
        if move.command is None:
            yield f"# the term of {' '.join(move.ref)} passes"
        else:
            order = Order(evolve(move.command, id=UUID(int=number)), move.by)
            yield write_order(order).decode()


def table(name: str, walk: Walk) -> str:
    """Say what a walk came to."""
    came = counts(walk)
    said = [f"{name}: {walk.size.about}"]
    counted = ("states", "steps", "decisions", "deepest", "cut")
    said += [f"  {what:<24}{came[what]:>12,}" for what in counted]
    for kind, reached in came["reached"].items():
        states = [one for one in table_of(kind).states if one != "new"]
        if reached:
            said.append(f"  {kind + ' states':<24}{f'{len(reached)} of {len(states)}':>12}")
    said += [f"  {'ends ' + end:<24}{many:>12,}" for end, many in sorted(came["ends"].items())]
    if walk.fault is None:
        return "\n".join([*said, "  nothing wrong"])
    return "\n".join([*said, f"  wrong: {walk.fault.text}", *lines(way(walk))])
