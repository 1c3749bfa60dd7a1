"""The engine of an Indonesian civil-registration office.

Applications, checklists that cite the law, a lifecycle from submission to handover, and
custody of every paper on the way; storage, notifiers and couriers are plugins.
"""

from adminduk import commands
from adminduk.errors import AdmindukError
from adminduk.office import Office
from adminduk.records import Actor, Person, Post, Role

__all__ = ["Actor", "AdmindukError", "Office", "Person", "Post", "Role", "commands"]
