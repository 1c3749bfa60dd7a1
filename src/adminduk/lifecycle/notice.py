"""The life of a notice."""

from statemachine import State, StateMachine

__all__ = ["NoticeChart"]


class NoticeChart(StateMachine):
    """In force until it is lifted."""

    new = State(initial=True)
    in_force = State()
    lifted = State(final=True)

    announce = new.to(in_force)
    lift = in_force.to(lifted)
