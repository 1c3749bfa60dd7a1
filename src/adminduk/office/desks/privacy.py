"""What an office owes to the people whose data it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from adminduk import commands as c
from adminduk.envelope import OpenKeyring
from adminduk.errors import AdmindukError
from adminduk.office.desks.desk import Desk
from adminduk.office.erasing import DueErasure, confirming, due_erasures, erasing, unfinished
from adminduk.office.receipt import Receipt
from adminduk.records import Actor, Erasure, Role

__all__ = ["PrivacyDesk"]


class PrivacyDesk(Desk):
    """Erases people."""

    def due_for_erasure(self, within: timedelta = timedelta()) -> list[DueErasure]:
        """Give the cases that were kept as long as the office has set, those due first before.

        What the office has set nothing for is kept. Papers that are still with somebody keep a
        case, too: that is found when it is to be erased.

        Args:
            within: Also those that are due so much later.
        """
        by = self._clock() + within
        found = due_erasures(self._shelf, self.settings(), by)
        return sorted(found, key=lambda one: (one.until, one.code))

    def erase_due(self) -> tuple[list[Receipt], dict[str, AdmindukError]]:
        """Erase the people of every case that is due; give what was done, and what was refused.

        Raises:
            Refused: The office is not encrypted.
            StorageFailure: The store cannot be written.
        """
        done, refused = [], dict[str, AdmindukError]()
        for one in self.due_for_erasure():
            try:
                done.append(self.do(erasing(one), by=self._system()))
            except AdmindukError as error:
                if error.code in {"nothing_encrypted", "storage_failure"}:
                    raise
                refused[one.code] = error
        return done, refused

    def finish_erasures(self, codes: Iterable[str] | None = None) -> list[Receipt]:
        """Destroy the keys of cases whose erasure was decided; again, if nobody knows it was done.

        Whoever erases does so at once; `tick` does it where somebody was ended in between.

        Args:
            codes: Of these; of all that are not over, where left out.
        """
        receipts = []
        for code in list(unfinished(self._shelf) if codes is None else codes):
            self._shelf.keyring.destroy(code)
            receipts.append(self.do(confirming(code), by=self._system()))
        return receipts

    def _check_erasing(self, commands: Iterable[c.Command]) -> None:
        """Refuse to erase where nothing would be lost by it: what the journal keeps is readable.

        Raises:
            Refused: The office is not encrypted.
        """
        ring = self._shelf.keyring
        for one in commands:
            if isinstance(one, c.Erase) and isinstance(ring, OpenKeyring):
                ring.destroy(one.application.full())

    def _finish(self, receipts: Iterable[Receipt]) -> None:
        """End what was erased just now, or before somebody who asks again was ended."""
        touched = [one for receipt in receipts for one in receipt.records]
        codes = [one.id for one in touched if (one.kind, one.state) == (Erasure.KIND, "erasing")]
        if codes:
            self.finish_erasures(codes)

    def _system(self) -> Actor:
        return Actor("system", Role.SYSTEM, self.region)
