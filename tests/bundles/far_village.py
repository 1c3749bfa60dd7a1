"""A village without a network, and what it puts into bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from attrs import define, evolve, field
from PIL import Image

from adminduk import Actor, Office, Person, Role, commands
from adminduk.bundles import Bundle, Outcome, SigningKey, import_bundle, make_bundle
from adminduk.codec import Order
from adminduk.records import Scan, Shown
from adminduk.regions.zones import WIB
from adminduk.scans import accept
from adminduk.scans.memory import MemoryScans
from adminduk.values import TrackingCode

__all__ = ["BEGUN", "OFFICE", "RULES", "SITI", "FarVillage", "endings", "imported", "office_with"]

OFFICE: Final = "35.23"
SITI: Final = Actor("siti", Role.VILLAGE_OPERATOR, "35.23.08.2001")
RULES: Final = Path(__file__).parent / "rules"
"""A folder with more rules, which are invented."""
BEGUN: Final = datetime(2021, 7, 12, 8, tzinfo=WIB)


@define
class FarVillage:
    """Who works there, with a key and a store of scans of their own."""

    by: Actor = SITI
    key: SigningKey = field(factory=SigningKey.make)
    scans: MemoryScans = field(factory=MemoryScans)
    chance: Random = field(factory=lambda: Random(1))  # noqa: S311 - no secret
    _numbers: count[int] = field(factory=lambda: count(1))

    @property
    def signers(self) -> dict[str, Actor]:
        """What the office knows of it."""
        return {self.key.public: self.by}

    def scan(self, form: str = "PNG") -> Scan:
        """Scan a page that looks like no other."""
        page = BytesIO()
        Image.frombytes("L", (12, 17), self.chance.randbytes(204)).save(page, form)
        return accept(self.scans, page.getvalue())

    def shown(self, form: Scan) -> dict[str, Shown]:
        """Show what must be brought, with a scan of the form."""
        return {
            "f-1-02": Shown("scan", (form,)),
            "ktp-el": Shown("scan", (self.scan("JPEG"),)),
            "surat-hilang": Shown("handed_in"),
        }

    def order(self, command: commands.Command, hours: float = 0) -> Order:
        """Give a command, so many hours after the morning."""
        at = BEGUN + timedelta(hours=hours)
        id_ = UUID(int=self.chance.getrandbits(128), version=4)
        return Order(evolve(command, id=id_, at=at), None)

    def submit(self, family: int | None = None, *, hours: float = 0, **says: Any) -> Order:
        """Let a family apply for the KK that it lost: another one, where none is said."""
        number = next(self._numbers) if family is None else family
        head = Person(name="Budi", nik=f"35230801019{number:05}", kk=f"35230801011{number:05}")
        fields: dict[str, Any] = {
            "application": TrackingCode.from_int(self.chance.getrandbits(64)),
            "region": self.by.region,
            "services": ("kk-hilang",),
            "applicant": head,
            "people": {"head": head},
            "facts": {
                "applicant_relation": "self",
                "nik_in_form": True,
                "foreign_resident": False,
            },
            "evidence": self.shown(self.scan()),
        }
        return self.order(commands.Submit(**{**fields, **says}), hours)

    def bundle(
        self, *orders: Order, office: str = OFFICE, by: Actor | None = None, rules: Any = None
    ) -> bytes:
        """Make a bundle."""
        file = BytesIO()
        make_bundle(
            file,
            orders,
            office=office,
            by=by or self.by,
            key=self.key,
            scans=self.scans,
            rules=rules,
            clock=lambda: BEGUN + timedelta(hours=9),
        )
        return file.getvalue()


def office_with(
    scans: Any = None, url: str = "memory:", region: str = OFFICE, rules: Any = None
) -> Office:
    """Open an office, a day later."""
    store = MemoryScans() if scans is None else scans
    clock = _clock(BEGUN + timedelta(days=1))
    return Office.open(url, region, scans=store, rules=rules, clock=clock)


def _clock(first: datetime) -> Callable[[], datetime]:
    moments = (first + timedelta(milliseconds=one) for one in count())
    return lambda: next(moments)


def imported(office: Office, village: FarVillage, *bundles: bytes) -> list[Outcome]:
    """Import bundles, one after the other; give what became of all their commands."""
    return [
        outcome
        for one in bundles
        for outcome in import_bundle(office, Bundle.read(BytesIO(one)), village.signers)
    ]


def endings(outcomes: Iterable[Outcome]) -> list[str]:
    """Say of each command whether it was done, done before, or why it was refused."""
    return [
        str(one.refusal and one.refusal.code)
        if one.receipt is None
        else ("repeated" if one.receipt.repeated else "done")
        for one in outcomes
    ]
