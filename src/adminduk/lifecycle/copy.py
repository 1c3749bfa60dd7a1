"""The life of a copy of a product."""

from statemachine import State, StateMachine

from adminduk.lifecycle.road import road

__all__ = ["CopyChart"]


class CopyChart(StateMachine):
    """Ordered, made on paper and sent on the road, or issued digitally."""

    new = State(initial=True)
    ordered = State()
    issued = State()
    revoked = State(final=True)
    cancelled = State(final=True)
    vars().update(road())

    order = new.to(ordered)
    print = ordered.to(vars()["at_office"], cond=["case_verified", "on_paper"])
    misprint = ordered.to.itself(cond="case_verified")
    issue = ordered.to(issued, cond=["case_verified", "digital_form"])
    confirm = issued.to(vars()["handed_over"])
    revoke = issued.to(revoked)
    cancel = ordered.to(cancelled)
