"""What people read of a promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from adminduk.cli.app import App
from adminduk.language import N_

__all__ = ["promise_lines"]

_TOLD: Final[Mapping[str, str]] = {
    "district": N_("at the district on {day}; at the counter, with a letter, from {counter}"),
    "counter": N_("at the counter from {day}"),
    "digital": N_("issued by {day}"),
    "made": N_("made by {day}; the courier has no day for the district yet"),
    "kept": N_("to be had since {reached}, as promised"),
    "broken": N_("to be had since {reached}; promised for {day}"),
    "made, kept": N_("made on {reached}, as promised; the courier has no day for the district yet"),
    "made, broken": N_("made on {reached}; promised for {day}"),
    "overdue": N_("overdue: promised for {day}"),
    "ended": N_("ended without a document"),
    "returned": N_("the days count on once what was returned is answered"),
    "attendance": N_("the days count from the day on which the person comes"),
    "blanks": N_("the days stand still: the office has no blanks"),
}
"""What people read of a promise: by where it is to be, by what became of it, by why it waits."""


def promise_lines(app: App, products: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Say of each product of a tracked case what is promised, for people."""
    for one in products:
        promise = one["promise"]
        if promise is not None:
            outcome = promise["outcome"]
            told = {"open": promise["goal"], "paused": promise["cause"]}.get(outcome, outcome)
            text = _TOLD.get(f"{promise['goal']}, {outcome}", _TOLD[told])
            yield f"{one['product']}: {app.say(text, **promise)}"
