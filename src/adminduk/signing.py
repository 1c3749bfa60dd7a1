"""Keys that bundles and seals are signed with."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from attrs import frozen

from adminduk.errors import InvalidInput, Refused
from adminduk.language import N_

try:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )
except ModuleNotFoundError:
    raise Refused(
        "no_signing",
        N_("To sign, and to read signatures, something must be installed: {instead}."),
        instead=["pip install 'adminduk[signing]'"],
    ) from None

__all__ = ["SigningKey", "is_key", "is_signed"]

_KIND: Final = "ed25519:"
_PRIVATE: Final = 0o600
_LONGEST: Final = 64 * 1024
"""No file with a key has so many bytes."""

_SIGN: Final = 1 << 255
_P: Final = 2**255 - 19
_WEAK: Final = {
    *(0, 1, _P - 1, _P, _P + 1),
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
}
"""The points of small order on the curve, without their sign: under these anybody can sign."""


@frozen
class SigningKey:
    """A key to sign with (Ed25519); whoever has it signs as its owner."""

    _key: Ed25519PrivateKey

    @classmethod
    def make(cls) -> SigningKey:
        """Make a new one."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, file: Path) -> SigningKey:
        """Read one from a file (PEM).

        Raises:
            OSError: It cannot be read.
            InvalidInput: There is no such key in it, or one that is locked.
        """
        with file.open("rb") as opened:
            pem = opened.read(_LONGEST)
        try:
            key = load_pem_private_key(pem, password=None)
        except TypeError:
            text = N_("The key in this file is locked with a passphrase, which is not asked for.")
            unlocked = N_("the key without one, as `openssl pkey` writes it")
            raise InvalidInput.at("key", "signing_key_locked", text, unlocked) from None
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            text = N_("There is no key to sign with in this file.")
            raise InvalidInput.at(
                "key", "signing_key", text, N_("a file that `adminduk bundle key` has written")
            )
        return cls(key)

    def write(self, file: Path) -> None:
        """Write it to a new file, which only its owner may read.

        Raises:
            OSError: There is a file already, or it cannot be written.
        """
        pem = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with open(file, "xb", opener=lambda path, flags: os.open(path, flags, _PRIVATE)) as new:
            try:
                new.write(pem)
                new.flush()
            except BaseException:
                file.unlink()
                raise

    @property
    def public(self) -> str:
        """The other half, by which everybody knows what was signed with it."""
        return _KIND + b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, content: bytes) -> bytes:
        """Give the signature of a content."""
        return self._key.sign(content)


def is_signed(public: str, signature: bytes, content: bytes) -> bool:
    """Whether a content was signed with the key of which this is the other half.

    Raises:
        ValueError: That is no key.
    """
    try:
        _public(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def is_key(public: str) -> bool:
    """Whether that is the public half of a key, in the one way in which it is written."""
    try:
        key = _public(public)
    except ValueError:
        return False
    return public == _KIND + b64encode(key.public_bytes_raw()).decode()


def _public(text: str) -> Ed25519PublicKey:
    """Read the public half of a key; ValueError: it is none, or anybody could sign under it."""
    content = b64decode(text.removeprefix(_KIND), validate=True)
    if int.from_bytes(content, "little") & ~_SIGN in _WEAK:
        raise ValueError(text)
    return Ed25519PublicKey.from_public_bytes(content)
