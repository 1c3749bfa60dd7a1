"""The program around its commands: help, languages, exit codes, what it imports."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_cases import CASES, as_file, by_courier, code_of
from cli_lines import NEW, changed, submitted
from cli_running import PROGRAM, Desk, not_translated, program, too_wide

from adminduk import plugins
from adminduk.cli import _COMMANDS
from adminduk.cli.bundles import bundle
from adminduk.cli.catalogue import catalogue
from adminduk.cli.click_texts import TEXTS
from adminduk.cli.master import master
from adminduk.cli.scans import scans
from adminduk.cli.slips import slip
from adminduk.language import LANGUAGES

GROUPS = {
    "": _COMMANDS,
    "bundle": bundle.commands,
    "catalogue": catalogue.commands,
    "master": master.commands,
    "scans": scans.commands,
    "slip": slip.commands,
}
EVERY = ["", *(f"{group} {name}".strip() for group, names in GROUPS.items() for name in names)]


class TestHelp:
    """Of the program and of every command."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("command", EVERY)
    def test_fits_and_is_not_empty(self, command: str, language: str):
        """Every command says what it does and has --json."""
        done = Desk(language=language).run(*command.split(), "--help")
        assert (done.code, done.err) == (0, "")
        assert too_wide(done.out) == []
        assert "--json" in done.out or command in GROUPS

    @pytest.mark.parametrize("command", EVERY)
    @pytest.mark.usefixtures("marked")
    def test_speaks_the_language(self, command: str):
        """Nothing of it stays English, not even what click itself says."""
        done = Desk(language="id").run(*command.split(), "--help")
        assert not_translated(done.out) == []
        assert "⟦Usage:⟧" in done.out

    def test_lists_every_command(self):
        """The list is in the order of the office's work, each with what it does."""
        listed = re.findall(r"^  ([a-z]+)  +\S", Desk().run("--help").out, re.MULTILINE)
        assert listed == list(_COMMANDS)

    def test_click_still_says_what_is_translated(self):
        """A text that click words anew would stay English."""
        folder = Path(inspect.getfile(click)).parent
        source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
        assert [text for text in TEXTS if f'_("{text}")' not in source] == []

    def test_version(self):
        """The version is that of the distribution."""
        assert re.fullmatch(r"adminduk [0-9.]+\n", Desk().run("--version").out)


MISUSE = {
    "no command": [],
    "an unknown command": ["verifikasi"],
    "an unknown option": ["services", "--all"],
    "an unknown language": ["--lang", "fr", "services"],
    "too many arguments": ["nik", "3523084107900001", "3523084107900002"],
    "too few": ["nik"],
    "no region": ["init", "memory:"],
    "no office": ["track", NEW],
    "nobody": ["--office", "memory:", "inbox"],
    "no actor": ["--office", "memory:", "--as", "siti", "inbox"],
    "a role that is none": ["--office", "memory:", "--as", "boss:siti@35.23", "inbox"],
    "an area that does not fit": ["--office", "memory:", "--as", "courier:a@35.23.08", "inbox"],
    "a second post that is none": ["--office", "x", "--as", "courier:a@35.23,boss@35", "inbox"],
    "no fact": ["checklist", "ktp-baru", "--fact", "lost"],
    "no day": ["services", "--on", "2021-02-30"],
    "a channel that is none": ["checklist", "ktp-baru", "--channel", "door"],
    "a page of nothing": ["--office", "memory:", "inbox", "--limit", "0"],
    "no file": ["--office", "memory:", "apply", "nothing.jsonl"],
    "a kind that is none": ["lifecycle", "letter"],
    "nothing to do with rules": ["catalogue"],
    "an unknown thing to do with rules": ["catalogue", "repeal"],
    "nothing to compare with": ["catalogue", "diff", "national"],
    "rules of no office": ["--rules", "x", "checklist", "ktp-baru"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", MISUSE.values(), ids=MISUSE)
def test_misuse(arguments: list[str], language: str):
    """What the options alone show to be wrong ends with 2, and says what is right."""
    done = Desk(language=language).run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert too_wide(done.err) == []


REFUSALS = {
    "no NIK": ["nik", "1234"],
    "no region": ["region", "99.99"],
    "no service": ["checklist", "ktp-gratis"],
    "no rule": ["checklist", "ktp-baru", "--on", "2019-01-01"],
    "an answer that is none": ["checklist", "ktp-baru", "--fact", "ever_married=perhaps"],
    "no scheme": ["--office", "mysql://secret@host/db", "verify"],
    "a regency that is none": ["init", "memory:", "--region", "35.99"],
    "no office in the store": ["--office", "memory:", "verify"],
    "another office": ["--office", "sqlite:///{office}#35.22", "verify"],
    "no tracking code": ["--office", "sqlite:///{office}", "track", "K7M2Q9XD4H-K"],
    "no case": ["--office", "sqlite:///{office}", "track", NEW],
    "no page": [
        "--office",
        "sqlite:///{office}",
        "--as",
        "courier:a@35.23",
        "inbox",
        "--after",
        "x",
    ],
    "no notifier": ["--office", "sqlite:///{office}", "deliver", "--notifier", "pigeon:"],
    "no folder": ["init", "sqlite:////nowhere/at/all.db", "--region", "35.23"],
}


@pytest.mark.parametrize("arguments", REFUSALS.values(), ids=REFUSALS)
class TestRefusals:
    """What the library refuses ends with 1, the error on standard error."""

    def test_for_people(self, desk: Desk, arguments: list[str]):
        """One or two sentences."""
        path = desk.office.removeprefix("sqlite:///")
        done = Desk().run(*(one.replace("{office}", path) for one in arguments))
        assert (done.code, done.out) == (1, "")
        assert done.err.strip()
        assert "secret" not in done.err

    def test_for_programs(self, desk: Desk, arguments: list[str]):
        """The same with its code, as JSON."""
        path = desk.office.removeprefix("sqlite:///")
        done = Desk().run(*(one.replace("{office}", path) for one in arguments), "--json")
        assert (done.code, done.out) == (1, "")
        assert {"code", "message"} <= set(json.loads(done.err))


class TestEnvironment:
    """What is the same for a whole day need not be said each time."""

    def test_office_actor_and_language(self, half: Desk):
        """Each has a variable, and the option goes before it."""
        environment = {
            "ADMINDUK_OFFICE": half.office,
            "ADMINDUK_AS": "courier:wahyu@35.23",
            "ADMINDUK_LANG": "en",
        }
        done = program("inbox", environment=environment)
        assert (
            done.out
            == "Nothing waits here. What is submitted, printed or sent here will show up.\n"
        )
        other = program("--as", "district_operator:tri@35.23.08", "inbox", environment=environment)
        assert "bag: departed" in other.out

    def test_several_offices_in_one_store(self, half: Desk):
        """After # the URL names which."""
        assert half.run("init", half.office, "--region", "35.22").code == 0
        assert Desk(half.office).run("verify").code == 1
        records = {
            code: Desk(f"{half.office}#{code}").run("verify", "--json").json["records"]
            for code in ("35.22", "35.23")
        }
        assert records == {"35.22": 0, "35.23": 6}

    def test_several_posts(self, half: Desk):
        """Who fills two posts sees what waits at both."""
        both = "courier:a@35.23,district_operator@35.23.08"
        tasks = Desk(half.office, both).run("inbox", "--json").json["tasks"]
        assert [(one["kind"], one["state"]) for one in tasks] == [
            ("bag", "departed"),
            ("original", "expected"),  # district operators also see what waits in their villages
        ]


class TestTheInstalledProgram:
    """As it is started from a shell."""

    def test_exit_codes(self, desk: Desk):
        """0 done, 1 refused, 2 misuse."""
        assert program("region", "35.23").code == 0
        assert program("nik", "1234").code == 1
        assert program("nik").code == 2
        assert (
            program("--office", desk.office, "apply", "-", stdin=as_file([submitted()])).code == 0
        )

    def test_what_the_terminal_cannot_write(self):
        """An old code page is no reason to fail."""
        environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
        done = program("services", environment=environment)
        assert (done.code, done.err) == (0, "")
        assert "\\u2013" in done.out

    def test_bytes_that_are_no_text(self):
        """An argument of any bytes is refused as any other."""
        run = subprocess.run(
            [PROGRAM, "checklist", "ktp-baru", "--fact", b"\xff\xfe=1"],
            capture_output=True,
            check=False,
        )
        assert run.returncode == 1
        assert b"Traceback" not in run.stderr

    def test_a_reader_that_stops(self, half: Desk):
        """`adminduk journal | head -1` ends quietly."""
        command = f"{PROGRAM} --office {half.office} journal --json | head -c 1"
        run = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
        assert run.stderr == b""

    def test_progress_on_a_terminal_only(self, desk: Desk):
        """Standard error shows how far a long file has come, if somebody is there to see it."""
        pty = pytest.importorskip("pty")
        lines = as_file(by_courier(CASES["birth"], code_of(1)))
        shown, terminal = pty.openpty()
        run = subprocess.run(
            [PROGRAM, "--lang", "en", "--office", desk.office, "apply", "-"],
            input=lines,
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=False,
            env={**os.environ, "TERM": "xterm"},
        )
        os.close(terminal)
        seen = os.read(shown, 100_000).decode()
        os.close(shown)
        assert run.stdout.count(b"\n") == len(lines.splitlines())
        assert "Applying" in seen
        quiet = program("--lang", "en", "--office", desk.office, "apply", "-", stdin=lines)
        assert quiet.err == f"Commands: {len(lines.splitlines())}; refused: 0.\n"


def test_broken_off(monkeypatch: pytest.MonkeyPatch):
    """Ctrl-C is answered, and ends with 1."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plugins, "listing", interrupt)
    done = Desk().run("plugins")
    assert (done.code, done.out) == (1, "")
    assert "Broken off." in done.err


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], ["adminduk.cli.law", "adminduk.cli.day", "adminduk.simulation", "simpy"]),
        (["nik", "3523084107900001"], ["adminduk.cli.day"]),
        (["--office", "memory:", "track", NEW], ["adminduk.cli.law"]),
        (["services"], ["adminduk.cli.demo"]),
    ],
)
def test_what_is_not_used_is_not_imported(arguments: list[str], heavy: list[str]):
    """Starting costs no more than the command needs."""
    script = (
        "import sys\nfrom adminduk.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([one for one in ['rich', 'statemachine', *{heavy!r}] if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert run.stdout.splitlines()[-1] == b"[]"


def test_a_line_with_a_number_for_everything(desk: Desk):
    """A NIK that somebody wrote where none belongs is not printed either."""
    line = changed("with", "region", to="3523081703880004")
    answer = desk.run("apply", "-", stdin=as_file([line])).json
    assert "3523081703880004" not in str(answer)
