"""The masters that come with the library, as a plugin: keys in a file, or in the environment."""

from __future__ import annotations

from typing import Final

from adminduk.plugins import hookimpl
from adminduk.ports import Master

__all__ = ["SCHEMES", "adminduk_master"]

SCHEMES: Final = {"adminduk_master": ("env", "file")}
"""The URL schemes that are answered, for those who look for one."""


@hookimpl
def adminduk_master(url: str) -> Master | None:
    """Give the master of `file:///path`, or of the variable in `env:NAME`."""
    if url.startswith("file:"):
        from adminduk.masters.local import master_in_file

        return master_in_file(url)
    if url.startswith("env:"):
        from adminduk.masters.local import master_in_variable

        return master_in_variable(url)
    return None
