"""What an office owes to the people whose data it holds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from adminduk import commands as c
from adminduk.authority import DISCLOSERS, INFORMERS, REPORTERS, check_role
from adminduk.envelope import OpenKeyring
from adminduk.errors import AdmindukError, InvalidInput, Refused
from adminduk.journal import Change
from adminduk.language import N_
from adminduk.office.breach import Breach, breach_of
from adminduk.office.desks.authority import AuthorityDesk
from adminduk.office.erasing import (
    DueErasure,
    confirming,
    due_erasures,
    ended_at,
    erasing,
    unfinished,
)
from adminduk.office.personal import CaseOfPerson, PersonalData, codes_of
from adminduk.office.receipt import Receipt
from adminduk.records import Actor, Erasure, Ground, Role
from adminduk.records.index import read_key
from adminduk.values import NIK, RegionCode, TrackingCode

__all__ = ["PrivacyDesk"]


class PrivacyDesk(AuthorityDesk):
    """Tells people what it holds of them, tells of a breach, and forgets people."""

    @abstractmethod
    def journal(self, code: TrackingCode | str | None = None) -> Sequence[Change]:
        """Give what happened to a case."""

    def personal_data(self, nik: NIK | str, by: Actor, *, reason: str) -> PersonalData:
        """Give all that the office holds of a person, in full, for that person.

        They are found by their NIK: a case that names them without it is not. Of other people in
        their cases only initials are told. Each case is written down as read.

        Args:
            nik: Their number.
            by: Who carries out their request.
            reason: The request, as the number of its letter.

        Raises:
            NotPermitted: The actor may not.
            InvalidInput: That is no NIK, or no reason is said.
        """
        self._check_actor(by)
        check_role(self._acting(by), DISCLOSERS)
        if not reason.strip():
            raise InvalidInput.at("reason", "missing", N_("Say which request this answers."))
        number = NIK.parse(nik) if isinstance(nik, str) else nik
        found = [self._case_of(code, by, reason) for code in codes_of(self._shelf, number)]
        cases = tuple(one for one in found if one.application.personal is not None)
        return PersonalData(number, self.region.full(), self.local(self._clock()), cases)

    def _case_of(self, code: str, by: Actor, reason: str) -> CaseOfPerson:
        """Read a case for one of its people, which is written down as every reading."""
        file = self.read(code, by, reason=reason)
        history, readings = self.journal(code), self._readings(read_key(code))
        return CaseOfPerson(file.application, file.papers, tuple(history), tuple(readings))

    def breach(
        self,
        since: datetime,
        until: datetime | None = None,
        *,
        by: Actor,
        found: datetime | None = None,
        region: RegionCode | str | None = None,
        cases: Iterable[str] | None = None,
        contacts: bool = False,
    ) -> Breach:
        """Say whose data was laid open, and which: what the notice within 3 x 24 hours must say.

        Args:
            since: When it began.
            until: When it ended; now where left out.
            by: Who asks.
            found: When it was found out; now where left out.
            region: Only cases of this region.
            cases: Only cases of these tracking codes.
            contacts: Names and phones in full, to tell them; for the head of office alone.

        Raises:
            NotPermitted: The actor may not.
            InvalidInput: It ends before it begins, or something is no region or code.
        """
        self._check_actor(by)
        check_role(self._acting(by), INFORMERS if contacts else REPORTERS)
        now = self.local(self._clock())
        end = until or now
        if end < since:
            raise InvalidInput.at("until", "period", N_("It ends before it begins."))
        return breach_of(
            self._shelf,
            since,
            end,
            found or now,
            region=RegionCode.parse(region) if isinstance(region, str) else region,
            codes=None
            if cases is None
            else frozenset(TrackingCode.parse(one).full() for one in cases),
            readings=lambda code: self._readings(read_key(code)),
            encrypted=not isinstance(self._shelf.keyring, OpenKeyring),
            contacts=contacts,
        )

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
                done.append(self.do(erasing(self._shelf, one), by=self._system()))
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
            receipts.append(self.do(confirming(self._shelf, code), by=self._system()))
        return receipts

    def _check_erasing(self, commands: Iterable[c.Command]) -> None:
        """Refuse to erase where nothing would be lost by it: what the journal keeps is readable.

        And what was kept long enough only by when it ended as the journal says, which the core does
        not read.

        Raises:
            Refused: The office is not encrypted, or the case ended at another time.
        """
        for one in commands:
            if not isinstance(one, c.Erase):
                continue
            code = one.application.full()
            if isinstance(self._shelf.keyring, OpenKeyring):
                self._shelf.keyring.destroy(code)
            ended = ended_at(self._shelf, code)
            if one.ground is Ground.RETENTION and one.ended != ended:
                text = N_("{id} ended at {ended}; `adminduk retention --erase` erases what is due.")
                at = None if ended is None else ended.isoformat()
                raise Refused("other_end", text, id=code, ended=at)

    def _finish(self, receipts: Iterable[Receipt]) -> None:
        """End what was erased just now, or before somebody who asks again was ended."""
        touched = [one for receipt in receipts for one in receipt.records]
        codes = [one.id for one in touched if (one.kind, one.state) == (Erasure.KIND, "erasing")]
        if codes:
            self.finish_erasures(codes)

    def _system(self) -> Actor:
        return Actor("system", Role.SYSTEM, self.region)
