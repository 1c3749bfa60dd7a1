"""Running the command line in this process, or as the program that is installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from attrs import field, frozen
from click.testing import CliRunner

from adminduk.cli import cli

PROGRAM = Path(sys.executable).with_name("adminduk")
_NUMBER = re.compile(r"(?<![0-9a-f])[0-9]{16}(?![0-9a-f])")


@frozen
class Ran:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read the one document on standard output."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Read the documents on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@frozen
class Desk:
    """A place from which the command line is used.

    Attributes:
        office: The URL of the office; empty for none.
        by: The actor; empty for nobody.
        language: The language.
    """

    office: str = ""
    by: str = ""
    language: str = "en"
    environment: dict[str, str | None] = field(
        factory=lambda: dict.fromkeys(
            ("ADMINDUK_OFFICE", "ADMINDUK_AS", "ADMINDUK_LANG", "ADMINDUK_MASTER")
        )
    )

    def run(self, *arguments: str, stdin: bytes | None = None) -> Ran:
        """Run a command; what holds of every run is checked here."""
        before = ["--lang", self.language]
        before += ["--office", self.office] if self.office else []
        before += ["--as", self.by] if self.by else []
        result = CliRunner().invoke(
            cli,
            [*before, *arguments],
            input=stdin,
            env=self.environment,
            prog_name="adminduk",
            catch_exceptions=False,
        )
        assert result.exit_code in {0, 1, 2}
        assert not _NUMBER.search(result.stdout + result.stderr), "a NIK in full"
        return Ran(result.exit_code, result.stdout, result.stderr)


def program(*arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Ran:
    """Run the installed program."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ADMINDUK")}
    done = subprocess.run(
        [PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        env={**clean, "PYTHONUTF8": "1", **(environment or {})},
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


ENGLISH = re.compile(r"\b(?:the|is|of|by|and|to|was|for|not|with|here|no)\b", re.IGNORECASE)


def not_translated(text: str) -> list[str]:
    """Give the lines with English left outside of ⟦translations⟧."""
    while (rest := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = rest
    return [line for line in text.splitlines() if ENGLISH.search(line)]


def too_wide(text: str) -> list[str]:
    """Give the lines that do not fit a terminal of 80 columns."""
    return [line for line in text.splitlines() if len(line) > 80]
