"""What every desk of an office is given, and what it reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from adminduk import commands as c
from adminduk.catalogue import Catalogue
from adminduk.decide import SETTINGS, Look, Rules, acting
from adminduk.errors import InvalidInput, NotFound
from adminduk.language import N_
from adminduk.office.finding import Period
from adminduk.office.receipt import Receipt
from adminduk.office.shelf import Shelf
from adminduk.ports import Courier
from adminduk.records import Actor, Delegation, Notice, Record, Settings
from adminduk.records.index import IN_FORCE, lent_to
from adminduk.values import RegionCode

__all__ = ["Desk"]


class Desk(ABC):
    """A part of an office; `Office` is all of them."""

    region: RegionCode
    language: str
    _shelf: Shelf
    _rules: Rules
    _clock: Callable[[], datetime]

    @abstractmethod
    def do(self, command: c.Command, by: Actor) -> Receipt:
        """Carry a command out."""

    @abstractmethod
    def _open_courier(self) -> Courier:
        """Give the courier of the office."""

    @abstractmethod
    def do_all(self, commands: Iterable[c.Command], by: Actor) -> list[Receipt]:
        """Carry several commands out."""

    @property
    def catalogue(self) -> Catalogue:
        """The rules of the office."""
        return self._rules.catalogue

    def local(self, moment: datetime) -> datetime:
        """Give a moment as the clock of the office shows it."""
        return self._rules.local(moment)

    def _is_ours(self, actor: Actor) -> bool:
        return all(self.region.contains(post.region) for post in actor.posts)

    def _check_actor(self, by: Actor) -> None:
        if not self._is_ours(by):
            raise InvalidInput.at(
                "by.region",
                "other_office",
                N_("The actor is not of this office."),
                N_("a post within {office}"),
                office=self.region.full(),
            )

    def _acting(self, by: Actor) -> Actor:
        """Give an actor with the posts that are lent to them today, to look for what is theirs.

        What they do is given to `do` as the actor whom the host named.
        """
        found = self._shelf.look(Look(groups=[lent_to(by.id)])).values()
        lent = [one.record for one in found if isinstance(one.record, Delegation)]
        return acting(by, lent, self._today()) if lent else by

    def _until(self, first: date | None, last: date | None) -> Period:
        """Give a time that ends today and is a month long, but where days are said."""
        to = last or self._today()
        return Period(first or to - min(timedelta(days=30), to - date.min), to)

    def notices(self) -> list[Notice]:
        """Give the notices that are in force."""
        found = (one.record for one in self._shelf.look(Look(groups=[IN_FORCE])).values())
        return [one for one in found if isinstance(one, Notice)]

    def settings(self) -> Settings:
        """Give what the office sets for itself; the usual terms where it has set nothing."""
        found = self._shelf.look(Look([SETTINGS]))
        if found:
            settings = found[SETTINGS].record
            assert isinstance(settings, Settings)
            return settings
        return Settings(region=self.region, state="new", begun=self._rules.local(self._clock()))

    def record(self, kind: str, key: str) -> Record:
        """Give a record as it is now.

        Raises:
            NotFound: There is none.
        """
        found = self.records([(kind, key)])
        if not found:
            raise NotFound(kind=kind, id=key)
        return found[0]

    def records(self, refs: Iterable[tuple[str, str]]) -> list[Record]:
        """Give those of some records that there are, by kind and id, all as they are at one moment.

        They come in the order in which they were named.
        """
        wanted = list(refs)
        found = self._shelf.look(Look(wanted))
        return [found[ref].record for ref in dict.fromkeys(wanted) if ref in found]

    def _today(self) -> date:
        return self._rules.local(self._clock()).date()
