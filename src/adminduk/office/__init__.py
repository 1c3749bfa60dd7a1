"""The office: the shell that loads, asks the core to decide, commits once, delivers afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from random import random
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

from adminduk import commands as c
from adminduk import plugins
from adminduk.authority import can_find, may_find
from adminduk.catalogue import load as load_catalogue
from adminduk.catalogue import regional
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.decide import Look, Moment, Rules, World, allowed, look_around, paper_ref
from adminduk.envelope import Keyring
from adminduk.errors import AdmindukError, StorageFailure
from adminduk.journal import Change, read_change
from adminduk.language import DEFAULT_LANGUAGE
from adminduk.logs import logger
from adminduk.office.channels import Channels
from adminduk.office.delivery import Delivered, Deliverer, Settled
from adminduk.office.desk import take_next
from adminduk.office.desks import (
    AuthorityDesk,
    CourierDesk,
    EvidenceDesk,
    KeyDesk,
    PrintDesk,
    PrivacyDesk,
    PromiseDesk,
    ScanDesk,
    StoreDesk,
)
from adminduk.office.execution import Execution
from adminduk.office.finding import Found, FoundPage, by_nik, by_village
from adminduk.office.following import Follower
from adminduk.office.inbox import Page, Task, inbox
from adminduk.office.keeping import Keeping, card_of
from adminduk.office.opening import check_whole, made, own_keyring, the_office
from adminduk.office.outbox import Outbox, Waiting
from adminduk.office.receipt import Receipt, Touched
from adminduk.office.sealing import check_seals
from adminduk.office.serving import served_first
from adminduk.office.shelf import Shelf
from adminduk.office.standing import CaseProgress, case_progress
from adminduk.office.ticking import due_commands
from adminduk.office.tracking import Tracking, track
from adminduk.office.verification import Report, Verifier
from adminduk.ports import Courier, Master, Notifier, ScanStore, Storage, can_be_written
from adminduk.records import (
    Act,
    Actor,
    Application,
    Bag,
    Blanks,
    Channel,
    Delegation,
    Minutes,
    Notice,
    Person,
    Reading,
    Record,
    Seal,
)
from adminduk.records.index import stamp
from adminduk.regions import regency
from adminduk.values import NIK, RegionCode, TrackingCode
from adminduk.working_days import WorkingDays

__all__ = ["Delivered", "Office", "Page", "Receipt", "Report", "Task", "Touched", "Tracking"]


_log = logger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _log_away(failure: StorageFailure) -> None:
    _log.warning("%s", failure)


class Office(
    PrintDesk,
    CourierDesk,
    StoreDesk,
    PromiseDesk,
    ScanDesk,
    EvidenceDesk,
    KeyDesk,
    PrivacyDesk,
    AuthorityDesk,
):
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
        posts: str | Notifier | None = None,
        courier: str | Courier = "weekly:",
        scans: str | ScanStore | None = None,
        clock: Callable[[], datetime] = _utc_now,
        ids: Callable[[], UUID] = uuid4,
        chance: Callable[[], float] = random,
        language: str = DEFAULT_LANGUAGE,
        rules: str | Path | None = None,
    ) -> None:
        self.storage = storage
        self.region = region
        self.language = language
        self._channels: Channels | None = None
        self._owed: SimpleQueue[Settled] = SimpleQueue()
        self._notifiers = (notifier, posts)
        self._courier = courier
        self._clock = clock
        self._chance = chance
        self._keyring = keyring
        self._shelf = Shelf(storage, region.full(), keyring)
        folders = (*plugins.overlays(region.full()), *([] if rules is None else [Path(rules)]))
        catalogue = regional(load_catalogue(), region.full(), folders)
        self._rules = Rules(catalogue, region, keyring.blind, WorkingDays(plugins.holidays))
        self._keeping = Keeping(scans, self._card)
        self._execution = Execution(self._shelf, self._rules, clock, ids, self._check)

    @classmethod
    def open(
        cls,
        url: str,
        region: RegionCode | str | None = None,
        *,
        keyring: Keyring | None = None,
        master: str | Master | None = None,
        **options: Any,
    ) -> Office:
        """Open an office, by the URL of its store.

        A store that is empty gets the office of `region`. Without `region` the store's only
        office is opened.

        Args:
            url: As `sqlite:///tuban.db` or `memory:`.
            region: The code of the regency, as `35.23`.
            keyring: Seals personal data, in place of the office's own.
            master: What unwraps the keys of an encrypted office, or its URL, as
                `file:///etc/adminduk/master.key`; with it a store that is empty gets an office that
                is encrypted.
            options: `notifier`, `posts` (a notifier for messages to posts) and `courier` (URLs),
                `clock`, `ids`, `chance`, `language`; `scans`: where scans are kept (a URL, as
                `file:///var/lib/adminduk/scans`, or a store), so that no command names one that
                is not there; and `rules`: a folder with overlays of the regency, besides those of
                plugins.

        Raises:
            InvalidInput: The URL or the region is not one, or the rules of the regency are unsound.
            NoOffice: The store has no such office, or several and none was named.
            Refused: The office is still being brought in from another store; or it is encrypted
                and no master is given, or another one, or the other way round.
            StorageFailure: The store cannot be opened.
        """
        wrapping = plugins.open_master(master) if isinstance(master, str) else master
        storage = plugins.open_storage(url)
        try:
            wanted = None if region is None else regency(region, "region")
            code, profile = the_office(storage, wanted, encrypted=wrapping is not None)
            check_whole(storage, code.full())
            keys = keyring or own_keyring(storage, code, profile, wrapping)
            return cls(storage, code, keyring=keys, **options)
        except BaseException:
            storage.close()
            raise

    @classmethod
    def init(
        cls,
        url: str,
        region: RegionCode | str,
        *,
        keyring: Keyring | None = None,
        master: str | Master | None = None,
        **options: Any,
    ) -> Office:
        """Make an office in a store, which may hold others, and open it; encrypted with a master.

        One that exists is opened. Raises as `open`.
        """
        code = regency(region, "region")
        wrapping = plugins.open_master(master) if isinstance(master, str) else master
        storage = plugins.open_storage(url)
        try:
            profile = made(storage, code, encrypted=wrapping is not None)
            check_whole(storage, code.full())
            keys = keyring or own_keyring(storage, code, profile, wrapping)
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
        """Let go of the store, and of that of scans if the office has opened it."""
        self._keeping.close()
        self.storage.close()

    def _card(self) -> bytes:
        code = self.region.full()
        return card_of(code, self.storage.office(code) or b"")

    def _check(self, commands: Iterable[c.Command], before: Callable[[], None]) -> None:
        """Check before a commit what is decided by more than the records."""
        commands = list(commands)
        self._check_erasing(commands)
        check_seals(self.storage, self.region, commands)
        self._keeping.check(commands, before)

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
        self._finish(receipts)
        return receipts

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
            self._acting(actor),
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
        may_find(self._acting(by), code)
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
        by = self._acting(by)
        if not any(can_find(by, post.region) for post in by.posts):
            may_find(by, by.region)
        found = by_nik(self._shelf, number)
        return [one for one in found if can_find(by, RegionCode.parse(one.region))]

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

    def allowed(self, actor: Actor, record: Record) -> list[str]:
        """List the commands that this actor may give about this record now.

        Each takes effect if what it says is right and somebody else approves it where they must.
        """
        if not self._is_ours(actor):
            return []
        look = look_around(record, actor)
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
        """Give journal entries in order: of a case with all its papers, of one thing, or of all.

        Args:
            code: A tracking code, the id of a paper, a bag, a range of blanks, a delegation or a
                reading, the number of minutes; None for the whole office.
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
        kinds = (Bag.KIND, Blanks.KIND, Delegation.KIND, Reading.KIND)
        numbered = (Minutes.KIND, name.upper())
        named = self._shelf.look(Look([*((kind, name) for kind in kinds), numbered]))
        if named:
            return list(named)
        if "/" in name:
            return [paper_ref(name)]
        tracked = self.track(name)
        return [("application", tracked.code), *(paper_ref(one.id) for one in tracked.papers)]

    def deliver(self, limit: int = 100, *, at_once: int = 1, patience: float = 30.0) -> Delivered:
        """Deliver due messages, outside any transaction; those that fail are tried again later.

        People are told by the notifier; the courier is told which bags are to be carried.

        Args:
            limit: The most messages.
            at_once: How many are in hand at a time; whoever is killed keeps these waiting for some
                minutes.
            patience: Seconds after which a notifier or courier that does not answer has failed.

        Raises:
            InvalidInput: Nobody waits so long, or not at all.
        """
        return self._deliverer(patience, at_once).round(limit)

    def follow(
        self,
        stop: Callable[[], bool],
        *,
        away: Callable[[StorageFailure], None] = _log_away,
        at_once: int = 1,
        patience: float = 30.0,
    ) -> Iterator[Delivered]:
        """Deliver what is due, and what is committed as it comes; give what each round did.

        Several may follow one office, in whatever processes. A store that is away is tried again,
        after pauses of a second up to a minute.

        Args:
            stop: Whether to stop: asked after each message, and some times a second.
            away: Told when the store cannot be used, once until it can; else that is logged.
            at_once: As for `deliver`.
            patience: Likewise.
        """
        return Follower(self._deliverer(patience, at_once), stop, away).rounds()

    def _deliverer(self, patience: float, at_once: int) -> Deliverer:
        if self._channels is None:
            self._channels = Channels.opened(*self._notifiers)
        return Deliverer(
            shelf=self._shelf,
            channels=self._channels,
            courier=self._open_courier(),
            clock=self._clock,
            chance=self._chance,
            language=self.language,
            at_once=at_once,
            patience=patience,
            owed=self._owed,
            quiet_end=lambda now: self.settings().quiet_end(self.local(now)),
        )

    def _open_courier(self) -> Courier:
        if isinstance(self._courier, str):
            self._courier = plugins.open_courier(self._courier)
        return self._courier

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
        system = self._system()
        done = self.finish_erasures()
        for command in list(due_commands(self._shelf, self._rules, self._clock(), self.settings())):
            try:
                receipt = self.do(command, by=system)
            except AdmindukError as error:
                if error.code not in _OVERTAKEN:
                    raise
            else:
                done += [] if receipt.repeated else [receipt]
        return done

    def verify(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        kept: Sequence[Seal] = (),
        signers: Collection[str] = (),
    ) -> Report:
        """Replay the journal and compare every record, index column, claim, answer and seal.

        An office with a store of scans is also asked for each scan that a record names: whether it
        is there, with its size.

        Args:
            progress: Is told how many records are done.
            kept: Seals that were kept elsewhere, by their numbers: what is missing since, or was
                written anew from the beginning, is seen by these alone.
            signers: Public halves of keys, of which one must have signed.

        Raises:
            Refused: Signatures are to be read, and what reads them is not installed.
        """
        tell = progress or (lambda _: None)
        office = self.region.full()
        verifier = Verifier(self.storage, office, self._keyring, tell, kept=kept, signers=signers)
        return self._keeping.verified(verifier.run(), self.scans_named(tell))


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
