"""The seals of an office's journal: making the next, and holding the entries to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from adminduk import commands as c
from adminduk.codec import load
from adminduk.errors import InvalidInput
from adminduk.journal import fold, read_change
from adminduk.language import N_
from adminduk.merkle import Tree, leaf
from adminduk.ports import JournalEntry, Storage
from adminduk.records import JournalSeal, Seal
from adminduk.values import RegionCode

__all__ = [
    "SealCheck",
    "chain_faults",
    "check_seals",
    "entries_of",
    "is_signed",
    "leaf_of",
    "next_seal",
    "profile_of",
    "seals_of",
    "signature_faults",
]

_PAGE: Final = 1000
_SEALS: Final = (JournalSeal.KIND, JournalSeal.ID)


def leaf_of(entry: JournalEntry) -> bytes:
    """Give the hash of an entry in the tree: over its sequence, its hash and its stored bytes."""
    return leaf(entry.seq.to_bytes(8, "big"), entry.hash, entry.body)


def entries_of(
    storage: Storage, office: str, first: int, last: int | None = None
) -> Iterator[JournalEntry]:
    """Give entries in order, from one on to another, or to the last there is."""
    after = first - 1
    while page := storage.journal(office, after=after, limit=_PAGE):
        for entry in page:
            if last is not None and entry.seq > last:
                return
            yield entry
        after = page[-1].seq


def seals_of(storage: Storage, office: str) -> Iterator[Seal]:
    """Give all seals of an office, the oldest first, as its journal has them."""
    fields: dict[str, Any] = {}
    after = 0
    while page := storage.journal(office, of=_SEALS, after=after, limit=_PAGE):
        for entry in page:
            fields = fold(fields, read_change(entry.seq, entry.body).set)
            yield load(fields, JournalSeal).newest
        after = page[-1].seq


def next_seal(
    storage: Storage, office: RegionCode, before: Seal | None, at: datetime
) -> Seal | None:
    """Give the seal over the entries since the last one; None: nothing came but that seal."""
    first = 1 if before is None else before.last + 1
    tree, only_sealed, last = Tree(), True, 0
    for entry in entries_of(storage, office.full(), first):
        tree.add(leaf_of(entry))
        only_sealed = only_sealed and (entry.kind, entry.id) == _SEALS
        last = entry.seq
    if only_sealed:
        return None
    return Seal(
        office=office,
        number=1 if before is None else before.number + 1,
        at=at,
        first=first,
        last=last,
        root=tree.root().hex(),
        profile=profile_of(storage, office.full()),
        before="" if before is None else before.digest,
    )


def profile_of(storage: Storage, office: str) -> str:
    """Give the digest of an office's profile."""
    return sha256(storage.office(office) or b"").hexdigest()


class SealCheck:
    """Holds entries, as they come in order, to seals over them.

    Attributes:
        faults: What is not as it was sealed.
    """

    def __init__(self, seals: Iterable[Seal], name: str = "seal") -> None:
        self.faults: list[str] = []
        self._name = name
        self._seals = iter(seals)
        self._tree = Tree()
        self._seen = 0
        self._next = next(self._seals, None)

    def see(self, entries: Iterable[JournalEntry]) -> None:
        """Take the next entries."""
        for entry in entries:
            seq = self._seen = entry.seq
            while self._next and seq > self._next.last:  # the last under it is missing
                self._judge(self._next)
            if self._next is None:
                return
            if seq >= self._next.first:
                self._tree.add(leaf_of(entry))
                if seq == self._next.last:
                    self._judge(self._next)

    def end(self) -> None:
        """Know that there are no more entries."""
        for one in (*([self._next] if self._next else ()), *self._seals):
            missing = max(one.first, self._seen + 1)
            what = f"entries {missing} to {one.last} are missing, the journal ends before them"
            self.faults.append(f"{self._name} {one.number}: {what}")

    def _judge(self, seal: Seal) -> None:
        if self._tree.root().hex() != seal.root:
            what = f"entries {seal.first} to {seal.last} are not those that were sealed"
            self.faults.append(f"{self._name} {seal.number}: {what}")
        self._tree = Tree()
        self._next = next(self._seals, None)


def chain_faults(seals: Iterable[Seal]) -> Iterator[str]:
    """Find seals that do not go on from the one before."""
    goes_on = (1, 1, "")
    for one in seals:
        if (one.number, one.first, one.before) != goes_on:
            yield f"seal {one.number}: does not go on from the one before it"
        goes_on = (one.number + 1, one.last + 1, one.digest)


def signature_faults(seals: Sequence[Seal], signers: Collection[str]) -> Iterator[str]:
    """Find seals that none of some keys signed, though one before them was signed.

    Once an office signs, each later seal is signed; for what was sealed before, the first that was
    signed stands, as it names them.

    Raises:
        Refused: What reads signatures is not installed.
    """
    good = [one.signer in signers and is_signed(one) for one in seals]
    if True not in good:
        yield "seals: none is signed with a key that was named"
    else:
        for place in range(good.index(True), len(good)):
            if not good[place]:
                yield f"seal {seals[place].number}: is not signed with a key that was named"


def is_signed(seal: Seal) -> bool:
    """Whether a seal was signed with the key that it names. Raises as `signature_faults`."""
    from adminduk.signing import is_signed as is_signed_by

    try:
        return is_signed_by(seal.signer, bytes.fromhex(seal.signature), seal.statement())
    except ValueError:
        return False


def check_seals(storage: Storage, office: RegionCode, commands: Iterable[c.Command]) -> None:
    """Check that commands seal the entries that are stored, and are signed as they say.

    Raises:
        InvalidInput: One is not.
        Refused: What reads signatures is not installed.
    """
    for command in commands:
        if isinstance(command, c.SealJournal):
            _check(storage, office, command.next)


def _check(storage: Storage, office: RegionCode, seal: Seal) -> None:
    check = SealCheck([seal])
    check.see(entries_of(storage, office.full(), seal.first, seal.last))
    check.end()
    if check.faults or seal.profile != profile_of(storage, office.full()):
        text, accepted = N_("The entries have another root."), N_("what `Office.seal` works out")
        raise InvalidInput.at("with.next.root", "other_root", text, accepted)
    if (seal.signer or seal.signature) and not is_signed(seal):
        text = N_("That is not the signature of this seal by this key.")
        accepted = N_("what `Office.seal` works out, with a key of Ed25519")
        raise InvalidInput.at("with.next.signature", "not_signed", text, accepted)
