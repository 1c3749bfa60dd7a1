"""The strategies for what must be refused: nothing of it gets through, and all kinds are met."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from strategy_draws import collect

from adminduk import codec
from adminduk.errors import InvalidInput
from adminduk.testing import strategies as draw
from adminduk.values import NIK


def read(line: bytes) -> codec.Order:
    """Read a line as the door does."""
    return codec.read_order(codec.parse_json(line))


def faults(reader: Callable[[Any], object], text: object) -> set[str]:
    """Give the codes of all faults with which a text is refused."""
    with pytest.raises(InvalidInput) as caught:
        reader(text)
    return {fault.code for fault in caught.value.faults}


class TestMalformedNiks:
    """Nearly identity numbers, each wrong in one way."""

    @given(draw.malformed_niks())
    def test_never_one(self, text: str):
        """None is accepted, and each is refused for one reason."""
        with pytest.raises(InvalidInput) as caught:
            NIK.parse(text)
        assert len(caught.value.faults) == 1

    def test_every_reason(self):
        """Wrong digits, days and serials are all met."""
        reasons = {"nik_digits", "nik_date", "nik_serial"}
        assert (
            collect(draw.malformed_niks(), lambda text: faults(NIK.parse, text), reasons) == reasons
        )


class TestLines:
    """Lines of work that the door takes, and lines that it must not."""

    @given(draw.lines())
    def test_well_formed(self, line: bytes):
        """A line is one line, an object with an id, a command and its fields."""
        assert b"\n" not in line
        assert {"id", "do", "with"} <= json.loads(line).keys()
        assert json.loads(line)["do"] == read(line).command.NAME

    @given(draw.malformed_lines())
    def test_malformed(self, line: bytes):
        """A malformed line is refused with its faults, in words, whatever is wrong with it."""
        with pytest.raises(InvalidInput) as caught:
            read(line)
        assert caught.value.faults
        for language in ("id", "en"):
            assert all(fault.message(language) for fault in caught.value.faults)

    def test_every_reason(self):
        """Malformed lines fail at every step of the door."""
        reasons = {
            "not_json",
            "wrong_type",
            "missing",
            "unknown_key",
            "unknown_command",
            "naive_time",
            "no_such_time",
            "not_text",
            "nik_digits",
            "nik_date",
            "nik_serial",
        }
        assert collect(draw.malformed_lines(), lambda line: faults(read, line), reasons) >= reasons
