"""The life of a range of blanks."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["BlanksChart"]


class BlanksChart(StateMachine):
    """In the ledger since it was received; a receipt that was wrong is withdrawn."""

    new = State(initial=True)
    in_ledger = State()
    withdrawn = State(final=True)

    receive_blanks = new.to(in_ledger)
    correct_blanks = in_ledger.to.itself(cond="untouched")
    withdraw_blanks = in_ledger.to(withdrawn, cond="untouched")
    reserve_blanks = in_ledger.to.itself()
    release_blanks = in_ledger.to.itself()
    transfer_blanks = in_ledger.to.itself()
    report_blanks_missing = in_ledger.to.itself()
    blanks_found = in_ledger.to.itself()
    record_blanks_used = in_ledger.to.itself()
    print = in_ledger.to.itself()
    misprint = in_ledger.to.itself()
    destroy = in_ledger.to.itself()
