"""Commands as people give them: mostly right for the record they are about, sometimes not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

from attrs import asdict

from adminduk import commands as c
from adminduk.catalogue import Way
from adminduk.checklist import Checklist
from adminduk.errors import InvalidInput
from adminduk.records import (
    Actor,
    Application,
    Bag,
    Blanks,
    Collector,
    Copy,
    CourierSays,
    DeliveryWay,
    DifferenceOutcome,
    Ground,
    Letter,
    Person,
    Post,
    Record,
    Relation,
    Role,
    Scan,
    Shown,
)
from adminduk.records.index import IN_STOCK
from adminduk.records.manifest import check_code
from adminduk.testing.beginnings import (
    is_bound,
    new_adoption,
    new_blanks,
    new_delegation,
    new_minutes,
    new_notice,
    new_schedule,
    new_seal,
    new_settings,
    some_blanks,
    to_pack,
)
from adminduk.testing.cast import CAST, OFFICE
from adminduk.testing.chance import Chance
from adminduk.testing.families import show
from adminduk.testing.promises import APPROVED

__all__ = ["approver", "command"]

T = TypeVar("T")
Fields = dict[str, Any]

_SCAN: Final = Shown(Way.SCAN, (Scan("ab" * 32, "application/pdf", 1000),))


def command(chance: Chance, kind: type[c.Command], record: Record, by: Actor) -> c.Command:
    """Give a command of a kind about a record, as somebody would who means it."""
    fields: Fields = {kind.SUBJECT: record.key}
    if kind in _CONTENT:
        fields |= _CONTENT[kind](chance, record, by)
    fields["approved_by"] = approver(chance, kind, by)
    return kind(**fields)


def approver(chance: Chance, kind: type[c.Command], by: Actor) -> Actor | None:
    """Give somebody else in the role that must approve, if one must; sometimes another."""
    usual = Role.HEAD_OF_OFFICE if kind.NAME in APPROVED or kind is c.Condemn else None
    if kind is c.RecordHandover:
        usual = Role.REGISTRY_OPERATOR
    role = chance.office.settings().approver_of(kind.NAME, usual)
    if role is None:
        return None
    if chance.one_in(10):
        return chance.random.choice([None, by, *CAST])
    wanted = [one for one in CAST if one.role is role and one.id != by.id]
    return chance.random.choice(wanted) if wanted else None


def _todo(chance: Chance, case: Application) -> Checklist | None:
    """Give the list of a case by the rules it keeps, if the case is in a state to have one."""
    try:
        return chance.office.checklist(
            *case.services,
            facts=case.case.facts,
            people=case.case.people,
            on=case.rules or chance.day,
            channel=case.channel.value,
        )
    except InvalidInput:
        return None


def _needed(chance: Chance, case: Application) -> list[str]:
    todo = _todo(chance, case)
    return [] if todo is None else [one.id for one in todo.needed]


def _shown_anew(chance: Chance, case: Application, items: list[str]) -> dict[str, Shown]:
    todo = _todo(chance, case)
    ways = {} if todo is None else {one.id: one.ways for one in todo.items}
    return {item: show(ways.get(item, {Way.SCAN}), chance.random) for item in items}


def _submit(chance: Chance, case: Application, _: Actor) -> Fields:
    return {"evidence": _shown_anew(chance, case, _needed(chance, case))}


def _amend(chance: Chance, case: Application, _: Actor) -> Fields:
    items = list(case.case.faults) or _needed(chance, case)
    return {"evidence": _shown_anew(chance, case, chance.some(items)) if items else {}}


def _answer(chance: Chance, case: Application, _: Actor) -> Fields:
    items = list(case.case.faults)
    return {
        "evidence": _shown_anew(chance, case, chance.some(items) if chance.one_in(6) else items)
    }


def _move_rules(chance: Chance, case: Application, _: Actor) -> Fields:
    newest = chance.day if case.rules is None else max(case.rules, chance.day)
    return {"to": newest + timedelta(days=chance.random.choice([-1, 0, 0, 0, 1]))}


def _attend(chance: Chance, case: Application, _: Actor) -> Fields:
    return {"act": chance.random.choice(case.attend or ("biometrics",))}


def _correction(chance: Chance, case: Application) -> Fields:
    party, person = chance.random.choice(sorted(case.case.people.items()) or [("head", Person())])
    scanned = [one.item for one in case.evidence if one.shown.way is Way.SCAN] or ["nothing"]
    return {"people": {party: person}, "item": chance.random.choice(scanned)}


def _correct(chance: Chance, case: Application, _: Actor) -> Fields:
    return {**_correction(chance, case), "reason": "salah ketik"}


def _return(chance: Chance, case: Application, _: Actor) -> Fields:
    needed = _needed(chance, case) or ["f-1-02"]
    bad = chance.random.sample(needed, chance.random.randrange(1, min(3, len(needed)) + 1))
    accepted = [one for one in needed if one not in bad]
    if accepted and chance.one_in(8):
        accepted.pop()
    return {"faults": dict.fromkeys(bad, "tidak terbaca"), "accepted": tuple(accepted)}


def _verify(chance: Chance, case: Application, _: Actor) -> Fields:
    needed = _needed(chance, case)
    if needed and chance.one_in(8):
        needed.pop()
    return {"accepted": tuple(needed)}


def _reason(_: Chance, __: Record, ___: Actor) -> Fields:
    return {"reason": "sebagaimana dicatat"}


def _product(chance: Chance, case: Application) -> str:
    return chance.random.choice([one.product for one in case.lines] or ["ktp"])


def _replace(chance: Chance, case: Application, _: Actor) -> Fields:
    more = _correction(chance, case) if chance.one_in(3) else {}
    return {"product": _product(chance, case), "reason": "rusak", **more}


def _give_up(chance: Chance, case: Application, _: Actor) -> Fields:
    return {"product": _product(chance, case), "reason": "pindah"}


def _letter(chance: Chance) -> Letter:
    return Letter(f"470/{chance.random.randrange(1, 99)}", chance.day)


def _choose_delivery(chance: Chance, case: Application, by: Actor) -> Fields:
    way = chance.random.choice(list(DeliveryWay))
    needs_letter = way is DeliveryWay.COUNTER and by.role is not Role.FRONT_DESK
    letter = _letter(chance) if needs_letter and not chance.one_in(10) else None
    return {"product": _product(chance, case), "way": way, "letter": letter}


def _withdraw(chance: Chance, _: Record, by: Actor) -> Fields:
    alone = by.role is Role.APPLICANT or chance.one_in(8)
    return {"reason": "batal", "authorisation": None if alone else _SCAN}


def _blank(chance: Chance, copy: Copy) -> str:
    """Take the next blank of the ledger, if there is one; now and then any other.

    Or take one from a small pile that somebody else has used already.
    """
    rows, _ = chance.office.storage.find(OFFICE, group=IN_STOCK, limit=10)
    ranges = [chance.office.record(*row.ref) for row in rows]
    mine = [one for one in ranges if isinstance(one, Blanks) and one.product == copy.kind]
    if mine and not chance.one_in(12):
        one = chance.random.choice(mine)
        gone = [*one.used, *one.misprinted, *one.missing, *one.with_fate("reserved")]
        spans = gone if gone and chance.one_in(5) else [*one.left]
        if spans:
            return str(one.first.at(chance.random.choice(spans)[0]))
    return f"B{chance.random.randrange(3 if chance.one_in(2) else 10_000):04}"


def _print(chance: Chance, copy: Copy, _: Actor) -> Fields:
    form = chance.office.catalogue.product(copy.product).form
    if (form == "blank") == (not chance.one_in(10)):
        return {"blank": _blank(chance, copy)}
    return {"signature": "Kepala Dinas"}


def _collector(chance: Chance) -> Collector:
    relation = chance.random.choice(list(Relation))
    signed = _SCAN.scans[0] if relation is Relation.OTHER and not chance.one_in(6) else None
    return Collector(name="Pengambil", relation=relation, authorisation=signed)


def _collect(chance: Chance, paper: Copy, _: Actor) -> Fields:
    case = chance.office.record("application", paper.application.full())
    assert isinstance(case, Application), "each paper has its case"
    shown = [one.item for one in case.evidence if one.shown.way is Way.SCAN]
    if chance.one_in(4):
        shown = [*chance.some(shown), *(["pohon"] if chance.one_in(4) else [])] if shown else []
    return {"originals": tuple(shown)}


def _condemn(chance: Chance, _: Record, by: Actor) -> Fields:
    office = {Role.REGISTRY_OPERATOR, Role.HEAD_OF_OFFICE}
    return {"reason": "cacat", "damaged": by.role not in office and not chance.one_in(6)}


def _plan(chance: Chance, bag: Bag, _: Actor) -> Fields:
    items = to_pack(chance, bag.sender, bag.receiver.region.full())
    van = chance.one_in(3)
    return {"to": bag.receiver.region, "items": items, "day": chance.day, "own_van": van}


def _depart(chance: Chance, _: Record, __: Actor) -> Fields:
    return {"own_van": chance.one_in(4)}


def _seal(chance: Chance, bag: Bag, _: Actor) -> Fields:
    to = bag.receiver.region.full()
    papers = [_paper(chance, item) for item in bag.plan]
    ready = [paper.key for paper in papers if is_bound(paper, bag.sender, to)]
    check = check_code(ready) if chance.one_in(2) else ""
    return {"count": len(ready) + int(chance.one_in(8)), "check": check, "seal": "S1"}


def _paper(chance: Chance, item: str) -> Record:
    kind = "copy" if item.rpartition("/")[2].isdigit() else "original"
    return chance.office.record(kind, item)


def _arrive(chance: Chance, _: Record, __: Actor) -> Fields:
    return {"seal_whole": not chance.one_in(3)}


def _count(chance: Chance, bag: Bag, _: Actor) -> Fields:
    inside = [row.id for row in chance.office.storage.find(OFFICE, group=bag.id, limit=500)[0]]
    ticked = chance.some(inside) if chance.one_in(3) else inside
    damaged = ticked[:1] if ticked and chance.one_in(4) else []
    arrived = [one for one in ticked if one not in damaged]
    extra = [] if chance.one_in(3) else _strangers(chance, inside)
    if extra and chance.one_in(8):  # taken for what they are not
        arrived, extra = [*arrived, *extra], []
    elif arrived and chance.one_in(8):
        extra = [*extra, arrived.pop()]
    return {"arrived": tuple(arrived), "damaged": tuple(damaged), "extra": tuple(extra)}


def _strangers(chance: Chance, inside: list[str]) -> list[str]:
    """Choose a paper that is not known to be in a bag, and could be there all the same."""
    places = ["at_office", "at_district", "bagged", "missing"]
    where = [(kind, state) for kind in ("copy", "original") for state in places]
    for kind, state in chance.random.sample(where, len(where)):
        rows, _ = chance.office.storage.find(OFFICE, kind=kind, state=state, limit=100)
        if others := [row.id for row in rows if row.id not in inside]:
            return [chance.random.choice(others)]
    return []


def _resolve(chance: Chance, bag: Bag, _: Actor) -> Fields:
    item, owner = "2222222222-2/1", Post(Role.COURIER, OFFICE)
    if bag.open_differences and not chance.one_in(8):
        one = chance.random.choice(bag.open_differences)
        item, owner = one.item, one.answerable
    return {"item": item, "owner": owner, "outcome": chance.random.choice(list(DifferenceOutcome))}


def _without_subject(command: c.Command) -> Fields:
    """Give what a command says besides what it is about."""
    fields = asdict(command, recurse=False)
    return {name: value for name, value in fields.items() if name != command.SUBJECT}


_CONTENT: Final[Mapping[type[c.Command], Callable[[Chance, Any, Actor], Fields]]] = {
    c.Submit: _submit,
    c.Amend: _amend,
    c.Answer: _answer,
    c.MoveRules: _move_rules,
    c.Attend: _attend,
    c.SetContact: lambda chance, *_: {"phone": chance.random.choice([None, "0812-0000-0001"])},
    c.Correct: _correct,
    c.Return: _return,
    c.Reject: lambda *_: {"ground": "bukan penduduk"},
    c.Verify: _verify,
    c.Reopen: _reason,
    c.Replace: _replace,
    c.Report: lambda chance, *_: {"said": chance.random.choice(list(CourierSays))},
    c.GiveUp: _give_up,
    c.ChooseDelivery: _choose_delivery,
    c.Withdraw: _withdraw,
    c.Print: _print,
    c.Misprint: lambda chance, copy, _: {"blank": _blank(chance, copy), "reason": "tinta"},
    c.Issue: lambda *_: {"signature": "Kepala Dinas", "link": "https://example.invalid/dokumen"},
    c.Revoke: lambda *_: {"fault": "salah nama"},
    c.Collect: _collect,
    c.HandOver: lambda chance, *_: {"to": _collector(chance)},
    c.RecordHandover: lambda chance, *_: {"to": _collector(chance), "reason": "terlanjur"},
    c.Condemn: _condemn,
    c.DeclareLost: _reason,
    c.Destroy: lambda chance, *_: _without_subject(new_minutes(chance, "BA/1")),
    c.Waive: _reason,
    c.GiveBack: _reason,
    c.TakeIn: lambda chance, *_: {"unexpected": chance.one_in(6)},
    c.Plan: _plan,
    c.Depart: _depart,
    c.Seal: _seal,
    c.Unseal: _reason,
    c.ComeBack: _reason,
    c.Arrive: _arrive,
    c.Count: _count,
    c.WriteOff: _reason,
    c.Resolve: _resolve,
    c.Adopt: lambda chance, *_: _without_subject(new_adoption(chance)),
    c.Announce: lambda chance, *_: _without_subject(new_notice(chance, "N")),
    c.ChangeSettings: lambda chance, *_: _without_subject(new_settings(chance)),
    c.ReceiveBlanks: lambda chance, *_: _without_subject(new_blanks(chance, 1)),
    c.CorrectBlanks: lambda chance, blanks, _: {
        **some_blanks(chance, blanks),
        **dict.fromkeys(("received_from", "delivery_note", "reason"), "salah ketik"),
    },
    c.WithdrawBlanks: _reason,
    c.ReserveBlanks: lambda chance, blanks, _: {
        **some_blanks(chance, blanks),
        "operator": chance.random.choice(["cetak", "lain"]),
        "purpose": "jemput bola",
        "until": chance.random.choice([None, chance.day]),
    },
    c.ReleaseBlanks: lambda chance, blanks, _: some_blanks(chance, blanks),
    c.TransferBlanks: lambda chance, blanks, _: {
        **some_blanks(chance, blanks),
        "to": "Disdukcapil Lamongan",
        "delivery_note": "470/31",
    },
    c.ReportBlanksMissing: lambda chance, blanks, _: {
        **some_blanks(chance, blanks),
        "reason": "tercecer",
    },
    c.BlanksFound: lambda chance, blanks, _: some_blanks(chance, blanks),
    c.RecordBlanksUsed: lambda chance, blanks, _: {
        **some_blanks(chance, blanks),
        "reason": "sebelum buku",
    },
    c.SetSchedule: lambda chance, *_: _without_subject(new_schedule(chance)),
    c.Erase: lambda chance, *_: {"ground": chance.random.choice(list(Ground))},
    c.Delegate: lambda chance, *_: _without_subject(new_delegation(chance, "D")),
    c.Read: lambda _, reading, __: {"application": reading.application, "reason": "pengawasan"},
    c.SealJournal: lambda chance, *_: _without_subject(new_seal(chance)),
}
"""What each kind of command says besides what it is about; the others say nothing."""
