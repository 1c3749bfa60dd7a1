r"""Texts on their way to PostgreSQL, which stores every character but U+0000.

That one becomes two of U+0001; U+0001 itself becomes U+0001 U+0002. No two texts become the same,
and their order by code point stays as it was. Nobody writes either on purpose.

>>> stored("a\0b\1"), read(stored("a\0b\1"))
('a\x01\x01b\x01\x02', 'a\x00b\x01')
"""

from __future__ import annotations

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.pq import Format
from psycopg.types.string import StrBinaryDumper

__all__ = ["ADAPTERS", "read", "stored"]


def stored(text: str) -> str:
    """Give a text as it is stored."""
    if "\0" in text or "\1" in text:
        return text.replace("\1", "\1\2").replace("\0", "\1\1")
    return text


def read(text: str) -> str:
    """Give a text that was stored."""
    if "\1" in text:
        return text.replace("\1\1", "\0").replace("\1\2", "\1")
    return text


class _Stored(StrBinaryDumper):
    def dump(self, obj: str) -> Buffer | None:
        return stored(obj).encode()


class _Read(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return read(str(data, "utf-8"))


ADAPTERS = AdaptersMap(adapters)
"""How our connections write and read values."""

ADAPTERS.register_dumper(str, _Stored)
ADAPTERS.register_loader("text", _Read)
