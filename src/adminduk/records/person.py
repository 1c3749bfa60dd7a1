"""A person as a case knows them."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.records.checks import day
from adminduk.values import NIK, KKNumber, PersonName, Phone, Sex

__all__ = ["Person"]

_MOST_CHILDREN = 40


def _name(value: PersonName | str | None) -> PersonName | None:
    return PersonName.parse(value) if isinstance(value, str) else value


def _nik(value: NIK | str | None) -> NIK | None:
    return NIK.parse(value) if isinstance(value, str) else value


def _kk(value: KKNumber | str | None) -> KKNumber | None:
    return KKNumber.parse(value) if isinstance(value, str) else value


def _phone(value: Phone | str | None) -> Phone | None:
    return Phone.parse(value) if isinstance(value, str) else value


@frozen(kw_only=True, slots=False)
class Person:
    """Somebody in a case: the applicant, a holder, a mother, a child.

    What a service needs to know of each is said by its rules; the rest may stay out.

    Attributes:
        name: As recorded.
        nik: Identity number.
        kk: Number of the family card they are listed on.
        birth_date: Date of birth.
        sex: Sex as recorded.
        phone: Where messages reach them.
        birth_order: 1 for the mother's first child; tells twins apart.
    """

    name: PersonName | None = field(default=None, converter=_name)
    nik: NIK | None = field(default=None, converter=_nik)
    kk: KKNumber | None = field(default=None, converter=_kk)
    birth_date: date | None = field(default=None, validator=day)
    sex: Sex | None = None
    phone: Phone | None = field(default=None, converter=_phone)
    birth_order: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.birth_order is not None and not 1 <= self.birth_order <= _MOST_CHILDREN:
            raise InvalidInput.at(
                "birth_order", "birth_order", N_("That is not a birth order."), N_("1 to 40")
            )
