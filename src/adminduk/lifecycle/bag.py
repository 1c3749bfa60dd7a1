"""The life of a bag."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["BagChart"]


class BagChart(StateMachine):
    """Planned, sealed, on the road, counted on arrival, closed when each difference is settled."""

    new = State(initial=True)
    planned = State()
    sealed = State()
    departed = State()
    arrived = State()
    counted = State()
    closed = State(final=True)
    cancelled = State(final=True)

    plan = new.to(planned) | planned.to.itself()
    cancel = planned.to(cancelled)
    seal = planned.to(sealed, cond="plan_not_empty")
    unseal = sealed.to(planned)
    depart = sealed.to(departed)
    come_back = departed.to(sealed)
    arrive = departed.to(arrived)
    count = arrived.to.itself()
    finish = arrived.to(counted)
    write_off = departed.to(counted)
    resolve = counted.to.itself()
    close = counted.to(closed, cond="none_open")
