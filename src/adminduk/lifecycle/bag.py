"""The life of a bag."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["BagChart"]


class BagChart(StateMachine):
    """Planned, sealed, on the road, counted on arrival, closed when each difference is settled.

    One that was written off may turn up all the same, and is counted then.
    """

    new = State(initial=True)
    planned = State()
    sealed = State()
    departed = State()
    astray = State()
    arrived = State()
    written_off = State()
    counted = State()
    closed = State(final=True)
    cancelled = State(final=True)

    plan = new.to(planned) | planned.to.itself()
    cancel = planned.to(cancelled)
    seal = planned.to(sealed, cond="plan_not_empty")
    unseal = sealed.to(planned)
    depart = sealed.to(departed) | astray.to(departed)
    come_back = departed.to(sealed) | astray.to(sealed)
    stray = departed.to(astray, cond="for_somebody_else")
    report = (
        planned.to.itself()
        | sealed.to.itself()
        | departed.to.itself()
        | astray.to.itself()
        | arrived.to.itself()
        | written_off.to.itself()
        | counted.to.itself()
    )
    ask_after = sealed.to.itself() | departed.to.itself() | astray.to.itself()
    arrive = departed.to(arrived) | astray.to(arrived) | written_off.to(arrived)
    count = arrived.to.itself()
    finish = arrived.to(counted)
    write_off = departed.to(written_off) | astray.to(written_off)
    resolve = counted.to.itself() | written_off.to.itself()
    close = counted.to(closed, cond="none_open")
