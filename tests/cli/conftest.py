"""An office on a fresh file for each test, and a language in which every translation shows."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from cli_cases import CASES, as_file, by_courier, code_of
from cli_running import Desk

from adminduk import cli, language
from adminduk.cli.click_texts import TEXTS


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a place at an office that has just been made."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    assert Desk().run("init", url, "--region", "35.23").code == 0
    return Desk(url)


@pytest.fixture
def half(desk: Desk) -> Desk:
    """Give a place at an office where a birth's documents are in the bag that is on its way."""
    lines = by_courier(CASES["birth"], code_of(1))
    depart = next(place for place, line in enumerate(lines) if line["do"] == "depart")
    assert desk.run("apply", "-", stdin=as_file(lines[: depart + 1])).code == 0
    return desk


class _Marked(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have every translation into Indonesian stand in ⟦brackets⟧, also those of click."""
    plain = gettext.NullTranslations()
    texts = {"id": _Marked(), "en": plain}
    monkeypatch.setattr(language, "_translations", texts.__getitem__)
    folder = tmp_path / "texts" / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = Catalog(locale="id")
    for text in TEXTS:
        catalog.add(text, f"⟦{text}⟧")
    with (folder / "adminduk.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(cli, "files", lambda _: tmp_path / "texts")
    for name in cli._COMMANDS:  # click keeps the help of --help
        command = cli.cli.found(name)
        for one in (command, *getattr(command, "commands", {}).values()):
            monkeypatch.setattr(one, "_help_option", None)
    monkeypatch.setattr(cli.cli, "_help_option", None)
