"""The office: the shell that loads, asks the core to decide, commits once, delivers afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

from adminduk import commands as c
from adminduk import plugins
from adminduk.authority import can_find, may_find
from adminduk.catalogue import Catalogue, regional
from adminduk.catalogue import load as load_catalogue
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.decide import (
    SETTINGS,
    Look,
    Moment,
    Rules,
    World,
    allowed,
    look_around,
    paper_ref,
)
from adminduk.envelope import Keyring
from adminduk.errors import AdmindukError, InvalidInput, NotFound, Refused, StorageFailure
from adminduk.journal import Change, read_change
from adminduk.language import DEFAULT_LANGUAGE, N_
from adminduk.office.courier_desk import CourierDesk
from adminduk.office.custody import Held, held, held_of_case
from adminduk.office.delivery import Delivered, Deliverer
from adminduk.office.desk import batch_of, take_next
from adminduk.office.dispatches import Dispatch, dispatches
from adminduk.office.execution import Execution, Shelf
from adminduk.office.finding import Found, FoundPage, Period, by_nik, by_village, minutes_of
from adminduk.office.following import Follower
from adminduk.office.forecast import Forecast, forecasts
from adminduk.office.handing import to_hand_over
from adminduk.office.inbox import Page, Task, inbox
from adminduk.office.opening import check_whole, made, own_keyring, the_office
from adminduk.office.outbox import Outbox, Waiting
from adminduk.office.promises import Account, Month, PromiseBook
from adminduk.office.receipt import Receipt, Touched
from adminduk.office.serving import served_first
from adminduk.office.standing import CaseProgress, case_progress
from adminduk.office.stock import Stock, Trail, ledger_of, stock_of, trails_of
from adminduk.office.store import MinutesSheet, minutes_sheet, to_clear, void_papers
from adminduk.office.ticking import due_commands
from adminduk.office.tracking import Tracking, track
from adminduk.office.trips import Manifest, Trip, coming_trips, manifest_of
from adminduk.office.verification import Report, Verifier
from adminduk.ports import Courier, Notifier, Storage, can_be_written
from adminduk.records import (
    Act,
    Actor,
    Application,
    Channel,
    Minutes,
    Notice,
    Paper,
    Person,
    Record,
    Role,
    Settings,
    Witness,
)
from adminduk.records.index import IN_FORCE, stamp
from adminduk.regions import regency
from adminduk.regions.zones import zone_of
from adminduk.values import NIK, RegionCode, TrackingCode
from adminduk.working_days import WorkingDays

__all__ = ["Delivered", "Office", "Page", "Receipt", "Report", "Task", "Touched", "Tracking"]


_log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _log_away(failure: StorageFailure) -> None:
    _log.warning("%s", failure)


class Office(CourierDesk):
    """One registry office on one store.

    An office may be used by several threads at once, and its store by several processes.
    """

    def __init__(
        self,
        storage: Storage,
        region: RegionCode,
        *,
        keyring: Keyring,
        notifier: str | Notifier = "console:",
        courier: str | Courier = "weekly:",
        clock: Callable[[], datetime] = _utc_now,
        ids: Callable[[], UUID] = uuid4,
        language: str = DEFAULT_LANGUAGE,
        rules: str | Path | None = None,
    ) -> None:
        self.storage = storage
        self.region = region
        self.language = language
        self._notifier = notifier
        self._courier = courier
        self._clock = clock
        self._keyring = keyring
        self._shelf = Shelf(storage, region.full(), keyring)
        folders = (*plugins.overlays(region.full()), *([] if rules is None else [Path(rules)]))
        catalogue = regional(load_catalogue(), region.full(), folders)
        self._rules = Rules(catalogue, region, keyring.blind, WorkingDays(plugins.holidays))
        self._execution = Execution(self._shelf, self._rules, clock, ids)

    @classmethod
    def open(
        cls,
        url: str,
        region: RegionCode | str | None = None,
        *,
        keyring: Keyring | None = None,
        **options: Any,
    ) -> Office:
        """Open an office, by the URL of its store.

        A store that is empty gets the office of `region`. Without `region` the store's only
        office is opened.

        Args:
            url: As `sqlite:///tuban.db` or `memory:`.
            region: The code of the regency, as `35.23`.
            keyring: Seals personal data; the office's own leaves it readable.
            options: `notifier` and `courier` (URLs), `clock`, `ids`, `language`, and `rules`: a
                folder with overlays of the regency, besides those of plugins.

        Raises:
            InvalidInput: The URL or the region is not one, or the rules of the regency are unsound.
            NoOffice: The store has no such office, or several and none was named.
            Refused: The office is still being brought in from another store.
            StorageFailure: The store cannot be opened.
        """
        storage = plugins.open_storage(url)
        try:
            wanted = None if region is None else regency(region, "region")
            if wanted is not None and not storage.offices():
                made(storage, wanted)
            code, profile = the_office(storage, wanted)
            check_whole(storage, code.full())
            keys = keyring or own_keyring(code, profile)
            return cls(storage, code, keyring=keys, **options)
        except BaseException:
            storage.close()
            raise

    @classmethod
    def init(
        cls, url: str, region: RegionCode | str, *, keyring: Keyring | None = None, **options: Any
    ) -> Office:
        """Make an office in a store, which may hold others, and open it.

        One that exists is opened. Raises as `open`.
        """
        code = regency(region, "region")
        storage = plugins.open_storage(url)
        try:
            profile = made(storage, code)
            check_whole(storage, code.full())
            keys = keyring or own_keyring(code, profile)
            return cls(storage, code, keyring=keys, **options)
        except BaseException:
            storage.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.storage.close()

    @property
    def catalogue(self) -> Catalogue:
        """The rules of the office."""
        return self._rules.catalogue

    def local(self, moment: datetime) -> datetime:
        """Give a moment as the clock of the office shows it."""
        return self._rules.local(moment)

    def do(self, command: c.Command, by: Actor) -> Receipt:
        """Carry a command out, in one transaction; durable when it returns.

        The same command (its id, actor and content) sent again gives the first receipt.

        Raises:
            InvalidInput: The command does not make sense.
            NotFound: A record it names does not exist.
            Refused: Somebody else may, or it cannot happen now; the error says what instead.
            Conflict: `if_version` is past.
            CommandReused: The id was used with other content or by another actor.
            StorageFailure: The store cannot be written.
        """
        return self.do_all([command], by)[0]

    def do_all(self, commands: Iterable[c.Command], by: Actor) -> list[Receipt]:
        """Carry several commands out in one transaction: all of them or none. Raises as `do`."""
        self._check_actor(by)
        receipts = self._execution.run([(command, by) for command in commands])
        for receipt in receipts:
            if not receipt.repeated:
                plugins.committed(receipt)
        return receipts

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

    def checklist(
        self,
        *services: str,
        facts: Mapping[str, bool | int | str] | None = None,
        people: Mapping[str, Person] | None = None,
        on: date | None = None,
        channel: str = "village",
    ) -> Checklist:
        """Say what must be brought for services, why, and by which rule.

        Args:
            services: Ids of services, asked for together.
            facts: What is known; what is not stays open.
            people: The people of the case, from whom some facts follow.
            on: The day; today where it is left out.
            channel: `village`, `district`, `counter` or `online`.

        Raises:
            UnknownService: There is no such service.
            NoRuleInForce: No rule is known for that day.
            InvalidInput: A fact is unknown, or the facts contradict each other.
        """
        day = on or self._today()
        known = settle_facts(self.catalogue, facts or {}, people or {}, day)
        return checklist(self.catalogue, services, known, day, channel)

    def inbox(self, actor: Actor, *, after: str | None = None, limit: int = 100) -> Page:
        """Give the tasks whose turn it is at the actor's posts, the most urgent first.

        With several posts they come one after the other.
        """
        self._check_actor(actor)
        now = stamp(self._clock())
        return inbox(
            self.storage,
            self.region.full(),
            actor,
            after=after,
            limit=limit,
            now=now,
            first=partial(served_first, self._shelf, self._rules),
        )

    def take_next(self, by: Actor) -> Receipt | None:
        """Take the most urgent submitted case that no other verifier reads; None: there is none.

        Of several who ask at once each gets another one. Raises as `do`.
        """
        return take_next(self._shelf, self.region, partial(self.do, by=by))

    def print_batch(
        self,
        product: str,
        by: Actor,
        *,
        blanks: Sequence[str] = (),
        signature: str = "",
        limit: int = 100,
    ) -> list[Receipt]:
        """Print the copies of a product that have waited longest: all of them or none.

        When blanks are short, those come first that the office prefers (`Settings.print_order`).

        Args:
            product: Its id in the catalogue.
            by: A print operator.
            blanks: For KTP and KIA: the numbers of the blanks in the order in which they were
                scanned; the first goes to the copy that has waited longest.
            signature: For what is on plain paper: whose signature it bears.
            limit: For what is on plain paper: the most copies.

        Raises:
            InvalidInput: There is no such product, or more blanks than copies that wait.
            Refused: A blank was used before, or one of the copies cannot be printed.
        """
        batch = batch_of(
            self._shelf,
            self._rules,
            product,
            blanks=blanks,
            signature=signature,
            limit=limit,
        )
        return self.do_all(batch, by=by)

    def find(
        self,
        village: RegionCode | str,
        by: Actor,
        *,
        service: str | None = None,
        first: date | None = None,
        last: date | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> FoundPage:
        """Find the cases of a village, for a person without a code; the newest day first.

        Args:
            village: Its code.
            by: Who looks; only in their own area.
            service: Only what asks for this service.
            first: The first day on which they began; 30 days before the last where left out.
            last: The last day; today where it is left out.
            after: Where the page before ended.
            limit: The most cases.

        Raises:
            NotPermitted: The actor may not look for cases there.
            InvalidInput: The days are the wrong way round or more than a year.
        """
        code = RegionCode.parse(village) if isinstance(village, str) else village
        may_find(by, code)
        return by_village(
            self._shelf,
            code,
            self._until(first, last),
            service=service,
            services=self.catalogue.periods,
            after=after,
            limit=limit,
        )

    def find_person(self, nik: NIK | str, by: Actor) -> list[Found]:
        """Find the cases about a person by their NIK, in the actor's own area.

        Raises:
            NotPermitted: The actor may not look for cases.
            InvalidInput: That is no NIK.
        """
        number = NIK.parse(nik) if isinstance(nik, str) else nik
        if not any(can_find(by, post.region) for post in by.posts):
            may_find(by, by.region)
        found = by_nik(self._shelf, number)
        return [one for one in found if can_find(by, RegionCode.parse(one.region))]

    def minutes(self, first: date | None = None, last: date | None = None) -> list[Minutes]:
        """Give the minutes (berita acara) of what was destroyed in a time, the newest day first.

        Args:
            first: The first day; 30 days before the last where left out.
            last: The last day; today where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        return list(minutes_of(self._shelf, self.region, self._until(first, last)))

    def minutes_sheet(self, number: str) -> MinutesSheet:
        """Give what stands on minutes: the day, who was there, the papers by their sort.

        Raises:
            NotFound: There are none of that number.
        """
        return minutes_sheet(self._shelf, number)

    def originals(self, by: Actor) -> Iterator[Held]:
        """Give the originals that the office holds of people in an actor's areas, place by place.

        What should be with its owner first comes first at each kind of place. They are read as
        they are asked for.
        """
        self._check_actor(by)
        return held(self._shelf, by, self._clock())

    def originals_of(self, code: TrackingCode | str) -> list[Held]:
        """Give the originals that the office holds of a case: what its applicant has a receipt for.

        Raises:
            NotFound: There is no case of that code here.
        """
        tracked = self.track(code)
        return list(held_of_case(self._shelf, tracked.code, self._clock()))

    def void_papers(self) -> Iterator[Paper]:
        """Give the papers that are void and wait to be destroyed: copies, then originals."""
        return void_papers(self._shelf)

    def clear_store(self, by: Actor) -> list[Receipt]:
        """Make void what came home and is over, and file what is kept: all of it or nothing.

        An original stays as it is until its case is completed. Raises as `do`.
        """
        return self.do_all(to_clear(self._shelf, self._clock()), by=by)

    def destroy_void(
        self,
        minutes: str,
        by: Actor,
        *,
        witnesses: Sequence[Witness],
        approved_by: Actor | None,
        place: str = "",
        reason: str = "",
        limit: int = 20_000,
    ) -> Receipt:
        """Destroy all that is void, in one act and with minutes.

        Args:
            minutes: The number of the minutes.
            by: A print operator.
            witnesses: Who sees it and signs.
            approved_by: The head of office.
            place: Where; empty: at the office.
            reason: Why, in words.
            limit: The most papers.

        Raises:
            InvalidInput: Nothing is void, or the minutes are not as they must be.
            Refused: It may not be, or the number was given already.
        """
        command = c.Destroy(
            minutes=minutes,
            papers=tuple(one.id for one in islice(self.void_papers(), limit)),
            witnesses=tuple(witnesses),
            place=place,
            reason=reason,
            approved_by=approved_by,
        )
        return self.do(command, by=by)

    def _until(self, first: date | None, last: date | None) -> Period:
        """Give a time that ends today and is a month long, but where days are said."""
        to = last or self._today()
        return Period(first or to - min(timedelta(days=30), to - date.min), to)

    def schedule(self, first: date | None = None, last: date | None = None) -> list[Trip]:
        """Give the courier's runs to all districts that have a schedule.

        Args:
            first: The first day; today where it is left out.
            last: The last day; two weeks later where it is left out.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
        """
        since = first or self._today()
        until = last or since + min(timedelta(days=13), date.max - since)
        days = Period(since, until)
        return coming_trips(self._shelf, self.region, self._rules.calendar, days)

    def courier_calendar(
        self,
        first: date | None = None,
        last: date | None = None,
        *,
        districts: Iterable[RegionCode | str] = (),
    ) -> bytes:
        """Give the courier's runs as iCalendar, for ordinary calendar programs.

        It needs the extra `adminduk[calendar]`.

        Args:
            first: The first day; today where it is left out.
            last: The last day; half a year later where it is left out.
            districts: Only these; all that have a schedule where none is named.

        Raises:
            InvalidInput: The days are the wrong way round or more than a year.
            Refused: The extra is not installed.
        """
        try:
            from adminduk.office.ical import courier_calendar
        except ImportError:
            text = N_("It needs what writes calendars: pip install 'adminduk[calendar]'")
            raise Refused("no_calendar", text) from None
        since = first or self._today()
        until = last or since + min(timedelta(days=182), date.max - since)
        codes = [RegionCode.parse(one) if isinstance(one, str) else one for one in districts]
        return courier_calendar(
            self._shelf,
            self._rules.calendar,
            Period(since, until),
            districts=frozenset(one.full() for one in codes),
            now=self._clock(),
            language=self.language,
        )

    def late(self, soon: int = 2) -> list[Account]:
        """Give the promises that are overdue, and those for the next working days.

        Args:
            soon: For how many working days from today; 0: only for today.
        """
        book = self._promises()
        return book.late(self._rules.calendar.after(book.now.date(), soon))

    def promises(self, month: date | None = None) -> Month:
        """Give account of each promise for a month: kept or broken, by how much, and why.

        Args:
            month: Any day of it; this month where it is left out.
        """
        return self._promises().month(month or self._today())

    def _promises(self) -> PromiseBook:
        return PromiseBook(self._shelf, self._rules, self._rules.local(self._clock()))

    def manifest(self, bag: str) -> Manifest:
        """Say what is to go into a bag, or was last sealed into it.

        Raises:
            NotFound: There is no such bag.
        """
        return manifest_of(self._shelf, bag)

    def blanks(self, product: str | None = None, *, on: date | None = None) -> Stock:
        """Give the balance of the blanks: what was received, what became of it, what is left.

        Args:
            product: Only of this product; of all where it is left out.
            on: As it was known at the end of this day; now where it is left out.

        Raises:
            InvalidInput: There is no such product on blanks, or the day has not come.
        """
        until = None if on is None or on == self._today() else self._end_of(on)
        return stock_of(self._shelf, self._on_blanks(product), until)

    def forecasts(self, product: str | None = None) -> list[Forecast]:
        """Say how long blanks last at the pace of the last twenty working days.

        Args:
            product: Only of this product; of all where it is left out.

        Raises:
            InvalidInput: There is no such product on blanks.
        """
        ledger = ledger_of(self._shelf, self._on_blanks(product))
        return list(forecasts(self._shelf, self._rules, ledger, self._today()))

    def blank(self, number: str) -> list[Trail]:
        """Say what became of the blanks of a number: there may be one of each product."""
        return trails_of(self._shelf, self._on_blanks(None), number.upper())

    def _on_blanks(self, product: str | None) -> list[str]:
        """Give the products that are printed on numbered blanks."""
        products = self.catalogue.products.values()
        kinds = list(dict.fromkeys(one.kind for one in products if one.form == "blank"))
        if product is not None and product not in kinds:
            text = N_("{product} needs no blank.")
            raise InvalidInput.at("product", "no_blank", text, ", ".join(kinds), product=product)
        return kinds if product is None else [product]

    def _end_of(self, day: date) -> datetime:
        """Give the moment at which a day ends by the clock of the office."""
        if day > self._today():
            text, accepted = N_("That day has not come yet."), N_("a day up to today")
            raise InvalidInput.at("on", "in_the_future", text, accepted)
        following = datetime.combine(day, time.min) + timedelta(days=1)
        return following.replace(tzinfo=zone_of(self.region))

    def dispatches(self, first: date, last: date) -> list[Dispatch]:
        """Give what was sent out from a day to another, each paper with its number in the year.

        Raises:
            InvalidInput: The period is not one.
        """
        return list(dispatches(self._shelf, self._rules, Period(first, last)))

    def to_hand_over(self, by: Actor) -> list[Paper]:
        """Give the papers that the actor's posts hold to be given out, by village."""
        self._check_actor(by)
        return [one for post in by.posts for one in to_hand_over(self._shelf, post)]

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

    def _closed_to(self, application: Application) -> Notice | None:
        """Give the notice that keeps the person of a case from coming to the counter."""
        today, facts = self._today(), {}
        if application.personal is not None:
            case, day = application.personal, application.rules or today
            facts = settle_facts(self.catalogue, case.facts, case.people, day)
        closing = (
            one
            for one in self.notices()
            if one.closes(Act.ATTEND, Channel.COUNTER, today, application.services, facts)
        )
        return next(closing, None)

    def track(self, code: TrackingCode | str) -> Tracking:
        """Say where a case is.

        Raises:
            InvalidInput: That is no tracking code.
            NotFound: There is no case of that code here.
        """
        parsed = TrackingCode.parse(code) if isinstance(code, str) else code
        return track(
            self._shelf,
            parsed,
            self._closed_to,
            today=self._today(),
            calendar=self._rules.calendar,
        )

    def progress(self, code: TrackingCode | str) -> CaseProgress:
        """Say what of its list a case has shown, what is missing, and what is odd about it.

        Raises:
            InvalidInput: That is no tracking code, or what the case says contradicts itself.
            NotFound: There is no case of that code here.
            NoRuleInForce: No rule is known for the day whose rules it keeps.
        """
        parsed = TrackingCode.parse(code) if isinstance(code, str) else code
        application = self.record(Application.KIND, parsed.full())
        assert isinstance(application, Application)
        return case_progress(self.catalogue, application, self._today())

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

    def allowed(self, actor: Actor, record: Record) -> list[str]:
        """List the commands that this actor may give about this record now.

        Each takes effect if what it says is right and somebody else approves it where they must.
        """
        if not self._is_ours(actor):
            return []
        look = look_around(record)
        world = World()
        world.put(record)
        world.add(look, (one.record for one in self._shelf.look(look).values()))
        now = self._clock()
        return allowed(actor, record, world, Moment(now, now), self._rules)

    def journal(
        self,
        code: TrackingCode | str | None = None,
        *,
        after: int = 0,
        limit: int = 1000,
    ) -> Sequence[Change]:
        """Give journal entries in order: of a case with all its papers, of a bag, or of all.

        Args:
            code: A tracking code, the id of a paper or a bag, the number of minutes; None for the
                whole office.
            after: Entries after this sequence.
            limit: The most entries.
        """
        if code is None:
            entries = self.storage.journal(self.region.full(), after=after, limit=limit)
            return [read_change(one.seq, one.body) for one in entries]
        changes = [
            read_change(one.seq, one.body)
            for ref in self._about(str(code))
            if can_be_written(ref[1])
            for one in self.storage.journal(self.region.full(), of=ref, after=after, limit=limit)
        ]
        return sorted(changes, key=lambda one: one.seq)[:limit]

    def _about(self, name: str) -> list[tuple[str, str]]:
        """Give the records that a name is about."""
        named = self._shelf.look(Look([(kind, name) for kind in ("bag", "minutes")]))
        if named:
            return list(named)
        if "/" in name:
            return [paper_ref(name)]
        tracked = self.track(name)
        return [("application", tracked.code), *(paper_ref(one.id) for one in tracked.papers)]

    def deliver(self, limit: int = 100, *, patience: float = 30.0) -> Delivered:
        """Deliver due messages, outside any transaction; those that fail are tried again later.

        People are told by the notifier; the courier is told which bags are to be carried.
        """
        return self._deliverer(patience).round(limit)

    def follow(
        self,
        stop: Callable[[], bool],
        *,
        away: Callable[[StorageFailure], None] = _log_away,
        patience: float = 30.0,
    ) -> Iterator[Delivered]:
        """Deliver what is due, and what is committed as it comes; give what each round did.

        Several may follow one office, in whatever processes. A store that is away is tried again,
        after pauses of a second up to a minute.

        Args:
            stop: Whether to stop: asked after each message, and some times a second.
            away: Told when the store cannot be used, once until it can; else that is logged.
            patience: Seconds after which a notifier or courier that does not answer has failed.
        """
        return Follower(self._deliverer(patience), stop, away).rounds()

    def _deliverer(self, patience: float) -> Deliverer:
        if isinstance(self._notifier, str):
            self._notifier = plugins.open_notifier(self._notifier)
        if isinstance(self._courier, str):
            self._courier = plugins.open_courier(self._courier)
        return Deliverer(
            shelf=self._shelf,
            notifier=self._notifier,
            courier=self._courier,
            clock=self._clock,
            language=self.language,
            patience=patience,
        )

    def messages(self, *, parked: bool) -> Iterator[Waiting]:
        """Give the messages that were not delivered, numbers masked, the first due first.

        Args:
            parked: Those that are not tried any more; else those that will be.
        """
        return Outbox(self._shelf, self.language).waiting(parked=parked)

    def resend(self, key: str) -> None:
        """Have a parked message sent again, under its key, as if it had never been tried.

        Raises:
            NotFound: No message of that key is parked.
        """
        Outbox(self._shelf, self.language).resend(key, self._clock())

    def tick(self) -> list[Receipt]:
        """Let happen what time alone brings: what expires, goes home unclaimed, or closes.

        Of what will go home people are reminded, and after bags that are late everybody is asked.
        Two ticks, of whatever processes, act once.
        """
        system = Actor("system", Role.SYSTEM, self.region)
        done = []
        for command in list(due_commands(self._shelf, self._rules, self._clock(), self.settings())):
            try:
                receipt = self.do(command, by=system)
            except AdmindukError as error:
                if error.code not in _OVERTAKEN:
                    raise
            else:
                done += [] if receipt.repeated else [receipt]
        return done

    def verify(self, progress: Callable[[int], None] | None = None) -> Report:
        """Replay the journal and compare every record, index column and claim."""
        verifier = Verifier(
            self.storage, self.region.full(), self._keyring, progress or (lambda _: None)
        )
        return verifier.run()


_OVERTAKEN = frozenset(
    {
        "not_due",
        "not_allowed_now",
        "heading_home",
        "conflict",
        "differences_open",
        "blanks_followed",
    }
)
"""Refusals that mean that somebody did something between the look and the tick."""
