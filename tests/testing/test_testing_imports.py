"""What helps to test stays out of the way of the library itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import adminduk

ROOT = Path(adminduk.__file__).parent


def imported(module: Path) -> Iterator[str]:
    """Give the names of the modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


class TestHypothesis:
    """Hypothesis is needed by those who test with it, and by nobody else."""

    def test_only_the_testing_package_imports_it(self):
        """No other module of the library does, not even where it is used."""
        users = {
            module.relative_to(ROOT).parts[0]
            for module in ROOT.rglob("*.py")
            for name in imported(module)
            if name.partition(".")[0] == "hypothesis"
        }
        assert users == {"testing"}

    def test_the_package_is_imported_without_it(self):
        """Only the strategies import it: kits for other tools do not need it."""
        code = "import sys, adminduk, adminduk.testing; sys.exit('hypothesis' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)
