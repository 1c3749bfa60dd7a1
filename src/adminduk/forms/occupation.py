"""Occupations: those that F-1.01 lists, and whatever else people do."""

from __future__ import annotations

import unicodedata

from adminduk.forms.base import LONGEST, FormCode
from adminduk.language import N_, Text
from adminduk.masking import is_hidden
from adminduk.values import Value

__all__ = ["Occupation", "OccupationKind"]


class OccupationKind(FormCode):
    """An occupation that the form lists; any other is `OTHER`."""

    NOT_WORKING = 1
    HOMEMAKER = 2
    STUDENT = 3
    PENSIONER = 4
    CIVIL_SERVANT = 5
    SOLDIER = 6
    POLICE_OFFICER = 7
    TRADE = 8
    FARMER = 9
    LIVESTOCK_FARMER = 10
    FISHER = 11
    INDUSTRY = 12
    CONSTRUCTION = 13
    TRANSPORT = 14
    PRIVATE_EMPLOYEE = 15
    STATE_COMPANY_EMPLOYEE = 16
    REGIONAL_COMPANY_EMPLOYEE = 17
    HONORARY_EMPLOYEE = 18
    DAY_LABOURER = 19
    FARM_LABOURER = 20
    FISHERY_LABOURER = 21
    LIVESTOCK_LABOURER = 22
    HOUSEHOLD_HELPER = 23
    BARBER = 24
    ELECTRICIAN = 25
    MASON = 26
    CARPENTER = 27
    SHOE_REPAIRER = 28
    WELDER = 29
    TAILOR = 30
    DENTURE_MAKER = 31
    BEAUTICIAN = 32
    DRESSER = 33
    HAIRDRESSER = 34
    MECHANIC = 35
    ARTIST = 36
    TRADITIONAL_HEALER = 37
    TRADITIONAL_MIDWIFE = 38
    FASHION_DESIGNER = 39
    TRANSLATOR = 40
    IMAM = 41
    MINISTER_OF_RELIGION = 42
    PRIEST = 43
    JOURNALIST = 44
    ISLAMIC_PREACHER = 45
    COOK = 46
    EVENT_PROMOTER = 47
    DPR_MEMBER = 48
    DPD_MEMBER = 49
    BPK_MEMBER = 50
    PRESIDENT = 51
    VICE_PRESIDENT = 52
    CONSTITUTIONAL_JUDGE = 53
    CABINET_MEMBER = 54
    AMBASSADOR = 55
    GOVERNOR = 56
    VICE_GOVERNOR = 57
    REGENT = 58
    VICE_REGENT = 59
    MAYOR = 60
    VICE_MAYOR = 61
    PROVINCIAL_COUNCILLOR = 62
    REGENCY_COUNCILLOR = 63
    LECTURER = 64
    TEACHER = 65
    PILOT = 66
    LAWYER = 67
    NOTARY = 68
    ARCHITECT = 69
    ACCOUNTANT = 70
    CONSULTANT = 71
    DOCTOR = 72
    MIDWIFE = 73
    NURSE = 74
    PHARMACIST = 75
    PSYCHIATRIST = 76
    TELEVISION_PRESENTER = 77
    RADIO_PRESENTER = 78
    SEAFARER = 79
    RESEARCHER = 80
    DRIVER = 81
    BROKER = 82
    PSYCHIC = 83
    TRADER = 84
    VILLAGE_OFFICIAL = 85
    VILLAGE_HEAD = 86
    NUN = 87
    SELF_EMPLOYED = 88
    OTHER = 89


class Occupation(Value):
    """An occupation as it was told; one that the form does not list is no error.

    >>> Occupation.parse("petani / pekebun").kind
    <OccupationKind.FARMER: 9>
    >>> print(Occupation.parse("Barista"), Occupation.parse("Barista").code)
    Barista 89
    """

    __slots__ = ()

    @classmethod
    def of(cls, kind: OccupationKind) -> Occupation:
        """Give an occupation that the form lists."""
        return cls.trusted(kind.label.id)

    @property
    def kind(self) -> OccupationKind:
        """The occupation of the form; `OTHER` for all that it does not list."""
        return OccupationKind.find(self._text) or OccupationKind.OTHER

    @property
    def code(self) -> int:
        """The number that is written on the form."""
        return self.kind.code

    @property
    def label(self) -> Text:
        """The name in both languages; as it was told where the form does not list it."""
        listed = OccupationKind.find(self._text)
        return Text(self._text, self._text) if listed is None else listed.label

    @classmethod
    def _canonical(cls, text: str) -> str:
        kind = OccupationKind.find(text)
        if kind is not None:
            return kind.label.id
        if len(text) > LONGEST or any(map(is_hidden, text)):
            raise cls._refuse_text()
        told = " ".join(unicodedata.normalize("NFC", text).split())
        if len(told) > LONGEST or not any(one.isalpha() for one in told):
            raise cls._refuse_text()
        return told

    @classmethod
    def _refuse_text(cls) -> Exception:
        return cls._refuse("occupation", N_("That is not an occupation."))

    @classmethod
    def _accepted(cls) -> str:
        return N_("a code of the form, 1 to 89, or an occupation in up to 100 characters")
