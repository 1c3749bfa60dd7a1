"""A file that is not what was written is refused, and smuggles nothing past what verifies."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import orjson
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from moved_offices import OFFICE, exported, holds

from adminduk.errors import Refused
from adminduk.office.moving import lines
from adminduk.office.moving.bringing import bring_into
from adminduk.office.moving.lines import Begin, End, Last, Start, Told
from adminduk.office.opening import MOVING, check_whole
from adminduk.ports import Claim, Executed, JournalEntry, Message, Row
from adminduk.storage.memory import MemoryStorage

SEED, PARTS = 11, 14
MODEL, WHOLE = exported(SEED, PARTS)
LINES = WHOLE.splitlines(keepends=True)


def refused(folder: Path, content: bytes) -> str:
    """Bring a file in that must be refused; give the code. Nobody can open what came of it."""
    file = folder / "hostile.jsonl"
    file.write_bytes(content)
    storage = MemoryStorage()
    with pytest.raises(Refused) as caught:
        bring_into(storage, file, keyring=MODEL.keyring)
    assert caught.value.message("id")
    assert caught.value.message("en")
    if caught.value.code != "moved_not_sound":
        assert storage.offices() == {}
        return caught.value.code
    with pytest.raises(Refused):
        check_whole(storage, OFFICE)
    return caught.value.code


def sealed(body: list[bytes]) -> bytes:
    """Give lines of offices with a first and a last line as they should be."""
    told = [lines.write(Begin()), *body]
    digest = sha256(b"".join(told)).hexdigest()
    return b"".join([*told, lines.write(Last(len(told), digest))])


def changed(change: Callable[[list[lines.Line]], None]) -> bytes:
    """Give the file with what it says changed, and all counts and digests made to fit."""
    every = [one for raw in LINES[1:-1] if (one := lines.read(raw)) is not None]
    change(every)
    things = [one for one in every if not isinstance(one, Start | End)]
    counts = [sum(isinstance(one, kind) for one in things) for kind in lines.SECTIONS]
    every[-1] = End(tuple(counts))
    return sealed([lines.write(one) for one in every])


class TestDamaged:
    """By accident: nothing is written."""

    @pytest.mark.parametrize("line", [1, 2, 3, len(LINES) // 2, len(LINES) - 2, len(LINES) - 1])
    def test_a_file_that_was_cut_off_between_lines(self, tmp_path: Path, line: int):
        """Wherever."""
        assert refused(tmp_path, b"".join(LINES[:line])) == "export_cut_off"

    @settings(deadline=None)
    @given(at=st.integers(len(LINES[0]), len(WHOLE) - 1))
    def test_a_file_that_was_cut_off_anywhere(
        self, tmp_path_factory: pytest.TempPathFactory, at: int
    ):
        """Were it only the end of its last line."""
        assert refused(tmp_path_factory.mktemp("cut"), WHOLE[:at]) == "export_cut_off"

    @settings(deadline=None)
    @given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
    def test_a_bit_that_changed(self, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int):
        """Anywhere."""
        content = bytearray(WHOLE)
        content[at] ^= 1 << bit
        found = refused(tmp_path_factory.mktemp("bit"), bytes(content))
        assert found in {"export_changed", "export_cut_off", "not_an_export", "export_version"}

    @settings(deadline=None)
    @given(one=st.integers(1, len(LINES) - 2), other=st.integers(1, len(LINES) - 2))
    def test_lines_in_another_order_or_gone(
        self, tmp_path_factory: pytest.TempPathFactory, one: int, other: int
    ):
        """With a digest that fits them or not."""
        folder = tmp_path_factory.mktemp("order")
        gone = [*LINES[:one], *LINES[one + 1 :]]
        twice = [*LINES[:one], *LINES[one:other], *LINES[one:]] if one < other else None
        swapped = list(LINES)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        for every in (gone, twice, swapped if one != other else None):
            if every is not None:
                assert refused(folder, b"".join(every)) == "export_changed"
                assert refused(folder, sealed(every[1:-1])) == "export_changed"

    def test_what_is_after_its_end(self, tmp_path: Path):
        """There is nothing."""
        assert refused(tmp_path, WHOLE + b"\n") == "export_changed"
        assert refused(tmp_path, WHOLE + WHOLE) == "export_changed"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "export_cut_off"),
            (b"Surat\n", "not_an_export"),
            (b"\xff\x00" * 99, "not_an_export"),
            (b"[" * 100_000, "not_an_export"),
            (b'["adminduk export",2]\n', "export_version"),
            (b'["adminduk export",true]\n', "not_an_export"),
            (b'["adminduk export", 1]\n', "not_an_export"),
            (lines.write(Begin()) * 2, "export_changed"),
            (lines.write(Begin()) + b'["end"]\n', "export_changed"),
            (lines.write(Begin()) + b'[["end"]]\n', "export_changed"),
            (lines.write(Begin()) + b'{"claim":1}\n', "export_changed"),
            (lines.write(Begin()) + b'["record","a","b",1,2,3,4,5,6,[7],"c"]\n', "export_changed"),
        ],
    )
    def test_what_is_no_export(self, tmp_path: Path, content: bytes, code: str):
        """It is said what it is not."""
        assert refused(tmp_path, content) == code

    def test_a_line_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """It is not read into memory."""
        monkeypatch.setattr("adminduk.office.moving.reading._LONGEST", 1000)
        content = lines.write(Begin()) + b'["office","' + b"3" * 5000 + b'"]\n'
        assert refused(tmp_path, content) == "export_cut_off"


def _entry(change: dict[str, object]) -> Callable[[list[lines.Line]], None]:
    """Change what an entry in the middle says, and its hash so that it fits."""

    def do(every: list[lines.Line]) -> None:
        places = [place for place, one in enumerate(every) if isinstance(one, JournalEntry)]
        place = places[len(places) // 2]
        old = every[place]
        assert isinstance(old, JournalEntry)
        body = orjson.dumps({**orjson.loads(old.body), **change}, option=orjson.OPT_SORT_KEYS)
        every[place] = JournalEntry(old.kind, old.id, old.version, old.hash, body, seq=old.seq)

    return do


def _first(kind: type[lines.Line], **change: object) -> Callable[[list[lines.Line]], None]:
    """Change columns of the first line of a kind; None of them: leave it out."""

    def do(every: list[lines.Line]) -> None:
        place = next(place for place, one in enumerate(every) if isinstance(one, kind))
        old = every[place]
        if change:
            every[place] = evolve(old, **change)  # type: ignore[type-var] # all are of attrs
        else:
            del every[place]

    return do


def _last(line: lines.Line) -> Callable[[list[lines.Line]], None]:
    """Have one more line, where it belongs."""

    def do(every: list[lines.Line]) -> None:
        first, *things, end = every
        things.append(line)
        things.sort(key=lines.order_of)  # type: ignore[arg-type]
        every[:] = [first, *things, end]

    return do


def _again(every: list[lines.Line]) -> None:
    """Have a record once more, due later."""
    row = next(one for one in every if isinstance(one, Row))
    _last(evolve(row, due="9999-12-31T23:00:00.000000Z"))(every)


def _swap(every: list[lines.Line]) -> None:
    """Have the entries of two records change places, each with the number of its new one."""
    places = [place for place, one in enumerate(every) if isinstance(one, JournalEntry)]
    for place in places[:-1]:
        one, other = every[place], every[place + 1]
        assert isinstance(one, JournalEntry)
        assert isinstance(other, JournalEntry)
        if (one.kind, one.id) != (other.kind, other.id):
            every[place] = evolve(other, seq=one.seq)
            every[place + 1] = evolve(one, seq=other.seq)
            return


_MADE_UP = Executed("00000000-0000-0000-0000-000000000000", "siti", b"x", b'{"id":"x"}')
SMUGGLED: dict[str, tuple[Callable[[list[lines.Line]], None], str]] = {
    "who did it": (_entry({"by": "siti"}), "moved_not_sound"),
    "what was set": (_entry({"set": {"state": "verified"}}), "moved_not_sound"),
    "recorded at no time": (_entry({"recorded": "today"}), "export_changed"),
    "recorded before": (_entry({"recorded": "1999-01-01T00:00:00+00:00"}), "export_changed"),
    "a hash": (_first(JournalEntry, hash=bytes(32)), "moved_not_sound"),
    "a body that is none": (_first(JournalEntry, body=b"\xff"), "export_changed"),
    "a state": (_first(Row, state="unheard_of"), "moved_not_sound"),
    "a version": (_first(Row, version=9), "moved_not_sound"),
    "a body": (_first(Row, body=b"{}"), "moved_not_sound"),
    "no record": (_first(Row), "moved_not_sound"),
    "one more record": (
        _last(Row("copy", "A", 1, "x", "", "", "9999-12-31T00:00:00.000000Z", "", (), b"{}")),
        "moved_not_sound",
    ),
    "a record twice": (_again, "moved_not_sound"),
    "entries in another order": (_swap, "export_changed"),
    "a claim": (_last(Claim("blank:x", "copy", "A")), "moved_not_sound"),
    "the claim of an import": (_last(Claim(MOVING, "import", "1/x/y")), "export_changed"),
    "the actor of a command": (_first(Executed, actor="siti"), "moved_not_sound"),
    "an answer": (_first(Executed, receipt=b'{"id":"x","records":[]}'), "moved_not_sound"),
    "an answer that is none": (_first(Executed, receipt=b"\xff"), "moved_not_sound"),
    "no command": (_first(Executed), "moved_not_sound"),
    "one more command": (_last(_MADE_UP), "moved_not_sound"),
    "a message of nothing": (
        _last(Told(False, Message("x/0", "2021", b"{}"))),
        "moved_not_sound",
    ),
    "an office that is none": (_first(Start, office="Tuban"), "export_changed"),
    "an office that is a village": (_first(Start, office="35.23.08.2001"), "export_changed"),
}


@pytest.mark.parametrize(("change", "code"), SMUGGLED.values(), ids=SMUGGLED)
def test_what_was_made_to_fit_is_found(
    tmp_path: Path, change: Callable[[list[lines.Line]], None], code: str
):
    """With all counts and the digest made anew: by its journal, or where it cannot stand."""
    assert refused(tmp_path, changed(change)) == code


def test_what_was_not_changed_is_brought_in(tmp_path: Path):
    """What makes files for these tests makes sound ones."""
    content = changed(lambda _: None)
    assert content == WHOLE
    file = tmp_path / "whole.jsonl"
    file.write_bytes(content)
    storage = MemoryStorage()
    bring_into(storage, file, keyring=MODEL.keyring)
    assert holds(storage) == holds(MODEL.office.storage)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
_number = st.integers(0, 2**53)
_bytes = st.binary(max_size=5) | _text.map(str.encode)
LINE: st.SearchStrategy[lines.Line] = st.one_of(
    st.builds(Begin, _number),
    st.builds(Start, _text, _bytes),
    st.builds(JournalEntry, _text, _text, _number, st.binary(max_size=33), _bytes, seq=_number),
    st.builds(
        Row, *[_text] * 2, _number, *[_text] * 5, st.lists(_text, max_size=3).map(tuple), _bytes
    ),
    st.builds(Claim, _text, _text, _text),
    st.builds(Executed, _text, _text, _bytes, _bytes),
    st.builds(Told, st.booleans(), st.builds(Message, _text, _text, _bytes)),
    st.builds(End, st.lists(_number, max_size=5).map(tuple)),
    st.builds(Last, _number, _text),
)


@given(line=LINE, seed=st.integers(0, 2**32))
def test_a_line_is_written_in_one_way(line: lines.Line, seed: int):
    """It is read as it was, any bytes and any text; and no other bytes are read as the same."""
    raw = lines.write(line)
    assert lines.read(raw) == line
    assert raw.count(b"\n") == 1
    chance = Random(seed)  # noqa: S311 - chance that can be repeated
    other = bytearray(raw)
    other[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    read = lines.read(bytes(other))
    assert read is None or (read != line and lines.write(read) == other)
