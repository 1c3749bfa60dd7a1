"""What a carrier tells of a bag on its way: held to its signature, and made a command."""

from __future__ import annotations

import logging
from base64 import b64decode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

import orjson
from attrs import evolve, field, frozen
from standardwebhooks import Webhook, WebhookVerificationError

from adminduk import Actor, Office
from adminduk import commands as c
from adminduk.errors import (
    AdmindukError,
    CommandReused,
    Conflict,
    InvalidInput,
    NotFound,
    Refused,
    StorageFailure,
)
from adminduk.language import N_
from adminduk.office import Receipt
from adminduk.records import Bag, CourierSays

__all__ = ["Heard", "Outcome", "Tracking"]

_log = logging.getLogger(__name__)

_NAMESPACE: Final = UUID("7f0f3a52-5b0e-4b7e-8b56-1d9f1f4b6c03")
_LARGEST: Final = 64 * 1024
_SKEW: Final = timedelta(minutes=5)
"""By how much the clock of a carrier may be behind; its signatures may be as old."""
_IMPOSSIBLE: Final = frozenset({"in_the_future", "before_it_began"})
"""Refusals of a time at which nothing of the kind can have happened."""
_SHORTEST: Final = 24
"""Bytes of a secret, at least."""

_SAYS: Final = {
    "consignment.collected": CourierSays.COLLECTED,
    "consignment.delivered": CourierSays.DELIVERED,
    "consignment.undelivered": CourierSays.NOT_DELIVERED,
    "consignment.returned": CourierSays.RETURNED,
    "consignment.damaged": CourierSays.DAMAGED,
    "consignment.lost": CourierSays.LOST,
}
"""What each kind of event says; of any other the office need not know."""


class Outcome(StrEnum):
    """What became of an event."""

    RECORDED = "recorded"
    NOTED = "noted"
    REPEATED = "repeated"
    IGNORED = "ignored"
    UNFIT = "unfit"
    MALFORMED = "malformed"
    NOT_SIGNED = "not_signed"
    LATER = "later"


_STATUS: Final = {Outcome.MALFORMED: 400, Outcome.NOT_SIGNED: 401, Outcome.LATER: 503}
"""What the carrier is answered where it is not 200."""


@frozen
class Heard:
    """What became of an event, for the program that received it.

    Attributes:
        outcome: `recorded`: a step of the bag; `noted`: kept with the bag as what the carrier says,
            and told where the books say otherwise; `repeated`: it was heard before; `ignored`: of
            no concern; `unfit`: of no bag here, or of one that is over, so that nobody but the
            reader of this, and of the log, is told; `malformed`, `not_signed`; `later`: the office
            cannot write now.
        bag: The bag that it is about, where that is known.
        why: Why it could not be taken; may be empty.
    """

    outcome: Outcome
    bag: str = ""
    why: str = ""

    @property
    def status(self) -> int:
        """What the carrier is to be answered, as a status of HTTP: 200, so that it is content."""
        return _STATUS.get(self.outcome, 200)


def _webhooks(secrets: Iterable[str]) -> tuple[Webhook, ...]:
    return tuple(map(_webhook, secrets))


def _webhook(secret: str) -> Webhook:
    text = secret.removeprefix("whsec_").rstrip("=")
    try:
        key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:  # its text may quote the secret
        key = b""
    if len(key) < _SHORTEST:
        why, accepted = N_("That is no secret of webhooks."), N_("whsec_ and 24 bytes in base64")
        raise InvalidInput.at("secrets", "secret", why, accepted)
    return Webhook(key)


@frozen
class Tracking:
    """Takes the events of a carrier for an office; a program calls it where it receives them.

    It may be called from several threads, and with the same event any number of times.

    Attributes:
        office: The office whose bags the carrier has.
        carrier: In whose name it is written down: a courier of the office.
        secrets: Of its signatures; several while one is replaced by another.
    """

    office: Office
    carrier: Actor
    secrets: tuple[Webhook, ...] = field(converter=_webhooks, repr=False)

    def receive(self, headers: Mapping[str, str], body: bytes) -> Heard:
        """Take an event as it came: the headers of the request, and its body byte for byte."""
        if len(body) > _LARGEST:
            return Heard(Outcome.MALFORMED, why="too large")
        named = {name.lower(): value for name, value in headers.items()}  # one id: that signed
        if not self._is_signed(named, body):
            return Heard(Outcome.NOT_SIGNED)
        try:
            report = self._report(named["webhook-id"], body)
        except InvalidInput as error:
            return Heard(Outcome.MALFORMED, why=error.message("en"))
        if report is None:
            return Heard(Outcome.IGNORED)
        try:
            return self._carry_out(report)
        except (Conflict, StorageFailure) as error:
            return Heard(Outcome.LATER, report.bag, error.code)

    def _is_signed(self, headers: dict[str, str], body: bytes) -> bool:
        """Whether the carrier signed it, some minutes ago at most, by the clock of this machine."""
        for secret in self.secrets:
            with suppress(WebhookVerificationError, ValueError):  # it may be any text
                secret.verify(body, headers, json_parse=False)
                return True
        return False

    def _report(self, id_: str, body: bytes) -> c.Report | None:
        """Read an event; from it follows the id of the command, so that it has one effect.

        From its own id alone would not do: a carrier that gives one id twice would not be heard.
        """
        try:
            event = orjson.loads(body)
            said = _SAYS.get(event["type"])
            if said is None:
                return None
            stamp, bag = event["timestamp"], event["data"]["reference"]
            at = datetime.fromisoformat(stamp)
            command = uuid5(_NAMESPACE, f"{self.carrier.id}:{said}:{bag}:{stamp}:{id_}")
        except (KeyError, TypeError, ValueError):
            text, accepted = N_("That is no event of a consignment."), N_("as the README shows it")
            raise InvalidInput.at("", "event", text, accepted) from None
        return c.Report(id=command, bag=bag, said=said, at=at)

    def _carry_out(self, report: c.Report) -> Heard:
        """Write down what is said: as a step, if it is one, else as what the carrier says."""
        refusal: AdmindukError = NotFound(kind=Bag.KIND, id=report.bag)
        for command in self._commands(report):
            try:
                receipt = self._do(command)
            except CommandReused:  # as what it was taken for when it came first
                return Heard(Outcome.REPEATED, report.bag)
            except (InvalidInput, NotFound, Refused) as error:
                refusal = error
            else:
                done = Outcome.NOTED if command is report else Outcome.RECORDED
                return Heard(Outcome.REPEATED if receipt.repeated else done, report.bag)
        _log.warning("bag %s was %s, says the carrier: %s", report.bag, report.said, refusal.code)
        return Heard(Outcome.UNFIT, report.bag, refusal.message("en"))

    def _commands(self, report: c.Report) -> Iterable[c.Command]:
        """Give what the office may be told of it, best first."""
        for bag in self.office.records([(Bag.KIND, report.bag)]):
            assert isinstance(bag, Bag)
            collected = report.said is CourierSays.COLLECTED and report.at
            if collected and self._was_collected(bag, collected):
                yield c.Depart(id=report.id, at=report.at, bag=bag.id, if_version=bag.version)
        yield report

    def _was_collected(self, bag: Bag, at: datetime) -> bool:
        """Whether what was collected then is the bag as it lies sealed now.

        It is not, if it goes with the office's own van, or was sealed, or came back, afterwards;
        nor if that is yet to come.
        """
        if bag.state != "sealed" or bag.own_van:
            return False
        steps = self.office.journal(bag.id, limit=10_000)
        since = max(one.at for one in steps if one.do in {"seal", "come_back"})
        return since - _SKEW <= at <= datetime.now(UTC) + _SKEW

    def _do(self, command: c.Command) -> Receipt:
        """Let the office do it; what cannot have happened when it is said to, has by now."""
        try:
            return self.office.do(command, by=self.carrier)
        except InvalidInput as error:
            if error.faults[0].code not in _IMPOSSIBLE:
                raise
            return self.office.do(evolve(command, at=None), by=self.carrier)
