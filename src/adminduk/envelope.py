"""Records as they are stored: plain fields, and the personal part in an envelope.

The envelope is made by the keys of a keyring. That of an open office leaves it readable and only
makes blind keys; one that encrypts, with a key for each application, can destroy that key later:
what is stored stays as it is, and only the personal part can no longer be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import Any, Final, Protocol

import orjson
from attrs import field, frozen

from adminduk.codec import dump, dump_changed, load, to_json
from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.records import KINDS, Application, Copy, Original, Record

__all__ = [
    "ClosedKeyring",
    "KeyDestroyed",
    "Keyring",
    "Keys",
    "OpenKeyring",
    "body_of",
    "restore",
    "store",
]


class KeyDestroyed(Exception):
    """The key of an envelope no longer exists, so that it can never be read again."""


class Keys(Protocol):
    """Keys of owners, as they were when they were looked up, and those that were made since.

    Whoever reads or writes takes them anew, and uses them for that alone.
    """

    @property
    def made(self) -> Mapping[str, bytes]:
        """Wrapped keys that are new, by owner: they are committed with what they have sealed."""

    def look_up(self, owners: Iterable[str]) -> None:
        """Look keys up that will be needed, together; any other is looked up when it is used."""

    def seal(self, owner: str, plain: bytes) -> str:
        """Seal the personal part of a record under the key of its owner (a tracking code).

        Raises:
            KeyDestroyed: The owner's key was destroyed; what was to be sealed is not kept.
        """

    def open(self, owner: str, sealed: str) -> bytes:
        """Open what `seal` gave.

        Raises:
            KeyDestroyed: The owner's key was destroyed.
            adminduk.errors.StorageFailure: It is not what `seal` gave, or not of that owner.
        """


class Keyring(Protocol):
    """Makes search keys that tell nothing, and gives the keys by which personal data is sealed."""

    def blind(self, text: str) -> str:
        """Make the same short key of the same text; without the secret it tells nothing of it."""

    def keys(self) -> Keys:
        """Give keys to read or write with."""

    def destroy(self, owner: str) -> bool:
        """Destroy the key of an owner for good; give whether there was one.

        Raises:
            Refused: Nothing is encrypted here, so that nothing would be lost by that.
        """


@frozen
class OpenKeyring:
    """The keyring without encryption: envelopes are readable, search keys are still blind.

    Attributes:
        secret: The key of the search keys, 1 to 64 bytes.
        made: No key is.
    """

    secret: bytes
    made: Mapping[str, bytes] = field(factory=dict, init=False)

    def blind(self, text: str) -> str:
        """Give a keyed BLAKE2b hash of the text, 32 hexadecimal digits."""
        return blake2b(text.encode(), key=self.secret, digest_size=16).hexdigest()

    def keys(self) -> Keys:
        """Give itself."""
        return self

    def look_up(self, owners: Iterable[str]) -> None:
        """There is nothing to look up."""

    def seal(self, owner: str, plain: bytes) -> str:  # noqa: ARG002 - one key for nobody
        """Give the text itself."""
        return plain.decode()

    def open(self, owner: str, sealed: str) -> bytes:  # noqa: ARG002 - as above
        """Give the text itself."""
        return sealed.encode()

    def destroy(self, owner: str) -> bool:
        """Refuse it."""
        raise Refused(
            "nothing_encrypted",
            N_(
                "{id} cannot be erased: its office is not encrypted, so there is no key to destroy."
            ),
            id=owner,
        )


@frozen
class ClosedKeyring(OpenKeyring):
    """A keyring without a key: it opens nothing, as if every person had been erased."""

    secret: bytes = b""

    def open(self, owner: str, sealed: str) -> bytes:  # noqa: ARG002 - it needs none
        """Open nothing."""
        raise KeyDestroyed


def store(
    record: Record, before: tuple[Record, dict[str, Any]] | None, keys: Keys
) -> dict[str, Any]:
    """Give the fields of a record as they are stored.

    Args:
        record: What to store.
        before: The record as it was, and as it was stored: an envelope whose content is the
            same is kept to the byte.
        keys: Seal the personal part.
    """
    if before is None:
        stored = dump(record, without=_APART)
    else:
        stored = dump_changed(record, *before, without=_APART)
    if not isinstance(record, Application | Copy | Original):
        return stored
    personal = record.personal
    if before is not None and personal == before[0].personal:  # type: ignore[union-attr] # same kind
        return stored  # and the envelope is kept, if there is one
    stored.pop("personal", None)
    if personal is not None:
        with suppress(KeyDestroyed):  # it stays out
            stored["personal"] = keys.seal(_owner(record.KIND, stored), to_json(dump(personal)))
    return stored


_APART: Final = frozenset({"personal", "version"})
"""Fields that are in the envelope, and in a column."""


def _owner(kind: str, stored: dict[str, Any]) -> str:
    """Say under whose key a record's personal part is sealed: always its application's."""
    owner: str = stored["id" if kind == Application.KIND else "application"]
    return owner


def body_of(fields: dict[str, Any], head: bytes) -> bytes:
    """Give the stored body of a record: its fields, and the last hash of its journal."""
    return to_json({"fields": fields, "head": head.hex()})


def restore(kind: str, stored: dict[str, Any], version: int, keys: Keys) -> Record:
    """Make the record of its stored fields; a destroyed envelope leaves no personal part."""
    plain = {**stored, "version": version}
    sealed = plain.pop("personal", None)
    if sealed is not None:
        with suppress(KeyDestroyed):
            plain["personal"] = orjson.loads(keys.open(_owner(kind, stored), sealed))
    kind_of_record: type[Any] = KINDS[kind]
    return load(plain, kind_of_record)  # type: ignore[no-any-return] # of the kind that it is
