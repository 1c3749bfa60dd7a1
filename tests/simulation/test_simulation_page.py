"""The page of the docs about simulations: its commands run, and print what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import draw
import pytest

from adminduk.simulation import Scenario, read_scenario

SHORT = ("until=2021-06-04", "documents={ktp-rusak=3, kk-ubah-data=2}")


def test_the_commands_run():
    """Each of them, here with little work; and its picture is there."""
    commands = draw.commands()
    assert len(commands) == 4
    for arguments in commands:
        *files, option, picture = arguments[1:]
        assert option == "--plot"
        assert Path(picture).exists()
        changes = [part for one in SHORT for part in ("--set", one)]
        printed = draw.run(["simulate", *files, *changes])
        assert [line[3:] for line in printed.splitlines() if re.match(r"[A-Z]  ", line)] == [
            Path(one).stem for one in files
        ]


def test_the_files_are_shown():
    """Every file of the examples is in a command, and says what it is."""
    shown = {one for arguments in draw.commands() for one in arguments if one.endswith(".toml")}
    assert shown == {str(one) for one in draw.EXAMPLES.iterdir()}
    block, _ = _blocks()
    assert block in (draw.EXAMPLES / "half-ill.toml").read_text(encoding="utf-8")
    ordinary = read_scenario(draw.EXAMPLES / "ordinary.toml")
    assert ordinary == Scenario(name="ordinary")


def _blocks() -> list[str]:
    return re.findall(r"```toml\n((?:.*\n)*?)```", draw.PAGE.read_text(encoding="utf-8"))


def test_the_other_questions(tmp_path: Path):
    """They can be asked as the page says: people, blanks, and a district with its own line."""
    file = tmp_path / "others.toml"
    file.write_text(_blocks()[1], encoding="utf-8")
    read = read_scenario(file)
    assert [one.people for one in read.staffing] == [-3, 2]
    assert sum(one.day < read.staffing[0].since for one in read.blanks) == 2
    changes = [part for one in SHORT for part in ("--set", one)]
    assert "Days by courier to Kenduruan: mean" in draw.run(["simulate", str(file), *changes])


def test_every_setting_is_told():
    """What a scenario may say stands in the table."""
    text = draw.PAGE.read_text(encoding="utf-8")
    fields = {one.name for one in Scenario.__attrs_attrs__} - {"name"}
    assert [one for one in sorted(fields) if f"`{one}`" not in text] == []


@pytest.mark.no_cover
def test_the_figures(pytestconfig: pytest.Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is shown is what the commands print: all of it is made anew, in the full profile."""
    if pytestconfig.getoption("--profile") != "full":
        pytest.skip("it takes minutes: in the full profile")
    monkeypatch.setattr(draw, "PICTURES", tmp_path)
    assert draw.page() == draw.PAGE.read_text(encoding="utf-8")
