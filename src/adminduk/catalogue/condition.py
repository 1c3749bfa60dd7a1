"""Conditions over facts, in a closed form that can be analysed.

A condition is a list of tables: it holds if any table does, and a table holds if every fact in
it has one of the values that it names. No table: it always holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["ALWAYS", "NEVER", "Condition", "Constraint", "FactValue", "Known"]

FactValue = bool | int | str
Known = Mapping[str, FactValue]
"""The facts that are known, each with its canonical value (`Fact.canonical`)."""


@frozen
class Condition:
    """Any of several tables of facts and their allowed values.

    Attributes:
        tables: The tables.
        never: It holds in no case; no file says so, only `NEVER`.
    """

    tables: tuple[Mapping[str, frozenset[FactValue]], ...] = ()
    never: bool = False

    @property
    def facts(self) -> frozenset[str]:
        """The facts it asks for."""
        return frozenset(name for table in self.tables for name in table)

    def holds(self, known: Known) -> bool | None:
        """Say whether it holds; None if what is known does not show it.

        None does not mean that it is open: the other tables or the constraints may settle it
        (`completion.possible`). More facts never change an answer other than None.
        """
        if not self.tables:
            return not self.never
        verdict: bool | None = False
        for table in self.tables:
            one = _table_holds(table, known)
            if one:
                return True
            if one is None:
                verdict = None
        return verdict


ALWAYS: Final = Condition()
NEVER: Final = Condition(never=True)


def _table_holds(table: Mapping[str, frozenset[FactValue]], known: Known) -> bool | None:
    verdict: bool | None = True
    for name, allowed in table.items():
        if name not in known:
            verdict = None
        elif known[name] not in allowed:
            return False
    return verdict


@frozen
class Constraint:
    """Facts that cannot be so together."""

    never: Condition
