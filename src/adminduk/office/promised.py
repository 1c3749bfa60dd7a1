"""What people read of a promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from adminduk.language import N_, translate
from adminduk.office.promises import Account, Outcome

__all__ = ["as_it_stands", "as_promised"]

_PROMISED: Final[Mapping[str, str]] = {
    "district": N_("at the district on {day}; at the counter, with a letter, from {counter}"),
    "counter": N_("at the counter from {day}"),
    "digital": N_("issued by {day}"),
    "made": N_("made by {day}; the courier has no day for the district yet"),
    "returned": N_("the days count on once what was returned is answered"),
    "attendance": N_("the days count from the day on which the person comes"),
    "blanks": N_("the days stand still: the office has no blanks"),
}
"""By where a document is to be, or by why the days stand still."""
_BECAME: Final[Mapping[str, str]] = {
    "kept": N_("to be had since {reached}, as promised"),
    "broken": N_("to be had since {reached}; promised for {day}"),
    "overdue": N_("overdue: promised for {day}"),
    "ended": N_("ended without a document"),
}
_MADE: Final[Mapping[str, str]] = {
    "kept": N_("made on {reached}, as promised; the courier has no day for the district yet"),
    "broken": N_("made on {reached}; promised for {day}"),
}
"""By what became of a promise; of one that only said when it is made."""

Said = Callable[[date], str]


def as_promised(account: Account, language: str, day: Said = date.isoformat) -> str:
    """Say what was promised, whatever became of it."""
    is_paused = account.outcome is Outcome.PAUSED
    text = _PROMISED[account.cause if is_paused else account.goal.value]
    return _said(text, account, language, day)


def as_it_stands(account: Account, language: str, day: Said = date.isoformat) -> str:
    """Say what has become of a promise, or what is promised."""
    became = _MADE if account.goal == "made" else {}
    text = became.get(account.outcome.value) or _BECAME.get(account.outcome.value)
    if text is None:
        return as_promised(account, language, day)
    return _said(text, account, language, day)


def _said(text: str, account: Account, language: str, day: Said) -> str:
    days = {"day": account.day, "counter": account.counter}
    if account.reached is not None:
        days["reached"] = account.reached
    said = {name: day(one) for name, one in days.items()}
    return translate(text, language).format_map(said)
