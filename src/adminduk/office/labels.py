"""The label of a sealed bag, where its courier has one of its own to be stuck on it."""

from __future__ import annotations

from adminduk.decide import Look
from adminduk.errors import NotFound, Refused
from adminduk.language import N_
from adminduk.logs import logger
from adminduk.office.shelf import Shelf
from adminduk.ports import Courier, Labels
from adminduk.records import Bag

__all__ = ["label_of"]

_log = logger(__name__)


def label_of(shelf: Shelf, courier: Courier, bag: str) -> bytes:
    """Fetch the label of a bag, as PDF. Raises as `Office.label`."""
    found = shelf.look(Look([(Bag.KIND, bag)])).get((Bag.KIND, bag))
    if found is None:
        raise NotFound(kind=Bag.KIND, id=bag)
    record = found.record
    assert isinstance(record, Bag)
    if not isinstance(courier, Labels) or record.own_van:
        raise Refused(
            "no_labels",
            N_("Who carries {bag} gives no labels: the office's own slips go with it."),
            bag=bag,
        )
    label = _fetched(courier, bag) if record.state == "sealed" else None
    if label is None:
        raise Refused(
            "no_label_yet",
            N_(
                "There is no label for {bag}: it has one while it lies sealed, once the courier"
                " was told of it."
            ),
            bag=bag,
            state=record.state,
        )
    return label


def _fetched(courier: Labels, bag: str) -> bytes | None:
    """Ask the courier, who may be away, or fail in whatever way a plugin does."""
    try:
        return courier.label(bag)
    except Exception as error:  # noqa: BLE001 - however it fails, the label is not there
        _log.warning("label of %s: %s", bag, type(error).__name__)
        text = N_("The courier does not give the label of {bag} now. Try again later.")
        raise Refused("courier_away", text, bag=bag) from None
