"""What is fuzzed: each target takes bytes and raises where a promise is broken."""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from adminduk import regions, values
from adminduk.catalogue import load, load_directory
from adminduk.cli.app import App, parse_actor
from adminduk.cli.applying import _answer
from adminduk.cli.law import _fact
from adminduk.cli.printing import safe
from adminduk.codec import parse_json, read_order, structure, to_json
from adminduk.errors import AdmindukError
from adminduk.masking import is_hidden, masked
from adminduk.office import Office
from adminduk.ports import Row
from adminduk.storage.position import position_after, read_position
from adminduk.storage.sqlite import SQLiteStorage
from adminduk.testing.day import lines

__all__ = ["TARGETS", "check_error"]


def check_error(error: AdmindukError) -> None:
    """Check that an error can be shown: in words, with nothing hidden and no number in full."""
    for language in ("id", "en"):
        text = error.message(language)
        assert text, "nothing is said"
        assert not any(map(is_hidden, text)), "something is hidden"
        assert masked(text) == text, "a number in full"
        data = to_json(error.as_dict(language)).decode()
        assert masked(data) == data, "a number in full"
        assert len(data) < 200_000, "endless"  # noqa: PLR2004 - far more than anybody reads


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _order(data: bytes) -> None:
    try:
        read_order(parse_json(data))
    except AdmindukError as error:
        check_error(error)


@cache
def _stand() -> tuple[Office, Any, App]:
    office = Office.open("memory:", "35.23")
    for line in _lines():
        _answer(App("en"), office, None, 1, line)
    return office, copy.deepcopy(office.storage._offices["35.23"]), App("en")  # type: ignore[attr-defined]


def _apply(data: bytes) -> None:
    office, before, app = _stand()
    here = office.storage._offices  # type: ignore[attr-defined] # the store itself is looked at
    answer, _ = _answer(app, office, None, 1, data)
    if not answer["ok"]:
        text = to_json(answer["error"]).decode()
        assert masked(text) == text, "a number in full"
        assert here["35.23"] == before, "something was written"
    else:
        assert office.verify().clean, "it does not add up"
        here["35.23"] = copy.deepcopy(before)


def _parsers(data: bytes) -> None:
    text = _text(data)
    kinds = (values.NIK, values.KKNumber, values.PersonName, values.Phone, values.RegionCode)
    for kind in (*kinds, values.TrackingCode):
        try:
            made = kind.parse(text)
        except AdmindukError as error:
            check_error(error)
        else:
            assert kind.parse(made.full()) == made, "another value"
            assert not any(map(is_hidden, str(made))), "something is hidden"
    regions.search(text)
    safe(text)


def _command_line(data: bytes) -> None:
    text = _text(data)
    calls: tuple[Callable[[], object], ...] = (
        lambda: parse_actor(text),
        lambda: structure(text, date),
        lambda: read_position(text),
        lambda: _fact(load(), f"holder_age={text}"),
        lambda: SQLiteStorage("sqlite:////nowhere/" + text).offices(),
        lambda: _stand()[0].manifest(text),
        lambda: _stand()[0].journal(text),
        lambda: _stand()[0].find("35.23.08.2001", _SITI, after=text),
        lambda: _stand()[0].checklist(text),
    )
    for call in calls:
        try:
            call()
        except AdmindukError as error:
            check_error(error)


_SITI: Final = parse_actor("village_operator:siti@35.23.08.2001")


def _catalogue(data: bytes) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as at:  # noqa: S108 - a folder of our own in it
        Path(at, "rules.toml").write_bytes(data)
        try:
            load_directory(Path(at))
        except AdmindukError as error:
            check_error(error)


@cache
def _lines() -> list[bytes]:
    """Give a small day's work, the office's own settings, notices and timetables among it."""
    by = {"id": "endang", "role": "head_of_office", "region": "35.23"}
    own: tuple[tuple[str, dict[str, Any]], ...] = (
        ("change_settings", {"draft_days": 20, "approvals": {"reject": "nobody"}}),
        ("set_schedule", {"schedule": "35.23.08", "timetable": {"weekdays": ["thursday"]}}),
        (
            "announce",
            {
                "notice": "PPKM-1",
                "acts": ["attend"],
                "channels": ["counter"],
                "until": "2999-12-31",
                "stays_open": [{"services": ["ktp-baru"], "facts": {"holder_age": [17]}}],
                "reason": "PPKM",
            },
        ),
    )
    heads = [
        {"id": str(UUID(int=place)), "by": by, "do": do, "with": with_}
        for place, (do, with_) in enumerate(own, start=1)
    ]
    return [*lines(applications=10), *map(to_json, heads)]


def _laws() -> list[bytes]:
    folder = Path(regions.__file__).parent.parent / "catalogue" / "data"
    whole = b"\n".join(file.read_bytes() for file in sorted(folder.glob("*.toml")))
    tables = re.split(rb"\n(?=\[\[[a-z]+\]\])", whole)
    return [*(b"\n".join(tables[place : place + 6]) for place in range(0, len(tables), 6)), whole]


def _words() -> list[bytes]:
    row = Row("bag", "B1", 1, "s", "r", "q", due="2021", group="", keys=(), body=b"")
    return [
        *(b"3523084107900001", b"3523081203150007", b"Siti Aminah", b"0812-3456-7890"),
        *(b"35.23.08.2001", b"K7M2Q9XD4H-T/2", b"village_operator:siti@35.23.08.2001"),
        *(b"2021-07-12", b"2021-07-12|", b"17", b"tuban.db#35.23", position_after(row).encode()),
    ]


TARGETS: Final[dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]]] = {
    "order": (_order, _lines),
    "apply": (_apply, _lines),
    "parsers": (_parsers, _words),
    "words": (_command_line, _words),
    "catalogue": (_catalogue, _laws),
}
