"""The life of a delegation."""

from statemachine import State, StateMachine

__all__ = ["DelegationChart"]


class DelegationChart(StateMachine):
    """In force until it is ended; by it nobody acts after its last day in any case."""

    new = State(initial=True)
    in_force = State()
    ended = State(final=True)

    delegate = new.to(in_force)
    end_delegation = in_force.to(ended)
