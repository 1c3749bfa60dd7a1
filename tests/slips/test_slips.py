"""What stands on slips: what the office has stored, and no NIK in full."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_days import LESTARI, SITI, Town

from adminduk import AdmindukError, Person, slips
from adminduk.masking import shown
from adminduk.records.manifest import check_code
from adminduk.slips import Slip
from adminduk.slips.slip import Column, Paper, Section, Table

JULY = (date(2021, 7, 1), date(2021, 7, 31))


def facts(slip: Slip) -> dict[str, str]:
    """Give what a slip says above its parts."""
    return dict(slip.facts)


def rows(slip: Slip) -> list[tuple[str, ...]]:
    """Give the rows of a slip's last table."""
    table = slip.sections[-1].table
    assert table is not None
    return list(table.rows)


class TestReceipt:
    """Tanda terima."""

    def test_says_what_came_in(self, town: Town):
        """Who applied for what, what was shown, and what is still to be handed in."""
        case = town.case("kk-hilang", "ktp-hilang", handed_in=False)
        slip = slips.receipt(town.office, case.code)
        said = {part.heading: part.items for part in slip.sections if part.heading}
        assert len(said["Yang dimohon"]) == 2
        assert len(said["Yang diperlihatkan"]) == len(town.items(case))
        assert facts(slip)["Pemohon"] == "Aminah Wulandari"
        assert facts(slip)["Diterima pada"] == "12 Juli 2021 08:00"
        assert (slip.code, slip.scanned) == (case.code, case.code)

    def test_says_what_is_to_be_handed_in(self, town: Town):
        """Until it was."""
        case = town.case("kk-tambah-anak", handed_in=False)
        (item,) = town.application(case).originals
        heading = "Yang harus diserahkan, aslinya"
        before = slips.receipt(town.office, case.code)
        assert [one.items for one in before.sections if one.heading == heading] != []
        town.siti.take_in(case.original(item))
        after = slips.receipt(town.office, case.code)
        assert [one.items for one in after.sections if one.heading == heading] == []

    def test_keeps_the_day_on_which_it_came_in(self, town: Town):
        """Whatever happens later."""
        case = town.case("ktp-hilang")
        before = slips.receipt(town.office, case.code)
        town.clock.wait(days=2)
        town.verify(case)
        assert slips.receipt(town.office, case.code) == before

    def test_there_is_none_of_a_draft(self, town: Town):
        """It has not come in; what to do first is said."""
        draft = town.draft("ktp-hilang")
        with pytest.raises(AdmindukError) as caught:
            slips.receipt(town.office, draft.code)
        assert caught.value.facts["instead"] == ["submit"]


class TestControlCard:
    """Kartu kendali."""

    def test_has_a_row_for_each_command(self, town: Town):
        """Of the case and of its papers, with who did it; and empty ones."""
        case = town.at_village("ktp-hilang", "kk-hilang")
        done = [row for row in rows(slips.control_card(town.office, case.code)) if row[0]]
        commands = list(dict.fromkeys(one.command for one in town.office.journal(case.code)))
        assert len(done) == len(commands)
        assert done[0][1:3] == ("12 Juli 2021 08:00", "siti (Operator desa, Gemulung)")
        assert len(rows(slips.control_card(town.office, case.code))) > len(done)


class TestDispatch:
    """Ekspedisi keluar."""

    def test_lists_what_is_in_the_bag(self, town: Town):
        """Counted by village, with the check code that the receiver's own count has."""
        cases = [town.printed("ktp-hilang") for _ in range(3)]
        bag = town.sealed(*(case.copy for case in cases))
        slip = slips.dispatch(town.office, bag)
        check = check_code(case.copy for case in cases)
        assert slip.scanned == slip.foot == f"{bag} 3 {check}"
        assert facts(slip)["Kode periksa"] == check
        assert [row[1] for row in rows(slip)] == sorted(case.copy for case in cases)
        by_village = slip.sections[0].table
        assert by_village is not None
        assert by_village.rows == [("Gemulung", "3")]

    def test_names_whom_a_document_is_about(self, town: Town):
        """The child of a birth, the holder of a card: who hands out must find them."""
        case = town.printed("akta-lahir", "kk-tambah-anak")
        people = town.application(case).case.people
        slip = slips.dispatch(town.office, town.sealed(case.copies(1), case.copies(2)))
        named = {row[2]: row[3] for row in rows(slip)}
        akta = next(value for name, value in named.items() if "akta" in name.lower())
        assert akta == str(people["child"].name)

    def test_is_the_same_after_it_was_counted(self, town: Town):
        """It can be printed again when something is looked for."""
        case = town.printed("ktp-hilang")
        bag = town.departed(case.copy)
        before = slips.dispatch(town.office, bag)
        town.dewi.arrive(bag, seal_whole=True)
        town.dewi.count(bag, arrived=[case.copy])
        town.dewi.finish(bag)
        assert slips.dispatch(town.office, bag) == before

    def test_of_an_original_on_its_way_home(self, town: Town):
        """It says that it is one, and whose."""
        case = town.at_village("kk-tambah-anak", handed_in=False)
        (original,) = town.application(case).originals
        item = case.original(original)
        town.siti.take_in(item)
        town.dewi.hand_in(item)
        slip = slips.dispatch(town.office, town.sealed(item, to="35.23", by=town.dewi.actor))
        ((_, paper, what, _, _, _),) = rows(slip)
        assert (paper, what.endswith("(asli)")) == (item, True)


class TestHandover:
    """Ekspedisi penyerahan."""

    def test_has_room_to_sign_for_each(self, town: Town):
        """And counts what lies there."""
        case = town.at_village("ktp-hilang")
        slip = slips.handover(town.office, SITI)
        assert [(row[1], row[-1]) for row in rows(slip)] == [(case.copy, "")]
        assert slip.scanned == f"village_operator@{SITI.region.full()} 1 {check_code([case.copy])}"

    def test_of_several_posts(self, town: Town):
        """What lies at each of them is counted together."""
        town.at_counter("ktp-hilang")
        assert len(rows(slips.handover(town.office, LESTARI))) == 1

    def test_of_a_post_with_nothing(self, town: Town):
        """It says so."""
        slip = slips.handover(town.office, SITI)
        assert rows(slip) == []
        assert "Tidak ada" in slips.text(slip)


class TestBook:
    """Buku Ekspedisi."""

    def test_has_six_columns(self, town: Town):
        """Number, date sent, date and number of the document, content, addressee, remarks."""
        case = town.printed("ktp-hilang")
        town.clock.wait(days=1)
        bag = town.departed(case.copy)
        ((number, sent, document, content, to, remarks),) = rows(
            slips.dispatch_book(town.office, *JULY)
        )
        assert (number, sent) == ("1", "13 Juli 2021")
        assert document == f"12 Juli 2021, {case.copy}"
        assert content.startswith("KTP")
        assert (to, remarks) == ("Operator kecamatan, Kerek", bag)

    def test_says_what_came_back(self, town: Town):
        """Its line stays."""
        bag = town.departed(town.printed("ktp-hilang").copy)
        town.wahyu.come_back(bag, reason="the van broke down")
        assert [row[-1] for row in rows(slips.dispatch_book(town.office, *JULY))] == [
            f"{bag}, kembali"
        ]

    def test_of_days_on_which_nothing_was_sent(self, town: Town):
        """It says so."""
        slip = slips.dispatch_book(town.office, *JULY)
        assert rows(slip) == []
        assert "Tidak ada yang dikirim" in slips.text(slip)


NUMBER = re.compile(r"[0-9]{16}")


def test_no_number_stands_in_full(town: Town):
    """Neither that of the applicant nor one that somebody wrote into a name."""
    nik = "3523086708950001"
    order = {"applicant": Person(name=f"Aminah {nik}", nik=nik)}
    case = town.printed("ktp-hilang", **order)
    bag = town.departed(case.copy)
    for slip in (
        slips.receipt(town.office, case.code),
        slips.control_card(town.office, case.code),
        slips.dispatch(town.office, bag),
        slips.dispatch_book(town.office, *JULY),
    ):
        assert not NUMBER.search(slips.text(slip))
        assert "3523**********01" in slips.text(slip) or slip.paper is not Paper.A5


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def slips_of_any_words(draw: st.DrawFn) -> Slip:
    """Draw a slip that says anything."""
    columns = tuple(
        Column(head=head, share=share, code=share == 0)
        for head, share in draw(
            st.lists(
                st.tuples(st.text("ab \n", max_size=9), st.integers(0, 3)), min_size=1, max_size=6
            )
        )
    )
    cells = st.tuples(*[TEXTS] * len(columns))
    return Slip(
        paper=draw(st.sampled_from(Paper)),
        office=("Pemerintah", "Dinas"),
        title=draw(TEXTS),
        code=draw(TEXTS),
        facts=tuple(draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))),
        sections=(
            Section(draw(TEXTS), (draw(TEXTS),), tuple(draw(st.lists(TEXTS, max_size=3)))),
            Section("", table=Table(columns, draw(st.lists(cells, max_size=4)))),
        ),
        signers=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


@given(slips_of_any_words())
def test_text_fits_its_sheet(slip: Slip):
    """Whatever it says, no line is longer than the sheet is wide."""
    width = {"a5": 60}.get(slip.paper, 80)
    assert max(map(len, slips.text(slip).split("\n"))) <= width


@given(slips_of_any_words())
def test_text_loses_no_word(slip: Slip):
    """Everything that it says stands there, in however many lines."""
    said = "".join(slips.text(slip).split())
    for sentence in (slip.code, *(words for fact in slip.facts for words in fact)):
        for word in shown(sentence).split():
            assert word[:10] in said
