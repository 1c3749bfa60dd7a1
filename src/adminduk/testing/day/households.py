"""Invented families of real villages; no number of theirs is given twice, nor to anybody real."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Final

from attrs import define, field, frozen

from adminduk.records import Person
from adminduk.values import Level, RegionCode, Sex

__all__ = ["Family", "Households"]

_MEN: Final = (
    "Budi Slamet Joko Agus Bambang Sutrisno Wahyu Hadi Eko Dwi Tri Yanto Suparman Kusno Rahmat"
    " Imam Fajar Bayu Arif Teguh"
).split()
_WOMEN: Final = (
    "Siti Sri Dewi Endang Wati Rini Sulastri Yuni Lestari Ningsih Kartini Ratna Fitri Ayu Indah"
    " Wulan Sumarni Tutik Nur Mega"
).split()
_SECOND: Final = (
    "Santoso Wibowo Utomo Pratama Rahayu Handayani Setiawan Purnomo Saputra Kurniawan Mulyani"
    " Nugroho Hidayat Susanto Permata Maharani Cahyono Laksono Wijaya Astuti"
).split()

_FIRST_SERIAL: Final = 9001
"""So many are not born in a district on a day, nor cards given out: the numbers are nobody's."""
_LAST_SERIAL: Final = 9999
_YEAR: Final = 365


@frozen
class Family:
    """Who is on a family card.

    Attributes:
        number: Which family.
        village: Where they live.
        head: The head of the family.
        spouse: The other parent.
        youth: A child who is seventeen.
        baby: A child who is on no card yet.
    """

    number: int
    village: RegionCode
    head: Person
    spouse: Person
    youth: Person
    baby: Person


@define
class Households:
    """Gives families one after the other, as they are on a day."""

    chance: Random
    on: date
    _given: Counter[str] = field(factory=Counter, init=False)
    _families: int = field(default=0, init=False)

    def family(self, village: RegionCode) -> Family:
        """Give another family of a village."""
        self._families += 1
        district = village.ancestor(Level.DISTRICT).full().replace(".", "")
        card = self._number(district, self._born(1, 12))
        man, woman = (Sex.MALE, Sex.FEMALE)
        return Family(
            number=self._families,
            village=village,
            head=self._grown_up(district, card, man, self._born(30, 60)),
            spouse=self._grown_up(district, card, woman, self._born(28, 55)),
            youth=self._grown_up(district, card, self._sex(), self._born(17, 18)),
            baby=self._child(card),
        )

    def _sex(self) -> Sex:
        return self.chance.choice((Sex.MALE, Sex.FEMALE))

    def _born(self, from_age: int, to_age: int) -> date:
        days = self.chance.randrange(from_age * (_YEAR + 1), to_age * _YEAR)
        return self.on - timedelta(days=days)

    def _name(self, sex: Sex) -> str:
        first = self.chance.choice(_MEN if sex is Sex.MALE else _WOMEN)
        return f"{first} {self.chance.choice(_SECOND)}"

    def _grown_up(self, district: str, card: str, sex: Sex, born: date) -> Person:
        return Person(
            name=self._name(sex),
            nik=self._number(district, born, 40 if sex is Sex.FEMALE else 0),
            kk=card,
            birth_date=born,
            sex=sex,
            phone=self._phone(),
        )

    def _child(self, card: str) -> Person:
        sex = self._sex()
        born = self.on - timedelta(days=self.chance.randrange(3, 300))
        return Person(
            name=self._name(sex),
            kk=card,
            birth_date=born,
            sex=sex,
            birth_order=self.chance.randrange(1, 4),
        )

    def _number(self, district: str, day: date, more: int = 0) -> str:
        """Give the next number of a district and a day; where all are given, of the day before."""
        while True:
            begin = f"{district}{day.day + more:02}{day:%m%y}"
            serial = _FIRST_SERIAL + self._given[begin]
            if serial <= _LAST_SERIAL:
                self._given[begin] += 1
                return f"{begin}{serial}"
            day -= timedelta(days=1)

    def _phone(self) -> str | None:
        """Give the number of a phone that nobody has, or none."""
        return f"0812000{self._families:05}" if self.chance.random() < 0.6 else None  # noqa: PLR2004 - most have one
