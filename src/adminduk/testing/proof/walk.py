"""Walking through everything that can become of a small office, breadth first.

What was decided once is not decided again: a decision is a pure function of the command and of
the records that it looked at, and which it looks at next depends on those it has seen. So the
answers to a command are kept as a tree of what was looked at, and most steps are a few look-ups.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final
from unittest.mock import patch

from attrs import define, field, frozen

from adminduk.decide.docket import Docket
from adminduk.records import Record
from adminduk.testing.proof.deciding import decided
from adminduk.testing.proof.essence import essence, has_ended, is_forgotten, key_of, term_passed
from adminduk.testing.proof.holding import Step, broken
from adminduk.testing.proof.moves import Move, moves_about
from adminduk.testing.proof.sizes import Ref, Size

__all__ = ["Arrow", "Fault", "State", "Walk"]

State = tuple[int, ...]
"""Which value each record has; 0: there is none."""
Changes = tuple[tuple[int, int], ...]
Arrow = tuple[str, str, str, str]

_UNKNOWN: Final = object()


class _Ask(dict[int, Any]):
    """What comes of a command by the value of the record that it looks at next."""

    __slots__ = ("place",)

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place


@frozen
class Fault:
    """A rule that a step breaks, or a state that leads to no end."""

    text: str
    state: int
    move: Move | None = None


@define
class Walk:
    """Everything that can become of an office of a size.

    Attributes:
        size: What there is in it.
        states: Every state that can be reached, in the order in which it was.
        fault: What was found wrong first, if anything was.
        taken: How many decisions went by each arrow of the lifecycles.
        cut: Steps that would have needed a copy more than the size allows.
        decisions: How often the library was asked.
    """

    size: Size
    states: list[State] = field(factory=list)
    came: array[int] = field(factory=lambda: array("q"))
    """From which state each was reached first, and by which move."""
    by: list[Move | None] = field(factory=list)
    onward: array[int] = field(factory=lambda: array("q"))
    """The states that each leads to, one after the other; inverted, where that takes luck."""
    ends_at: array[int] = field(factory=lambda: array("q"))
    """Where in `onward` those of each state end."""
    fault: Fault | None = None
    taken: Counter[Arrow] = field(factory=Counter)
    cut: int = 0
    decisions: int = 0
    _values: list[Record | None] = field(factory=lambda: [None])
    _ids: dict[Hashable, int] = field(factory=dict)
    _moves: dict[tuple[int, str], list[tuple[Move, _Ask]]] = field(factory=dict)
    _places: dict[Ref, int] = field(factory=dict)
    _gone: list[Arrow] = field(factory=list)

    def go(self, told: Callable[[Walk], None] = lambda _: None) -> None:
        """Walk until nothing new is reached, or something is wrong."""
        self._places = {ref: place for place, ref in enumerate(self.size.refs)}
        first = (0,) * len(self.size.refs)
        known = {first: 0}
        self.states.append(first)
        self.came.append(-1)
        self.by.append(None)
        with patch.object(Docket, "_moved", self._noting()):
            for here, state in enumerate(self.states):
                after: dict[int, bool] = {}
                for there, move in self._steps(here, state):
                    number = known.get(there)
                    if number is None:
                        number = known[there] = len(self.states)
                        self.states.append(there)
                        self.came.append(here)
                        self.by.append(move)
                    after[number] = after.get(number, True) and move.needs_luck
                if self.fault is not None:
                    return
                self.onward.extend(~one if luck else one for one, luck in after.items())
                self.ends_at.append(len(self.onward))
                if here % 5000 == 0:
                    told(self)
        self._find_trap()

    @property
    def values(self) -> Iterator[Record]:
        """Every record that there was, each as often as it was another."""
        return (one for one in self._values if one is not None)

    def is_end(self, state: State) -> bool:
        """Whether nothing is left to do in a state."""
        return all(map(has_ended, self.records(state)))

    def records(self, state: State) -> Iterator[Record]:
        """Give the records of a state."""
        return (one for one in map(self._values.__getitem__, state) if one is not None)

    def path(self, state: int) -> list[Move]:
        """Give the shortest way to a state."""
        return [move for _, move in self.stages(state)]

    def stages(self, state: int) -> list[tuple[State, Move]]:
        """Give the states on the shortest way to a state, each with how it goes on."""
        stages = []
        while (move := self.by[state]) is not None:
            state = self.came[state]
            stages.append((self.states[state], move))
        return stages[::-1]

    def idle(self, state: State) -> Iterator[Move]:
        """Give what may be done in a state and changes nothing."""
        return (move for move, answer in self._answers(state) if answer == ())

    def moves_in(self, state: State) -> Iterator[Move]:
        """Give all that somebody could try in a state."""
        for place, value in enumerate(state):
            for move, _ in self._moves_of(place, value):
                yield move

    def _steps(self, here: int, state: State) -> Iterator[tuple[State, Move]]:
        for move, answer in self._answers(state, here):
            if answer:
                there = list(state)
                for at, new in answer:
                    there[at] = new
                yield tuple(there), move

    def _answers(self, state: State, here: int = -1) -> Iterator[tuple[Move, Changes | None]]:
        """Give what comes of all that could be done in a state."""
        for place, value in enumerate(state):
            for move, tree in self._moves_of(place, value):
                answer = tree.get(0, _UNKNOWN)
                while answer.__class__ is _Ask:
                    answer = answer.get(state[answer.place], _UNKNOWN)
                if answer is _UNKNOWN:
                    answer = self._decide(here, move, tree, state)
                yield move, answer

    def _moves_of(self, place: int, value: int) -> list[tuple[Move, _Ask]]:
        """Give what could be done about a record in its state, and what is known of each."""
        ref, record = self.size.refs[place], self._values[value]
        key = (place, "new" if record is None else record.state)
        if key not in self._moves:
            moves = [Move(ref), *moves_about(self.size, ref, key[1])]
            self._moves[key] = [(one, _Ask(place)) for one in moves]
        return self._moves[key]

    def _decide(self, here: int, move: Move, tree: _Ask, state: State) -> Changes | None:
        """Decide a step of which nothing is known yet, and keep what came of it."""
        seen: dict[int, int] = {}

        def peek(ref: Ref) -> Record | None:
            place = self._places.get(ref)
            return None if place is None else self._values[state[place]]

        def look(ref: Ref) -> Record | None:
            place = self._places.get(ref)
            if place is not None:
                seen.setdefault(place, state[place])
            return peek(ref)

        changes = self._passed(move, look) if move.command is None else None
        if move.command is not None:
            self.decisions += 1
            decision = decided(self.size, move, peek, look)
            if decision is not None:
                assert move.by is not None
                changed = {(one.KIND, one.key): one for _, one in decision.changes}
                step = Step(self.size, move.command, move.by, decision.post, changed, look)
                for text in broken(step):
                    self.fault = self.fault or Fault(text, here, move)
                changes = self._changes(changed, state)
                self.taken.update(self._gone)
            self._gone.clear()
        _keep(tree, seen, changes)
        return changes

    def _passed(self, move: Move, look: Callable[[Ref], Record | None]) -> Changes | None:
        record = look(move.ref)
        if record is not None and is_forgotten(record):
            return ((self._places[move.ref], 0),)
        passed = None if record is None else term_passed(record)
        return None if passed is None else ((self._places[move.ref], self._id(passed)),)

    def _changes(self, changed: dict[Ref, Record], state: State) -> Changes | None:
        changes = []
        for ref, record in changed.items():
            what = essence(record)
            if ref not in self._places:
                if what is not None:
                    self.cut += 1
                    return None
                continue
            place = self._places[ref]
            value = 0 if what is None else self._id(what)
            if value != state[place]:
                changes.append((place, value))
        return tuple(changes)

    def _id(self, record: Record) -> int:
        key = key_of(record)
        number = self._ids.get(key)
        if number is None:
            number = self._ids[key] = len(self._values)
            self._values.append(record)
        return number

    def _noting(self) -> Callable[..., Any]:
        """Give what notes each arrow that a decision goes by."""
        original = Docket._moved  # noqa: SLF001 - the one place by which every arrow goes

        def moved(docket: Docket, record: Any, event: str, **changes: Any) -> Any:
            after = original(docket, record, event, **changes)
            self._gone.append((record.KIND, record.state, event, after.state))
            return after

        return moved

    def _find_trap(self) -> None:
        """Find the first state from which the office cannot bring everything to an end by itself.

        That an applicant comes, or that something is found, is not counted on.
        """
        ended = [one is None or has_ended(one) for one in self._values]
        good = bytearray(all(map(ended.__getitem__, state)) for state in self.states)
        changed = True
        while changed:
            changed = False
            for here in range(len(self.states) - 1, -1, -1):
                if not good[here]:
                    start = self.ends_at[here - 1] if here else 0
                    if any(
                        one >= 0 and good[one] for one in self.onward[start : self.ends_at[here]]
                    ):
                        good[here] = changed = True
        trap = good.find(0)
        if trap >= 0:
            self.fault = Fault("from here the office cannot bring everything to an end", trap)


def _keep(tree: _Ask, seen: dict[int, int], changes: Changes | None) -> None:
    """Keep what came of a command by what it looked at, in that order."""
    ask, value = tree, 0
    for place, next_value in seen.items():
        if value not in ask:
            ask[value] = _Ask(place)
        ask, value = ask[value], next_value
    ask[value] = changes
