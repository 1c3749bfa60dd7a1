"""Messages that were not delivered yet: what they say, and how one that is parked is sent again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from attrs import asdict, evolve, field, frozen

from adminduk.decide import Look, is_still_so
from adminduk.envelope import KeyDestroyed
from adminduk.errors import NotFound, StorageFailure
from adminduk.masking import masked
from adminduk.office.sentences import sentence
from adminduk.office.shelf import Shelf
from adminduk.ports import Message
from adminduk.records import Application
from adminduk.records.index import stamp
from adminduk.values import Phone

__all__ = ["Outbox", "Telling", "Waiting", "telling_of"]

_PAGE = 1000


@frozen
class Waiting:
    """A message that was not delivered yet.

    Attributes:
        key: By which a receiver drops a repeat, and by which it is sent again.
        due: From when it is to be sent.
        parked: Whether it is not tried any more, until somebody has it sent again.
        to: To whom: a post, or a phone number, masked; empty for the courier.
        text: What it says, without what opens a document; of a bag its id.
        damaged: Whether it cannot be read, or what it is of cannot: `verify` says what is wrong.
    """

    key: str
    due: datetime
    parked: bool
    to: str = ""
    text: str = ""
    damaged: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {**asdict(self), "due": self.due.isoformat()}


@frozen
class Outbox:
    """What an office has to send.

    Attributes:
        language: In which messages are shown, as they are sent.
    """

    shelf: Shelf
    language: str

    def waiting(self, *, parked: bool) -> Iterator[Waiting]:
        """Give all that is parked, or all that is not, those first that are due first."""
        after = ("", "")
        storage, office = self.shelf.storage, self.shelf.office
        while page := storage.messages(office, parked=parked, after=after, limit=_PAGE):
            for message in page:
                yield self._shown(message, parked=parked)
            after = page[-1].due, page[-1].key

    def resend(self, key: str, now: datetime) -> None:
        """Have a parked message sent from now on, as if it had never been tried.

        Raises:
            NotFound: No message of that key is parked.
        """
        if not self.shelf.storage.unpark(self.shelf.office, key, due=stamp(now)):
            raise NotFound(kind="message", id=key)

    def _shown(self, message: Message, *, parked: bool) -> Waiting:
        shown = Waiting(message.key, datetime.fromisoformat(message.due), parked)
        try:
            to, text = self._told(orjson.loads(message.body))
        except StorageFailure as failure:
            if failure.facts.get("reason") != "corrupt":  # what is sealed may be damaged, too
                raise
            return evolve(shown, damaged=True)
        except Exception:  # noqa: BLE001 - what is damaged can be wrong in any way
            return evolve(shown, damaged=True)
        return evolve(shown, to=to, text=masked(text))

    def _told(self, body: dict[str, Any]) -> tuple[str, str]:
        """Say to whom and what; nothing of a person who was erased."""
        if bag := body.get("bag"):
            return "", bag
        told = telling_of(self.shelf, body)
        if told is None:
            return "", ""
        to = told.to if "@" in told.to else str(Phone.parse(told.to))
        return to, told.text(self.language, **dict.fromkeys(told.facts.keys() & {"link"}, "…"))


@frozen
class Telling:
    """A message to people, as it would be told now.

    Attributes:
        to: Where they are reached: a phone number, or a post.
        template: Which sentence.
        facts: What it is about.
        still_so: Whether it is still so, of one of the records at least that it is of.
    """

    to: str = field(repr=False)
    template: str
    facts: dict[str, str] = field(repr=False)
    still_so: bool

    def text(self, language: str, **instead: str) -> str:
        """Say it; with other facts in place of some."""
        return sentence(self.template, self.facts | instead, language)


def telling_of(shelf: Shelf, body: dict[str, Any]) -> Telling | None:
    """Give what a stored message tells; None: nobody, as the person was erased."""
    try:
        content = body.get("told") or orjson.loads(
            shelf.keyring.keys().open(body["owner"], body["sealed"])
        )
    except KeyDestroyed:
        return None
    template, facts, to = content["template"], content["facts"], content["to"]
    of = [(kind, key) for kind, key in content["of"]]
    case = (Application.KIND, facts.get("code", ""))
    found = shelf.look(Look([*of, *([] if to else [case])]))
    if not to:
        application = found[case].record
        assert isinstance(application, Application), "whose case it is was stored before"
        to = application.reached_at
    records = (found[ref].record for ref in of)
    still_so = any(is_still_so(template, facts, record) for record in records)
    return Telling(to, template, facts, still_so)
