"""The notifiers that come with the library, as a plugin."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Notifier

__all__ = ["SCHEMES", "adminduk_notifier"]

SCHEMES: Final = {"adminduk_notifier": ("console", "smtp", "smtps")}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_notifier(url: str) -> Notifier | None:
    """Give the notifier of `console:`, or of a mail server: `smtp://…`, `smtps://…`."""
    if url == "console:":
        from adminduk.notify.console import ConsoleNotifier

        return ConsoleNotifier()
    if url.startswith(("smtp:", "smtps:")):
        from adminduk.notify.mail_server import MailServer
        from adminduk.notify.smtp import SmtpNotifier

        return SmtpNotifier(MailServer.read(url))
    return None
