"""What happened to a record, as the journal has it; and what a bag held when it was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from adminduk.decide import paper_ref
from adminduk.journal import Change, read_change
from adminduk.office.shelf import Shelf
from adminduk.ports import Ref
from adminduk.records import Bag

__all__ = ["history", "last_sealing", "sealed_in"]

_MOST: Final = 1000


def history(shelf: Shelf, ref: Ref) -> Iterator[Change]:
    """Give what happened to a record, in order."""
    after = 0
    while True:
        entries = shelf.storage.journal(shelf.office, of=ref, after=after, limit=_MOST)
        for one in entries:
            yield read_change(one.seq, one.body)
        if len(entries) < _MOST:
            return
        after = entries[-1].seq


def last_sealing(shelf: Shelf, bag: Bag) -> Change | None:
    """Give the entry by which a bag was last sealed; None: it never was."""
    sealings = [one for one in history(shelf, (Bag.KIND, bag.id)) if one.do == "seal"]
    return sealings[-1] if sealings else None


def sealed_in(shelf: Shelf, sealing: Change) -> list[Ref]:
    """Give the papers that were in a bag when it was sealed.

    The entries of one command stand side by side in the journal, whichever of them comes first.
    """
    count: int = sealing.set["count"]
    entries = shelf.storage.journal(
        shelf.office, after=max(sealing.seq - count - 1, 0), limit=2 * count + 1
    )
    changes = [read_change(one.seq, one.body) for one in entries]
    return [
        paper_ref(one.id)
        for one in changes
        if one.command == sealing.command and one.set.get("bag") == sealing.id
    ]
