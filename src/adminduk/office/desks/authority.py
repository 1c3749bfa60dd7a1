"""Who acts for whom, and who read what."""

from __future__ import annotations

from datetime import date

from adminduk import commands as c
from adminduk.authority import may_see_readings
from adminduk.office.case_file import CaseFile, case_file
from adminduk.office.desks.desk import Desk
from adminduk.records import Actor, Application, Delegation, Reading
from adminduk.records.index import read_key, reader_key
from adminduk.values import TrackingCode

__all__ = ["AuthorityDesk"]


class AuthorityDesk(Desk):
    """Shows cases to those who may read them, and tells who did."""

    def delegations(self) -> list[Delegation]:
        """Give the delegations that were not ended, those that begin first before the others."""
        found = self._shelf.records(kind=Delegation.KIND, state="in_force")
        lent = [one for one in found if isinstance(one, Delegation)]
        return sorted(lent, key=lambda one: (one.since, one.id))

    def read(self, code: TrackingCode | str, by: Actor, *, reason: str = "") -> CaseFile:
        """Give a case as the actor may see it, once it is written down that they read it.

        Args:
            code: Its tracking code.
            by: Who reads it.
            reason: Why; the auditor says so, everybody of the office does of a case that has ended,
                and those of whom the office asks for one. Nobody's personal data belongs in it.

        Raises:
            NotFound: There is no case of that code here.
            NotPermitted: The actor may not read it.
            InvalidInput: That is no tracking code, or a reason is missing.
            StorageFailure: It cannot be written down.
        """
        command = c.Read(application=code, reason=reason)
        noted = self.do(command, by=by).records[0]
        return case_file(self._shelf, command.application.full(), noted.id)

    def readings(self, code: TrackingCode | str, by: Actor) -> list[Reading]:
        """Give who read a case, in order: for the auditor, the head of office, and who applied.

        Raises:
            NotFound: There is no case of that code here.
            NotPermitted: The actor may not see that.
            InvalidInput: That is no tracking code.
        """
        self._check_actor(by)
        parsed = TrackingCode.parse(code) if isinstance(code, str) else code
        application = self.record(Application.KIND, parsed.full())
        assert isinstance(application, Application)
        may_see_readings(self._acting(by), application)
        return self._readings(read_key(parsed.full()))

    def readings_by(
        self, reader: str, by: Actor, *, first: date | None = None, last: date | None = None
    ) -> list[Reading]:
        """Give which cases somebody read, in order: for the auditor and the head of office.

        Args:
            reader: The id of the actor who read.
            by: Who asks.
            first: The first day; 30 days before the last where left out.
            last: The last day; today where it is left out.

        Raises:
            NotPermitted: The actor may not see that.
            InvalidInput: The days are the wrong way round or more than a year.
        """
        self._check_actor(by)
        may_see_readings(self._acting(by))
        days = self._until(first, last)
        keys = dict.fromkeys(reader_key(reader, day) for day in days)
        return [one for key in keys for one in self._readings(key) if one.begun.date() in days]

    def _readings(self, key: str) -> list[Reading]:
        found = self._shelf.records(kind=Reading.KIND, key=key)
        readings = [one for one in found if isinstance(one, Reading)]
        return sorted(readings, key=lambda one: (one.begun, one.id))
