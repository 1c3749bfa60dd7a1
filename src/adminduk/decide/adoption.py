"""Cases that were there before the library: entered in the middle of their life, and marked."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.docket import Docket
from adminduk.decide.requirements import (
    check_named,
    check_subjects,
    facts_of,
    lines_of,
    refresh_keys,
    services_of,
    village,
)
from adminduk.decide.road import waits_until
from adminduk.decide.settling import order_copy
from adminduk.errors import Fault, InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Application,
    Case,
    Copy,
    DeliveryWay,
    LastCopy,
    Place,
    Post,
    ProductLine,
    Role,
    Shelved,
)
from adminduk.records.changed import changed
from adminduk.values import Level, RegionCode

__all__ = ["adopt"]


def adopt(docket: Docket, command: c.Adopt) -> None:
    """Enter a verified case with its documents where they are said to be.

    What its services produce and is not named among the documents is ordered, to be printed.
    """
    assert command.application is not None, "the office gives a code before it asks"
    rules = services_of(docket, command.services, docket.day)
    application = Application(
        id=command.application,
        region=village(command.region),
        state="new",
        begun=docket.begun,
        services=command.services,
        channel=command.channel,
        rules=docket.day,
        lines=lines_of(rules, DeliveryWay.COURIER),
        holder=Post(Role.VILLAGE_OPERATOR, village(command.region)),
        submitted_by=docket.actor.id,
        adopted=command.source,
        personal=Case(command.applicant, command.people, command.facts),
    )
    if not application.lines:
        text = N_("Nothing of that is delivered, so there is nothing to adopt.")
        raise InvalidInput.at("with.services", "nothing_to_adopt", text)
    check_named(docket, application, {})
    facts_of(docket, application, docket.day)
    check_subjects(docket, application)
    _check_papers(docket, application, command.papers)
    application = docket.add(refresh_keys(docket, application), "adopt")
    for paper in command.papers:
        application = _shelve(docket, application, paper)
    for line in application.lines:
        if not line.numbers:
            application = order_copy(docket, application, line.product)
    docket.put(application)


def _check_papers(docket: Docket, application: Application, papers: tuple[Shelved, ...]) -> None:
    """Check that each is a document of the case, named once, with what it is printed on."""
    products = [line.product for line in application.lines]
    faults = []
    for place, paper in enumerate(papers):
        path = f"with.papers[{place}]"
        if paper.product not in products:
            text = N_("The case delivers no such product.")
            faults.append(Fault(f"{path}.product", "unknown_product", text, ", ".join(products)))
            continue
        if paper.product in {one.product for one in papers[:place]}:
            text = N_("A paper is named twice.")
            faults.append(Fault(f"{path}.product", "repeated", text, N_("each paper once")))
        on_blank = docket.rules.catalogue.product(paper.product).form == "blank"
        if on_blank != bool(paper.blank):
            text = N_("It is printed on a numbered blank, or it is not.")
            accepted = N_("the number of its blank") if on_blank else N_("no blank")
            faults.append(Fault(f"{path}.blank", "blank", text, accepted))
    if faults:
        raise InvalidInput(tuple(faults))


def _shelve(docket: Docket, application: Application, paper: Shelved) -> Application:
    """Enter a document where it is said to be."""
    number = application.copies + 1
    way = DeliveryWay.COUNTER if paper.place is Place.COUNTER else DeliveryWay.COURIER
    copy = Copy(
        id=f"{application.key}/{number}",
        application=application.id,
        region=application.region,
        state="new",
        begun=docket.begun,
        product=paper.product,
        document=docket.rules.catalogue.product(paper.product).document,
        number=number,
        way=way,
        custodian=(holder := _holder(application.region, paper.place)),
        since=None if holder is None else docket.begun,
        blank=paper.blank,
        adopted=True,
    )
    copy = docket.add(copy, "adopt")
    if copy.state in {"at_district", "at_village", "at_counter"}:
        docket.put(changed(copy, due=waits_until(docket, copy.state)))
    lines = tuple(
        ProductLine(one.product, way, numbers=(number,), last=LastCopy.ALIVE)
        if one.product == paper.product
        else one
        for one in application.lines
    )
    return changed(application, lines=lines, copies=number)


def _holder(region: RegionCode, place: Place) -> Post | None:
    """Give the post that answers for what is at a place."""
    if place is Place.HANDED_OVER:
        return None
    role, level = _POSTS[place]
    return Post(role, region if level is Level.VILLAGE else region.ancestor(level))


_POSTS = {
    Place.OFFICE: (Role.PRINT_OPERATOR, Level.REGENCY),
    Place.COUNTER: (Role.FRONT_DESK, Level.REGENCY),
    Place.DISTRICT: (Role.DISTRICT_OPERATOR, Level.DISTRICT),
    Place.VILLAGE: (Role.VILLAGE_OPERATOR, Level.VILLAGE),
}
