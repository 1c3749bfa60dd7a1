"""What an office does about its keys: under which master they are, and when another takes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adminduk.errors import Refused
from adminduk.language import N_
from adminduk.office.desks.desk import Desk

if TYPE_CHECKING:
    from adminduk.office.encryption.keyring import EncryptingKeyring
    from adminduk.office.encryption.rotating import Standing

__all__ = ["KeyDesk"]


class KeyDesk(Desk):
    """Keeps keys."""

    def key_standing(self) -> Standing:
        """Say under which masters the keys of the office are wrapped, and how many were destroyed.

        Raises:
            Refused: The office is not encrypted.
        """
        from adminduk.office.encryption.rotating import standing

        return standing(self._ring())

    def rotate_keys(self, progress: Callable[[int], None] = lambda _: None) -> Standing:
        """Wrap every key under the master that holds now; others may work meanwhile.

        Broken off, it goes on when it is called again.

        Args:
            progress: Is told how many keys were looked at.

        Raises:
            Refused: The office is not encrypted, or a master under which keys are is not given.
            StorageFailure: A key is damaged, the store cannot be written, or the master is away.
        """
        from adminduk.office.encryption.rotating import rotate

        return rotate(self._ring(), progress)

    def _ring(self) -> EncryptingKeyring:
        from adminduk.office.encryption.keyring import EncryptingKeyring

        if not isinstance(self._shelf.keyring, EncryptingKeyring):
            raise Refused(
                "nothing_encrypted",
                N_("{id} is not encrypted: it has no keys, and needs no master key."),
                id=self.region.full(),
            )
        return self._shelf.keyring
