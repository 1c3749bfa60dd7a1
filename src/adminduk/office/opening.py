"""Which office of a store is opened, and how one is made."""

from __future__ import annotations

import secrets
from typing import Final

import orjson

from adminduk.codec import to_json
from adminduk.envelope import ClosedKeyring, Keyring, OpenKeyring
from adminduk.errors import NoOffice, Refused, StorageFailure
from adminduk.language import N_
from adminduk.ports import Master, Storage
from adminduk.values import RegionCode

__all__ = ["MOVING", "check_whole", "keyring_to_verify", "made", "own_keyring", "the_office"]

MOVING: Final = "!moving"
"""The claim that is held while an office is being brought in; it comes before all others."""


def made(storage: Storage, region: RegionCode, *, encrypted: bool = False) -> bytes:
    """Make the office of a regency, open or encrypted, or find it made; give its profile."""
    own = {"secret": secrets.token_hex(32)}
    if encrypted:
        own = {"encryption": "aes-256-gcm", "id": secrets.token_hex(16)}
    profile = to_json({"format": 1, **own})
    return storage.add_office(region.full(), profile)


def the_office(
    storage: Storage, wanted: RegionCode | None, *, encrypted: bool = False
) -> tuple[RegionCode, bytes]:
    """Give the office that was asked for, or the only one, with its profile.

    A store that is empty gets the one that was asked for, encrypted or open. One that is there is
    opened by its own row: where a store is spread over several machines, those of other offices may
    be away.

    Raises:
        NoOffice: There is no such one, or several and none was asked for.
    """
    profile = None if wanted is None else storage.office(wanted.full())
    if wanted is not None and profile is not None:
        return wanted, profile
    offices = storage.offices()
    if wanted is not None and not offices:
        return wanted, made(storage, wanted, encrypted=encrypted)
    if wanted is None and len(offices) == 1:
        ((only, profile),) = offices.items()
        return RegionCode.parse(only), profile
    named = "" if wanted is None else wanted.full()
    raise NoOffice(kind="office", id=named, known=list(offices))


def check_whole(storage: Storage, office: str) -> None:
    """Check that an office is not still being brought in.

    Raises:
        Refused: It is.
    """
    first = storage.claims(office, limit=1)
    if first and first[0].key == MOVING:
        raise Refused(
            "half_moved",
            N_(
                "{id} is not here wholly yet: its import has not ended. Import the same file again;"
                " it goes on where it stopped."
            ),
            id=office,
        )


def own_keyring(
    storage: Storage, office: RegionCode, profile: bytes, master: Master | None = None
) -> Keyring:
    """Give the keyring of an office: by its own secret, or by the master if it is encrypted.

    Raises:
        Refused: It is encrypted and no master is given, or another one; or it is not encrypted, and
            one is given.
        StorageFailure: The profile or the keys are not what was written, or the master cannot be
            reached.
    """
    secret = _secret(office, profile)
    if secret is not None and master is not None:
        raise Refused(
            "not_encrypted",
            N_(
                "{id} is not encrypted, and a master key was given. Leave it out. What is written"
                " once stays as it is: only an office that is made anew can be encrypted."
            ),
            id=office.full(),
        )
    if secret is not None:
        return OpenKeyring(secret)
    if master is None:
        raise Refused(
            "master_needed",
            N_(
                "{id} is encrypted. Give its master key: --master URL or ADMINDUK_MASTER, or"
                " `master=`, as file:///etc/adminduk/master.key."
            ),
            id=office.full(),
        )
    from adminduk.office.encryption.keyring import EncryptingKeyring

    return EncryptingKeyring.of(storage, office.full(), master)


def keyring_to_verify(
    storage: Storage, office: str, profile: bytes, master: Master | None
) -> Keyring:
    """Give a keyring to verify with: without the master one that opens no envelope.

    Raises as `own_keyring`, but where none is needed, or one could be used and is not given.
    """
    code = RegionCode.parse(office)
    if _secret(code, profile) is None and master is None:
        return ClosedKeyring()
    return own_keyring(storage, code, profile, None if _secret(code, profile) else master)


def _secret(office: RegionCode, profile: bytes) -> bytes | None:
    """Give the secret of an office that is open, None of one that is encrypted."""
    try:
        told = orjson.loads(profile)
        return None if "encryption" in told else bytes.fromhex(told["secret"])
    except (ValueError, KeyError, TypeError) as error:
        why = "the profile of the office is damaged; restore the last good copy"
        raise StorageFailure(url=office.full(), why=why, reason="corrupt") from error
