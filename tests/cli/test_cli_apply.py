"""Commands from a file: answered line by line, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cli_cases import (
    AYU,
    CASES,
    HEAD,
    JOKO,
    RINI,
    SITI,
    VILLAGE,
    Book,
    as_file,
    by_courier,
    code_of,
    submission,
)
from cli_lines import CASE, ID, NEW, changed, sent, submitted, without
from cli_running import Desk, Ran

from adminduk.cli import applying


class TestTheAnswers:
    """What comes back for a file."""

    def test_a_receipt(self, desk: Desk):
        """A command that took effect is answered with the records it changed, its own first."""
        done = desk.run("apply", "-", stdin=as_file([submitted()]))
        assert done.code == 0
        assert done.json == {
            "id": ID,
            "ok": True,
            "repeated": False,
            "records": [
                {"kind": "application", "id": NEW, "version": 1, "state": "submitted"},
                {"kind": "original", "id": f"{NEW}/kk", "version": 1, "state": "expected"},
            ],
        }
        assert done.err == "Commands: 1; refused: 0.\n"

    def test_it_goes_on_after_a_refusal(self, desk: Desk):
        """One wrong line of a file does not hold up the others."""
        lines = [b"junk", submitted(), sent(SITI, "verify")]
        done = desk.run("apply", "-", stdin=as_file(lines))
        assert done.code == 1
        assert [one["ok"] for one in done.lines] == [False, True, False]
        assert done.err == "Commands: 3; refused: 2.\n"

    def test_stop(self, desk: Desk):
        """With --stop nothing is done after the first refusal."""
        done = desk.run("apply", "--stop", "-", stdin=as_file([b"junk", submitted()]))
        assert (done.code, len(done.lines)) == (1, 1)
        assert desk.run("journal", "--json").json["entries"] == []

    def test_blank_lines_are_counted_but_not_answered(self, desk: Desk):
        """The number of a line is that of the file as an editor shows it."""
        done = desk.run("apply", "-", stdin=b"\n  \r\n" + as_file([b"junk"]))
        assert [one["line"] for one in done.lines] == [3]

    def test_an_empty_file(self, desk: Desk):
        """Nothing to do is no error."""
        done = desk.run("apply", "-", stdin=b"")
        assert (done.code, done.out, done.err) == (0, "", "Commands: 0; refused: 0.\n")

    def test_a_file_as_windows_writes_it(self, desk: Desk):
        """A byte order mark and CRLF are no part of the first and last command."""
        line = as_file([submitted()]).replace(b"\n", b"\r\n")
        assert desk.run("apply", "-", stdin=b"\xef\xbb\xbf" + line).code == 0

    @pytest.mark.parametrize(
        ("id_", "echoed"),
        [
            ("line 7", "line 7"),
            ("3523081703880004", "3523**********04"),
            ("x" * 81, None),
            ("a\x1b[2J", None),
            (7, None),
            ({"a": 1}, None),
            (None, None),
        ],
    )
    def test_the_id_of_a_line_that_is_not_understood(self, desk: Desk, id_: object, echoed: object):
        """It is given back only if it is a short text, so that the answer finds its line."""
        answer = desk.run("apply", "-", stdin=as_file([changed("id", to=id_)])).json
        assert answer["id"] == echoed

    def test_a_line_after_one_that_is_too_long(self, desk: Desk):
        """A line without end is one error, and the next line is read from its beginning."""
        done = desk.run("apply", "-", stdin=as_file([b"A" * 11_000_000, submitted()]))
        assert [one["ok"] for one in done.lines] == [False, True]

    def test_a_line_by_nobody_is_by_as(self, desk: Desk):
        """--as fills in for `by`, and where a line has both they must agree."""
        by_siti = Desk(desk.office, f"village_operator:siti@{VILLAGE}")
        assert by_siti.run("apply", "-", stdin=as_file([without("by")])).json["ok"]
        assert by_siti.run("apply", "-", stdin=as_file([submitted()])).json["repeated"]
        other = by_siti.run("apply", "-", stdin=as_file([changed("by", "id", to="sita")]))
        assert other.code == 1
        assert other.json["error"]["faults"][0]["code"] == "other_actor"

    def test_from_a_file(self, desk: Desk, tmp_path: Path):
        """A file is read as standard input is; one that is not there is misuse."""
        path = tmp_path / "day.jsonl"
        path.write_bytes(as_file(by_courier(CASE, NEW)))
        assert desk.run("apply", str(path)).code == 0
        missing = desk.run("apply", str(tmp_path / "other.jsonl"))
        assert (missing.code, missing.out) == (2, "")


class TestProgress:
    """How far a file is read, for who waits for it."""

    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
        """Give what the progress is told: first how far it goes, then how far it has come."""
        told: list[int | None] = []

        @contextmanager
        def progress(_: str, total: int | None) -> Iterator[Callable[[int], None]]:
            told.append(total)
            yield told.append

        monkeypatch.setattr(applying, "progress", progress)
        return told

    def test_of_a_file(self, desk: Desk, tmp_path: Path, told: list[int | None]):
        """By its size, so that it ends at the end."""
        path = tmp_path / "day.jsonl"
        path.write_bytes(b"junk\n\nmore junk\n")
        desk.run("apply", str(path))
        assert told == [16, 5, 6, 16]

    def test_of_a_stream(self, desk: Desk, told: list[int | None]):
        """By its lines, as nobody knows how long it is."""
        desk.run("apply", "-", stdin=b"junk\n\nmore junk\n")
        assert told == [None, 1, 2, 3]


class TestSlips:
    """The receipt for the applicant (tanda terima), in a file beside the answers."""

    def slips(self, desk: Desk, tmp_path: Path, lines: list[Any]) -> tuple[Ran, str]:
        """Apply lines, and give what was written for the applicants."""
        path = tmp_path / "slips.txt"
        done = desk.run("apply", "-", "--slips", str(path), stdin=as_file(lines))
        return done, path.read_text(encoding="utf-8") if path.exists() else ""

    def test_one_for_each_submission(self, desk: Desk, tmp_path: Path):
        """It says what the applicant needs: the code, what was shown, what is to be handed in."""
        done, text = self.slips(desk, tmp_path, [b"junk", submitted()])
        assert len(done.lines) == 2
        assert text.count("TANDA TERIMA") == 1
        for said in (
            NEW,
            "Agus Santoso",
            "3523**********04",
            "12 July 2021 08:15",
            "Village operator, Gemulung",
        ):
            assert said in text
        assert "To be handed in, the original\n  - family card (KK)" in text
        assert HEAD["nik"] not in text
        assert max(map(len, text.splitlines())) <= 60
        assert "Everything is free. Ask for it by the code above." in text
        assert text.endswith(f"{'-' * 60}\n\n")

    def test_of_somebody_without_a_number(self, desk: Desk, tmp_path: Path):
        """What is not known has a dash, and a long name goes on below itself."""
        line = changed("with", "applicant", to={"name": "Raden " * 15})
        _, text = self.slips(desk, tmp_path, [line])
        assert "\nNIK: –\n" in text
        assert "\n    Raden" in text

    def test_again_after_a_lost_reply(self, desk: Desk, tmp_path: Path):
        """The same file gives the same slips, whatever has happened since."""
        lines = by_courier(CASE, NEW)
        _, first = self.slips(desk, tmp_path, lines[:1])
        _, later = self.slips(desk, tmp_path, lines)
        assert NEW in first
        assert NEW in later
        assert "To be handed in" not in self.slips(desk, tmp_path, lines)[1]

    def test_none_without_a_submission(self, desk: Desk, tmp_path: Path):
        """A file that submits nothing leaves no empty file."""
        assert self.slips(desk, tmp_path, [b"junk"])[1] == ""

    def test_handed_in_at_the_counter(self, desk: Desk, tmp_path: Path):
        """What was handed in at once is not asked for again."""
        line = changed("by", to=dict(AYU))
        line["with"]["evidence"] = {item: {"way": way} for item, way in CASE.items.items()}
        done, text = self.slips(desk, tmp_path, [line])
        assert done.json["ok"]
        assert "To be handed in" not in text


def test_a_blank_cannot_be_used_twice(desk: Desk):
    """The number of a security blank is taken once in the whole office."""
    book = Book("blanks")
    for number, name in ((1, "ktp-hilang"), (2, "ktp-baru")):
        case, code = CASES[name], code_of(number)
        book.add(
            SITI,
            "submit",
            **{
                **submission(case, code),
                "people": {"holder": {"name": "Bambang", "nik": f"352308170895000{number}"}},
            },
        )
        for act in case.attend:
            book.add(AYU, "attend", application=code, act=act)
        book.add(RINI, "verify", application=code, accepted=list(case.items))
        book.add(JOKO, "print", copy=f"{code}/1", blank="KTP-1")
    done = desk.run("apply", "-", stdin=as_file(book.lines))
    assert [one["ok"] for one in done.lines] == [True] * (len(book.lines) - 1) + [False]
    assert done.lines[-1]["error"]["code"] == "blank_used"
