"""Why a file is not taken: each reason has a code, and says what would be taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from adminduk.errors import AdmindukError, InvalidInput, Refused
from adminduk.language import N_

__all__ = ["LARGEST", "MOST_PAGES", "MOST_PIXELS", "no_reader", "opening", "refusal"]

LARGEST: Final = 20 * 1024 * 1024
"""Bytes that a scan has at most, as it comes and as it is kept."""

MOST_PAGES: Final = 100
MOST_PIXELS: Final = 64_000_000
"""Of one picture: more than A4 at 600 dots an inch, and than phones take."""

_REASONS: Final = {
    "scan_type": (
        N_("That is no file of a type that is taken."),
        N_("a PDF, a JPEG or a PNG"),
    ),
    "scan_size": (
        N_("The file has a size that is not taken."),
        N_("1 B to 20 MiB"),
    ),
    "scan_damaged": (
        N_("The file is cut off or damaged."),
        N_("a file that opens whole: send it once more, scan it anew, or print it as PDF"),
    ),
    "scan_mixed": (
        N_("The file is a scan and something else besides."),
        N_("the scan alone: scan it once more"),
    ),
    "scan_active": (
        N_("The PDF does something, or carries files with it: {found}."),
        N_("a PDF of pages alone: print it as PDF, or scan it"),
    ),
    "scan_encrypted": (
        N_("The PDF is locked."),
        N_("a PDF without a password and without limits on its use: print it as PDF, or scan it"),
    ),
    "scan_pages": (
        N_("The PDF has a number of pages that is not taken: {pages}."),
        N_("1 to {most} pages; more in several files"),
    ),
    "scan_pixels": (
        N_("A picture is larger than a scan is."),
        N_("at most {most} million pixels, as A4 at 600 dots an inch"),
    ),
    "scan_unpacks": (
        N_("The file unpacks to far more than a scan does."),
        N_("a file as a scanner or a telephone makes it: scan it anew, or print it as PDF"),
    ),
}


_MOST: Final = {"scan_pages": MOST_PAGES, "scan_pixels": MOST_PIXELS // 1_000_000}
"""What is taken at most, as it is said; pixels in millions."""


def refusal(code: str, **facts: object) -> InvalidInput:
    """Make the error of a file that is not taken."""
    text, accepted = _REASONS[code]
    most = {"most": _MOST[code]} if code in _MOST else {}
    return InvalidInput.at("", code, text, accepted, **most, **facts)


def no_reader(extra: str) -> Refused:
    """Make the error that what opens scans is not installed; it comes with an extra."""
    return Refused(
        "no_scan_reader",
        N_("To open scans something must be installed: {instead}."),
        command="scan",
        instead=[f"pip install 'adminduk[{extra}]'"],
    )


@contextmanager
def opening(too_much: type[Exception] | tuple[type[Exception], ...], code: str) -> Iterator[None]:
    """Tell why a file could not be opened: it is too much of something, or damaged."""
    try:
        yield
    except AdmindukError:
        raise
    except Exception as error:  # noqa: BLE001 - what is damaged may break its reader in any way
        if any(isinstance(one, too_much) for one in _behind(error)):
            raise refusal(code) from None
        raise refusal("scan_damaged") from None


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and what it was made of: a reader may tell of too much as of damage."""
    while error is not None:
        yield error
        error = error.__cause__
