"""Reading a file of lines: every line is checked as it comes, and the file in its last line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import define, field

from adminduk.errors import InvalidInput, Refused
from adminduk.journal import read_change
from adminduk.language import N_
from adminduk.office.moving import lines
from adminduk.office.moving.contents import Contents, Counts
from adminduk.office.moving.lines import SECTIONS, Begin, End, Last, Start, Thing
from adminduk.office.opening import MOVING
from adminduk.office.placing import naming_files
from adminduk.ports import Claim, JournalEntry
from adminduk.records.index import stamp
from adminduk.values import Level, RegionCode

__all__ = ["Piece", "contents_of", "only", "pieces", "recorded_of"]

_LONGEST: Final = 2**26
"""How many bytes a line has at most: more than any record that can be made."""

_TOLD_EVERY: Final = 1000

Piece = tuple[bytes, Start | Thing | End]
"""A line as it stands in the file, and what it says."""


def contents_of(file: Path, tell: Callable[[int], None]) -> tuple[Contents, dict[str, bytes]]:
    """Read a file through; give what it holds, and the profile of each office. Raises as `pieces`.

    Args:
        file: Which.
        tell: Is told how many percent are read.
    """
    reading = _Reading(file)
    profiles: dict[str, bytes] = {}
    counts: dict[str, Counts] = {}
    for _, piece in reading.pieces(tell):
        if isinstance(piece, Start):
            profiles[piece.office] = piece.profile
        elif isinstance(piece, End):
            counts[list(profiles)[-1]] = Counts(*piece.counts)
    return Contents(reading.digest, counts), profiles


def pieces(file: Path, digest: str) -> Iterator[Piece]:
    """Give the lines of the offices in a file that was read before.

    Raises:
        Refused: It is no such file, of another version, cut off or not as it was written; or by
            now another one.
        StorageFailure: It cannot be read.
    """
    reading = _Reading(file)
    yield from reading.pieces(lambda _: None)
    if reading.digest != digest:
        raise reading.changed()


@define
class _Reading:
    """One passage through a file."""

    file: Path
    digest: str = ""
    line: int = 0
    office: str = ""
    inside: bool = False
    counts: list[int] = field(factory=list)
    last: tuple[Any, ...] = ()
    recorded: str = ""

    def pieces(self, tell: Callable[[int], None]) -> Iterator[Piece]:
        """Give its lines but the first and the last, each checked."""
        hashed = sha256()
        with naming_files(str(self.file)), self.file.open("rb") as stream:
            size = max(os.fstat(stream.fileno()).st_size, 1)
            come = 0
            for raw, line in self._read(stream):
                come += len(raw)
                if self.line % _TOLD_EVERY == 0:
                    tell(100 * come // size)
                if isinstance(line, Last):
                    digest = hashed.hexdigest()
                    if self.inside or line != Last(self.line - 1, digest) or stream.read(1):
                        raise self.changed()
                    self.digest = digest
                    tell(100)
                    return
                hashed.update(raw)
                if not isinstance(line, Begin):
                    self._check(line)
                    yield raw, line
        raise self._cut_off()

    def _read(self, stream: BinaryIO) -> Iterator[tuple[bytes, lines.Line]]:
        while raw := stream.readline(_LONGEST):
            self.line += 1
            line = lines.read(raw)
            if (self.line == 1) is not isinstance(line, Begin):
                raise self._no_export() if self.line == 1 else self.changed()
            if isinstance(line, Begin) and line.format != lines.FORMAT:
                raise self._other_version(line.format)
            if line is None:
                raise self.changed() if raw.endswith(b"\n") else self._cut_off()
            yield raw, line

    def _check(self, line: Start | Thing | End) -> None:
        """Check that a line may stand where it does."""
        if isinstance(line, Start) is self.inside:
            raise self.changed()
        if isinstance(line, Start):
            if not _is_regency(line.office) or line.office <= self.office:
                raise self.changed()
            self.office, self.inside, self.last, self.recorded = line.office, True, (), ""
            self.counts = [0] * len(SECTIONS)
        elif isinstance(line, End):
            entries, _, *others = self.counts
            if list(line.counts) != self.counts or (any(others) and not entries):
                raise self.changed()
            self.inside = False
        else:
            place = lines.order_of(line)
            gap = isinstance(line, JournalEntry) and line.seq != self.counts[0] + 1
            if place <= self.last or gap or (isinstance(line, Claim) and line.key == MOVING):
                raise self.changed()
            if isinstance(line, JournalEntry):
                before, self.recorded = self.recorded, self._recorded(line)
                if self.recorded < before:
                    raise self.changed()
            self.last = place
            self.counts[SECTIONS.index(type(line))] += 1

    def _recorded(self, entry: JournalEntry) -> str:
        try:
            return recorded_of(entry)
        except Exception:  # noqa: BLE001 - what is tampered with can be wrong in any way
            raise self.changed() from None

    def changed(self) -> Refused:
        """Say that the file is not what was written."""
        return Refused(
            "export_changed",
            N_(
                "{file} is not as it was written, at line {line}. Use an unchanged copy, or export"
                " anew."
            ),
            file=str(self.file),
            line=self.line,
        )

    def _cut_off(self) -> Refused:
        return Refused(
            "export_cut_off",
            N_("{file} was cut off after line {line}. Copy it again, or export anew."),
            file=str(self.file),
            line=self.line,
        )

    def _no_export(self) -> Refused:
        return Refused(
            "not_an_export",
            N_("{file} is no file that `adminduk export` wrote."),
            file=str(self.file),
        )

    def _other_version(self, found: int) -> Refused:
        return Refused(
            "export_version",
            N_(
                "{file} has format {found}, and this program reads format {known}. Use the version"
                " of adminduk that wrote it, or a newer one."
            ),
            file=str(self.file),
            found=found,
            known=lines.FORMAT,
        )


def recorded_of(entry: JournalEntry) -> str:
    """Give when an entry was recorded, as its commit said it to the storage."""
    return stamp(read_change(entry.seq, entry.body).recorded)


def _is_regency(office: str) -> bool:
    try:
        return RegionCode.parse(office).level is Level.REGENCY
    except InvalidInput:
        return False


def only(offices: Sequence[str], region: str | None, file: Path) -> None:
    """Check that a file is of the one office that was named.

    Raises:
        Refused: It is of another, or of several.
    """
    if region is not None and list(offices) != [region]:
        raise Refused(
            "other_office",
            N_("{file} holds {offices}, and not {id} alone; nothing was written."),
            file=str(file),
            offices=list(offices),
            id=region,
        )
