"""Scans from the command line: kept, sent in parts, given out, checked and collected."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cli_running import Desk, Ran, not_translated, too_wide
from PIL import Image

LONG_AGO = 60 * 24 * 3600
LINE = {
    "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "by": {"id": "siti", "role": "village_operator", "region": "35.23.08.2001"},
    "do": "submit",
    "with": {
        "application": "K7M2Q9XD4H-T",
        "region": "35.23.08.2001",
        "services": ["kk-hilang"],
        "applicant": {"name": "Budi"},
        "people": {"head": {"name": "Budi", "kk": "3523080101100001"}},
        "facts": {"applicant_relation": "self", "nik_in_form": True, "foreign_resident": False},
    },
}


def picture(shade: int = 255) -> bytes:
    """Scan a page."""
    out = BytesIO()
    Image.new("L", (120, 170), shade).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def scanning(desk: Desk, tmp_path: Path) -> Desk:
    """Give a place at an office with a store of scans."""
    url = (tmp_path / "scans").as_uri()
    return evolve(desk, environment={**desk.environment, "ADMINDUK_SCANS": url})


def add(desk: Desk, tmp_path: Path, shade: int = 255) -> Any:
    """Keep a page; give what it is named by."""
    file = tmp_path / f"{shade}.jpg"
    file.write_bytes(picture(shade))
    return desk.run("scans", "add", str(file)).json


def submit(desk: Desk, scan: Any) -> Ran:
    """Apply with a scan, just as it was printed."""
    shown = {"f-1-02": {"way": "scan", "scans": [scan]}, "surat-hilang": {"way": "handed_in"}}
    line = LINE | {"with": {**LINE["with"], "evidence": shown}}  # type: ignore[dict-item] # a dict
    return desk.run("apply", "-", stdin=json.dumps(line).encode())


def place_of(scan: Any, tmp_path: Path) -> Path:
    """Give where a scan is kept."""
    (place,) = (tmp_path / "scans").rglob(scan["digest"])
    return place


def test_what_is_printed_goes_into_a_line(scanning: Desk, tmp_path: Path):
    """And the case is there, with its scan."""
    scan = add(scanning, tmp_path)
    assert set(scan) == {"digest", "type", "size"}
    assert submit(scanning, scan).code == 0
    assert scanning.run("verify", "--json").json["scans"] == 1
    assert scanning.run("scans", "verify", "--json").json == {"ok": True, "scans": 1, "faults": []}


def test_what_is_not_kept_is_refused(scanning: Desk, tmp_path: Path):
    """With its place in the line."""
    scan = add(scanning, tmp_path) | {"digest": "ab" * 32}
    done = submit(scanning, scan)
    assert done.code == 1
    error = done.lines[0]["error"]
    assert error["path"] == "with.evidence.f-1-02.scans.0"
    assert error["faults"][0]["code"] == "scan_absent"


def test_each_file_is_answered_for(scanning: Desk, tmp_path: Path):
    """One that is not taken keeps no other from it."""
    bad, good = tmp_path / "x.gif", tmp_path / "y.jpg"
    bad.write_bytes(b"GIF89a" + bytes(100))
    good.write_bytes(picture())
    done = scanning.run("scans", "add", str(bad), str(good))
    assert (done.code, len(done.lines)) == (1, 1)
    assert str(bad.name) in "".join(done.err.split())
    first, second = scanning.run("scans", "add", "--json", str(bad), str(good)).lines
    assert (first["file"], first["error"]["faults"][0]["code"]) == (str(bad), "scan_type")
    assert (second["file"], second["scan"]) == (str(good), done.lines[0])


def test_it_is_given_out_as_it_was_kept(scanning: Desk, tmp_path: Path):
    """To a new file, or where the program is told to write; what is damaged is not left."""
    scan, out = add(scanning, tmp_path), tmp_path / "out.jpg"
    assert scanning.run("scans", "get", scan["digest"], "-o", str(out)).code == 0
    assert sha256(out.read_bytes()).hexdigest() == scan["digest"]
    assert scanning.run("scans", "get", scan["digest"], "-o", str(out)).code == 1
    assert scanning.run("scans", "get", "ab" * 32).code == 1
    place_of(scan, tmp_path).write_bytes(b"\xff")
    done = scanning.run("scans", "get", scan["digest"], "-o", str(tmp_path / "other.jpg"))
    assert done.code == 1
    assert not (tmp_path / "other.jpg").exists()


def test_an_upload_goes_on_where_it_broke_off(scanning: Desk, tmp_path: Path):
    """It says where that is; told again, it gives the same answer."""
    content = picture()
    digest = sha256(content).hexdigest()
    named = ("scans", "upload", digest, str(len(content)), "--parts", str(tmp_path / "parts"))
    cut = scanning.run(*named, "--json", stdin=content[:100])
    assert (cut.code, cut.out) == (1, "")
    error = json.loads(cut.err)
    assert (error["code"], error["come"]) == ("upload_gap", 100)
    done = scanning.run(*named, stdin=content[100:])
    assert (done.code, done.json) == (0, add(scanning, tmp_path))
    assert scanning.run(*named, stdin=b"").json == done.json


def test_what_nothing_names_is_collected(scanning: Desk, tmp_path: Path):
    """Once it has waited; first it is only counted."""
    named, unnamed = add(scanning, tmp_path), add(scanning, tmp_path, 7)
    submit(scanning, named)
    place = place_of(unnamed, tmp_path)
    then = place.stat().st_mtime - LONG_AGO
    assert scanning.run("scans", "collect", "--json").json["young"] == 1
    os.utime(place, (then, then))
    size = unnamed["size"]
    told = {"scans": 2, "named": 1, "young": 0, "unnamed": 1, "size": size, "removed": False}
    assert scanning.run("scans", "collect", "--json").json == told
    assert "--remove" in scanning.run("scans", "collect").out
    assert place.exists()
    assert "Removed: 1" in scanning.run("scans", "collect", "--remove").out
    assert not place.exists()
    assert scanning.run("scans", "collect", "--days", "0").code == 1


def test_all_offices_of_the_store_are_read(scanning: Desk, tmp_path: Path):
    """Their scans may be kept at one place."""
    submit(scanning, add(scanning, tmp_path))
    assert scanning.run("init", scanning.office, "--region", "35.22").code == 0
    both = evolve(scanning, office=f"{scanning.office}#35.22")
    assert both.run("scans", "collect", "--json").json["named"] == 1


def test_what_is_missing_is_a_fault(scanning: Desk, tmp_path: Path):
    """With the case that names it; the program ends with 1."""
    scan = add(scanning, tmp_path)
    submit(scanning, scan)
    place_of(scan, tmp_path).unlink()
    for command in (("verify",), ("scans", "verify")):
        done = scanning.run(*command)
        assert done.code == 1
        assert "application K7M2Q9XD4H-T: its scan" in done.out


def test_without_a_store(desk: Desk):
    """It is said how to name one."""
    for command in (("get", "ab" * 32), ("add", "-")):
        done = desk.run("scans", *command)
        assert (done.code, done.out) == (2, "")
        assert "ADMINDUK_SCANS" in done.err
    done = desk.run("scans", "verify")
    assert done.code == 1
    assert "ADMINDUK_SCANS" in done.err


@pytest.mark.usefixtures("marked")
def test_in_the_language(scanning: Desk, tmp_path: Path):
    """Nothing of it stays English."""
    submit(scanning, add(scanning, tmp_path))
    village = evolve(scanning, language="id")
    for command in (("collect",), ("collect", "--remove"), ("verify",)):
        done = village.run("scans", *command)
        assert done.code == 0
        assert not_translated(done.out) == []
        assert too_wide(done.out) == []
