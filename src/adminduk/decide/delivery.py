"""What becomes of a product of a verified case, and the making of its copies."""

from __future__ import annotations

from adminduk import commands as c
from adminduk.decide.blanks import has_none_for, has_run_out, use_blank
from adminduk.decide.docket import Docket
from adminduk.decide.promising import promise_anew, run_on, stand_still
from adminduk.decide.settling import order_copy, with_line
from adminduk.decide.verification import corrected
from adminduk.errors import BlankUsed, InvalidInput
from adminduk.language import N_
from adminduk.records import (
    Application,
    Channel,
    Copy,
    DeliveryWay,
    LastCopy,
    Pause,
    ProductLine,
    ProductOutcome,
)
from adminduk.records.changed import changed

__all__ = [
    "choose_delivery",
    "confirm",
    "follow_blanks",
    "give_up",
    "is_given_up_now",
    "is_on_blank",
    "is_redirected_now",
    "is_replaced_now",
    "is_to_follow",
    "issue",
    "lacks_blank",
    "misprint",
    "print_copy",
    "replace",
    "revoke",
]


def _line(docket: Docket, application: Application, product: str) -> ProductLine:
    line = application.line(product)
    if line is None:
        raise InvalidInput.at(
            "with.product",
            "unknown_product",
            N_("The case delivers no such product."),
            ", ".join(one.product for one in application.lines) or "–",
        )
    if line.outcome is not ProductOutcome.OPEN:
        raise docket.refuse(
            "product_ended",
            N_("{product} of {id} has ended: {state}."),
            product=product,
            id=application.key,
            state=line.outcome.value,
        )
    return line


def choose_delivery(docket: Docket, command: c.ChooseDelivery) -> None:
    """Choose how a product reaches the applicant, while no copy of it is on the road."""
    application = docket.application(command.application.full())
    line = _line(docket, application, command.product)
    product = docket.rules.catalogue.product(command.product)
    if command.way is DeliveryWay.DIGITAL and not product.digital:
        raise docket.refuse(
            "not_digital",
            N_("{product} is made on a security blank only."),
            product=command.product,
            instead=["courier", "counter"],
        )
    if (
        command.way is DeliveryWay.COUNTER
        and command.letter is None
        and application.channel is not Channel.COUNTER
    ):
        raise InvalidInput.at(
            "with.letter",
            "missing",
            N_("To be fetched at the counter it needs the village operator's letter."),
            N_("number and day of the letter"),
        )
    copy = docket.last_copy(application, command.product)
    if command.way is not line.way:
        line = promise_anew(docket, application, line)
    line = changed(line, way=command.way, letter=command.letter)
    if copy is not None and copy.alive:
        _redirect(docket, application, line, copy)
    docket.move(with_line(application, line), "choose_delivery")


def is_redirected_now(docket: Docket, application: Application, line: ProductLine) -> bool:
    """Whether the delivery of a product can be chosen: no copy of it is on the road."""
    copy = docket.last_copy(application, line.product)
    still_here = copy is None or not copy.alive or copy.state in {"ordered", "at_office"}
    return line.outcome is ProductOutcome.OPEN and still_here


def _redirect(
    docket: Docket,
    application: Application,
    line: ProductLine,
    copy: Copy,
) -> None:
    printed = copy.state != "ordered" and line.way is DeliveryWay.DIGITAL
    if printed or not is_redirected_now(docket, application, line):
        raise docket.refuse(
            "on_its_way",
            N_("{id} is {state}; its delivery can no longer be chosen."),
            id=copy.id,
            state=copy.state,
            instead=["hand_over", "turn_home"],
        )
    docket.put(changed(copy, way=line.way, letter=line.letter, promise=line.promise))


def is_replaced_now(line: ProductLine) -> bool:
    """Whether a new copy of a product can be ordered: the last can no longer be delivered."""
    return line.outcome is ProductOutcome.OPEN and line.last in {LastCopy.DEAD, LastCopy.GONE}


def replace(docket: Docket, command: c.Replace) -> None:
    """Order a new copy of a product whose last copy can no longer be delivered."""
    application = docket.application(command.application.full())
    line = _line(docket, application, command.product)
    if not is_replaced_now(line):
        raise docket.refuse(
            "copy_alive",
            N_("The last copy of {product} can still be handed out; condemn it first."),
            product=command.product,
            instead=["condemn", "declare_lost"],
        )
    if command.people:
        if application.shown(command.item) is None:
            raise docket.refuse(
                "not_visible",
                N_("A correction must be visible in an item that was shown: {item}."),
                item=command.item,
            )
        application = corrected(docket, application, command.people)
    application = docket.move(application, "replace")
    docket.put(order_copy(docket, application, command.product))


def is_given_up_now(docket: Docket, application: Application, line: ProductLine) -> bool:
    """Whether a product can be given up: its last copy is only ordered, or not deliverable."""
    copy = docket.last_copy(application, line.product)
    ordered = copy is not None and copy.state == "ordered"
    return line.outcome is ProductOutcome.OPEN and (ordered or line.last is not LastCopy.ALIVE)


def give_up(docket: Docket, command: c.GiveUp) -> None:
    """End the delivery of a product that will not be delivered."""
    application = docket.application(command.application.full())
    line = _line(docket, application, command.product)
    if not is_given_up_now(docket, application, line):
        raise docket.refuse(
            "copy_alive",
            N_("The last copy of {product} can still be delivered."),
            product=command.product,
            instead=["condemn", "declare_lost", "void"],
        )
    copy = docket.last_copy(application, command.product)
    if copy is not None and copy.state == "ordered":
        docket.move(copy, "cancel", due=None)
    line = changed(line, outcome=ProductOutcome.GIVEN_UP)
    case = changed(application.case, reason=command.reason)
    docket.move(with_line(changed(application, personal=case), line), "give_up")


def print_copy(docket: Docket, command: c.Print) -> None:
    """Print a copy on its numbered blank, or on plain paper with the head's signature."""
    copy = docket.copy(command.copy)
    _check_blank(copy, command.blank)
    wanted, other = ("blank", "signature")
    if not is_on_blank(docket, copy):
        wanted, other = other, wanted
    if not getattr(command, wanted) or getattr(command, other):
        path = other if getattr(command, other) else wanted
        raise InvalidInput.at(
            f"with.{path}",
            "form",
            N_("A {product} is printed with its {wanted}, and no {other}."),
            wanted,
            product=copy.product,
            wanted=wanted,
            other=other,
        )
    if command.blank:
        use_blank(docket, copy.kind, command.blank, "used")
        copy = run_on(docket, copy)
    docket.move(
        copy,
        "print",
        custodian=docket.post,
        blank=command.blank,
        signature=command.signature,
        due=None,
    )


def is_on_blank(docket: Docket, copy: Copy) -> bool:
    """Whether a copy is printed on a numbered blank."""
    return docket.rules.catalogue.product(copy.product).form == "blank"


def follow_blanks(docket: Docket, command: c.FollowBlanks) -> None:
    """Let the promise of a copy stand still, or run on, by whether there is a blank for it."""
    copy = docket.copy(command.copy)
    if not is_to_follow(docket, copy):
        raise docket.refuse(
            "blanks_followed",
            N_("What is promised of {id} goes by the blanks that there are already."),
            id=copy.id,
        )
    follow = stand_still if has_run_out(docket, copy.kind) else run_on
    docket.move(follow(docket, copy), "follow_blanks")


def is_to_follow(docket: Docket, copy: Copy) -> bool:
    """Whether the promise of a copy stands still although there are blanks, or runs without."""
    if copy.promise is None or copy.way is DeliveryWay.DIGITAL:
        return False
    return has_run_out(docket, copy.kind) != (copy.promise.pause is Pause.BLANKS)


def lacks_blank(docket: Docket, copy: Copy) -> bool:
    """Whether a copy needs a blank, and there is none for who acts."""
    return is_on_blank(docket, copy) and has_none_for(docket, copy.kind)


def _check_blank(copy: Copy, blank: str) -> None:
    """Check that a blank was not spoiled for the same copy before; of others its claim tells."""
    if blank in copy.spoiled:
        raise BlankUsed(blank=blank, id=copy.id)


def misprint(docket: Docket, command: c.Misprint) -> None:
    """Write a spoiled blank off; the copy stays ordered."""
    copy = docket.copy(command.copy)
    if not is_on_blank(docket, copy):
        raise docket.refuse("no_blank", N_("{product} needs no blank."), product=copy.product)
    _check_blank(copy, command.blank)
    use_blank(docket, copy.kind, command.blank, "misprinted")
    docket.move(copy, "misprint", spoiled=(*copy.spoiled, command.blank), note=command.reason)


def issue(docket: Docket, command: c.Issue) -> None:
    """Issue a copy digitally; that counts as delivered."""
    copy = docket.copy(command.copy)
    copy = docket.move(copy, "issue", signature=command.signature, link=command.link, due=None)
    docket.notify("issued", copy, link=command.link)


def confirm(docket: Docket, command: c.Confirm) -> None:
    """Write down that the applicant opened a digital copy."""
    docket.move(docket.copy(command.copy), "confirm")


def revoke(docket: Docket, command: c.Revoke) -> None:
    """Take a faulty digital copy back, while its case is open."""
    docket.move(docket.copy(command.copy), "revoke", note=command.fault)
