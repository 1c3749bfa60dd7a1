"""SQLite and memory agree on every random history of calls."""

from __future__ import annotations

import shutil
import tempfile
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from storage_rows import OFFICE, claim, command, entry, message, row, time

from adminduk.ports import (
    Batch,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Lease,
    Ref,
    StaleVersions,
    Storage,
    Write,
)
from adminduk.storage.memory import MemoryStorage
from adminduk.storage.sqlite import SQLiteStorage

KINDS = ("application", "copy")
IDS = ("A", "B", "C/1")
QUEUES = ("", "v@35.23", "v@35.23.08", "v@35.23.08.2001", "v@35.23.080", "v@35.24")
REGIONS = ("35.23", "35.23.08", "35.23.08.2001", "35.23.09")
refs = st.tuples(st.sampled_from(KINDS), st.sampled_from(IDS))
moments = st.integers(0, 9).map(time)
columns = st.fixed_dictionaries(
    {
        "state": st.sampled_from(("draft", "sent", "gone")),
        "queue": st.sampled_from(QUEUES),
        "region": st.sampled_from(REGIONS),
        "due": moments,
        "group": st.sampled_from(("", "g", "h")),
        "keys": st.frozensets(st.sampled_from("kln")).map(sorted).map(tuple),
        "body": st.binary(max_size=3),
    }
)
claims = st.builds(claim, st.sampled_from(("x", "y", "z")), st.sampled_from(IDS))
off = st.sampled_from((0, 0, 0, 0, 0, 1, -1))
"""How far a version that is said to have been read is from the one stored."""
filters = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(KINDS),
        "state": st.sampled_from(("draft", "sent", "other")),
        "queue": st.sampled_from((*QUEUES, "v", "v@35")),
        "region": st.sampled_from((*REGIONS, "35", "35.2")),
        "group": st.sampled_from(("", "g", "h")),
        "key": st.sampled_from("klz"),
        "due_until": moments,
    },
)


def outcome(call: Any) -> object:
    """Give what a call gives, or how it ends."""
    try:
        return call()
    except (ClaimTaken, ClockBehind, CommandKnown, StaleVersions) as error:
        return type(error), error.args


class Agreement(RuleBasedStateMachine):
    """Makes each call on both and compares what they answer, then all that they hold."""

    @initialize()
    def open(self) -> None:
        """Open both, with an office each."""
        self.folder = tempfile.mkdtemp()
        self.model: Storage = MemoryStorage()
        self.tried: Storage = SQLiteStorage(f"sqlite:///{self.folder}/office.db")
        self.leases: list[tuple[Lease, Lease]] = []
        self.versions: dict[Ref, int] = {}
        for storage in (self.model, self.tried):
            storage.add_office(OFFICE, b"")

    @rule(
        recorded=st.sampled_from((3, 3, 3, 3, 4, 2)).map(time),
        written=st.dictionaries(refs, st.tuples(columns, off), max_size=3),
        seen=st.dictionaries(refs, off, max_size=2),
        release=st.lists(claims, max_size=2),
        take=st.lists(claims, max_size=2),
        sent=st.sets(st.integers(0, 30), max_size=2),
        keys=st.dictionaries(st.sampled_from("pqrs"), st.integers(0, 9), max_size=2),
    )
    def commit(self, recorded: str, written: Any, seen: Any, sent: Any, keys: Any, **parts: Any):
        """Commit, sometimes with something stale, repeated, held, or out of time."""
        now = self.versions.get
        batch = Batch(
            recorded,
            writes=tuple(
                Write(
                    row(id_, now((kind, id_), 0) + 1, kind=kind, **cells), now((kind, id_), 0) + by
                )
                for (kind, id_), (cells, by) in written.items()
            ),
            unchanged=tuple((ref, now(ref, 0) + by) for ref, by in seen.items()),
            entries=tuple(entry(id_, now((kind, id_), 0) + 1, kind) for kind, id_ in written),
            release=tuple(parts["release"]),
            take=tuple(parts["take"]),
            commands=tuple(command(str(one)) for one in sorted(sent)),
            messages=tuple(message(key, minute) for key, minute in keys.items()),
        )
        expected = outcome(lambda: self.model.commit(OFFICE, batch))
        assert outcome(lambda: self.tried.commit(OFFICE, batch)) == expected
        if isinstance(expected, int):
            self.versions |= {write.row.ref: write.row.version for write in batch.writes}

    @rule(now=moments, until=moments, limit=st.integers(1, 3))
    def lease(self, now: str, until: str, limit: int) -> None:
        """Lend what is due."""
        pairs = [
            storage.lease(OFFICE, now=now, until=until, limit=limit)
            for storage in (self.model, self.tried)
        ]
        assert [(one.message, one.attempts) for one in pairs[1]] == [
            (one.message, one.attempts) for one in pairs[0]
        ]
        self.leases += zip(*pairs, strict=True)

    @rule(data=st.data(), again=st.none() | moments, parked=st.booleans())
    def settle(self, data: st.DataObject, again: str | None, parked: bool) -> None:
        """Settle a lease, perhaps one that is over."""
        if not self.leases:
            return
        pair = data.draw(st.sampled_from(self.leases))
        answers = {
            storage.settle(OFFICE, one.message.key, one.token, again=again, parked=parked)
            for storage, one in zip((self.model, self.tried), pair, strict=True)
        }
        assert len(answers) == 1

    @rule(wanted=filters, limit=st.integers(1, 3))
    def find(self, wanted: dict[str, str], limit: int) -> None:
        """Read all pages of a search."""
        after: str | None = None
        while True:
            expected = self.model.find(OFFICE, after=after, limit=limit, **wanted)
            assert self.tried.find(OFFICE, after=after, limit=limit, **wanted) == expected
            after = expected[1]
            if after is None:
                return

    @rule(of=st.none() | refs, after=st.integers(0, 6), limit=st.integers(1, 4))
    def journal(self, of: Ref | None, after: int, limit: int) -> None:
        """Read a stretch of the journal."""
        expected = self.model.journal(OFFICE, of=of, after=after, limit=limit)
        assert self.tried.journal(OFFICE, of=of, after=after, limit=limit) == expected

    @rule()
    def reopen(self) -> None:
        """Let go of the file; nothing in it depends on who has it open."""
        self.tried.close()

    @invariant()
    def hold_the_same(self) -> None:
        """Both hold the same records, commands, claims, entries and messages."""
        if not hasattr(self, "tried"):
            return
        every = [(kind, id_) for kind in KINDS for id_ in IDS]
        ids = [str(one) for one in range(31)]
        model, tried = (
            (
                storage.load(OFFICE, every),
                storage.executed(OFFICE, ids),
                storage.claims(OFFICE),
                storage.journal(OFFICE),
                storage.messages(OFFICE, parked=False),
                storage.messages(OFFICE, parked=True),
            )
            for storage in (self.model, self.tried)
        )
        assert tried == model

    def teardown(self) -> None:
        """Remove the file."""
        if hasattr(self, "tried"):
            self.tried.close()
            shutil.rmtree(self.folder)


Agreement.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAgreement = Agreement.TestCase
TestAgreement.__doc__ = "Any history of calls gives the same answers and leaves the same rows."
