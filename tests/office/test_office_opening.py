"""Opening and making offices: by the URL of their store, one or several in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import apsw
import pytest
from office_days import LESTARI, MONDAY, SITI, TUBAN, Clock, Town

from adminduk import Actor, Office, Role
from adminduk.errors import InvalidInput, NoOffice, NotFound, StorageFailure
from adminduk.office.moving import take_out

BOJONEGORO = "35.22"

_HALF_AWAY = """
create view offices as select office, seq, recorded,
    case office when '35.22' then json_extract('[', '$') else profile end as profile from every
"""
"""What can be read of all offices but one, as where that one is on a machine that is away."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the URL of a file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'offices.db'}"


class TestOpen:
    """Without a region the store's only office is opened."""

    def test_an_empty_store_with_a_region(self, url: str):
        """The office is made, and is there when it is opened again."""
        with Office.open(url, TUBAN) as office:
            assert office.region.full() == TUBAN
        with Office.open(url) as office:
            assert office.region.full() == TUBAN

    def test_an_empty_store_without_a_region(self, url: str):
        """There is nothing to open."""
        with pytest.raises(NoOffice) as raised:
            Office.open(url)
        assert raised.value.facts == {"kind": "office", "id": "", "known": []}
        assert "Name one" in raised.value.message("en")

    def test_a_mistyped_file(self, url: str, tmp_path: Path):
        """To look for an office makes no file."""
        with pytest.raises(NoOffice):
            Office.open(url)
        assert list(tmp_path.iterdir()) == []

    def test_a_store_of_another_office(self, url: str):
        """The one that is there is named; none is made beside it by mistake."""
        Office.open(url, TUBAN).close()
        with pytest.raises(NoOffice) as raised:
            Office.open(url, BOJONEGORO)
        assert raised.value.facts["known"] == [TUBAN]
        assert isinstance(raised.value, NotFound)

    def test_a_store_of_several_without_a_region(self, url: str):
        """Which one must be said."""
        Office.open(url, TUBAN).close()
        Office.init(url, BOJONEGORO).close()
        with pytest.raises(NoOffice) as raised:
            Office.open(url)
        assert raised.value.facts["known"] == [BOJONEGORO, TUBAN]
        with Office.open(url, BOJONEGORO) as office:
            assert office.region.full() == BOJONEGORO

    def test_one_that_is_named_while_another_cannot_be_read(self, url: str, tmp_path: Path):
        """Its own row is read, here and by who takes it out; without a name all are looked at."""
        Office.open(url, TUBAN).close()
        Office.init(url, BOJONEGORO).close()
        with closing(sqlite3.connect(tmp_path / "offices.db")) as raw:
            raw.execute("alter table offices rename to every")
            raw.execute(_HALF_AWAY)
            raw.commit()
        with Office.open(url, TUBAN) as office:
            assert office.region.full() == TUBAN
        take_out(url, tmp_path / "tuban.adm", region=TUBAN)
        for region in (None, BOJONEGORO):
            with pytest.raises(apsw.SQLError):
                Office.open(url, region)

    @pytest.mark.parametrize("region", ["35", "35.23.08", "35.23.08.2001", "35.99"])
    def test_a_region_that_is_no_regency(self, url: str, region: str):
        """An office belongs to a regency or city that exists."""
        with pytest.raises(InvalidInput) as raised:
            Office.open(url, region)
        assert [fault.code for fault in raised.value.faults] == ["not_a_regency"]

    def test_a_url_that_nobody_knows(self):
        """The known schemes are named."""
        with pytest.raises(InvalidInput) as raised:
            Office.open("oracle://tuban", TUBAN)
        assert raised.value.faults[0].code == "unknown_scheme"

    def test_a_store_that_cannot_be_opened(self, tmp_path: Path):
        """A folder that is not there is a failure of the store."""
        with pytest.raises(StorageFailure):
            Office.open(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}", TUBAN)


class TestInit:
    """Made beside others, or opened if it is there."""

    def test_twice(self, url: str):
        """The second keeps the secret of the first: what was found by it still is."""
        Office.init(url, TUBAN).close()
        first = Town(url)
        people = first.family("ktp-hilang")
        case = first.case("ktp-hilang", people=people)
        Office.init(url, TUBAN).close()
        again = Town(url, ids=uuid4)
        with again.refuses("already_open") as refused:
            again.case("ktp-hilang", people=people)
        assert refused.value.facts["application"] == case.code


class TestTwoInOneStore:
    """Offices share a store and nothing else."""

    def test_see_nothing_of_each_other(self, url: str):
        """Neither cases nor journals, inboxes, messages or claims."""
        tuban = Town(url)
        people = tuban.family("ktp-hilang")
        case = tuban.case("ktp-hilang", people=people, by=LESTARI)
        with Office.init(url, BOJONEGORO, clock=Clock(MONDAY)) as other:
            with pytest.raises(NotFound):
                other.track(case.code)
            assert other.journal() == []
            budi = Actor("budi", Role.REGISTRY_OPERATOR, BOJONEGORO)
            assert other.inbox(budi).tasks == ()
            assert other.deliver().sent == 0
            assert other.verify().records == 0

    def test_have_sequences_of_their_own(self, url: str):
        """Each journal begins with one and has no gap."""
        tuban = Town(url)
        with Office.init(url, BOJONEGORO, clock=Clock(MONDAY)) as other:
            desk = Actor("lestari", Role.FRONT_DESK, BOJONEGORO)
            for _ in range(2):
                tuban.case("ktp-hilang")
                order = tuban.order("ktp-hilang", by=LESTARI, region="35.22.01.2001")
                other.do(order, by=desk)
            numbers = [change.seq for change in other.journal()]
            assert numbers == list(range(1, len(numbers) + 1))
        assert tuban.office.verify().clean

    def test_the_actor_of_one_may_nothing_in_the_other(self, url: str):
        """Siti's post is in Tuban."""
        tuban = Town(url)
        order = tuban.order("ktp-hilang", region="35.22.01.2001")
        with Office.init(url, BOJONEGORO) as other:
            with pytest.raises(InvalidInput) as raised:
                other.do(order, by=SITI)
            assert [(one.path, one.code) for one in raised.value.faults] == [
                ("by.region", "other_office")
            ]
            with pytest.raises(InvalidInput):
                other.inbox(SITI)


def test_a_closed_office_may_be_used_again(url: str):
    """Closing lets go of the file; whoever asks again gets it back."""
    town = Town(url)
    case = town.case("ktp-hilang")
    town.office.close()
    assert town.state(case) == "submitted"
