"""Wrapped keys as they are stored: the number of the form, the id of the master, what it made."""

from __future__ import annotations

from typing import Final

from adminduk.errors import Refused, StorageFailure
from adminduk.language import N_
from adminduk.office.encryption.sealing import context_of
from adminduk.ports import Master, Tampered, UnknownMaster

__all__ = ["damaged", "master_of", "unwrap", "wrap"]

_FORM: Final = b"1"


def wrap(master: Master, key: bytes, office: str, owner: str) -> bytes:
    """Wrap the key of an owner under the master that holds now."""
    id_, made = master.wrap(key, context_of("key", office, owner))
    return b" ".join((_FORM, id_.encode("ascii"), made))


def unwrap(master: Master, wrapped: bytes, office: str, owner: str) -> bytes:
    """Give the key of an owner.

    Raises:
        Refused: The master under which it was wrapped is not given.
        StorageFailure: It is not what was wrapped, or not of that owner; or the master cannot be
            reached.
    """
    id_ = master_of(wrapped, office, owner)
    try:
        return master.unwrap(id_, wrapped.split(b" ", 2)[2], context_of("key", office, owner))
    except UnknownMaster:
        raise Refused(
            "other_master",
            N_(
                "{id} is encrypted under the master key {needed}, which is not given; {given} is."
                " Give that one, too: in the file or variable it comes after the newest."
            ),
            id=office,
            needed=id_,
            given=master.current,
        ) from None
    except Tampered:
        raise damaged(office, f"the key of {owner}") from None


def master_of(wrapped: bytes, office: str, owner: str) -> str:
    """Give the id of the master under which a key is wrapped.

    Raises:
        StorageFailure: It is not what was wrapped.
    """
    form, *rest = wrapped.split(b" ", 2)
    if form != _FORM or len(rest) < 2 or not rest[0].isascii():  # noqa: PLR2004 - the id, and what it made
        raise damaged(office, f"the key of {owner}")
    return rest[0].decode()


def damaged(office: str, what: str) -> StorageFailure:
    """Give the failure of something that is not as it was written."""
    why = f"{what} is damaged; restore the last good copy"
    return StorageFailure(url=office, why=why, reason="corrupt")
