"""Engines with a fault in them, which the modelled office must notice.

Each fault is put into the running library by replacing one thing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
from attrs import evolve

from adminduk import authority, decide
from adminduk import commands as c
from adminduk.authority import Permission, Where
from adminduk.decide import bags, closing, delivery, guards, intake, promising, verification
from adminduk.decide.docket import Docket
from adminduk.journal import GENESIS
from adminduk.lifecycle import Arrow
from adminduk.lifecycle.table import Table
from adminduk.office import execution
from adminduk.office.execution import Execution
from adminduk.records import Copy, Delegation, Original, Role, Taken

__all__ = ["FAULTS"]

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]
FAULTS: Final[dict[str, Fault]] = {}


def fault(put: Fault) -> Fault:
    """Add a fault to the list, under its name."""
    FAULTS[put.__name__.lstrip("_")] = put
    return put


def _nothing(*_: object, **__: object) -> None:
    """Check nothing."""


def _more_arrows(patch: Patch, kind: str, arrow: Arrow) -> None:
    """Let something happen to a record that its lifecycle does not allow."""
    original = Table.arrows

    def arrows(table: Table, state: str, event: str) -> tuple[Arrow, ...]:
        found = original(table, state, event)
        extra = (table.kind, state, event) == (kind, arrow.source, arrow.event)
        return (*found, arrow) if extra else found

    patch.setattr(Table, "arrows", arrows)


def _moved_without(patch: Patch, event: str, *fields: str, **instead: Any) -> None:
    """Move papers without changing some of the fields that change with an event."""
    original = Docket._moved

    def moved(docket: Docket, record: Any, name: str, **changes: Any) -> Any:
        if name == event and isinstance(record, Copy | Original):
            changes = {one: to for one, to in changes.items() if one not in fields} | instead
        return original(docket, record, name, **changes)

    patch.setattr(Docket, "_moved", moved)


# --- who may ---------------------------------------------------------------------------------


@fault
def _a_permission_too_wide(patch: Patch) -> None:
    wider = (*authority.TABLE[c.Print], Permission(Role.VILLAGE_OPERATOR, Where.AREA))
    patch.setitem(authority.TABLE, c.Print, wider)


@fault
def _areas_are_not_compared(patch: Patch) -> None:
    patch.setitem(authority._STANDS, Where.AREA, lambda *_: True)


@fault
def _holders_are_not_compared(patch: Patch) -> None:
    patch.setitem(authority._STANDS, Where.HOLDER, lambda *_: True)


@fault
def _nobody_has_to_approve(patch: Patch) -> None:
    patch.setattr(authority, "_approver", lambda *_: None)


@fault
def _who_gives_approves(patch: Patch) -> None:
    original = decide.approve

    def approve(command: c.Command, actor: Any, *others: Any) -> Any:
        return original(command, evolve(actor, id="somebody-else"), *others)

    patch.setattr(decide, "approve", approve)


@fault
def _a_post_is_lent_for_ever(patch: Patch) -> None:
    patch.setattr(Delegation, "holds", lambda *_: True)


@fault
def _what_is_lent_is_lent_on(patch: Patch) -> None:
    patch.setattr(decide, "IN_PERSON", frozenset())


@fault
def _nobody_says_that_a_post_is_lent(patch: Patch) -> None:
    patch.setattr(decide, "_through", lambda *_: "")


@fault
def _who_reads_changes_the_case(patch: Patch) -> None:
    original = decide._HANDLERS[c.Read]

    def read(docket: Docket, command: c.Read) -> None:
        original(docket, command)
        case = docket.application(command.application.full())
        docket.put(evolve(case, taken=Taken(docket.actor.id, docket.begun)))

    patch.setitem(decide._HANDLERS, c.Read, read)


@fault
def _own_work_is_verified(patch: Patch) -> None:
    patch.setattr(verification, "_refuse_own_work", _nothing)
    patch.setattr(verification, "is_own_work", lambda *_: False)


# --- what may happen -------------------------------------------------------------------------


@fault
def _what_was_handed_over_goes_on(patch: Patch) -> None:
    _more_arrows(patch, "copy", Arrow("turn_home", "handed_over", "at_village"))
    _more_arrows(patch, "copy", Arrow("void", "handed_over", "void"))
    _more_arrows(patch, "copy", Arrow("report_missing", "handed_over", "missing"))


@fault
def _an_ended_case_is_reopened(patch: Patch) -> None:
    _more_arrows(patch, "application", Arrow("reopen", "completed", "submitted"))
    _more_arrows(patch, "application", Arrow("reopen", "rejected", "submitted"))


@fault
def _a_condition_is_negated(patch: Patch) -> None:
    original = guards.GUARDS["heading_out"]
    patch.setitem(guards.GUARDS, "heading_out", lambda *about: not original(*about))


@fault
def _what_is_not_accepted_is_made(patch: Patch) -> None:
    patch.setattr(verification, "_check_verified", _nothing)


@fault
def _what_is_not_shown_is_submitted(patch: Patch) -> None:
    patch.setattr(intake, "check_shown", _nothing)
    patch.setattr(verification, "check_shown", _nothing)
    patch.setattr(verification, "_accepted", lambda *_: True)


@fault
def _a_copy_too_many(patch: Patch) -> None:
    patch.setattr(delivery, "is_replaced_now", lambda line: bool(line.numbers))
    original = execution.claims_of
    patch.setattr(
        execution,
        "claims_of",
        lambda record: frozenset(
            one for one in original(record) if not one.startswith("deliverable:")
        ),
    )


@fault
def _a_case_ends_before_its_copies(patch: Patch) -> None:
    patch.setitem(guards.GUARDS, "settled", lambda *_: True)
    patch.setattr("adminduk.decide.settling.ProductLine.ended", True)


@fault
def _notices_close_nothing(patch: Patch) -> None:
    patch.setattr(closing, "_closing", _nothing)


@fault
def _the_ledger_is_not_told(patch: Patch) -> None:
    patch.setattr(delivery, "use_blank", _nothing)


@fault
def _numbers_are_received_twice(patch: Patch) -> None:
    patch.setattr("adminduk.decide.blanks._check_apart", _nothing)


@fault
def _what_is_missing_stays_reserved(patch: Patch) -> None:
    patch.setattr("adminduk.decide.blanks._unreserved", lambda blanks, _: blanks.reserved)


# --- who answers -----------------------------------------------------------------------------


@fault
def _who_packs_still_answers(patch: Patch) -> None:
    _moved_without(patch, "seal", "custodian")


@fault
def _nobody_answers_for_what_arrived(patch: Patch) -> None:
    _moved_without(patch, "arrive", custodian=None)


@fault
def _what_is_missing_stays_in_its_bag(patch: Patch) -> None:
    _moved_without(patch, "finish", "bag")


@fault
def _who_collects_does_not_answer(patch: Patch) -> None:
    _moved_without(patch, "collect", "custodian")


@fault
def _differences_are_forgotten(patch: Patch) -> None:
    patch.setattr(bags.Bag, "open_differences", ())


@fault
def _found_where_it_was(patch: Patch) -> None:
    _moved_without(patch, "found", "custodian")


@fault
def _handed_over_and_kept(patch: Patch) -> None:
    _moved_without(patch, "hand_over", "custodian")


# --- what is kept ----------------------------------------------------------------------------


@fault
def _claims_are_not_taken(patch: Patch) -> None:
    patch.setattr(execution, "claims_of", lambda _: frozenset())


@fault
def _the_journal_leaves_a_field_out(patch: Patch) -> None:
    original = execution.changed_fields

    def changed_fields(*about: Any) -> dict[str, Any]:
        return {name: one for name, one in original(*about).items() if name != "due"}

    patch.setattr(execution, "changed_fields", changed_fields)


@fault
def _the_chain_begins_anew(patch: Patch) -> None:
    original = execution.chain
    patch.setattr(execution, "chain", lambda _, body: original(GENESIS, body))


@fault
def _the_index_is_that_of_before(patch: Patch) -> None:
    original = execution.index_of
    patch.setattr(execution, "index_of", lambda record: evolve(original(record), queue=""))


@fault
def _nobody_notes_that_it_is_there(patch: Patch) -> None:
    patch.setattr(promising, "_is_where_promised", lambda *_: False)


@fault
def _it_is_said_to_be_there_when_it_is_not(patch: Patch) -> None:
    patch.setattr(promising, "_is_where_promised", lambda copy, _: copy.state == "bagged")


@fault
def _what_is_promised_is_not_due(patch: Patch) -> None:
    patch.setattr(promising, "_end_of", _nothing)


@fault
def _a_command_acts_twice(patch: Patch) -> None:
    original = Execution._sent

    def sent(of: Execution, command: c.Command, by: Any) -> Any:
        return original(of, evolve(command, id=uuid4()), by)

    patch.setattr(Execution, "_sent", sent)


@fault
def _an_id_is_enough(patch: Patch) -> None:
    patch.setattr(execution, "_repeated", lambda _, known: execution.read_receipt(known.receipt))


@fault
def _versions_are_not_compared(patch: Patch) -> None:
    patch.setattr(execution, "_check_version", _nothing)


@fault
def _several_commands_one_by_one(patch: Patch) -> None:
    original = Execution.run

    def run(of: Execution, orders: Any) -> Any:
        return [original(of, [one])[0] for one in orders]

    patch.setattr(Execution, "run", run)
