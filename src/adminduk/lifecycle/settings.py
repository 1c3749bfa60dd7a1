"""The life of an office's settings."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["SettingsChart"]


class SettingsChart(StateMachine):
    """They hold until they are changed."""

    new = State(initial=True)
    in_force = State()

    change_settings = new.to(in_force) | in_force.to.itself()
