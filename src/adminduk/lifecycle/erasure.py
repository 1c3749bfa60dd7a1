"""The life of an erasure."""

from statemachine import State, StateMachine

__all__ = ["ErasureChart"]


class ErasureChart(StateMachine):
    """Decided first, so that no key is destroyed without it; over once the key is."""

    new = State(initial=True)
    erasing = State()
    erased = State(final=True)

    erase = new.to(erasing)
    confirm_erasure = erasing.to(erased)
