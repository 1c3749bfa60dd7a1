"""The keyring of an encrypted office: each case has a key of its own, which can be destroyed."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from attrs import define, field, frozen

from adminduk.envelope import KeyDestroyed, Keys
from adminduk.errors import StorageFailure
from adminduk.office.encryption.sealing import KEY_SIZE, Cipher, context_of
from adminduk.office.encryption.wrapping import damaged, unwrap, wrap
from adminduk.ports import (
    Batch,
    ClockBehind,
    Master,
    StaleVersions,
    Storage,
    Tampered,
    WrappedKey,
)

__all__ = ["SEARCH", "EncryptingKeyring"]

SEARCH: Final = "@search"
"""The owner of the secret by which search keys are made: the office itself."""

_FORM: Final = "1:"
_NEVER: Final = "0001-01-01T00:00:00.000000Z"
_KEPT: Final = 10_000
"""How many keys a process keeps unwrapped, so that the master is not asked at every step."""


@frozen
class EncryptingKeyring:
    """Seals what is personal under a key for each case, which only the master can unwrap.

    Whether a key is still there is asked of the storage each time; unwrapped it is kept.

    Attributes:
        storage: Where the wrapped keys are.
        office: Of which office.
        master: Unwraps them.
        secret: The key of the search keys.
    """

    storage: Storage
    office: str
    master: Master
    secret: bytes = field(repr=False)
    cipher: Callable[[str, bytes], Cipher] = field(init=False, repr=False, eq=False)
    """Gives what seals and opens for an owner by their wrapped key."""

    def __attrs_post_init__(self) -> None:
        def unwrapped(owner: str, wrapped: bytes) -> Cipher:
            return Cipher(unwrap(self.master, wrapped, self.office, owner))

        object.__setattr__(self, "cipher", lru_cache(_KEPT)(unwrapped))

    @classmethod
    def of(cls, storage: Storage, office: str, master: Master) -> EncryptingKeyring:
        """Give the keyring of an encrypted office; one that was just made gets its first key.

        Raises:
            Refused: It is encrypted under another master.
            StorageFailure: Its keys are damaged, or the master cannot be reached.
        """
        wrapped = _search_key(storage, office) or _first(storage, office, master)
        return cls(storage, office, master, unwrap(master, wrapped, office, SEARCH))

    def blind(self, text: str) -> str:
        """Give a keyed BLAKE2b hash of the text, 32 hexadecimal digits."""
        return blake2b(text.encode(), key=self.secret, digest_size=16).hexdigest()

    def keys(self) -> Keys:
        """Give keys to read or write with."""
        return _Keys(self)

    def destroy(self, owner: str) -> bool:
        """Destroy the key of a case for good; give whether there was one."""
        return self.storage.destroy_key(self.office, owner)


def _search_key(storage: Storage, office: str) -> bytes:
    return storage.keys_of(office, [SEARCH]).get(SEARCH, b"")


def _first(storage: Storage, office: str, master: Master) -> bytes:
    """Give an office that is new the key of its search keys, unless somebody else just has."""
    wrapped = wrap(master, secrets.token_bytes(KEY_SIZE), office, SEARCH)
    try:
        storage.commit(office, Batch(_NEVER, keys=(WrappedKey(SEARCH, wrapped),)))
    except (StaleVersions, ClockBehind):  # there is one by now, or something was recorded without
        wrapped = _search_key(storage, office)
        if not wrapped:
            raise damaged(office, "the key of its search keys") from None
    return wrapped


@define
class _Keys:
    """Keys as they were when they were looked up; of an owner who has none that is empty."""

    ring: EncryptingKeyring
    made: dict[str, bytes] = field(factory=dict)
    known: dict[str, bytes | None] = field(factory=dict)

    def look_up(self, owners: Iterable[str]) -> None:
        """Look up those that are not known yet."""
        unknown = [one for one in dict.fromkeys(owners) if one not in self.known]
        if unknown:
            found = self.ring.storage.keys_of(self.ring.office, unknown)
            self.known |= {one: found.get(one) for one in unknown}

    def seal(self, owner: str, plain: bytes) -> str:
        """Seal under the key of the owner, which is made if there never was one."""
        self.look_up([owner])
        if self.known[owner] is None:
            key = secrets.token_bytes(KEY_SIZE)
            self.made[owner] = self.known[owner] = wrap(
                self.ring.master, key, self.ring.office, owner
            )
        sealed = self._cipher(owner).seal(plain, self._context(owner))
        return _FORM + b64encode(sealed).decode()

    def open(self, owner: str, sealed: str) -> bytes:
        """Open with the key of the owner."""
        self.look_up([owner])
        try:
            return self._cipher(owner).open(_read(sealed), self._context(owner))
        except Tampered:
            raise damaged(self.ring.office, f"what is sealed of {owner}") from None

    def _cipher(self, owner: str) -> Cipher:
        wrapped = self.known[owner]
        if wrapped is None:
            raise self._lost(owner)
        if not wrapped:
            raise KeyDestroyed
        return self.ring.cipher(owner, wrapped)

    def _context(self, owner: str) -> bytes:
        return context_of("envelope", self.ring.office, owner)

    def _lost(self, owner: str) -> StorageFailure:
        why = f"the key of {owner} is not there; restore the last good copy"
        return StorageFailure(url=self.ring.office, why=why, reason="corrupt")


def _read(sealed: str) -> bytes:
    """Read an envelope, which is written in one way only."""
    try:
        raw = b64decode(sealed.removeprefix(_FORM), validate=True)
    except ValueError:
        raise Tampered from None
    if sealed != _FORM + b64encode(raw).decode():
        raise Tampered
    return raw
