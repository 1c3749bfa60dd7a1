"""The library on a store, and the raw driver on a copy of it that must end up the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any, Self

from attrs import frozen

from adminduk import Actor, commands
from adminduk.ports import Batch, Ref, Row
from adminduk.storage.sqlite import SQLiteStorage
from benchmarks.raw import Statement, open_raw, statements_of, write
from benchmarks.same import check_same
from benchmarks.timing import Step
from benchmarks.town import connection_of, office_on

__all__ = ["Pair", "Recorder", "Recording", "Written"]


@frozen
class Written:
    """What a commit wrote.

    Attributes:
        batch: All that was given to write.
        last: The sequence of its last entry.
        before: The records that it changed, as they were.
    """

    batch: Batch
    last: int
    before: Mapping[Ref, Row]


class Recording:
    """A storage that keeps what the last commit wrote and what was read for it.

    It keeps references only, so that it costs a command less than a microsecond. Put before a
    storage of the library among the bases of a class.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)  # type: ignore[call-arg]  # that of the storage
        self.read: list[Mapping[Ref, Row] | Sequence[Row]] = []
        self.batches: list[tuple[Batch, int]] = []

    def load(self, office: str, refs: Iterable[Ref], **more: Any) -> Mapping[Ref, Row]:
        """Read, and keep what was read."""
        found: Mapping[Ref, Row] = super().load(office, refs, **more)  # type: ignore[misc]
        self.read.append(found)
        return found

    def find(self, office: str, **question: Any) -> tuple[Sequence[Row], str | None]:
        """Read, and keep what was read."""
        found: tuple[Sequence[Row], str | None] = super().find(office, **question)  # type: ignore[misc]
        self.read.append(found[0])
        return found

    def commit(self, office: str, batch: Batch) -> int:
        """Write, and keep what was written."""
        last: int = super().commit(office, batch)  # type: ignore[misc]
        self.batches.append((batch, last))
        return last

    def forget(self) -> None:
        """Let go of what was kept."""
        self.read.clear()
        self.batches.clear()

    def written(self) -> Written:
        """Give what the last commit wrote."""
        before: dict[Ref, Row] = {}
        for found in self.read:
            before.update(found if isinstance(found, Mapping) else {one.ref: one for one in found})
        batch, last = self.batches[-1]
        changed = [one.row.ref for one in batch.writes if one.read_at]
        return Written(batch, last, {ref: before[ref] for ref in changed})


class Recorder(Recording, SQLiteStorage):
    """The library's own storage on a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite:///{path}")


class Pair:
    """Both sides, each on its copy of a prepared file.

    Args:
        prepared: The file; nothing has it open.
        folder: Where the copies go.
        durable: Whether a commit waits for the disk.
    """

    def __init__(self, prepared: Path, folder: Path, *, durable: bool = True) -> None:
        self._ours, self._floor = folder / "ours.db", folder / "floor.db"
        copyfile(prepared, self._ours)
        copyfile(prepared, self._floor)
        self._recorder = Recorder(self._ours)
        self.office = office_on(self._recorder, seed=2)
        self.raw = open_raw(self._floor)
        self._statements: list[Statement] = []
        if not durable:
            for connection in (connection_of(self._recorder), self.raw):
                connection.pragma("synchronous", "off")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.office.close()
        self.raw.close()
        if kind is None:
            check_same(self._ours, self._floor)
        self._ours.unlink()
        self._floor.unlink()

    def step(self, command: commands.Command, by: Actor) -> Step:
        """Make a round: the command on one side, the rows that it wrote on the other."""
        return Step(partial(self.office.do, command, by=by), self._write, self._prepare)

    def _prepare(self) -> None:
        written = self._recorder.written()
        self._statements = statements_of(
            self.office.region.full(), written.batch, written.last, written.before
        )
        self._recorder.forget()

    def _write(self) -> None:
        write(self.raw, self._statements)
