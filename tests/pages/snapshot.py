"""All that the catalogue says, a line each: a change of the rules is a change of lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from adminduk.catalogue import Catalogue
from adminduk.catalogue.outline import Tree, condition_words, outline

__all__ = ["snapshot"]

_IN_ORDER: Final = {"item", "substitute"}
"""Lists whose order tells: papers as people read them, and the first substitute that fits."""
_INTRO: Final = (
    "# All that the catalogue says, resolved and sorted; a test holds it equal.",
    "# After a change of the rules: python -m tests.reference",
)


def snapshot(catalogue: Catalogue) -> str:
    """Give every rule on lines of its own: where it stands, and what it says."""
    return "\n".join((*_INTRO, "", *sorted(_lines(catalogue)))) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.constraints:
        yield f"never {condition_words(one.never, catalogue.facts)}"
    for kind, name, rule in _rules(catalogue):
        yield from _flat(outline(rule, catalogue.facts), f"{kind} {name}", "")


def _rules(catalogue: Catalogue) -> Iterator[tuple[str, str, Any]]:
    """Give every rule with its kind and its name; of services the name has the first day."""
    kinds: dict[str, Any] = {
        "fact": catalogue.facts,
        "instrument": catalogue.instruments,
        "paper": catalogue.papers,
        "product": catalogue.products,
        "showing": catalogue.showings,
    }
    for kind, found in kinds.items():
        yield from ((kind, name, rule) for name, rule in found.items())
    for name, periods in catalogue.periods.items():
        yield from (("service", f"{name} {one.since}", one) for one in periods)


def _flat(tree: Tree, start: str, path: str) -> Iterator[str]:
    if isinstance(tree, str):
        yield f"{start} {path}: {tree}"
        return
    if path.rpartition(".")[2] in _IN_ORDER:
        yield f"{start} {path}: {', '.join(tree)}"
    for name, said in tree.items():
        yield from _flat(said, start, f"{path}.{name}" if path else name)
