"""Reading the journal once, in order: nothing is missing, out of time, or not as it was sealed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import define, field, frozen

from adminduk.office.sealing import (
    SealCheck,
    chain_faults,
    profile_of,
    seals_of,
    signature_faults,
)
from adminduk.ports import JournalEntry, Storage
from adminduk.records import Seal
from adminduk.records.index import stamp

__all__ = ["Evidence", "Found"]

_PAGE: Final = 1000
_RECORDED: Final = re.compile(rb'"recorded":"([^"]*)"')


@frozen
class Found:
    """What the journal came to.

    Attributes:
        entries: Entries that were read.
        seals: Seals they were held to.
        sealed: The sequence of the last entry under a seal.
        faults: What is wrong.
    """

    entries: int
    seals: int
    sealed: int
    faults: tuple[str, ...]


@frozen
class Evidence:
    """The journal of an office, and what vouches for it.

    Attributes:
        storage: Where it is.
        office: Whose.
        kept: Seals that were kept elsewhere, by their numbers.
        signers: Public halves of keys, of which one must have signed; empty: that is not asked.
    """

    storage: Storage
    office: str
    kept: Sequence[Seal] = ()
    signers: Collection[str] = ()

    def check(self) -> Found:
        """Read it. Raises as `signature_faults`."""
        try:
            seals, faults = list(seals_of(self.storage, self.office)), []
        except Exception as error:  # noqa: BLE001 - what is tampered with can be wrong in any way
            seals, faults = [], [f"seals: cannot be read: {type(error).__name__}"]
        faults += chain_faults(seals)
        if any(one.profile != profile_of(self.storage, self.office) for one in seals[-1:]):
            faults.append("office: its profile is not the one that was sealed")
        if self.signers:
            faults += signature_faults(seals, self.signers)
        if self.signers and self.kept:
            faults += (f"kept {one}" for one in signature_faults(self.kept, self.signers))
        faults += self._not_kept(seals)
        own, kept = SealCheck(seals), SealCheck(self.kept, "kept seal")
        order = _Order()
        for page in self._pages(order.faults):
            order.see(page)
            own.see(page)
            kept.see(page)
        own.end()
        kept.end()
        order.end(*self.storage.head(self.office))
        faults += [*order.faults, *own.faults, *kept.faults]
        sealed = max((one.last for one in seals), default=0)
        return Found(order.count, len(seals), sealed, tuple(faults))

    def _not_kept(self, seals: Sequence[Seal]) -> Iterator[str]:
        own = {one.number: one for one in seals}
        for one in self.kept:
            found = own.get(one.number)
            if found is None:
                yield f"kept seal {one.number}: is not among the seals of the journal"
            elif found.digest != one.digest:
                yield f"kept seal {one.number}: is not the one of that number in the journal"

    def _pages(self, faults: list[str]) -> Iterator[Sequence[JournalEntry]]:
        after = 0
        while page := self.storage.journal(self.office, after=after, limit=_PAGE):
            if page[-1].seq <= after:  # a damaged index; reading on would never end
                faults.append(f"journal {after + 1}: cannot be read on")
                return
            yield page
            after = page[-1].seq


@define
class _Order:
    """Whether entries are numbered without a gap, and none was recorded before the last."""

    count: int = 0
    faults: list[str] = field(factory=list)
    _last: int = 0
    _told: bytes = b""
    _recorded: str = ""

    def see(self, page: Sequence[JournalEntry]) -> None:
        """Take the next entries."""
        for entry in page:
            self.count += 1
            if entry.seq != self._last + 1:
                self.faults.append(f"journal {self._last + 1}: missing in the sequence")
            self._last = entry.seq
            found = _RECORDED.search(entry.body)
            if found is not None and found[1] != self._told:  # those of one commit have one time
                self._told = found[1]
                self._see_time(entry.seq, found[1])

    def _see_time(self, seq: int, text: bytes) -> None:
        try:
            recorded = stamp(datetime.fromisoformat(text.decode()))
        except (ValueError, OverflowError):
            return  # it breaks the chain of its record
        if recorded < self._recorded:
            self.faults.append(f"journal {seq}: was recorded before the entry before it")
        self._recorded = recorded

    def end(self, seq: int, recorded: str) -> None:
        """Compare with where the office goes on: the next entry, and the least time of it."""
        if seq != self._last or (seq and recorded != self._recorded):
            said = f"{self._last} of {self._recorded}"
            self.faults.append(f"office: goes on from entry {seq} of {recorded}, not {said}")
