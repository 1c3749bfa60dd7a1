"""Importing a bundle: its commands are given by who signed it, one after the other.

A command that was done before answers as it did then, so a bundle may come twice, or be imported
again where it broke off; one that comes late or before another is refused as any command is, and
may be imported again later. What was refused is told with what the office has in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from attrs import evolve, fields, frozen, has

from adminduk.bundles.bundle import Bundle
from adminduk.codec import Order
from adminduk.errors import AdmindukError, InvalidInput, NotFound, Refused, StorageFailure
from adminduk.journal import Change
from adminduk.language import N_
from adminduk.office import Office, Receipt, Tracking
from adminduk.office.naming import scans_in
from adminduk.records import Actor, Scan
from adminduk.scans.accepting import accept
from adminduk.values import TrackingCode

__all__ = ["Outcome", "Theirs", "import_bundle"]

T = TypeVar("T")

_TOLD: Final = ("do", "by", "post", "at", "recorded")
_OF_RULES: Final = frozenset(
    {
        "checklist_incomplete",
        "no_rule_in_force",
        "unknown_fact",
        "unknown_item",
        "unknown_party",
        "unknown_service",
        "unknown_value",
    }
)
"""Codes of what `make_bundle` refuses wherever the rules are those of the office."""


@frozen
class Theirs:
    """What the office has, where a bundle wants something else.

    Attributes:
        case: Where the case is.
        last: What happened to it last.
    """

    case: Tracking
    last: Change

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it for whoever sent the bundle, who may know no more of the case than its code."""
        last = self.last.as_dict()
        return {**self.case.as_dict(language), "last": {name: last[name] for name in _TOLD}}


@frozen
class Outcome:
    """What became of a command of a bundle.

    Attributes:
        order: The command.
        receipt: The answer to it; None: it was refused.
        refusal: Why it was.
        theirs: What the office has in its place, as far as the refusal is about that.
    """

    order: Order
    receipt: Receipt | None = None
    refusal: AdmindukError | None = None
    theirs: tuple[Theirs, ...] = ()

    @property
    def by_other_rules(self) -> bool:
        """Whether it would have been refused in the village already, if that had the same rules."""
        codes = {getattr(self.refusal, "code", "")}
        if isinstance(self.refusal, InvalidInput):
            codes = {one.code for one in self.refusal.faults}
        return bool(codes & _OF_RULES) and bool(getattr(self.order.command, "services", ()))

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give it as `apply` answers, with what the office has in its place."""
        if self.receipt is not None:
            return self.receipt.as_dict()
        assert self.refusal is not None, "there is one or the other"
        return {
            "id": str(self.order.command.id),
            "ok": False,
            "error": self.refusal.as_dict(language),
            "by_other_rules": self.by_other_rules,
            "theirs": [one.as_dict(language) for one in self.theirs],
        }


def import_bundle(
    office: Office,
    bundle: Bundle,
    signers: Mapping[str, Actor],
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Keep the scans of a bundle, and give its commands one after the other.

    Before the first is given all of the bundle is checked. It can be imported again, whole or after
    it broke off anywhere.

    Args:
        office: The office.
        bundle: As it has come.
        signers: Who signs with which key, by its public half.
        progress: Is told how many scans were kept.

    Raises:
        Refused: It is for another office (`bundle_office`), signed by nobody whom the office knows
            (`bundle_signer`), not whole (`bundle_cut`), or altered (`bundle_altered`).
        InvalidInput: A command in it cannot be read.
        StorageFailure: A store cannot be used; import it again later.
    """
    here = office.region.full()
    if bundle.head.office != here:
        raise Refused(
            "bundle_office",
            N_(
                "The bundle is for office {office}, and this is {here}. Nothing of it was done;"
                " bring it there."
            ),
            office=bundle.head.office,
            here=here,
        )
    bundle.check(signers)
    for _ in bundle.orders():
        pass  # each can be read, before the first is given
    kept = _kept(office, bundle, progress)
    return (_outcome(office, one, kept) for one in bundle.orders())


def _kept(
    office: Office, bundle: Bundle, progress: Callable[[int], None]
) -> dict[Scan, Scan | InvalidInput]:
    """Keep the scans; give what each is named by here, or why it was not taken.

    As what comes from elsewhere each is opened and cleaned, which may change it.
    """
    kept: dict[Scan, Scan | InvalidInput] = {}
    for count, (scan, content) in enumerate(bundle.scans(), start=1):
        try:
            kept[scan] = accept(office.scans, content)
        except InvalidInput as error:
            kept[scan] = error
        progress(count)
    return kept


def _outcome(office: Office, order: Order, kept: Mapping[Scan, Scan | InvalidInput]) -> Outcome:
    try:
        faults = tuple(
            fault.under(path)
            for path, scan in scans_in(order.command, "with")
            if isinstance(error := kept.get(scan), InvalidInput)
            for fault in error.faults
        )
        if faults:
            raise InvalidInput(faults)
        assert order.by is not None, "a bundle gives who made it"
        return Outcome(order, office.do(_renamed(order.command, kept), by=order.by))
    except StorageFailure:
        raise
    except AdmindukError as error:
        return Outcome(order, refusal=error, theirs=tuple(_theirs(office, order, error)))


def _renamed(thing: T, kept: Mapping[Scan, Scan | InvalidInput]) -> T:
    """Give a thing with its scans, however deep, under the names by which they are kept here."""
    given: Any = thing
    if isinstance(given, Scan):
        given = kept.get(given, given)
    elif isinstance(given, dict):
        given = {name: _renamed(one, kept) for name, one in given.items()}
    elif isinstance(given, tuple):
        given = tuple(_renamed(one, kept) for one in given)
    elif has(type(given)):
        inside = {one.name: getattr(given, one.name) for one in fields(type(given)) if one.init}
        changes = {name: new for name, old in inside.items() if (new := _renamed(old, kept)) != old}
        given = evolve(given, **changes) if changes else given
    return cast("T", given)


def _theirs(office: Office, order: Order, error: AdmindukError) -> Iterator[Theirs]:
    """Give the cases that a refusal is about, as the office has them."""
    about = [getattr(order.command, "application", None), error.facts.get("application")]
    about += [error.facts.get("id"), *error.facts.get("ids", ())]
    for code in dict.fromkeys(str(one).partition("/")[0] for one in about if one):
        try:
            case = office.track(code)
        except (InvalidInput, NotFound):
            continue
        *_, last = office.journal(TrackingCode.parse(code))
        yield Theirs(case, last)
