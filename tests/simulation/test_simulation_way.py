"""The ways of the simulation are those of the real office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adminduk import Office
from adminduk.lifecycle import application, table
from adminduk.office.history import history
from adminduk.records import Application, Copy, DeliveryWay
from adminduk.simulation import way as ways
from adminduk.simulation.way import steps_of
from adminduk.testing.day import orders

NOT_SIMULATED = {"draft", "misprint", "attend", "choose_delivery"}
"""What does not bring a document on."""


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Give an office in which a day was played by real commands."""
    with Office.open("memory:", "35.23") as made:
        for order in orders(20, seed=4):
            made.do(order.command, by=order.by)
        yield made


def _states(office: Office, kind: str, key: str) -> list[str]:
    """Give the states that a record went through, in order."""
    changes = history(office._shelf, (kind, key))
    states = (one.set["state"] for one in changes if "state" in one.set)
    return [one for one in states if one not in NOT_SIMULATED]


def _gone(office: Office, way: DeliveryWay) -> set[tuple[str, ...]]:
    """Give the ways that documents went in that office: of the case, and of its first copy."""
    found = set()
    for state in ("handed_over", "issued"):
        for copy in office._shelf.records(kind=Copy.KIND, state=state):
            assert isinstance(copy, Copy)
            if copy.way is way and copy.key.endswith("/1"):
                case = _states(office, Application.KIND, copy.application.full())
                found.add((*case[:-1], *_states(office, Copy.KIND, copy.key)))
    return found


@pytest.mark.parametrize("way", DeliveryWay)
def test_as_the_office_goes(office: Office, way: DeliveryWay):
    """What the real office did with some document is what is simulated of each."""
    steps = [one for name, one in steps_of(way).items() if name not in ways.BESIDES]
    assert tuple(one.target for one in steps) in _gone(office, way)


def test_returned(office: Office):
    """One was returned and answered."""
    case = next(
        one
        for one in office._shelf.records(kind=Application.KIND, state="completed")
        if "returned" in _states(office, Application.KIND, one.key)
    )
    steps = steps_of(DeliveryWay.COURIER)
    assert _states(office, Application.KIND, case.key)[:3] == [
        steps[name].target for name in ("submit", "return", "answer")
    ]


def test_a_lifecycle_that_changed(monkeypatch: pytest.MonkeyPatch):
    """A way that the lifecycles do not allow is refused, not gone all the same."""
    changed = table.compile_table(application.ApplicationChart)
    monkeypatch.setattr(ways, "table_of", lambda _: changed)
    with pytest.raises(LookupError, match="no order from new"):
        steps_of.__wrapped__(DeliveryWay.COURIER)
