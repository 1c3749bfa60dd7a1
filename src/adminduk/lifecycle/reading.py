"""The life of a reading."""

from statemachine import State, StateMachine

__all__ = ["ReadingChart"]


class ReadingChart(StateMachine):
    """Noted once, and never changed."""

    new = State(initial=True)
    noted = State(final=True)

    read = new.to(noted)
