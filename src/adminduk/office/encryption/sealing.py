"""What is encrypted, byte for byte: AES-256-GCM, with a nonce of its own each time."""

from __future__ import annotations

import secrets
from typing import Final

from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.ports import Tampered

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ModuleNotFoundError:
    raise Refused(
        "no_encryption",
        N_("For encryption something must be installed: {instead}."),
        instead=["pip install 'adminduk[encryption]'"],
    ) from None

__all__ = ["KEY_SIZE", "Cipher", "context_of"]

KEY_SIZE: Final = 32
_NONCE: Final = 12


def context_of(what: str, office: str, owner: str) -> bytes:
    """Say whose something is; what was sealed with one context is not opened with another."""
    return f"adminduk\0{what}\0{office}\0{owner}".encode()


class Cipher:
    """Seals and opens under one key.

    Args:
        key: Its 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._sealing = AESGCM(key)

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Give the nonce, then what was encrypted, then its tag."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._sealing.encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Give what was sealed.

        Raises:
            Tampered: It is not what was sealed, or not with that key and context.
        """
        try:
            return self._sealing.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError):
            raise Tampered from None
