"""What may happen to a record in which state.

Each lifecycle is declared once, as a python-statemachine class in a module of its own. The
engine does not run those machines: it uses a table compiled from them on first use.
"""

from adminduk.lifecycle.table import Arrow, Table, table_of

__all__ = ["Arrow", "Table", "table_of"]
