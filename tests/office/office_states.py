"""Something in every state, and a good command of every kind about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import product as combined
from typing import Any

from office_days import (
    AGUS,
    DEWI,
    HADI,
    LESTARI,
    LETTER,
    OWNER,
    RATNA,
    SIGNED,
    WITNESS,
    Case,
    Town,
    shown,
)

from adminduk import Actor, Office, Role
from adminduk import commands as c
from adminduk.errors import StorageFailure
from adminduk.office.sealing import next_seal
from adminduk.records import (
    Application,
    Bag,
    Blanks,
    Copy,
    JournalSeal,
    Minutes,
    Original,
    Reading,
    Record,
)

TUBAN = "35.23"
POLICE_LETTER = "surat-hilang"

YUNI = Actor("yuni", Role.HEAD_OF_OFFICE, TUBAN)


def everything(town: Town) -> list[Record]:
    """Bring a case, a copy, an original and a bag into each of their states."""
    things: list[Case | str] = [
        *_cases(town),
        *_made(town),
        *_on_the_road(town, original=False),
        *_on_the_road(town, original=True),
        *_bags(town),
    ]
    return [*(town.record(thing) for thing in things), *_of_the_office(town)]


def erasures(town: Town) -> list[Record]:
    """Bring erasures into each of their states; the office must be encrypted."""
    codes = []
    for ends in (True, False):
        case = town.draft("ktp-hilang")
        town.siti.withdraw(case, reason="Sudah ketemu", authorisation=shown("f-1-07"))
        codes.append(case.code)
        destroy = town.office.storage.destroy_key
        if not ends:
            town.office.storage.destroy_key = _is_away  # type: ignore[method-assign]
        with suppress(StorageFailure):
            town.hadi.erase(case, ground="request", approved_by=town.budi.actor)
        town.office.storage.destroy_key = destroy  # type: ignore[method-assign]
    return [town.office.record("erasure", code) for code in codes]


def _is_away(*_: object) -> bool:
    raise StorageFailure(url="memory:", why="away")


def _of_the_office(town: Town) -> list[Record]:
    """Bring what is about the office itself into each of its states."""
    town.office.seal(by=town.system.actor)
    far = date(2022, 1, 1)
    for name in ("N-1", "N-2"):
        town.hadi.announce(name, acts=("submit",), channels=("online",), since=far, reason="Libur")
    town.hadi.lift("N-2")
    past = {"since": date(2021, 7, 12), "until": date(2021, 7, 12)}
    town.hadi.announce("N-3", acts=("submit",), channels=("online",), **past, reason="Libur")
    lent = {"post": AGUS.posts[0], "until": date(2021, 10, 1), "reason": "Sakit"}
    town.hadi.delegate("D-1", to="x", **lent)
    town.hadi.delegate("D-2", to="x", **lent)
    town.hadi.end_delegation("D-2")
    town.hadi.delegate("D-3", to="x", **{**lent, "until": date(2021, 8, 11)})
    case = town.draft("ktp-hilang", by=town.aminah.actor)
    town.aminah.read("R-1", application=case.code)
    town.hadi.set_schedule("35.23.08", timetable=c.Timetable(weekdays=()))
    town.hadi.change_settings("office", draft_days=31)
    said = {"received_from": "Ditjen Dukcapil", "delivery_note": "470/118"}
    town.wahyu.receive_blanks("kia/A", first="KIA-001", last="KIA-100", **said)
    town.wahyu.receive_blanks("kia/B", first="KIA-101", last="KIA-200", **said)
    town.wahyu.reserve_blanks("kia/A", first="KIA-001", operator="yudi", purpose="Sekolah")
    town.wahyu.report_blanks_missing("kia/A", first="KIA-002", reason="Tercecer")
    town.wahyu.receive_blanks("kia/C", first="KIA-201", last="KIA-300", **said)
    town.wahyu.withdraw_blanks("kia/B", reason="Tidak datang", approved_by=HADI)
    notices = [town.office.record("notice", name) for name in ("N-1", "N-2", "N-3")]
    ranges = [town.office.record("blanks", name) for name in ("kia/A", "kia/B", "kia/C")]
    posts = [town.office.record("delegation", name) for name in ("D-1", "D-2", "D-3")]
    others = [
        ("reading", "R-1"),
        ("minutes", "BA-1/2021"),
        ("schedule", "35.23.08"),
        ("settings", "office"),
        ("seal", "journal"),
    ]
    return [*notices, *posts, *ranges, *(town.office.record(*ref) for ref in others)]


def _cases(town: Town) -> Iterator[Case]:
    yield town.draft("ktp-hilang")
    yield town.draft("ktp-hilang", by=town.aminah.actor)
    yield town.case("ktp-hilang")
    yield town.case("ktp-baru")
    yield town.case("ktp-hilang", by=LESTARI)
    for by in (town.siti.actor, DEWI):
        case = town.case("ktp-hilang", by=by)
        items = town.items(case)
        town.budi.send_back(case, faults={items[0]: "Buram"}, accepted=items[1:])
        yield case
    yield town.verified("ktp-hilang")
    yield town.at_village("ktp-hilang")
    case = town.at_village("ktp-hilang")
    town.budi.condemn(case.copy, reason="Nama salah", approved_by=HADI)
    yield case
    yield town.verified("legalisir")
    case = town.case("ktp-hilang")
    town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
    yield case
    case = town.case("ktp-hilang")
    town.siti.withdraw(case, reason="Sudah ketemu", authorisation=shown("f-1-07"))
    yield case
    case = town.draft("ktp-hilang")
    now = town.clock.now
    town.clock.wait(days=30)
    town.system.expire(case)
    town.clock.now = now
    yield case
    case = town.verified("ktp-hilang")
    town.budi.give_up(case, product="ktp", reason="Pindah")
    yield case


def _made(town: Town) -> Iterator[str]:
    """Bring copies into the states that only they have."""
    yield town.verified("ktp-hilang").copy
    yield town.verified("kk-hilang").copy
    case = town.verified("ktp-hilang")
    town.budi.give_up(case, product="ktp", reason="Pindah")
    yield case.copy
    for fault in ("", "Nama salah"):
        case = town.verified("akta-lahir", "kia-baru-0-5")
        town.siti.choose_delivery(case, product="akta-lahir", way="digital")
        town.budi.issue(case.copy, signature=SIGNED, link="https://disdukcapil.example/a")
        if fault:
            town.budi.revoke(case.copy, fault=fault, approved_by=HADI)
        yield case.copy
    case = town.verified("akta-lahir")
    town.siti.choose_delivery(case, product="akta-lahir", way="digital")
    yield case.copy


def _on_the_road(town: Town, *, original: bool) -> Iterator[str]:
    """Bring papers into the states of the road."""

    def pick(case: Case) -> str:
        return case.original(POLICE_LETTER) if original else case.copy

    if original:
        yield pick(town.case("ktp-hilang", handed_in=False))
        case = town.case("ktp-hilang", handed_in=False)
        town.budi.waive(pick(case), reason="Polisi menyimpannya")
        yield pick(case)
    bring = _originals if original else _copies
    places = bring(town)
    yield from places.values()
    again = bring(town)
    town.siti.report_missing(again["at_village"])
    yield again["at_village"]
    town.dewi.report_missing(again["at_district"])
    town.budi.declare_lost(again["at_district"], reason="Hilang", approved_by=HADI)
    yield again["at_district"]
    yield _void(town, again["at_office"], original=original)
    third = _void(town, bring(town)["at_office"], original=original)
    number = "BA-2/2021" if original else "BA-1/2021"
    town.wahyu.destroy(number, papers=[third], witnesses=[WITNESS], approved_by=HADI)
    yield third
    case = town.at_village("ktp-hilang")
    town.siti.hand_over(case.copy, to=OWNER)
    if original:
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        yield pick(case)
        filed = town.delivered("ktp-hilang", home=POLICE_LETTER)
        town.wahyu.file(filed)
        yield filed
        case = town.case("ktp-hilang")
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        town.siti.hand_over(pick(case), to=OWNER)
    yield pick(case)


def _void(town: Town, at_office: str, *, original: bool) -> str:
    """Make something void: a copy that broke, or an old card whose case is completed."""
    if original:
        at_office = town.delivered("ktp-rusak", home="ktp-rusak")
    else:
        town.wahyu.condemn(at_office, reason="Patah", damaged=True)
    town.wahyu.void(at_office)
    return at_office


def _copies(town: Town) -> dict[str, str]:
    condemned = town.at_district("ktp-hilang").copy
    town.dewi.condemn(condemned, reason="Patah", damaged=True)
    bagged = town.printed("ktp-hilang").copy
    town.departed(bagged)
    home = town.at_village("ktp-hilang").copy
    town.siti.turn_home(home)
    return {
        "at_office": town.printed("ktp-hilang").copy,
        "at_district": town.at_district("ktp-hilang").copy,
        "at_village": town.at_village("ktp-hilang").copy,
        "at_counter": town.at_counter("ktp-hilang").copy,
        "bagged": bagged,
        "going home": home,
        "condemned": condemned,
    }


def _originals(town: Town) -> dict[str, str]:
    at_counter = town.case("ktp-hilang", handed_in=False).original(POLICE_LETTER)
    town.lestari.take_in(at_counter)
    at_district, at_office, bagged = (
        town.case("ktp-hilang", by=DEWI).original(POLICE_LETTER) for _ in range(3)
    )
    town.home(at_office)
    town.sealed(bagged, to=TUBAN, by=DEWI)
    return {
        "at_office": at_office,
        "at_district": at_district,
        "at_village": town.case("ktp-hilang").original(POLICE_LETTER),
        "at_counter": at_counter,
        "bagged": bagged,
    }


def _bags(town: Town) -> Iterator[str]:
    def paper() -> str:
        return town.printed("ktp-hilang").copy

    yield town.planned()
    yield town.planned(paper())
    bag = town.planned(paper())
    town.wahyu.cancel(bag)
    yield bag
    yield town.sealed(paper())
    yield town.sealed(town.case("ktp-hilang", by=DEWI).original(POLICE_LETTER), to=TUBAN, by=DEWI)
    yield town.departed(paper())
    bag = town.departed(paper())
    town.eko.stray(bag)
    yield bag
    yield town.arrived(paper())
    yield town.run(paper())
    bag = town.arrived(paper())
    town.dewi.finish(bag)
    yield bag
    bag = town.run(paper())
    town.budi.close(bag)
    yield bag
    for gone in (False, True):
        item = paper()
        bag = town.departed(item)
        town.budi.write_off(bag, reason="Mobil terbakar", approved_by=HADI)
        if gone:
            town.budi.declare_lost(item, reason="Terbakar", approved_by=HADI)
            town.budi.resolve(bag, item=item, outcome="lost", owner=AGUS.posts[0])
        yield bag


def good_commands(
    town: Town, kind: type[c.Command], record: Record, by: Actor
) -> Iterator[c.Command]:
    """Give commands of a kind about a record, of which one takes effect if any can."""
    subject = {kind.SUBJECT: record.key}
    for fields in _fields(town, kind.NAME, record, by):
        yield kind(**subject, **fields)


def _fields(town: Town, name: str, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
    if name in _PER_KIND:
        yield from _PER_KIND[name](town, record, by)
        return
    fields = dict(_SAID.get(name, {}))
    role = _APPROVERS.get(name)
    if role is not None:
        fields["approved_by"] = next(
            one
            for one in (HADI, YUNI, RATNA, town.budi.actor)
            if one.role is role and one.id != by.id
        )
    yield fields


_SAID: dict[str, dict[str, Any]] = {
    "move_rules": {"to": date(2021, 8, 12)},
    "reject": {"ground": "Bukan penduduk"},
    "reopen": {"reason": "Nama salah"},
    "withdraw": {"reason": "Sudah ketemu", "authorisation": shown("f-1-07")},
    "issue": {"signature": SIGNED, "link": "https://disdukcapil.example/a"},
    "misprint": {"blank": "Z-1", "reason": "Tinta habis"},
    "revoke": {"fault": "Nama salah"},
    "hand_over": {"to": OWNER},
    "record_handover": {"to": OWNER, "reason": "Terlanjur"},
    "condemn": {"reason": "Patah", "damaged": True},
    "declare_lost": {"reason": "Sudah dicari"},
    "waive": {"reason": "Polisi menyimpannya"},
    "give_back": {"reason": "Tidak perlu ditarik"},
    "announce": {"acts": ("submit",), "channels": ("online",), "reason": "Libur"},
    "change_settings": {"draft_days": 32},
    "delegate": {"to": "y", "post": AGUS.posts[0], "until": date(2021, 10, 1), "reason": "Sakit"},
    "set_schedule": {"timetable": c.Timetable(weekdays=("monday",))},
    "unseal": {"reason": "Satu lagi"},
    "come_back": {"reason": "Mobil mogok"},
    "arrive": {"seal_whole": True},
    "report": {"said": "delivered"},
    "write_off": {"reason": "Mobil terbakar"},
    "withdraw_blanks": {"reason": "Tidak datang"},
    "erase": {"ground": "request"},
}

_HEAD_APPROVES = "reject reopen replace revoke condemn declare_lost write_off withdraw_blanks"
_APPROVERS = dict.fromkeys(_HEAD_APPROVES.split(), Role.HEAD_OF_OFFICE) | {
    "record_handover": Role.REGISTRY_OPERATOR,
    "erase": Role.REGISTRY_OPERATOR,
}


def _seal_journal(town: Town, record: Record, _: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, JournalSeal)
    office = town.office
    yield {"next": next_seal(office.storage, office.region, record.newest, town.clock.now)}


def _of_case(record: Record) -> Application:
    assert isinstance(record, Application)
    return record


def _products(record: Record) -> list[str]:
    """Name the products of a case; of one that has none, one that there is."""
    return [line.product for line in _of_case(record).lines] or ["ktp"]


def _adopt(_: Town, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
    case = _of_case(record)
    yield {
        "region": case.region,
        "services": case.services,
        "applicant": case.case.applicant,
        "people": case.case.people,
        "source": "Buku ekspedisi 2021, no. 7",
        "approved_by": YUNI if by.id == HADI.id else HADI,
    }


def _submit(town: Town, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
    yield {"evidence": town.order(*_of_case(record).services, by=by).evidence}


def _attend(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    yield {"act": next(iter(_of_case(record).attend), "biometrics")}


def _correct(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    case = _of_case(record)
    for evidence in case.evidence:
        yield {"item": evidence.item, "people": case.case.people, "reason": "Salah ketik"}


def _return(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    items = [one.item for one in _of_case(record).evidence]
    yield {"faults": {items[0]: "Buram"}, "accepted": tuple(items[1:])}


def _answer(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    yield {"evidence": {item: shown(item + " anew") for item in _of_case(record).case.faults}}


def _verify(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    yield {"accepted": tuple(one.item for one in _of_case(record).evidence)}


def _replace(_: Town, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
    head = YUNI if by.id == HADI.id else HADI
    for product in _products(record):
        yield {"product": product, "reason": "Nama salah", "approved_by": head}


def _give_up(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    for product in _products(record):
        yield {"product": product, "reason": "Pindah"}


def _choose_delivery(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    for product in _products(record):
        yield {"product": product, "way": "counter", "letter": LETTER}


def _print(town: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Copy)
    if town.office.catalogue.product(record.product).form == "blank":
        yield {"blank": "Z-2"}
    else:
        yield {"signature": SIGNED}


def _plan(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Bag)
    yield {"to": record.receiver.region, "items": record.plan}


def _seal(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Bag)
    yield {"count": len(record.plan)}


def _destroy(_: Town, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Minutes)
    head = YUNI if by.id == HADI.id else HADI
    yield {"papers": record.papers, "witnesses": record.witnesses, "approved_by": head}


def _resolve(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Bag)
    items = [one.item for one in record.open_differences] or ["2222222222-2/1"]
    for item, outcome in combined(items, c.DifferenceOutcome):
        yield {"item": item, "outcome": outcome, "owner": record.receiver}


def _collect(town: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Copy | Original)
    case = _of_case(town.office.record("application", record.application.full()))
    yield {"originals": [one.item for one in case.evidence]}


def _read(_: Town, record: Record, _by: Actor) -> Iterator[dict[str, Any]]:
    assert isinstance(record, Reading)
    yield {"application": record.application, "reason": "Pengawasan"}


def _on_number(place: int, *, approved: bool = False, **said: Any) -> Any:
    """Say something of a number of a range: by its place."""

    def fields(_: Town, record: Record, by: Actor) -> Iterator[dict[str, Any]]:
        assert isinstance(record, Blanks)
        head = {"approved_by": YUNI if by.id == HADI.id else HADI} if approved else {}
        yield {"first": record.first.at(record.first.number + place - 1), **said, **head}

    return fields


_RECEIVED = {"received_from": "Ditjen Dukcapil", "delivery_note": "470/118"}
_LEFT = 9

_PER_KIND = {
    "read": _read,
    "receive_blanks": _on_number(_LEFT, **_RECEIVED),
    "correct_blanks": _on_number(_LEFT, approved=True, reason="Salah ketik", **_RECEIVED),
    "reserve_blanks": _on_number(_LEFT, operator="yudi", purpose="Sekolah"),
    "release_blanks": _on_number(1),
    "transfer_blanks": _on_number(_LEFT, approved=True, to="Lamongan", delivery_note="470/31"),
    "report_blanks_missing": _on_number(_LEFT, reason="Tercecer"),
    "blanks_found": _on_number(2),
    "record_blanks_used": _on_number(_LEFT, approved=True, reason="Sebelum buku"),
    "adopt": _adopt,
    "submit": _submit,
    "attend": _attend,
    "correct": _correct,
    "return": _return,
    "answer": _answer,
    "verify": _verify,
    "replace": _replace,
    "give_up": _give_up,
    "choose_delivery": _choose_delivery,
    "print": _print,
    "plan": _plan,
    "seal": _seal,
    "seal_journal": _seal_journal,
    "destroy": _destroy,
    "resolve": _resolve,
    "collect": _collect,
}


class Decided(Exception):
    """A command would have taken effect."""


class _Rehearsal:
    """A storage that reads as another one does, and stops short of every commit."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)

    def commit(self, *_: Any) -> int:
        """Say that something was decided; nothing is written."""
        raise Decided


def rehearsal(town: Town) -> Office:
    """Give the office of a town as one that decides and never stores."""
    office = town.office
    return Office(
        _Rehearsal(office.storage),
        office.region,
        keyring=office._keyring,
        clock=town.clock,
        ids=office._execution.ids,
    )
