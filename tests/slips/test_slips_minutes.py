"""What stands on a berita acara, and on a receipt about what was left with the office."""

from __future__ import annotations

import pytest
from blank_days import receive
from office_days import HADI, OWNER, WITNESS, Town

from adminduk import AdmindukError, commands, slips
from adminduk.slips.minutes import number_in_words

NUMBER = "470/45/BA/2021"


@pytest.fixture
def destroyed(town: Town) -> str:
    """Destroy an old card; give its id."""
    card = town.delivered("ktp-rusak", home="ktp-rusak")
    town.office.clear_store(town.wahyu.actor)
    town.office.destroy_void(
        NUMBER, town.wahyu.actor, witnesses=[WITNESS], approved_by=HADI, reason="Rusak"
    )
    return card


class TestMinutes:
    """Signed by who did it, who saw it and who agreed."""

    def test_say_what_was_destroyed(self, town: Town, destroyed: str):
        """By its kind, and each paper; with a code by which two desks compare."""
        slip = slips.minutes(town.office, NUMBER)
        assert slip.code == NUMBER
        by_kind = slip.sections[1].table
        assert by_kind is not None
        assert [row[1] for row in by_kind.rows] == ["1"]
        assert slip.sections[2].items == (destroyed,)
        check = town.office.minutes_sheet(NUMBER).check
        assert slip.scanned == slip.foot == f"{NUMBER} 1 {check}"

    def test_say_the_day_in_words(self, town: Town, destroyed: str):
        """Figures are easily changed."""
        assert destroyed
        (said,) = slips.minutes(town.office, NUMBER).sections[0].sentences
        assert "Senin" in said
        assert "dua belas" in said
        assert "Juli" in said
        assert "dua ribu dua puluh satu" in said

    def test_name_who_signs(self, town: Town, destroyed: str):
        """The witness with name and position."""
        assert destroyed
        *others, agreed = slips.minutes(town.office, NUMBER).signers
        assert others == ["wahyu", f"{WITNESS.name}, {WITNESS.position}"]
        assert "hadi" in agreed

    def test_say_of_which_document_blanks_are(self, town: Town):
        """A KTP and a KIA may have the same number."""
        for product in ("ktp", "kia"):
            receive(town, blanks=f"{product}/A")
        rows = [
            commands.BlankRow(blanks=f"{one}/A", first="A0001", last="A0003")
            for one in ("ktp", "kia")
        ]
        town.wahyu.destroy(NUMBER, blanks=rows, witnesses=(WITNESS,), approved_by=HADI)
        table = slips.minutes(town.office, NUMBER).sections[-1].table
        assert table is not None
        products = town.office.catalogue.products
        assert list(table.rows) == [
            (products[one].name.in_language("id"), "A0001", "A0003", "3") for one in ("ktp", "kia")
        ]
        told = town.office.minutes_sheet(NUMBER).as_dict()["blanks"]
        assert [one["blanks"] for one in told] == ["ktp/A", "kia/A"]

    def test_are_set_as_a_page(self, town: Town, destroyed: str):
        """As text, and as PDF."""
        slip = slips.minutes(town.office, NUMBER)
        assert destroyed in slips.text(slip)
        assert slips.pdf(slip).startswith(b"%PDF")

    def test_of_no_number(self, town: Town):
        """Nothing was destroyed with it."""
        with pytest.raises(AdmindukError, match="not_found"):
            slips.minutes(town.office, "BA-7")


class TestReceipt:
    """What was left with the office, by what becomes of it."""

    def test_names_what_was_left(self, town: Town):
        """Until it is back, filed or destroyed."""
        case = town.case("ktp-hilang")
        before = {one.heading: one.items for one in slips.receipt(town.office, case.code).sections}
        town.budi.reject(case, ground="Bukan penduduk", approved_by=HADI)
        after = {one.heading: one.items for one in slips.receipt(town.office, case.code).sections}
        kept, back = (
            "Ditinggal di dinas, yang menyimpannya",
            "Ditinggal di dinas, akan dikembalikan",
        )
        assert before[kept] == after[back] != ()
        assert back not in before
        town.siti.hand_over(case.original("surat-hilang"), to=OWNER)
        assert back not in {one.heading for one in slips.receipt(town.office, case.code).sections}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (30, "tiga puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (2021, "dua ribu dua puluh satu"),
        (2110, "dua ribu seratus sepuluh"),
    ],
)
def test_numbers_in_words(number: int, said: str):
    """As Indonesian counts; another language writes figures."""
    assert number_in_words(number, "id") == said
    assert number_in_words(number, "en") == str(number)
