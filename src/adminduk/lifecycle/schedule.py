"""The life of a district's schedule."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

__all__ = ["ScheduleChart"]


class ScheduleChart(StateMachine):
    """It holds until it is set anew."""

    new = State(initial=True)
    in_force = State()

    set_schedule = new.to(in_force) | in_force.to.itself()
