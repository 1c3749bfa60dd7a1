"""An office with its people and its clock, so that a test says what they do.

    town = Town()
    case = town.printed("ktp-hilang")  # submitted by Siti, verified by Budi, printed by Wahyu
    town.run(case.copy)                # bagged, taken along by Agus, counted by Dewi
    town.siti.collect(case.copy)
    town.siti.hand_over(case.copy, to=OWNER)
    assert town.state(case) == "completed"

Everybody is invented. Kerek (35.23.08) and Jenu (35.23.12) are districts of Tuban.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import count
from random import Random
from string import Formatter
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve, frozen

from adminduk import Actor, AdmindukError, Office, Person, Role, commands
from adminduk.catalogue import Way
from adminduk.codec import parse_json
from adminduk.errors import InvalidInput
from adminduk.office import Receipt
from adminduk.records import (
    Application,
    Bag,
    Collector,
    Copy,
    DeliveryWay,
    Letter,
    Original,
    Post,
    Record,
    Relation,
    Scan,
    Shown,
    Witness,
)
from adminduk.values import Sex

TUBAN = "35.23"
KEREK, JENU = "35.23.08", "35.23.12"
GEMULUNG, SIDONGANTI, SOCOREJO = "35.23.08.2001", "35.23.08.2002", "35.23.12.2002"
MONDAY = datetime(2021, 7, 12, 1, 0, tzinfo=UTC)

SITI = Actor("siti", Role.VILLAGE_OPERATOR, GEMULUNG)
JOKO = Actor("joko", Role.VILLAGE_OPERATOR, SIDONGANTI)
RINI = Actor("rini", Role.VILLAGE_OPERATOR, SOCOREJO)
DEWI = Actor("dewi", Role.DISTRICT_OPERATOR, KEREK)
EKO = Actor("eko", Role.DISTRICT_OPERATOR, JENU)
BUDI = Actor("budi", Role.REGISTRY_OPERATOR, TUBAN)
RATNA = Actor("ratna", Role.REGISTRY_OPERATOR, TUBAN)
WAHYU = Actor("wahyu", Role.PRINT_OPERATOR, TUBAN)
AGUS = Actor("agus", Role.COURIER, TUBAN)
LESTARI = Actor("lestari", Role.FRONT_DESK, TUBAN)
HADI = Actor("hadi", Role.HEAD_OF_OFFICE, TUBAN)
AMINAH = Actor("aminah", Role.APPLICANT, GEMULUNG)
SYSTEM = Actor("system", Role.SYSTEM, TUBAN)

OWNER = Collector(name="Aminah Wulandari", relation=Relation.SELF)
LETTER = Letter("474/12/2021", date(2021, 7, 12))
SIGNED = "Hadi Purnomo"
WITNESS = Witness(name="Sri Rahayu", position="Kepala Bidang Pendaftaran Penduduk")

_BY_EVENT = {**commands.BY_NAME, "send_back": commands.Return}  # `return` is Python's
_WAYS = (Way.SCAN, Way.SEEN, Way.HANDED_IN)
_ANSWERS: dict[str, bool | int | str] = {
    "applicant_relation": "self",
    "birth_letter": True,
    "child_age": 0,
    "child_has_akta": True,
    "days_since_birth": 10,
    "document_kind": "paper",
    "ever_married": True,
    "foundling": False,
    "holder_age": 30,
    "nik_in_form": True,
    "parents_marriage": "recorded",
}
"""Answers to questions of the checklist; any other is answered by its last choice."""


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def wait(self, **time: float) -> None:
        """Let time pass: `wait(days=3)`."""
        self.now += timedelta(**time)


def seeded_ids(seed: int = 7) -> Callable[[], UUID]:
    """Give ids that are the same on every run."""
    random = Random(seed)  # noqa: S311 - ids that can be told apart are enough
    return lambda: UUID(int=random.getrandbits(128), version=4)


@frozen
class Case:
    """An application as its people speak of it; its papers by their ids."""

    code: str

    @property
    def copy(self) -> str:
        """Its first copy."""
        return self.copies(1)

    def copies(self, number: int) -> str:
        """Its copy of a number."""
        return f"{self.code}/{number}"

    def original(self, item: str) -> str:
        """An original of it."""
        return f"{self.code}/{item}"


class Told:
    """A notifier that keeps who was told what."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, _key: str, to: str, text: str) -> None:
        """Take a message."""
        self.sent.append((to, text))

    def since_last(self, office: Office) -> list[tuple[str, str]]:
        """Deliver what waits, and give it."""
        self.sent.clear()
        office.deliver(limit=1000)
        return list(self.sent)


@frozen
class Hand:
    """Somebody at work: `siti.collect(card)` gives the command Collect about that card.

    Whoever else must approve is said by name: `approved_by=HADI`.
    """

    office: Office
    actor: Actor

    def __getattr__(self, event: str) -> Callable[..., Receipt]:
        if event not in _BY_EVENT:
            raise AttributeError(event)
        return partial(self.does, _BY_EVENT[event])

    def does(self, kind: type[commands.Command], about: Case | str, **fields: Any) -> Receipt:
        """Give a command of a kind about a record."""
        return self.office.do(command(kind, about, **fields), by=self.actor)

    def can(self, about: Record) -> set[str]:
        """Say what they may do now."""
        return set(self.office.allowed(self.actor, about))


def command(kind: type[commands.Command], about: Case | str, **fields: Any) -> Any:
    """Make a command of a kind about a record."""
    name = about.code if isinstance(about, Case) else about
    return kind(**{kind.SUBJECT: name, **fields})


class Town:
    """An office with its people, its clock, and short ways to bring a case to a place."""

    def __init__(self, url: str = "memory:", **options: Any) -> None:
        self.clock = options.pop("clock", None) or Clock()
        ids = options.pop("ids", None) or seeded_ids()
        settings = options.pop("settings", {})
        told = {"chance": lambda: 0.0, **options}
        self.office = Office.open(url, TUBAN, clock=self.clock, ids=ids, **told)
        self._families = count(1)
        self._labels = count(1)
        self.siti, self.joko, self.rini = map(self.hand, (SITI, JOKO, RINI))
        self.dewi, self.eko = map(self.hand, (DEWI, EKO))
        self.budi, self.ratna, self.wahyu = map(self.hand, (BUDI, RATNA, WAHYU))
        self.agus, self.lestari, self.hadi = map(self.hand, (AGUS, LESTARI, HADI))
        self.aminah, self.system = map(self.hand, (AMINAH, SYSTEM))
        if settings:
            self.office.do(commands.ChangeSettings(**settings), by=HADI)

    def hand(self, actor: Actor) -> Hand:
        """Let somebody work here."""
        return Hand(self.office, actor)

    # --- what is there ---------------------------------------------------------------------------

    def application(self, case: Case) -> Application:
        """Give an application as it is now."""
        found = self.office.record("application", case.code)
        assert isinstance(found, Application)
        return found

    def paper(self, item: str) -> Copy | Original:
        """Give a copy or an original as it is now."""
        kind = "copy" if item.rpartition("/")[2].isdigit() else "original"
        found = self.office.record(kind, item)
        assert isinstance(found, Copy | Original)
        return found

    def bag(self, name: str) -> Bag:
        """Give a bag as it is now."""
        found = self.office.record("bag", name)
        assert isinstance(found, Bag)
        return found

    def record(self, thing: Case | str) -> Record:
        """Give a case, a paper or a bag as it is now."""
        if isinstance(thing, Case):
            return self.application(thing)
        return self.paper(thing) if "/" in thing else self.bag(thing)

    def state(self, thing: Case | str) -> str:
        """Say in which state a case, a paper or a bag is."""
        return self.record(thing).state

    def holder(self, thing: str) -> str:
        """Say which post answers for a paper or a bag; empty where none does."""
        post = self.record(thing).custodian  # type: ignore[union-attr] # no case is asked
        return "" if post is None else str(post)

    def word(self, case: Case) -> str:
        """Say what people are told."""
        return self.office.track(case.code).standing.word.value

    def told(self, case: Case) -> Counter[str]:
        """Say what people were told about a case and do not know yet, by kind of message."""
        office = self.office
        bodies = [parse_json(one.body) for one in office.storage.messages(TUBAN, parked=False)]
        return Counter(
            parse_json(office._keyring.open(case.code, one["sealed"]))["template"]
            for one in bodies
            if one.get("owner") == case.code
        )

    @contextmanager
    def refuses(self, code: str, at: str = "") -> Iterator[pytest.ExceptionInfo[AdmindukError]]:
        """Expect a refusal: by its code, in words of both languages, and with nothing stored.

        Args:
            code: What is wrong.
            at: The field that it is wrong in.
        """
        before = self.office.journal(limit=100_000)
        with pytest.raises(AdmindukError) as raised:
            yield raised
        error = raised.value
        faults = error.faults if isinstance(error, InvalidInput) else ()
        assert code in [error.code, *(fault.code for fault in faults)], str(error)
        told = [(error.text, error.facts)]
        told += [(f"{one.text} {one.accepted}", one.facts) for one in faults]
        for text, facts in told:
            assert names_in(text) <= set(facts), f"{text} does not say all that it should"
        assert not at or at in [fault.path for fault in faults], str(error)
        assert set(error.facts.get("instead", ())) <= {*commands.BY_NAME, *DeliveryWay}
        assert error.message("id")
        assert error.message("en")
        assert self.office.journal(limit=100_000) == before

    # --- a case on its way -----------------------------------------------------------------------

    def order(
        self,
        *services: str,
        by: Actor = SITI,
        handed_in: bool = True,
        region: str = GEMULUNG,
        **fields: Any,
    ) -> commands.Submit:
        """Make the order of a case of a family of its own, in which everything is shown.

        Args:
            services: What is applied for.
            by: Who will submit it; decides how things are shown.
            handed_in: Originals that may be handed in are.
            region: The village of the family.
            fields: What is said instead: `people`, `facts`, `evidence`, …
        """
        people = self.family(*services) | fields.pop("people", {})
        channel = {
            Role.VILLAGE_OPERATOR: "village",
            Role.DISTRICT_OPERATOR: "district",
            Role.FRONT_DESK: "counter",
        }.get(by.role, "online")
        known = dict(fields.pop("facts", {}))
        todo = self.office.checklist(*services, facts=known, people=people, channel=channel)
        while todo.questions:
            fact = todo.questions[0]
            known[fact.id] = _ANSWERS.get(fact.id, fact.domain[-1])
            todo = self.office.checklist(*services, facts=known, people=people, channel=channel)
        evidence = {
            one.id: shown(one.id, _way(one.ways, handed_in and one.surrender is not None))
            for one in todo.needed
        } | fields.pop("evidence", {})
        applicant = Person(name="Aminah Wulandari", phone="0812-3456-7890")
        return commands.Submit(
            region=region,
            services=services,
            people=people,
            facts=known,
            evidence=evidence,
            **{"applicant": applicant, **fields},
        )

    def family(self, *services: str) -> dict[str, Person]:
        """Invent the people whom services are about, others for each case."""
        number = next(self._families)
        on = self.clock.now.date()
        rules = [self.office.catalogue.service(one, on) for one in services]
        needed: dict[str, set[str]] = {}
        for rule in rules:
            for party in rule.parties:
                if party.needs:
                    needed.setdefault(party.id, set()).update(party.needs)
        if "kia-baru-0-5" in services and "mother" not in needed:
            needed["child"].add("nik")  # it was born long enough ago to have one
        return {party: person(number, party, needs) for party, needs in needed.items()}

    def case(self, *services: str, by: Actor = SITI, **fields: Any) -> Case:
        """Submit a case."""
        receipt = self.office.do(self.order(*services, by=by, **fields), by=by)
        return Case(receipt.records[0].id)

    def draft(self, *services: str, by: Actor = SITI, **fields: Any) -> Case:
        """Draft a case that shows everything."""
        order = self.order(*services, by=by, **fields)
        names = ("region", "services", "applicant", "people", "facts", "evidence")
        said = {name: getattr(order, name) for name in names}
        return Case(self.office.do(commands.Draft(**said), by=by).records[0].id)

    def items(self, case: Case) -> tuple[str, ...]:
        """Name the items that a case has shown."""
        return tuple(one.item for one in self.application(case).evidence)

    def verify(self, case: Case, by: Actor = BUDI) -> None:
        """Accept everything and verify."""
        self.hand(by).verify(case, accepted=self.items(case))

    def verified(self, *services: str, **fields: Any) -> Case:
        """Bring a case as far as its copies are ordered."""
        case = self.case(*services, **fields)
        for act in self.application(case).attend:
            self.lestari.attend(case, act=act)
        self.verify(case)
        return case

    def print(self, item: str) -> None:
        """Print a copy: on the next blank, or on paper with the head's signature."""
        copy = self.paper(item)
        assert isinstance(copy, Copy)
        on_blank = self.office.catalogue.product(copy.product).form == "blank"
        how = {"blank": self.label("B")} if on_blank else {"signature": SIGNED}
        self.wahyu.print(item, **how)

    def printed(self, *services: str, **fields: Any) -> Case:
        """Bring a case as far as all its copies are printed."""
        case = self.verified(*services, **fields)
        for number in range(1, self.application(case).copies + 1):
            self.print(case.copies(number))
        return case

    def at_district(self, *services: str, **fields: Any) -> Case:
        """Bring a case as far as its first copy is at the district."""
        case = self.printed(*services, **fields)
        self.run(case.copy)
        return case

    def at_village(self, *services: str, **fields: Any) -> Case:
        """Bring a case as far as its first copy is with the village operator."""
        case = self.at_district(*services, **fields)
        self.siti.collect(case.copy)
        return case

    def at_counter(self, *services: str, **fields: Any) -> Case:
        """Bring an urgent case as far as its first copy is at the counter."""
        case = self.printed(*services, **fields)
        product = self.application(case).lines[0].product
        self.siti.choose_delivery(case, product=product, way="counter", letter=LETTER)
        self.lestari.to_counter(case.copy)
        return case

    def delivered(self, *services: str, home: str) -> str:
        """Bring a case of one document to its end, and an original of it home; give that."""
        case = self.at_village(*services)
        self.siti.hand_over(case.copy, to=OWNER)
        self.dewi.hand_in(case.original(home))
        self.home(case.original(home))
        return case.original(home)

    def label(self, prefix: str) -> str:
        """Give a label that nothing has yet."""
        return f"{prefix}-{next(self._labels)}"

    # --- bags -------------------------------------------------------------------------------------

    def planned(self, *papers: str, to: str = KEREK, by: Actor = WAHYU) -> str:
        """Plan a bag."""
        name = self.label("BAG")
        self.hand(by).plan(name, to=to, items=papers)
        return name

    def sealed(self, *papers: str, **where: Any) -> str:
        """Plan and seal a bag."""
        name = self.planned(*papers, **where)
        self.hand(where.get("by", WAHYU)).seal(name, count=len(papers), seal=self.label("S"))
        return name

    def departed(self, *papers: str, **where: Any) -> str:
        """Send a bag on its way."""
        name = self.sealed(*papers, **where)
        self.agus.depart(name)
        return name

    def arrived(self, *papers: str, seal_whole: bool = True, **where: Any) -> str:
        """Bring a bag to its receiver, who has not counted it yet."""
        name = self.departed(*papers, **where)
        self.receiver(name).arrive(name, seal_whole=seal_whole)
        return name

    def run(self, *papers: str, **where: Any) -> str:
        """Bring papers in a bag to its receiver, who finds all of them in it."""
        name = self.arrived(*papers, **where)
        self.receiver(name).count(name, arrived=papers)
        self.receiver(name).finish(name)
        return name

    def home(self, *papers: str, by: Actor = DEWI) -> str:
        """Bring papers in a bag from a district home to the office."""
        return self.run(*papers, to=TUBAN, by=by)

    def receiver(self, name: str) -> Hand:
        """Give the hand of who receives a bag."""
        post = self.bag(name).receiver
        return self.hand(next(one for one in (DEWI, EKO, WAHYU) if post in one.posts))


@pytest.fixture
def town() -> Town:
    """Give an office in memory, on a Monday morning."""
    return Town()


def person(number: int, party: str, needs: set[str] | frozenset[str]) -> Person:
    """Invent somebody: with the name, and of the rest what is needed of them."""
    age = {"child": date(2021, 7, 2)}.get(party, date(1990, 3, 5))
    serial = f"{number:04}"
    known: dict[str, Any] = {
        "nik": f"35230845{age:%m%y}{serial}",
        "kk": f"352308120315{serial}",
        "birth_date": age,
        "sex": Sex.FEMALE,
        "phone": "0812-3456-7890",
        "birth_order": 1,
    }
    names = {"child": "Bintang Pertiwi", "mother": "Aminah Wulandari"}
    return Person(
        name=names.get(party, "Slamet Wulandari"),
        **{name: known[name] for name in known if name in needs},
    )


def scan(of: str) -> Scan:
    """Give a scan of something."""
    return Scan(sha256(of.encode()).hexdigest(), "application/pdf", 120_000)


def shown(item: str, way: Way = Way.SCAN) -> Shown:
    """Show an item in a way."""
    return Shown(way, (scan(item),) if way is Way.SCAN else ())


def _way(ways: frozenset[Way], handed_in: bool) -> Way:
    return min(ways, key=lambda one: (handed_in and one is not Way.HANDED_IN, _WAYS.index(one)))


def also(actor: Actor, *posts: tuple[Role, str]) -> Actor:
    """Give an actor who fills further posts."""
    return evolve(actor, also=tuple(Post(role, region) for role, region in posts))


def names_in(template: str) -> set[str]:
    """Give the names of the facts that a sentence has room for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def without_notes(receipt: Receipt) -> Mapping[str, Any]:
    """Give what a receipt answers, but whether it was given before."""
    return receipt.as_dict() | {"repeated": None}
