"""One step, decided by the library itself, and which records that took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from adminduk.catalogue import load
from adminduk.decide import Decision, Moment, Rules, World, decide, needs
from adminduk.errors import AdmindukError
from adminduk.records import Application, Copy, Original, Paper, Record
from adminduk.records.index import claims_of
from adminduk.testing.cast import OFFICE
from adminduk.testing.proof.essence import NOW
from adminduk.testing.proof.moves import Move
from adminduk.testing.proof.sizes import Ref, Size
from adminduk.values import RegionCode

__all__ = ["decided"]

Peek = Callable[[Ref], Record | None]

_MOMENT: Final = Moment(NOW, NOW)
_RULES: Final = Rules(load(), RegionCode.parse(OFFICE), blind=str)


class _Watched(World):
    """What was loaded for a command; whatever is read of it is looked at through `look`."""

    def __init__(self, size: Size, look: Peek) -> None:
        super().__init__()
        self.size = size
        self.look = look

    def get(self, ref: Ref) -> Record | None:
        """Give a loaded record."""
        super().get(ref)  # raises where nothing was loaded
        return self.look(ref)

    def in_bag(self, bag: str) -> list[Paper]:
        """Give the papers that are in a bag."""
        super().in_bag(bag)
        papers = [self.look(ref) for ref in self.size.refs if ref[0] in {"copy", "original"}]
        return [one for one in papers if isinstance(one, Copy | Original) and one.bag == bag]


def decided(size: Size, move: Move, peek: Peek, look: Peek) -> Decision | None:
    """Let the library decide a command as an office would; None where it is refused.

    Args:
        size: What there can be.
        move: The command, and who gives it.
        peek: Gives a record, or None; used to load what the library asks for.
        look: Gives a record that the decision goes by.
    """
    assert move.command is not None
    assert move.by is not None
    world = _Watched(size, look)
    while asked := needs(move.command, move.by, world):
        found = [
            ref
            for ref in size.refs
            if ref in asked.refs
            or (ref[0] in {"copy", "original"} and ref[1].partition("/")[0] in asked.cases)
            or getattr(peek(ref), "bag", None) in asked.groups
        ]
        world.add(asked, filter(None, map(peek, found)))
    try:
        decision = decide(move.command, move.by, world, _MOMENT, _RULES)
    except AdmindukError:
        return None
    return None if any(_is_taken(size, decision, look)) else decision


def _is_taken(size: Size, decision: Decision, look: Peek) -> Iterator[bool]:
    """Whether a case claims what another one holds, which the storage refuses.

    What a copy claims is not asked: without that, too, no two of them may be deliverable.
    """
    for before, after in decision.changes:
        if isinstance(after, Application):
            held = claims_of(before) if before is not None else frozenset()
            for other in map(look, [("application", code) for code in size.codes]):
                if other is not None and other.key != after.key:
                    yield bool((claims_of(after) - held) & claims_of(other))
