"""A courier that is a carrier of its own, reached over HTTP, as a plugin of `adminduk`."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Courier

__all__ = ["SCHEMES", "adminduk_courier"]

SCHEMES: Final = {"adminduk_courier": ("carrier+https", "carrier+http")}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_courier(url: str) -> Courier | None:
    """Give the courier of `carrier+https:` and the address of a carrier."""
    if url.startswith(("carrier+https:", "carrier+http:")):
        from adminduk_carrier.courier import CarrierCourier
        from adminduk_carrier.line import Line

        return CarrierCourier(Line.read(url))
    return None
