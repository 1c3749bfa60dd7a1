"""The making of a copy, row by row: ordered, printed or issued, and what is refused."""

from __future__ import annotations

import pytest
from office_days import HADI, LETTER, OWNER, RATNA, SIGNED, Case, Town

LINK = "https://disdukcapil.example/k/7f3a"


def digital(town: Town, *services: str) -> Case:
    """Bring a case as far as its first product is ordered, to be issued digitally."""
    case = town.verified(*(services or ("kk-hilang",)))
    product = town.application(case).lines[0].product
    town.siti.choose_delivery(case, product=product, way="digital")
    return case


def issued(town: Town, *services: str) -> Case:
    """Bring a case as far as its first product is issued."""
    case = digital(town, *services)
    town.budi.issue(case.copy, signature=SIGNED, link=LINK)
    return case


class TestPrint:
    """Ordered, to at the office: the print operator answers for it from now on."""

    def test_on_a_blank(self, town: Town):
        """A KTP-el is on a numbered blank."""
        case = town.verified("ktp-hilang")
        town.wahyu.print(case.copy, blank="A00017")
        copy = town.paper(case.copy)
        assert (copy.state, copy.blank) == ("at_office", "A00017")  # type: ignore[union-attr] # it is a copy
        assert town.holder(case.copy) == "print_operator@35.23"

    def test_on_paper(self, town: Town):
        """A KK is on plain paper and bears the head's signature."""
        case = town.verified("kk-hilang")
        town.wahyu.print(case.copy, signature=SIGNED)
        assert town.paper(case.copy).signature == SIGNED  # type: ignore[union-attr] # it is a copy

    @pytest.mark.parametrize(
        ("service", "fields", "path"),
        [
            ("ktp-hilang", {}, "with.blank"),
            ("ktp-hilang", {"blank": "A1", "signature": SIGNED}, "with.signature"),
            ("kk-hilang", {}, "with.signature"),
            ("kk-hilang", {"blank": "A1", "signature": SIGNED}, "with.blank"),
        ],
    )
    def test_in_the_wrong_form(self, town: Town, service: str, fields: dict[str, str], path: str):
        """A card needs its blank and no signature, a sheet its signature and no blank."""
        case = town.verified(service)
        with town.refuses("form") as refused:
            town.wahyu.print(case.copy, **fields)
        assert [fault.path for fault in refused.value.faults] == [path]  # type: ignore[attr-defined] # bad input

    def test_while_the_case_is_looked_at_again(self, town: Town):
        """After a reopening the ordered copy is cancelled; there is nothing to print."""
        case = town.verified("ktp-hilang")
        town.budi.reopen(case, reason="Nama salah", approved_by=HADI)
        with town.refuses("not_allowed_now"):
            town.wahyu.print(case.copy, blank="A1")

    def test_of_what_is_to_be_issued(self, town: Town):
        """Who chose a link gets no paper."""
        case = digital(town)
        with town.refuses("not_on_paper") as refused:
            town.wahyu.print(case.copy, signature=SIGNED)
        assert refused.value.facts["instead"] == ["issue"]

    def test_on_a_used_blank(self, town: Town):
        """A blank has one fate: the copy that it is in is named."""
        first, second = town.verified("ktp-hilang"), town.verified("ktp-hilang")
        town.wahyu.print(first.copy, blank="A1")
        with town.refuses("blank_used") as refused:
            town.wahyu.print(second.copy, blank="A1")
        assert refused.value.facts == {"blank": "A1", "id": first.copy}

    def test_on_the_blank_of_another_product(self, town: Town):
        """KIA and KTP have numbers of their own."""
        case = town.verified("ktp-hilang")
        child = town.verified("kia-baru-0-5")
        town.wahyu.print(case.copy, blank="A1")
        town.wahyu.print(child.copy, blank="A1")

    def test_twice(self, town: Town):
        """A printed copy is printed."""
        case = town.printed("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.wahyu.print(case.copy, blank="A2")

    def test_by_the_registry(self, town: Town):
        """Who verifies does not print."""
        case = town.verified("ktp-hilang")
        with town.refuses("wrong_role"):
            town.budi.print(case.copy, blank="A1")


class TestMisprint:
    """Ordered: a blank was spoiled; the copy is still to be printed."""

    def test_uses_the_blank_up(self, town: Town):
        """It can be used for nothing any more."""
        case, other = town.verified("ktp-hilang"), town.verified("ktp-hilang")
        town.wahyu.misprint(case.copy, blank="A1", reason="Tinta habis")
        assert (town.state(case.copy), town.paper(case.copy).note) == ("ordered", "Tinta habis")
        with town.refuses("blank_used"):
            town.wahyu.print(other.copy, blank="A1")

    def test_the_same_copy_is_not_printed_on_it_either(self, town: Town):
        """What was spoiled for a copy is spoiled for it as well, and is not spoiled twice."""
        case = town.verified("ktp-hilang")
        town.wahyu.misprint(case.copy, blank="A1", reason="Tinta habis")
        with town.refuses("blank_used"):
            town.wahyu.print(case.copy, blank="A1")
        with town.refuses("blank_used"):
            town.wahyu.misprint(case.copy, blank="A1", reason="Tinta habis")
        town.wahyu.print(case.copy, blank="A2")
        assert town.paper(case.copy).spoiled == ("A1",)  # type: ignore[union-attr] # it is a copy

    def test_of_plain_paper(self, town: Town):
        """A sheet of paper has no number to write off."""
        case = town.verified("kk-hilang")
        with town.refuses("no_blank"):
            town.wahyu.misprint(case.copy, blank="A1", reason="Kertas macet")

    def test_of_a_printed_copy(self, town: Town):
        """A faulty print is condemned."""
        case = town.printed("ktp-hilang")
        with town.refuses("not_allowed_now") as refused:
            town.wahyu.misprint(case.copy, blank="A9", reason="Buram")
        assert "condemn" in refused.value.facts["instead"]

    def test_by_the_front_desk(self, town: Town):
        """The store is the print operator's."""
        case = town.verified("ktp-hilang")
        with town.refuses("wrong_role"):
            town.lestari.misprint(case.copy, blank="A1", reason="Buram")


class TestIssue:
    """Ordered, to issued: signed electronically, with a link; that counts as delivered."""

    def test_completes_the_case(self, town: Town):
        """The applicant is sent the link."""
        case = issued(town)
        assert (town.state(case.copy), town.state(case)) == ("issued", "completed")
        copy = town.paper(case.copy)
        assert (copy.signature, copy.link, copy.due) == (SIGNED, LINK, None)  # type: ignore[union-attr] # it is a copy

    def test_is_ready_until_it_is_opened(self, town: Town):
        """While the case goes on for another product, the link waits to be opened."""
        case = issued(town, "akta-lahir", "kia-baru-0-5")
        words = [one.standing.word.value for one in town.office.track(case.code).products]
        assert words == ["Siap Diambil", "Dicetak"]
        town.siti.confirm(case.copy)
        words = [one.standing.word.value for one in town.office.track(case.code).products]
        assert words == ["Sudah Diambil", "Dicetak"]

    def test_of_what_is_to_be_printed(self, town: Town):
        """Digital delivery is chosen first."""
        case = town.verified("kk-hilang")
        with town.refuses("not_digital") as refused:
            town.budi.issue(case.copy, signature=SIGNED, link=LINK)
        assert "choose_delivery" in refused.value.facts["instead"]

    def test_by_the_print_operator(self, town: Town):
        """The registry issues."""
        case = digital(town)
        with town.refuses("wrong_role"):
            town.wahyu.issue(case.copy, signature=SIGNED, link=LINK)


class TestConfirm:
    """Issued, to handed over: the applicant has opened it."""

    def test_after_the_case_is_completed(self, town: Town):
        """The case has ended with the issue."""
        case = issued(town)
        town.dewi.confirm(case.copy)
        assert (town.state(case.copy), town.state(case)) == ("handed_over", "completed")

    def test_of_a_printed_copy(self, town: Town):
        """Paper is handed over."""
        case = town.printed("ktp-hilang")
        with town.refuses("not_allowed_now"):
            town.siti.confirm(case.copy)

    def test_by_the_registry(self, town: Town):
        """Who is with the applicant says so."""
        case = issued(town)
        with town.refuses("wrong_role"):
            town.budi.confirm(case.copy)


class TestRevoke:
    """Issued, to revoked: a faulty link is taken back and another copy ordered."""

    def test_and_replaced(self, town: Town):
        """The product is open again."""
        case = issued(town, "akta-lahir", "kia-baru-0-5")
        town.budi.revoke(case.copy, fault="Nama salah", approved_by=HADI)
        assert (town.state(case.copy), town.paper(case.copy).note) == ("revoked", "Nama salah")
        town.budi.replace(case, product="akta-lahir", reason="Nama salah", approved_by=HADI)
        assert town.state(case.copies(3)) == "ordered"

    def test_and_given_up(self, town: Town):
        """A link that was taken back is nowhere: the case goes on without it."""
        case = issued(town, "akta-lahir", "kia-baru-0-5")
        town.budi.revoke(case.copy, fault="Nama salah", approved_by=HADI)
        for product in ("akta-lahir", "kia"):
            town.budi.give_up(case, product=product, reason="Pindah")
        assert town.state(case) == "lapsed"

    def test_of_a_completed_case(self, town: Town):
        """After the end a mistake is a new application."""
        case = issued(town)
        with town.refuses("case_not_verified"):
            town.budi.revoke(case.copy, fault="Nama salah", approved_by=HADI)

    def test_without_the_head(self, town: Town):
        """A second person must have looked."""
        case = issued(town, "akta-lahir", "kia-baru-0-5")
        with town.refuses("approval_needed"):
            town.budi.revoke(case.copy, fault="Nama salah", approved_by=RATNA)


class TestCancelled:
    """Ordered, to cancelled: by a reopening, or because the product was given up."""

    def test_is_printed_no_more(self, town: Town):
        """Nothing is left in the print queue."""
        case = town.verified("ktp-hilang")
        town.budi.give_up(case, product="ktp", reason="Pindah")
        assert town.office.inbox(town.wahyu.actor).tasks == ()
        assert town.state(case) == "lapsed"
        with town.refuses("not_allowed_now"):
            town.wahyu.print(case.copy, blank="A1")


def test_a_case_of_three_takes_three_ways(town: Town):
    """One product is couriered, one fetched at the counter, one issued."""
    case = town.verified("akta-lahir", "kk-tambah-anak", "kia-baru-0-5")
    town.siti.choose_delivery(case, product="akta-lahir", way="digital")
    town.siti.choose_delivery(case, product="kk", way="counter", letter=LETTER)
    town.budi.issue(case.copies(1), signature=SIGNED, link=LINK)
    town.print(case.copies(2))
    town.print(case.copies(3))
    town.lestari.to_counter(case.copies(2))
    town.run(case.copies(3))
    town.lestari.take_in(case.original("kk"))
    town.lestari.hand_over(case.copies(2), to=OWNER)
    town.siti.collect(case.copies(3))
    town.siti.hand_over(case.copies(3), to=OWNER)
    assert town.state(case) == "completed"
