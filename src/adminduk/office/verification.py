"""Checking everything stored: the journal is replayed and must give what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import field, frozen

from adminduk.envelope import ClosedKeyring, Keyring, Keys, body_of, restore
from adminduk.errors import Refused, StorageFailure
from adminduk.journal import GENESIS, Change, chain, fold, read_change
from adminduk.language import N_
from adminduk.office.answered import AnswerCheck
from adminduk.office.evidence import Evidence
from adminduk.ports import JournalEntry, Ref, Row, Storage
from adminduk.records import Application, Blanks, Erasure, Record, Seal
from adminduk.records.index import claims_of, index_of
from adminduk.records.ledger import Ledger
from adminduk.records.spans import holds, size

__all__ = ["Report", "Verifier", "refuse_faults"]

_PAGE: Final = 500


@frozen
class Report:
    """What was checked, and everything that is not as it must be.

    Attributes:
        records: Records that were replayed.
        entries: Journal entries that were read.
        claims: Claims that were compared.
        faults: What is wrong, each with the record or sequence it is about.
        seals: Seals that were held against the entries.
        sealed: The sequence of the last entry under a seal; what follows is under none yet.
        written: Entries that others wrote while it was read: then a fault may be none, as what is
            compared is not of one moment.
        lost: Cases whose people nobody can read any more, though nobody erased them: their key was
            destroyed.
        scans: How often a record names a scan that was looked for; none where there is a fault, or
            the office has no store of scans.
    """

    records: int
    entries: int
    claims: int
    faults: tuple[str, ...]
    seals: int = 0
    sealed: int = 0
    written: int = 0
    lost: tuple[str, ...] = ()
    scans: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def refuse_faults(*reports: Report) -> None:
    """Refuse to write what is not sound.

    Raises:
        Refused: There is a fault.
    """
    faults = [fault for report in reports for fault in report.faults]
    if faults:
        raise Refused(
            "not_sound",
            N_(
                "Nothing was written, for it is not sound; {count} faults, the first: {first}."
                " Stop working on it, keep it, and restore the last good copy."
            ),
            count=len(faults),
            first=faults[0],
        )


@frozen
class _Replayed:
    """What the journal of a record gives: its fields, its version, the head of its chain."""

    fields: dict[str, Any]
    version: int
    head: bytes


def _read(entry: JournalEntry) -> Change | None:
    """Read an entry; None if it cannot be read."""
    try:
        change = read_change(entry.seq, entry.body)
    except Exception:  # noqa: BLE001 - what is tampered with can be wrong in any way
        return None
    as_told: object = change.set
    return change if isinstance(as_told, dict) else None


@frozen
class Verifier:
    """Checks the store of one office."""

    storage: Storage
    office: str
    keyring: Keyring
    progress: Callable[[int], None] = lambda _: None
    apart: str = ""
    """The key of a claim that is held for the time being, and is no record's."""
    kept: Sequence[Seal] = ()
    """Seals of the journal that were kept elsewhere."""
    signers: Collection[str] = ()
    """Public halves of keys, of which one must have signed; empty: that is not asked."""

    _lost: list[str] = field(factory=list, init=False)

    def run(self) -> Report:
        """Hold the journal to its seals, replay every record, compare it, its index and claims.

        Raises:
            Refused: What reads signatures is not installed.
        """
        before, _ = self.storage.head(self.office)
        found = Evidence(self.storage, self.office, self.kept, self.signers).check()
        faults = list(found.faults)
        answers = AnswerCheck(self.storage, self.office)
        held: dict[str, Ref] = {}
        ranges: list[Blanks] = []
        records = 0
        seen = 0
        for rows in self._pages(faults):
            keys = self.keyring.keys()
            keys.look_up(row.id for row in rows if row.kind == Application.KIND)
            for row in rows:
                records += 1
                seen += self._record(row, held, ranges, answers, faults, keys=keys)
                self.progress(records)
        if seen != found.entries:
            faults.append(f"journal: {found.entries - seen} entries are about no stored record")
        faults += answers.faults()
        amiss = self.storage.amiss(self.office)
        faults += (f"{name}: is not found by its search keys" for name in amiss)
        faults += _ledger_faults(ranges, held)
        claims = self._claims(held, faults)
        written = self.storage.head(self.office)[0] - before
        return Report(
            records=records,
            entries=found.entries,
            claims=claims,
            faults=tuple(faults),
            seals=found.seals,
            sealed=found.sealed,
            written=written,
            lost=tuple(dict.fromkeys(self._lost)),
        )

    def _pages(self, faults: list[str]) -> Iterator[Sequence[Row]]:
        after: str | None = None
        last = ("", "", "")
        while True:
            rows, after = self.storage.find(self.office, after=after, limit=_PAGE)
            yield rows
            if after is None:
                return
            end = (rows[-1].due, rows[-1].kind, rows[-1].id)
            if end <= last:  # as above
                faults.append(f"records after {' '.join(last)}: cannot be read on")
                return
            last = end

    def _record(
        self,
        row: Row,
        held: dict[str, Ref],
        ranges: list[Blanks],
        answers: AnswerCheck,
        faults: list[str],
        *,
        keys: Keys,
    ) -> int:
        """Replay a record, compare it, and note what it holds; give how many entries it has."""
        name = f"{row.kind} {row.id}"
        replayed = self._replay(row, name, answers, faults)
        told = body_of(replayed.fields, replayed.head)
        if row.body != told or row.version != replayed.version:
            faults.append(f"{name}: is not what its journal says")
        record = self._restored(row, replayed.fields, keys, held, faults)
        if isinstance(record, Blanks):
            ranges.append(record)
        return replayed.version

    def _replay(self, row: Row, name: str, answers: AnswerCheck, faults: list[str]) -> _Replayed:
        head, version, after = GENESIS, 0, 0
        fields: dict[str, Any] = {}
        while page := self.storage.journal(self.office, of=row.ref, after=after, limit=_PAGE):
            if page[-1].seq <= after:  # as above
                faults.append(f"{name}: its journal cannot be read on")
                break
            for entry in page:
                after = entry.seq
                version += 1
                head = chain(head, entry.body)
                change = _read(entry)
                about = None if change is None else (change.kind, change.id, change.version)
                if head != entry.hash or about != (*row.ref, version) or entry.version != version:
                    faults.append(f"journal {entry.seq}: the chain of {name} breaks here")
                    head = entry.hash
                fields = fields if change is None else fold(fields, change.set)
                answers.see(entry, change, fields.get("state"))
        return _Replayed(fields, version, head)

    def _restored(
        self,
        row: Row,
        fields: dict[str, Any],
        keys: Keys,
        held: dict[str, Ref],
        faults: list[str],
    ) -> Record | None:
        """Make the record that a journal tells of, and note what it holds."""
        name = f"{row.kind} {row.id}"
        try:
            record = restore(row.kind, fields, row.version, keys)
            index = index_of(record)
            held |= dict.fromkeys(claims_of(record), row.ref)
        except Exception as error:  # noqa: BLE001 - what is tampered with can be wrong in any way
            why = error.facts["why"] if isinstance(error, StorageFailure) else type(error).__name__
            faults.append(f"{name}: its journal makes no record: {why}")
            return None
        self._see_key(record, fields, faults)
        columns = (row.state, row.region, row.queue, row.due, row.group, row.keys)
        if columns != (
            index.state,
            index.region,
            index.queue,
            index.due,
            index.group,
            index.keys,
        ):
            faults.append(f"{name}: its index columns are not those of its journal")
        return record

    def _see_key(self, record: Record, fields: dict[str, Any], faults: list[str]) -> None:
        """Find a key that was destroyed by no erasure, and one that is there again after it."""
        if isinstance(record, Erasure) and record.state == "erased":
            if any(self.storage.keys_of(self.office, [record.key]).values()):
                faults.append(f"erasure {record.key}: the key that was destroyed is there again")
        elif (
            isinstance(record, Application)
            and record.personal is None
            and "personal" in fields  # an erasure takes it out
            and not isinstance(self.keyring, ClosedKeyring)
        ):
            self._lost.append(record.key)

    def _claims(self, held: dict[str, Ref], faults: list[str]) -> int:
        count = 0
        after = ""
        while page := self.storage.claims(self.office, after=after, limit=_PAGE):
            if page[-1].key <= after:  # as above
                faults.append("claims: cannot be read on")
                break
            for claim in page:
                after = claim.key
                if claim.key == self.apart:
                    continue
                count += 1
                if held.pop(claim.key, None) != (claim.kind, claim.id):
                    faults.append(f"claim of {claim.kind} {claim.id}: not by its journal")
        faults += [f"{kind} {id_}: a claim of it is not held" for kind, id_ in held.values()]
        return count


def _ledger_faults(ranges: list[Blanks], held: Iterable[str]) -> Iterator[str]:
    """Find blanks with two fates or none, and those that are spent and on no copy."""
    for one in ranges:
        yield from (f"blanks {one.id}: {fault}" for fault in one.faults())
    ledger, told = Ledger(ranges), Counter[str]()
    for key in held if ranges else ():
        kind, _, rest = key.partition(":")
        product, _, blank = rest.partition(":")
        found = ledger.range_of(product, blank) if kind == "blank" else None
        if found is not None and holds(found[0].on_copies, found[1]):
            told[found[0].id] += 1
    for one in ranges:
        lacking = size(one.on_copies) - told[one.id]
        if lacking:
            yield f"blanks {one.id}: {lacking} numbers are spent, and no copy has them"
