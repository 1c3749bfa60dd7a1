"""What the modules of a distribution import of others."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs


@attrs.frozen
class Import:
    """That a module imports something from outside the standard library.

    Attributes:
        module: The module, by its dotted name.
        package: The outermost package that it imports.
    """

    module: str
    package: str


def imports(source: Path) -> Iterator[Import]:
    """Give every import in a folder of packages, wherever in a module it stands."""
    for file in sorted(source.rglob("*.py")):
        module = ".".join(file.relative_to(source).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_bytes())):
            for package in _packages(node):
                if package not in sys.stdlib_module_names and package != module.partition(".")[0]:
                    yield Import(module, package)


def _packages(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [(node.module or "").partition(".")[0]]
    return []
