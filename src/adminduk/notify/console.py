"""A notifier that prints messages on standard error."""

from __future__ import annotations

import sys

__all__ = ["ConsoleNotifier"]

_SHOWN = 3


class ConsoleNotifier:
    """Prints each message on a line; of a phone number the last digits are shown."""

    def send(self, key: str, to: str, text: str) -> None:  # noqa: ARG002 - a console drops no repeats
        """Print a message."""
        shown = to if "@" in to else "…" + to[-_SHOWN:]
        line = "".join(one if one.isprintable() else " " for one in text)
        print(f"-> {shown}: {line}", file=sys.stderr)  # noqa: T201 - printing is what it does
