"""Any history of calls gives the answers of the storage in memory, and leaves the same."""

from __future__ import annotations

from itertools import count
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from adminduk.ports import (
    Batch,
    ClaimTaken,
    ClockBehind,
    CommandKnown,
    Lease,
    Ref,
    StaleVersions,
    Storage,
    WrappedKey,
    Write,
)
from adminduk.storage.memory import MemoryStorage
from adminduk.testing.kits.base import Kit, Open
from adminduk.testing.rows import claim, command, entry, message, row, time

__all__ = ["AgreementChecks"]

_KINDS = ("application", "copy")
_IDS = ("A", "B", "C/1")
_QUEUES = ("", "v@35.23", "v@35.23.08", "v@35.23.08.2001", "v@35.23.080", "v@35.24")
_REGIONS = ("35.23", "35.23.08", "35.23.08.2001", "35.23.09")
_refs = st.tuples(st.sampled_from(_KINDS), st.sampled_from(_IDS))
_moments = st.integers(0, 9).map(time)
_columns = st.fixed_dictionaries(
    {
        "state": st.sampled_from(("draft", "sent", "gone")),
        "queue": st.sampled_from(_QUEUES),
        "region": st.sampled_from(_REGIONS),
        "due": _moments,
        "group": st.sampled_from(("", "g", "h")),
        "keys": st.frozensets(st.sampled_from("kln")).map(sorted).map(tuple),
        "body": st.binary(max_size=3),
    }
)
_owners = st.sampled_from("ABC")
_wrapped = st.sampled_from((b"1", b"22", b""))
_claims = st.builds(claim, st.sampled_from(("x", "y", "z")), st.sampled_from(_IDS))
_off = st.sampled_from((0, 0, 0, 0, 0, 1, -1))
"""How far a version that is said to have been read is from the one stored."""
_filters = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(_KINDS),
        "state": st.sampled_from(("draft", "sent", "other")),
        "queue": st.sampled_from((*_QUEUES, "v", "v@35")),
        "region": st.sampled_from((*_REGIONS, "35", "35.2")),
        "group": st.sampled_from(("", "g", "h")),
        "key": st.sampled_from("klz"),
        "due_until": _moments,
    },
)


def _outcome(call: Any) -> object:
    """Give what a call gives, or how it ends."""
    try:
        return call()
    except (ClaimTaken, ClockBehind, CommandKnown, StaleVersions) as error:
        return type(error), error.args


class _Agreement(RuleBasedStateMachine):
    """Makes each call on both and compares what they answer, then all that they hold.

    Each history has an office of its own, so that all of them share one store.
    """

    def __init__(self, open_store: Open, office: str, *, reopens: bool) -> None:
        super().__init__()
        self.open_store, self.office, self.reopens = open_store, office, reopens
        self.model: Storage = MemoryStorage()
        self.tried = open_store()
        self.leases: list[tuple[Lease, Lease]] = []
        self.versions: dict[Ref, int] = {}
        for storage in (self.model, self.tried):
            storage.add_office(office, b"")

    @rule(
        recorded=st.sampled_from((3, 3, 3, 3, 4, 2)).map(time),
        written=st.dictionaries(_refs, st.tuples(_columns, _off), max_size=3),
        seen=st.dictionaries(_refs, _off, max_size=2),
        release=st.lists(_claims, max_size=2),
        take=st.lists(_claims, max_size=2),
        sent=st.sets(st.integers(0, 30), max_size=2),
        keys=st.dictionaries(st.sampled_from("pqrs"), st.integers(0, 9), max_size=2),
        owners=st.sets(_owners, max_size=1),
    )
    def commit(
        self, recorded: str, written: Any, seen: Any, sent: Any, keys: Any, **parts: Any
    ) -> None:
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
            keys=tuple(WrappedKey(one, b"1") for one in parts["owners"]),
        )
        expected = _outcome(lambda: self.model.commit(self.office, batch))
        assert _outcome(lambda: self.tried.commit(self.office, batch)) == expected
        if isinstance(expected, int):
            self.versions |= {write.row.ref: write.row.version for write in batch.writes}

    @rule(now=_moments, until=_moments, limit=st.integers(1, 3))
    def lease(self, now: str, until: str, limit: int) -> None:
        """Lend what is due."""
        pairs = [
            storage.lease(self.office, now=now, until=until, limit=limit)
            for storage in (self.model, self.tried)
        ]
        assert [(one.message, one.attempts) for one in pairs[1]] == [
            (one.message, one.attempts) for one in pairs[0]
        ]
        self.leases += zip(*pairs, strict=True)

    @rule(data=st.data(), again=st.none() | _moments, parked=st.booleans(), tried=st.booleans())
    def settle(self, data: st.DataObject, again: str | None, parked: bool, tried: bool) -> None:
        """Settle a lease, perhaps one that is over."""
        if not self.leases:
            return
        pair = data.draw(st.sampled_from(self.leases))
        answers = {
            storage.settle(
                self.office,
                one.message.key,
                one.token,
                again=again,
                parked=parked,
                tried=tried,
            )
            for storage, one in zip((self.model, self.tried), pair, strict=True)
        }
        assert len(answers) == 1

    @rule(key=st.sampled_from("pqr"), due=_moments)
    def unpark(self, key: str, due: str) -> None:
        """Send again what is parked, or what is not."""
        answers = {
            storage.unpark(self.office, key, due=due) for storage in (self.model, self.tried)
        }
        assert len(answers) == 1

    @rule(changes=st.dictionaries(_owners, st.tuples(_wrapped, _wrapped), max_size=2))
    def replace_keys(self, changes: dict[str, tuple[bytes, bytes]]) -> None:
        """Replace keys, perhaps such as there are not."""
        asked = [(WrappedKey(owner, old), new or b"3") for owner, (old, new) in changes.items()]
        answers = {storage.replace_keys(self.office, asked) for storage in (self.model, self.tried)}
        assert len(answers) == 1

    @rule(owner=_owners)
    def destroy_key(self, owner: str) -> None:
        """Destroy a key, perhaps of who has none."""
        answers = {storage.destroy_key(self.office, owner) for storage in (self.model, self.tried)}
        assert len(answers) == 1

    @rule(wanted=_filters, limit=st.integers(1, 3))
    def find(self, wanted: dict[str, str], limit: int) -> None:
        """Read all pages of a search."""
        starts: list[str | None] = [None, None]  # how a position is written is each one's affair
        while True:
            pages = [
                storage.find(self.office, after=after, limit=limit, **wanted)
                for storage, after in zip((self.model, self.tried), starts, strict=True)
            ]
            starts = [after for _, after in pages]
            assert pages[1][0] == pages[0][0]
            assert (starts[1] is None) == (starts[0] is None)
            if starts[0] is None:
                return

    @rule(of=st.none() | _refs, after=st.integers(0, 6), limit=st.integers(1, 4))
    def journal(self, of: Ref | None, after: int, limit: int) -> None:
        """Read a stretch of the journal."""
        expected = self.model.journal(self.office, of=of, after=after, limit=limit)
        assert self.tried.journal(self.office, of=of, after=after, limit=limit) == expected

    @rule()
    def reopen(self) -> None:
        """Let go of the store; nothing in it depends on who has it open."""
        self.tried.close()
        if self.reopens:
            self.tried = self.open_store()

    @invariant()
    def hold_the_same(self) -> None:
        """Both hold the same records, commands, claims, entries, messages and keys."""
        every = [(kind, id_) for kind in _KINDS for id_ in _IDS]
        ids = [str(one) for one in range(31)]
        model, tried = (
            (
                storage.load(self.office, every),
                storage.load(self.office, [], groups=["g"], below=[("copy", "C")]),
                storage.find(self.office)[0],
                storage.executed(self.office, ids),
                storage.claims(self.office),
                storage.journal(self.office),
                storage.messages(self.office, parked=False),
                storage.messages(self.office, parked=True),
                storage.commands(self.office, after="1", limit=9),
                storage.messages(self.office, parked=False, after=(time(4), "q"), limit=2),
                storage.keys(self.office, limit=2),
                storage.keys_of(self.office, "ABD"),
            )
            for storage in (self.model, self.tried)
        )
        assert tried == model

    def teardown(self) -> None:
        """Let go of the store, unless it is that of the next history, too."""
        if self.reopens:
            self.tried.close()


class AgreementChecks(Kit):
    """The storage in memory is the model of every other one."""

    histories: ClassVar[int] = 40
    shrinks: ClassVar[bool] = True

    def test_any_history_gives_what_the_model_gives(self, opened: Open, storage: Storage) -> None:
        """After every step of a random history both answer alike and hold the same."""
        offices = count()

        def open_once_more() -> Storage:
            return opened() if self.reopens else storage

        def machine() -> _Agreement:
            return _Agreement(open_once_more, f"99.{next(offices)}", reopens=self.reopens)

        run_state_machine_as_test(
            machine,  # type: ignore[arg-type] # what makes one is as good as its class
            settings=settings(
                max_examples=self.histories,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                report_multiple_bugs=False,
                phases=[one for one in Phase if self.shrinks or one is not Phase.shrink],
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
