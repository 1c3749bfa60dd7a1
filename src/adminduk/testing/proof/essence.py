"""What of a record decides anything: the rest is left out, so that equal situations are one state.

Of time only this is left: that a term has passed, or has not yet.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, Final

from adminduk.records import (
    Application,
    Bag,
    Copy,
    DeliveryWay,
    Evidence,
    LastCopy,
    Original,
    Paper,
    ProductLine,
    Record,
    Role,
)
from adminduk.records.changed import changed
from adminduk.regions.zones import WIB
from adminduk.testing.cast import CAST

__all__ = ["LATER", "NOW", "PAST", "essence", "has_ended", "is_forgotten", "key_of", "term_passed"]

NOW: Final = datetime(2021, 7, 12, 9, tzinfo=WIB)
"""When everything happens."""
PAST: Final = NOW - timedelta(days=1)
LATER: Final = NOW + timedelta(days=1000)

_ENDED: Final = {
    "application": {"completed", "rejected", "withdrawn", "expired", "lapsed"},
    "copy": {"handed_over", "issued", "destroyed", "cancelled", "revoked", "lost"},
    "original": {"handed_over", "filed", "destroyed", "waived", "lost"},
    "bag": {"closed", "cancelled", "written_off"},
}
"""States in which nobody has anything left to do; what is lost may be found all the same."""


_USUAL: Final = DeliveryWay.COURIER
_DECLARERS: Final = {
    one.id
    for one in CAST
    if {post.role for post in one.posts} & {Role.REGISTRY_OPERATOR, Role.HEAD_OF_OFFICE}
}
"""Who declares papers lost, and may not if they reported them."""


def has_ended(record: Record) -> bool:
    """Whether nothing is left to be done about a record."""
    differences = record.differences if isinstance(record, Bag) else ()
    is_settled = all(one.outcome is not None for one in differences)
    return record.state in _ENDED[record.KIND] and is_settled


def essence(record: Record) -> Record | None:
    """Give of a record what decides anything; None where nothing of it does any more."""
    return _ESSENCES.get(record.KIND, _nothing)(record)


def key_of(record: Record) -> Hashable:
    """Give what two records of the same essence have in common, and no others."""
    fields = dict(record.__dict__)
    if isinstance(record, Application):
        fields["personal"] = tuple(sorted(record.case.faults))
    return record.KIND, *fields.values()


def term_passed(record: Record) -> Record | None:
    """Give a record as it is when its term has passed; None where there is nothing to wait for."""
    if record.due == LATER:
        return changed(record, due=PAST)
    if isinstance(record, Application) and record.taken is not None:
        return changed(record, taken=None)
    return None


def is_forgotten(record: Record) -> bool:
    """Whether a bag may never be seen again, so that another one has its place."""
    return record.state == "written_off" and has_ended(record)


def _nothing(_: Record) -> None:
    """Leave out what is only written down, as minutes are."""


def _term(due: datetime | None) -> datetime | None:
    if due is None:
        return None
    return PAST if due <= NOW else LATER


def _of_application(one: Application) -> Application:
    if one.state in _ENDED["application"]:
        return _of_ended(one)
    return changed(
        one,
        begun=NOW,
        lines=tuple(_of_line(line, one.state) for line in one.lines),
        evidence=tuple(sorted(map(_of_evidence, one.evidence), key=lambda shown: shown.item)),
        attended=tuple(sorted(one.attended)),
        taken=None if one.taken is None else changed(one.taken, until=LATER),
        prepared_by=tuple(sorted(one.prepared_by)),
        corrected_by=tuple(sorted(one.corrected_by)),
        keys=(),
        due=_term(one.due) if one.state in {"draft", "returned"} else None,
        personal=changed(one.case, reason=""),
        version=0,
    )


def _of_ended(one: Application) -> Application:
    """Give of a case that has ended what its papers still go by."""
    lines = (changed(line, way=_USUAL, letter=None, last=LastCopy.NONE) for line in one.lines)
    return changed(
        one,
        begun=NOW,
        lines=tuple(changed(line, promise=None) for line in lines),
        evidence=(),
        attended=(),
        taken=None,
        prepared_by=(),
        corrected_by=(),
        keys=(),
        due=None,
        personal=changed(one.case, faults={}, reason=""),
        version=0,
    )


def _of_line(line: ProductLine, state: str) -> ProductLine:
    """Leave out what is promised; the letter is asked for again only of a draft."""
    return changed(line, promise=None, letter=line.letter if state == "draft" else None)


def _of_evidence(one: Evidence) -> Evidence:
    verdict = None if one.verdict is None else changed(one.verdict, by="")
    return changed(one, by="", at=NOW, verdict=verdict)


def _on_the_road(one: Paper) -> dict[str, Any]:
    """Give what is left out of copies and originals."""
    may_not_declare = one.state != "missing" or one.reported_by not in _DECLARERS
    return {
        "begun": NOW,
        "since": None if one.since is None else NOW,
        "missed": None if one.missed is None else NOW,
        "answered": None,
        "reported_by": "" if may_not_declare else one.reported_by,
        "irregular": False,
        "minutes": "",
        "note": "",
        "personal": None,
        "version": 0,
    }


def _of_copy(one: Copy) -> Copy:
    waits = one.state in {"at_district", "at_village", "at_counter"} and one.heading == "out"
    lapses = one.state == "at_office" and one.why == "unclaimed"
    over = one.condemned or has_ended(one)
    return changed(
        one,
        **_on_the_road(one),
        due=_term(one.due) if waits or lapses else None,
        way=_USUAL if over else one.way,
        letter=None,
        spoiled=(),
        promise=None,
        reached=None,
        originals=(),
        reminded=0,
    )


def _of_original(one: Original) -> Original:
    taken_in = None if one.taken_in is None else NOW
    return changed(one, **_on_the_road(one), due=None, taken_in=taken_in)


def _of_bag(one: Bag) -> Bag | None:
    if one.state in {"closed", "cancelled"}:
        return None  # its name is free for another
    written_off = one.state == "written_off"
    differences = {
        (d.item, d.kind, str(d.answerable), str(d.outcome)): d
        for d in one.differences
        if d.outcome is None or (written_off and d.outcome in {"lost", "replaced"})
    }
    return changed(
        one,
        begun=NOW,
        since=None if one.since is None else NOW,
        plan=tuple(sorted(one.plan)),
        count=0,
        check="",
        asked=0,
        differences=tuple(d for _, d in sorted(differences.items())),
        note="",
        due=None,
        version=0,
    )


_ESSENCES: Final[dict[str, Callable[[Any], Record | None]]] = {
    "application": _of_application,
    "copy": _of_copy,
    "original": _of_original,
    "bag": _of_bag,
}
