"""Strategies for work as it is sent: a command with who sent it, a JSON object a line."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from adminduk.codec import Order, dump, to_json
from adminduk.testing.strategies.command import any_commands
from adminduk.testing.strategies.record import actors
from adminduk.testing.strategies.region import TUBAN
from adminduk.values import RegionCode

__all__ = ["line_of", "lines", "orders"]

_HEAD = ("id", "at", "if_version")


def orders(*, office: RegionCode = TUBAN) -> st.SearchStrategy[Order]:
    """Draw a command of any kind, always with its id, and who sent it or nobody."""
    with_id = st.tuples(any_commands(office=office), st.uuids()).map(
        lambda drawn: evolve(drawn[0], id=drawn[1])
    )
    return st.builds(Order, with_id, st.none() | actors(office=office))


def lines(*, office: RegionCode = TUBAN) -> st.SearchStrategy[bytes]:
    """Draw a line of work that has the right form."""
    return orders(office=office).map(line_of)


def line_of(order: Order) -> bytes:
    """Write an order as the line that the door reads."""
    fields = dump(order.command)
    head = {name: fields.pop(name) for name in _HEAD}
    line = {name: value for name, value in head.items() if value is not None}
    if order.by is not None:
        line["by"] = dump(order.by)
    return to_json({**line, "do": order.command.NAME, "with": fields})
