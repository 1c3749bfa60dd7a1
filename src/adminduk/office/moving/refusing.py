"""Why an office is not brought in."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.errors import Refused
from adminduk.language import N_

__all__ = ["not_sound", "of_another_file", "others_write", "taken"]


def not_sound(office: str, faults: Sequence[str]) -> Refused:
    """What came contradicts itself, or the file."""
    return Refused(
        "moved_not_sound",
        N_(
            "What came as {id} is not sound, and nobody can open it; {count} faults, the"
            " first: {first}. Remove it, and import another copy into an empty place."
        ),
        id=office,
        count=len(faults),
        first=faults[0],
    )


def taken(office: str) -> Refused:
    """The store has such an office."""
    return Refused(
        "place_taken",
        N_(
            "Nothing was written, for there is another {id} in that store already. Name an empty"
            " place."
        ),
        id=office,
    )


def of_another_file(office: str) -> Refused:
    """An import was begun from another file."""
    return Refused(
        "other_import",
        N_(
            "{id} is being brought in from another file. Import that one again, or name an empty"
            " place."
        ),
        id=office,
    )


def others_write(office: str) -> Refused:
    """Somebody else brings it in just now."""
    return Refused(
        "import_runs",
        N_("Somebody else is bringing {id} into that store. Wait until that has ended."),
        id=office,
    )
