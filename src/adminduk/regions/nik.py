"""What a NIK and the records disagree about: warnings, never errors."""

from __future__ import annotations

from datetime import date

from adminduk import regions
from adminduk.errors import Fault
from adminduk.language import N_
from adminduk.values import NIK, RegionCode, Sex

__all__ = ["nik_warnings"]


def nik_warnings(
    nik: NIK,
    *,
    birth_date: date | None = None,
    sex: Sex | None = None,
    region: RegionCode | None = None,
) -> tuple[Fault, ...]:
    """Say what is odd about a NIK.

    A NIK never changes (UU 23/2006 art. 13), not with the domicile (PP 40/2019 art. 30(2)) and
    not with a change of the recorded sex or birth date (Permendagri 108/2019 art. 15(3)). So
    nothing of this is a ground to refuse it.

    Args:
        nik: The number.
        birth_date: The recorded birth date.
        sex: The recorded sex.
        region: Where the person lives today, as exactly as it is known.

    >>> [odd.code for odd in nik_warnings(NIK.parse("3523084107900001"), sex=Sex.MALE)]
    ['nik_sex_differs']
    """
    odd = []
    if not regions.exists(nik.region):
        odd.append(Fault("", "nik_unknown_region", N_("The region in the NIK is not known today.")))
    if birth_date is not None and birth_date not in nik.birth_dates():
        text = N_("The birth date in the NIK is another than the recorded one.")
        odd.append(Fault("", "nik_birth_date_differs", text))
    if sex is not None and sex is not nik.sex:
        text = N_("The sex in the NIK is another than the recorded one.")
        odd.append(Fault("", "nik_sex_differs", text))
    # Only the regency of today may be known; the district in the NIK is then part of it.
    if region is not None and not (nik.region.contains(region) or region.contains(nik.region)):
        odd.append(Fault("", "nik_other_region", N_("The NIK was first issued elsewhere.")))
    return tuple(odd)
