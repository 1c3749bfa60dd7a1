"""Destruction: one act of the office, many void papers, and the minutes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from office_days import DEWI, HADI, OWNER, SITI, WITNESS, Town

from adminduk import Actor, AdmindukError, commands
from adminduk.errors import InvalidInput
from adminduk.records import Minutes, Witness

POLICE_LETTER = "surat-hilang"
NUMBER = "470/45/BA/2021"


def voided(town: Town) -> str:
    """Make a copy void."""
    case = town.printed("ktp-hilang")
    town.wahyu.condemn(case.copy, reason="Buram", damaged=True)
    town.wahyu.void(case.copy)
    return case.copy


def destroy(town: Town, *papers: str, **others: Any) -> None:
    """Destroy papers as it is usually done."""
    usual = {"minutes": NUMBER, "witnesses": [WITNESS], "approved_by": HADI}
    town.office.do(commands.Destroy(papers=papers, **{**usual, **others}), by=town.wahyu.actor)


def minutes(town: Town, number: str = NUMBER) -> Minutes:
    """Give the minutes of a number."""
    found = town.office.record("minutes", number)
    assert isinstance(found, Minutes)
    return found


class TestTheAct:
    """Void papers, to destroyed; minutes, signed."""

    def test_many_papers_at_once(self, town: Town):
        """Nobody answers for them any more, and each keeps the number."""
        items = [voided(town) for _ in range(3)]
        assert {town.holder(item) for item in items} == {"print_operator@35.23"}
        destroy(town, *items, place="Halaman kantor", reason="Rusak")
        for item in items:
            paper = town.paper(item)
            assert (paper.state, paper.minutes, paper.custodian) == ("destroyed", NUMBER, None)
        assert minutes(town) == Minutes(
            id=NUMBER,
            region=town.office.region,
            state="signed",
            begun=minutes(town).begun,
            papers=tuple(items),
            place="Halaman kantor",
            witnesses=(WITNESS,),
            reason="Rusak",
            by="wahyu",
            approved_by="hadi",
            version=1,
        )

    def test_its_receipt_names_the_minutes_first(self, town: Town):
        """They are what the command is about."""
        item = voided(town)
        receipt = town.wahyu.destroy(NUMBER, papers=[item], witnesses=[WITNESS], approved_by=HADI)
        assert [one.kind for one in receipt.records] == ["minutes", "copy"]

    def test_number_and_papers_have_one_spelling(self, town: Town):
        """Typed in small letters they are the same."""
        item = voided(town)
        destroy(town, item.replace("-", "").lower(), minutes=NUMBER.lower())
        assert minutes(town).papers == (item,)

    def test_is_in_the_journal_of_the_minutes(self, town: Town):
        """A number with slashes in it is no paper."""
        destroy(town, voided(town))
        assert [(one.do, one.kind) for one in town.office.journal(NUMBER)] == [
            ("destroy", "minutes")
        ]

    def test_is_found_by_its_day(self, town: Town):
        """The newest first; a day without any has none."""
        destroy(town, voided(town))
        town.clock.wait(days=1)
        destroy(town, voided(town), minutes="BA-2")
        town.clock.wait(days=1)
        assert [one.id for one in town.office.minutes()] == ["BA-2", NUMBER]
        first = minutes(town).begun.date()
        assert [one.id for one in town.office.minutes(first, first)] == [NUMBER]
        assert town.office.minutes(first - timedelta(days=9), first - timedelta(days=1)) == []

    def test_that_is_written_down_later(self, town: Town):
        """They are of the day on which it was destroyed."""
        item = voided(town)
        town.clock.wait(days=3)
        when = town.clock.now - timedelta(days=1)
        destroy(town, item, at=when)
        assert minutes(town).begun == when


class TestRefusals:
    """What is checked first is told first."""

    def test_alone(self, town: Town):
        """Nobody destroys documents alone."""
        item = voided(town)
        with town.refuses("approval_needed"):
            destroy(town, item, approved_by=None)

    @pytest.mark.parametrize("by", [SITI, DEWI, HADI])
    def test_by_another_than_the_offices_store(self, town: Town, by: Actor):
        """Neither in a village nor at a district, nor by the head alone."""
        command = commands.Destroy(
            minutes=NUMBER, papers=[voided(town)], witnesses=[WITNESS], approved_by=HADI
        )
        with town.refuses("wrong_role"):
            town.office.do(command, by=by)

    def test_a_number_that_was_given_already(self, town: Town):
        """Whatever it would be for."""
        destroy(town, voided(town))
        item = town.printed("ktp-hilang").copy
        with town.refuses("id_taken"):
            destroy(town, item)

    def test_what_is_not_void(self, town: Town):
        """Each is named, with what is to be done first; nothing is destroyed."""
        void = voided(town)
        good, bad = town.printed("ktp-hilang").copy, town.printed("ktp-hilang").copy
        town.wahyu.condemn(bad, reason="Buram", damaged=True)
        village = town.at_village("ktp-hilang").copy
        town.siti.turn_home(village)
        given = town.at_village("ktp-hilang").copy
        town.siti.hand_over(given, to=OWNER)
        with town.refuses("not_void") as refused:
            destroy(town, void, good, bad, village, given)
        facts = refused.value.facts
        assert facts["missing"] == [good, bad, village, given]
        assert facts["first"] == {good: "condemn", bad: "void", village: "hand_in", given: ""}
        assert facts["instead"] == ["condemn", "void", "hand_in"]
        said = refused.value.message("en")
        assert f"{village} (at village; first: hand in), {given} (handed over)." in said
        assert town.state(void) == "void"
        with pytest.raises(AdmindukError):
            minutes(town)

    def test_twice(self, town: Town):
        """What is destroyed is gone."""
        item = voided(town)
        destroy(town, item)
        with town.refuses("not_void"):
            destroy(town, item, minutes="BA-2")

    def test_a_paper_that_does_not_exist(self, town: Town):
        """Nobody has ever applied for it."""
        item = voided(town)
        with town.refuses("not_found"):
            destroy(town, item, "2222222222-2/1")

    @pytest.mark.parametrize(
        ("path", "others"),
        [
            ("papers", {"papers": ()}),
            ("witnesses", {"witnesses": ()}),
            ("minutes", {"minutes": "3523011207900001"}),
            ("minutes", {"minutes": "3523/0112/0790/0001"}),
            ("minutes", {"minutes": "2222222222-2"}),
            ("minutes", {"minutes": "2222222222-2/1"}),
            ("minutes", {"minutes": "BA 1"}),
            ("minutes", {"minutes": ""}),
        ],
    )
    def test_what_cannot_be_meant(self, path: str, others: dict[str, Any]):
        """Nothing to destroy, nobody who saw it, or the number of something else."""
        usual = {"minutes": NUMBER, "papers": ("2222222222-2/1",), "witnesses": (WITNESS,)}
        with pytest.raises(InvalidInput) as refused:
            commands.Destroy(**{**usual, **others})
        assert refused.value.faults[0].path == path

    def test_a_witness_without_a_name(self):
        """Who signs is named."""
        with pytest.raises(InvalidInput):
            Witness(name=" ", position="Kepala Seksi")
