"""export and import: an office as lines for any storage, and back."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from cli_running import PROGRAM, Desk, Ran, not_translated, program, too_wide

from adminduk.office.moving import bringing


def at(folder: Path, name: str) -> Desk:
    """Give a place at a store that may not be there yet."""
    return Desk(f"sqlite:///{folder / name}")


def said(done: Ran) -> dict[str, object]:
    """Read the error that a program is told."""
    assert (done.code, done.out) == (1, "")
    error: dict[str, object] = json.loads(done.err)
    return error


def test_an_office_moves(half: Desk, tmp_path: Path):
    """Both say the same counts and digest; a command sent again has its first answer."""
    file = str(tmp_path / "office.jsonl")
    done = half.run("export", file)
    assert (done.code, done.err) == (0, "")
    first, *_, counts, digest = done.out.splitlines()
    assert first.startswith("Exported and verified, in")
    assert counts == (
        "  Office 35.23: 6 records, 15 journal entries, 7 claims, 8 commands, 2 messages."
    )
    assert digest.startswith("Digest: ")
    away = at(tmp_path, "away.db")
    done = away.run("import", file)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Imported and verified, from")
    assert done.out.splitlines()[-1] == digest
    assert away.run("journal", "--json").json == half.run("journal", "--json").json
    assert away.run("verify", "--json").json == half.run("verify", "--json").json
    back = str(tmp_path / "back.jsonl")
    told = away.run("export", back, "--json").json
    assert told == {
        "file": back,
        "digest": digest.removeprefix("Digest: "),
        "offices": {
            "35.23": {
                "records": 6,
                "entries": 15,
                "keys": 0,
                "claims": 7,
                "commands": 8,
                "messages": 2,
            }
        },
    }
    assert Path(back).read_bytes() == Path(file).read_bytes()
    again = away.run("import", file, "--json").json
    assert again == told | {"file": file}


def test_one_office_of_several(half: Desk, tmp_path: Path):
    """By the regency that is named; another one is refused."""
    half.run("init", half.office, "--region", "35.22")
    both, one = str(tmp_path / "both.jsonl"), str(tmp_path / "one.jsonl")
    assert list(half.run("export", both, "--json").json["offices"]) == ["35.22", "35.23"]
    named = Desk(f"{half.office}#35.22")
    assert list(named.run("export", one, "--json").json["offices"]) == ["35.22"]
    away = at(tmp_path, "away.db")
    other = Desk(f"{away.office}#35.23")
    assert said(other.run("import", one, "--json"))["code"] == "other_office"
    assert said(other.run("import", both, "--json"))["code"] == "other_office"
    assert Desk(f"{away.office}#35.22").run("import", one).code == 0
    assert away.run("import", both).code == 0, "what is there already is the same"
    whole = Desk(f"{away.office}#35.23").run("journal", "--json").json
    assert whole == Desk(f"{half.office}#35.23").run("journal", "--json").json


def test_an_import_that_broke_off_goes_on(
    half: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Until then nobody opens the office, and the error says what to do."""
    file = str(tmp_path / "office.jsonl")
    half.run("export", file)
    away = at(tmp_path, "away.db")
    with monkeypatch.context() as patched:
        patched.setattr(bringing, "_MOST", 4)
        patched.setattr(bringing._Bringing, "_park", _break_off)
        with pytest.raises(KeyboardInterrupt):
            bringing.bring_in(away.office, Path(file))
    refusal = said(away.run("journal", "--json"))
    assert refusal["code"] == "half_moved"
    assert "Import the same file again" in str(refusal["message"])
    assert said(away.run("backup", str(tmp_path / "b.db"), "--json"))["code"] == "not_sound"
    assert away.run("import", file).code == 0
    assert away.run("journal", "--json").json == half.run("journal", "--json").json


def _break_off(bringing_: bringing._Bringing) -> None:
    if bringing_.entries > 8:
        raise KeyboardInterrupt


def test_refusals_say_what_to_do(half: Desk, tmp_path: Path):
    """Nothing is overwritten, and a changed file is not brought in."""
    file = tmp_path / "office.jsonl"
    assert half.run("export", str(file)).code == 0
    assert said(half.run("export", str(file), "--json"))["code"] == "place_taken"
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(file.read_bytes()[:-30])
    away = at(tmp_path, "away.db")
    assert said(away.run("import", str(cut), "--json"))["code"] == "export_cut_off"
    changed = tmp_path / "changed.jsonl"
    changed.write_bytes(file.read_bytes().replace(b"birth", b"death", 1))
    refusal = said(away.run("import", str(changed), "--json"))
    assert refusal["code"] == "export_changed"
    assert isinstance(refusal["line"], int)
    assert not (tmp_path / "away.db").exists()
    assert Desk().run("export", str(tmp_path / "x")).code == 2
    assert Desk().run("import", str(file)).code == 2


@pytest.mark.usefixtures("marked")
def test_in_the_language(half: Desk, tmp_path: Path):
    """Answers and refusals are in the language of the run."""
    desk = Desk(half.office, language="id")
    away = Desk(f"sqlite:///{tmp_path / 'away.db'}", language="id")
    file, cut = str(tmp_path / "b.jsonl"), tmp_path / "cut.jsonl"
    runs = [desk.run("export", file), away.run("import", file)]
    cut.write_bytes(Path(file).read_bytes()[:999])
    other = Desk(f"{away.office}#35.22", language="id")
    runs += [desk.run("export", file), away.run("import", str(cut)), other.run("import", file)]
    assert [one.code for one in runs] == [0, 0, 1, 1, 1]
    for one in runs:
        assert not_translated((one.out + one.err).replace("\n", " ")) == []
    for one in runs[:2]:
        assert too_wide(one.out.replace(file, "")) == []


def test_progress_on_a_terminal(half: Desk, tmp_path: Path):
    """All stages show, one after the other."""
    pty = pytest.importorskip("pty")
    file = str(tmp_path / "b.jsonl")
    shown, terminal = pty.openpty()
    for office, command in ((half.office, "export"), (at(tmp_path, "a.db").office, "import")):
        subprocess.run(
            [PROGRAM, "--lang", "en", "--office", office, command, file],
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=True,
            env={**os.environ, "TERM": "xterm"},
        )
    os.close(terminal)
    seen = os.read(shown, 100_000).decode(errors="replace")  # it may end within a letter
    os.close(shown)
    stages = [seen.find(one) for one in ("Exporting", "Checking the file", "Importing")]
    assert stages == sorted(stages)
    assert -1 < seen.find("Verifying") < stages[0]
    assert seen.rfind("Verifying") > stages[-1]


def test_the_program_itself(half: Desk, tmp_path: Path):
    """The name that Python keeps for itself is a command all the same."""
    file = str(tmp_path / "b.jsonl")
    assert program("--office", half.office, "export", file).code == 0
    done = program("--lang", "en", "import", "--help")
    assert "adminduk import" in done.out
