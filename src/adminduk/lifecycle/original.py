"""The life of an original that the office takes in."""

from statemachine import State, StateMachine

from adminduk.lifecycle.road import Places, road

__all__ = ["OriginalChart"]

_on = Places()


class OriginalChart(StateMachine):
    """Expected, taken in, on the road to the office; destroyed there, or given back.

    What is lent goes back to the applicant whatever became of it and of the case, so the road
    asks no more of it than its heading.
    """

    new = State(initial=True)
    expected = State()
    waived = State(final=True)
    vars().update(road(_on))

    expect = new.to(expected)
    take_in = (
        expected.to(_on.at_village, cond="taker_at_village")
        | expected.to(_on.at_district, cond="taker_at_district")
        | expected.to(_on.at_counter, cond="taker_at_counter")
    )
    waive = expected.to(waived)
