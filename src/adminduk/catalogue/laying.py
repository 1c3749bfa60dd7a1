"""Laying overlays over the national rules: never by silence, and never two on one place.

A service is cut where an overlay begins or ends, and each part is changed by what holds on all of
its days. Since no two changes meet, the order in which they are laid does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final, Literal

from attrs import evolve, frozen

from adminduk.catalogue.checking import check_item
from adminduk.catalogue.days import after, first_gap, parts
from adminduk.catalogue.model import Catalogue
from adminduk.catalogue.overlay import Overlay, Relaxation
from adminduk.catalogue.paper import Item
from adminduk.catalogue.service import Service, Standard
from adminduk.catalogue.tables import Placed
from adminduk.errors import Fault
from adminduk.language import N_

__all__ = ["faults_of_items", "faults_of_laying", "laid"]

_Kind = Literal["add", "relax", "replace", "standard"]


@frozen(eq=False)
class _Change:
    """One thing that an overlay changes.

    Attributes:
        path: Where it stands.
        kind: What it does.
        overlay: The overlay.
        says: What it says.
    """

    path: str
    kind: _Kind
    overlay: Overlay
    says: Item | Relaxation | Standard

    @property
    def about(self) -> tuple[str, str]:
        """What it changes: of a service the paper, or its standard (no paper)."""
        paper = "" if isinstance(self.says, Standard) else self.says.paper.id
        return self.overlay.service, paper

    def holds_for(self, service: Service) -> bool:
        """Whether it holds for these rules of a service, which were cut where it begins."""
        return self.overlay.service == service.id and self.overlay.in_force(service.since)


def laid(national: Catalogue, overlays: Iterable[Overlay]) -> Catalogue:
    """Lay sound overlays, all of one regency, over the national rules."""
    changes = list(_changes(("", one) for one in overlays))
    touched = {one.overlay.service for one in changes}
    periods = {
        name: _changed(services, changes) if name in touched else services
        for name, services in national.periods.items()
    }
    return evolve(national, periods=periods)


def faults_of_laying(national: Catalogue, overlays: Placed[Overlay]) -> Iterator[Fault]:
    """Give everything for which overlays of one regency cannot be laid over the national rules."""
    for path, overlay in overlays:
        gap = first_gap(overlay, overlay.since, national.periods[overlay.service])
        if gap is not None:
            text = N_("On {day} the service has no rules to change.")
            yield Fault(path, "no_rule", text, facts={"day": gap.isoformat()})
    changes = list(_changes(overlays))
    for one, other in combinations(changes, 2):
        if one.about == other.about and _meet(one.overlay, other.overlay):
            text = N_("{other} says something else of it for the same days.")
            yield Fault(other.path, "contradiction", text, facts={"other": one.path})
    for change in changes:
        yield from _fault_of(change, national.periods[change.overlay.service])


def faults_of_items(national: Catalogue, overlays: Placed[Overlay]) -> Iterator[Fault]:
    """Give what is wrong with the items of overlays that can be laid."""
    for change in _changes(overlays):
        if isinstance(change.says, Item):
            first = next(
                one
                for one in national.periods[change.overlay.service]
                if one.in_force(change.overlay.since)
            )
            yield from check_item(national, first, change.says, change.path)


def _changes(overlays: Iterable[tuple[str, Overlay]]) -> Iterator[_Change]:
    for path, one in overlays:
        said: Mapping[_Kind, Sequence[Item | Relaxation]] = {
            "add": one.add,
            "relax": one.relax,
            "replace": one.replace,
        }
        for kind, parts_of_it in said.items():
            for place, it in enumerate(parts_of_it):
                yield _Change(f"{path}.{kind}[{place}]", kind, one, it)
        if one.standard is not None:
            yield _Change(f"{path}.standard", "standard", one, one.standard)


def _meet(one: Overlay, other: Overlay) -> bool:
    return one.in_force(max(one.since, other.since)) and other.in_force(max(one.since, other.since))


def _changed(services: Sequence[Service], changes: Sequence[_Change]) -> tuple[Service, ...]:
    """Give the rules of a service with the changes, cut where a change begins or ends."""
    return tuple(
        _with(part, [one for one in changes if one.holds_for(part)])
        for service in services
        for part in _cut(service, [one.overlay for one in changes])
    )


def _cut(service: Service, overlays: Sequence[Overlay]) -> Iterator[Service]:
    """Cut the rules of a time where an overlay of the service begins or ends."""
    bounds = [
        day
        for one in overlays
        if one.service == service.id
        for day in (one.since, after(one.until))
        if day is not None and service.in_force(day)
    ]
    for since, until in parts([service.since, *bounds]):
        yield evolve(service, since=since, until=service.until if until is None else until)


def _with(service: Service, changes: Iterable[_Change]) -> Service:
    for one in changes:
        match one.says:
            case Standard():
                service = evolve(service, standard=one.says)
            case Item() if one.kind == "add":
                service = evolve(service, items=(*service.items, one.says))
            case _:
                service = _instead(service, one.says)
    return service


def _instead(service: Service, says: Item | Relaxation) -> Service:
    """Put what a change says in the place of the items that ask for its paper."""
    place, old = next(
        (place, one) for place, one in enumerate(service.items) if one.id == says.paper.id
    )
    new = says.of(old) if isinstance(says, Relaxation) else says
    others = [one for one in service.items if one.id != says.paper.id]
    return evolve(service, items=(*others[:place], new, *others[place:]))


_NOT_THERE: Final[Mapping[_Kind, str]] = {
    "relax": N_("On {day} the service does not ask for this paper, so it cannot be relaxed."),
    "replace": N_("On {day} the service does not ask for this paper, so it cannot be replaced."),
}


def _fault_of(change: _Change, services: Iterable[Service]) -> Iterator[Fault]:
    """Find a change of what is not there, or an addition of what is."""
    for service in services:
        for part in _cut(service, [change.overlay]):
            if not change.holds_for(part):
                continue
            items = [one for one in part.items if one.id == change.about[1]]
            if change.kind in _NOT_THERE:
                gap = first_gap(part, part.since, items)
                if gap is not None:
                    yield _fault_on(change, gap, "not_asked_for", _NOT_THERE[change.kind])
                    return
            elif change.kind == "add" and (day := _first_day(part, items)):
                text = N_("On {day} the service asks for this paper already.")
                yield _fault_on(change, day, "asked_already", text)
                return


def _fault_on(change: _Change, day: date, code: str, text: str) -> Fault:
    return Fault(f"{change.path}.paper", code, text, facts={"day": day.isoformat()})


def _first_day(service: Service, items: Iterable[Item]) -> date | None:
    """Give the first day of a service's rules on which any of the items is asked for."""
    days = [max(service.since, one.since or service.since) for one in items]
    return next(
        (
            day
            for day in sorted(days)
            if service.in_force(day) and any(one.in_force(day) for one in items)
        ),
        None,
    )
