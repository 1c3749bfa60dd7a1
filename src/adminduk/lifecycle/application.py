"""The life of an application."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import Event, State, StateMachine

__all__ = ["ApplicationChart"]


class ApplicationChart(StateMachine):
    """From draft to completed, or to one of the other ends, which all release its claims."""

    new = State(initial=True)
    draft = State()
    submitted = State()
    returned = State()
    verified = State()
    completed = State(final=True)
    rejected = State(final=True)
    withdrawn = State(final=True)
    expired = State(final=True)
    lapsed = State(final=True)

    begin = Event(new.to(draft), id="draft")  # a name in a class is either a state or an event
    submit = new.to(submitted) | draft.to(submitted)
    amend = draft.to.itself() | returned.to.itself()
    move_rules = draft.to.itself() | submitted.to.itself() | returned.to.itself()
    attend = submitted.to.itself() | returned.to.itself()
    correct = submitted.to.itself()
    take = submitted.to.itself()
    send_back = Event(submitted.to(returned), id="return")  # a word that Python keeps
    answer = returned.to(submitted)
    reject = submitted.to(rejected)
    verify = submitted.to(verified, cond="has_products") | submitted.to(
        completed, cond="no_products"
    )
    reopen = verified.to(submitted, cond="nothing_delivered")
    replace = verified.to.itself()
    give_up = verified.to.itself()
    choose_delivery = (
        draft.to.itself() | submitted.to.itself() | returned.to.itself() | verified.to.itself()
    )
    settle = verified.to(completed, cond=["settled", "any_delivered"]) | verified.to(
        lapsed, cond=["settled", "none_delivered"]
    )
    set_contact = (
        draft.to.itself() | submitted.to.itself() | returned.to.itself() | verified.to.itself()
    )
    withdraw = draft.to(withdrawn) | submitted.to(withdrawn) | returned.to(withdrawn)
    adopt = new.to(verified)
    expire = draft.to(expired) | returned.to(expired)
