"""The raw tables of a folder of TOML files, each with its path, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from attrs import field, frozen
from cattrs import Converter

from adminduk.catalogue.faults import READING_ERRORS, faults_of
from adminduk.catalogue.reading import is_id
from adminduk.errors import Fault
from adminduk.language import N_

__all__ = ["Placed", "Tables"]

T = TypeVar("T")
Placed = list[tuple[str, T]]
"""What tables say, each with the path of its table."""

_LARGEST_FILE: Final = 256 * 1024
_MOST_DOTS: Final = 200
"""In a line; to read a key of many parts takes time in proportion to their square."""


@frozen
class Tables:
    """What was read.

    Attributes:
        raw: The tables of each kind, in the order of the files and within them.
        faults: What is wrong with them.
    """

    raw: Mapping[str, Placed[Any]]
    faults: list[Fault] = field(factory=list)

    @classmethod
    def of_folder(cls, folder: Traversable, kinds: Iterable[str]) -> Tables:
        """Read the tables of these kinds from every TOML file of a folder."""
        tables = cls({kind: [] for kind in kinds})
        tables.add_folder(folder)
        return tables

    def add_folder(self, folder: Traversable, prefix: str = "") -> None:
        """Read every TOML file of a folder, too; its paths begin with the prefix."""
        before = len(self.faults), self._count()
        try:
            found = sorted(folder.iterdir(), key=lambda one: one.name)
        except OSError as error:
            self._note_unreadable(folder.name, error)
            return
        for file in found:
            if file.name.endswith(".toml"):
                self._read(file, prefix + file.name)
        if before == (len(self.faults), self._count()):
            self.note(folder.name, "no_rules", N_("There are no rules here."))

    def _count(self) -> int:
        return sum(map(len, self.raw.values()))

    def note(self, path: str, code: str, text: str, accepted: str = "", **facts: Any) -> None:
        """Add a fault."""
        self.faults.append(Fault(path, code, text, accepted, facts))

    def _note_unreadable(self, path: str, error: OSError) -> None:
        self.note(path, "unreadable", N_("It cannot be read: {why}"), why=error.strerror)

    def _read(self, file: Traversable, path: str) -> None:
        import tomllib  # only who reads rules needs it

        if not file.is_file():  # to open a pipe would wait for who writes into it
            self.note(path, "unreadable", N_("It is no file."))
            return
        try:
            with file.open("rb") as opened:
                data = opened.read(_LARGEST_FILE + 1)
            if len(data) > _LARGEST_FILE or any(
                line.count(b".") > _MOST_DOTS for line in data.splitlines()
            ):
                text, accepted = N_("The file is too large."), N_("at most 256 KiB of simple lines")
                self.note(path, "too_large", text, accepted)
                return
            content = tomllib.loads(data.decode())
        except OSError as error:
            self._note_unreadable(path, error)
        except (ValueError, RecursionError) as error:
            self.note(path, "no_toml", N_("This is no TOML: {why}"), why=str(error))
        else:
            for kind, tables in content.items():
                self._add(f"{path}: {kind}", kind, tables)

    def _add(self, path: str, kind: str, tables: object) -> None:
        if kind not in self.raw:
            accepted = ", ".join(f"[[{one}]]" for one in self.raw)
            self.note(path, "unknown_key", N_("There is no such table."), accepted)
        elif not isinstance(tables, list):
            self.note(path, "wrong_type", N_("A list of tables belongs here."), f"[[{kind}]]")
        else:
            self.raw[kind].extend((f"{path}[{place}]", one) for place, one in enumerate(tables))

    def ids(self, kind: str) -> dict[str, None]:
        """Give the ids of the tables of a kind, whatever else is wrong with them."""
        told = [table.get("id") for _, table in self.raw[kind] if isinstance(table, dict)]
        return {one: None for one in told if is_id(one)}

    def made(self, reader: Converter, kind: str, made: type[T]) -> Placed[T]:
        """Give what the tables of a kind say; note what is wrong with the others."""
        good = []
        for path, table in self.raw[kind]:
            try:
                good.append((path, reader.structure(table, made)))
            except READING_ERRORS as error:
                self.faults.extend(faults_of(error, path))
        return good

    def by_id(self, placed: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """Give parts by their ids; note where one is used twice."""
        found: dict[str, Any] = {}
        for path, one in placed:
            if one.id in found:
                self.note(f"{path}.id", "repeated", N_("The id {id} is used twice."), id=one.id)
            found[one.id] = one
        return found
