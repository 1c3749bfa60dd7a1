"""What an office promises, checked on what it stored and on the whole way there.

Nothing here asks the part of the library that decides, nor its lifecycles: the journal is read
from the first entry, and after each command every record that it touched must keep the promises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

import orjson
from attrs import define, field

from adminduk import checklist as lists
from adminduk.catalogue import Catalogue
from adminduk.envelope import Keyring, restore
from adminduk.journal import Change, read_change
from adminduk.office import Office
from adminduk.office.promises import Outcome
from adminduk.ports import Claim, JournalEntry, Ref
from adminduk.records import (
    Act,
    Application,
    Bag,
    Blanks,
    Channel,
    Copy,
    Delegation,
    DeliveryWay,
    Fate,
    Heading,
    HomeReason,
    Minutes,
    Notice,
    Original,
    Post,
    ProductOutcome,
    Record,
    Role,
    Settings,
)
from adminduk.records.index import claims_of, index_of
from adminduk.regions.zones import WIB

__all__ = ["APPROVED", "ENDED", "WHO", "broken"]

_ENDED_CASES: Final = frozenset({"completed", "rejected", "withdrawn", "expired", "lapsed"})
_ENDED_PAPERS: Final = frozenset({"handed_over", "destroyed", "cancelled", "revoked", "filed"})
_ENDED_BAGS: Final = frozenset({"closed", "cancelled"})
_CARRIED_BY_NOBODY: Final = _ENDED_BAGS | {"counted", "written_off"}
ENDED: Final = _ENDED_CASES | _ENDED_PAPERS | _ENDED_BAGS
"""States in which nothing is left to do."""

_NOWHERE: Final = _ENDED_PAPERS | {"ordered", "issued", "lost", "expected", "waived"}
_TO_BE_HAD: Final = frozenset({"at_district", "at_village", "at_counter", "handed_over", "issued"})
_AT: Final = {
    "at_office": Role.PRINT_OPERATOR,
    "at_district": Role.DISTRICT_OPERATOR,
    "at_village": Role.VILLAGE_OPERATOR,
    "at_counter": Role.FRONT_DESK,
}
"""Who answers for a paper that is at hand."""
_DOORS: Final = {
    Role.APPLICANT: Channel.ONLINE,
    Role.VILLAGE_OPERATOR: Channel.VILLAGE,
    Role.DISTRICT_OPERATOR: Channel.DISTRICT,
    Role.FRONT_DESK: Channel.COUNTER,
}
"""At whose door people stand."""
_CLOSABLE: Final = {"submit": Act.SUBMIT, "attend": Act.ATTEND, "hand_over": Act.COLLECT}
_OUTWARDS: Final = frozenset({"collect", "to_counter", "hand_over"})
_HOME: Final = Heading.HOME
_NOT_DELIVERABLE: Final = frozenset({"void", "destroyed", "lost", "cancelled", "revoked"})

_SETTLED: Final = _NOT_DELIVERABLE | {"handed_over", "issued"}

_VO, _DO, _FD = Role.VILLAGE_OPERATOR, Role.DISTRICT_OPERATOR, Role.FRONT_DESK
_RO, _HO, _PO = Role.REGISTRY_OPERATOR, Role.HEAD_OF_OFFICE, Role.PRINT_OPERATOR
_AP, _CO, _SY, _AU = Role.APPLICANT, Role.COURIER, Role.SYSTEM, Role.AUDITOR

WHO: Final[dict[str, frozenset[Role]]] = {
    name: frozenset(roles)
    for names, roles in {
        "draft submit amend answer withdraw": (_AP, _VO, _DO, _FD),
        "choose_delivery confirm take_in": (_VO, _DO, _FD),
        "set_contact": (_AP, _VO, _DO, _FD, _RO),
        "attend": (_FD, _DO),
        "move_rules correct return reject reopen replace give_up issue revoke": (_RO, _HO),
        "declare_lost waive give_back write_off resolve": (_RO, _HO),
        "verify": (_RO,),
        "expire remind ask_after follow_blanks": (_SY,),
        "print misprint void file destroy": (_PO,),
        "collect": (_VO,),
        "hand_in": (_DO,),
        "to_counter": (_FD,),
        "hand_over": (_VO, _DO, _FD),
        "record_handover": (_VO, _DO),
        "turn_home": (_VO, _DO, _FD, _SY),
        "turn_out": (_VO, _DO, _PO),
        "condemn": (_RO, _HO, _VO, _DO, _FD, _PO),
        "report_missing found": (_VO, _DO, _FD, _PO),
        "plan cancel seal unseal come_back stray arrive count finish": (_PO, _DO),
        "depart report": (_CO,),
        "close": (_RO, _HO, _SY),
        "take": (_RO,),
        "adopt": (_RO, _HO),
        "announce change_settings delegate": (_HO,),
        "lift end_delegation": (_HO, _SY),
        "read": (_AP, _VO, _DO, _FD, _RO, _HO, _PO, _AU),
        "set_schedule": (_RO, _HO),
        "seal_journal erase": (_HO, _SY),
        "confirm_erasure": (_SY,),
        "receive_blanks correct_blanks withdraw_blanks reserve_blanks release_blanks": (_PO,),
        "transfer_blanks report_blanks_missing blanks_found record_blanks_used": (_PO,),
    }.items()
    for name in names.split()
}
"""Who may do what, written down a second time."""

_ABOUT_CASES: Final = frozenset(
    "draft submit amend answer withdraw expire choose_delivery attend move_rules correct return"
    " reject verify reopen replace give_up take adopt set_contact".split()
)

APPROVED: Final = frozenset(
    "adopt reject reopen replace revoke record_handover declare_lost destroy write_off"
    " correct_blanks withdraw_blanks transfer_blanks record_blanks_used".split()
)


def broken(office: Office, keyring: Keyring) -> list[str]:
    """Name every promise that what is stored in an office breaks."""
    history = _History(office.catalogue, keyring)
    entries = list(_entries(office))
    faults = list(_sequence(entries))
    for _, group in groupby(entries, key=lambda one: one[0].command):
        faults += history.after(list(group))
    return [*faults, *_stored(office, history), *_accounted(office, history)]


def _entries(office: Office) -> Iterator[tuple[Change, JournalEntry]]:
    after = 0
    while page := office.storage.journal(office.region.full(), after=after, limit=1000):
        for entry in page:
            yield read_change(entry.seq, entry.body), entry
            after = entry.seq


def _sequence(entries: list[tuple[Change, JournalEntry]]) -> Iterator[str]:
    """Check that the sequence has no gap, time never runs back, and every chain is unbroken."""
    heads: dict[Ref, bytes] = {}
    recorded = None
    for place, (change, entry) in enumerate(entries, start=1):
        if entry.seq != place:
            yield f"entry {entry.seq} stands at place {place}"
        if recorded is not None and change.recorded < recorded:
            yield f"entry {entry.seq} was recorded before the one before"
        recorded = change.recorded
        ref = (entry.kind, entry.id)
        heads[ref] = sha256(heads.get(ref, bytes(32)) + entry.body).digest()
        if heads[ref] != entry.hash:
            yield f"entry {entry.seq} breaks the chain of {ref}"


def _stored(office: Office, history: _History) -> Iterator[str]:
    """Check that what is stored is what the journal tells, with its index and its claims."""
    held: dict[str, Ref] = {}
    after = None
    seen = set()
    while True:
        rows, after = office.storage.find(office.region.full(), after=after, limit=500)
        for row in rows:
            seen.add(row.ref)
            if orjson.loads(row.body)["fields"] != history.fields.get(row.ref):
                yield f"{row.ref} is not what its journal tells"
            index = index_of(history.now[row.ref])
            told = (index.state, index.region, index.queue, index.due, index.group, index.keys)
            if told != (row.state, row.region, row.queue, row.due, row.group, row.keys):
                yield f"{row.ref} is indexed otherwise than its journal tells"
            held |= dict.fromkeys(claims_of(history.now[row.ref]), row.ref)
        if after is None:
            break
    if seen != set(history.now):
        yield f"stored and told differ: {seen ^ set(history.now)}"
    claims = {one.key: (one.kind, one.id) for one in _all_claims(office)}
    if claims != held:
        yield f"claims differ: {claims.items() ^ held.items()}"


def _all_claims(office: Office) -> Iterator[Claim]:
    after = ""
    while page := office.storage.claims(office.region.full(), after=after, limit=1000):
        yield from page
        after = page[-1].key


_SPANS: Final = ("used", "misprinted", "missing", "destroyed")


def _each(spans: Iterable[tuple[int, int]]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]


def _printed(blanks: Blanks, spans: Iterable[tuple[int, int]]) -> set[str]:
    """Give numbers of a range as they are printed on the cards."""
    return {str(blanks.first.at(number)) for number in _each(spans)}


_FATES: Final = {
    "void": Fate.DESTROYED,
    "destroyed": Fate.DESTROYED,
    "filed": Fate.KEPT,
    "handed_over": Fate.RETURNED,
}
"""What an original that is in a state was to become."""


def _is_made(case: Application, original: Original) -> bool:
    """Whether a document was delivered that takes the place of an original."""
    delivered = {one.product for one in case.lines if one.outcome is ProductOutcome.DELIVERED}
    products = set(original.products)
    return case.state == "completed" and (not products or bool(products & delivered))


def _kind_of(item: str) -> str:
    return "copy" if item.rpartition("/")[2].isdigit() else "original"


def _accounted(office: Office, history: _History) -> Iterator[str]:
    """Check that each promise is accounted for in its month, once, and found while it is late."""
    cases = [one for one in history.now.values() if isinstance(one, Application)]
    promised = {
        (case.key, line.product): line.promise.day(line.way).replace(day=1)
        for case in cases
        for line in case.lines
        if line.promise is not None
    }
    accounts = [one for month in set(promised.values()) for one in office.promises(month).accounts]
    if Counter((one.code, one.product) for one in accounts) != Counter(list(promised)):
        yield "a promise is not accounted for, or twice"
    unmet = {
        (one.code, one.product)
        for one in accounts
        if one.outcome in {Outcome.OPEN, Outcome.OVERDUE}
    }
    far = office.late(soon=400)  # farther than any promise of a model
    if {(one.code, one.product) for one in far} != unmet:
        yield f"what is not kept yet and what is found so differ: {unmet}"
    for one in accounts:
        first = history.to_be_had_since(one.code, one.product)
        if one.reached != first:
            yield f"{one.code} {one.product} was there on {first}, and not on {one.reached}"
        if one.reached is not None and (one.outcome is Outcome.KEPT) != (one.reached <= one.day):
            yield f"{one.code} {one.product}: {one.outcome} for {one.day}"
        if one.outcome in {Outcome.BROKEN, Outcome.OVERDUE} and not (one.late and one.cause):
            yield f"{one.code} {one.product} is late, and nobody knows why"


@define
class _History:
    """Everything as it was after each command, as the journal tells it."""

    catalogue: Catalogue
    keyring: Keyring
    fields: dict[Ref, dict[str, Any]] = field(factory=dict)
    now: dict[Ref, Record] = field(factory=dict)
    verified_by: dict[str, set[str]] = field(factory=dict)
    """Who verified each case, and who approved that."""
    reached: dict[tuple[str, str], date] = field(factory=dict)
    """The day on which the newest copy of each product was first where it was promised."""

    def after(self, entries: list[tuple[Change, JournalEntry]]) -> Iterator[str]:
        """Take in what a command changed, and give the promises that are broken now."""
        before = dict(self.now)
        for change, _ in entries:
            ref = (change.kind, change.id)
            fields = {**self.fields.get(ref, {}), **change.set}
            self.fields[ref] = {name: one for name, one in fields.items() if one is not None}
            keys = self.keyring.keys()
            self.now[ref] = restore(change.kind, self.fields[ref], change.version, keys)
            if change.do == "verify" and change.kind == "application":
                self.verified_by[change.id] = {change.by, change.approved_by}
        for change, _ in entries:
            ref = (change.kind, change.id)
            where = f"entry {change.seq} ({change.do} of {change.id})"
            for fault in self._faults(change, before.get(ref), self.now[ref], before):
                yield f"{where}: {fault}"

    def _faults(
        self, change: Change, old: Record | None, new: Record, before: dict[Ref, Record]
    ) -> Iterator[str]:
        yield from self._authority(change, old, new)
        yield from self._open(change, before)
        if isinstance(new, Blanks):
            yield from self._one_fate(old, new)
        elif isinstance(new, Application):
            if old is not None and old.state in _ENDED_CASES and new.state != old.state:
                yield f"an ended case went from {old.state} to {new.state}"
            yield from self._originals_of(new)
        elif isinstance(new, Bag):
            yield from self._bag(old, new)
        elif isinstance(new, Minutes):
            yield from self._minutes(old, new)
        elif isinstance(new, Copy | Original):
            yield from self._custody(change, old, new, before)
            yield from self._one_deliverable(new)
            yield from self._minuted(old, new)
            if isinstance(new, Original):
                yield from self._fate(old, new)
            yield from self._case_waits_for(new)
            if old is not None and old.state in _ENDED_PAPERS and new.state != old.state:
                yield f"an ended paper went from {old.state} to {new.state}"
            if isinstance(new, Copy):
                yield from self._made(change, new, before)
                yield from self._promised(change, old, new)

    def _made(self, change: Change, new: Copy, before: dict[Ref, Record]) -> Iterator[str]:
        if change.do in {"print", "issue"}:
            yield from self._made_of_verified(new)
        if change.do in {"print", "misprint"}:
            yield from self._on_a_blank_that_was_left(new, before)

    def to_be_had_since(self, code: str, product: str) -> date | None:
        """Say since when a product can be had; also what nobody fetched could have been."""
        copies = [
            one
            for one in self.now.values()
            if isinstance(one, Copy) and (one.application.full(), one.product) == (code, product)
        ]
        newest = max(copies, key=lambda one: one.number, default=None)
        if newest is None:
            return None
        is_good = not newest.condemned and newest.state not in _NOT_DELIVERABLE
        is_good = is_good or newest.why is HomeReason.UNCLAIMED
        return self.reached.get((code, product)) if is_good else None

    def _promised(self, change: Change, old: Record | None, new: Copy) -> Iterator[str]:
        """Note the day on which a copy is first to be had; what is promised never moves back."""
        product = (new.application.full(), new.product)
        if old is None:
            self.reached.pop(product, None)
        can_be_had = new.heading is not _HOME and not new.condemned and new.promise is not None
        made = new.way is DeliveryWay.COURIER and new.promise and new.promise.arrives is None
        if can_be_had and (new.state in _TO_BE_HAD or (made and new.state == "at_office")):
            self.reached.setdefault(product, change.recorded.astimezone(WIB).date())
        if new.promise is None or not isinstance(old, Copy) or old.promise is None:
            return
        if new.promise.made < old.promise.made:
            yield f"what was promised for {old.promise.made} is now for {new.promise.made}"

    def _authority(self, change: Change, old: Record | None, new: Record) -> Iterator[str]:
        role, _, area = change.post.partition("@")
        post = Post(Role(role), area)
        if post.role not in WHO[change.do]:
            yield f"{role} may not do that"
        if self._is_approved(change, post) and change.approved_by in {"", change.by}:
            yield "nobody else approved it"
        yield from self._lent(change)
        if isinstance(new, Application) and change.do not in _ABOUT_CASES:
            return  # what became of a paper tells on its case, whoever holds the paper
        at_hand = {self._answers(old), self._answers(new)}
        if isinstance(new, Bag):
            at_hand |= {new.sender, new.receiver}
        if not post.region.contains(new.region) and post not in at_hand:
            yield f"{change.post} has nothing to do with {new.region}"

    def _is_approved(self, change: Change, post: Post) -> bool:
        """Whether somebody else must have approved what was done in a post."""
        settings = self.now.get(("settings", "office"))
        approvals = settings.approvals if isinstance(settings, Settings) else {}
        of_holder = change.do == "condemn" and post.role not in {_RO, _HO}
        if of_holder or post.role in {_AP, _AU, _SY}:
            return False
        return approvals.get(change.do, "usual" if change.do in APPROVED else "nobody") != "nobody"

    def _lent(self, change: Change) -> Iterator[str]:
        """Who acts or approves by delegation does so in its post, on its days, and lends none."""
        day = change.recorded.astimezone(WIB).date()
        for name, actor in (
            (change.through, change.by),
            (change.approved_through, change.approved_by),
        ):
            lent = self.now.get(("delegation", name))
            if not name:
                continue
            if not isinstance(lent, Delegation) or (lent.state, lent.to) != ("in_force", actor):
                yield f"{actor} acts by {name}, which is not in force for them"
            elif not lent.since <= day <= lent.until:
                yield f"{actor} acts by {name} on {day}"
            elif name == change.through and str(lent.post) != change.post:
                yield f"{actor} acts as {change.post} by {name}"
            if name == change.through and change.do in {"delegate", "end_delegation"}:
                yield "a post that is lent was lent on"

    def _open(self, change: Change, before: dict[Ref, Record]) -> Iterator[str]:
        """Check that no notice without exceptions had closed what was done, at that door."""
        door = _DOORS.get(Role(change.post.partition("@")[0]))
        day = change.at.astimezone(WIB).date()
        for notice in before.values():
            if (
                isinstance(notice, Notice)
                and notice.state == "in_force"
                and not notice.stays_open
                and _CLOSABLE.get(change.do) in notice.acts
                and door in notice.channels
                and notice.since <= day <= (notice.until or day)
            ):
                yield f"notice {notice.id} had closed it"

    def _answers(self, record: Record | None, at: dict[Ref, Record] | None = None) -> Post | None:
        """Say which post answers for a paper: its own, or that of the bag it is in."""
        if not isinstance(record, Copy | Original | Bag):
            return None
        if isinstance(record, Bag) or not record.bag:
            return record.custodian
        bag = (at or self.now)[("bag", record.bag)]
        assert isinstance(bag, Bag)
        return bag.custodian

    def _custody(
        self, change: Change, old: Record | None, new: Copy | Original, before: dict[Ref, Record]
    ) -> Iterator[str]:
        went_home = isinstance(old, Copy | Original) and old.heading is _HOME
        if change.do in _OUTWARDS and went_home and old is not None and old.state != new.state:
            yield "it heads home, and was brought nearer to the applicant"
        holder = self._answers(new)
        if new.state in _AT and (holder is None or holder.role is not _AT[new.state]):
            yield f"{holder} answers for a paper that is {new.state}"
        if (holder is None) != (new.state in _NOWHERE):
            yield f"{holder} answers for a paper that is {new.state}"
        if bool(new.bag) != (new.state == "bagged") or (new.bag and new.custodian is not None):
            yield f"it is {new.state} and in bag {new.bag or '-'}"
        was = None if old is None else self._answers(old, before)
        if holder is None or was is None or holder == was or str(holder) == change.post:
            return
        home_from_counter = was.role is _FD and holder.role is _PO
        if change.do in {"finish", "write_off"}:
            if holder.role not in {_PO, _DO, _CO}:
                yield f"{holder} answers for what is missing"
        elif not (change.do in {"turn_home", "condemn", "reopen"} and home_from_counter):
            yield f"custody went from {was} to {holder} by {change.post}"

    def _one_deliverable(self, new: Copy | Original) -> Iterator[str]:
        if not isinstance(new, Copy):
            return
        deliverable = [
            one.id
            for one in self.now.values()
            if isinstance(one, Copy)
            and (one.application, one.product) == (new.application, new.product)
            and not one.condemned
            and one.state not in _NOT_DELIVERABLE
        ]
        if len(deliverable) > 1:
            yield f"several copies can be delivered: {deliverable}"

    def _one_fate(self, old: Record | None, new: Blanks) -> Iterator[str]:
        """Each number that was received has one fate or is left, and what is spent stays so."""
        told = [_each(getattr(new, fate)) for fate in _SPANS]
        told += [_each(one.numbers) for one in new.reserved]
        told += [_each(one.numbers) for one in new.transferred]
        everywhere = [number for numbers in told for number in numbers]
        if len(everywhere) != len(set(everywhere)):
            yield "a number has two fates"
        if not set(everywhere) <= set(range(new.first.number, new.last.number + 1)):
            yield "a number that was not received has a fate"
        if isinstance(old, Blanks):
            for fate in ("used", "misprinted", "destroyed"):
                if not set(_each(getattr(old, fate))) <= set(_each(getattr(new, fate))):
                    yield f"what was {fate} is so no more"
        on_copies = {
            number
            for one in self.now.values()
            if isinstance(one, Copy) and one.kind == new.product
            for number in (one.blank, *one.spoiled)
        }
        spent = _printed(new, new.used) | _printed(new, new.misprinted)
        if lacking := spent - _printed(new, new.outside) - on_copies:
            yield f"spent, and no copy has them: {lacking}"
        others = [
            one.id
            for one in self.now.values()
            if isinstance(one, Blanks)
            and one.product == new.product
            and one.id != new.id
            and "withdrawn" not in {one.state, new.state}
            and one.first.number <= new.last.number
            and new.first.number <= one.last.number
        ]
        if others:
            yield f"some of its numbers were received in {others} too"

    def _on_a_blank_that_was_left(self, copy: Copy, before: dict[Ref, Record]) -> Iterator[str]:
        """Where there is a ledger, what is printed or spoiled was left in it, and is so no more."""
        kept = [
            one
            for one in before.values()
            if isinstance(one, Blanks) and one.product == copy.kind and one.state == "in_ledger"
        ]
        blank = copy.blank or "".join(copy.spoiled[-1:])
        for one in kept:
            if blank in _printed(one, [(one.first.number, one.last.number)]):
                now = self.now["blanks", one.id]
                assert isinstance(now, Blanks)
                spent = _printed(now, now.used) | _printed(now, now.misprinted)
                spent_before = _printed(one, one.used) | _printed(one, one.misprinted)
                if blank not in spent - spent_before:
                    yield f"the ledger does not tell that {blank} is spent now"
                return
        if kept and blank:
            yield f"{blank} was never received"

    def _fate(self, old: Record | None, new: Original) -> Iterator[str]:
        """An original becomes what it is to become, once the document that replaces it is there."""
        if (new.taken_in is None) != (new.state in {"expected", "waived"}):
            yield f"taken in at {new.taken_in}, and {new.state}"
        if (new.answered is None) != (new.state != "lost"):
            yield f"{new.answered} answered for it, and it is {new.state}"
        wanted = _FATES.get(new.state)
        if wanted is not None and not new.irregular and new.fate is not wanted:
            yield f"it is {new.state}, and was to be {new.fate}"
        case = self.now["application", new.application.full()]
        assert isinstance(case, Application)
        if wanted not in {None, Fate.RETURNED} and not _is_made(case, new):
            yield f"it is {new.state} though nothing took its place; its case is {case.state}"
        if isinstance(old, Original) and not old.surrendered and new.surrendered:
            yield "what was to be given back is to stay"

    def _originals_of(self, case: Application) -> Iterator[str]:
        """What the office holds when a case ends is its owner's, or something took its place."""
        if case.state not in _ENDED_CASES:
            return
        for item in case.originals:
            one = self.now["original", f"{case.key}/{item}"]
            assert isinstance(one, Original)
            if one.state == "expected":
                yield f"{item} is waited for though the case is {case.state}"
            held = one.state not in _ENDED_PAPERS | {"waived"}
            if held and one.surrendered and not _is_made(case, one):
                yield f"{item} stays with the office though the case is {case.state}"

    def _minuted(self, old: Record | None, new: Copy | Original) -> Iterator[str]:
        """What is destroyed was void in the store, and is named in its minutes; nothing else is."""
        if (new.state == "destroyed") != bool(new.minutes):
            yield f"it is {new.state}, and its minutes are {new.minutes or 'none'}"
        if not new.minutes:
            return
        if old is not None and old.state not in {"void", "destroyed"}:
            yield f"destroyed, and was {old.state}"
        minutes = self.now.get(("minutes", new.minutes))
        if not isinstance(minutes, Minutes) or new.id not in minutes.papers:
            yield f"its minutes {new.minutes} do not name it"

    def _minutes(self, old: Record | None, new: Minutes) -> Iterator[str]:
        """Minutes are written once, signed by a witness, and name what was destroyed with them."""
        if old is not None:
            yield "minutes were changed"
        if not new.witnesses:
            yield "nobody saw it"
        others = [
            item
            for item in new.papers
            if getattr(self.now[_kind_of(item), item], "minutes", "") != new.id
        ]
        if others:
            yield f"the minutes name what was not destroyed with them: {others}"

    def _case_waits_for(self, new: Copy | Original) -> Iterator[str]:
        """A case is verified, and not ended, while one of its copies can still be delivered."""
        if isinstance(new, Copy) and not new.condemned and new.state not in _SETTLED:
            case = self.now["application", new.application.full()]
            if case.state != "verified":
                yield f"it can still be delivered, and its case is {case.state}"

    def _made_of_verified(self, copy: Copy) -> Iterator[str]:
        case = self.now[("application", copy.application.full())]
        assert isinstance(case, Application)
        if case.state != "verified" and not (case.state == "completed" and copy.state == "issued"):
            yield f"made although its case is {case.state}"
        hands = {case.submitted_by, *case.prepared_by, *case.corrected_by}
        if self.verified_by.get(case.key, set()) & hands - {""}:
            yield "made of a case that was verified by who had a hand in it"
        if case.adopted:
            return  # it was verified before the library was there
        assert case.rules is not None, "what was verified was submitted, and keeps its rules"
        facts = lists.settle_facts(self.catalogue, case.case.facts, case.case.people, case.rules)
        todo = lists.checklist(self.catalogue, case.services, facts, case.rules, case.channel.value)
        if not todo.final:
            yield "made although its checklist is not final"
        for item in todo.needed:
            shown = case.shown(item.id)
            if shown is None or shown.shown.way not in item.ways:
                yield f"made although {item.id} is not shown"
            elif shown.verdict is None or not shown.verdict.accepted:
                yield f"made although {item.id} is not accepted"

    def _bag(self, old: Record | None, bag: Bag) -> Iterator[str]:
        if old is not None and old.state in _ENDED_BAGS and bag.state != old.state:
            yield f"an ended bag went from {old.state} to {bag.state}"
        if (bag.custodian is None) != (bag.state in _CARRIED_BY_NOBODY):
            yield f"{bag.custodian} answers for a bag that is {bag.state}"
        if bag.state == "closed" and any(
            one.outcome is None or one.owner is None for one in bag.differences
        ):
            yield "closed with a difference that nobody owns"
        if bag.state in _CARRIED_BY_NOBODY - {"cancelled"}:
            inside = [
                one.key
                for one in self.now.values()
                if isinstance(one, Copy | Original) and one.bag == bag.id
            ]
            if inside:
                yield f"counted, and still in it: {inside}"
