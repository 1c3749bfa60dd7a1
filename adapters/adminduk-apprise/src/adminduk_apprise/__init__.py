"""A notifier through Apprise, as a plugin of `adminduk`."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Notifier

__all__ = ["SCHEMES", "adminduk_notifier"]

SCHEMES: Final = {"adminduk_notifier": ("apprise+…",)}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_notifier(url: str) -> Notifier | None:
    """Give the notifier of `apprise+` and a URL of Apprise."""
    if url.startswith("apprise+"):
        from adminduk_apprise.notifier import AppriseNotifier

        return AppriseNotifier.read(url)
    return None
