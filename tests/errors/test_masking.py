"""No number of a person is shown in full, however it is written; ids stay as they are."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.errors import Refused
from adminduk.masking import masked
from adminduk.testing import strategies as draw
from adminduk.values import NIK

MASKED = "3523**********01"


@pytest.mark.parametrize(
    "written",
    [
        "3523080101900001",
        "3523.0801.0190.0001",
        "3523 0801 0190 0001",
        "352308-010190-0001",
        "35.23.08.010190.0001",
        "\uff13\uff15\uff12\uff13\uff10\uff18\uff10\uff11\uff10\uff11\uff19\uff10\uff10\uff10\uff10\uff11",
    ],
)
@pytest.mark.parametrize("around", ["{}", "berkas{}dan", "e{}f", "({})", "NIK {}."])
def test_a_nik(written: str, around: str):
    """In groups, in full-width digits, between letters."""
    shown = masked(around.format(written))
    assert "10190" not in shown
    assert shown.startswith(around.split("{}", maxsplit=1)[0])
    assert shown.endswith(around.split("{}")[1])


@given(draw.niks(), st.text(max_size=5), st.text(max_size=5))
def test_every_nik_between_anything(nik: NIK, before: str, after: str):
    """Unless a digit touches it: then it is another number."""
    if before[-1:].isdigit() or after[:1].isdigit():
        return
    assert nik.full() not in masked(f"{before}{nik.full()}{after}")


def test_ids_stay():
    """Digests, ids of commands, codes, days and regions are no numbers of a person."""
    for number in range(500):
        digest = sha256(str(number).encode()).hexdigest()
        assert masked(digest) == digest
        id_ = str(uuid4())
        assert masked(id_) == id_
    text = "35.23.08.2001 2021-07-12T08:15:00.123456+07:00 35.23.08-20210714-B2 2345678923-4/1"
    assert masked(text) == text


def test_in_what_a_refusal_says():
    """What somebody wrote in words is masked, too."""
    refused = Refused("closed", "Closed: {reason}", reason="berkas 3523080101900001")
    assert refused.message("en") == f"Closed: berkas {MASKED}"
