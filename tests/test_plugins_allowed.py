"""Which plugins may be loaded: of real distributions on the path, that tell when they are run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from attrs import frozen

PLUGIN = """
    from pathlib import Path
    from adminduk.plugins import hookimpl

    Path(__file__).with_suffix(".ran").touch()
"""
PAPER = f"""{PLUGIN}
    SCHEMES = {{"adminduk_notifier": ("paper",)}}

    class Paper:
        def send(self, key, to, text):
            print(__name__, text)

    @hookimpl
    def adminduk_notifier(url):
        return Paper() if url.startswith(("paper:", "console:")) else None
"""
SILENT = PAPER.replace('"adminduk_notifier": ("paper",)', "")


@frozen
class Shelf:
    """A folder on the path of Python, with distributions in it."""

    folder: Path

    def install(self, distribution: str, code: str, name: str = "") -> Path:
        """Install a distribution with one plugin; give the file that is there once it was run."""
        module = f"{distribution.lower().replace('-', '_')}_plugin"
        (self.folder / f"{module}.py").write_text(dedent(code), encoding="utf-8")
        about = self.folder / f"{distribution.replace('-', '_')}-1.5.dist-info"
        about.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.5\n"
        (about / "METADATA").write_text(metadata, encoding="utf-8")
        points = f"[adminduk]\n{name or distribution} = {module}\n"
        (about / "entry_points.txt").write_text(points, encoding="utf-8")
        return self.folder / f"{module}.ran"

    def run(self, code: str, allowed: str | None = None) -> str:
        """Run a line of Python that finds what is installed; give what it prints."""
        return self._ran(["-c", f"from adminduk import plugins\n{code}"], allowed).stdout

    def program(self, *arguments: str, allowed: str | None = None) -> str:
        """Run the command line; give what it prints, on standard error too."""
        start = "import sys; from adminduk.cli import cli; cli(sys.argv[1:], prog_name='adminduk')"
        done = self._ran(["-c", start, "--lang", "en", *arguments], allowed, check=False)
        return done.stdout + done.stderr

    def _ran(
        self, arguments: list[str], allowed: str | None, *, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(filter(None, (str(self.folder), os.environ.get("PYTHONPATH"))))
        said: Mapping[str, str] = {} if allowed is None else {"ADMINDUK_PLUGINS": allowed}
        clean = {name: one for name, one in os.environ.items() if not name.startswith("ADMINDUK")}
        return subprocess.run(
            [sys.executable, *arguments],
            env={**clean, "PYTHONPATH": path, "PYTHONUTF8": "1", **said},
            capture_output=True,
            text=True,
            check=check,
        )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Give a folder in which nothing is installed yet."""
    return Shelf(tmp_path)


EVERY_DOOR = """
for name in ("storage", "scans", "notifier", "courier", "master"):
    try:
        getattr(plugins, f"open_{name}")("paper://shelf")
    except Exception as error:
        print(error.code)
plugins.holidays(2021), plugins.overlays("35.23"), plugins.committed(None)
plugins.lacking("paper:")
"""


def test_without_a_list_every_plugin_is_loaded(shelf: Shelf):
    """As ever."""
    ran = shelf.install("Kertas-Surat", PAPER)
    assert "Paper" in shelf.run("print(plugins.open_notifier('paper:'))")
    assert ran.exists()


@pytest.mark.parametrize("allowed", ["", "adminduk-kertas paper *"])
def test_of_a_plugin_that_is_not_allowed_not_a_line_is_run(shelf: Shelf, allowed: str):
    """Whatever it calls itself, and whatever is opened or listed; the library's own are there."""
    runs = [
        shelf.install("Kertas-Surat", PAPER, "paper"),
        shelf.install("jahat", PAPER, "adminduk-kertas"),
        shelf.install("jahat-lagi", PAPER, "storage"),
    ]
    said = shelf.run(f"{EVERY_DOOR}\nprint(plugins.open_storage('memory:'))", allowed)
    assert said.splitlines()[:5] == ["invalid_input"] * 5
    assert "MemoryStorage" in said
    for command in ("plugins", "doctor"):
        shelf.program(command, allowed=allowed)
    assert [one for one in runs if one.exists()] == []


@pytest.mark.parametrize("allowed", ["Kertas-Surat", ",other KERTAS_.surat,"])
def test_a_distribution_that_is_named_is_loaded(shelf: Shelf, allowed: str):
    """In whatever spelling its installer takes, and beside it no other."""
    ran, other = shelf.install("Kertas-Surat", PAPER), shelf.install("jahat", PAPER, "Kertas-Surat")
    assert "kertas_surat" in shelf.run("print(type(plugins.open_notifier('paper:')))", allowed)
    assert ran.exists()
    assert not other.exists()


class TestListed:
    """What was left out, and what is not there, is said."""

    def test_for_people(self, shelf: Shelf):
        """By its name and where it came from."""
        shelf.install("jahat", PAPER, "storage")
        said = shelf.program("plugins", allowed="adminduk-gone")
        assert "Plugin storage of jahat 1.5 is not allowed, and was not loaded." in said
        assert "ADMINDUK_PLUGINS allows the plugins of adminduk-gone" in said

    def test_for_programs(self, shelf: Shelf):
        """As data."""
        shelf.install("jahat", PAPER, "paper")
        told = json.loads(shelf.program("plugins", "--json", allowed="adminduk-gone adminduk"))
        found = {"name": "paper", "distribution": "jahat", "version": "1.5", "hooks": []}
        assert [one for one in told["not_allowed"] if one["distribution"] == "jahat"] == [found]
        assert told["not_installed"] == ["adminduk-gone"]
        assert {one["distribution"] for one in told["plugins"]} == {"adminduk"}

    def test_by_the_doctor(self, shelf: Shelf):
        """What is not here is a fault; what was left out is not."""
        shelf.install("jahat", PAPER, "paper")
        well = json.loads(shelf.program("doctor", "--json", allowed="adminduk"))
        assert well["ADMINDUK_PLUGINS"]["ok"]
        assert "paper" in well["ADMINDUK_PLUGINS"]["found"]
        sick = json.loads(shelf.program("doctor", "--json", allowed="gone"))
        assert not sick["ADMINDUK_PLUGINS"]["ok"]
        assert "gone" in sick["ADMINDUK_PLUGINS"]["found"]
        assert "Install what ADMINDUK_PLUGINS names" in shelf.program("doctor", allowed="gone")
        assert "ADMINDUK_PLUGINS" not in json.loads(shelf.program("doctor", "--json"))


class TestRivals:
    """No plugin takes the place of another."""

    @pytest.mark.parametrize("distribution", ["a-jahat", "z-jahat"])
    def test_the_schemes_of_the_library_stay_its_own(self, shelf: Shelf, distribution: str):
        """One that names them too is not loaded, which is said, in whatever order they come."""
        shelf.install(distribution, PAPER.replace('("paper",)', '("paper", "console")'), "rival")
        said = shelf.run("print(plugins.open_notifier('console:'), plugins.failures())")
        assert "ConsoleNotifier" in said
        assert "adminduk_notifier of console: is answered by notify as well" in said
        assert "rival" in shelf.program("doctor")

    @pytest.mark.parametrize("distribution", ["a-jahat", "z-jahat"])
    def test_the_names_of_the_library_stay_its_own(self, shelf: Shelf, distribution: str):
        """One that is called as one of them is not loaded."""
        shelf.install(distribution, PAPER, "notify")
        said = shelf.run("print(plugins.open_notifier('console:'), plugins.failures())")
        assert "ConsoleNotifier" in said
        assert "another plugin is called notify" in said

    def test_one_that_names_no_scheme_is_not_asked_for_that_of_another(self, shelf: Shelf):
        """The library's own answers."""
        shelf.install("a-jahat", SILENT)
        assert "ConsoleNotifier" in shelf.run("print(plugins.open_notifier('console:'))")

    def test_of_two_that_name_a_scheme_neither_is_loaded(self, shelf: Shelf):
        """Nobody knows whose a store would be; with a list there is one."""
        for one in ("kertas", "surat"):
            shelf.install(one, PAPER)
        said = shelf.run(f"{EVERY_DOOR}\nprint(plugins.failures())")
        assert "paper: is answered by surat as well" in said
        assert "paper: is answered by kertas as well" in said
        assert said.count("invalid_input") == 5
        assert "kertas" in shelf.run("print(type(plugins.open_notifier('paper:')))", "kertas")

    def test_of_two_that_answer_without_naming_it_neither_is_taken(self, shelf: Shelf):
        """The refusal names them."""
        for one in ("kertas", "surat"):
            shelf.install(one, SILENT)
        refused = "try: plugins.open_notifier('paper:')\nexcept Exception as error: print(error)"
        said = shelf.run(refused)
        assert said.startswith("several_plugins: Several plugins answer paper: kertas, surat.")

    def test_none_wraps_what_another_gives(self, shelf: Shelf):
        """Though the plugin system would let it."""
        wrapper = """
            from adminduk.plugins import hookimpl

            @hookimpl(wrapper=True)
            def adminduk_storage(url):
                yield
                return "taken"
        """
        shelf.install("jahat", wrapper)
        assert "MemoryStorage" in shelf.run("print(plugins.open_storage('memory:'))")


def test_a_plugin_that_ends_the_program_ends_nothing(shelf: Shelf):
    """It is one that cannot be loaded."""
    shelf.install("jahat", "raise SystemExit(7)")
    said = shelf.run("print(plugins.open_storage('memory:'), plugins.failures())")
    assert "MemoryStorage" in said
    assert "SystemExit: 7" in said


def test_what_a_plugin_says_when_it_fails_forges_no_line_of_the_log(shelf: Shelf):
    """Its words are from outside, as is its name."""
    shelf.install("jahat", 'raise ValueError("x\\n2021-07-12 ok: done \\x1b[2J 3523081703880004")')
    said = shelf.run(
        "import logging, sys; logging.basicConfig(stream=sys.stdout); plugins.listing()"
    )
    (line,) = (one for one in said.splitlines() if "jahat" in one)
    assert "x�2021-07-12 ok: done �[2J 3523**********04" in line
