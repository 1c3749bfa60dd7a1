"""A storage held to what storages promise, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_running import Desk, not_translated, program, too_wide

from adminduk.cli import conformance as module
from adminduk.testing import conformance
from adminduk.testing.conformance import Finding

FINDINGS = [
    Finding("test_a", "committing", "All or nothing.", "passed", "", 0.5),
    Finding("test_b", "claiming", "One holds it.", "failed", "AssertionError: assert 1 == 2", 1.0),
    Finding("test_c", "processes", "One wins.", "skipped", "several_processes", 0.0),
]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Have the checks find what a test says."""
    findings = list(FINDINGS)

    def conform(template: str, *, tell: Callable[[Finding], None] | None) -> list[Finding]:
        assert template == "memory:"
        for one in findings:
            if tell is not None:
                tell(one)
        return findings

    monkeypatch.setattr(conformance, "conform", conform)
    return findings


@pytest.mark.usefixtures("found")
def test_each_check_is_told():
    """With what failed, and what is missing; the program ends with 1."""
    done = Desk().run("conformance", "--storage", "memory:")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "passed   test_a",
        "failed   test_b",
        "         It promises: One holds it.",
        "         AssertionError: assert 1 == 2",
        "skipped  test_c",
        "         Not checked, as this is missing: several_processes.",
        "1 checks passed, 1 failed, 1 skipped; 2 seconds.",
    ]


def test_if_none_failed_it_ends_with_0(found: list[Finding]):
    """Skipped checks are no failure."""
    del found[1]
    assert Desk().run("conformance", "--storage", "memory:").code == 0
    assert Desk().run("conformance", "--storage", "memory:", "--json").json["ok"] is True


@pytest.mark.usefixtures("found")
def test_for_programs():
    """The same as data, in one document."""
    done = Desk().run("conformance", "--storage", "memory:", "--json")
    data = done.json
    checks = data.pop("checks")
    assert done.code == 1
    assert data == {"ok": False, "passed": 1, "failed": 1, "skipped": 1}
    assert checks[1] == {
        "name": "claiming::test_b",
        "promise": "One holds it.",
        "outcome": "failed",
        "why": "AssertionError: assert 1 == 2",
        "seconds": 1.0,
    }


@pytest.mark.usefixtures("marked", "found")
def test_in_the_language():
    """Nothing but names and what the kit says of itself stays English."""
    done = Desk(language="id").run("conformance", "--storage", "memory:")
    assert not_translated(done.out) == []


def test_without_what_helps_to_test(monkeypatch: pytest.MonkeyPatch):
    """It is said how to get it."""

    def nothing(_: str) -> Any:
        return None

    monkeypatch.setattr(module, "find_spec", nothing)
    done = Desk().run("conformance", "--storage", "memory:")
    assert (done.code, done.out) == (1, "")
    assert "pip install 'adminduk[testing]'" in done.err


def test_a_place_that_is_always_the_same(tmp_path: Path):
    """It is refused, with what would be accepted."""
    done = Desk().run("conformance", "--storage", f"sqlite:///{tmp_path}/x.db")
    assert (done.code, done.out) == (1, "")
    assert "{tmp}" in done.err


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "--storage, --scans, --notifier, --courier or"),
        (
            ("--storage", "memory:", "--notifier", "console:"),
            "--storage, --scans, --notifier, --courier or",
        ),
        (("--courier", "weekly:", "--storage", "memory:"), "--notifier, --courier or"),
        (("--notifier", "console:"), "say to which number by --phone"),
    ],
)
def test_what_is_to_be_checked_is_named(arguments: tuple[str, ...], text: str):
    """One thing; and nobody is sent messages by mistake."""
    done = Desk().run("conformance", *arguments)
    assert (done.code, done.out) == (2, "")
    assert text in " ".join(done.err.split())


def test_a_notifier_as_a_program():
    """Messages are really sent, here to the console; what nobody can see is skipped."""
    done = program("conformance", "--notifier", "console:", "--phone", "081200000000", "--json")
    assert done.code == 0
    assert {name: done.json[name] for name in ("passed", "failed", "skipped")} == {
        "passed": 5,
        "failed": 0,
        "skipped": 7,
    }
    assert done.err.count("-> …000: ") == 48


@pytest.mark.parametrize(
    ("url", "to", "code"),
    [("nobody:", "081200000000", "unknown_scheme"), ("console:", "12", "phone")],
)
def test_a_notifier_that_cannot_be_tried(url: str, to: str, code: str):
    """No plugin knows it, or there is no such number."""
    done = Desk().run("conformance", "--notifier", url, "--phone", to, "--json")
    assert done.code == 1
    assert [one["code"] for one in json.loads(done.err)["faults"]] == [code]


def test_as_a_program():
    """All checks, by an interpreter that has never seen pytest: a failure would say its line."""
    done = program("--lang", "en", "conformance", "--storage", "memory:")
    assert (done.code, done.err) == (0, "")
    *lines, last = done.out.splitlines()
    assert last.startswith("76 checks passed, 0 failed, 11 skipped; ")
    assert lines.count("         Not checked, as this is missing: reopens.") == 3
    assert too_wide(done.out) == []
