"""The life of an application."""

from statemachine import State, StateMachine

__all__ = ["ApplicationChart"]


class ApplicationChart(StateMachine):
    """From draft to completed, or to one of the other ends, which all release its claims."""

    new = State(initial=True)
    drafted = State("draft", value="draft")
    submitted = State()
    returned = State()
    verified = State()
    completed = State(final=True)
    rejected = State(final=True)
    withdrawn = State(final=True)
    expired = State(final=True)
    lapsed = State(final=True)

    draft = new.to(drafted)
    submit = new.to(submitted) | drafted.to(submitted)
    amend = drafted.to.itself() | returned.to.itself()
    move_rules = submitted.to.itself() | returned.to.itself()
    attend = submitted.to.itself() | returned.to.itself()
    correct = submitted.to.itself()
    send_back = submitted.to(returned)
    answer = returned.to(submitted)
    reject = submitted.to(rejected)
    verify = submitted.to(verified, cond="has_products") | submitted.to(
        completed, cond="no_products"
    )
    reopen = verified.to(submitted, cond="nothing_delivered")
    replace = verified.to.itself()
    give_up = verified.to.itself()
    choose_delivery = (
        drafted.to.itself()
        | submitted.to.itself()
        | returned.to.itself()
        | verified.to.itself()
    )
    settle = verified.to(completed, cond=["settled", "any_delivered"]) | verified.to(
        lapsed, cond=["settled", "none_delivered"]
    )
    withdraw = drafted.to(withdrawn) | submitted.to(withdrawn) | returned.to(withdrawn)
    expire = drafted.to(expired) | returned.to(expired)
