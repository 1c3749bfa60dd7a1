"""One run of the benchmarks: how much is measured, and where its files are."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from attrs import field, frozen

__all__ = ["Run"]

_SIZES: Final = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


@frozen
class Run:
    """What was asked for.

    Attributes:
        folder: Where files are made.
        quick: Whether small counts are enough.
        million: Whether large stores hold a million applications.
        most: How many applications the largest store of PostgreSQL holds, if not that many.
    """

    folder: Path
    quick: bool = False
    million: bool = False
    most: int | None = None
    stores: dict[int, Path] = field(factory=dict)
    """Stores that were filled already, by how many applications they hold."""

    def rounds(self, usual: int) -> int:
        """Give how many rounds to measure."""
        return max(usual // 10, 3) if self.quick else usual

    @property
    def many(self) -> int:
        """Give how many applications a large store holds."""
        if self.million:
            return 1_000_000
        return 10_000 if self.quick else 100_000

    @property
    def sizes(self) -> tuple[int, ...]:
        """Give how many applications the stores hold between which growth shows."""
        return _sizes(self.many)

    @property
    def sizes_postgresql(self) -> tuple[int, ...]:
        """Give the same for PostgreSQL, which is measured with more."""
        return _sizes(self.most or self.many)

    def place(self) -> Path:
        """Make a folder of its own."""
        return Path(mkdtemp(dir=self.folder))


def _sizes(most: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*(size for size in _SIZES if size < most), most)))
