"""What a NIK, a region code, a name is: values that are made only by parsing text."""

from adminduk.values.base import Value
from adminduk.values.blank import BlankNumber
from adminduk.values.kk import KKNumber
from adminduk.values.name import PersonName
from adminduk.values.name_rules import NameFindings, RecordedOn, first_recording_faults
from adminduk.values.nik import NIK
from adminduk.values.phone import Phone
from adminduk.values.region import Level, RegionCode
from adminduk.values.sex import Sex
from adminduk.values.tracking import TrackingCode

__all__ = [
    "NIK",
    "BlankNumber",
    "KKNumber",
    "Level",
    "NameFindings",
    "PersonName",
    "Phone",
    "RecordedOn",
    "RegionCode",
    "Sex",
    "TrackingCode",
    "Value",
    "first_recording_faults",
]
