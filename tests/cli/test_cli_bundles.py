"""Bundles from the command line: made in a village, checked, and imported at the office."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve, frozen
from cli_running import PROGRAM, Desk, Ran, not_translated, program, too_wide
from PIL import Image

from adminduk import Actor, Role
from adminduk.bundles import Bundle, SigningKey
from adminduk.bundles.bundle import Work, write_bundle
from adminduk.testing.disk import filled, small_disk

SITI = "village_operator:siti@35.23.08.2001"
CODES = ("K7M2Q9XD4H-T", "N4WG2ECYFB-7")


def at(place: Desk, folder: Path, **settings: str) -> Desk:
    """Give a place with a store of scans in a folder."""
    scans = (folder / settings.pop("scans")).as_uri()
    environment = {**place.environment, "ADMINDUK_SCANS": scans, "ADMINDUK_SIGNERS": None}
    return evolve(place, environment=environment, **settings)


@frozen
class Village:
    """A village hall with a key, and the office that knows it."""

    desk: Desk
    office: Desk
    folder: Path

    def file(self, name: str) -> str:
        """Name a file."""
        return str(self.folder / name)

    def line(self, number: int, code: str = CODES[0], **says: Any) -> dict[str, Any]:
        """Let a family apply for the KK that it lost."""
        page = BytesIO()
        Image.new("L", (120, 170), number).save(page, "JPEG")
        (self.folder / "page.jpg").write_bytes(page.getvalue())
        scan = self.desk.run("scans", "add", self.file("page.jpg")).json
        head = {"name": "Budi", "nik": "3523080101900001", "kk": "3523080101100001"}
        fields = {
            "application": code,
            "region": "35.23.08.2001",
            "services": ["kk-hilang"],
            "applicant": head,
            "people": {"head": head},
            "facts": {"applicant_relation": "self", "nik_in_form": True, "foreign_resident": False},
            "evidence": {
                "f-1-02": {"way": "scan", "scans": [scan]},
                "surat-hilang": {"way": "handed_in"},
            },
        }
        return {
            "id": str(UUID(int=number)),
            "at": f"2026-01-05T08:{number:02}:00+07:00",
            "do": "submit",
            "with": {**fields, **says},
        }

    def make(
        self,
        name: str,
        *lines: dict[str, Any],
        json_: bool = True,
        options: tuple[str, ...] = (),
    ) -> Ran:
        """Make a bundle of lines."""
        (self.folder / "lines").write_text("\n\n".join(map(json.dumps, lines)))
        options += ("--key", self.file("siti.pem"), "-o", self.file(name))
        return self.desk.run(
            "bundle", "make", self.file("lines"), *options, *(["--json"] if json_ else [])
        )

    def import_(self, name: str, *options: str) -> Ran:
        """Import it at the office."""
        signers = ("--signers", self.file("signers"))
        return self.office.run("bundle", "import", self.file(name), *signers, *options)


@pytest.fixture
def village(desk: Desk, tmp_path: Path) -> Village:
    """Give one whose key the office has."""
    found = Village(
        at(Desk(), tmp_path, scans="village", by=SITI), at(desk, tmp_path, scans="office"), tmp_path
    )
    made = found.desk.run("bundle", "key", found.file("siti.pem"))
    (tmp_path / "signers").write_text(f"# whom we know\n\n{made.out}")
    return found


class TestAVillage:
    """From the key to the office."""

    def test_brings_its_work(self, village: Village):
        """Made, looked at, checked, imported, and imported again."""
        made = village.make("a.bundle", village.line(1))
        assert made.json == {
            "file": village.file("a.bundle"),
            "size": Path(village.file("a.bundle")).stat().st_size,
            "commands": 1,
            "scans": 1,
        }
        shown = village.office.run("bundle", "show", village.file("a.bundle"))
        assert "by siti (village operator, 35.23.08.2001)" in shown.out.replace("\n", " ")
        assert f"1. submit  {CODES[0]}  kk-hilang" in shown.out
        told = village.office.run("bundle", "show", village.file("a.bundle"), "--json").json
        assert (told["office"], told["by"]["id"], told["come"]) == ("35.23", "siti", told["size"])
        signers = ("--signers", village.file("signers"))
        checked = village.office.run("bundle", "check", village.file("a.bundle"), *signers)
        assert "by who it says" in checked.out
        told = village.office.run("bundle", "check", village.file("a.bundle"), "--json")
        assert told.json == {"ok": True, "commands": 1, "scans": 1}
        first = village.import_("a.bundle")
        assert "by siti (village operator, 35.23.08.2001)" in first.out.replace("\n", " ")
        assert (first.code, f"1. submit  {CODES[0]}" in first.out) == (0, True)
        assert first.err == "Commands done: 1; done before: 0; refused: 0.\n"
        again = village.import_("a.bundle", "--json")
        assert again.lines[0]["repeated"] is True
        assert village.office.run("scans", "verify").code == 0
        assert village.office.run("track", CODES[0], "--json").json["state"] == "submitted"

    def test_hears_of_what_is_missing(self, village: Village):
        """With the line, and no file is left."""
        good, bad = village.line(1), village.line(2, CODES[1], evidence={})
        made = village.make("a.bundle", good, bad, json_=False)
        assert made.code == 1
        assert made.err.startswith("lines.2: Not shown")
        assert not Path(village.file("a.bundle")).exists()
        made = village.make("a.bundle", good | {"id": 7}, {"do": "sit"}, json_=False)
        assert "lines.1.id" in made.err
        assert "lines.2.do" in made.err

    def test_signs_in_all_posts(self, village: Village):
        """Of a person who has several; the office knows the key as of all of them."""
        desk = evolve(village.desk, by=f"{SITI},district_operator@35.23.08")
        made = desk.run("bundle", "key", village.file("both.pem"))
        assert made.out.startswith(f"{desk.by} ed25519:")
        told = desk.run("bundle", "key", village.file("other.pem"), "--json").json
        assert (told["by"], told["key"][:8]) == (desk.by, "ed25519:")
        Path(village.file("siti.pem")).write_bytes(Path(village.file("both.pem")).read_bytes())
        Path(village.file("signers")).write_text(made.out)
        assert evolve(village, desk=desk).make("a.bundle", village.line(1)).code == 0
        assert village.import_("a.bundle").code == 0

    def test_overwrites_nothing(self, village: Village):
        """Neither a key nor a bundle."""
        assert village.make("a.bundle", village.line(1)).code == 0
        assert village.make("a.bundle", village.line(1)).code == 1
        assert village.desk.run("bundle", "key", village.file("siti.pem")).code == 1
        other = village.desk.run(
            "bundle", "make", village.file("lines"), "--key", "none", "-o", "b"
        )
        assert (other.code, "none" in other.err) == (1, True)


def test_both_sides_of_a_conflict_are_shown(village: Village):
    """With what happened last at the office."""
    village.make("a.bundle", village.line(1))
    village.make("b.bundle", village.line(2, CODES[1]))
    village.import_("a.bundle")
    refused = village.import_("b.bundle")
    assert refused.code == 1
    out = refused.out.replace("\n  ", "")
    assert f"1. submit  {CODES[1]}  kk-hilang" in out
    assert f"The office has {CODES[0]}: submitted, kk-hilang; last: submit by siti" in out
    assert "refused: 1" in refused.err
    assert "Give the village" not in refused.err, "that lies in no rules"
    (told,) = village.import_("b.bundle", "--json").lines
    assert (told["ok"], told["error"]["code"]) == (False, "already_open")
    assert told["theirs"][0]["code"] == CODES[0]


def test_what_is_not_as_it_was_signed(village: Village):
    """It says what is wrong; nothing happened."""
    village.make("a.bundle", village.line(1))
    whole = Path(village.file("a.bundle")).read_bytes()
    Path(village.file("cut")).write_bytes(whole[:-10])
    cut = village.import_("cut")
    assert (cut.code, f"Of the {len(whole)} bytes" in cut.err) == (1, True)
    shown = village.office.run("bundle", "show", village.file("cut"))
    assert f"Of {len(whole)} bytes {len(whole) - 10} have come." in shown.out.replace("\n", " ")
    Path(village.file("altered")).write_bytes(whole.replace(b"Budi", b"Dubi"))
    altered = village.office.run("bundle", "check", village.file("altered"), "--json")
    assert json.loads(altered.err)["code"] == "bundle_altered"
    assert village.office.run("journal", "--json").json["entries"] == []


def test_who_may_sign(village: Village):
    """Nobody, where it is not said; and a file that says it wrongly is named with its line."""
    village.make("a.bundle", village.line(1))
    nobody = village.office.run("bundle", "import", village.file("a.bundle"))
    assert (nobody.code, "ADMINDUK_SIGNERS" in nobody.err) == (2, True)
    asked = village.office.run("bundle", "check", village.file("a.bundle"))
    assert "was not asked" in asked.out
    line = Path(village.file("signers")).read_text()
    Path(village.file("others")).write_text(line.replace("siti", "tono"))
    others = ("--signers", village.file("others"), "--json")
    checked = village.office.run("bundle", "check", village.file("a.bundle"), *others)
    assert (checked.code, json.loads(checked.err)["code"]) == (1, "bundle_signer")
    Path(village.file("signers")).write_text("# nobody\nsiti ed25519:x y\n")
    assert (village.import_("a.bundle").code, "Line 2" in village.import_("a.bundle").err) == (
        2,
        True,
    )
    Path(village.file("signers")).write_text("")
    assert village.import_("a.bundle").code == 1


def test_a_key_is_of_one_person(village: Village):
    """Whoever comes second with it is named, in whatever form the file is."""
    village.make("a.bundle", village.line(1))
    signers = Path(village.file("signers"))
    mine = signers.read_text().splitlines()[-1]
    signers.write_bytes(
        f"\N{ZERO WIDTH NO-BREAK SPACE}# us\r\n{mine} # a\u2028b\r\n{mine}".encode()
    )
    assert village.import_("a.bundle").code == 0
    theirs = mine.replace("siti", "tono")
    signers.write_text(f"{mine}\n{theirs}\n")
    refused = village.import_("a.bundle")
    assert (refused.code, "Line 2" in refused.err) == (2, True)
    key = mine.split()[1]
    same = f"{key[:-2]}{chr(ord(key[-2]) + 1)}="
    for other in ("ed25519:AAAA", key.removeprefix("ed25519:"), key[:-1], same, "x"):
        signers.write_text(f"{SITI} {other}")
        assert "Line 1" in village.import_("a.bundle").err


def test_through_pipes(village: Village):
    """From one program to the next, as what packs it up on its way; nothing else is written."""
    lines, key = village.file("lines"), village.file("siti.pem")
    assert village.make("a.bundle", village.line(1)).code == 0
    places = {name: str(one) for name, one in village.desk.environment.items() if one}
    made = subprocess.run(
        [PROGRAM, "--as", SITI, "bundle", "make", lines, "--key", key, "-o", "-"],
        env=os.environ | places,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    assert made.startswith(b"adminduk bundle 1\n")
    assert not Path("-").exists()
    signers = {"ADMINDUK_SIGNERS": village.file("signers")}
    scans = {"ADMINDUK_SCANS": village.office.environment["ADMINDUK_SCANS"] or ""}
    office = ("--lang", "en", "--office", village.office.office)
    done = program(*office, "bundle", "import", "-", stdin=made, environment=signers | scans)
    assert (done.code, "done: submitted" in done.out) == (0, True)
    pipe = village.folder / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=[made])
    writer.start()
    shown = village.office.run("bundle", "show", str(pipe))
    writer.join()
    assert (shown.code, f"1. submit  {CODES[0]}" in shown.out) == (0, True)


def test_a_pipe_for_which_there_is_no_room():
    """It is said; nothing is left."""
    with small_disk("1m") as folder:
        filled(folder, but=100_000)
        full = {"TMPDIR": str(folder)}
        shown = program(
            "--lang", "en", "bundle", "show", "-", stdin=bytes(500_000), environment=full
        )
        assert (shown.code, "No space" in shown.err) == (1, True)
        assert "Traceback" not in shown.err


class TestAWrongClock:
    """Told at the office, and mended in the village without a scan made anew."""

    AHEAD = "2999-01-05T08:10:00+07:00"

    def test_ahead(self, village: Village):
        """By centuries here, so that it still is when this is run."""
        line = village.line(1) | {"at": self.AHEAD}
        refused = village.make("a.bundle", line, json_=False)
        assert "lines.1.at: That has not happened yet. Accepted: a time up to\n20" in refused.err
        moved = ("--clock", "2999-01-05T10:30", "2026-01-05T10:35")
        assert village.make("a.bundle", line, options=moved).code == 0
        done = village.import_("a.bundle")
        assert f"1. submit  {CODES[0]}  kk-hilang  2026-01-05 08:15" in done.out
        assert done.code == 0

    def test_no_such_time(self, village: Village):
        """Each is named; a line that says none is told of as otherwise."""
        lines = village.line(1) | {"at": self.AHEAD}, village.line(2, CODES[1])
        for was in ("9999-01-01T00:00", "0001-01-01T00:00"):
            made = village.make("a.bundle", *lines, options=("--clock", "2026-01-01T00:00", was))
            faults = json.loads(made.err)["faults"]
            assert {(one["path"], one["code"]) for one in faults} == {
                ("lines.1.at", "no_such_time"),
                ("lines.2.at", "no_such_time"),
            }
        wrong = village.make("a.bundle", *lines, options=("--clock", "2026-01-01", "8:00"))
        assert (wrong.code, "A time is written as" in wrong.err) == (2, True)
        del lines[1]["at"]
        moved = ("--clock", "2999-01-01T00:00", "2026-01-01T00:00")
        made = village.make("a.bundle", *lines, options=moved)
        assert json.loads(made.err)["path"] == "lines.2.at"

    def test_of_who_made_it(self, village: Village):
        """What a bundle says of its making is held to the clock here, in the hours there."""
        village.make("a.bundle", village.line(1))
        head = Bundle.read(BytesIO(Path(village.file("a.bundle")).read_bytes())).head
        far = evolve(
            head,
            by=Actor("nona", Role.VILLAGE_OPERATOR, "91.71.01.1001"),
            made=datetime(2999, 1, 5, 1, tzinfo=UTC),
            work=Work.of(b""),
            scans=(),
        )
        with Path(village.file("b.bundle")).open("wb") as file:
            write_bundle(file, far, b"", lambda _: (), SigningKey.read(village.folder / "siti.pem"))
        shown = village.office.run("bundle", "show", village.file("b.bundle"))
        assert "made 2999-01-05 10:00" in shown.out.replace("\n", " ")
        assert "That has not come yet: here it is 20" in shown.out


def test_other_rules_at_the_office(village: Village):
    """What the village could have told by the same rules is said to be that, once."""
    other = {"name": "Wati", "nik": "3523080101900002", "kk": "3523080101100002"}
    second = village.line(2, CODES[1], applicant=other, people={"head": other})
    village.make("a.bundle", village.line(1), second)
    rules = {"ADMINDUK_RULES": str(Path(__file__).parents[1] / "bundles" / "rules")}
    strict = evolve(village.office, environment=village.office.environment | rules)
    refused = evolve(village, office=strict).import_("a.bundle")
    assert (refused.code, refused.err.count("Give the village the same")) == (1, 1)
    assert "akta-lahir" in refused.out
    answers = evolve(village, office=strict).import_("a.bundle", "--json").lines
    assert [one["by_other_rules"] for one in answers] == [True, True]
    assert "Give the village" not in village.import_("a.bundle").err


def test_codes(village: Village):
    """Each another one, and as they are written."""
    codes = village.desk.run("bundle", "code", "5").out.split()
    assert len(set(codes)) == 5
    assert all(len(one) == 12 for one in codes)
    assert len(village.desk.run("bundle", "code", "2", "--json").json) == 2


@pytest.mark.usefixtures("marked")
def test_speaks_the_chosen_language(village: Village):
    """In lines that fit a terminal."""
    village = evolve(
        village,
        desk=evolve(village.desk, language="id"),
        office=evolve(village.office, language="id"),
    )
    told = [village.make("a.bundle", village.line(1), json_=False)]
    told.append(village.make("b.bundle", village.line(2, CODES[1]), json_=False))
    told += [village.import_("a.bundle"), village.import_("a.bundle"), village.import_("b.bundle")]
    file = village.file("a.bundle")
    told += [village.office.run("bundle", name, file) for name in ("show", "check")]
    said = "\n".join(one.out + one.err for one in told).replace(str(village.folder), "")
    assert not not_translated(said)
    assert not too_wide(said)
