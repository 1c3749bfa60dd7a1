"""Each person was told what was true, when it was, and once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from attrs import define, field

from adminduk.office.sentences import sentence
from adminduk.records import CourierSays
from adminduk.testing.month.ground import Told
from adminduk.testing.month.history import History, Step

__all__ = ["Telling"]

_WITH_US: Final = frozenset({"submit", "answer", "attend", "choose_delivery"})
_ABOUT: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        (
            "submitted",
            "submitted_to_attend",
            "promised_district",
            "promised_made",
            "promised_counter",
            "promised_digital",
        ),
        _WITH_US,
    ),
    "returned": frozenset({"return"}),
    "returned_long": frozenset({"return"}),
    "rejected": frozenset({"reject"}),
    "withdrawn": frozenset({"withdraw"}),
    "expired": frozenset({"expire"}),
    "issued": frozenset({"issue"}),
    "ready_village": frozenset({"collect", "found"}),
    "ready_district": frozenset({"count", "found"}),
    "ready_counter": frozenset({"to_counter", "found"}),
    "ready_counter_own": frozenset({"to_counter", "found"}),
    "not_ready": frozenset({"condemn", "report_missing", "reopen"}),
    "remind_collect": frozenset({"remind"}),
    "remind_at_district": frozenset({"remind"}),
    "remind_at_village": frozenset({"remind"}),
    "remind_at_counter": frozenset({"remind"}),
    "remind_at_counter_own": frozenset({"remind"}),
    "unclaimed": frozenset({"turn_home"}),
    "made_void": frozenset({"void"}),
    "lapsed": frozenset({"void", "declare_lost", "give_up"}),
    "completed": frozenset({"hand_over", "verify", "void"}),
    "original_lost": frozenset(
        {"declare_lost", "reject", "withdraw", "expire", "void", "hand_over", "issue"}
    ),
    "bag_is_late": frozenset({"ask_after"}),
    "bag_has_not_left": frozenset({"ask_after"}),
    **{f"courier_says_{said}": frozenset({"report"}) for said in CourierSays},
    "bag_written_off": frozenset({"write_off"}),
}
"""Which command can be the cause of each message."""

_ONCE: Final = {
    ("submit", "application", "submitted"): 1,
    ("answer", "application", "submitted"): 1,
    ("return", "application", "returned"): 1,
    ("reject", "application", "rejected"): 1,
    ("withdraw", "application", "withdrawn"): 1,
    ("expire", "application", "expired"): 1,
    ("collect", "copy", "at_village"): 1,
    ("collect", "original", "at_village"): 1,
    ("to_counter", "copy", "at_counter"): 1,
    ("remind", "copy", "at_district"): 1,
    ("remind", "copy", "at_village"): 1,
    ("remind", "copy", "at_counter"): 1,
}
"""Of what so many messages tell."""

_FACTS: Final = (
    "code district counter made digital items link item until days bag holder since day".split()
)


def _patterns() -> dict[str, re.Pattern[str]]:
    marks = {name: f"0{name}0" for name in _FACTS}
    patterns = {}
    for template in _ABOUT:
        text = re.escape(sentence(template, marks, "en"))
        for mark in marks.values():
            text = text.replace(mark, ".+?")
        patterns[template] = re.compile(text)
    return patterns


@define
class Telling:
    """What happened, by the command that was its cause.

    Attributes:
        history: What is read.
    """

    history: History
    _does: dict[str, str] = field(factory=dict)
    _expected: dict[str, int] = field(factory=dict)
    _about: dict[str, str] = field(factory=dict)
    _was_so: dict[str, list[datetime]] = field(factory=dict)
    """Of each command of which somebody must be told: from when it was so, and until when."""
    _newest: dict[str, str] = field(factory=dict)
    _states: dict[str, list[tuple[datetime, str]]] = field(factory=lambda: defaultdict(list))

    def after(self, steps: list[Step]) -> Iterator[tuple[str, str]]:
        """Note what a command did, and of whom it must tell."""
        first = steps[0].change
        self._does[first.command] = first.do
        for step in steps:
            state = str(step.after.get("state"))
            times = _ONCE.get((first.do, step.change.kind, state))
            if newest := self._newest.pop(step.change.id, None):
                self._was_so[newest].append(step.change.recorded)
            if times:
                self._newest[step.change.id] = first.command
                self._was_so[first.command] = [step.change.recorded]
                self._expected[first.command] = times
                self._about[first.command] = step.change.id
            if step.change.kind == "copy":
                self._states[step.change.id].append((step.change.recorded, state))
        yield from ()

    def at_the_end(self, told: Collection[Told]) -> Iterator[tuple[str, str]]:
        """Hold what people were told against what happened."""
        patterns = _patterns()
        keys: Counter[str] = Counter()
        by_command: Counter[str] = Counter()
        for one in told:
            keys[one.key] += 1
            command = one.key.rpartition("/")[0]
            by_command[command] += 1
            about, do = self._about.get(command, ""), self._does.get(command, "nothing")
            meant = [name for name, text in patterns.items() if text.fullmatch(one.text)]
            if not any(do in _ABOUT[name] for name in meant):
                yield about, f"“{one.text}” was told because of {do}"
            elif "ready_village" in meant or "ready_counter" in meant:
                yield from self._is_ready(about, one)
        yield from (("", f"message {key} was sent {n} times") for key, n in keys.items() if n > 1)
        moments = [one.at for one in told]
        for command, times in self._expected.items():
            first, *until = self._was_so[command]
            was_so = not until or any(first <= one <= until[0] for one in moments)
            if by_command[command] < times and was_so:
                do = self._does[command]
                yield self._about[command], f"nobody was told of {do} ({command})"
        office = self.history.office
        for parked in (False, True):
            for message in office.storage.messages(office.region.full(), parked=parked):
                yield "", f"message {message.key} was not sent"

    def _is_ready(self, item: str, told: Told) -> Iterator[tuple[str, str]]:
        """Check that what somebody was told to fetch was there when they were told."""
        states = [state for since, state in self._states.get(item, ()) if since <= told.at]
        if states and states[-1] not in {"at_village", "at_counter"}:
            yield item, f"told to be ready when it was {states[-1]}: “{told.text}”"
