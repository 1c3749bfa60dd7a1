"""Strategies for what the library must refuse: almost right, and wrong in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from adminduk.codec import parse_json, to_json
from adminduk.testing.strategies.order import lines
from adminduk.testing.strategies.region import TUBAN
from adminduk.testing.strategies.value import niks
from adminduk.values import RegionCode

__all__ = ["malformed_lines", "malformed_niks"]

_DIGITS: Final = "0123456789"
_OTHER_DIGITS: Final = "\u0663\u0969\uff13\U0001d7d1"
_AROUND: Final = (" ", "\n", "\t", "+", "-", ".", "\u200b")
_NO_DAYS: Final = (0, *range(32, 41), *range(72, 100))
_NO_DATES: Final = ("3002", "3104", "3106", "3109", "3111", "7002", "7104", "7111")
_NO_LEAP_YEARS: Final = tuple(year for year in range(100) if year % 4)
_NO_TIMES: Final = (
    "2021-07-12",
    "2021-07-12T08:15:00",
    "2021-02-30T08:15:00+07:00",
    "2021-07-12T24:15:00+07:00",
    "0001-01-01T00:00:00+07:00",
    "12-07-2021 08:15",
)
_NOWHERE: Final[tuple[Any, ...]] = (1.5, {"?": 0}, [[[]]], "x" * 2001)
"""What is accepted in no place of a line."""


# --- a NIK -------------------------------------------------------------------------------------


def malformed_niks() -> st.SearchStrategy[str]:
    """Draw a text that is nearly an identity number and is none."""
    good = niks().map(lambda nik: nik.full())
    return st.one_of(
        st.text(_DIGITS, max_size=40).filter(lambda text: len(text) != len("3523084107900001")),
        _with_part(good, range(16), st.sampled_from(_OTHER_DIGITS)),
        st.builds("{}{}".format, good, st.sampled_from(_AROUND)),
        st.builds("{}{}".format, st.sampled_from(_AROUND), good),
        good.map(lambda text: f"{text[:6]} {text[6:12]} {text[12:]}"),
        _with_part(good, [6], st.sampled_from(_NO_DAYS).map(_two)),
        _with_part(good, [8], (st.just(0) | st.integers(13, 99)).map(_two)),
        _with_part(good, [6], st.sampled_from(_NO_DATES)),
        _with_part(good, [6], st.sampled_from(_NO_LEAP_YEARS).map(lambda year: f"2902{year:02}")),
        _with_part(good, [12], st.just("0000")),
    )


def _two(number: int) -> str:
    return f"{number:02}"


def _with_part(
    texts: st.SearchStrategy[str], places: Sequence[int], parts: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    return st.builds(
        lambda text, place, part: text[:place] + part + text[place + len(part) :],
        texts,
        st.sampled_from(places),
        parts,
    )


# --- a line of work ----------------------------------------------------------------------------


def malformed_lines(*, office: RegionCode = TUBAN) -> st.SearchStrategy[bytes]:
    """Draw what is sent as a line of work and is none: no JSON, no order, or a fault in one.

    Args:
        office: The regency that the line is about.
    """
    good = lines(office=office)
    other = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text()
    return st.one_of(
        st.builds(_cut, good, st.integers(0), st.sampled_from([b"", b"\xff"])),
        (other | st.lists(other)).map(to_json),
        _broken(good),
        _broken(good),
    )


def _cut(line: bytes, place: int, end: bytes) -> bytes:
    return line[: place % len(line)] + end


@st.composite
def _broken(draw: st.DrawFn, good: st.SearchStrategy[bytes]) -> bytes:
    line = parse_json(draw(good))
    draw(st.sampled_from(_BREAKS))(draw, line)
    return to_json(line)


def _leave_a_key_out(draw: st.DrawFn, line: dict[str, Any]) -> None:
    del line[draw(st.sampled_from(["id", "do", "with"]))]


def _add_a_key(draw: st.DrawFn, line: dict[str, Any]) -> None:
    holders = [line, *(one for _, _, one in _places(line) if isinstance(one, dict))]
    draw(st.sampled_from(holders))["Other"] = None


def _put_the_head_inside(draw: st.DrawFn, line: dict[str, Any]) -> None:
    line["with"][draw(st.sampled_from(["id", "at", "if_version"]))] = None


def _put_something_else(draw: st.DrawFn, line: dict[str, Any]) -> None:
    holder, key, _ = draw(st.sampled_from(list(_places(line))))
    holder[key] = draw(st.sampled_from(_NOWHERE))


def _name_no_command(_: st.DrawFn, line: dict[str, Any]) -> None:
    line["do"] += "_"


def _put_no_time(draw: st.DrawFn, line: dict[str, Any]) -> None:
    line["at"] = draw(st.sampled_from(_NO_TIMES))


def _put_no_nik(draw: st.DrawFn, line: dict[str, Any]) -> None:
    nik = draw(malformed_niks() | st.integers(10**15, 10**16 - 1))
    line |= {"do": "draft", "with": {"applicant": {"nik": nik}}}


_BREAKS: Final[tuple[Callable[[st.DrawFn, dict[str, Any]], None], ...]] = (
    _leave_a_key_out,
    _add_a_key,
    _put_the_head_inside,
    _put_something_else,
    _name_no_command,
    _put_no_time,
    _put_no_nik,
)


def _places(holder: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Give each place below an object or a list: what holds it, its key, and what is there."""
    keys = holder if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        yield holder, key, holder[key]
        if isinstance(holder[key], (dict, list)):
            yield from _places(holder[key])
