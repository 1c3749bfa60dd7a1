"""Which office of a store is opened, and how one is made."""

from __future__ import annotations

import secrets
from typing import Final

import orjson

from adminduk.codec import to_json
from adminduk.envelope import Keyring, OpenKeyring
from adminduk.errors import NoOffice, Refused, StorageFailure
from adminduk.language import N_
from adminduk.ports import Storage
from adminduk.values import RegionCode

__all__ = ["MOVING", "check_whole", "made", "own_keyring", "the_office"]

MOVING: Final = "!moving"
"""The claim that is held while an office is being brought in; it comes before all others."""


def made(storage: Storage, region: RegionCode) -> bytes:
    """Make the office of a regency, or find it made; give its profile."""
    profile = to_json({"format": 1, "secret": secrets.token_hex(32)})
    return storage.add_office(region.full(), profile)


def the_office(storage: Storage, wanted: RegionCode | None) -> tuple[RegionCode, bytes]:
    """Give the office that was asked for, or the only one, with its profile.

    A store that is empty gets the one that was asked for. One that is there is opened by its own
    row: where a store is spread over several machines, those of other offices may be away.

    Raises:
        NoOffice: There is no such one, or several and none was asked for.
    """
    profile = None if wanted is None else storage.office(wanted.full())
    if wanted is not None and profile is not None:
        return wanted, profile
    offices = storage.offices()
    if wanted is not None and not offices:
        return wanted, made(storage, wanted)
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


def own_keyring(office: RegionCode, profile: bytes) -> Keyring:
    """Give the keyring of an office's own secret, which leaves personal data readable.

    Raises:
        StorageFailure: The profile is not what was written.
    """
    try:
        return OpenKeyring(bytes.fromhex(orjson.loads(profile)["secret"]))
    except (ValueError, KeyError, TypeError) as error:
        why = "the profile of the office is damaged; restore the last good copy"
        raise StorageFailure(url=office.full(), why=why, reason="corrupt") from error
