"""What must hold after every step, whatever anybody did: asked of no part of what decides.

Each fault is a step that breaks a rule; together with a beginning in which all holds, no step
that breaks one means that all hold for ever. Only what a step has to do with is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

from adminduk import commands as c
from adminduk.records import (
    Actor,
    Application,
    Bag,
    Copy,
    Heading,
    Original,
    Paper,
    Post,
    ProductOutcome,
    Record,
    Role,
)
from adminduk.testing.promises import APPROVED, WHO
from adminduk.testing.proof.sizes import Ref, Size

__all__ = ["Step", "broken"]

_AT: Final = {
    "at_office": Role.PRINT_OPERATOR,
    "at_district": Role.DISTRICT_OPERATOR,
    "at_village": Role.VILLAGE_OPERATOR,
    "at_counter": Role.FRONT_DESK,
}
"""Who answers for a paper that is at hand."""
_HELD: Final = frozenset({*_AT, "missing", "void"})
"""States of a paper outside bags in which exactly one post answers for it; in others none."""
_ON_THE_ROAD: Final = frozenset({"sealed", "departed", "astray", "arrived"})
"""States of a bag in which there is something in it."""
_OPEN: Final = frozenset({"submitted", "returned", "verified"})
_OVER: Final = frozenset({"completed", "rejected", "withdrawn", "expired", "lapsed"})
_FINAL: Final = _OVER | {"handed_over", "destroyed", "cancelled", "revoked", "filed", "closed"}
_NEVER_DELIVERED: Final = frozenset({"void", "destroyed", "lost", "cancelled", "revoked"})
_DELIVERED: Final = frozenset({"handed_over", "issued"})
_OUTWARDS: Final = frozenset({"collect", "to_counter", "hand_over"})
_BY_NOBODYS_HAND: Final = {
    "finish": {Role.PRINT_OPERATOR, Role.DISTRICT_OPERATOR, Role.COURIER},
    "write_off": {Role.PRINT_OPERATOR, Role.DISTRICT_OPERATOR, Role.COURIER},
    "turn_home": {Role.PRINT_OPERATOR},
    "condemn": {Role.PRINT_OPERATOR},
    "reopen": {Role.PRINT_OPERATOR},
}
"""Who answers for a paper after a command of somebody else's: for what is missing of a bag, and
for what goes from the counter to the store."""


@frozen
class Step:
    """A command that was decided, and how to see every record before and after it."""

    size: Size
    command: c.Command
    by: Actor
    post: Post
    changed: dict[Ref, Record]
    before: Callable[[Ref], Record | None]

    def after(self, ref: Ref) -> Record | None:
        """Give a record as it is now."""
        return self.changed[ref] if ref in self.changed else self.before(ref)

    def papers(self, code: str = "", *kinds: str) -> Iterator[Paper]:
        """Give every paper that there is, or those of a case."""
        for kind, key in self.size.refs:
            if kind in (kinds or ("copy", "original")) and key.startswith(code):
                paper = self.after((kind, key))
                if isinstance(paper, Copy | Original) and paper.state != "expected":
                    yield paper

    def case_of(self, paper: Paper) -> Application:
        """Give the case of a paper."""
        case = self.after(("application", paper.application.full()))
        assert isinstance(case, Application), "each paper has its case"
        return case


def broken(step: Step) -> Iterator[str]:
    """Name each rule that a step breaks."""
    yield from _who(step)
    for ref, new in step.changed.items():
        old = step.before(ref)
        if old is not None and old.state in _FINAL and new.state != old.state:
            yield f"{new.key} had ended, and went from {old.state} to {new.state}"
        if isinstance(new, Copy | Original):
            yield from _one_holder(step, old, new)
            yield from _kept_for_its_case(step, new)
        if isinstance(new, Copy):
            yield from _case_waits(step.case_of(new), new)
            yield from _one_deliverable(step, new)
        if isinstance(new, Original):
            yield from _what_becomes_of(step, old, new)
        if isinstance(new, Application):
            yield from _case(step, old, new)
        if isinstance(new, Bag):
            yield from _bag(step, old, new)


def _who(step: Step) -> Iterator[str]:
    """Who does it may, somebody else approved it, and nobody judges their own work."""
    name = step.command.NAME
    if step.post.role not in WHO[name]:
        yield f"{step.post} may not {name}"
    approver = getattr(step.command, "approved_by", None)
    if name in APPROVED and (approver is None or approver.id == step.by.id):
        yield f"nobody else approved {name}"
    if isinstance(step.command, c.Verify):
        case = step.before(("application", step.command.application.full()))
        assert isinstance(case, Application)
        if step.by.id in {case.submitted_by, *case.prepared_by, *case.corrected_by}:
            yield f"{step.by.id} verifies what they had a hand in"


def _holder(paper: Record | None, at: Callable[[Ref], Record | None]) -> Post | None:
    """Give the post that answers for a paper: its own, or that of the bag it is in."""
    if not isinstance(paper, Copy | Original):
        return None
    if not paper.bag:
        return paper.custodian
    bag = at(("bag", paper.bag))
    return bag.custodian if isinstance(bag, Bag) else None


def _one_holder(step: Step, old: Record | None, new: Paper) -> Iterator[str]:
    """From print or take-in to its end one post answers for a paper, which took it in hand."""
    yield from _held_as_it_lies(step, new)
    was, now = _holder(old, step.before), _holder(new, step.after)
    name = step.command.NAME
    went_home = isinstance(old, Copy | Original) and old.heading is Heading.HOME
    if went_home and name in _OUTWARDS and getattr(step.command, "item", "") == new.id:
        yield f"{new.id} goes home, and is brought nearer to the applicant"
    if was is None or now is None or now in {was, step.post}:
        return
    if now.role not in _BY_NOBODYS_HAND.get(name, ()):
        yield f"{new.id} went from {was} to {now} by the hand of {step.post}"


def _held_as_it_lies(step: Step, paper: Paper) -> Iterator[str]:
    holder = _holder(paper, step.after)
    if bool(paper.bag) != (paper.state == "bagged"):
        yield f"{paper.id} is {paper.state}, and in bag {paper.bag or '–'}"
    if paper.bag:
        bag = step.after(("bag", paper.bag))
        if bag is None or bag.state not in _ON_THE_ROAD:
            yield f"{paper.id} is in bag {paper.bag}, which is {bag.state if bag else 'gone'}"
        if paper.custodian is not None:
            yield f"{paper.id} is with {paper.custodian}, and in bag {paper.bag}"
    if (holder is not None) != (paper.state in _HELD or paper.state == "bagged"):
        yield f"{holder or 'nobody'} answers for {paper.id}, which is {paper.state}"
    elif holder is not None and holder.role is not _AT.get(paper.state, holder.role):
        yield f"{holder} answers for {paper.id}, which is {paper.state}"


def _is_deliverable(paper: Paper) -> bool:
    return not paper.condemned and paper.state not in _NEVER_DELIVERED


def _one_deliverable(step: Step, new: Copy) -> Iterator[str]:
    several = [
        one.id
        for one in step.papers(new.application.full(), "copy")
        if isinstance(one, Copy) and one.product == new.product and _is_deliverable(one)
    ]
    if len(several) > 1:
        yield f"{' and '.join(several)} can both be delivered"


def _kept_for_its_case(step: Step, new: Paper) -> Iterator[str]:
    """A document is made of a verified case, and given out when what is due for it is in."""
    name = step.command.NAME
    if not isinstance(new, Copy) or name not in {"print", "issue", "hand_over"}:
        return
    case = step.before(("application", new.application.full()))
    if case is None or case.state != "verified":
        yield f"{new.id}: {name} although its case is {'gone' if case is None else case.state}"
        return
    if name == "hand_over":
        if new.condemned:
            yield f"{new.id} is condemned, and handed over"
        assert isinstance(case, Application)
        for item in case.originals:
            original = step.before(("original", f"{case.key}/{item}"))
            if original is not None and original.state == "expected":
                yield f"{new.id} is handed over, and {item} is still due"


def _case_waits(case: Application, copy: Copy) -> Iterator[str]:
    """A case does not end, nor goes back, while a copy of it can still be delivered."""
    if _is_deliverable(copy) and copy.state not in _DELIVERED and case.state != "verified":
        yield f"{copy.id} can still be delivered, and its case is {case.state}"


def _is_made(case: Application, original: Original) -> bool:
    """Whether a document was delivered that takes the place of an original."""
    delivered = {one.product for one in case.lines if one.outcome is ProductOutcome.DELIVERED}
    products = set(original.products)
    return case.state == "completed" and (not products or bool(products & delivered))


def _what_becomes_of(step: Step, old: Record | None, new: Original) -> Iterator[str]:
    """The office keeps or destroys an original only once something has taken its place."""
    if new.state in {"void", "destroyed", "filed"} and not _is_made(step.case_of(new), new):
        yield f"{new.id} is {new.state}, and nothing took its place"
    if isinstance(old, Original) and new.surrendered and not old.surrendered:
        yield f"{new.id} was to be given back, and is to stay"


def _tells(case: Record | None) -> object:
    """Give what a case says of its papers."""
    if not isinstance(case, Application):
        return None
    return case.state, [(one.outcome, one.numbers) for one in case.lines], case.originals


def _case(step: Step, old: Record | None, new: Application) -> Iterator[str]:
    """A case agrees with its papers, and no other is open for the same."""
    if _tells(old) == _tells(new):
        return
    for paper in step.papers(new.key):
        if isinstance(paper, Copy):
            yield from _case_waits(new, paper)
            yield from _told_by(new, paper)
        elif (
            new.state in _OVER
            and paper.surrendered
            and paper.custodian
            and not _is_made(new, paper)
        ):
            yield f"{paper.id} stays with the office, and its case is {new.state}"
    if new.state in _OVER:
        for item in new.originals:
            original = step.after(("original", f"{new.key}/{item}"))
            if original is not None and original.state == "expected":
                yield f"{original.key} is waited for, and its case is {new.state}"
    others = [code for code in step.size.codes if code != new.key]
    for code in others if new.state in _OPEN else ():
        other = step.after(("application", code))
        if other is not None and other.state in _OPEN:
            yield f"{new.key} and {code} are open for the same"


def _told_by(case: Application, copy: Copy) -> Iterator[str]:
    """What the case says of a product is what has become of its newest copy."""
    line = case.line(copy.product)
    assert line is not None
    if line.numbers[-1] != copy.number:
        return
    delivered = copy.state in _DELIVERED and not copy.condemned
    if (line.outcome is ProductOutcome.DELIVERED) != delivered:
        yield f"{copy.id} is {copy.state}, and its case says {line.outcome}"


def _bag(step: Step, old: Record | None, new: Bag) -> Iterator[str]:
    """Who has a bag answers for it; it is empty before it is sealed and after it is counted."""
    if (new.custodian is None) == (new.state in _ON_THE_ROAD | {"planned"}):
        yield f"{new.custodian or 'nobody'} answers for bag {new.id}, which is {new.state}"
    was = old.custodian if isinstance(old, Bag) else None
    if was is not None and new.custodian not in {None, was, step.post}:
        yield f"bag {new.id} went from {was} to {new.custodian} by the hand of {step.post}"
    inside = [one.id for one in step.papers() if one.bag == new.id]
    if inside and new.state not in _ON_THE_ROAD:
        yield f"bag {new.id} is {new.state}, and still in it: {', '.join(inside)}"
    if new.state == "closed" and any(one.outcome is None for one in new.differences):
        yield f"bag {new.id} is closed with open differences"
