"""What an office does so that its journal is evidence: it is sealed, and proves what it says."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from attrs import evolve

from adminduk import commands as c
from adminduk.errors import NotFound, Refused
from adminduk.office.desks.desk import Desk
from adminduk.office.proving import Proof, prove
from adminduk.office.sealing import next_seal, seals_of
from adminduk.ports import Ref
from adminduk.records import Actor, JournalSeal, Seal

if TYPE_CHECKING:
    from adminduk.signing import SigningKey

__all__ = ["EvidenceDesk"]


class EvidenceDesk(Desk):
    """Keeps the seals of the journal."""

    @abstractmethod
    def _about(self, name: str) -> list[Ref]:
        """Give the records that a name is about."""

    def seal(self, by: Actor, key: SigningKey | None = None) -> Seal | None:
        """Seal what was written since the last seal; None: there is nothing to seal.

        An office does so once a day, and keeps the seal elsewhere as well.

        Args:
            by: The head of office, or the system.
            key: Signs the seal; without one it is good only for who keeps it elsewhere.

        Raises:
            NotPermitted: The actor may not.
            StorageFailure: The store cannot be written.
        """
        while True:
            now = self.local(self._clock())
            made = next_seal(self._shelf.storage, self.region, self._newest(), now)
            if made is None:
                return None
            if key is not None:
                signature = key.sign(made.statement()).hex()
                made = evolve(made, signer=key.public, signature=signature)
            try:
                self.do(c.SealJournal(next=made), by=by)
            except Refused as refused:
                if refused.code != "other_seal":
                    raise  # else somebody sealed it just now
            else:
                return made

    def seals(self) -> list[Seal]:
        """Give the seals of the journal, the oldest first."""
        return list(seals_of(self._shelf.storage, self.region.full()))

    def prove(self, code: str) -> Proof:
        """Give the proof of all that is sealed about a case, a paper, a bag, blanks or minutes.

        It is checked without the store. It says what the journal says, personal data as it is
        stored.

        Args:
            code: A tracking code, or the id of one of the others.

        Raises:
            NotFound: There is none.
        """
        refs = self._about(str(code))
        return prove(self._shelf.storage, self.region.full(), refs[0][1], refs)

    def _newest(self) -> Seal | None:
        try:
            found = self.record(JournalSeal.KIND, JournalSeal.ID)
        except NotFound:
            return None
        assert isinstance(found, JournalSeal)
        return found.newest
