"""The life of the seals of the journal."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["SealChart"]


class SealChart(StateMachine):
    """The newest holds until the next is made, which names it."""

    new = State(initial=True)
    in_force = State()

    seal_journal = new.to(in_force) | in_force.to.itself()
