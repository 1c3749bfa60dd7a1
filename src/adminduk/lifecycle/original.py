"""The life of an original that the office takes in."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

from adminduk.lifecycle.road import Places, any_of, road

__all__ = ["OriginalChart"]

_on = Places()


class OriginalChart(StateMachine):
    """Expected, taken in, on the road to the office; filed or destroyed there, or given back.

    What is lent goes back to the applicant whatever became of it and of the case, so the road
    asks no more of it than its heading. What was done without may turn up after all.
    """

    new = State(initial=True)
    expected = State()
    waived = State()
    filed = State(final=True)
    vars().update(road(_on))

    expect = new.to(expected)
    take_in = any_of(
        *(
            before.to(place, cond=taker)
            for before in (new, expected, waived)
            for place, taker in (
                (_on.at_village, "taker_at_village"),
                (_on.at_district, "taker_at_district"),
                (_on.at_counter, "taker_at_counter"),
            )
        )
    )
    waive = expected.to(waived)
    file = _on.at_office.to(filed, cond="may_be_filed")
    give_back = any_of(
        *(
            place.to.itself(cond="surrendered")
            for place in (
                _on.at_office,
                _on.at_district,
                _on.at_village,
                _on.at_counter,
                _on.bagged,
                _on.missing,
            )
        )
    )
