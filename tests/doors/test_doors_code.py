"""What the code itself shows of the doors: statements without texts, secrets that are not timed."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from standardwebhooks import Webhook

ROOT: Final = Path(__file__).parents[2]
MODULES: Final = {
    str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
    for folder in ("src", *(f"adapters/{one.name}/src" for one in (ROOT / "adapters").iterdir()))
    for file in (ROOT / folder).rglob("*.py")
}
STATEMENT: Final = re.compile(r"\b(select|insert into|update|delete from|where)\b")
SECRET: Final = {"signature", "secret", "token", "mac", "hmac", "password", "authorization"}
OURS: Final = {
    "adapters/adminduk-postgresql/src/adminduk_postgresql/finding.py _stretches",
    "adapters/adminduk-postgresql/src/adminduk_postgresql/reading.py each",
}
"""What is given parts of statements, which are written where it is called."""
LEASES: Final = "src/adminduk/storage/memory.py"
"""The token of a lease is known to who has it, and guessed by nobody: it is compared as any id."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Give the functions of a module."""
    yield from (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def texts_of(function: ast.FunctionDef) -> set[str]:
    """Give the arguments of a function that are texts."""
    every = (*function.args.args, *function.args.kwonlyargs, *function.args.posonlyargs)
    return {one.arg for one in every if one.annotation and "str" in ast.unparse(one.annotation)}


def test_no_statement_is_made_of_a_text_that_came_in():
    """What is put into the text of a statement is a name of ours; all else is a value beside it."""
    made = [
        f"{file} {function.name}"
        for file, tree in MODULES.items()
        for function in functions(tree)
        for one in ast.walk(function)
        if isinstance(one, ast.JoinedStr) and STATEMENT.search(ast.unparse(one))
        if {name.id for name in ast.walk(one) if isinstance(name, ast.Name)} & texts_of(function)
    ]
    assert set(made) == OURS


def named(node: ast.expr) -> str:
    """Give by which name something is looked up."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return getattr(node, "id", getattr(node, "attr", ""))


def test_no_secret_is_compared_so_that_the_time_it_takes_tells_of_it():
    """Signatures are verified by their libraries, and nothing else that is secret is compared."""
    compared = [
        f"{file}:{one.lineno} {ast.unparse(one)}"
        for file, tree in MODULES.items()
        if file != LEASES
        for one in ast.walk(tree)
        if isinstance(one, ast.Compare)
        if any(isinstance(how, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for how in one.ops)
        if {named(side).lower().strip("_") for side in (one.left, *one.comparators)} & SECRET
    ]
    assert compared == []


def test_the_signatures_of_webhooks_are_compared_in_constant_time():
    """By the library that verifies them."""
    assert "compare_digest(" in inspect.getsource(Webhook.verify)
