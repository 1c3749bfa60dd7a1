"""The couriers that come with the library, as a plugin."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Courier

__all__ = ["SCHEMES", "adminduk_courier"]

SCHEMES: Final = {"adminduk_courier": ("weekly",)}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_courier(url: str) -> Courier | None:
    """Give the courier of `weekly:`."""
    if url == "weekly:":
        from adminduk.courier.weekly import WeeklyCourier

        return WeeklyCourier()
    return None
