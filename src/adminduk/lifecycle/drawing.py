"""The lifecycles as diagrams and tables, drawn from the classes that declare them."""

from __future__ import annotations

from adminduk.lifecycle.table import chart_of, table_of

__all__ = ["markdown", "mermaid"]


def mermaid(kind: str) -> str:
    """Give the lifecycle of a kind of record as a Mermaid state diagram.

    Raises:
        KeyError: No record is of that kind.
    """
    return format(chart_of(kind), "mermaid")


def markdown(kind: str) -> str:
    """Give the lifecycle of a kind of record as a Markdown table.

    Raises:
        KeyError: No record is of that kind.
    """
    table = table_of(kind)
    lines = [f"## {kind}", "", "| state | command | guard | next |", "|---|---|---|---|"]
    lines += [
        f"| {arrow.source} | {arrow.event} | {' and '.join(arrow.guards)} | {arrow.target} |"
        for arrow in table
    ]
    ends = ", ".join(state for state in table.states if state in table.ends)
    return "\n".join([*lines, "", f"Ends: {ends or 'none'}.", ""])
