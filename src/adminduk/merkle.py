"""A Merkle tree (RFC 9162, 2.1): one hash over many entries, and short proofs that one is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

__all__ = ["Path", "Tree", "leaf", "path_to", "root_by", "root_of"]

Path = tuple[tuple[bool, bytes], ...]
"""What lies beside the way from a leaf to the root: whether on the left, and its hash."""

_LEAF: Final = b"\0"
_NODE: Final = b"\1"


def leaf(*parts: bytes) -> bytes:
    """Give the hash of an entry, of its parts together: never that of two hashes together."""
    return sha256(b"".join((_LEAF, *parts))).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf, of which no more is kept than its root needs."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []
        """The roots of the whole trees it consists of, the largest first."""

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        at = self.size
        self.size += 1
        while at & 1:  # two of one size make one of the next
            leaf = _node(self._whole.pop(), leaf)
            at >>= 1
        self._whole.append(leaf)

    def root(self) -> bytes:
        """Give the hash over all that was added."""
        if not self._whole:
            return sha256().digest()
        *larger, found = self._whole
        for one in reversed(larger):
            found = _node(one, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the hash over the hashes of some entries."""
    tree = Tree()
    for one in leaves:
        tree.add(one)
    return tree.root()


def path_to(leaves: Sequence[bytes], place: int) -> Path:
    """Give what is needed, besides one of the leaves, to come to the root of all."""
    if len(leaves) == 1:
        return ()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = leaves[:half], leaves[half:]
    if place < half:
        return (*path_to(left, place), (False, root_of(right)))
    return (*path_to(right, place - half), (True, root_of(left)))


def root_by(leaf: bytes, path: Path) -> bytes:
    """Give the root to which a path leads from a leaf."""
    for is_left, beside in path:
        leaf = _node(beside, leaf) if is_left else _node(leaf, beside)
    return leaf
