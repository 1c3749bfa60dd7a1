"""The notifiers that come with the library, as a plugin."""

from __future__ import annotations

from adminduk.plugins import hookimpl
from adminduk.ports import Notifier

__all__ = ["adminduk_notifier"]


@hookimpl
def adminduk_notifier(url: str) -> Notifier | None:
    """Give the notifier of `console:`."""
    if url == "console:":
        from adminduk.notify.console import ConsoleNotifier

        return ConsoleNotifier()
    return None
