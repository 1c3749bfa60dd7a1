"""The office: the shell that loads, asks the core to decide, commits once, delivers afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

import orjson
from attrs import frozen

from adminduk import commands as c
from adminduk import plugins
from adminduk.catalogue import Catalogue
from adminduk.catalogue import load as load_catalogue
from adminduk.checklist import Checklist, checklist, settle_facts
from adminduk.codec import to_json
from adminduk.decide import (
    Moment,
    Rules,
    Settings,
    World,
    allowed,
    application_of,
    paper_ref,
    papers_of,
)
from adminduk.envelope import Keyring, OpenKeyring
from adminduk.errors import AdmindukError, InvalidInput, NoOffice, NotFound
from adminduk.journal import Change, read_change
from adminduk.language import DEFAULT_LANGUAGE, N_
from adminduk.office.delivery import Delivered, Deliverer
from adminduk.office.execution import Execution, Shelf
from adminduk.office.receipt import Receipt, Touched
from adminduk.office.ticking import due_commands
from adminduk.office.tracking import Tracking, track
from adminduk.office.verification import Report, Verifier
from adminduk.ports import Notifier, Row, Storage
from adminduk.records import Actor, Person, Record, Role
from adminduk.values import Level, RegionCode, TrackingCode

__all__ = ["Delivered", "Office", "Page", "Receipt", "Report", "Task", "Touched", "Tracking"]


@frozen
class Task:
    """Something whose turn it is at a post."""

    kind: str
    id: str
    state: str
    region: str
    due: str
    queue: str


@frozen
class Page:
    """A page of tasks, and where the next one starts (None: there is none)."""

    tasks: tuple[Task, ...]
    next: str | None


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Office:
    """One registry office on one store.

    An office may be used by several threads at once, and its store by several processes.
    """

    def __init__(
        self,
        storage: Storage,
        region: RegionCode,
        *,
        keyring: Keyring,
        settings: Settings | None = None,
        notifier: str | Notifier = "console:",
        clock: Callable[[], datetime] = _utc_now,
        ids: Callable[[], UUID] = uuid4,
        language: str = DEFAULT_LANGUAGE,
    ) -> None:
        self.storage = storage
        self.region = region
        self.language = language
        self._notifier = notifier
        self._clock = clock
        self._keyring = keyring
        self._shelf = Shelf(storage, region.full(), keyring)
        self._rules = Rules(load_catalogue(), settings or Settings(), keyring.blind)
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
            options: `settings`, `notifier` (a URL), `clock`, `ids`, `language`.

        Raises:
            InvalidInput: The URL or the region is not one.
            NoOffice: The store has no such office, or several and none was named.
            StorageFailure: The store cannot be opened.
        """
        storage = plugins.open_storage(url)
        try:
            wanted = None if region is None else _regency(region)
            if wanted is not None and not storage.offices():
                return cls._make(storage, wanted, keyring, options)
            code, profile = _one_office(storage, wanted)
        except BaseException:
            storage.close()
            raise
        return cls(storage, code, keyring=keyring or _own_keyring(profile), **options)

    @classmethod
    def init(
        cls, url: str, region: RegionCode | str, *, keyring: Keyring | None = None, **options: Any
    ) -> Office:
        """Make an office in a store, which may hold others, and open it.

        One that exists is opened. Raises as `open`.
        """
        wanted = _regency(region)
        return cls._make(plugins.open_storage(url), wanted, keyring, options)

    @classmethod
    def _make(
        cls, storage: Storage, region: RegionCode, keyring: Keyring | None, options: dict[str, Any]
    ) -> Office:
        profile = to_json({"format": 1, "secret": secrets.token_hex(32)})
        profile = storage.add_office(region.full(), profile)
        return cls(storage, region, keyring=keyring or _own_keyring(profile), **options)

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
        day = on or self._rules.settings.local_day(self._clock())
        known = settle_facts(self.catalogue, facts or {}, people or {}, day)
        return checklist(self.catalogue, services, known, day, channel)

    def inbox(self, actor: Actor, *, after: str | None = None, limit: int = 100) -> Page:
        """Give the tasks whose turn it is at the actor's posts, the most urgent first.

        With several posts they come one after the other.
        """
        self._check_actor(actor)
        queues = _queues_of(actor)
        place, position = _place_in(queues, after or "0|")
        rows, following = self.storage.find(
            self.region.full(), queue=queues[place], after=position or None, limit=limit
        )
        start = None if following is None else f"{place}|{following}"
        if start is None and place + 1 < len(queues):
            start = f"{place + 1}|"
            if len(rows) < limit:
                rest = self.inbox(actor, after=start, limit=limit - len(rows))
                return Page((*map(_task, rows), *rest.tasks), rest.next)
        return Page(tuple(map(_task, rows)), start)

    def track(self, code: TrackingCode | str) -> Tracking:
        """Say where a case is.

        Raises:
            InvalidInput: That is no tracking code.
            NotFound: There is no case of that code here.
        """
        return track(self._shelf, TrackingCode.parse(code) if isinstance(code, str) else code)

    def record(self, kind: str, key: str) -> Record:
        """Give a record as it is now.

        Raises:
            NotFound: There is none.
        """
        found = self._shelf.load({(kind, key)})
        if not found:
            raise NotFound(kind=kind, id=key)
        return next(iter(found.values())).record

    def allowed(self, actor: Actor, record: Record) -> list[str]:
        """List the commands that this actor may give about this record now.

        Each takes effect if what it says is right and somebody else approves it where they must.
        """
        if not self._is_ours(actor):
            return []
        world = World()
        case: Record | None = record
        if record.KIND in {"copy", "original"}:
            ref = application_of(record.key)
            world.add({ref}, (one.record for one in self._shelf.load({ref}).values()))
            case = world.get(ref)
        papers = set(papers_of(case))
        found = self._shelf.load(papers) if papers else {}
        world.add(papers, (one.record for one in found.values()))
        world.put(record)
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
            code: A tracking code, a paper's or a bag's id; None for the whole office.
            after: Entries after this sequence.
            limit: The most entries.
        """
        if code is None:
            entries = self.storage.journal(self.region.full(), after=after, limit=limit)
            return [read_change(one.seq, one.body) for one in entries]
        changes = [
            read_change(one.seq, one.body)
            for ref in self._about(str(code))
            for one in self.storage.journal(self.region.full(), of=ref, after=after, limit=limit)
        ]
        return sorted(changes, key=lambda one: one.seq)[:limit]

    def _about(self, name: str) -> list[tuple[str, str]]:
        """Give the records that a name is about."""
        if "/" in name:
            return [paper_ref(name)]
        if self._shelf.load({("bag", name)}):
            return [("bag", name)]
        tracked = self.track(name)
        return [("application", tracked.code), *(paper_ref(one.id) for one in tracked.papers)]

    def deliver(self, limit: int = 100, *, patience: float = 30.0) -> Delivered:
        """Deliver due messages, outside any transaction; those that fail are tried again later."""
        notifier = self._notifier
        if isinstance(notifier, str):
            notifier = self._notifier = plugins.open_notifier(notifier)
        deliverer = Deliverer(
            storage=self.storage,
            office=self.region.full(),
            keyring=self._keyring,
            notifier=notifier,
            clock=self._clock,
            language=self.language,
            patience=patience,
        )
        return deliverer.round(limit)

    def tick(self) -> list[Receipt]:
        """Let happen what time alone brings: what expires, goes home unclaimed, or closes.

        Two ticks, of whatever processes, act once.
        """
        system = Actor("system", Role.SYSTEM, self.region)
        done = []
        for command in list(due_commands(self.storage, self.region.full(), self._clock())):
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
    {"not_due", "not_allowed_now", "heading_home", "conflict", "differences_open"}
)
"""Refusals that mean that somebody did something between the look and the tick."""


def _regency(region: RegionCode | str) -> RegionCode:
    code = region if isinstance(region, RegionCode) else RegionCode.parse(region)
    from adminduk import regions

    if code.level is not Level.REGENCY or not regions.exists(code):
        raise InvalidInput.at(
            "region",
            "not_a_regency",
            N_("An office belongs to a regency or city that exists."),
            N_("a code as 35.23; look it up with `adminduk region NAME`"),
        )
    return code


def _one_office(storage: Storage, wanted: RegionCode | None) -> tuple[RegionCode, bytes]:
    """Give the office that was asked for, or the only one, with its profile."""
    offices = storage.offices()
    named = "" if wanted is None else wanted.full()
    if wanted is None and len(offices) == 1:
        named = next(iter(offices))
    if named not in offices:
        raise NoOffice(kind="office", id=named, known=list(offices))
    return RegionCode.parse(named), offices[named]


def _own_keyring(profile: bytes) -> Keyring:
    return OpenKeyring(bytes.fromhex(orjson.loads(profile)["secret"]))


def _queues_of(actor: Actor) -> list[str]:
    """Give the queues of an actor's posts; the head of office sees what the registry has."""
    queues = []
    for post in actor.posts:
        queues.append(str(post))
        if post.role is Role.HEAD_OF_OFFICE:
            queues.append(f"{Role.REGISTRY_OPERATOR.value}@{post.region}")
        if post.role is Role.DISTRICT_OPERATOR:  # villages without an operator of their own
            queues.append(f"{Role.VILLAGE_OPERATOR.value}@{post.region}")
    return queues


def _place_in(queues: Sequence[str], after: str) -> tuple[int, str]:
    """Read where a page starts: which queue, and where in it."""
    place, _, position = after.partition("|")
    if place not in map(str, range(len(queues))):
        raise InvalidInput.at(
            "after", "position", N_("No page ended there."), N_("what the page before gave as next")
        )
    return int(place), position


def _task(row: Row) -> Task:
    return Task(row.kind, row.id, row.state, row.region, row.due, row.queue)
