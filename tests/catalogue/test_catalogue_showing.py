"""How a paper is shown, by the door through which a case comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import CHANNELS, Way, load
from adminduk.catalogue.showing import strictest

WAYS = st.frozensets(st.sampled_from(Way), min_size=1)
SCAN, SEEN, HANDED_IN = Way.SCAN, Way.SEEN, Way.HANDED_IN


class TestStrictest:
    """One paper that two services ask for is shown once, so that both are satisfied."""

    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            ({SCAN}, {SCAN}, {SCAN}),
            ({SCAN}, {SCAN, SEEN}, {SCAN}),
            ({SEEN}, {SEEN, HANDED_IN}, {SEEN, HANDED_IN}),
            ({SCAN}, {SEEN}, {SEEN}),
            ({SEEN}, {HANDED_IN}, {HANDED_IN}),
            ({SCAN, SEEN}, {HANDED_IN}, {HANDED_IN}),
        ],
    )
    def test_table(self, one: set[Way], other: set[Way], both: set[Way]):
        """What both accept; where that is nothing, what shows the most: the paper itself."""
        assert strictest(frozenset(one), frozenset(other)) == both

    @given(WAYS, WAYS)
    def test_whoever_asks_first(self, one: frozenset[Way], other: frozenset[Way]):
        """The order does not matter, some way is left, and asking twice changes nothing."""
        both = strictest(one, other)
        assert both == strictest(other, one)
        assert both <= one | other
        assert strictest(one, one) == one


class TestManners:
    """The manners of showing that the national rules know."""

    def test_online_is_by_scan(self):
        """What is sent online is a scan of the original, however it is shown at a desk."""
        for showing in load().showings.values():
            assert showing.ways["online"] == {SCAN}

    def test_the_counter_sees_originals(self):
        """At the counter of the office no scan takes the place of the paper."""
        for showing in load().showings.values():
            assert SCAN not in showing.ways["counter"]

    def test_a_copy_goes_with_its_original(self):
        """Of a paper that stays the applicant's, a scan is sent or the original is seen."""
        copy = load().showings["copy"].ways
        assert [copy[channel] for channel in CHANNELS] == [{SCAN}, {SCAN}, {SEEN}, {SCAN}]

    def test_an_original_is_handed_in(self):
        """What the office keeps may be handed in wherever somebody takes it."""
        ways = load().showings["original"].ways
        assert {channel for channel in CHANNELS if HANDED_IN in ways[channel]} == {
            "village",
            "district",
            "counter",
        }
