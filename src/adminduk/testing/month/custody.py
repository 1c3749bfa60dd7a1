"""Each paper has one holder from when it is made or taken in until its end: read from the journal.

Custody passes from one post to another only in a few ways, written down here a second time, and
mostly it is the receiver who says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import define, field

from adminduk.ports import Ref
from adminduk.testing.month.history import Fields, History, Step, post_of

__all__ = ["Custody"]

_P, _D, _V, _F, _C = "print_operator district_operator village_operator front_desk courier".split()
_HANDS: Final = frozenset({_P, _D, _V, _F})
_ANYBODY: Final = _HANDS | {_C}
_NOBODY: Final = frozenset({""})

_PASSES: Final[dict[str, tuple[frozenset[str], frozenset[str], bool]]] = {
    # command: from whom, to whom, and whether the receiver says so
    "print": (_NOBODY, frozenset({_P}), True),
    **dict.fromkeys(("submit", "answer", "take_in"), (_NOBODY, frozenset({_V, _D, _F}), True)),
    "collect": (frozenset({_D}), frozenset({_V}), True),
    "hand_in": (frozenset({_V}), frozenset({_D}), True),
    "to_counter": (frozenset({_P}), frozenset({_F}), True),
    "turn_home": (frozenset({_F}), frozenset({_P}), False),
    "condemn": (frozenset({_F}), frozenset({_P}), False),
    "depart": (frozenset({_P, _D}), frozenset({_C}), True),
    "come_back": (frozenset({_C, _D}), frozenset({_P, _D}), True),
    "stray": (frozenset({_C}), frozenset({_P, _D}), True),
    "arrive": (_ANYBODY | _NOBODY, frozenset({_P, _D}), True),
    "count": (_ANYBODY, frozenset({_P, _D}), True),
    "found": (_ANYBODY | _NOBODY, _HANDS, True),
    "finish": (frozenset({_P, _D}), frozenset({_P, _D, _C}), False),
    "write_off": (frozenset({_C, _D, _P}), frozenset({_P, _D, _C}), False),
    "hand_over": (_HANDS, _NOBODY, False),
    "declare_lost": (_ANYBODY, _NOBODY, False),
    "file": (frozenset({_P}), _NOBODY, False),
    "destroy": (frozenset({_P}), _NOBODY, False),
}
_AT_HAND: Final = {
    "at_office": {_P},
    "at_district": {_D},
    "at_village": {_V},
    "at_counter": {_F},
    "missing": _ANYBODY,
    "void": {_P},
    "bagged": _ANYBODY,
}
"""Who can hold a paper in a state; in any other state nobody does."""
_ENDS: Final = frozenset({"handed_over", "destroyed", "filed", "cancelled", "revoked", "issued"})


@define
class Custody:
    """Follows every paper from hand to hand.

    Attributes:
        history: What is read.
        holders: Who holds each paper now.
        papers: How many were made or taken in.
    """

    history: History
    holders: dict[Ref, str] = field(factory=dict)
    papers: int = 0

    def after(self, steps: list[Step]) -> Iterator[tuple[str, str]]:
        """Take in what a command did; give the papers and bags of which the chain is broken."""
        for step in steps:
            if step.change.kind == "bag":
                yield from self._passes(step, post_of(step.before), post_of(step.after))
            elif step.is_paper:
                yield from self._paper(step)

    def _paper(self, step: Step) -> Iterator[tuple[str, str]]:
        item, state = step.change.id, str(step.after.get("state", ""))
        was, is_ = self.holders.get(step.ref, ""), self._holder(step.after)
        before = step.before.get("bag")
        if before:  # whoever holds the bag holds it, and may have got that since
            was = post_of(self.history.now["bag", before]) or was
        self.holders[step.ref] = is_
        self.papers += not was and step.change.do in {"print", "take_in"}
        roles = _AT_HAND.get(state)
        if (roles is None) != (not is_) or (roles and _role(is_) not in roles):
            yield item, f"{is_ or 'nobody'} holds it, and it is {state} ({step})"
        if bool(step.after.get("bag")) != (state == "bagged"):
            yield item, f"it is {state}, and its bag is {step.after.get('bag')} ({step})"
        if step.after.get("bag") and step.after.get("custodian"):
            yield item, f"it is in a bag, and with {post_of(step.after)} ({step})"
        if step.before.get("state") in _ENDS and state not in {*_ENDS}:
            yield item, f"it had ended, and goes on ({step})"
        if not step.after.get("bag") or before:
            yield from self._passes(step, was, is_)

    def _holder(self, fields: Fields) -> str:
        bag = fields.get("bag")
        return post_of(self.history.now["bag", bag] if bag else fields)

    def _passes(self, step: Step, was: str, is_: str) -> Iterator[tuple[str, str]]:
        change = step.change
        opened = change.kind == "bag" and change.do in {"plan", "finish", "write_off", "cancel"}
        if was == is_ or opened:
            return
        sources, targets, by_receiver = _PASSES.get(change.do, (_NOBODY, _NOBODY, True))
        if _role(was) not in sources or _role(is_) not in targets:
            yield change.id, f"it went from {was or 'nobody'} to {is_ or 'nobody'} ({step})"
        elif by_receiver and is_ and change.post != is_:
            yield change.id, f"{change.post} says that {is_} has it ({step})"

    def at_the_end(self) -> Iterator[tuple[str, str]]:
        """Give the papers that have no end, though nothing is left to do."""
        for (kind, item), fields in self.history.now.items():
            state = fields.get("state", "")
            if kind in {"copy", "original"} and state not in _ENDS | {"lost", "waived"}:
                yield item, f"nothing is left to do, and it is {state}"


def _role(post: str) -> str:
    return post.partition("@")[0]
