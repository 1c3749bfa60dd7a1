"""The life of a copy of a product."""

# mypy: allow-untyped-calls
# (python-statemachine leaves `to.itself` untyped)

from statemachine import State, StateMachine

from adminduk.lifecycle.road import Places, road

__all__ = ["CopyChart"]

_on = Places()


class CopyChart(StateMachine):
    """Ordered, made on paper and sent on the road, or issued digitally.

    On the road more is asked of a copy than of an original: it goes out only while it may be
    delivered, and is handed over only against the originals that are due. That its case is open
    need not be asked again: a case ends only when none of its copies can be delivered any more.
    """

    new = State(initial=True)
    ordered = State()
    issued = State()
    revoked = State(final=True)
    cancelled = State(final=True)
    vars().update(road(_on, seal=("not_condemned",), hand_over=("due_originals_in",)))

    order = new.to(ordered)
    print = ordered.to(_on.at_office, cond=["case_verified", "on_paper"])
    misprint = ordered.to.itself()  # a spoiled blank is a fact, whatever became of the case
    follow_blanks = ordered.to.itself()
    issue = ordered.to(issued, cond=["case_verified", "digital_form"])
    confirm = issued.to(_on.handed_over)
    revoke = issued.to(revoked, cond="case_verified")
    cancel = ordered.to(cancelled)
    remind = (
        _on.at_district.to.itself(cond="heading_out")
        | _on.at_village.to.itself(cond="heading_out")
        | _on.at_counter.to.itself(cond="heading_out")
    )
    adopt = (
        new.to(_on.at_office, cond="held_at_office")
        | new.to(_on.at_district, cond="held_at_district")
        | new.to(_on.at_village, cond="held_at_village")
        | new.to(_on.at_counter, cond="held_at_counter")
        | new.to(_on.handed_over, cond="held_by_nobody")
    )
