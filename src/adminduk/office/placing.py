"""A file that is written whole before it has its name, and never over another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from adminduk.errors import Refused, StorageFailure
from adminduk.language import N_

__all__ = ["beside", "check_free", "give_name", "naming_files", "sync"]


def beside(path: Path, ending: str) -> Path:
    """Give the path whose name goes on so."""
    return Path(f"{path}{ending}")


def check_free(place: Path, endings: Sequence[str] = ("",)) -> None:
    """Refuse a place where something is, by its name or by one that goes on from it.

    Raises:
        Refused: Something is there.
    """
    every = (beside(place, ending) for ending in endings)
    taken = [str(one) for one in every if os.path.lexists(one)]
    if taken:
        raise _place_taken(taken)


def _place_taken(taken: list[str]) -> Refused:
    return Refused(
        "place_taken",
        N_(
            "Nothing was written, for this is there already: {taken}. Name another place, or move"
            " it away first."
        ),
        taken=taken,
    )


def give_name(passing: Path, place: Path, endings: Sequence[str] = ("",)) -> None:
    """Give a file its name, unless somebody else has taken it in the meantime.

    Raises:
        Refused: Somebody has.
    """
    try:
        os.link(passing, place)
    except FileExistsError:
        raise _place_taken([str(place)]) from None
    except OSError:  # a medium without links, as many that are carried in a pocket
        check_free(place, endings)
        passing.rename(place)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the medium."""
    if path.is_dir() and os.name == "nt":  # Windows does not open a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def naming_files(url: str) -> Iterator[None]:
    """Say what the medium of a file does in our words.

    Raises:
        StorageFailure: It cannot be opened, read or written.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StorageFailure(url=url, why=why, reason="io") from error
