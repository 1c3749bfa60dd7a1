"""Hypothesis strategies for the values, records and commands of the library.

All people are invented: a number that belongs to somebody is a coincidence. Regions are real
ones, of Tuban unless another office is asked for.

>>> from hypothesis import given
>>> from adminduk.testing import strategies as draw
>>> @given(draw.niks())
... def a_nik_prints_masked(nik):
...     assert nik.full() not in str(nik)
>>> a_nik_prints_masked()
"""

from adminduk.testing.strategies.blank import blank_rows, ranges_of_blanks, spans
from adminduk.testing.strategies.command import any_commands, commands
from adminduk.testing.strategies.malformed import malformed_lines, malformed_niks
from adminduk.testing.strategies.order import lines, orders
from adminduk.testing.strategies.record import (
    actors,
    collectors,
    letters,
    persons,
    posts,
    scans,
    shown,
)
from adminduk.testing.strategies.region import TUBAN, known_region_codes, region_codes
from adminduk.testing.strategies.value import (
    blank_numbers,
    kk_numbers,
    niks,
    occupations,
    person_names,
    phones,
    sexes,
    simple_names,
    tracking_codes,
)
from adminduk.testing.strategies.word import (
    copy_ids,
    days,
    ids,
    labels,
    original_ids,
    paper_ids,
    texts,
    times,
)

__all__ = [
    "TUBAN",
    "actors",
    "any_commands",
    "blank_numbers",
    "blank_rows",
    "collectors",
    "commands",
    "copy_ids",
    "days",
    "ids",
    "kk_numbers",
    "known_region_codes",
    "labels",
    "letters",
    "lines",
    "malformed_lines",
    "malformed_niks",
    "niks",
    "occupations",
    "orders",
    "original_ids",
    "paper_ids",
    "person_names",
    "persons",
    "phones",
    "posts",
    "ranges_of_blanks",
    "region_codes",
    "scans",
    "sexes",
    "shown",
    "simple_names",
    "spans",
    "texts",
    "times",
    "tracking_codes",
]
