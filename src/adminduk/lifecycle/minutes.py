"""The life of minutes."""

from statemachine import State, StateMachine

__all__ = ["MinutesChart"]


class MinutesChart(StateMachine):
    """Signed as what they name is destroyed; nothing happens to them afterwards."""

    new = State(initial=True)
    signed = State(final=True)

    destroy = new.to(signed)
