"""What a case must show by the rules it keeps, held against what it has shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from adminduk import regions
from adminduk.catalogue import FactValue, Item, Party, Service, Substitute, Way
from adminduk.checklist import (
    Brought,
    Checklist,
    ChecklistItem,
    Stage,
    checklist,
    progress,
    settle_facts,
)
from adminduk.decide.docket import Docket
from adminduk.errors import Fault, InvalidInput, NotFound
from adminduk.language import LANGUAGES, N_
from adminduk.records import (
    Application,
    Case,
    Channel,
    DeliveryWay,
    Evidence,
    Fate,
    Heading,
    Original,
    ProductLine,
    Role,
    Shown,
)
from adminduk.records.changed import changed
from adminduk.records.index import number_key
from adminduk.values import Level, RegionCode

__all__ = [
    "CHANNEL_OF",
    "attach_originals",
    "check_named",
    "check_people",
    "check_shown",
    "check_subjects",
    "checklist_of",
    "facts_of",
    "lines_of",
    "parties_of",
    "refresh_keys",
    "services_of",
    "village",
    "with_acts",
    "with_evidence",
]

CHANNEL_OF = {
    Role.APPLICANT: Channel.ONLINE,
    Role.VILLAGE_OPERATOR: Channel.VILLAGE,
    Role.DISTRICT_OPERATOR: Channel.DISTRICT,
    Role.FRONT_DESK: Channel.COUNTER,
}


def village(region: RegionCode) -> RegionCode:
    """Check that a region is a village that exists."""
    if region.level is not Level.VILLAGE:
        raise InvalidInput.at(
            "with.region", "not_a_village", N_("That is not a village."), N_("a village's code")
        )
    if not regions.exists(region):
        raise NotFound(kind="region", id=region.full())
    return region


def services_of(docket: Docket, services: tuple[str, ...], on: date) -> tuple[Service, ...]:
    """Give the rules of the services that hold on a day."""
    if not services:
        raise InvalidInput.at(
            "with.services", "missing", N_("Nothing is applied for."), N_("at least one service")
        )
    if len(set(services)) < len(services):
        raise InvalidInput.at(
            "with.services", "repeated", N_("A service is named twice."), N_("each service once")
        )
    return tuple(docket.rules.catalogue.service(one, on) for one in services)


def check_people(docket: Docket, application: Application, on: date) -> None:
    """Check that each service knows of each person there is what it needs to know.

    Whether there is a person at all (no mother of a foundling is known) may depend on facts.

    Raises:
        InvalidInput: Something is missing.
    """
    people = application.case.people
    facts = facts_of(docket, application, on)
    parties = parties_of(docket, application, on)
    missing: dict[str, str] = {
        f"with.people.{party.id}.{need}": need
        for several in parties.values()
        for party in several
        if party.when.holds(facts) is not False
        for need in party.needs
        if getattr(people.get(party.id), need, None) is None
    }
    _refuse_missing(missing)
    check_subjects(docket, application)


def _refuse_missing(missing: Mapping[str, str]) -> None:
    faults = [
        Fault(path, "missing", N_("{need} is needed here."), "", {"need": need})
        for path, need in missing.items()
    ]
    if faults:
        raise InvalidInput(tuple(faults))


def check_subjects(docket: Docket, application: Application) -> None:
    """Check that of each product it is told for whom it is.

    Raises:
        InvalidInput: Something is missing.
    """
    _refuse_missing(dict(_untold_subjects(docket, application)))


def check_named(docket: Docket, application: Application, shown: Mapping[str, Shown]) -> None:
    """Check that a service is about everybody who is named, and asks for all that is shown.

    Raises:
        InvalidInput: None is about somebody, or asks for something.
    """
    on = application.rules or docket.day
    parties = parties_of(docket, application, on)
    text = N_("None of the services is about such a person.")
    _must_be_known(application.case.people, parties, "with.people", "unknown_party", text)
    papers = {
        paper.id
        for service in services_of(docket, application.services, on)
        for item in service.items_on(on)
        for paper in item.papers
    }
    text = N_("None of the services asks for that.")
    _must_be_known(shown, papers, "with.evidence", "unknown_item", text)


def parties_of(docket: Docket, application: Application, on: date) -> dict[str, list[Party]]:
    """Give whom the services are about by the rules of a day, with what each must know of them."""
    found: dict[str, list[Party]] = {}
    for service in services_of(docket, application.services, on):
        for party in service.parties:
            found.setdefault(party.id, []).append(party)
    return found


def _must_be_known(
    named: Iterable[str], known: Collection[str], path: str, code: str, text: str
) -> None:
    """Check that each name is one of those that are known."""
    accepted = ", ".join(sorted(known))
    unknown = [one for one in named if one not in known]
    if unknown:
        raise InvalidInput(tuple(Fault(f"{path}.{one}", code, text, accepted) for one in unknown))


def _untold_subjects(docket: Docket, application: Application) -> Iterator[tuple[str, str]]:
    """Name what is missing of products of which it is not told for whom they are."""
    case = application.case
    for line in application.lines:
        if not _subjects(docket, line.product, case):
            first = docket.rules.catalogue.product(line.product).subject[0]
            for path in first:
                if _told(case, path) is None:
                    yield f"with.people.{path}", path.partition(".")[2]


def checklist_of(docket: Docket, application: Application, on: date) -> Checklist:
    """Work out the list of an application by the rules of a day."""
    facts = facts_of(docket, application, on)
    channel = application.channel.value
    return checklist(docket.rules.catalogue, application.services, facts, on, channel)


def with_acts(application: Application, todo: Checklist) -> Application:
    """Give the application with the acts for which its person must come."""
    return changed(application, attend=tuple(dict.fromkeys(one.id for one in todo.attend)))


def facts_of(docket: Docket, application: Application, on: date) -> dict[str, FactValue]:
    """Give the facts of a case: those that were said, and those that follow from its people."""
    case = application.case
    try:
        return settle_facts(docket.rules.catalogue, case.facts, case.people, on)
    except InvalidInput as error:
        raise InvalidInput(tuple(fault.under("with") for fault in error.faults)) from None


def check_shown(docket: Docket, application: Application, todo: Checklist) -> None:
    """Check that the list is final and that everything on it is shown as the channel asks.

    Raises:
        Refused: Facts are unknown, the service is not for this case, or items are missing.
    """
    if todo.objections:
        reasons = {
            language: [one.text.in_language(language) for one in todo.objections]
            for language in LANGUAGES
        }
        raise docket.refuse("not_eligible", N_("This cannot be applied for: {why}."), why=reasons)
    if not todo.final:
        raise docket.refuse(
            "checklist_undecided",
            N_("Questions are open that decide what must be brought: {questions}."),
            questions=[one.id for one in todo.questions],
        )
    brought = {one.item: Brought(one.shown.way) for one in application.evidence}
    missing = progress(todo, brought, docket.day).at(Stage.MISSING, Stage.WRONG_WAY)
    if missing:
        raise docket.refuse(
            "checklist_incomplete",
            N_("Not shown, or not as this channel asks: {missing}."),
            missing=list(missing),
            accepted={one.id: sorted(one.ways) for one in todo.needed if one.id in missing},
            instead=["draft"],
        )


def with_evidence(
    docket: Docket, application: Application, shown: Mapping[str, Shown]
) -> Application:
    """Give the application with these items shown anew; what the verifier said of them is void.

    Raises:
        InvalidInput: The applicant cannot show an item in that way, or the day that stands on one
            has not come yet.
    """
    ahead = [
        Fault(
            f"with.evidence.{item}.dated",
            "in_the_future",
            N_("That day has not come yet."),
            N_("a day up to today"),
        )
        for item, one in shown.items()
        if one.dated is not None and one.dated > docket.day
    ]
    if ahead:
        raise InvalidInput(tuple(ahead))
    if docket.post.role is Role.APPLICANT:
        for item, one in shown.items():
            if one.way is not Way.SCAN:
                raise InvalidInput.at(
                    f"with.evidence.{item}.way",
                    "needs_operator",
                    N_("Only an operator can say that an item was seen or handed in."),
                    "scan",
                )
    new = tuple(
        Evidence(item, one, docket.actor.id, docket.moment.at) for item, one in shown.items()
    )
    kept = tuple(one for one in application.evidence if one.item not in shown)
    return changed(application, evidence=kept + new)


def lines_of(services: tuple[Service, ...], way: DeliveryWay) -> tuple[ProductLine, ...]:
    """Give a line for each product of the services."""
    products = dict.fromkeys(product for service in services for product in service.products)
    return tuple(ProductLine(product, way) for product in products)


def refresh_keys(docket: Docket, application: Application) -> Application:
    """Work out anew by what an application is found, and what it holds against others."""
    case = application.case
    numbers = {
        number.full()
        for person in (case.applicant, *case.people.values())
        for number in (person.nik, person.kk)
        if number is not None
    }
    subjects = {
        docket.rules.blind(f"subject|{docket.rules.catalogue.product(line.product).kind}|{subject}")
        for line in application.lines
        for subject in _subjects(docket, line.product, case)
    }
    keys = {docket.rules.blind(number_key(number)) for number in numbers}
    return changed(application, keys=tuple(sorted(keys)), subjects=tuple(sorted(subjects)))


def _subjects(docket: Docket, product: str, case: Case) -> list[str]:
    """Say who or what a product is for, in each way that the case allows.

    A way that says less than another that is possible is not used: two children may share it.
    """
    ways = docket.rules.catalogue.product(product).subject
    told = [way for way in ways if all(_told(case, path) is not None for path in way)]
    return [
        "|".join(f"{path.partition('.')[2]}={_told(case, path)}" for path in way)
        for way in told
        if not any(set(way) < set(other) for other in told)
    ]


def _told(case: Case, path: str) -> str | None:
    """Give what is said of a person of the case, in the form in which it is compared."""
    party, _, name = path.partition(".")
    value = getattr(case.people.get(party), name, None)
    return None if value is None else _plain(value)


def _plain(value: object) -> str:
    text = value.full() if hasattr(value, "full") else str(value)
    return " ".join(str(text).casefold().split())


def attach_originals(docket: Docket, application: Application, todo: Checklist) -> Application:
    """Expect every original that the list has the office take in; those handed in are taken in."""
    for item in todo.needed:
        if item.surrender is None:
            continue
        if item.id not in application.originals:
            docket.add(_expected(docket, application, item), "expect")
            application = changed(application, originals=(*application.originals, item.id))
        original = docket.original(f"{application.key}/{item.id}")
        evidence = application.shown(item.id)
        handed_in = evidence is not None and evidence.shown.way is Way.HANDED_IN
        if handed_in and original.state == "expected":
            docket.move(original, "take_in", custodian=docket.post, taken_in=docket.begun)
    return application


def _made_for(docket: Docket, application: Application, paper: str) -> Iterator[str]:
    """Name the documents of the services for which the office takes a paper in."""
    on = application.rules or docket.day
    for service in services_of(docket, application.services, on):
        asked: list[Item | Substitute] = []
        for item in service.items_on(on):
            asked += [item, *item.substitutes]
        if any(one.id == paper and one.surrender is not None for one in asked):
            yield from service.products


def _expected(docket: Docket, application: Application, item: ChecklistItem) -> Original:
    assert item.surrender is not None
    return Original(
        id=f"{application.key}/{item.id}",
        application=application.id,
        region=application.region,
        state="new",
        begun=docket.begun,
        heading=Heading.HOME,
        item=item.id,
        due_before=item.surrender.due,
        fate=Fate(item.surrender.fate),
        products=tuple(_made_for(docket, application, item.id)),
        post=application.holder,
    )
