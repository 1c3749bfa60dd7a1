"""The life of an original that the office takes in."""

from statemachine import State, StateMachine

from adminduk.lifecycle.road import road

__all__ = ["OriginalChart"]


class OriginalChart(StateMachine):
    """Expected, taken in, on the road to the office; destroyed there, or given back."""

    new = State(initial=True)
    expected = State()
    waived = State(final=True)
    vars().update(road())

    expect = new.to(expected)
    take_in = (
        expected.to(vars()["at_village"], cond="taker_at_village")
        | expected.to(vars()["at_district"], cond="taker_at_district")
        | expected.to(vars()["at_counter"], cond="taker_at_counter")
    )
    waive = expected.to(waived)
