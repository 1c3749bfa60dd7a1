"""A courier that is told of each bag by HTTP, under a key that a repeat has, too."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

import orjson
from attrs import asdict, frozen

from adminduk.errors import InvalidInput, Undeliverable
from adminduk.ports import Consignment
from adminduk.scans import check
from adminduk_carrier.line import Answer, Line

__all__ = ["CarrierCourier"]

_NAMESPACE: Final = UUID("0b7a9b0e-6d0c-4a3c-9f0e-5a2f6c1d8e47")

_OK: Final = frozenset({200, 201})
_UNKNOWN: Final = 404
_IN_VAIN: Final = frozenset({400, 409, 410, 422})
"""Answers about the consignment itself: as it is, it will never be taken, however often asked."""


@frozen
class CarrierCourier:
    """Keeps a consignment at a carrier for each bag, as it is described.

    Its key follows from the bag's id, so nothing of the carrier's need be remembered. An answer
    counts only if it says what was asked for: any other page may answer 200, too.
    """

    line: Line

    def book(self, consignment: Consignment) -> None:
        """Have a bag carried.

        Raises:
            Undeliverable: The carrier will not, as it is described.
            ConnectionError: It did not say that it will.
        """
        key, said = _key(consignment.bag), asdict(consignment)
        described = {"reference": said.pop("bag"), **said}
        answer = self.line.ask("PUT", f"/consignments/{key}", described)
        _check(answer, {**described, "id": key, "state": "booked"})

    def cancel(self, bag: str) -> None:
        """Have a bag not carried.

        Raises:
            Undeliverable: The carrier has it on its way already.
            ConnectionError: It did not say that it will not carry it.
        """
        key = _key(bag)
        answer = self.line.ask("DELETE", f"/consignments/{key}")
        _check(answer, {"id": key, "state": "cancelled"})

    def label(self, bag: str) -> bytes | None:
        """Give the label of a bag as PDF; None: it is not booked.

        It is opened and cleaned as a scan is, for whoever prints it opens it first.

        Raises:
            ConnectionError: The carrier did not give it, or it is more than pages.
        """
        answer = self.line.ask("GET", f"/consignments/{_key(bag)}/label")
        if answer.status == _UNKNOWN:
            return None
        if answer.status not in _OK or not answer.content.startswith(b"%PDF-"):
            raise ConnectionError(f"no label, but {answer.status}")
        try:
            return check(answer.content).content
        except InvalidInput as error:
            raise ConnectionError(f"no label: {error.faults[0].code}") from None


def _key(bag: str) -> str:
    """Give the key of a bag's consignment; a bag's name may hold what no path may."""
    return str(uuid5(_NAMESPACE, bag))


def _check(answer: Answer, expected: dict[str, object]) -> None:
    """Check that a carrier answers what was asked for."""
    if answer.status in _IN_VAIN:
        raise Undeliverable(why=f"the carrier answered {answer.status}")
    if answer.status not in _OK:
        raise ConnectionError(f"the carrier answered {answer.status}")
    try:
        said = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        raise ConnectionError("the carrier did not answer in JSON") from None
    if not isinstance(said, dict) or not expected.items() <= said.items():
        raise ConnectionError("the carrier answered something else")
