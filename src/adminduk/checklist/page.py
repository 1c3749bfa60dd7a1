"""A checklist as a page to take home: a text that fits a message on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from adminduk.catalogue import Deadline, Text, Way
from adminduk.checklist.answer import Checklist, ChecklistItem, Status
from adminduk.language import N_, translate

__all__ = ["DAYS", "take_home"]

_WAYS: Final[Mapping[Way, str]] = {
    Way.SCAN: N_("the original, to be scanned"),
    Way.SEEN: N_("shown"),
    Way.HANDED_IN: N_("handed in"),
}

_FATES: Final = (
    N_("the original stays with the office"),
    N_("the original is given back afterwards"),
)
"""What becomes of an original that is taken in: kept, returned."""

DAYS: Final[Mapping[str, str]] = {
    "calendar": N_("Report it within {days} days of: {event}."),
    "working": N_("Report it within {days} working days of: {event}."),
}
"""How a deadline is said, by its kind of day."""


def take_home(todo: Checklist, names: Sequence[Text], language: str) -> str:
    """Say what to bring, in plain lines.

    Args:
        todo: The list, final or not.
        names: The names of the services.
        language: `id` or `en`.
    """
    return "\n".join(_lines(todo, names, language))


def _lines(todo: Checklist, names: Sequence[Text], language: str) -> Iterator[str]:
    title = ", ".join(one.in_language(language) for one in names)
    yield _say(N_("What to bring for: {title}"), language, title=title)
    if todo.objections:
        yield _say(N_("This is not for your case:"), language)
        yield from (f"- {one.text.in_language(language)}" for one in todo.objections)
        return
    for place, item in enumerate(todo.needed, start=1):
        yield f"{place}. {_item(item, language)}"
    open_items = [one for one in todo.items if one.status is Status.UNDECIDED]
    if open_items:
        yield _say(N_("Perhaps also, depending on what is not known yet:"), language)
        yield from (f"- {_item(item, language)}" for item in open_items)
    if todo.attend:
        yield _say(N_("Come yourself:"), language)
        yield from (f"- {one.text.in_language(language)}" for one in todo.attend)
    if todo.after:
        yield _say(N_("First, or together with it:"), language)
        yield from (f"- {one.why.in_language(language)}" for one in todo.after)
    yield from (_deadline(one, language) for one in todo.deadlines)
    yield from (f"! {one.text.in_language(language)}" for one in todo.warnings)
    yield _say(
        N_("Done within {hours} hours once everything is there."), language, hours=todo.hours
    )
    yield _say(
        N_("Everything is free. By the rules of {day}."),
        language,
        day=todo.on,
    )


def _deadline(deadline: Deadline, language: str) -> str:
    return _say(
        DAYS[deadline.kind],
        language,
        days=deadline.days,
        event=deadline.event.in_language(language),
    )


def _item(item: ChecklistItem, language: str) -> str:
    """Name a paper and how it is shown; of a form also what is written on it."""
    ways = " / ".join(_say(_WAYS[way], language) for way in Way if way in item.ways)
    if item.surrender is not None:
        ways += "; " + _say(_FATES[item.surrender.fate == "returned"], language)
    name = item.name.in_language(language)
    if not item.form:
        return f"{name} ({ways})"
    return f"{name}, {item.form} ({ways}). {item.reason.in_language(language)}"


def _say(text: str, language: str, **facts: object) -> str:
    return translate(text, language).format(**facts)
