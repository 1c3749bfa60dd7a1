"""Strategies for work as it is sent: a command with who sent it, a JSON object a line."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from adminduk.codec import Order, write_order
from adminduk.testing.strategies.command import any_commands
from adminduk.testing.strategies.record import actors
from adminduk.testing.strategies.region import TUBAN
from adminduk.values import RegionCode

__all__ = ["lines", "orders"]


def orders(*, office: RegionCode = TUBAN) -> st.SearchStrategy[Order]:
    """Draw a command of any kind, always with its id, and who sent it or nobody."""
    with_id = st.tuples(any_commands(office=office), st.uuids()).map(
        lambda drawn: evolve(drawn[0], id=drawn[1])
    )
    return st.builds(Order, with_id, st.none() | actors(office=office))


def lines(*, office: RegionCode = TUBAN) -> st.SearchStrategy[bytes]:
    """Draw a line of work that has the right form."""
    return orders(office=office).map(write_order)
