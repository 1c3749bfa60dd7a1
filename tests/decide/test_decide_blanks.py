"""The ledger of blanks: what is received, and the one fate of each number."""

from __future__ import annotations

import pytest
from blank_days import RANGE, YUDI, correct, destroy, print_on, range_of, receive, refused
from office_days import HADI, WITNESS, Town

from adminduk import commands
from adminduk.commands import BlankRow
from adminduk.errors import InvalidInput
from adminduk.records.spans import size


def counts(town: Town) -> dict[str, int]:
    """Count what became of the range, without what nothing became of."""
    found = range_of(town).counts()
    assert sum(found.values()) == 2 * found["received"]
    return {name: count for name, count in found.items() if count and name != "received"}


class TestReceiving:
    """What came is entered as it is printed on the cards."""

    def test_all_of_it_is_left(self, town: Town):
        """A number is kept as it is printed, in capitals."""
        receive(town, "a0001", "a0100")
        found = range_of(town)
        assert (str(found.first), str(found.last), found.state) == ("A0001", "A0100", "in_ledger")
        assert (found.received_from, found.delivery_note) == ("Ditjen Dukcapil", "470/118")
        assert counts(town) == {"left": 100}

    @pytest.mark.parametrize(("first", "last"), [("A0100", "A0200"), ("A0000", "A0001")])
    def test_no_number_is_received_twice(self, town: Town, first: str, last: str):
        """Not even one; which range has it is said."""
        receive(town)
        with town.refuses("blanks_overlap") as raised:
            receive(town, first, last, "ktp/B")
        assert raised.value.facts["id"] == RANGE

    def test_of_another_form_or_product_it_is_another_number(self, town: Town):
        """A0001 is neither A00001 nor B0001, and no KIA."""
        receive(town)
        receive(town, "A00001", "A00100", "ktp/B")
        receive(town, "B0001", "B0100", "ktp/C")
        receive(town, "A0001", "A0100", "kia/A")
        assert len(town.office.blanks().ranges) == 4

    @pytest.mark.parametrize(
        ("first", "last", "code"),
        [
            ("A0002", "A0001", "blank_row"),
            ("A0001", "B0002", "blank_row"),
            ("A001", "A0002", "blank_row"),
            ("0000001", "1000001", "blank_row"),
            ("A0001X", "A0002X", "blank_number"),
            ("1234567890123456", "1234567890123457", "blank_number"),
        ],
    )
    def test_a_range_is_a_row_of_numbers(self, town: Town, first: str, last: str, code: str):
        """Of one form, in order, of a size that a van carries; none is as long as a NIK."""
        with town.refuses(code):
            receive(town, first, last)

    @pytest.mark.parametrize(
        ("blanks", "code"),
        [
            ("kk/A", "no_blank"),
            ("ktp-suami/A", "no_blank"),
            ("ktp", "blanks_id"),
            ("ktp/3523081203150007", "label"),
        ],
    )
    def test_only_what_is_printed_on_blanks_has_a_ledger(self, town: Town, blanks: str, code: str):
        """And the KTP of two spouses are on blanks of one kind."""
        with town.refuses(code):
            receive(town, blanks=blanks)

    def test_an_id_that_is_taken(self, town: Town):
        """A range is entered once."""
        receive(town)
        with town.refuses("id_taken"):
            receive(town, "B0001", "B0100")

    def test_the_latest_of_a_product_is_known(self, town: Town):
        """That there is one means that a ledger is kept."""
        receive(town)
        receive(town, "B0001", "B0100", "ktp/B")
        assert [one.latest for one in town.office.blanks().ranges] == [False, True]


class TestCorrecting:
    """What was entered wrong, before any of it was used."""

    def test_other_numbers(self, town: Town):
        """The head of office approves."""
        receive(town, "A0001", "A1000")
        correct(town, "A0001", "A0100")
        assert counts(town) == {"left": 100}
        assert range_of(town).delivery_note == "470/119"

    def test_needs_approval(self, town: Town):
        """As what changes the stock without a paper does."""
        receive(town)
        for give in (town.wahyu.correct_blanks, town.wahyu.withdraw_blanks):
            said = {"reason": "Salah"}
            if give.args[0] is commands.CorrectBlanks:
                said |= {"first": "A0001", "received_from": "x", "delivery_note": "x"}
            with town.refuses("approval_needed"):
                give(RANGE, **said)

    def test_not_onto_another_range(self, town: Town):
        """No number is received twice, this way neither."""
        receive(town)
        receive(town, "A0101", "A0200", "ktp/B")
        with town.refuses("blanks_overlap"):
            correct(town, "A0001", "A0101")

    def test_a_receipt_that_never_came_is_withdrawn(self, town: Town):
        """Its numbers may be received again, and the one before is the latest."""
        receive(town)
        receive(town, "B0001", "B0100", "ktp/B")
        town.wahyu.withdraw_blanks("ktp/B", reason="Tidak datang", approved_by=HADI)
        assert range_of(town, "ktp/B").counts()["received"] == 0
        assert range_of(town).latest
        assert not range_of(town, "ktp/B").latest
        receive(town, "B0001", "B0100", "ktp/C")

    def test_without_a_range_there_is_no_ledger(self, town: Town):
        """What was entered for the wrong product binds nobody."""
        receive(town)
        town.wahyu.withdraw_blanks(RANGE, reason="Salah produk", approved_by=HADI)
        print_on(town, "X-1")

    def test_nothing_after_something_became_of_a_number(self, town: Town):
        """Then numbers are reported missing, or given away."""
        receive(town)
        print_on(town, "A0001")
        with town.refuses("blanks_touched"):
            correct(town, "A0001", "A0050")
        with town.refuses("blanks_touched"):
            town.wahyu.withdraw_blanks(RANGE, reason="Salah", approved_by=HADI)
        assert {"correct_blanks", "withdraw_blanks"}.isdisjoint(town.wahyu.can(range_of(town)))


class TestPrinting:
    """A card is printed on a number that is left."""

    def test_takes_the_number(self, town: Town):
        """In the same commit as the copy."""
        receive(town)
        copy = print_on(town, "a0001")
        assert counts(town) == {"used": 1, "left": 99}
        assert range_of(town).used == ((1, 1),)
        assert town.office.blank("A0001")[0].copy == copy

    def test_without_a_ledger_every_number_is_taken(self, town: Town):
        """Of KIA there is one, of KTP there is none."""
        receive(town, blanks="kia/A")
        print_on(town, "whatever")

    def test_of_a_spouse_is_on_the_same_blanks(self, town: Town):
        """A blank is used once, whichever product it is of."""
        receive(town)
        case = town.verified("akta-perkawinan")
        lines = {one.product: one.numbers[-1] for one in town.application(case).lines}
        town.wahyu.print(case.copies(lines["ktp-suami"]), blank="A0001")
        with town.refuses("blank_not_free"):
            town.wahyu.print(case.copies(lines["ktp-istri"]), blank="A0001")
        town.wahyu.print(case.copies(lines["ktp-istri"]), blank="A0002")
        assert counts(town) == {"used": 2, "left": 98}

    def test_a_blank_is_one_without_a_ledger_too(self, town: Town):
        """The cards of both spouses cannot be printed on the same."""
        case = town.verified("akta-perkawinan")
        lines = {one.product: one.numbers[-1] for one in town.application(case).lines}
        town.wahyu.print(case.copies(lines["ktp-suami"]), blank="X-1")
        with town.refuses("blank_used"):
            town.wahyu.print(case.copies(lines["ktp-istri"]), blank="X-1")

    @pytest.mark.parametrize("number", ["A0101", "B0001", "A00001"])
    def test_a_number_that_was_never_received(self, town: Town, number: str):
        """The next free number is said."""
        receive(town)
        print_on(town, "A0001")
        error = refused(town, "blank_unknown", number)
        assert error.facts["next"] == "A0002"

    def test_what_is_no_number(self, town: Town):
        """In a ledger there are numbers only."""
        receive(town)
        refused(town, "blank_number", "A")

    def test_a_number_with_a_fate(self, town: Town):
        """It says which, and the next free number; where there is none, a dash."""
        receive(town, "A0001", "A0003")
        print_on(town, "A0001")
        town.wahyu.report_blanks_missing(RANGE, first="A0002", reason="Tercecer")
        for number, state in (("A0001", "used"), ("A0002", "missing")):
            error = refused(town, "blank_not_free", number)
            assert (error.facts["state"], error.facts["next"]) == (state, "A0003")
        print_on(town, "A0003")
        error = refused(town, "blank_not_free", "A0002")
        assert error.message("en").endswith("number is –.")

    def test_a_number_that_a_copy_had_before_the_ledger(self, town: Town):
        """The claim of that copy holds, whatever the ledger says."""
        copy = print_on(town, "A0007")
        receive(town)
        error = refused(town, "blank_used", "A0007")
        assert error.facts["id"] == copy

    def test_misprints(self, town: Town):
        """A spoiled number is not left, and never printed on."""
        receive(town)
        copy, other = town.verified("ktp-hilang").copy, town.verified("ktp-hilang").copy
        town.wahyu.misprint(copy, blank="A0001", reason="Tinta")
        assert counts(town) == {"misprinted": 1, "left": 99}
        with town.refuses("blank_used"):
            town.wahyu.print(copy, blank="A0001")
        refused(town, "blank_not_free", "A0001")
        town.wahyu.print(copy, blank="A0002")
        with town.refuses("blank_unknown"):
            town.wahyu.misprint(other, blank="B1", reason="Tinta")

    def test_only_with_a_blank_there_is_printing(self, town: Town):
        """When none is left, nobody may print; a card on plain paper is another thing."""
        receive(town, "A0001", "A0001")
        waiting = town.verified("ktp-hilang").copy
        assert {"print", "misprint"} <= town.wahyu.can(town.paper(waiting))
        print_on(town, "A0001")
        assert {"print", "misprint"}.isdisjoint(town.wahyu.can(town.paper(waiting)))
        assert "print" in town.wahyu.can(town.paper(town.verified("kk-hilang").copy))

    def test_the_oldest_range_comes_first(self, town: Town):
        """What was received before is used before."""
        receive(town, "Z0001", "Z0002")
        town.clock.wait(days=1)
        receive(town, "A0001", "A0100", "ktp/B")
        error = refused(town, "blank_unknown", "C1")
        assert error.facts["next"] == "Z0001"


class TestReserving:
    """Numbers that are kept for a print operator."""

    def reserve(self, town: Town, **said: object) -> None:
        """Keep the first ten for Yudi."""
        usual = {"operator": "yudi", "purpose": "Jemput bola Gemulung", **said}
        town.wahyu.reserve_blanks(RANGE, first="A0001", last="A0010", **usual)

    def test_only_they_use_them(self, town: Town):
        """For them they are the next, for the others they are not there."""
        receive(town)
        self.reserve(town)
        assert counts(town) == {"reserved": 10, "left": 90}
        error = refused(town, "blank_reserved", "A0003")
        assert error.facts["operator"] == "yudi"
        assert error.facts["next"] == "A0011"
        error = refused(town, "blank_unknown", "B1", by=YUDI)
        assert error.facts["next"] == "A0001"
        print_on(town, "A0003", by=YUDI)
        assert counts(town) == {"used": 1, "reserved": 9, "left": 90}
        assert [one.numbers for one in range_of(town).reserved] == [((1, 2), (4, 10))]

    def test_until_a_day(self, town: Town):
        """After it everybody may use them, and they stay reserved until they are released."""
        receive(town)
        self.reserve(town, until=town.clock.now.date())
        town.clock.wait(days=1)
        print_on(town, "A0003")
        assert counts(town) == {"used": 1, "reserved": 9, "left": 90}

    def test_are_released(self, town: Town):
        """All or some; what is not reserved cannot be."""
        receive(town)
        assert "release_blanks" not in town.wahyu.can(range_of(town))
        self.reserve(town)
        town.wahyu.release_blanks(RANGE, first="A0001", last="A0005")
        assert counts(town) == {"reserved": 5, "left": 95}
        with town.refuses("blank_has_fate") as raised:
            town.wahyu.release_blanks(RANGE, first="A0005", last="A0006")
        assert raised.value.facts["blank"] == "A0005"
        assert raised.value.facts["may_be"] == ["reserved"]

    def test_once(self, town: Town):
        """What is kept for one is not kept for another."""
        receive(town)
        self.reserve(town)
        with town.refuses("blank_has_fate"):
            self.reserve(town)


class TestOtherFates:
    """Given away, missing, destroyed, or used outside the ledger."""

    def test_given_to_another_office(self, town: Town):
        """With a delivery note, and approved."""
        receive(town)
        said = {"to": "Disdukcapil Lamongan", "delivery_note": "470/31"}
        with town.refuses("approval_needed"):
            town.wahyu.transfer_blanks(RANGE, first="A0091", last="A0100", **said)
        town.wahyu.transfer_blanks(RANGE, first="A0091", last="A0100", approved_by=HADI, **said)
        assert counts(town) == {"transferred": 10, "left": 90}
        assert town.office.blank("A0091")[0].happened[-1].note == "Disdukcapil Lamongan, 470/31"

    def test_missing_and_found(self, town: Town):
        """Reserved or not; what is found is left."""
        receive(town)
        town.wahyu.reserve_blanks(RANGE, first="A0001", operator="yudi", purpose="Desa")
        assert "blanks_found" not in town.wahyu.can(range_of(town))
        town.wahyu.report_blanks_missing(RANGE, first="A0001", last="A0002", reason="Tercecer")
        assert counts(town) == {"missing": 2, "left": 98}
        town.wahyu.blanks_found(RANGE, first="A0001")
        assert counts(town) == {"missing": 1, "left": 99}
        with town.refuses("blank_has_fate"):
            town.wahyu.blanks_found(RANGE, first="A0001")

    def test_destroyed_unused(self, town: Town):
        """With minutes that name them; they are gone."""
        receive(town)
        destroy(town, "A0001", "A0005")
        assert counts(town) == {"destroyed": 5, "left": 95}
        assert town.office.blank("A0005")[0].happened[-1].note == "BA/1"
        with town.refuses("blank_has_fate"):
            destroy(town, "A0005", number="BA/2")
        (named,) = town.office.minutes()[0].blanks
        assert (str(named.first), str(named.last)) == ("A0001", "A0005")

    def test_what_was_spoiled_is_destroyed_too_and_stays_misprinted(self, town: Town):
        """A number has one fate; that its card is gone is said besides, once."""
        receive(town)
        town.wahyu.misprint(town.verified("ktp-hilang").copy, blank="A0001", reason="Tinta")
        destroy(town, "A0001", "A0002")
        assert counts(town) == {"misprinted": 1, "destroyed": 1, "left": 98}
        assert town.office.blank("A0001")[0].happened[-1].fate == "destroyed"
        with town.refuses("blank_destroyed"):
            destroy(town, "A0001", number="BA/2")

    def test_minutes_name_something(self, town: Town):
        """Papers, blanks or both."""
        with town.refuses("missing", at="papers"):
            town.wahyu.destroy("BA/1", witnesses=(WITNESS,))

    def test_used_outside_the_ledger(self, town: Town):
        """The double is gone; no copy is looked for."""
        copy = print_on(town, "A0007")
        receive(town)
        (double,) = town.office.blanks().doubles
        assert (double.blank, double.copy, double.fate) == ("A0007", copy, "left")
        town.wahyu.record_blanks_used(
            RANGE, first="A0007", reason="Sebelum buku blangko", approved_by=HADI
        )
        assert town.office.blanks().doubles == ()
        assert counts(town) == {"used": 1, "left": 99}
        assert town.office.verify().clean

    def test_numbers_of_another_range(self, town: Town):
        """What the range is, is said."""
        receive(town)
        for first, last in (("A0100", "A0101"), ("B0001", None)):
            with town.refuses("not_in_range"):
                town.wahyu.report_blanks_missing(RANGE, first=first, last=last, reason="Tercecer")

    def test_of_what_is_left_nothing_more_can_become(self, town: Town):
        """What is not offered would be refused."""
        receive(town, "A0001", "A0001")
        print_on(town, "A0001")
        assert town.wahyu.can(range_of(town)) == set()


def test_a_row_counts_its_ends():
    """One number alone is a row."""
    assert size(BlankRow(blanks=RANGE, first="A1", last="A3").numbers) == 3
    assert size(BlankRow(blanks=RANGE, first="A1").numbers) == 1
    with pytest.raises(InvalidInput):
        BlankRow(blanks=RANGE, first="A1", last="A03")
