"""Collecting scans that nothing names any more.

What is collected was put long ago and is named by no record. A command has what it names renewed
before it is committed (`Keeping.check`), so what it names is young when it is committed. The day
before which a scan is old is fixed before the records are read, and the store removes nothing that
was put or renewed since it was listed. So no scan is removed that a record names, whatever is
committed meanwhile and however long the collecting takes: but that a command, from its check to its
commit, must take less time than scans are given. Whoever ends the collecting anywhere has
removed some files, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import asdict, frozen

from adminduk.errors import InvalidInput, NotFound, Refused
from adminduk.language import N_
from adminduk.office.keeping import CARD_SIZE, is_card
from adminduk.office.naming import scans_named
from adminduk.office.shelf import Shelf
from adminduk.ports import KeptScan, ScanStore

__all__ = ["Collected", "collect", "oldest"]

_LEAST: Final = timedelta(days=1)
"""So long at least a scan waits to be named: longer than any command takes, or clocks differ."""

Tell = Callable[[str, int], None]


@frozen
class Collected:
    """What was found in a store of scans.

    Attributes:
        removed: Whether the unnamed were removed.
        scans: How many there are.
        named: Those that a record names.
        young: Those that no record names, and that were put or renewed lately.
        unnamed: Those that no record names, and that have waited too long.
        size: Bytes of the unnamed.
    """

    removed: bool
    scans: int = 0
    named: int = 0
    young: int = 0
    unnamed: int = 0
    size: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return asdict(self)


def oldest(now: datetime, unnamed_for: timedelta) -> datetime:
    """Give the moment before which a scan has waited too long to be named.

    Raises:
        InvalidInput: That is too short a time.
    """
    if unnamed_for < _LEAST:
        raise InvalidInput.at(
            "unnamed_for",
            "unnamed_for",
            N_("Scans are given too little time to be named."),
            N_("1 day or more"),
        )
    return now - unnamed_for


def collect(
    store: ScanStore,
    offices: Sequence[tuple[Shelf, bytes]],
    before: datetime,
    *,
    remove: bool,
    tell: Tell,
) -> Collected:
    """Find, and remove, what is older than a moment and named by no record of any office.

    Args:
        store: The store.
        offices: All offices that use it, with their cards.
        before: What was put or renewed since then is left; it lies before all that follows.
        remove: Whether to remove; else it is only counted.
        tell: Is told the stage (`reading`, `collecting`), and how many were gone through.

    Raises:
        Refused: Another office uses the store, or none of these does.
    """
    cards = {card for _, card in offices}
    _check_cards(store, cards)
    named = {
        _short(scan.digest)
        for shelf, _ in offices
        for _, scan in scans_named(shelf, lambda count: tell("reading", count))
    }
    found: Counter[str] = Counter()
    for one in _kept(store):
        if one.size == CARD_SIZE and _content(store, one) in cards:
            continue
        found["scans"] += 1
        tell("collecting", found["scans"])
        if _short(one.digest) in named:
            found["named"] += 1
        elif one.at >= before or (remove and not store.remove(one)):
            found["young"] += 1
        else:
            found["unnamed"] += 1
            found["size"] += one.size
    return Collected(removed=remove, **found)


def _check_cards(store: ScanStore, own: set[bytes]) -> None:
    """Check that one of these offices uses the store, and that no other does."""
    small = (one for one in _kept(store) if one.size == CARD_SIZE)
    found = {content for one in small if is_card(content := _content(store, one))}
    if others := sorted(found - own):
        raise Refused(
            "scans_shared",
            N_(
                "Nothing was removed: other offices use this store of scans, and what their"
                " records name is not known here. Their cards in it: {cards}."
            ),
            cards=[one.decode().split("\n")[0] for one in others],
        )
    if not found and store.kept(limit=1):
        raise Refused(
            "scans_of_whom",
            N_(
                "Nothing was removed: no command of this office has named a scan of this store,"
                " so it may be the store of another one."
            ),
        )


def _kept(store: ScanStore) -> Iterator[KeptScan]:
    """Go through all that is kept."""
    after = ""
    while page := store.kept(after=after):
        yield from page
        after = page[-1].digest


def _content(store: ScanStore, one: KeptScan) -> bytes:
    try:
        return b"".join(store.read(one.digest))
    except NotFound:  # removed meanwhile
        return b""


def _short(digest: str) -> int:
    """Give the first 64 bits, for many fit into memory; of two that share them both are kept."""
    return int(digest[:16], 16)
