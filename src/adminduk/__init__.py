"""The engine of an Indonesian civil-registration office.

Applications, checklists that cite the law, a lifecycle from submission to handover, and
custody of every paper on the way; storage, notifiers and couriers are plugins.

What is named here is imported when it is first used: a program that only checks a NIK does not
wait for the office.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from adminduk import commands
    from adminduk.errors import AdmindukError
    from adminduk.office import Office
    from adminduk.records import Actor, Person, Post, Role

__all__ = ["Actor", "AdmindukError", "Office", "Person", "Post", "Role", "commands"]

_HOME: Final = {
    "Actor": "adminduk.records",
    "AdmindukError": "adminduk.errors",
    "Office": "adminduk.office",
    "Person": "adminduk.records",
    "Post": "adminduk.records",
    "Role": "adminduk.records",
}


def __getattr__(name: str) -> Any:
    """Import what is named here when it is first used."""
    if name == "commands":
        return import_module("adminduk.commands")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found
