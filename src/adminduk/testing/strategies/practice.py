"""Strategies for what an office announces and sets for itself."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from adminduk.records import (
    Moved,
    Pause,
    Place,
    Promise,
    Retention,
    Seal,
    Shelved,
    Shift,
    StaysOpen,
    Timetable,
    Weekday,
)
from adminduk.testing.strategies.word import days, ids, labels, texts, times
from adminduk.values import RegionCode

__all__ = ["moved_runs", "promises", "retentions", "seals", "shelved", "stays_open", "timetables"]


def shelved() -> st.SearchStrategy[Shelved]:
    """Draw a document as it is found on a shelf."""
    return st.builds(
        Shelved, product=ids(), place=st.sampled_from(Place), blank=st.just("") | labels()
    )


def stays_open() -> st.SearchStrategy[StaysOpen]:
    """Draw cases for which a closed act is open all the same."""
    values = st.booleans() | st.integers(0, 120) | ids()
    return st.builds(
        StaysOpen,
        services=st.lists(ids(), max_size=2, unique=True).map(tuple),
        facts=st.dictionaries(
            ids(), st.lists(values, min_size=1, max_size=2, unique=True).map(tuple), max_size=2
        ),
    )


def promises() -> st.SearchStrategy[Promise]:
    """Draw what was promised; of some the days stand still."""
    return st.tuples(
        days(), st.none() | st.integers(0, 20), st.none() | st.sampled_from(Pause)
    ).map(
        lambda drawn: Promise(
            made=drawn[0],
            arrives=None if drawn[1] is None else drawn[0] + timedelta(days=drawn[1]),
            pause=drawn[2],
            since=None if drawn[2] is None else drawn[0],
        )
    )


def moved_runs() -> st.SearchStrategy[Moved]:
    """Draw a run that is on another day than usual, or left out."""
    moved = st.tuples(days(), st.integers(-20, 20)).map(
        lambda pair: Moved(pair[0], pair[0] + timedelta(days=pair[1]))
    )
    return moved | st.builds(Moved, days())


def retentions() -> st.SearchStrategy[Retention]:
    """Draw how long cases are kept."""
    services = st.lists(ids(), max_size=2, unique=True).map(tuple)
    return st.builds(Retention, years=st.integers(1, 100), basis=texts(), services=services)


def seals(*, office: RegionCode) -> st.SearchStrategy[Seal]:
    """Draw a seal of a journal, of nothing that was ever written."""
    hexadecimal = [st.binary(min_size=size, max_size=size).map(bytes.hex) for size in (32, 64)]
    places = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6))
    return st.builds(
        lambda first_and_more, **said: Seal(
            first=first_and_more[0], last=sum(first_and_more), **said
        ),
        places,
        office=st.just(office),
        number=st.integers(1, 10**5),
        at=times(),
        root=hexadecimal[0],
        profile=hexadecimal[0],
        before=st.just("") | hexadecimal[0],
        signer=st.just("") | st.just("ed25519:AAAA"),
        signature=st.just("") | hexadecimal[1],
    )


def timetables() -> st.SearchStrategy[Timetable]:
    """Draw when the courier goes to a district."""
    return st.builds(
        Timetable,
        weekdays=st.lists(st.sampled_from(Weekday), max_size=7, unique=True).map(tuple),
        cut_off=st.times().map(lambda time: f"{time:%H:%M}"),
        days_before=st.integers(0, 7),
        shift=st.sampled_from(Shift),
        moved=st.lists(moved_runs(), max_size=3).map(tuple),
        extra=st.lists(days(), max_size=3).map(tuple),
    )
