"""The story of an office, played on a fresh file: demo."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

import click

from adminduk.cli.app import App
from adminduk.cli.declaring import command, option
from adminduk.cli.printing import as_json, show, show_command
from adminduk.errors import Refused, StorageFailure
from adminduk.language import N_

__all__ = ["demo"]

_FILE: Final = "tuban.db"
_MADE: Final = (_FILE, f"{_FILE}-wal", f"{_FILE}-shm")
_MARK: Final = "adminduk-demo.txt"


@command
@option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("adminduk-demo"),
    show_default=True,
    help=N_("The folder of the file; one that a former run made is replaced."),
)
def demo(app: App, folder: Path, json_: bool) -> None:
    """Play the story, and say where its file is."""
    from adminduk.cli.demo import telling
    from adminduk.cli.demo.cast import CASES, REGENCY
    from adminduk.cli.demo.stage import Clock, Letterbox, play, seeded_ids
    from adminduk.cli.demo.story import ENDING, OPENING, STORY, WHY
    from adminduk.office import Office

    url = _fresh(folder)
    clock, letterbox = Clock(), Letterbox()
    with Office.init(
        url, REGENCY, clock=clock, ids=seeded_ids(), notifier=letterbox, language=app.language
    ) as office:
        played = play(office, clock, letterbox, STORY)
        if json_:
            scenes = [telling.as_dict(app, one) for one in played]
            cases = [office.track(code).as_dict(app.language) for code in CASES]
            clean = office.verify().clean
            as_json({"url": url, "scenes": scenes, "cases": cases, "verified": clean})
            return
        app.tell(OPENING)
        teller = telling.Teller(app, office.catalogue)
        for one in played:
            teller.tell(one)
        show()
        app.tell(ENDING)
        telling.tell_where(app, office, CASES, WHY)
        show()
        report = office.verify()
        assert report.clean
        app.tell(
            N_("Verified: {entries} journal entries give exactly the {records} records stored."),
            entries=report.entries,
            records=report.records,
        )
        _say_where(app, url)


def _fresh(folder: Path) -> str:
    """Make the folder ready, and give the URL of the file that will be in it.

    Raises:
        Refused: It holds what the demo did not make.
        StorageFailure: It cannot be made or written.
    """
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
            text = N_("{folder} holds what the demo did not make. Name another folder with --dir.")
            raise Refused("not_ours", text, folder=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).write_text("adminduk demo\n", encoding="utf-8")
        for name in _MADE:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailure(url=str(folder), why=error.strerror) from error
    return f"sqlite:///{(folder / _FILE).as_posix()}"


def _say_where(app: App, url: str) -> None:
    from adminduk.cli.demo.cast import BIRTH, LILIK, LOST_KK, MONTONGSEKAR
    from adminduk.cli.demo.story import HOME_BAG

    app.tell(N_("The office is now in this file; look into it:"))
    show()
    show_command(f"export ADMINDUK_OFFICE={shlex.quote(url)}")
    show_command(f"export ADMINDUK_LANG={app.language}")
    show_command(f"export ADMINDUK_AS={LILIK.role}:{LILIK.id}@{LILIK.region}")
    show_command("adminduk inbox")
    show_command(f"adminduk track {LOST_KK}")
    show_command(f"adminduk journal {BIRTH}/3")
    show_command(f"adminduk find {MONTONGSEKAR} --until 2021-07-31")
    show_command(f"adminduk manifest {HOME_BAG}")
    show_command("adminduk schedule --from 2021-07-26 --until 2021-08-06")
    show_command("adminduk verify")
