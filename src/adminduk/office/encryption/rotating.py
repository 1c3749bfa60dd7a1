"""Another master: every key is wrapped anew under the one that holds now, while others work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from adminduk.office.encryption.keyring import EncryptingKeyring
from adminduk.office.encryption.wrapping import master_of, unwrap, wrap
from adminduk.ports import WrappedKey

__all__ = ["Standing", "rotate", "standing"]

_PAGE: Final = 500


@frozen
class Standing:
    """Under which masters the keys of an office are wrapped.

    Attributes:
        current: The id of the master that wraps now.
        masters: How many keys there are under each, by its id; that of the search keys is counted.
        destroyed: How many keys were destroyed.
        rewrapped: How many were wrapped anew just now.
    """

    current: str
    masters: Mapping[str, int]
    destroyed: int
    rewrapped: int = 0

    @property
    def left(self) -> int:
        """How many keys still need another master than the one that wraps now."""
        return sum(count for id_, count in self.masters.items() if id_ != self.current)

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is answered to programs."""
        return {
            "current": self.current,
            "masters": dict(self.masters),
            "destroyed": self.destroyed,
            "rewrapped": self.rewrapped,
            "left": self.left,
        }


def standing(ring: EncryptingKeyring, rewrapped: int = 0) -> Standing:
    """Say under which masters the keys are wrapped, without unwrapping one."""
    masters = Counter(
        master_of(one.wrapped, ring.office, one.owner) if one.wrapped else ""
        for page in _pages(ring)
        for one in page
    )
    destroyed = masters.pop("", 0)
    return Standing(ring.master.current, dict(sorted(masters.items())), destroyed, rewrapped)


def rotate(ring: EncryptingKeyring, progress: Callable[[int], None]) -> Standing:
    """Wrap every key under the master that holds now, unless it is.

    Broken off, it goes on when it is called again. One that somebody else destroyed or wrapped
    meanwhile is left as it is then.

    Args:
        ring: The keyring of the office.
        progress: Is told how many keys were looked at.

    Raises:
        Refused: A master under which keys are wrapped is not given.
        StorageFailure: A key is damaged, the storage cannot be written, or the master not reached.
    """
    seen = rewrapped = 0
    for page in _pages(ring):
        old = [one for one in page if _is_old(ring, one)]
        rewrapped += ring.storage.replace_keys(
            ring.office, [(one, _anew(ring, one)) for one in old]
        )
        seen += len(page)
        progress(seen)
    return standing(ring, rewrapped)


def _pages(ring: EncryptingKeyring) -> Iterator[Sequence[WrappedKey]]:
    after = ""
    while page := ring.storage.keys(ring.office, after=after, limit=_PAGE):
        yield page
        after = page[-1].owner


def _is_old(ring: EncryptingKeyring, one: WrappedKey) -> bool:
    current = ring.master.current
    return bool(one.wrapped) and master_of(one.wrapped, ring.office, one.owner) != current


def _anew(ring: EncryptingKeyring, one: WrappedKey) -> bytes:
    key = unwrap(ring.master, one.wrapped, ring.office, one.owner)
    return wrap(ring.master, key, ring.office, one.owner)
