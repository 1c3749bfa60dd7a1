"""What rules say, as a tree of names: for comparing them, and for finding what is not sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import attrs

from adminduk.catalogue.condition import Condition, FactValue
from adminduk.catalogue.fact import Fact
from adminduk.catalogue.faults import FILE_NAMES
from adminduk.catalogue.law import Citation, Text

__all__ = ["Tree", "condition_words", "outline", "parts"]

Tree = str | dict[str, "Tree"]
"""What is said under each name."""

Facts = Mapping[str, Fact]

_KEYS: Final = {"id", "paper"}
"""Fields that name the whole; they are said where it stands."""
_LEAVES: Final = (Condition, Citation)


def parts(rule: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give what a rule says, each part by its names in the files; parts of lists by id.

    What it leaves out is left out.
    """
    for field in attrs.fields(type(rule)):
        name, value = FILE_NAMES.get(field.name, field.name), getattr(rule, field.name)
        if field.name in _KEYS or not field.init or value == field.default:
            continue
        if isinstance(value, tuple) and value and _is_rule(value[0]):
            yield from (((name, key), one) for key, one in _by_name(value))
        else:
            yield (name,), value


def _is_rule(value: Any) -> bool:
    return attrs.has(type(value)) and not isinstance(value, _LEAVES)


def _by_name(rules: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Name the parts of a list; of two with one name the later has its number."""
    seen = Counter[str]()
    for one in rules:
        name = one.id if hasattr(one, "id") else one.service
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", one


def outline(value: Any, facts: Facts) -> Tree:
    """Give what a rule says, as a tree.

    Args:
        value: The rule, or a part of it.
        facts: The facts that conditions ask for.
    """
    if isinstance(value, Text):
        return {"id": value.id, "en": value.en}
    if isinstance(value, Mapping):
        return {str(name): outline(one, facts) for name, one in value.items()}
    if not _is_rule(value):
        return _words(value, facts)
    tree: dict[str, Tree] = {}
    for names, part in parts(value):
        _put(tree, names, outline(part, facts))
    return tree


def _put(tree: dict[str, Tree], names: tuple[str, ...], value: Tree) -> None:
    *above, last = names
    for name in above:
        below = tree.setdefault(name, {})
        assert isinstance(below, dict), "a list of rules has no words of its own"
        tree = below
    tree[last] = value


def _words(value: Any, facts: Facts) -> str:
    match value:
        case Condition():
            words = condition_words(value, facts)
        case Citation():
            words = f"{value} ({value.certainty})"
        case frozenset():
            words = ", ".join(sorted(map(str, value)))
        case (tuple(), *_):
            words = " | ".join(" + ".join(map(str, one)) for one in value)
        case tuple():
            words = ", ".join(_words(one, facts) for one in value)
        case _:
            words = str(value)
    return words


def condition_words(condition: Condition, facts: Facts) -> str:
    """Say a condition in a line: `age 5–16 & lost = true | married = false`."""
    if condition.never:
        return "never"
    tables = (
        " & ".join(_allowed_words(facts[name], allowed) for name, allowed in sorted(table.items()))
        for table in condition.tables
    )
    return " | ".join(tables)


def _allowed_words(fact: Fact, allowed: frozenset[FactValue]) -> str:
    if fact.kind != "number":
        said = (str(one) for one in fact.domain if one in allowed)
        return f"{fact.id} = {'/'.join(said).lower()}"
    ranges = (
        f"{low}+" if high is None else f"{low}–{int(high) - 1}"
        for low, high in pairwise([*fact.domain, None])
        if low in allowed
    )
    return f"{fact.id} {'/'.join(ranges)}"
