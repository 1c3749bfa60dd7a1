"""The lifecycles as diagrams and tables, drawn from the classes that declare them."""

from __future__ import annotations

from adminduk.lifecycle.table import chart_of, table_of

__all__ = ["markdown", "mermaid"]


def mermaid(kind: str) -> str:
    """Give the lifecycle of a kind of record as a Mermaid state diagram."""
    return format(chart_of(kind), "mermaid")


def markdown(kind: str) -> str:
    """Give the lifecycle of a kind of record as a Markdown table."""
    lines = [f"## {kind}", "", "| state | event | if | next |", "|---|---|---|---|"]
    lines += [
        f"| {arrow.source} | {arrow.event} | {', '.join(arrow.guards)} | {arrow.target} |"
        for arrow in table_of(kind)
    ]
    return "\n".join([*lines, ""])
