"""Finding the rules of a day, a service or a product."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from catalogue_rules import loaded, rules, spoilt
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue import Catalogue, load
from adminduk.errors import NoRuleInForce, NotFound, UnknownService

FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)
AGAIN = date(2022, 1, 1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Give rules of a service that hold for a year, then not, then again."""
    content = spoilt({"service[0].until": LAST})
    first, other = content["service"]
    content["service"] = [other, first, rules()["service"][0] | {"from": AGAIN}]
    return loaded(tmp_path_factory.mktemp("rules"), content)


class TestRulesOfADay:
    """Rules hold from a day, and until one; outside there is never a default."""

    @pytest.mark.parametrize(
        ("on", "since"),
        [(FIRST, FIRST), (LAST, FIRST), (AGAIN, AGAIN), (date(2099, 1, 1), AGAIN)],
    )
    def test_within(self, catalogue: Catalogue, on: date, since: date):
        """The first day and the last day are in force."""
        assert catalogue.service("ktp-baru", on).since == since

    @pytest.mark.parametrize("on", [FIRST - DAY, LAST + DAY, AGAIN - DAY, date(1945, 8, 17)])
    def test_outside(self, catalogue: Catalogue, on: date):
        """The day before, the day after and the time between are refused, with what is known."""
        with pytest.raises(NoRuleInForce) as error:
            catalogue.service("ktp-baru", on)
        assert error.value.facts == {
            "rule": "ktp-baru",
            "on": on.isoformat(),
            "known": ["2020-07-01 – 2021-06-30", "2022-01-01 – …"],
        }

    @given(st.dates(date(2020, 1, 1), date(2022, 12, 31)))
    def test_services_of_a_day(self, catalogue: Catalogue, on: date):
        """Listed by id are exactly the services of which rules hold."""
        found = [one.id for one in catalogue.services(on)]
        expected = ["ktp-baru"] if FIRST <= on <= LAST or on >= AGAIN else []
        assert found == expected + (["other"] if on >= FIRST else [])

    def test_items_of_a_day(self, tmp_path: Path):
        """An item may hold for a part of its service's time, both days included."""
        content = spoilt({"service[0].item[0].from": LAST, "service[0].item[0].until": LAST + DAY})
        service = loaded(tmp_path, content).service("ktp-baru", LAST)
        held = [
            [item.id for item in service.items_on(LAST + number * DAY)] for number in (-1, 0, 1, 2)
        ]
        assert held == [["card"], ["form", "card"], ["form", "card"], ["card"]]


class TestUnknown:
    """What there is not is said, with what there is."""

    def test_service(self, catalogue: Catalogue):
        """An unknown service is refused with all that are known; an overlong id is cut."""
        with pytest.raises(UnknownService) as error:
            catalogue.service("kawin" * 50, FIRST)
        assert error.value.facts["known"] == ["ktp-baru", "other"]
        assert len(error.value.facts["service"]) == 80

    def test_product(self, catalogue: Catalogue):
        """A product is found by its id, or not at all."""
        assert catalogue.product("ktp").form == "blank"
        with pytest.raises(NotFound):
            catalogue.product("paspor")


class TestOneCatalogue:
    """The national rules are read once."""

    def test_the_same(self):
        """Who asks again is given the same catalogue, so that work on it can be kept."""
        assert load() is load()
        assert hash(load()) == hash(load())
