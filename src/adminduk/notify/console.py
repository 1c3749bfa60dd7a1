"""A notifier that prints messages on standard error."""

from __future__ import annotations

import re
import sys
from typing import Final

from adminduk.masking import masked, seen

__all__ = ["ConsoleNotifier"]

_POST: Final = re.compile(r"[a-z_]+@[0-9.]+")
_SHOWN: Final = 3


class ConsoleNotifier:
    """Prints each message on one line; of a phone number only the last digits are shown."""

    def send(self, key: str, to: str, text: str) -> None:  # noqa: ARG002 - a console drops no repeats
        """Print a message; what would move the cursor or hide text is left out."""
        line = f"-> {_masked(to)}: {_plain(text)}\n"
        sys.stderr.write(line)  # in one piece: several threads may send
        sys.stderr.flush()


def _masked(to: str) -> str:
    """Show a post, which is nobody's secret; of anything else the last digits."""
    if _POST.fullmatch(to):
        return to
    digits = [one for one in to if one.isdecimal()]
    return "…" + "".join(digits[-_SHOWN:])


def _plain(text: str) -> str:
    """Make one line of what can be seen, numbers masked; every run of the rest becomes a space."""
    return " ".join(seen(masked(text), lambda _: " ").split())
