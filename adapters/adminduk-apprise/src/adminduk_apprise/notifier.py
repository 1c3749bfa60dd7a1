"""Messages through a service of Apprise; its URL has places for whom each message is for."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, PersistentStoreMode
from attrs import field, frozen

from adminduk.errors import InvalidInput, Undeliverable
from adminduk.language import N_
from adminduk.notify.recipients import EXAMPLES, filled, places
from adminduk_apprise.quiet import quiet

__all__ = ["AppriseNotifier"]

_PLACE: Final = re.compile(r"\{(to|phone|digits|post|role|region|key)\}")
_NUMBER: Final = re.compile(r"\{(to|phone|digits)\}")
_POST: Final = re.compile(r"([?&])post=([^&]*)&?")


@frozen
class AppriseNotifier:
    """Sends each message by a service of its own, made of the URL for its recipient.

    Attributes:
        phones: The URL of Apprise for a phone number; it names the number.
        posts: That for a post.
    """

    phones: str = field(repr=False)
    posts: str = field(repr=False)

    @classmethod
    def read(cls, url: str) -> AppriseNotifier:
        """Read `apprise+` and a URL of Apprise.

        Raises:
            InvalidInput: Apprise does not know it, or it does not say to whom messages go.
        """
        service = url.removeprefix("apprise+")
        apart = _POST.search(service)
        phones = _POST.sub(r"\1", service).rstrip("?&")
        notifier = cls(phones, unquote(apart[2]) if apart else phones)
        phone, post = (notifier._service("key", one) for one in EXAMPLES)
        if phone is None or post is None or not _NUMBER.search(phones):
            raise _invalid()
        return notifier

    def send(self, key: str, to: str, text: str) -> None:
        """Send a message.

        Raises:
            Undeliverable: The service knows no such recipient.
            ConnectionError: It was not sent; Apprise does not say why.
        """
        service = self._service(key, to)
        if service is None:
            raise Undeliverable(why="the service takes no such recipient")
        with quiet():
            sent = Apprise(service, asset=service.asset).notify(text, body_format=NotifyFormat.TEXT)
        if not sent:
            raise ConnectionError("the service did not take the message")

    def _service(self, key: str, to: str) -> NotifyBase | None:
        """Give the service for a recipient, if it takes one as this at all."""
        said = _said(key, to)
        url = filled(self.phones if "phone" in said else self.posts, said)
        if _PLACE.search(url):
            return None
        asset = AppriseAsset(
            app_id="adminduk", async_mode=False, storage_mode=PersistentStoreMode.MEMORY
        )
        with quiet():  # a URL that it does not know is logged, with its password
            service = Apprise.instantiate(url, asset=asset)
        return service if service is not None and len(service) else None


def _said(key: str, to: str) -> dict[str, str]:
    """Give what a URL may name of a message, as it is written in a URL."""
    every = {**places(to), "to": to, "key": key}
    return {name: quote(value, safe="") for name, value in every.items()}


def _invalid() -> InvalidInput:
    return InvalidInput.at(
        "url",
        "apprise_url",
        N_("Apprise knows no such service, or the URL does not say to whom messages go."),
        N_("apprise+ and a URL of Apprise in which {{phone}}, {{digits}} or {{to}} is the number"),
    )
