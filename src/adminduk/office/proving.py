"""Proof that entries of a journal were there when it was sealed; checked without the store."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import orjson
from attrs import field, frozen
from attrs.validators import deep_iterable, instance_of

from adminduk.codec import structure
from adminduk.errors import InvalidInput
from adminduk.journal import GENESIS, chain
from adminduk.language import N_
from adminduk.merkle import leaf, path_to, root_by
from adminduk.office.sealing import entries_of, is_signed, leaf_of, seals_of
from adminduk.ports import JournalEntry, Ref, Storage
from adminduk.records import Seal
from adminduk.records.checks import hexadecimal, place

__all__ = ["Proof", "ProvenEntry", "prove"]

_PAGE: Final = 1000


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@frozen(kw_only=True)
class ProvenEntry:
    """An entry of the journal, and its way to the root of the seal it is under.

    Attributes:
        seq: Its place in the journal.
        hash: Its hash, by which it goes on from the entry before it of the same record.
        body: What it says, as it is stored.
        seal: The number of the seal.
        path: What lies beside the way, from the entry up: `left` or `right`, a colon, the hash.
    """

    seq: int = field(validator=place)
    hash: str = field(validator=hexadecimal(64))
    body: str = field(validator=instance_of(str), repr=False)
    seal: int = field(validator=place)
    path: tuple[str, ...] = field(converter=_texts, validator=deep_iterable(instance_of(str)))

    @property
    def leaf(self) -> bytes:
        """Its hash in the tree."""
        return leaf(self.seq.to_bytes(8, "big"), bytes.fromhex(self.hash), self.body.encode())

    @property
    def ref(self) -> Ref | None:
        """The record that it is about; None: it says of none."""
        try:
            told = orjson.loads(self.body)
            return str(told["kind"]), str(told["id"])
        except (ValueError, KeyError, TypeError):
            return None

    def root(self) -> str:
        """Give the root to which its path leads; empty: it is none."""
        try:
            return root_by(self.leaf, tuple(map(_step, self.path))).hex()
        except (ValueError, KeyError):
            return ""


@frozen(kw_only=True)
class Proof:
    """All sealed entries about a case, a paper or a bag, with what they were sealed by.

    Attributes:
        about: What it is about.
        entries: The entries, in their order.
        seals: The seals they are under, by their numbers.
        unsealed: The sequences of entries about it that are under no seal yet.
    """

    about: str = field(validator=instance_of(str))
    entries: tuple[ProvenEntry, ...]
    seals: tuple[Seal, ...]
    unsealed: tuple[int, ...] = ()

    @classmethod
    def read(cls, data: Any) -> Proof:
        """Read what `as_dict` gave.

        Raises:
            InvalidInput: It is no proof.
        """
        try:
            return cls(
                about=data["about"],
                entries=tuple(ProvenEntry(**one) for one in data["entries"]),
                seals=tuple(structure(one, Seal) for one in data["seals"]),
                unsealed=tuple(map(int, data["unsealed"])),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            text = N_("That is no proof.")
            accepted = N_("a file that `adminduk seals prove` has written")
            raise InvalidInput.at("", "proof", text, accepted) from None

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is written."""
        return {
            "about": self.about,
            "seals": [one.as_dict() for one in self.seals],
            "entries": [
                {
                    "seq": one.seq,
                    "hash": one.hash,
                    "body": one.body,
                    "seal": one.seal,
                    "path": list(one.path),
                }
                for one in self.entries
            ],
            "unsealed": list(self.unsealed),
        }

    def faults(self, kept: Iterable[Seal] = (), signers: Collection[str] = ()) -> Iterator[str]:
        """Find what does not hold.

        Args:
            kept: Seals that whoever checks has kept themself: those of the proof must be among
                them; none: that is not asked.
            signers: Public halves of keys, of which one must have signed each seal; none likewise.

        Raises:
            Refused: What reads signatures is not installed.
        """
        known = {one.digest for one in kept}
        for seal in self.seals:
            if known and seal.digest not in known:
                yield f"seal {seal.number}: is not among those that were kept"
            if signers and not (seal.signer in signers and is_signed(seal)):
                yield f"seal {seal.number}: is not signed with a key that was named"
        seals = {one.number: one for one in self.seals}
        after = 0
        for entry in self.entries:
            if entry.seq <= after:
                yield f"entry {entry.seq}: comes after entry {after}"
            after = entry.seq
            under = seals.get(entry.seal)
            if under is None or not under.first <= entry.seq <= under.last:
                yield f"entry {entry.seq}: is under no seal of the proof"
            elif entry.root() != under.root:
                yield f"entry {entry.seq}: is not what was sealed"
            if (ref := entry.ref) is not None and not _is_of(ref, self.about):
                yield f"entry {entry.seq}: is about {' '.join(ref)}"
        if not self.entries and not self.unsealed:
            yield "entries: there are none"
        yield from _broken_chains(self.entries)


def _is_of(ref: Ref, about: str) -> bool:
    """Whether a record is what a proof is about, or a paper of that case."""
    return ref[1] in {about, about.upper()} or ref[1].startswith(f"{about}/")


def _broken_chains(entries: Iterable[ProvenEntry]) -> Iterator[str]:
    """Find entries that do not go on from the one before of the same record."""
    heads: dict[Ref, bytes] = {}
    for entry in entries:
        if entry.ref is None:
            yield f"entry {entry.seq}: says of no record what became of it"
            continue
        head, hash_ = heads.get(entry.ref, GENESIS), bytes.fromhex(entry.hash)
        if hash_ != chain(head, entry.body.encode()):
            yield f"entry {entry.seq}: does not go on from the one before of {' '.join(entry.ref)}"
        heads[entry.ref] = hash_


def prove(storage: Storage, office: str, about: str, refs: Iterable[Ref]) -> Proof:
    """Give the proof of all sealed entries about some records."""
    seals = list(seals_of(storage, office))
    ends = [one.last for one in seals]
    under: dict[int, list[JournalEntry]] = defaultdict(list)
    for entry in sorted(_entries(storage, office, refs), key=lambda one: one.seq):
        under[bisect_left(ends, entry.seq)].append(entry)
    unsealed = tuple(entry.seq for entry in under.pop(len(seals), ()))
    return Proof(
        about=about,
        entries=tuple(
            proven
            for at, entries in under.items()
            for proven in _proven(storage, office, seals[at], entries)
        ),
        seals=tuple(seals[at] for at in under),
        unsealed=unsealed,
    )


def _entries(storage: Storage, office: str, refs: Iterable[Ref]) -> Iterator[JournalEntry]:
    for ref in refs:
        after = 0
        while page := storage.journal(office, of=ref, after=after, limit=_PAGE):
            yield from page
            after = page[-1].seq


def _proven(
    storage: Storage, office: str, seal: Seal, entries: Sequence[JournalEntry]
) -> Iterator[ProvenEntry]:
    leaves = [leaf_of(one) for one in entries_of(storage, office, seal.first, seal.last)]
    for entry in entries:
        yield ProvenEntry(
            seq=entry.seq,
            hash=entry.hash.hex(),
            body=entry.body.decode(),
            seal=seal.number,
            path=tuple(_written(step) for step in path_to(leaves, entry.seq - seal.first)),
        )


_SIDES: Final = {"left": True, "right": False}


def _written(step: tuple[bool, bytes]) -> str:
    is_left, beside = step
    return f"{'left' if is_left else 'right'}:{beside.hex()}"


def _step(text: str) -> tuple[bool, bytes]:
    side, _, beside = text.partition(":")
    return _SIDES[side], bytes.fromhex(beside)
