"""Filling a store fast: one real case, again and again under other codes, ids and search keys.

The case is carried out once by the library; what it committed is written again as many times as
are wanted, many cases to a commit, through the storage port. Names are replaced in the stored
bytes and the chains are made anew, so that a filled store is what the office would have written:
its `verify` finds nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

from attrs import evolve, frozen

from adminduk.journal import GENESIS, chain
from adminduk.ports import Batch, Claim, Entry, Executed, Ref, Row, Write
from benchmarks.pair import Recorder
from benchmarks.run import Run
from benchmarks.town import (
    OFFICE,
    SITI,
    Given,
    chance,
    code_of,
    connection_of,
    office_on,
    order,
    sqlite,
)

__all__ = ["Clone", "Template", "fill", "submitted", "template_of"]

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_AT_ONCE: Final = 20_000
"""How many cases a commit writes; codes are spread all over, so each commit writes most pages."""

_CACHE_KIB: Final = 1024**2
"""How much of a file is kept in memory while it is filled."""

_FIRST: Final = 0
"""The number of the case that is cloned."""


@frozen
class Template:
    """What one case left in the store, with the names in it that are the case's own."""

    code: str
    ids: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    claims: tuple[Claim, ...]
    commands: tuple[Executed, ...]
    recorded: str


def submitted(run: Run, count: int) -> Path:
    """Give a file with so many submitted cases, with the numbers from 0."""
    if count not in run.stores:
        path = run.place() / f"submitted-{count}.db"
        fill(path, [(order(_FIRST), SITI)], count, run.place())
        run.stores[count] = path
    return run.stores[count]


def fill(path: Path, road: Sequence[Given], count: int, scratch: Path) -> None:
    """Make a file with so many cases that went a road; the road is that of case 0."""
    template = template_of(road, scratch / "template.db")
    storage = sqlite(path)
    office_on(storage)
    connection = connection_of(storage)
    connection.pragma("synchronous", "off")
    connection.pragma("journal_mode", "off")  # a WAL would write every page twice
    connection.pragma("cache_size", -_CACHE_KIB)
    numbers = iter(range(count))
    while some := list(islice(numbers, _AT_ONCE)):
        storage.commit(OFFICE, _batch(template, some))
    storage.close()


def template_of(road: Sequence[Given], scratch: Path) -> Template:
    """Let one case go the road, in a new file, and take what it left."""
    recorder = Recorder(scratch)
    with office_on(recorder) as office:
        for command, by in road:
            office.do(command, by=by)
    batches = [batch for batch, _ in recorder.batches]
    rows = {write.row.ref: write.row for batch in batches for write in batch.writes}
    claims = {one.key: one for batch in batches for one in batch.take}
    for batch in batches:
        for one in batch.release:
            claims.pop(one.key, None)
    executed = tuple(one for batch in batches for one in batch.commands)
    named = " ".join([*claims, *(key for row in rows.values() for key in row.keys)])
    return Template(
        code=code_of(_FIRST).full(),
        ids=tuple(one.id for one in executed),
        keys=tuple(sorted(set(_KEY.findall(named)))),
        rows=tuple(rows.values()),
        entries=tuple(entry for batch in batches for entry in batch.entries),
        claims=tuple(claims.values()),
        commands=executed,
        recorded=batches[-1].recorded,
    )


def _batch(template: Template, numbers: Sequence[int]) -> Batch:
    clones = [Clone(template, number) for number in numbers]
    return Batch(
        recorded=template.recorded,
        writes=tuple(Write(row, 0) for one in clones for row in one.rows),
        entries=tuple(entry for one in clones for entry in one.entries),
        take=tuple(claim for one in clones for claim in one.claims),
        commands=tuple(command for one in clones for command in one.commands),
    )


class Clone:
    """The case of a number, made of the template."""

    def __init__(self, template: Template, number: int) -> None:
        self._template = template
        self._names = dict(_names(template, number))
        self._heads: dict[Ref, tuple[bytes, bytes]] = {}
        self.entries = [self._entry(one) for one in template.entries]
        self.rows = [self._row(one) for one in template.rows]
        self.claims = [
            Claim(self._text(one.key), one.kind, self._text(one.id)) for one in template.claims
        ]
        self.commands = [
            evolve(one, id=self._text(one.id), receipt=self._bytes(one.receipt))
            for one in template.commands
        ]

    def _text(self, text: str) -> str:
        for old, new in self._names.items():
            text = text.replace(old, new)
        return text

    def _bytes(self, content: bytes) -> bytes:
        for old, new in self._names.items():
            content = content.replace(old.encode(), new.encode())
        return content

    def _entry(self, one: Entry) -> Entry:
        body = self._bytes(one.body)
        _, before = self._heads.get((one.kind, one.id), (b"", GENESIS))
        head = chain(before, body)
        self._heads[one.kind, one.id] = one.hash, head
        return Entry(one.kind, self._text(one.id), one.version, head, body)

    def _row(self, one: Row) -> Row:
        old, new = self._heads[one.ref]
        keys = [self._text(key) for key in one.keys]
        return evolve(
            one,
            id=self._text(one.id),
            group=self._text(one.group),
            keys=(*keys[:1], *sorted(keys[1:])),  # the day comes first, then all others in order
            body=self._bytes(one.body).replace(old.hex().encode(), new.hex().encode()),
        )


def _names(template: Template, number: int) -> Iterator[tuple[str, str]]:
    """Say what is called what in a clone; keys keep their order, as records keep them sorted."""
    random = chance(f"clone {number}")
    yield template.code, code_of(number).full()
    for one in template.ids:
        yield one, str(UUID(int=random.getrandbits(128), version=4))
    yield from zip(
        template.keys, sorted(f"{random.getrandbits(128):032x}" for _ in template.keys), strict=True
    )
